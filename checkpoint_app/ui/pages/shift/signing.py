"""Step two of handing over: both sign with their PIN; who else stays on duty is said here."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.store.station import Operator
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.choices import choice
from checkpoint_app.ui.widgets.drop_down import DropDown
from checkpoint_app.ui.widgets.labels import label


class SignStep(QWidget):
    """`signed` carries (coming, leaving's PIN, coming's PIN, who stays)."""

    signed = Signal(object, str, str, object)
    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words = words = Words(look, self)
        self.leaving = label("title")
        self.leaving_pin, self.coming_pin = self._pin(), self._pin()
        self.coming = DropDown(look)
        words.name(self.coming, "Takes over")
        self.stays: dict[str, QPushButton] = {}
        self._staying, self._team = QWidget(), QHBoxLayout()
        self.sign = words.button("Sign and hand over", self.submit, "main")
        self.leaving_pin.returnPressed.connect(self._next)
        self.coming_pin.returnPressed.connect(self.submit)
        self._lay_out()

    def _pin(self) -> QLineEdit:
        made = self._words.line("PIN", 12)
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        return made

    def _lay_out(self) -> None:
        words = self._words
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.addWidget(words.label("Hands over", "small"), 0, 0)
        grid.addWidget(words.label("Takes over", "small"), 0, 1)
        grid.addWidget(self.leaving, 1, 0)
        grid.addWidget(self.coming, 1, 1)
        grid.addWidget(self.leaving_pin, 2, 0)
        grid.addWidget(self.coming_pin, 2, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self._team.setContentsMargins(0, 0, 0, 0)
        staying = QVBoxLayout(self._staying)
        staying.setContentsMargins(0, 8, 0, 0)
        staying.addWidget(words.label("Who of the others stays on duty?", "small"))
        staying.addLayout(self._team)
        ends = QHBoxLayout()
        ends.addWidget(words.button("Back", self.back.emit))
        ends.addStretch(1)
        ends.addWidget(self.sign)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(
            words.label("The counts are taken at this moment; scanning goes on.", "soft", True)
        )
        whole.addLayout(grid)
        whole.addWidget(self._staying)
        whole.addStretch(1)
        whole.addLayout(ends)

    # -- opening

    def begin(self, leaving: str, others: Sequence[Operator], team: Sequence[str]) -> None:
        """Ask for both signatures."""
        self.leaving.setText(leaving)
        self.coming.clear()
        for each in others:
            self.coming.addItem(each.name, each.id)
        if not others:
            self.coming.addItem(self._words.say("Nobody else can sign in here"), None)
        self.sign.setEnabled(bool(others))
        self.clear()
        self._show_team([name for name in team if name != leaving])
        self.leaving_pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_team(self, names: Sequence[str]) -> None:
        for old in self.stays.values():
            self._team.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.stays = {name: choice(name, lambda: None, False) for name in names}
        for button in self.stays.values():
            self._team.addWidget(button)
        self._staying.setVisible(bool(names))

    def clear(self) -> None:
        """Typed PINs do not stay."""
        self.leaving_pin.clear()
        self.coming_pin.clear()

    def _next(self) -> None:
        if self.leaving_pin.text():
            self.coming_pin.setFocus(Qt.FocusReason.TabFocusReason)

    def submit(self) -> None:
        """Hand over what was typed."""
        coming: UUID | None = self.coming.currentData()
        if coming is not None and self.leaving_pin.text() and self.coming_pin.text():
            staying = tuple(name for name, button in self.stays.items() if button.isChecked())
            pins = self.leaving_pin.text(), self.coming_pin.text()
            self.clear()  # first: a wrong one is typed anew, a right one leads to another step
            self.leaving_pin.setFocus(Qt.FocusReason.OtherFocusReason)
            self.signed.emit(coming, *pins, staying)
