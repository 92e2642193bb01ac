"""How often supervision finds box-ticking, how often it is wrong, and how long a long day takes.

On days made up from seeds (`tools/duty_days.py`): figures of detection do not change between
machines, the times do.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from checkpoint_app.domain.supervision import (
    Finding,
    Hours,
    Thresholds,
    examine,
    facts_of,
    silences,
)
from checkpoint_app.store.station import Station
from tools.bench.figure import Figure
from tools.duty_days import POLICY, START, Day, Trick, made_day

AREA = "supervision"
_SIZES = (120, 400, 1200)  # people a day at a small, a usual and a busy post


def measure(days: int = 200, records: int = 5000) -> list[Figure]:
    """Detection for each trick, false alarms, and the time for a day of so many records."""
    return [*_false_alarms(days), *(_found(trick, days) for trick in Trick), *_long_day(records)]


def _told(day: Day) -> list[Finding]:
    facts, thresholds = facts_of(day.records, POLICY), Thresholds()
    quiet = silences(facts, day.turns, day.period, Hours(usual=day.usual), thresholds)
    return [*examine(facts, thresholds), *quiet]


def _false_alarms(days: int) -> list[Figure]:
    found = []
    for people in _SIZES:
        alarms = sum(len(_told(made_day(seed, people))) for seed in range(days))
        name = f"false alarms per 100 honest shifts, {people} people a day"
        note = f"{2 * days} shifts"
        found.append(Figure(AREA, name, 100 * alarms / (2 * days), "", note=note))
    return found


def _found(trick: Trick, days: int) -> Figure:
    seeds = range(10_000, 10_000 + days)
    hits = sum(any("王芳" in f.operator for f in _told(made_day(s, 400, trick))) for s in seeds)
    return Figure(AREA, f"found: {trick}", 100 * hits / days, "%", note=f"{days} shifts")


def _long_day(records: int) -> list[Figure]:
    """The day read from an encrypted store, and looked at."""
    day = made_day(1, records)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Station.open(Path(folder), now=START) as station,
    ):
        for each in day.records:
            station.record(each, None)
        began = time.perf_counter()
        facts = facts_of(station.recorded(day.period), POLICY)
        read = time.perf_counter() - began
    began = time.perf_counter()
    examine(facts, Thresholds())
    silences(facts, day.turns, day.period, Hours(usual=day.usual), Thresholds())
    looked = time.perf_counter() - began
    note = f"{len(day.records)} records"
    return [
        Figure(AREA, "reading a long day", read * 1000, "ms", note=note),
        Figure(AREA, "looking at a long day", looked * 1000, "ms", note=note),
    ]
