"""Step three of handing over: the sheet on paper or as a file. Old hand-overs come here too."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.duty.words import PEOPLE, SHIFTS, SUPPLIES, clock
from checkpoint_app.domain.duty.handing import HandOver, Supply
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.i18n.reasons import outcome_word
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.labels import label


class PaperStep(QWidget):
    """What was handed over, and what to do with its sheet."""

    print_asked = Signal()
    save_asked = Signal()
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = words = Words(look, self)
        self.handed: HandOver | None = None
        self.title, self.when = label("page-title"), label("soft")
        self.figures, self.differences, self.notes = _text(), _text(), _text()
        restyle(self.differences, tone=str(Tone.ATTENTION))
        self.printing = words.button("Print", self.print_asked.emit, "main")
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(words.button("Done", self.closed.emit))
        ends.addStretch(1)
        ends.addWidget(words.button("Save as PDF…", self.save_asked.emit))
        ends.addWidget(self.printing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.title, self.when, self.figures, self.differences, self.notes):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(ends)
        words.follow(self._redraw)

    def show_handed(self, handed: HandOver) -> None:
        """Show one hand-over."""
        self.handed = handed
        self._redraw()

    def _redraw(self) -> None:
        handed, say = self.handed, self._words.say
        if handed is None:
            return
        self.title.setText(f"{handed.leaving} → {handed.coming}")
        self.when.setText(
            say(
                "{shift}, {month}/{day} {from_} to {until}",
                shift=say(SHIFTS[handed.shift]),
                month=handed.at.month,
                day=handed.at.day,
                from_=clock(handed.began_at),
                until=clock(handed.at),
            )
        )
        self.figures.setText(self._figures(handed))
        differs = [say(PEOPLE[each]) if each in PEOPLE else say(SUPPLIES[Supply(each)])
                   for each in handed.differences]  # fmt: skip
        self.differences.setText(
            say("Does not agree: {what}", what=say(", ").join(differs)) if differs else ""
        )
        self.differences.setVisible(bool(differs))
        self.notes.setText(handed.notes)
        self.notes.setVisible(bool(handed.notes))

    def _figures(self, handed: HandOver) -> str:
        say, translate = self._words.say, self._look.translate
        outcomes = [
            f"{outcome_word(each, translate)} {handed.outcomes[each]}"
            for each in reversed(Outcome)
            if handed.outcomes.get(each)
        ]
        total = say("{count} inspected", count=sum(handed.outcomes.values()))
        cases = say("{count} cases open", count=handed.open_cases)
        return say(", ").join((total, *outcomes, cases))


def _text() -> QLabel:
    made = label("")
    made.setWordWrap(True)
    return made
