"""Who is on duty and for how long; and one's own temperature and test, two fields and Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.duty.book import DutyBook
from checkpoint_app.desk.duty.roll import OnDuty, Roll
from checkpoint_app.desk.duty.words import SKIPS, clock, fitness_text, span_text
from checkpoint_app.domain.duty.turns import Skip, Turn
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.choices import choice
from checkpoint_app.ui.widgets.labels import ElidedLabel, label


class PeopleCard(QFrame):
    """A line a person; below, what whoever is signed in says of their own health."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, look: Look, book: DutyBook) -> None:
        super().__init__()
        self._look, self._book = look, book
        self._words = words = Words(look, self)
        self._roll: Roll | None = None
        self.setProperty("role", "card")
        self.lines: list[QWidget] = []
        self._people = QVBoxLayout()
        self._people.setSpacing(2)
        self.own = OwnHealth(look, book)
        self.own.said.connect(self._said)
        self.own.refused.connect(self.refused)
        self.warning = label("strong")
        self.warning.setWordWrap(True)
        restyle(self.warning, tone=str(Tone.STOP))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(6)
        column.addWidget(words.label("On duty now", "title"))
        column.addLayout(self._people)
        column.addWidget(self.warning)
        column.addWidget(self.own)
        self.warning.hide()
        words.follow(self._redraw)

    def show_roll(self, roll: Roll) -> None:
        """Draw who is there."""
        self._roll = roll
        self._redraw()

    def _redraw(self) -> None:
        roll = self._roll
        if roll is None:
            return
        for old in self.lines:
            self._people.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = [self._line(each) for each in roll.people]
        if not self.lines:
            empty = self._words.say("Nobody is on duty: whoever signs in begins a shift")
            self.lines = [label("soft", empty)]
        for line in self.lines:
            self._people.addWidget(line)
        own = roll.of(self._book.operator)
        missing = own is not None and (own.fitness is None or own.fitness.celsius is None)
        self.own.setVisible(missing or (own is not None and own.fever))

    def _line(self, person: OnDuty) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        name = ElidedLabel("strong")
        name.setText(person.turn.operator)
        row.addWidget(name, 2)
        row.addWidget(self._worked(person), 4)
        row.addWidget(self._health(person), 4)
        row.addWidget(self._off(person.turn))
        return made

    def _worked(self, person: OnDuty) -> QLabel:
        say = self._words.say
        since, span = clock(person.turn.began_at), span_text(person.worked, self._look.translate)
        if person.should_rest:
            hours = person.within_day // timedelta(hours=1)
            text = say("{hours} h in a day: rest", hours=hours)
        else:
            text = say("since {time}, {span}", time=since, span=span)
        made = ElidedLabel("strong" if person.should_rest else "soft")
        made.setText(text)
        restyle(made, tone=str(Tone.ATTENTION if person.should_rest else Tone.IDLE))
        return made

    def _health(self, person: OnDuty) -> QLabel:
        text, tone = self._health_text(person)
        made = ElidedLabel("soft")
        made.setText(text)
        restyle(made, tone=str(tone))
        return made

    def _health_text(self, person: OnDuty) -> tuple[str, Tone]:
        say, said = self._words.say, person.fitness
        if said is None:
            return say("not measured yet"), Tone.ATTENTION
        missing = Tone.ATTENTION if said.celsius is None else Tone.IDLE
        return fitness_text(said, self._look.translate), Tone.STOP if person.fever else missing

    def _off(self, turn: Turn) -> QWidget:
        text = self._words.say("Off duty")
        made = choice(text, partial(self._leave, turn))
        made.setAccessibleName(f"{text}: {turn.operator}")
        return made

    def _leave(self, turn: Turn) -> None:
        self._book.leave(turn, lambda _: self.changed.emit(), self.refused.emit)

    def _said(self, warning: str) -> None:
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self.changed.emit()


class OwnHealth(QWidget):
    """Temperature, day of the last test, or why there is none. Enter goes on; nothing is forced."""

    said = Signal(str)  # a warning, "" mostly
    refused = Signal(str)

    def __init__(self, look: Look, book: DutyBook) -> None:
        super().__init__()
        self._book = book
        words = Words(look, self)
        self.celsius = words.line("Temperature", 6)
        self.tested = words.line("Test, e.g. 11-22", 10)
        self.save = words.button("Save", self.submit, "main")
        self.celsius.returnPressed.connect(self._next)
        self.tested.returnPressed.connect(self.submit)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.celsius, 2)
        fields.addWidget(self.tested, 3)
        fields.addWidget(self.save)
        self.skips = {each: words.button(text, self._skip(each)) for each, text in SKIPS.items()}
        reasons = QHBoxLayout()
        reasons.setSpacing(8)
        for button in self.skips.values():
            button.setMinimumHeight(TARGET)
            reasons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(words.label("Your own temperature and last test", "small"))
        column.addLayout(fields)
        column.addLayout(reasons)

    def start(self) -> None:
        """Put the keyboard on the temperature."""
        self.celsius.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self) -> None:
        if self.celsius.text().strip():
            self.tested.setFocus(Qt.FocusReason.TabFocusReason)

    def _skip(self, skip: Skip) -> Callable[[], None]:
        return lambda: self._say(skip)

    def submit(self) -> None:
        """Hand over what was typed."""
        self._say(None)

    def _say(self, skip: Skip | None) -> None:
        celsius = "" if skip is not None else self.celsius.text()
        self._book.say_fit(celsius, self.tested.text(), skip, self._done, self.refused.emit)

    def _done(self, warning: str) -> None:
        self.celsius.clear()
        self.tested.clear()
        self.said.emit(warning)
