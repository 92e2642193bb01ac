"""Visitors: register with host and reason, print the day's pass, write down who has left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.people.door import PeopleDesk, Registered, Today
from checkpoint_app.domain.masking import mask_name, mask_phone, mask_plate
from checkpoint_app.domain.person import read_phone, tidy_name, tidy_number
from checkpoint_app.domain.plate import tidy_plate
from checkpoint_app.domain.visiting import MOST_COMPANIONS, Visit
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.people.form import Field, Form
from checkpoint_app.ui.pages.people.table import TextTable
from checkpoint_app.ui.pages.settings.rights.paper import PaperOut, Use
from checkpoint_app.ui.pages.settings.rows import tell
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.labels import label

_ROWS: tuple[tuple[Field, ...], ...] = (
    (("id_number", "Document number"),),
    (("name", "Name"), ("phone", "Phone")),
    (("unit", "Unit of the visitor"),),
    (("host", "Visits"), ("purpose", "Comes for")),
    (("plate", "Plate"), ("temperature", "Temperature")),
    (("companions", "Companions, with commas between"),),
)
_HEADINGS = ("Time", "Name", "Unit of the visitor", "Visits", "Comes for", "Phone", "Left at")
_SHARES = (92, 120, 0, 116, 0, 130, 116)


class VisitorsTab(QWidget):
    """A form at the left, the day's visitors at the right."""

    def __init__(
        self, look: Look, desk: PeopleDesk, paper_out: PaperOut, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._look, self._desk, self._paper_out, self._now = look, desk, paper_out, now
        self._words = words = Words(look, self)
        self._visits: tuple[Visit, ...] = ()
        self.form = Form(words, "Register a visitor")
        for row in _ROWS:
            self.form.row(*row)
        self.form.lines["id_number"].editingFinished.connect(self._recall)
        self.register_button = words.button("Register and print pass", self.register, "main")
        self.refuse_button = words.button("Not admitted", self.refuse)
        self.form.finish(self.register_button, self.refuse_button)
        self.table = TextTable(words, _HEADINGS, _SHARES)
        words.name(self.table, "Visitors")
        self.inside, self.hint, self.answer = label("strong"), label("soft"), label("strong")
        self.answer.hide()
        self.left_button = words.button("Has left", self.leave)
        self.print_button, self.save_button = paper_out.buttons(
            words, lambda: words.say("Register of visitors"), self._paper, self, self.answer
        )
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._judge)
        words.follow(self._draw)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.inside, 1)
        for button in (self.left_button, self.print_button, self.save_button):
            head.addWidget(button)
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addLayout(head)
        column.addWidget(self.answer)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.form)
        row.addWidget(card, 1)

    # -- showing

    def opened(self) -> None:
        """Fetch the day."""
        self._desk.today(self._show, self._refused)

    def _show(self, today: Today) -> None:
        self._visits = today.visits
        self.inside.setText(self._words.say("Visitors inside: {count}", count=today.inside))
        self._draw()

    def _draw(self) -> None:
        self.table.show_rows([self._row(each) for each in self._visits])
        self.table.setVisible(bool(self._visits))
        self.hint.setVisible(not self._visits)
        self.hint.setText(self._words.say("No visitor today. Register the first one at the left."))
        self._judge()

    def _row(self, visit: Visit) -> tuple[str, ...]:
        when = time_text(visit.arrived_at, self._now(), self._look)
        name = mask_name(visit.name)
        if visit.persons > 1:
            name = f"{name} +{visit.persons - 1}"
        left = f"{visit.left_at.astimezone(self._now().tzinfo):%H:%M}" if visit.left_at else ""
        gone = left if visit.admitted else self._words.say("Not admitted")
        phone = mask_phone(visit.phone) or mask_plate(visit.plate)
        return (when, name, visit.unit, visit.host, visit.purpose, phone, gone)

    def _judge(self) -> None:
        chosen = self.table.chosen
        self.left_button.setEnabled(any(self._visits[row].inside for row in chosen))

    # -- doing

    def _recall(self) -> None:
        """Somebody who was here before: only the empty lines are filled."""
        number = tidy_number(self.form.text("id_number"))
        if number:
            self._desk.known(number, self._fill, lambda sentence: None)

    def _fill(self, earlier: Visit | None) -> None:
        if earlier is None:
            return
        for name in ("name", "phone", "unit", "host", "plate"):
            if not self.form.text(name):
                self.form.lines[name].setText(getattr(earlier, name))

    def _typed(self, *, admitted: bool) -> Visit | str:
        """The visitor as typed, or the message of what cannot be read."""
        form = self.form
        phone, temperature = form.text("phone"), form.text("temperature").replace(",", ".")
        celsius: float | None = None
        if temperature:
            try:
                celsius = float(temperature)
            except ValueError:
                return "The temperature cannot be read"
        if phone and read_phone(phone) is None:
            return "That can be no phone number"
        with_them = form.text("companions").replace("，", ",").replace("、", ",").split(",")
        companions = tuple(filter(None, (tidy_name(each) for each in with_them)))
        return Visit(
            id=uuid4(),
            arrived_at=self._now(),
            name=tidy_name(form.text("name")) or "",
            operator=self._desk.office.acting.name,
            id_number=tidy_number(form.text("id_number")) or "",
            phone=read_phone(phone) or "",
            unit=form.text("unit"),
            purpose=form.text("purpose"),
            host=form.text("host"),
            plate=tidy_plate(form.text("plate")) or "",
            companions=companions[:MOST_COMPANIONS],
            temperature_c=celsius,
            admitted=admitted,
            refusal="" if admitted else form.text("purpose"),
        )

    def register(self) -> None:
        """Register, and print the pass on a label."""
        self._take(admitted=True)

    def refuse(self) -> None:
        """Write down somebody who was sent away."""
        self._take(admitted=False)

    def _take(self, *, admitted: bool) -> None:
        visit = self._typed(admitted=admitted)
        if isinstance(visit, str):
            self._refused(self._words.say(visit))
        else:
            self.register_button.setEnabled(False)
            self._desk.register(visit, self._registered, self._refused)

    def _registered(self, done: Registered) -> None:
        self.register_button.setEnabled(True)
        self.form.clear()
        self.form.lines["id_number"].setFocus()
        say = self._words.say
        sentence = "Registered: {name}" if done.visit.admitted else "Written down: {name}"
        tell(self.form.answer, say(sentence, name=mask_name(done.visit.name)), Tone.PASS)
        if done.label is not None:
            self._paper_out.print(done.label, say("Visitor"), self.answer)
        self.opened()

    def leave(self) -> None:
        """Those chosen have left."""
        for row in self.table.chosen:
            if self._visits[row].inside:
                self._desk.leave(self._visits[row].id, lambda _: self.opened(), self._refused)

    def _paper(self, use: Use) -> None:
        self._desk.visitors_paper(self._visits, use)

    def _refused(self, sentence: str) -> None:
        self.register_button.setEnabled(True)
        tell(self.form.answer, sentence, Tone.STOP)

    def closed(self) -> None:
        """What was typed of a visitor does not stay behind."""
        tell(self.form.answer, "", Tone.IDLE)
