"""Silence is told where people usually come and somebody was on duty; else it is only quiet."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from uuid import uuid4

import pytest

from checkpoint_app.domain.duty.turns import ShiftName, Turn
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.supervision import Fact, Finding, Hours, Thresholds, silences

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


def told(
    facts: list[Fact], *turns: Turn, hours: Hours | None = None, period: Period = DAY
) -> list[Finding]:
    return silences(facts, turns, period, hours or Hours(usual=STEADY), Thresholds())


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
    assert told(busy((6, 24)), on(0, 24), hours=Hours(usual=usual)) == []


def test_only_opening_hours_count() -> None:
    hours = Hours(time(8), time(18), STEADY)
    assert told(busy((8, 18)), on(0, 24), hours=hours) == []
    (found,) = told(busy((8, 15)), on(0, 24), hours=hours)
    assert (found.start, found.end) == (at(15), at(18))


def test_opening_hours_may_run_over_midnight() -> None:
    hours = Hours(time(20), time(6), STEADY)
    (found,) = told(busy((0, 6), (20, 21.9)), on(0, 24), hours=hours)
    assert (found.start.hour, found.end) == (21, at(24))


def test_a_day_that_is_not_over_is_silent_only_until_now() -> None:
    until_now = Period(DAY.start, at(12))
    assert told(busy((0, 11.5)), on(0, 24), period=until_now) == []
    assert len(told(busy((0, 10)), on(0, 24), period=until_now)) == 1


def test_with_no_earlier_days_the_day_itself_is_the_measure() -> None:
    facts = busy((8, 12), (15, 20))
    (found,) = told(facts, on(8, 20), hours=Hours(time(8), time(20)))
    assert (found.start, found.end) == (at(12), at(15))
    assert told([], on(8, 20), hours=Hours(time(8), time(20))) == []


def test_several_on_duty_are_all_named() -> None:
    (found,) = told(busy((0, 10), (13, 24)), on(0, 24), on(9, 24, "李强"))
    assert found.operator == "王芳、李强"
