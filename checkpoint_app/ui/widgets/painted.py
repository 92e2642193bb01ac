"""The base of every painted control: a button with hover, press and focus that paints itself.

A click never takes the keyboard away from the desk (only Tab does), and Enter or Space press the
control that has the focus, so that it can never mean two things at once.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import focus_ring
from checkpoint_app.ui.theme import CONTROL_RADIUS, TARGET


class PaintedButton(QAbstractButton):
    """A button whose face is painted by `paint_face`."""

    radius: float = CONTROL_RADIUS

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def name(self, text: str) -> None:
        """The caption, which is also what a screen reader says."""
        if text != self.text():
            self.setText(text.replace("&", "&&"))
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    @property
    def caption(self) -> str:
        return self.accessibleName()

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        """Paint everything but the focus ring."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(TARGET, TARGET)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        box = QRectF(self.rect())
        self.paint_face(painter, box)
        if self.hasFocus():
            focus_ring(painter, box, self.look.theme.accent, self.radius)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self.hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.hovered = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not event.isAutoRepeat():
                self.click()
            return
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()
