"""The small form of one step: only the fields that the step needs, filled with what is likely."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.domain.case import Event, Measure, Result, Step
from checkpoint_app.i18n.cases import MEASURES, RESULTS, action_word
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.choices import choice
from checkpoint_app.ui.widgets.labels import label

_HINTS = {
    "unit": "Unit",
    "person": "Person there",
    "phone": "Phone",
    "receipt": "Receipt number",
    "vehicle": "Transfer vehicle",
    "supervisor": "Who supervises, phone",
    "days": "For how many days",
    "note": "What is to be said",
    "time": "Now, unless another: 03:20",
}
_FIELDS: dict[Event, tuple[str, ...]] = {
    Event.REPORTED: ("unit", "person", "phone", "receipt", "note", "time"),
    Event.HANDED_OVER: ("unit", "person", "phone", "vehicle", "note", "time"),
    Event.RECEIVED: ("unit", "person", "phone", "receipt", "note", "time"),
    Event.MEASURED: ("supervisor", "days", "note", "time"),
    Event.CLOSED: ("note", "time"),
    Event.REOPENED: ("note",),
    Event.NOTED: ("note",),
    Event.TAKEN_BACK: ("note",),
}
_ROWS = {
    "Unit": ("unit",),
    "Person": ("person", "phone"),
    "Receipt no.": ("receipt",),
    "Vehicle": ("vehicle",),
    "Supervised by": ("supervisor",),
    "Days": ("days",),
    "Words": ("note",),
    "Time": ("time",),
}
DAYS = {
    Measure.CENTRAL_ISOLATION: 14,
    Measure.HOME_ISOLATION: 7,
    Measure.HEALTH_MONITORING: 7,
    Measure.TESTING: 3,
}
_MOST_DAYS = 180


@dataclass(frozen=True, slots=True)
class Likely:
    """What the form may begin with."""

    unit: str = ""
    person: str = ""
    phone: str = ""


class StepForm(QWidget):
    """`submitted` carries the step; `cancelled` closes the form."""

    submitted = Signal(object)  # Step
    cancelled = Signal()

    def __init__(
        self, look: Look, now: Callable[[], datetime], operator: Callable[[], str]
    ) -> None:
        super().__init__()
        self._look, self._now, self._operator = look, now, operator
        self._words = words = Words(look, self)
        self.event_kind = Event.NOTED
        self.measure: Measure | None = None
        self.result: Result | None = None
        self.title, self.fault = label("title"), label("strong")
        self.fault.setWordWrap(True)
        restyle(self.fault, tone=str(Tone.STOP))
        self.lines: dict[str, QLineEdit] = {name: words.line(hint) for name, hint in _HINTS.items()}
        self.measures = {
            each: choice(words.say(word), partial(self._take_measure, each), checked=False)
            for each, word in MEASURES.items()
        }
        self.results = {
            each: choice(words.say(word), partial(self._take_result, each), checked=False)
            for each, word in RESULTS.items()
        }
        self.save = words.button("Save", self.submit, "main")
        self.cancel = words.button("Cancel", self.cancelled.emit)
        self._lay_out()
        words.follow(self._retext)
        for line in self.lines.values():
            line.returnPressed.connect(self._next)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        self._choices = QWidget()
        grid = QGridLayout(self._choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for place, button in enumerate((*self.measures.values(), *self.results.values())):
            grid.addWidget(button, place // 2, place % 2)
        column.addWidget(self._choices)
        self._rows = {caption: self._row(column, caption) for caption in _ROWS}
        column.addWidget(self.fault)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(self.cancel, 1)
        ends.addWidget(self.save, 2)
        column.addLayout(ends)

    def _row(self, column: QVBoxLayout, caption: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        name = self._words.label(caption, "small")
        name.setFixedWidth(64)
        row.addWidget(name)
        for each in _ROWS[caption]:
            row.addWidget(self.lines[each])
        column.addWidget(made)
        return made

    def open_for(self, event: Event, likely: Likely) -> None:
        """Ask for one step, with the keyboard on the first field that is empty."""
        self.event_kind, self.measure, self.result = event, None, None
        begins = {"unit": likely.unit, "person": likely.person, "phone": likely.phone}
        for name, line in self.lines.items():
            line.setText(begins.get(name, ""))
        for caption, row in self._rows.items():
            row.setVisible(_ROWS[caption][0] in _FIELDS[event])
        self._choices.setVisible(event in (Event.MEASURED, Event.CLOSED))
        for button in self.measures.values():
            button.setVisible(event is Event.MEASURED)
            button.setChecked(False)
        for button in self.results.values():
            button.setVisible(event is Event.CLOSED)
            button.setChecked(False)
        self.say("")
        self._retext()
        self._begin()

    def _begin(self) -> None:
        buttons = [*self.measures.values(), *self.results.values()]
        for part in (*buttons, *self._shown()):
            wanting = not isinstance(part, QLineEdit) or not part.text()
            if part.isVisibleTo(self) and wanting:
                part.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def say(self, sentence: str) -> None:
        """What is lacking."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def _shown(self) -> list[QLineEdit]:
        return [self.lines[name] for name in _HINTS if name in _FIELDS[self.event_kind]]

    def _next(self) -> None:
        """Enter goes to the next line; on the last one it saves."""
        shown = self._shown()
        place = shown.index(self.sender()) if self.sender() in shown else len(shown)  # type: ignore[arg-type]
        if place + 1 < len(shown):
            shown[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submit()

    def _take_measure(self, measure: Measure) -> None:
        self.measure = measure
        for each, button in self.measures.items():
            button.setChecked(each is measure)
        self.lines["days"].setText(str(DAYS[measure]))
        self.lines["supervisor"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_result(self, result: Result) -> None:
        self.result = result
        for each, button in self.results.items():
            button.setChecked(each is result)
        self.lines["note"].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Hand the step over, or say which field cannot be read."""
        happened, until = self._happened(), self._until()
        if isinstance(happened, str) or isinstance(until, str):
            self.say(self._words.say(happened if isinstance(happened, str) else str(until)))
            return
        self.submitted.emit(
            Step(
                self.event_kind,
                self._operator(),
                happened_at=happened,
                until=until,
                measure=self.measure,
                result=self.result,
                **{name: self._text(name) for name in _TEXTS},
            )
        )

    def _text(self, name: str) -> str | None:
        shown = name in _FIELDS[self.event_kind]
        return (self.lines[name].text().strip() or None) if shown else None

    def _happened(self) -> datetime | str | None:
        text = self._text("time")
        return None if text is None else clock_time(text, self._now())

    def _until(self) -> datetime | str | None:
        text = self._text("days")
        if text is None:
            return None
        if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 0 < int(text) <= _MOST_DAYS:
            return "Days are a number up to 180"
        return self._now() + timedelta(days=int(text))

    def _retext(self) -> None:
        self.title.setText(action_word(self.event_kind, self._look.translate))
        for words, buttons in ((MEASURES, self.measures), (RESULTS, self.results)):
            for each, button in buttons.items():
                button.setText(self._words.say(words[each]))  # type: ignore[index]
                button.setAccessibleName(button.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            event.ignore()


_TEXTS = ("unit", "person", "phone", "receipt", "vehicle", "supervisor", "note")


def clock_time(text: str, now: datetime) -> datetime | str:
    """A time of day as the newest such moment that is past; the message of what is wrong."""
    found = re.fullmatch(r"([0-9]{1,2})[:：]([0-9]{2})", text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return "A time is written like 17:00"
    at = now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    return at if at <= now else at - timedelta(days=1)
