"""One chart as a picture, drawn behind the window for the size that it has."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from checkpoint_app.domain.tally import Chart
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.paint import CENTRE, words
from checkpoint_app.ui.theme import Theme

_REST = 60  # milliseconds of a steady size after which the chart is drawn anew
_ORANGE = {"light": "#D98A00", "dark": "#F0B24A"}


class ChartPicture(QWidget):
    """Draws the newest wish only; until it has come the old picture stays."""

    def __init__(self, look: Look, behind: Background) -> None:
        super().__init__()
        self._look, self._behind = look, behind
        self._chart: Chart | None = None
        self._image: QImage | None = None
        self._asked = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._ask)
        look.changed.connect(self._again)

    def show_chart(self, chart: Chart | None) -> None:
        """Show another chart; None shows nothing."""
        self._chart, self._image = chart, None
        self._asked += 1
        self._rest.start(0)
        self.update()

    @property
    def drawn(self) -> bool:
        """Whether the chart that was asked for is in view."""
        return self._image is not None

    def _again(self) -> None:
        if self.isVisible():
            self._rest.start()

    def _ask(self) -> None:
        chart, size = self._chart, self.size()
        if chart is None or chart.empty or size.width() < 80 or size.height() < 80:
            return
        self._asked += 1
        asked, ratio = self._asked, self.devicePixelRatioF()
        translate, theme = self._look.translate, self._look.theme
        pixels = float(self._look.metrics.small + 1)

        def job() -> bytes:
            from checkpoint_app.registers.chart import (
                Ink,
                picture,
            )  # slow to load, first needed here

            series = (theme.accent, _ORANGE[theme.name], theme.ask.colour)
            ink = Ink(theme.card, theme.ink, theme.soft, theme.line, series, theme.stop.colour)
            inches = (size.width(), size.height())
            return picture(chart, translate, ink, inches, scale=ratio, text_pixels=pixels)

        self._behind.run(job, lambda png: self._came(asked, png, ratio))

    def _came(self, asked: int, png: bytes, ratio: float) -> None:
        if asked == self._asked:
            self._image = QImage.fromData(png)
            self._image.setDevicePixelRatio(ratio)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._rest.start()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(560, 420)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        theme: Theme = self._look.theme
        painter.fillRect(self.rect(), QColor(theme.card))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(0, 0, self._image)
        elif self._chart is not None and self._chart.empty:
            said = self._look.translate("Nothing to show for this period")
            words(
                painter,
                QRectF(self.rect()),
                said,
                theme.soft,
                self._look.metrics.large,
                align=CENTRE,
            )
        painter.end()
