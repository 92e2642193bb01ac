"""The two small tables of the page: lists from the office, and records that were set aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from checkpoint_app.desk.hub.telling import list_name, shown_lists, state_word
from checkpoint_app.desk.hub.view import ListHeld, RefusedRecord
from checkpoint_app.desk.lists.chips import day_words
from checkpoint_app.ui.look import Look

_ROW = 40
WHY = {  # why a hub sets a record aside
    "unreadable": "The hub could not read it",
    "count": "The batch was not whole",
    "chain": "It did not fit its chain",
    "taken": "Another record stands under its key",
    "fork": "Two records have this number",
}


class _Plain(QTableWidget):
    """A table that is only read. `headings` and the empty table's sentence are messages."""

    headings: tuple[str, ...] = ()
    nothing = ""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(0, len(self.headings), parent)
        self._look = look
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows, or the sentence of an empty table."""
        self.clearSpans()
        self.setHorizontalHeaderLabels([self._look.translate(each) for each in self.headings])
        self.setRowCount(max(1, len(rows)))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                self.setItem(place, column, QTableWidgetItem(text))
        if not rows:
            self.setItem(0, 0, QTableWidgetItem(self._look.translate(self.nothing)))
            self.setSpan(0, 0, 1, len(self.headings))


class ListsTable(_Plain):
    """Versions and ages of what came down, and whether it counts."""

    headings = ("List name", "Version", "Rows", "Date and time", "State")
    nothing = "No list has come from the office yet"

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        for column in range(1, len(self.headings)):
            self.horizontalHeader().setSectionResizeMode(
                column, QHeaderView.ResizeMode.ResizeToContents
            )

    def show_lists(self, lists: Sequence[ListHeld], now: datetime) -> None:
        """Show these."""
        self.fill([self._line(each, now) for each in shown_lists(lists)])

    def _line(self, held: ListHeld, now: datetime) -> tuple[str, ...]:
        say = self._look.translate
        dated = day_words(held.dated, now, say) if held.dated is not None else ""
        name, state = list_name(held.name, say), state_word(held, say)
        return name, held.version, f"{held.rows:,}", dated, state


class RefusedTable(_Plain):
    """What the hub could not read, and why: nothing of it is lost."""

    headings = ("Number in the ledger", "Why")
    nothing = "Nothing was set aside"

    def show_refused(self, refused: Sequence[RefusedRecord]) -> None:
        """Show these."""
        say = self._look.translate
        self.fill([(each.place, say(WHY.get(each.reason, each.reason))) for each in refused])
