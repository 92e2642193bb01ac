"""What the table of cases shows of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from checkpoint_app.desk.cases.lines import CaseLine
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.tables import Column


def case_columns(look: Look, now: Callable[[], datetime]) -> tuple[Column[CaseLine], ...]:
    """The columns, from the number to how late it is."""
    return (
        Column("Case number", 104, lambda line: line.label),
        Column("Stage", 118, lambda line: line.stage_word, _stage, lambda line: line.tone),
        Column(
            "Found at",
            92,
            lambda line: time_text(line.opened_at, now(), look),
            lambda line: line.opened_at.timestamp(),
        ),
        Column("Name", 84, lambda line: line.title),
        Column("Plate", 104, lambda line: line.plate, spare=True),
        Column("Why", 160, lambda line: line.why),
        Column("Lies with", 150, lambda line: line.unit, spare=True),
        Column("Waits for", 120, lambda line: line.awaits),
        Column("Late", 130, lambda line: line.late_text, _late, alarm=_is_late),
    )


def _stage(line: CaseLine) -> int:
    return list(type(line.stage)).index(line.stage)


def _late(line: CaseLine) -> float:
    return line.late.total_seconds() if line.late else 0.0


def _is_late(line: CaseLine) -> bool:
    return bool(line.late)
