"""Who looked at full names and numbers, when and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from checkpoint_app.desk import Tone
from checkpoint_app.desk.rights.door import LookLine, RightsDesk
from checkpoint_app.ui.pages.settings.rights.parts import CardHost
from checkpoint_app.ui.pages.settings.rows import tell
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.tables import Column, LineModel, LineTable

_ROW, _MOST_ROWS = 40, 8


class LooksCard:
    """A table of the last 30 days, newest first."""

    def __init__(self, host: CardHost, desk: RightsDesk, now: Callable[[], datetime]) -> None:
        self._host, self._desk, self._now = host, desk, now
        card = host.card(
            "Who looked at full data",
            "Every look at an unmasked name or number in the last 30 days. None can be taken out.",
        )
        self.model = LineModel(host.look, self._columns(), host.widget)
        self.table = LineTable(self.model, host.widget, _ROW)
        self.answer = host.result()
        host.words.name(self.table, "Who looked at full data")
        host.wide(card, self.table)
        host.wide(card, self.answer)

    def _columns(self) -> tuple[Column[LookLine], ...]:
        def when(line: LookLine) -> str:
            return time_text(line.at, self._now(), self._host.look)

        return (
            Column("Time", 1, when, lambda line: line.at.timestamp()),
            Column("Who", 1, lambda line: line.operator),
            Column("Whose data", 1, lambda line: line.name or "—"),
            Column("Why", 1, lambda line: line.why),
        )

    def opened(self) -> None:
        """Fetch the looks."""
        self._desk.looks(self._show, lambda said: tell(self.answer, said, Tone.STOP))

    def _show(self, lines: list[LookLine]) -> None:
        self.model.show_lines(lines)
        shown = min(len(lines), _MOST_ROWS)
        self.table.setVisible(bool(lines))
        self.table.setFixedHeight(_ROW * shown + self.table.horizontalHeader().sizeHint().height())
        none = self._host.words.say("Nobody has looked at full data in the last 30 days")
        tell(self.answer, "" if lines else none, Tone.IDLE)
