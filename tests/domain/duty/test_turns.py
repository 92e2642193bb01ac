"""Turns of duty: which shift it is, who is on duty, how long without a rest, fit or not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from uuid import uuid4

import pytest

from checkpoint_app.domain.duty.turns import (
    FORGOTTEN,
    Fitness,
    ShiftName,
    Turn,
    fitness_of,
    on_duty,
    on_duty_for,
    shift_at,
    worked_within,
)

START = datetime(2026, 11, 23, tzinfo=timezone(timedelta(hours=8)))
DAY, NIGHT = ShiftName.DAY, ShiftName.NIGHT


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


def turn(start: float, end: float | None = None, operator: str = "王芳") -> Turn:
    return Turn(uuid4(), operator, DAY, at(start), at(end) if end is not None else None)


@pytest.mark.parametrize(
    ("hour", "shift"),
    [(7.99, NIGHT), (8, DAY), (12, DAY), (19.99, DAY), (20, NIGHT), (23.9, NIGHT), (0, NIGHT)],
)
def test_the_shift_of_an_hour(hour: float, shift: ShiftName) -> None:
    assert shift_at(at(hour), time(8), time(20)) is shift


@pytest.mark.parametrize(("hour", "shift"), [(23, DAY), (1, DAY), (2, NIGHT), (21.9, NIGHT)])
def test_a_day_shift_may_begin_in_the_evening(hour: float, shift: ShiftName) -> None:
    assert shift_at(at(hour), time(22), time(2)) is shift


def test_whoever_is_on_duty_longest_stands_first() -> None:
    first, second, gone = turn(8), turn(10, operator="李强"), turn(7, 9, "赵敏")
    assert on_duty([second, gone, first], at(12)) == [first, second]


def test_a_turn_never_ended_ends_by_itself() -> None:
    forgotten = turn(8)
    assert on_duty([forgotten], at(8) + FORGOTTEN - timedelta(minutes=1)) == [forgotten]
    assert on_duty([forgotten], at(8) + FORGOTTEN) == []
    assert forgotten.until(at(100)) == at(8) + FORGOTTEN


@pytest.mark.parametrize(
    ("turns", "now", "hours"),
    [
        ([], 12, 0),
        ([turn(8)], 12, 4),
        ([turn(8, 12)], 13, 4),  # gone an hour ago: not rested yet
        ([turn(8, 12)], 16, 0),  # four hours off duty: rested
        ([turn(8, 12), turn(13)], 15, 6),  # back after an hour: the hours go on
        ([turn(8, 12), turn(16)], 17, 1),  # back after a rest
        ([turn(8, 12), turn(11)], 13, 5),  # overlapping turns count once
        ([turn(0, 4), turn(8, 12), turn(12)], 14, 6),
    ],
)
def test_hours_without_a_rest(turns: list[Turn], now: float, hours: float) -> None:
    others = [turn(0, 12, "李强")]
    assert on_duty_for([*turns, *others], "王芳", at(now)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("turns", "now", "hours"),
    [
        ([], 12, 0),
        ([turn(8)], 12, 4),
        ([turn(8, 12), turn(18, 22)], 23, 8),  # a rest between does not make the day shorter
        ([turn(8, 20)], 34, 10),  # of a turn, what lies within the day
        ([turn(8, 12), turn(11, 14)], 15, 6),  # overlapping turns count once
    ],
)
def test_hours_within_a_day(turns: list[Turn], now: float, hours: float) -> None:
    others = [turn(0, 12, "李强")]
    assert worked_within([*others, *turns], "王芳", at(now)) == timedelta(hours=hours)


def test_a_clock_set_back_gives_no_nonsense() -> None:
    assert on_duty_for([turn(8)], "王芳", at(7)) <= timedelta()


@pytest.mark.parametrize(
    ("celsius", "fever"), [(37.2, False), (37.3, True), (39.0, True), (None, False)]
)
def test_a_fever_of_ones_own(celsius: float | None, fever: bool) -> None:
    assert Fitness("王芳", START, celsius).has_fever(37.3) is fever


def test_what_was_said_holds_for_a_shift() -> None:
    early = Fitness("王芳", at(0), 36.4, date(2026, 11, 22))
    late = Fitness("王芳", at(2), 36.6)
    said = [late, early, Fitness("李强", at(3), 36.5)]
    assert fitness_of(said, "王芳", at(5)) == late
    assert fitness_of(said, "王芳", at(14)) == late
    assert fitness_of(said, "王芳", at(14.1)) is None
    assert fitness_of([], "王芳", at(5)) is None
