"""The keys that decide: park, hold, turn back, and the one main key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.actions import ActionButton

PARK, HOLD, TURN_BACK, CONFIRM = "park", "hold", "turn_back", "confirm"
_KEYS = {PARK: "−", HOLD: "*", TURN_BACK: "/", CONFIRM: "Enter"}


class ActionRow(QWidget):
    """Four buttons; `pressed` tells which."""

    pressed = Signal(str)

    def __init__(self, look: Look, venue: bool = False) -> None:
        super().__init__()
        self._look, self.venue = look, venue
        self.buttons = {
            name: ActionButton(look, key, main=name == CONFIRM) for name, key in _KEYS.items()
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for name, button in self.buttons.items():
            row.addWidget(button, 17 if name == CONFIRM else 10)
            button.clicked.connect(lambda _=False, which=name: self.pressed.emit(which))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.retext)
        self.retext()

    def retext(self) -> None:
        """Write the captions anew."""
        translate = self._look.translate
        self.buttons[PARK].name(translate("Park"))
        self.buttons[HOLD].name(translate("Hold"))
        self.buttons[TURN_BACK].name(translate("Refuse entry" if self.venue else "Turn back"))

    def show_confirm(self, caption: str, live: bool, person: bool) -> None:
        """Caption of the main key, whether it works, and whether anybody stands there."""
        self.buttons[CONFIRM].name(caption)
        self.buttons[CONFIRM].setEnabled(live)
        for name in (PARK, HOLD, TURN_BACK):
            self.buttons[name].setEnabled(person)
