"""Who looked at full names and numbers, when and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from checkpoint_app.desk import Tone
from checkpoint_app.desk.rights.door import LookLine, RightsDesk
from checkpoint_app.ui.pages.find_model import time_text
from checkpoint_app.ui.pages.settings.rights.parts import CardHost
from checkpoint_app.ui.pages.settings.rows import tell

_ROW, _MOST_ROWS = 40, 8
_HEADINGS = ("Time", "Who", "Whose data", "Why")


class LooksCard:
    """A table of the last 30 days, newest first."""

    def __init__(self, host: CardHost, desk: RightsDesk, now: Callable[[], datetime]) -> None:
        self._host, self._desk, self._now = host, desk, now
        card = host.card(
            "Who looked at full data",
            "Every look at an unmasked name or number in the last 30 days. None can be taken out.",
        )
        self.table, self.answer = QTableWidget(0, len(_HEADINGS)), host.result()
        self._prepare()
        host.words.follow(self._head)
        host.wide(card, self.table)
        host.wide(card, self.answer)

    def _prepare(self) -> None:
        table = self.table
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _head(self) -> None:
        self.table.setHorizontalHeaderLabels([self._host.words.say(each) for each in _HEADINGS])

    def opened(self) -> None:
        """Fetch the looks."""
        self._desk.looks(self._show, lambda said: tell(self.answer, said, Tone.STOP))

    def _show(self, lines: list[LookLine]) -> None:
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            when = time_text(line.at, self._now(), self._host.look)
            for column, text in enumerate((when, line.operator, line.name or "—", line.why)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        shown = min(len(lines), _MOST_ROWS)
        self.table.setVisible(bool(lines))
        self.table.setFixedHeight(_ROW * shown + self.table.horizontalHeader().sizeHint().height())
        none = self._host.words.say("Nobody has looked at full data in the last 30 days")
        tell(self.answer, "" if lines else none, Tone.IDLE)
