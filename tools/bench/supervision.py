"""How often supervision finds box-ticking, how often it is wrong, and how long a long day takes.

On days made up from seeds by two makers that share nothing but the rules: `tools/duty_days.py`, and
`tools/duty_posts.py`, whose even seeds the thresholds were tried on; what is told here is of its
odd ones. Figures of detection do not change between machines, the times do.
"""

from __future__ import annotations

import tempfile
import time
from math import sqrt
from pathlib import Path

from checkpoint_app.domain.supervision import (
    Finding,
    Hours,
    Thresholds,
    afterwards,
    examine,
    facts_of,
    silences,
)
from checkpoint_app.store.station import Station
from tools.bench.figure import Figure
from tools.duty_days import POLICY, START, Day, Trick, made_day
from tools.duty_posts import SPEAKS, Habit, PostDay, lazy_officer, post_day

AREA = "supervision"
_SIZES = (120, 400, 1200)  # people a day at a small, a usual and a busy post
_HABITS_FROM = 200_001


def measure(days: int = 200, records: int = 5000) -> list[Figure]:
    """Detection for each trick, false alarms, and the time for a day of so many records."""
    return [
        *_false_alarms(days),
        *(_found(trick, days) for trick in Trick),
        *_second_maker(days),
        *_long_day(records),
    ]


def told(day: Day) -> list[Finding]:
    """All that is told of a day of the first maker."""
    facts, thresholds = facts_of(day.records, POLICY), Thresholds()
    hours = Hours(usual=day.usual, free=day.usual)
    return [
        *examine(facts, thresholds),
        *silences(facts, day.turns, day.period, hours, thresholds),
        *afterwards(facts, day.turns, day.period, hours, thresholds),
    ]


def told_of_post(day: PostDay) -> list[Finding]:
    """The same for the second maker, whose posts have a day before."""
    facts, before = facts_of(day.records, day.post.policy), facts_of(day.before, day.post.policy)
    hours, thresholds = Hours(day.post.opening, day.usual, day.usual), Thresholds()
    return [
        *examine(facts, thresholds, before),
        *silences(facts, day.turns, day.period, hours, thresholds),
        *afterwards(facts, day.turns, day.period, hours, thresholds),
    ]


def likely(hits: int, of: int) -> str:
    """The interval that the rate stands in with 95 %, by Wilson, as text."""
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{100 * max(0.0, middle - half):.1f}–{100 * min(1.0, middle + half):.1f} %"


def _false_alarms(days: int) -> list[Figure]:
    found = []
    for people in _SIZES:
        alarms = sum(len(told(made_day(seed, people))) for seed in range(days))
        name = f"false alarms per 100 honest shifts, {people} people a day"
        note = f"{2 * days} shifts"
        found.append(Figure(AREA, name, 100 * alarms / (2 * days), "", note=note))
    return found


def _found(trick: Trick, days: int) -> Figure:
    seeds = range(10_000, 10_000 + days)
    hits = sum(any("王芳" in f.operator for f in told(made_day(s, 400, trick))) for s in seeds)
    return Figure(AREA, f"found: {trick}", 100 * hits / days, "%", note=f"{days} shifts")


def _second_maker(days: int) -> list[Figure]:
    """Shifts told of wrongly, and habits found, each with its interval."""
    shifts = alarmed = 0
    for number in range(days):
        day = post_day(2 * number + 1)
        shifts += len(day.turns)
        alarmed += len({finding.operator for finding in told_of_post(day)})
    name = "second maker: honest shifts told of"
    note = f"{shifts} shifts; 95 %: {likely(alarmed, shifts)}"
    figures = [Figure(AREA, name, 100 * alarmed / shifts, "%", note=note)]
    return [*figures, *(_found_habit(habit, max(1, days // 2)) for habit in Habit)]


def is_found(day: PostDay, habit: Habit) -> bool:
    """Whether a signal that speaks of the habit is told of whoever has it."""
    whose = lazy_officer(day)
    return any(
        whose in finding.operator and finding.signal in SPEAKS[habit]
        for finding in told_of_post(day)
    )


def _found_habit(habit: Habit, days: int) -> Figure:
    made = (post_day(_HABITS_FROM + 2 * number, habit) for number in range(days))
    found = [is_found(day, habit) for day in made if day.records]
    hits, of = sum(found), len(found)
    note = f"{of} shifts; 95 %: {likely(hits, of)}"
    return Figure(AREA, f"second maker, found: {habit}", 100 * hits / of, "%", note=note)


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
    hours = Hours(usual=day.usual, free=day.usual)
    began = time.perf_counter()
    examine(facts, Thresholds())
    silences(facts, day.turns, day.period, hours, Thresholds())
    afterwards(facts, day.turns, day.period, hours, Thresholds())
    looked = time.perf_counter() - began
    note = f"{len(day.records)} records"
    return [
        Figure(AREA, "reading a long day", read * 1000, "ms", note=note),
        Figure(AREA, "looking at a long day", looked * 1000, "ms", note=note),
    ]
