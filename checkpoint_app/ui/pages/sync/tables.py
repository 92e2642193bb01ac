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

from checkpoint_app.desk.hub.view import ListHeld, RefusedRecord
from checkpoint_app.ui.look import Look

_ROW = 40
WHY = {  # why a hub sets a record aside
    "unreadable": "The hub could not read it",
    "count": "The batch was not whole",
    "chain": "It did not fit its chain",
    "taken": "Another record stands under its key",
    "fork": "Two records have this number",
}
NAMES = {  # what a hub calls its lists
    "risk": "Risk areas",
    "watch": "Pushed persons",
    "roster": "Roster",
    "returnee": "Returnees",
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
    """Versions and ages of what came down."""

    headings = ("List name", "Version", "Rows", "Date and time")
    nothing = "No list has come from the office yet"

    def show_lists(self, lists: Sequence[ListHeld], now: datetime) -> None:
        """Show these."""
        self.fill(
            [
                (self._name(each), each.version, f"{each.rows:,}", _dated(each, now))
                for each in lists
            ]
        )

    def _name(self, held: ListHeld) -> str:
        """In words; "watch@…" is this station's own share of a list."""
        name = held.name.partition("@")[0]
        return self._look.translate(NAMES.get(name, name))


class RefusedTable(_Plain):
    """What the hub could not read, and why: nothing of it is lost."""

    headings = ("Number in the ledger", "Why")
    nothing = "Nothing was set aside"

    def show_refused(self, refused: Sequence[RefusedRecord]) -> None:
        """Show these."""
        say = self._look.translate
        self.fill([(each.place, say(WHY.get(each.reason, each.reason))) for each in refused])


def _dated(held: ListHeld, now: datetime) -> str:
    return f"{held.dated.astimezone(now.tzinfo):%m-%d %H:%M}" if held.dated is not None else ""
