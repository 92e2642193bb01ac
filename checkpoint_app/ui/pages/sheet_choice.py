"""Which sheet: of what day, which list, how much of names and numbers, for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import QDateEdit, QVBoxLayout, QWidget

from checkpoint_app.desk.exporting import NAMES
from checkpoint_app.domain.register import Mask, Sheet
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.switches import Choice
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.drop_down import DropDown

MASKS = {Mask.PARTIAL: "Masked", Mask.NONE: "Whole"}
DAYS = {"0": "Today", "1": "Yesterday", "": "Date"}
REST = 500  # milliseconds without a key after which a typed recipient counts


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be shown."""

    day: date
    sheet: Sheet
    mask: Mask
    recipient: str


class SheetChoice(QWidget):
    """`changed` when another sheet is wanted."""

    changed = Signal()

    def __init__(self, look: Look, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._words = words = Words(look, self)
        again = lambda _: self._choose()  # noqa: E731 - one line, three uses
        self.day = Choice(look, words, "Day", DAYS, self._choose_day)
        self.date = QDateEdit()
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("yyyy-MM-dd")
        words.name(self.date, "Date")
        self.sheet = DropDown(look)
        words.name(self.sheet, "Sheet")
        for sheet, message in NAMES.items():
            self.sheet.addItem("", sheet)
            words.put(partial(self.sheet.setItemText, self.sheet.count() - 1), message)
        self.sheet.activated.connect(again)
        self.masking = Choice(
            look, words, "Names and numbers", {str(k): v for k, v in MASKS.items()}, again
        )
        self.recipient = words.line("For whom, for example the county office", 60)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.changed)
        self.recipient.textEdited.connect(lambda _: self._rest.start())
        self.date.dateChanged.connect(lambda _: self._rest.start())
        self._recipient_caption = words.label("Recipient, printed across the sheet", "small", True)
        self._lay_out()
        self._show_parts()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for caption, part in (
            ("Sheet", self.sheet),
            ("Day", self.day),
            ("", self.date),
            ("Names and numbers", self.masking),
        ):
            if caption:
                column.addSpacing(2)
                column.addWidget(self._words.label(caption, "small"))
            if part is self.sheet:
                column.addWidget(part)
            else:
                column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._recipient_caption)
        column.addWidget(self.recipient)

    def start(self, day: date, mask: str) -> None:
        """Begin with a day and the masking of the settings."""
        self.date.blockSignals(True)
        self.date.setDate(QDate(day.year, day.month, day.day))
        self.date.setMaximumDate(QDate(day.year, day.month, day.day))
        self.date.blockSignals(False)
        self.masking.show_value(mask)
        self._show_parts()

    def _choose(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _choose_day(self, back: str) -> None:
        if back:
            day = self._now().date() - timedelta(days=int(back))
            self.date.blockSignals(True)
            self.date.setDate(QDate(day.year, day.month, day.day))
            self.date.blockSignals(False)
        self._choose()

    def _show_parts(self) -> None:
        self.date.setVisible(self.day.value == "")
        whole = self.masking.value == Mask.NONE
        self._recipient_caption.setVisible(whole)
        self.recipient.setVisible(whole)

    @property
    def ready(self) -> bool:
        """Whole names and numbers are given to someone, never to nobody."""
        return self.masking.value != Mask.NONE or bool(self.recipient.text().strip())

    @property
    def chosen(self) -> Chosen:
        """What is wanted."""
        whole = self.masking.value == Mask.NONE
        given: date = self.date.date().toPython()  # type: ignore[assignment]
        if self.day.value:
            given = self._now().date() - timedelta(days=int(self.day.value))
        return Chosen(
            given,
            Sheet(self.sheet.currentData()),
            Mask(self.masking.value),
            self.recipient.text().strip() if whole else "",
        )
