"""A drop-down list whose arrow is drawn like the other icons."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look

_ARROW = 18


class DropDown(QComboBox):
    """A combo box in the window's look."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        mark = icon("down", _ARROW, self._look.theme.soft, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - _ARROW - 12, (self.height() - _ARROW) // 2, mark)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()  # whoever scrolls a page changes nothing on the way
