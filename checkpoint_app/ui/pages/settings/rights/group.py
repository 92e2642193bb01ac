"""The group of settings: how long what is kept, erasing it, notices, and everybody's rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone, entries
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.rights import words as told
from checkpoint_app.desk.rights.door import Paper, RightsDesk
from checkpoint_app.devices.ports import Printer
from checkpoint_app.domain.retention import Erasure
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.settings.rights.asked import OwnRecordsCard
from checkpoint_app.ui.pages.settings.rights.ending import EndingCard
from checkpoint_app.ui.pages.settings.rights.looks import LooksCard
from checkpoint_app.ui.pages.settings.rights.paper import PaperOut, Use
from checkpoint_app.ui.pages.settings.rights.parts import CardHost
from checkpoint_app.ui.pages.settings.rows import Change, Group, buttons, left, tell
from checkpoint_app.ui.pages.switches import Choice
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.widgets.labels import label

PAPERS = {
    Paper.NOTICE.value: "For the gate",
    Paper.GUARDIANS.value: "Guardians (under 14)",
    Paper.ASSESSMENT.value: "Impact assessment",
}
_SHOWN = 5  # past erasures; older ones are on record all the same


class RightsGroup(Group):
    """`ended` carries what remains after everything was destroyed."""

    ended = Signal(object)  # Ended

    def __init__(
        self,
        look: Look,
        office: Office,
        change: Change,
        printer: Printer,
        behind: Background,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(look, office, change)
        self._now = now
        self.desk = RightsDesk(office)
        self.paper_out = PaperOut(look, printer, behind, lambda: office.settings.printer)
        self._terms()
        self._erasing()
        self._papers()
        host = CardHost(self, self, look, self._words, self.paper_out)
        self.own = OwnRecordsCard(host, self.desk)
        self.looks = LooksCard(host, self.desk, now)
        self.ending = EndingCard(host, self.desk)
        self.ending.ended.connect(self.ended)
        self.end()
        self._words.follow(self.opened)

    # -- cards

    def _terms(self) -> None:
        card = self.card(
            "How long data are kept",
            "After that they are erased for good: from the database, its log, the search, what "
            "waits to be sent, and backups. Outcomes and counts stay.",
        )
        days = self._days
        self.number(
            card,
            "Normal passages",
            "keep_passages_days",
            (1, 180, 1),
            days,
            hint="Contact and itinerary, counted from the day of the passage.",
        )
        self.number(
            card,
            "Cases",
            "keep_cases_days",
            (1, 365, 5),
            days,
            hint="Counted from the closing. An open case is never erased.",
        )
        self.number(
            card,
            "Backups",
            "keep_copies_days",
            (1, 90, 1),
            days,
            hint="The last backup of a folder is written anew before the old one goes.",
        )
        self.switch(
            card,
            "Erase every day",
            "erase_by_itself",
            "As soon as nobody has been at the desk for some minutes.",
        )
        self.text(card, "Not before", "erase_at", entries.time_of_day)

    def _days(self, value: float) -> str:
        return self._words.say("{days} days", days=f"{value:g}")

    def _erasing(self) -> None:
        card = self.card("Erasing")
        self.due, self.answer, self.bar = label("strong"), self.result(), _bar()
        self.due.setWordWrap(True)
        self.erase_button = self._words.button("Erase now…", self._ask)
        self.sure_button = self._words.button("Erase for good", self.erase, "main")
        self.not_yet_button = self._words.button("Cancel", self._calm)
        row = buttons(self.erase_button, self.sure_button, self.not_yet_button)
        self.past = QWidget()
        self._past_lines = QVBoxLayout(self.past)
        self._past_lines.setContentsMargins(0, 8, 0, 0)
        self._past_lines.setSpacing(6)
        for part in (self.due, row, self.bar, self.answer, self.past):
            self.wide(card, part)
        self._calm()

    def _papers(self) -> None:
        card = self.card("Notices", "Filled in from what stands here; print them for the gate.")
        self.text(card, "Who handles the data", "privacy_handler", hint="Empty: the site's name.")
        self.text(
            card, "Contact for questions", "privacy_contact", hint="Empty: whom to call on a stop."
        )
        self.text(
            card, "What the data are for", "privacy_purpose", hint="Empty: the usual sentence."
        )
        self.text(card, "Legal basis", "privacy_basis", hint="Empty: the laws that usually apply.")
        self.paper = Choice(self._look, self._words, "Notices", PAPERS, lambda value: None)
        self.paper_answer = self.result()
        self.row(card, "Which", left(self.paper))
        print_button, save_button = self.paper_out.buttons(
            self._words, self._paper_title, self._make_paper, self, self.paper_answer
        )
        self.wide(card, buttons(print_button, save_button))
        self.wide(card, self.paper_answer)

    def _paper_title(self) -> str:
        return self._words.say(PAPERS[self.paper.value])

    def _make_paper(self, use: Use) -> None:
        self.desk.paper(Paper(self.paper.value), use)

    # -- erasing

    def opened(self) -> None:
        """Say what is due, and what was done before."""
        self.desk.reckon(self._show_due, self._refused)
        self.desk.past(self._show_past, self._refused)
        self.looks.opened()
        self.ending.opened()

    def closed(self) -> None:
        """What was typed of a person or a PIN does not stay."""
        self._calm()
        self.own.closed()
        self.ending.closed()
        for line in (self.answer, self.paper_answer):
            tell(line, "", Tone.IDLE)

    def _show_due(self, sentences: tuple[str, ...]) -> None:
        self.due.setText("\n".join(sentences))

    def _ask(self) -> None:
        for part, shown in (
            (self.erase_button, False),
            (self.sure_button, True),
            (self.not_yet_button, True),
        ):
            part.setVisible(shown)
        said = self._words.say("This cannot be undone.")
        tell(self.answer, said, Tone.ATTENTION)
        self.not_yet_button.setFocus()

    def _calm(self) -> None:
        for part, shown in (
            (self.erase_button, True),
            (self.sure_button, False),
            (self.not_yet_button, False),
        ):
            part.setVisible(shown)
        tell(self.answer, "", Tone.IDLE)

    def erase(self) -> None:
        """Erase what is due now."""
        self._calm()
        self._working(True)
        tell(self.answer, self._words.say("Erasing; the desk goes on meanwhile…"), Tone.IDLE)
        self.desk.erase(self._erased, self._refused)

    def _erased(self, done: Erasure) -> None:
        self._working(False)
        tone = Tone.PASS if done.clean else Tone.ATTENTION
        tell(self.answer, told.erased(done, self._look.translate), tone)
        self.opened()

    def _refused(self, sentence: str) -> None:
        self._working(False)
        tell(self.answer, sentence, Tone.STOP)

    def _working(self, on: bool) -> None:
        self.erase_button.setEnabled(not on)
        self.bar.setVisible(on)

    def _show_past(self, past: list[Erasure]) -> None:
        while (item := self._past_lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in past[:_SHOWN]:
            self._past_lines.addWidget(self._past_line(each))

    def _past_line(self, erasure: Erasure) -> QWidget:
        from checkpoint_app.ui.widgets.choices import choice

        say = self._words.say
        when = time_text(erasure.at, self._now(), self._look)
        said = label("", f"{when}  {told.erased(erasure, self._look.translate)}")
        said.setWordWrap(True)
        button = choice(say("Print the record"), lambda: self._print(erasure))
        button.setAccessibleName(f"{say('Print the record')}: {when}")
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(said, 1)
        line.addWidget(button)
        return made

    def _print(self, erasure: Erasure) -> None:
        title = self._words.say("Record of erasure")
        self.desk.erasure_paper(erasure, lambda pdf: self.paper_out.print(pdf, title, self.answer))


def _bar() -> QProgressBar:
    made = QProgressBar()
    made.setRange(0, 0)  # how long it takes is not known
    made.setTextVisible(False)
    made.setFixedHeight(6)
    made.hide()
    return made
