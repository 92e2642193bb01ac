"""The site's checks, and what is counted at a hand-over."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest

from checkpoint_app.domain.duty.checks import Check, Tick, standings
from checkpoint_app.domain.duty.handing import (
    Counted,
    Draft,
    HandOver,
    Stock,
    Supply,
    carried_over,
    uncounted,
)
from checkpoint_app.domain.duty.turns import ShiftName

START = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=8)))
EVERY = {Check.DISINFECT: timedelta(hours=4), Check.VENTILATE: timedelta()}


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def done(check: Check, hours: float) -> Tick:
    return Tick(uuid4(), check, at(hours), "王芳")


def test_a_check_never_done_is_due_when_the_shift_begins() -> None:
    disinfect, ventilate, distance = standings([], EVERY, START)
    assert (disinfect.check, disinfect.last, disinfect.due_at) == (Check.DISINFECT, None, START)
    assert disinfect.is_due(START)
    assert ventilate.due_at is None  # not asked for at this site
    assert distance.due_at is None


def test_a_check_is_due_again_after_its_time() -> None:
    first, last = done(Check.DISINFECT, 0), done(Check.DISINFECT, 1)
    (disinfect, *_) = standings([last, first], EVERY, START)
    assert (disinfect.last, disinfect.due_at) == (last, at(5))
    assert not disinfect.is_due(at(4.99))
    assert disinfect.is_due(at(5))


def test_a_new_shift_is_not_late_for_what_the_old_one_missed() -> None:
    (disinfect, *_) = standings([done(Check.DISINFECT, -12)], EVERY, START)
    assert disinfect.due_at == START
    (fresh, *_) = standings([done(Check.DISINFECT, -1)], EVERY, START)
    assert fresh.due_at == at(3)


def test_nobody_on_duty_is_reminded_of_nothing() -> None:
    assert all(each.due_at is None for each in standings([], EVERY, None))


@pytest.mark.parametrize(
    ("stock", "expected", "difference"),
    [
        (Stock(), None, None),
        (Stock(100, 50, 30), 120, None),
        (Stock(100, 50, 30, 120), 120, 0),
        (Stock(100, 50, 30, 118), 120, -2),
        (Stock(None, 50, 30, 20), None, None),
        (Stock(0, 0, 5, 0), -5, 5),
    ],
)
def test_what_should_be_left(stock: Stock, expected: int | None, difference: int | None) -> None:
    assert (stock.expected, stock.difference) == (expected, difference)


def test_people_must_be_counted_and_supplies_need_not() -> None:
    assert uncounted(Draft()) == ("tray", "held")
    assert uncounted(Draft(tray_seen=0)) == ("held",)
    assert uncounted(Draft(0, 0)) == ()


def handed(stock: dict[Supply, Stock]) -> HandOver:
    return HandOver(
        uuid4(), START, ShiftName.DAY, ShiftName.NIGHT, START, "王芳", "李强", {}, 0,
        Counted(3, 3), Counted(1, 2), stock,
    )  # fmt: skip


def test_what_does_not_agree_is_named() -> None:
    stock = {Supply.MASK: Stock(10, 0, 0, 9), Supply.GLOVES: Stock(10, 0, 1, 9)}
    assert handed(stock).differences == ("held", Supply.MASK)


def test_a_new_shift_finds_what_was_left() -> None:
    stock = {Supply.MASK: Stock(10, 5, 3, 11), Supply.GLOVES: Stock(10, 0, 4)}
    carried = carried_over(handed(stock))
    assert carried[Supply.MASK] == Stock(before=11)  # counted
    assert carried[Supply.GLOVES] == Stock(before=6)  # by the books
    assert carried[Supply.GOWN] == Stock()
    assert carried_over(None) == {each: Stock() for each in Supply}
