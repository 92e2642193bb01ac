"""Writing a problem down: what it is, who answers for it, until when."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.desk.duty.oversight import NewProblem
from checkpoint_app.desk.duty.words import finding_sentence
from checkpoint_app.domain.supervision import Finding
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.stepper import Stepper
from checkpoint_app.ui.pages.words import Words

_DAYS = 3
_MOST_DAYS = 60


class NewProblemForm(QWidget):
    """`made` carries a `NewProblem`; the form stays until it is cleared."""

    made = Signal(object)
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = words = Words(look, self)
        self._finding: Finding | None = None
        self._today = date.min
        self.what = words.line("What is wrong", 400)
        self.responsible = words.line("Responsible", 60)
        self.days = Stepper(
            words, "Mended within", (0, _MOST_DAYS, 1), lambda days: self._due_text(int(days))
        )
        self.add = words.button("Put on the list", self.submit, "main")
        self.what.returnPressed.connect(lambda: self.responsible.setFocus())
        self.responsible.returnPressed.connect(self.submit)
        self._lay_out()

    def _lay_out(self) -> None:
        words = self._words
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.addWidget(words.label("Responsible", "small"), 0, 0)
        grid.addWidget(words.label("Mended within", "small"), 0, 1)
        grid.addWidget(self.responsible, 1, 0)
        grid.addWidget(self.days, 1, 1)
        grid.setColumnStretch(0, 1)
        ends = QHBoxLayout()
        ends.addWidget(words.button("Cancel", self.closed.emit))
        ends.addStretch(1)
        ends.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(words.label("New problem", "strong"))
        column.addWidget(self.what)
        column.addLayout(grid)
        column.addStretch(1)
        column.addLayout(ends)

    def _due_text(self, days: int) -> str:
        due = self._today + timedelta(days=days)
        return self._words.say("{days} d  {due}", days=days, due=f"{due:%m-%d}")

    def begin(self, today: date, finding: Finding | None) -> None:
        """An empty form, or one with what a signal saw."""
        self._today, self._finding = today, finding
        self.days.show_value(_DAYS)
        self.responsible.setText(finding.operator if finding is not None else "")
        said = finding_sentence(finding, self._look.translate) if finding is not None else ""
        self.what.setText(said)
        self.what.setCursorPosition(0)
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Hand over what was typed."""
        due = self._today + timedelta(days=int(self.days.value))
        self.made.emit(NewProblem(self.what.text(), self.responsible.text(), due, self._finding))
