"""Step one of handing over: people counted by eye, supplies, what the next shift has to know.

May be filled in bit by bit through the shift: it is kept as it is typed.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.duty.paper import difference_text
from checkpoint_app.desk.duty.roll import Roll
from checkpoint_app.desk.duty.words import PEOPLE, SUPPLIES
from checkpoint_app.domain.duty.handing import MOST, Counted, Draft, Stock, Supply
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.upright import Upright

REST = 800  # milliseconds without a key after which the counts are kept
COLUMNS = ("Supply", "Before", "Taken in", "Used", "Left", "Difference")
_FIGURES = ("received", "used", "left")


class CountStep(QWidget):
    """`kept` carries the counts whenever the fingers rest; `forward` goes on to signing."""

    kept = Signal(object)  # Draft
    forward = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words = Words(look, self)
        self._before: dict[Supply, int | None] = {}
        self._known = {"tray": 0, "held": 0}
        self.people = {name: self._number() for name in PEOPLE}
        self.people_notes = {name: label("soft") for name in PEOPLE}
        self.stock = {each: {name: self._number() for name in _FIGURES} for each in Supply}
        self.before = {each: label("soft") for each in Supply}
        self.differences = {each: label("strong") for each in Supply}
        self.notes = self._words.line("To be known: e.g. 2 people wait for the ambulance", 400)
        self.go = self._words.button("Go on: both sign", self.submit, "main")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.keep)
        self._lay_out()
        self._connect()

    def _number(self) -> QLineEdit:
        made = QLineEdit()
        made.setValidator(QIntValidator(0, MOST, made))
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setFixedWidth(92)
        return made

    def _lay_out(self) -> None:
        counted = QWidget()
        column = QVBoxLayout(counted)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words.label("People, counted by eye", "small"))
        column.addLayout(self._people_row())
        column.addLayout(self._table())
        column.addWidget(self.notes)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll = Upright(counted)
        whole.addWidget(self._scroll, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.go)
        whole.addLayout(row)

    def _people_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        for name, message in PEOPLE.items():
            self._words.name(self.people[name], message)
            row.addWidget(self._words.label(message))
            row.addWidget(self.people[name])
            row.addWidget(self.people_notes[name], 1)
        return row

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place, message in enumerate(COLUMNS):
            heading = self._words.label(message, "small")
            grid.addWidget(heading, 0, place, right if place else Qt.AlignmentFlag.AlignLeft)
        for row, supply in enumerate(Supply, 1):
            grid.addWidget(self._words.label(SUPPLIES[supply]), row, 0)
            grid.addWidget(self.before[supply], row, 1, right)
            for place, name in enumerate(_FIGURES, 2):
                field = self.stock[supply][name]
                self._name(field, supply, COLUMNS[place])
                grid.addWidget(field, row, place)
            grid.addWidget(self.differences[supply], row, 5, right)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(1, 60)
        grid.setColumnMinimumWidth(5, 60)
        return grid

    def _name(self, field: QLineEdit, supply: Supply, column: str) -> None:
        say = self._words.say
        self._words.follow(
            lambda: field.setAccessibleName(f"{say(SUPPLIES[supply])}: {say(column)}")
        )

    def _connect(self) -> None:
        order = self.fields
        for field, after in zip(order, [*order[1:], self.notes], strict=True):
            field.textEdited.connect(self._typed)
            field.returnPressed.connect(partial(self._go_to, after))
        self.notes.textEdited.connect(self._typed)
        self.notes.returnPressed.connect(self.submit)

    def _go_to(self, field: QLineEdit) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(field, 0, TARGET)  # Qt sees to the cursor, not the field

    @property
    def fields(self) -> list[QLineEdit]:
        """The numbers in the order of the eye."""
        stock = [self.stock[each][name] for each in Supply for name in _FIGURES]
        return [*self.people.values(), *stock]

    # -- values

    def show_draft(self, roll: Roll, tray: int) -> None:
        """Show what was counted so far, unless somebody is at it."""
        self._known = {"tray": tray, "held": roll.held}
        if not self._rest.isActive() and not any(field.hasFocus() for field in self.fields):
            draft = roll.draft
            _put(self.people["tray"], draft.tray_seen)
            _put(self.people["held"], draft.held_seen)
            for supply in Supply:
                self._show_stock(supply, draft.of(supply))
            if not self.notes.hasFocus():
                self.notes.setText(draft.notes)
        self._compare()

    def _show_stock(self, supply: Supply, stock: Stock) -> None:
        self._before[supply] = stock.before
        self.before[supply].setText("–" if stock.before is None else str(stock.before))
        fields = self.stock[supply]
        _put(fields["received"], stock.received or None)
        _put(fields["used"], stock.used or None)
        _put(fields["left"], stock.left)

    @property
    def draft(self) -> Draft:
        """What has been counted."""
        return Draft(
            _got(self.people["tray"]),
            _got(self.people["held"]),
            {each: self._stock(each) for each in Supply},
            self.notes.text(),
        )

    def _stock(self, supply: Supply) -> Stock:
        fields = self.stock[supply]
        return Stock(
            self._before.get(supply),
            _got(fields["received"]) or 0,
            _got(fields["used"]) or 0,
            _got(fields["left"]),
        )

    def _typed(self) -> None:
        self._rest.start()
        self._compare()

    def _compare(self) -> None:
        """Show at once what does not agree."""
        for supply in Supply:
            difference = self._stock(supply).difference
            line = self.differences[supply]
            line.setText(difference_text(difference))
            restyle(line, tone=str(Tone.ATTENTION if difference else Tone.IDLE))
        for name, field in self.people.items():
            counted = Counted(_got(field), self._known[name])
            line = self.people_notes[name]
            line.setText(self._words.say("the station: {count}", count=counted.known))
            restyle(line, tone=str(Tone.ATTENTION if counted.difference else Tone.IDLE))

    def keep(self) -> None:
        """Keep what stands there."""
        self._rest.stop()
        self.kept.emit(self.draft)

    def submit(self) -> None:
        """Keep it and go on."""
        self.keep()
        self.forward.emit()


def _put(field: QLineEdit, number: int | None) -> None:
    text = "" if number is None else str(number)
    if field.text() != text:
        field.setText(text)


def _got(field: QLineEdit) -> int | None:
    text = field.text().strip()
    return int(text) if text.isascii() and text.isdigit() else None
