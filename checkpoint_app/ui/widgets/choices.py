"""Buttons to choose from, the same in every panel: rows of large targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.shapes import paint_sign


def sign_icon(look: Look, tone: Tone, pixels: int, ratio: float) -> QIcon:
    """A tone's sign as the icon of a button."""
    picture = QPixmap(round(pixels * ratio), round(pixels * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    box = QRectF(QPointF(1, 1), QPointF(pixels - 1, pixels - 1))
    paint_sign(painter, tone, box, look.colour(tone), look.ground(tone))
    painter.end()
    return QIcon(picture)


def choice(text: str, act: Callable[[], None], checked: bool | None = None) -> QPushButton:
    """A button that acts; `checked` (not None) makes it one that stays down."""
    button = QPushButton(text.replace("&", "&&"))
    button.setAccessibleName(text)
    if checked is not None:
        button.setCheckable(True)
        button.setChecked(checked)
    button.clicked.connect(lambda _=False: act())
    return button


def grid_of(buttons: Sequence[QWidget], columns: int) -> QGridLayout:
    """Buttons in rows of this many columns, all of one width."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)
    for place, button in enumerate(buttons):
        grid.addWidget(button, place // columns, place % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid


_STEPS = {
    int(Qt.Key.Key_Right): 1,
    int(Qt.Key.Key_Down): 1,
    int(Qt.Key.Key_Left): -1,
    int(Qt.Key.Key_Up): -1,
}
_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyPanel(QWidget):
    """A panel whose buttons are walked with the arrow keys and pressed with Enter."""

    resized = Signal()  # its content grew or shrank

    def buttons(self) -> list[QPushButton]:
        """The buttons in the order of the eye."""
        return [each for each in self.findChildren(QPushButton) if each.isEnabled()]

    def start(self) -> None:
        """Put the keyboard on what is chosen, else on the first button."""
        chosen = [each for each in self.buttons() if each.isChecked()] or self.buttons()
        if chosen:
            chosen[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        focus, buttons = self.focusWidget(), self.buttons()
        if event.key() in _STEPS and focus in buttons:
            to = (buttons.index(focus) + _STEPS[event.key()]) % len(buttons)
            buttons[to].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in _PRESSES and isinstance(focus, QPushButton):
            focus.click()
        elif event.key() not in _PRESSES:
            event.ignore()
