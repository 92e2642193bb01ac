"""What the table of found inspections shows of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from checkpoint_app.desk.finding import FoundLine, readings
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.tables import Column


def found_columns(look: Look, now: Callable[[], datetime]) -> tuple[Column[FoundLine], ...]:
    """The columns, from the outcome to who registered it."""

    def outcome(line: FoundLine) -> str:
        if line.corrected and not line.void:
            return look.translate("{word} (changed)", word=line.word)
        return line.word

    return (
        Column("Outcome", 170, outcome, lambda line: line.word, tone=lambda line: line.tone),
        Column(
            "Time",
            108,
            lambda line: time_text(line.at, now(), look),
            lambda line: line.at.timestamp(),
        ),
        Column("Name", 112, lambda line: line.name),
        Column("Document number", 172, lambda line: line.number),
        Column("Plate", 108, lambda line: line.plate),
        Column(
            "Temperature",
            122,
            lambda line: readings(line.temperatures),
            lambda line: max(line.temperatures, default=0.0),
        ),
        Column("Registered by", 92, lambda line: line.operator, spare=True),
    )
