"""The rail of pages at the left edge."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import CENTRE, fitting, panel, width_of, words
from checkpoint_app.ui.widgets.painted import PaintedButton

WIDTH = {"compact": 76, "roomy": 92}
_FIRST = 2  # places taken by the emblem and the gap under it


class NavButton(PaintedButton):
    """An icon and a word; `on` is the page in view."""

    radius = 12

    def __init__(self, look: Look, drawing: str) -> None:
        super().__init__(look)
        self._drawing, self._count = drawing, 0
        self.setCheckable(True)

    def show_count(self, count: int) -> None:
        """A number in the corner: so many things wait there; 0 shows none."""
        if count != self._count:
            self._count = count
            self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = WIDTH[self.look.metrics.name]
        return QSize(width - 14, 44 if width < 80 else 52)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Thirteen pages fit 768 pixels; under a task bar they draw together, none is cut."""
        return self.minimumSizeHint() + QSize(0, 6 if self.minimumSizeHint().height() < 50 else 12)

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        theme, metrics = self.look.theme, self.look.metrics
        if self.isChecked():
            panel(painter, box, theme.accent_soft, None, self.radius)
        elif self.hovered:
            panel(painter, box, theme.background, None, self.radius)
        colour = theme.accent if self.isChecked() else theme.soft
        size = metrics.small + 10
        mark = icon(self._drawing, size, colour, self.devicePixelRatioF())
        top = (box.height() - size - metrics.small * 1.5 - 2) / 2
        painter.drawPixmap(round((box.width() - size) / 2), round(top), mark)
        below = QRectF(2, top + size + 2, box.width() - 4, metrics.small * 1.5)
        pixels = fitting(self.caption, below.width(), metrics.small, self.isChecked(), 10)
        words(painter, below, self.caption, colour, pixels, self.isChecked(), CENTRE)
        if self._count:
            self._paint_count(painter, box, top)

    def _paint_count(self, painter: QPainter, box: QRectF, top: float) -> None:
        theme, small = self.look.theme, self.look.metrics.small - 1
        text = str(self._count) if self._count < 100 else "99+"
        width = max(18.0, width_of(text, small, True) + 10)
        badge = QRectF(min(box.center().x() + 6, box.right() - width), top - 4, width, 18)
        panel(painter, badge, theme.stop.ground, theme.stop.colour, 9)
        words(painter, badge, text, theme.stop.colour, small, True, CENTRE)


class Emblem(QWidget):
    """The program's mark."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(40, 40)
        self.setAccessibleName("卡")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        theme = self._look.theme
        panel(painter, QRectF(self.rect()), theme.accent, theme.accent, 11)
        words(painter, QRectF(self.rect()), "卡", theme.on_accent, 19, True, CENTRE)
        painter.end()


class NavRail(QFrame):
    """One button a page, the last ones at the bottom."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self._look = look
        self._messages: dict[str, str] = {}
        self.buttons: dict[str, NavButton] = {}
        self._above = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(7, 10, 7, 10)
        self._column.setSpacing(2)
        self._column.addWidget(Emblem(look), 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(6)
        self._column.addStretch(1)
        look.changed.connect(self._retext)
        self._retext()

    def add(self, key: str, drawing: str, message: str, at_bottom: bool) -> None:
        """Add a page's button."""
        button = NavButton(self._look, drawing)
        self.buttons[key] = button
        self._messages[key] = message
        if at_bottom:
            self._column.addWidget(button)
        else:
            self._column.insertWidget(_FIRST + self._above, button)
            self._above += 1
        button.clicked.connect(lambda _=False: self.chosen.emit(key))
        self._retext()

    def offer(self, key: str, offered: bool) -> None:
        """Whether a page is of any use at this site; one that is not has neither place nor key."""
        self.buttons[key].setVisible(offered)
        self._retext()

    @property
    def offered(self) -> list[str]:
        """The pages in their order, as their keys count them."""
        return [key for key, button in self.buttons.items() if not button.isHidden()]

    def show_count(self, key: str, count: int) -> None:
        """How many things wait on a page; one that is not there has none."""
        if key in self.buttons:
            self.buttons[key].show_count(count)

    def show_current(self, key: str) -> None:
        """Mark the page in view."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def _retext(self) -> None:
        self.setFixedWidth(WIDTH[self._look.metrics.name])
        places = {key: place for place, key in enumerate(self.offered, 1)}
        for key, button in self.buttons.items():
            place = places.get(key, len(self.buttons))
            button.name(self._look.translate(self._messages[key]))
            button.setToolTip(f"{button.caption}  Ctrl+{place}" if place < 9 else button.caption)
            button.setMinimumHeight(button.minimumSizeHint().height())
