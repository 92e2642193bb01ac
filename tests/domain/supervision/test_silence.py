"""Silence is told where people usually come and somebody was on duty; else it is only quiet."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest

from checkpoint_app.domain.duty.turns import ShiftName, Turn
from checkpoint_app.domain.opening import opening
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.supervision import (
    Fact,
    Finding,
    Hours,
    Thresholds,
    afterwards,
    silences,
)

MIDNIGHT = datetime(2026, 11, 23, tzinfo=timezone(timedelta(hours=8)))
DAY = Period(MIDNIGHT, MIDNIGHT + timedelta(days=1))
STEADY = (20.0,) * 24


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def busy(*spans: tuple[float, float]) -> list[Fact]:
    """A person every three minutes."""
    found = []
    for start, end in spans:
        moment = at(start)
        while moment <= at(end):
            found.append(Fact(uuid4(), moment, moment, "王芳"))
            moment += timedelta(minutes=3)
    return found


def on(start: float, end: float, operator: str = "王芳") -> Turn:
    return Turn(uuid4(), operator, ShiftName.DAY, at(start), at(end))


def open_at(text: str, usual: tuple[float, ...] | None = STEADY, **days: str) -> Hours:
    return Hours(opening(text, "road", **days), usual, usual)


def told(
    facts: list[Fact], *turns: Turn, hours: Hours | None = None, period: Period = DAY
) -> list[Finding]:
    return silences(facts, turns, period, hours or open_at("00:00-00:00"), Thresholds())


def test_hours_without_anybody_are_told_with_who_was_there() -> None:
    (found,) = told(busy((0, 10), (13, 24)), on(0, 24))
    assert (found.start, found.end, found.operator) == (at(10), at(13), "王芳")
    assert found.expected == pytest.approx(60)


@pytest.mark.parametrize(("end", "count"), [(11.4, 0), (11.5, 1)])
def test_how_long_is_long(end: float, count: int) -> None:
    assert len(told(busy((0, 10), (end, 24)), on(0, 24))) == count


def test_nobody_on_duty_is_no_silence() -> None:
    assert told(busy((8, 20)), on(8, 20)) == []


def test_a_road_on_which_nobody_drives_at_night_is_only_quiet() -> None:
    usual = tuple(1.0 if hour < 6 else 20.0 for hour in range(24))
    assert told(busy((6, 24)), on(0, 24), hours=Hours(usual=usual, free=usual)) == []


def test_only_opening_hours_count() -> None:
    hours = open_at("08:00-18:00")
    assert told(busy((8, 18)), on(0, 24), hours=hours) == []
    (found,) = told(busy((8, 15)), on(0, 24), hours=hours)
    assert (found.start, found.end) == (at(15), at(18))


def test_opening_hours_may_run_over_midnight() -> None:
    hours = open_at("20:00-06:00")
    (found,) = told(busy((0, 6), (20, 21.9)), on(0, 24), hours=hours)
    assert (found.start.hour, found.end) == (21, at(24))


def test_a_day_that_is_not_over_is_silent_only_until_now() -> None:
    until_now = Period(DAY.start, at(12))
    assert told(busy((0, 11.5)), on(0, 24), period=until_now) == []
    assert len(told(busy((0, 10)), on(0, 24), period=until_now)) == 1


def test_with_no_earlier_days_the_day_itself_is_the_measure() -> None:
    facts = busy((8, 12), (15, 20))
    (found,) = told(facts, on(8, 20), hours=open_at("08:00-20:00", None))
    assert (found.start, found.end) == (at(12), at(15))
    assert told([], on(8, 20), hours=open_at("08:00-20:00", None)) == []


def test_several_on_duty_are_all_named() -> None:
    (found,) = told(busy((0, 10), (13, 24)), on(0, 24), on(9, 24, "李强"))
    assert found.operator == "王芳、李强"


def test_a_closed_day_is_never_silent() -> None:
    facts = busy((0, 10), (13, 24))
    assert told(facts, on(0, 24), hours=open_at("closed,00:00-00:00" + ",closed" * 5)) == []
    assert (
        told(facts, on(0, 24), hours=open_at("00:00-24:00", closed="2026-11-20~2026-11-23")) == []
    )


def test_free_days_have_their_own_measure() -> None:
    quiet = (2.0,) * 24
    hours = Hours(opening("00:00-24:00", "road"), STEADY, quiet)
    assert len(told(busy((0, 10), (13, 24)), on(0, 24), hours=hours)) == 1
    saturday = Hours(opening("00:00-24:00", "road", "2026-11-23"), STEADY, quiet)
    assert told(busy((0, 10), (13, 24)), on(0, 24), hours=saturday) == []


def typed(start: float, count: int, seconds: float, operator: str = "王芳") -> list[Fact]:
    moments = [at(start) + timedelta(seconds=seconds * n) for n in range(count)]
    return [Fact(uuid4(), moment, moment, operator) for moment in moments]


def batches(facts: list[Fact], *turns: Turn) -> list[Finding]:
    facts = sorted(facts, key=lambda fact: fact.at)
    return afterwards(facts, turns, DAY, open_at("00:00-24:00"), Thresholds())


def test_people_typed_in_after_an_hour_without_anybody() -> None:
    facts = [*busy((0, 9)), *typed(10.5, 30, 15), *busy((11, 24))]
    (found,) = batches(facts, on(0, 24))
    assert (found.operator, found.start, found.count >= 30) == ("王芳", at(9), True)
    assert found.expected == pytest.approx(30)


@pytest.mark.parametrize(("gap", "count", "seconds"), [(0.6, 12, 15), (1.5, 9, 15), (1.5, 30, 90)])
def test_a_meal_a_few_people_and_a_slow_queue_are_none(
    gap: float, count: int, seconds: float
) -> None:
    facts = [*busy((0, 9)), *typed(9 + gap, count, seconds), *busy((13, 24))]
    assert batches(facts, on(0, 24)) == []


def test_one_of_two_who_writes_afterwards_is_told_apart() -> None:
    other = busy((0, 24))
    mine = [Fact(uuid4(), fact.at, fact.at, "李强") for fact in busy((0, 9), (13, 24))]
    facts = [*other, *mine, *typed(12, 40, 12, "李强")]
    (found,) = batches(facts, on(0, 24), on(0, 24, "李强"))
    assert found.operator == "李强"
