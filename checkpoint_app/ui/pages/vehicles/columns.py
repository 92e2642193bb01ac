"""What the tables of the day's vehicles and of gate-runners show of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from checkpoint_app.desk import Tone
from checkpoint_app.desk.gate.book import VehicleLine, runner_word
from checkpoint_app.domain.masking import mask_plate
from checkpoint_app.domain.runner import Runner
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.tables import Column


def vehicle_columns(look: Look, now: Callable[[], datetime]) -> tuple[Column[VehicleLine], ...]:
    """A vehicle: how it went on, and with how many people."""
    return (
        Column(
            "Outcome",
            17,
            lambda line: line.word,
            tone=lambda line: Tone.IDLE if line.void else line.tone,
        ),
        Column(
            "Time",
            9,
            lambda line: time_text(line.at, now(), look),
            lambda line: line.at.timestamp(),
        ),
        Column("Plate", 14, lambda line: line.plate),
        Column("Kind of vehicle", 10, lambda line: line.kind),
        Column("Passengers", 8, lambda line: str(line.people), lambda line: line.people),
        Column(
            "Turned away",
            9,
            lambda line: str(line.turned_back) if line.turned_back else "",
            lambda line: line.turned_back,
        ),
        Column("Registered by", 12, lambda line: line.operator),
    )


def runner_columns(look: Look, now: Callable[[], datetime]) -> tuple[Column[Runner], ...]:
    """Who ran the gate, and what is known of them."""

    def happened(runner: Runner) -> str:
        if runner.void:
            return look.translate("Taken back")
        return runner_word(runner.kind, look.translate)

    return (
        Column(
            "What happened",
            20,
            happened,
            tone=lambda runner: Tone.IDLE if runner.void else Tone.STOP,
        ),
        Column(
            "Time",
            10,
            lambda runner: time_text(runner.at, now(), look),
            lambda runner: runner.at.timestamp(),
        ),
        Column("Plate", 14, lambda runner: mask_plate(runner.plate) if runner.plate else ""),
        Column("Pictures", 8, lambda runner: str(runner.pictures), lambda runner: runner.pictures),
        Column("What is known", 22, lambda runner: runner.note or ""),
        Column("Registered by", 12, lambda runner: runner.operator),
    )
