"""补录 at the side of the page that finds records: one paper form after another, by keys alone.

It stands there because that is where one looks whether somebody is in already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.back_entry import CODES, FIELDS, OUTCOMES, PaperForm
from checkpoint_app.desk.office import Office
from checkpoint_app.domain.inspection import CodeStatus, Outcome, RecordedInspection
from checkpoint_app.domain.masking import mask_name, mask_plate
from checkpoint_app.i18n.reasons import outcome_word, status_word
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.choices import choice
from checkpoint_app.ui.widgets.labels import label

WIDTH = {"compact": 520, "roomy": 620}
_HINTS = {
    "number": "Form no.",
    "author": "Written by",
    "date": "Date",
    "time": "03:12",
    "name": "Name",
    "phone": "Phone",
    "id_number": "Document number",
    "plate": "Plate",
    "residence": "Residence",
    "origin": "From",
    "destination": "To",
    "readings": "36.5, or 37.5 36.8",
    "note": "Remarks",
}
_ROWS = (
    ("number", "author", "date", "time"),
    ("name", "phone", "plate"),
    ("id_number", "residence"),
    ("origin", "destination"),
    ("readings", "note"),
)
_KEPT = ("author", "date")  # the same for a stack of forms


class BackEntryPanel(QFrame):
    """`entered` tells of a record; `closed` asks to close."""

    entered = Signal(object)  # RecordedInspection
    closed = Signal()

    def __init__(
        self,
        look: Look,
        office: Office,
        now: Callable[[], datetime],
        operator: Callable[[], str],
    ) -> None:
        super().__init__()
        self._look, self._office, self._now, self._operator = look, office, now, operator
        self.setProperty("role", "card")
        self._words = words = Words(look, self)
        self.lines = {name: words.line(hint) for name, hint in _HINTS.items()}
        self.outcomes = self._buttons(OUTCOMES, self._take_outcome)
        self.codes = self._buttons(CODES, self._take_code)
        self.card = choice("", lambda: None, checked=False)
        self.outcome: Outcome | None = None
        self.code: CodeStatus | None = None
        self.said = label("strong")
        self.said.setWordWrap(True)
        self.save = words.button("Save, next form", self.submit, "main")
        self.close_button = words.button("Close", self.closed.emit, "quiet")
        self._lay_out()
        for name, line in self.lines.items():
            line.returnPressed.connect(partial(self._next, name))
        words.follow(self._retext)

    def _buttons(
        self, values: tuple[Outcome, ...] | tuple[CodeStatus, ...], act: Callable[..., None]
    ) -> dict[Outcome | CodeStatus, QPushButton]:
        return {each: choice("", partial(act, each), checked=False) for each in values}

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._words.label("Enter paper forms", "page-title"), 1)
        head.addWidget(self.close_button)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 10, 0)
        body.setSpacing(6)
        for names in _ROWS:
            row = QHBoxLayout()
            row.setSpacing(6)
            for name in names:
                row.addWidget(self.lines[name])
            body.addLayout(row)
        body.addLayout(_grid([*self.codes.values(), self.card], 5))
        body.addWidget(self._words.label("Measure taken", "small"))
        body.addLayout(_grid(list(self.outcomes.values()), 3))
        body.addStretch(1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addWidget(self.said)
        column.addWidget(self.save)
        self.said.hide()

    # -- one form

    def begin(self) -> None:
        """Ready for a form, with the keyboard on the first field that is empty."""
        if not self.lines["date"].text():
            self.lines["date"].setText(f"{self._now():%m-%d}")
        for name in ("number", "author", "date", "time"):
            if not self.lines[name].text():
                self.lines[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Record the form, or say what is lacking."""
        form = self._form()
        if isinstance(form, str):
            self._say(self._words.say(form), Tone.STOP)
            return
        self._office.enter_form(form, self._operator(), self._done, self._refused)

    def _form(self) -> PaperForm | str:
        at, readings = self._moment(), _readings(self._text("readings"))
        if at is None:
            return "Date and time are written like 11-23 and 03:12"
        if readings is None:
            return "A temperature is written like 36.5"
        return PaperForm(
            number=self._text("number"),
            author=self._text("author"),
            at=at,
            outcome=self.outcome,
            texts=tuple(self._text(name) for name in FIELDS),
            readings=readings,
            code=self.code,
            card_seen=self.card.isChecked(),
        )

    def _text(self, name: str) -> str:
        return self.lines[name].text().strip()

    def _moment(self) -> datetime | None:
        day = form_day(self._text("date"), self._now().date())
        clock = re.fullmatch(r"([0-9]{1,2})[:：]?([0-9]{2})", self._text("time"))
        if day is None or clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
            return None
        zone = self._now().tzinfo
        return datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]), tzinfo=zone)

    def _done(self, recorded: RecordedInspection) -> None:
        person, journey = recorded.inspection.person, recorded.inspection.journey
        translate = self._look.translate
        sentence = self._words.say(
            "Entered: form {number}, {who}, {outcome}",
            number=self._text("number"),
            who=mask_name(person.name) or mask_plate(journey.plate),
            outcome=outcome_word(recorded.outcome, translate, venue=self._office.venue),
        )
        self._say(sentence, Tone.PASS)
        following = next_number(self._text("number"))
        for name, line in self.lines.items():
            if name not in _KEPT:
                line.clear()
        self.lines["number"].setText(following)
        self._take_outcome(None)
        self._take_code(None)
        self.card.setChecked(False)
        self.begin()
        self.entered.emit(recorded)

    def _refused(self, sentence: str) -> None:
        self._say(sentence, Tone.STOP)

    def _say(self, sentence: str, tone: Tone) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        restyle(self.said, tone=str(tone))

    # -- choices and keys

    def _take_outcome(self, outcome: Outcome | None) -> None:
        self.outcome = outcome
        for each, button in self.outcomes.items():
            button.setChecked(each is outcome)

    def _take_code(self, code: CodeStatus | None) -> None:
        self.code = code
        for each, button in self.codes.items():
            button.setChecked(each is code)

    def _next(self, name: str) -> None:
        """Enter goes on: through the lines, then to the code."""
        order = [each for row in _ROWS for each in row]
        place = order.index(name) + 1
        following: QWidget = next(iter(self.codes.values()))
        if place < len(order):
            following = self.lines[order[place]]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(following)

    def _retext(self) -> None:
        self.setFixedWidth(WIDTH[self._look.metrics.name])
        translate, venue = self._look.translate, self._office.venue
        for outcome in OUTCOMES:
            _name(self.outcomes[outcome], outcome_word(outcome, translate, venue=venue))
        for code in CODES:
            _name(self.codes[code], status_word(code, translate))
        _name(self.card, self._words.say("Card seen"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focus, QPushButton):
                focus.click()
        else:
            event.ignore()


def form_day(text: str, today: date) -> date | None:
    """The newest day that is not to come with this month and day (11-23, 11/23, 11月23日)."""
    found = re.fullmatch(r"(?:([0-9]{4})[-/.年])?([0-9]{1,2})[-/.月]([0-9]{1,2})日?", text)
    if found is None:
        return None
    try:
        if found[1]:
            return date(int(found[1]), int(found[2]), int(found[3]))
        day = date(today.year, int(found[2]), int(found[3]))
        return day if day <= today else date(today.year - 1, day.month, day.day)
    except ValueError:
        return None


def next_number(number: str) -> str:
    """The number of the next form of a pad: A-0012 after A-0011; "" where it ends in no digit."""
    found = re.fullmatch(r"(.*?)([0-9]+)", number)
    if found is None:
        return ""
    return f"{found[1]}{int(found[2]) + 1:0{len(found[2])}}"


def _readings(text: str) -> tuple[float, ...] | None:
    parts = re.split(r"[\s,，、/]+", text) if text else []
    try:
        return tuple(float(each) for each in parts)
    except ValueError:
        return None


def _grid(buttons: list[QPushButton], across: int) -> QGridLayout:
    made = QGridLayout()
    made.setSpacing(6)
    for place, button in enumerate(buttons):
        made.addWidget(button, place // across, place % across)
    return made


def _name(button: QPushButton, text: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
