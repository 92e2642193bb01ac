"""Days at a gate, made up: honest ones, and ones in which somebody only ticked boxes.

For trying what supervision tells and what it wrongly tells. Every day comes from its seed. An
honest day is meant to be as awkward as real ones are: queues and buses, a thermometer that shows
nearly the same for everybody, cold hands at dawn, a meal, a night with hardly a car.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from uuid import UUID

from checkpoint_app.domain.duty.turns import Ending, ShiftName, Turn
from checkpoint_app.domain.fever import is_fever
from checkpoint_app.domain.inspection import (
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    Outcome,
    OutcomeChange,
    RecordedInspection,
    TemperatureReading,
)
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.register import Period
from checkpoint_app.shipped_rules import shipped

POLICY = shipped("road")
START = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=8)))
SHIFT = timedelta(hours=12)
# People an hour, by the hour of the clock, as shares of the busiest hour.
_ROAD = (1, 1, 1, 1, 2, 5, 20, 60, 100, 80, 60, 55, 40, 45, 60, 70, 85, 95, 70, 40, 20, 10, 4, 2)
_SCHOOL = (0, 0, 0, 0, 0, 0, 10, 100, 15, 3, 2, 4, 20, 20, 3, 3, 4, 10, 5, 2, 1, 0, 0, 0)
_MARKET = (0, 0, 0, 0, 0, 4, 40, 90, 100, 90, 70, 50, 30, 30, 40, 55, 80, 90, 60, 30, 10, 2, 0, 0)
PROFILES = {"road": _ROAD, "school": _SCHOOL, "market": _MARKET}


class Trick(StrEnum):
    """How a shift can be a formality."""

    ONE_VALUE = "one value typed for everybody"
    TWO_VALUES = "two values by turns"
    AFTERWARDS = "written down afterwards, one on top of the other"
    NO_ITINERARY = "itinerary cards not asked for"
    FEVER_LET_GO = "a fever let go at once"
    ASLEEP = "nobody at the gate"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of two shifts, from 8 to 8."""

    records: list[RecordedInspection]
    turns: list[Turn]
    usual: tuple[float, ...]

    @property
    def period(self) -> Period:
        """The whole day."""
        return Period(START, START + 2 * SHIFT)


def made_day(seed: int, people: int = 400, trick: Trick | None = None) -> Day:
    """A day of about so many people; with a trick, the first shift plays it."""
    draw = random.Random(seed)
    profile = PROFILES[draw.choice(list(PROFILES))]
    usual = tuple(people * share / sum(profile) for share in profile)
    spread = draw.uniform(0.10, 0.35)  # of the thermometer that this post has
    turns = [_turn(0, "王芳", ShiftName.DAY), _turn(1, "李强", ShiftName.NIGHT)]
    records = [_record(draw, at, turns, spread) for at in _served(draw, _arrivals(draw, usual))]
    if trick is not None:
        records = _played(draw, records, trick)
    return Day(records, turns, usual)


def _turn(number: int, operator: str, shift: ShiftName) -> Turn:
    began = START + number * SHIFT
    return Turn(UUID(int=number + 1), operator, shift, began, began + SHIFT, Ending.HANDED_OVER)


def _arrivals(draw: random.Random, usual: Sequence[float]) -> Iterator[datetime]:
    """Busier and quieter days, buses, and no two hours alike."""
    busy = draw.uniform(0.6, 1.4)
    for hour in range(24):
        start = START + timedelta(hours=hour)
        expected = usual[start.hour] * busy * draw.uniform(0.6, 1.4)
        at = draw.expovariate(expected) if expected else 1.0
        while at < 1.0:
            yield from [start + timedelta(hours=at)] * _party(draw)
            at += draw.expovariate(expected / 1.6)


def _party(draw: random.Random) -> int:
    return draw.choices((1, 2, 4, 30), (75, 17, 7.7, 0.3))[0]


def _served(draw: random.Random, arrivals: Iterator[datetime]) -> Iterator[datetime]:
    """When each is let go: one after another, a meal between, nobody in less than six seconds."""
    free = START
    meal = START + timedelta(hours=draw.uniform(3.5, 5))
    for arrived in arrivals:
        if free >= meal:
            free, meal = free + timedelta(minutes=draw.uniform(10, 35)), START + 4 * SHIFT
        takes = 6 + draw.lognormvariate(1.6, 0.6)
        free = max(free, arrived) + timedelta(seconds=takes)
        if free < START + 2 * SHIFT:
            yield free


def _record(
    draw: random.Random, at: datetime, turns: Sequence[Turn], spread: float
) -> RecordedInspection:
    operator = next(turn.operator for turn in turns if turn.covers(at))
    opened = at - timedelta(seconds=draw.uniform(5, 12))
    cold = 0.3 if at.hour in (5, 6, 7) else 0.0
    fever = draw.random() < 0.004
    celsius = round(draw.gauss(37.8 if fever else 36.5 - cold, spread), 1)
    readings = [TemperatureReading(celsius, at - timedelta(seconds=2))]
    if is_fever(readings[0], POLICY):
        at += timedelta(minutes=draw.uniform(5.1, 12))
        again = celsius if draw.random() < 0.5 else 36.7
        readings.append(TemperatureReading(again, at - timedelta(seconds=2)))
    inspection = Inspection(
        id=UUID(int=draw.getrandbits(128)),
        opened_at=opened,
        health_code=HealthCode(CodeStatus.GREEN, seen_at=opened),
        itinerary=Itinerary(shown=True) if draw.random() > 0.001 else None,
        temperatures=tuple(readings),
        mask=True,
        symptoms=(),
    )
    return _decided(inspection, operator, at)


def _decided(inspection: Inspection, operator: str, at: datetime) -> RecordedInspection:
    """As the rules have it; who cannot show the second code is let go by the officer's word."""
    verdict = decide(inspection, POLICY, now=at)
    recorded = RecordedInspection(inspection, verdict, verdict.outcome, operator, at)
    if verdict.outcome in (Outcome.INCOMPLETE, Outcome.RETEST):
        change = OutcomeChange(Outcome.PASS, "已核实", operator)
        recorded = replace(recorded, outcome=Outcome.PASS, change=change)
    return recorded


def _again(recorded: RecordedInspection, **changed: object) -> RecordedInspection:
    inspection = replace(recorded.inspection, **changed)  # type: ignore[arg-type]
    return _decided(inspection, recorded.operator, recorded.confirmed_at)


def _played(
    draw: random.Random, records: list[RecordedInspection], trick: Trick
) -> list[RecordedInspection]:
    """The same day, with the first shift's part of it as a formality."""
    until = START + SHIFT
    shift = [each for each in records if each.confirmed_at < until]
    rest = [each for each in records if each.confirmed_at >= until]
    return [*_PLAYED[trick](draw, shift), *rest]


def _one_value(draw: random.Random, shift: list[RecordedInspection]) -> list[RecordedInspection]:
    """For an hour or more, in the midst of honest work."""
    much = draw.randint(len(shift) // 4, len(shift))
    first = draw.randint(0, len(shift) - much)
    lazy = range(first, first + much)
    return [_typed(each, 36.5) if n in lazy else each for n, each in enumerate(shift)]


def _two_values(draw: random.Random, shift: list[RecordedInspection]) -> list[RecordedInspection]:
    return [
        _typed(each, draw.choice((36.4, 36.5))) if draw.random() < 0.9 else each for each in shift
    ]


def _typed(recorded: RecordedInspection, celsius: float) -> RecordedInspection:
    reading = TemperatureReading(celsius, recorded.confirmed_at)
    return _again(recorded, temperatures=(reading,))


def _afterwards(draw: random.Random, shift: list[RecordedInspection]) -> list[RecordedInspection]:
    """An hour's people let through unseen and typed in at its end, two to four seconds each."""
    hour = draw.choice([each.confirmed_at.hour for each in shift])
    written: list[RecordedInspection] = []
    at = START.replace(hour=hour) + timedelta(minutes=58)
    for each in shift:
        if each.confirmed_at.hour != hour:
            written.append(each)
            continue
        at += timedelta(seconds=draw.uniform(2, 4))
        moved = replace(each.inspection, opened_at=at - timedelta(seconds=2))
        written.append(replace(each, inspection=moved, confirmed_at=at))
    return sorted(written, key=lambda each: each.confirmed_at)


def _no_itinerary(draw: random.Random, shift: list[RecordedInspection]) -> list[RecordedInspection]:
    return [_again(each, itinerary=None) if draw.random() < 0.2 else each for each in shift]


def _fever_let_go(draw: random.Random, shift: list[RecordedInspection]) -> list[RecordedInspection]:
    whose = draw.randrange(len(shift))
    return [_typed(each, 37.9) if n == whose else each for n, each in enumerate(shift)]


def _asleep(draw: random.Random, shift: list[RecordedInspection]) -> list[RecordedInspection]:
    """Two to four hours somewhere in the shift in which nothing was written down."""
    start = START + timedelta(hours=draw.uniform(0, 8))
    end = start + timedelta(hours=draw.uniform(2, 4))
    return [each for each in shift if not start <= each.confirmed_at < end]


_PLAYED = {
    Trick.ONE_VALUE: _one_value,
    Trick.TWO_VALUES: _two_values,
    Trick.AFTERWARDS: _afterwards,
    Trick.NO_ITINERARY: _no_itinerary,
    Trick.FEVER_LET_GO: _fever_let_go,
    Trick.ASLEEP: _asleep,
}
