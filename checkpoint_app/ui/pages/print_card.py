"""How to print: on which printer, how often, which pages, on both sides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.stepper import Stepper
from checkpoint_app.ui.pages.switches import Switch
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.drop_down import DropDown

MOST_COPIES = 99
FORM_NAMES = {"pdf": "PDF", "xlsx": "Excel", "csv": "CSV", "json": "JSON"}


def page_range(text: str) -> tuple[int, int] | None:
    """First and last page of "3", "2-5", "2–"; None for all pages ("") and for nonsense."""
    found = re.fullmatch(r"(\d{1,4})(?:\s*[-–—~]\s*(\d{1,4})?)?", text.strip(), re.ASCII)
    if found is None:
        return None
    first = int(found[1])
    ranged = len(text.strip()) > len(found[1])
    last = int(found[2]) if found[2] else (9999 if ranged else first)
    return (first, last) if 0 < first <= last else None


class PrintCard(QWidget):
    """`printing` and `saving` are asked for; the page does them."""

    printing = Signal()
    saving = Signal()
    printer_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words = words = Words(look, self)
        self.printer = DropDown(look)
        words.name(self.printer, "Printer")
        self.copies = Stepper(words, "Copies", (1, MOST_COPIES, 1), lambda n: f"{n:g}", width=40)
        self.pages = words.line("All, or 2-5", 12)
        words.name(self.pages, "Pages")
        self.both = Switch(look)
        words.put(self.both.name, "Both sides")
        self.print_button = words.button("Print", self.printing.emit, "main")
        self.save_button = words.button("Save as…", self.saving.emit)
        self.format = DropDown(look)
        words.name(self.format, "Form of the file")
        for form, name in FORM_NAMES.items():
            self.format.addItem(name, form)
        self.printer.activated.connect(
            lambda at: self.printer_chosen.emit(self.printer.itemData(at) or "")
        )
        self._lay_out()

    def _lay_out(self) -> None:
        words = self._words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(words.label("Printer", "small"))
        column.addWidget(self.printer)
        for caption, part in (
            ("Copies", self.copies),
            ("Pages", self.pages),
            ("Both sides", self.both),
        ):
            row = QHBoxLayout()
            row.addWidget(words.label(caption), 1)
            row.addWidget(part)
            column.addLayout(row)
        self.pages.setFixedWidth(160)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(self.format)
        ends.addWidget(self.save_button, 1)
        ends.addWidget(self.print_button, 1)
        column.addLayout(ends)

    def show_printers(self, names: Sequence[str], chosen: str | None) -> None:
        """The system's printers; without one, only saving is left."""
        self.printer.clear()
        for name in names:
            self.printer.addItem(name, name)
        if not names:
            self.printer.addItem(self._words.say("No printer found"), "")
        self.printer.setEnabled(bool(names))
        self.printer.setCurrentIndex(max(0, self.printer.findData(chosen)))

    def allow(self, printing: bool, saving: bool) -> None:
        """Whether a sheet is there, and whether nothing is under way."""
        self.print_button.setEnabled(printing and bool(self.printer.currentData()))
        self.save_button.setEnabled(saving)

    @property
    def form(self) -> str:
        """The form that is saved."""
        return str(self.format.currentData())

    @property
    def duplex(self) -> bool:
        """Whether both sides are printed on."""
        return bool(self.both.isChecked())

    @property
    def range_text(self) -> str:
        """The pages as typed."""
        return self.pages.text().strip()
