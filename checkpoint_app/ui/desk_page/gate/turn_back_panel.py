"""劝返整车: the reason is one press, and the vehicle with everyone in it turns back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from checkpoint_app.ui.desk_page.port import DeskPort
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.choices import KeyPanel, choice, grid_of
from checkpoint_app.ui.widgets.labels import label

REASONS = (
    "From a risk area, no test within 48 h",
    "Somebody will not be checked",
    "No business here today",
    "Turned round by themselves",
)


class TurnBackPanel(KeyPanel):
    """Reasons to choose from, or one in own words."""

    def __init__(self, look: Look, desk: DeskPort, plate: str, done: Callable[[], None]) -> None:
        super().__init__()
        self._look, self._desk, self._done = look, desk, done
        self._refusal = label("strong")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self.own = QLineEdit()
        self.own.setMaxLength(100)
        self.own.setPlaceholderText(look.translate("Another reason, then Enter"))
        self.own.setAccessibleName(look.translate("Another reason, then Enter"))
        self.own.returnPressed.connect(lambda: self._turn(self.own.text()))
        buttons = [
            choice(look.translate(each), partial(self._turn, look.translate(each)))
            for each in REASONS
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("strong", look.translate("Turn {plate} back", plate=plate)))
        column.addLayout(grid_of(buttons, 1))
        column.addWidget(self.own)
        column.addWidget(self._refusal)

    def _turn(self, reason: str) -> None:
        refused: list[str] = []
        self._desk.turn_back_vehicle(reason, refused.append)
        if not refused:
            self._done()
            return
        self._refusal.setText(refused[0])
        self._refusal.setProperty("tone", "stop")
        self._refusal.show()
        self.resized.emit()
