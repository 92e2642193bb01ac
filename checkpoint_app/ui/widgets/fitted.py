"""Text that makes itself fit: one line that shrinks, and a list that shrinks before it scrolls."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QStaticText, QTextOption
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.ui.fonts import font
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import fitting, words


class FittedLine(QWidget):
    """One bold line as large as its width allows, between `least` and the size asked for."""

    HEIGHT = 1.3  # of the size: less than the typeface's own line, whose upper part stays empty
    RAISED = 0.08  # of the size: brings the letters with their tails to the middle

    def __init__(self, look: Look, least: int) -> None:
        super().__init__()
        self._look, self._least = look, least
        self._text, self._pixels, self._tone = "", least, Tone.IDLE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, pixels: int, tone: Tone) -> None:
        """Show a line; `pixels` is its size where there is room."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        if pixels != self._pixels:
            self._pixels = pixels
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._least * 4, ceil(self._pixels * self.HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        theme = self._look.theme
        colour = theme.ink if self._tone is Tone.IDLE else theme.sign(self._tone).colour
        size = fitting(self._text, self.width(), self._pixels, True, self._least)
        box = QRectF(self.rect()).translated(0, -size * self.RAISED)
        words(painter, box, self._text, colour, size, True)
        painter.end()


class BulletList(QWidget):
    """Lines of plain text, each with a dot, wrapped; its height follows from its width."""

    GAP = 6
    INDENT = 14.0

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: tuple[str, ...] = ()
        self._tone = Tone.IDLE
        self._pixels = look.metrics.text
        self._laid: list[QStaticText] = []

    def show_lines(self, lines: tuple[str, ...], tone: Tone) -> None:
        """Show these lines; the scroll area around lays them out."""
        self._lines, self._tone = lines, tone
        self.setAccessibleName("; ".join(lines))

    def lay_out(self, width: int, pixels: int) -> int:
        """Break the lines at this width and size; the height in pixels that they take."""
        self._pixels = pixels
        self._laid = [self._static(line, width - self.INDENT) for line in self._lines]
        gaps = self.GAP * max(0, len(self._laid) - 1)
        return round(sum(each.size().height() for each in self._laid) + gaps)

    def _static(self, line: str, width: float) -> QStaticText:
        made = QStaticText(line)
        made.setTextFormat(Qt.TextFormat.PlainText)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made.setTextOption(option)
        made.setTextWidth(width)
        made.prepare(font=font(self._pixels))
        return made

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(self._pixels))
        top = 0.0
        for line in self._laid:
            self._paint_line(painter, line, top)
            top += line.size().height() + self.GAP
        painter.end()

    def _paint_line(self, painter: QPainter, line: QStaticText, top: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(self._tone))
        painter.drawEllipse(QPointF(3, top + self._pixels * 0.76), 3, 3)
        painter.setPen(QColor(self._look.theme.ink))
        painter.drawStaticText(QPointF(self.INDENT, top), line)


class FittingList(QScrollArea):
    """A bullet list that takes the height it is given: smaller text first, then a scroll bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._list = BulletList(look)
        self.setWidget(self._list)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._most = 10_000

    def show_lines(self, lines: tuple[str, ...], tone: Tone) -> None:
        """Show these lines from the top."""
        self._list.show_lines(lines, tone)
        self.setVisible(bool(lines))
        self.verticalScrollBar().setValue(0)
        self._fit()

    def limit(self, most: int) -> None:
        """The greatest height that the list may take, in pixels."""
        self._most = most
        self._fit()

    def natural_height(self) -> int:
        """The height in pixels that the lines would like, at the usual size."""
        return self._list.lay_out(max(80, self.width()), self._look.metrics.reason)

    def _fit(self) -> None:
        metrics = self._look.metrics
        width = max(80, self.width())
        height = 0
        for pixels in range(metrics.reason, metrics.small - 1, -1):
            height = self._list.lay_out(width, pixels)
            if height <= self._most:
                break
        else:
            width -= self.verticalScrollBar().sizeHint().width()
            height = self._list.lay_out(width, metrics.small)
        self._list.setFixedSize(width, height)
        self._list.update()
        self.setFixedHeight(min(height, self._most))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()
