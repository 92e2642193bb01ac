"""外出报备: notices of absence, and the return with what is asked and seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.people.absences import Return, Settled
from checkpoint_app.desk.people.door import PeopleDesk
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.person import read_phone, tidy_name, tidy_number
from checkpoint_app.domain.visiting import Absence, AbsenceState
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.people.form import Field, Form
from checkpoint_app.ui.pages.people.table import TextTable
from checkpoint_app.ui.pages.settings.rows import left, tell
from checkpoint_app.ui.pages.switches import Choice, Switch
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.labels import label

_ROWS: tuple[tuple[Field, ...], ...] = (
    (("name", "Name"), ("unit", "Unit, class")),
    (("id_number", "Document number"),),
    (("phone", "Phone"), ("reason", "Why")),
    (("places", "Places, with commas between"),),
    (("leaves", "Leaves on (11-25)"), ("returns", "Returns on (11-28)")),
)
_HEADINGS = ("Name", "Unit, class", "Places", "From when to when", "How it stands")
_SHARES = (110, 140, 0, 150, 220)
_SEEN = {"": "Not seen", "yes": "Clearance document seen"}


class AwayTab(QWidget):
    """A form at the left, who is away at the right."""

    def __init__(self, look: Look, desk: PeopleDesk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._desk, self._now = desk, now
        self._words = words = Words(look, self)
        self._notices: list[Absence] = []
        self.form = Form(words, "Notice of absence")
        for row in _ROWS:
            self.form.row(*row)
        self.illness = Switch(look)
        words.put(self.illness.name, "Because of an illness")
        self.form.part("Because of an illness", left(self.illness))
        self.file_button = words.button("File the notice", self.file, "main")
        self.form.finish(self.file_button)
        self.table = TextTable(words, _HEADINGS, _SHARES)
        words.name(self.table, "Notices of absence")
        self.hint, self.answer = label("soft"), label("strong")
        for line in (self.hint, self.answer):
            line.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.answer.hide()
        self.more = words.line("Where else were they?")
        self.seen = Choice(look, words, "Clearance document", _SEEN, lambda value: None)
        self.back_button = words.button("Register the return", self.come_back, "main")
        self.withdraw_button = words.button("Cancel the notice", self.withdraw)
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._judge)
        words.follow(self._draw)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 12)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.more, 1)
        for part in (self.seen, self.withdraw_button, self.back_button):
            foot.addWidget(part)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addWidget(self.answer)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.form)
        row.addWidget(card, 1)

    # -- showing

    def opened(self) -> None:
        """Fetch who is away."""
        self._desk.away(self._show, self._refused)

    def closed(self) -> None:
        """Nothing is left to tell."""
        for line in (self.answer, self.form.answer):
            tell(line, "", Tone.IDLE)

    def _show(self, notices: list[Absence]) -> None:
        self._notices = notices
        self._draw()

    def _draw(self) -> None:
        self.table.show_rows([self._row(each) for each in self._notices])
        self.table.setVisible(bool(self._notices))
        self.hint.setVisible(not self._notices)
        self.hint.setText(
            self._words.say("Nobody is away. File a notice at the left before somebody leaves.")
        )
        self._judge()

    def _row(self, notice: Absence) -> tuple[str, ...]:
        days = f"{notice.leaves_on:%m-%d} – {notice.returns_on:%m-%d}"
        places = "、".join(notice.places)
        return mask_name(notice.name), notice.unit, places, days, self._state(notice)

    def _state(self, notice: Absence) -> str:
        say = self._words.say
        if notice.state is AbsenceState.WITHDRAWN:
            return say("Withdrawn")
        if notice.late(self._now().date()):
            return say("Should be back by now")
        if notice.state is AbsenceState.AWAY:
            return say("Away")
        if notice.is_open:
            return say("Back, clearance document missing")
        return say("Back, from a risk area") if notice.risk else say("Is back")

    def _judge(self) -> None:
        notice = self._chosen()
        is_open = notice is not None and notice.is_open
        self.back_button.setEnabled(is_open)
        self.withdraw_button.setEnabled(notice is not None and notice.state is AbsenceState.AWAY)
        self.seen.setVisible(notice is not None and notice.illness and is_open)
        self.more.setEnabled(is_open)

    def _chosen(self) -> Absence | None:
        chosen = self.table.chosen
        return self._notices[chosen[0]] if len(chosen) == 1 else None

    # -- doing

    def file(self) -> None:
        """File the notice as typed."""
        form, say = self.form, self._words.say
        leaves, returns = (self._day(form.text(name)) for name in ("leaves", "returns"))
        if leaves is None or returns is None:
            tell(form.answer, say("Dates as month and day: 11-25"), Tone.STOP)
            return
        notice = Absence(
            id=uuid4(),
            filed_at=self._now(),
            name=tidy_name(form.text("name")) or "",
            operator=self._desk.office.acting.name,
            leaves_on=leaves,
            returns_on=returns,
            id_number=tidy_number(form.text("id_number")) or "",
            phone=read_phone(form.text("phone")) or "",
            unit=form.text("unit"),
            places=_places(form.text("places")),
            reason=form.text("reason"),
            illness=self.illness.isChecked(),
        )
        self._desk.file(notice, self._filed, lambda said: tell(form.answer, said, Tone.STOP))

    def _day(self, text: str) -> date | None:
        """A day as people write it: 11-25, 11/25, 11月25日, with or without the year."""
        for mark in "/.年月":
            text = text.replace(mark, "-")
        parts = text.removesuffix("日").strip("- ").split("-")
        today = self._now().date()
        try:
            numbers = [int(part) for part in parts]
            if len(numbers) == 3:
                return date(*numbers)
            month, day = numbers
            found = date(today.year, month, day)
        except ValueError:
            return None
        # In December somebody leaves "until 01-03".
        far = found < today - timedelta(days=180)
        return found.replace(year=today.year + 1) if far else found

    def _filed(self, notice: Absence) -> None:
        self.form.clear()
        self.illness.setChecked(False)
        said = self._words.say("Filed: {name}", name=mask_name(notice.name))
        tell(self.form.answer, said, Tone.PASS)
        self.opened()

    def come_back(self) -> None:
        """Register the return of whoever is chosen."""
        notice = self._chosen()
        if notice is None:
            return
        seen = True if self.seen.value else None
        back = Return(_places(self.more.text()), seen if notice.illness else None)
        self._desk.come_back(notice, back, self._settled, self._refused)

    def _settled(self, settled: Settled) -> None:
        self.more.clear()
        self.seen.show_value("")
        say, name = self._words.say, mask_name(settled.absence.name)
        if settled.risky:
            places = "、".join(settled.risky)
            said = say(
                "{name} was in a risk area: {places}. Do not let them in; a case has been opened.",
                name=name,
                places=places,
            )
            tell(self.answer, said, Tone.STOP)
        elif settled.absence.is_open:
            said = say("{name} is back; the clearance document is still to be seen", name=name)
            tell(self.answer, said, Tone.ATTENTION)
        else:
            said = say("{name} is back; no place is a risk area today", name=name)
            tell(self.answer, said, Tone.PASS)
        self.opened()

    def withdraw(self) -> None:
        """Take the chosen notice back."""
        notice = self._chosen()
        if notice is not None:
            self._desk.withdraw(notice, lambda _: self.opened(), self._refused)

    def _refused(self, sentence: str) -> None:
        tell(self.answer, sentence, Tone.STOP)


def _places(text: str) -> tuple[str, ...]:
    parts = text.replace("，", ",").replace("、", ",").replace(";", ",").split(",")
    return tuple(filter(None, (each.strip() for each in parts)))
