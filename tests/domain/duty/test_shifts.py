"""Shifts that ended without both signatures, as a duty officer counts them."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from uuid import uuid4

import pytest

from checkpoint_app.domain.duty.handing import Counted, HandOver
from checkpoint_app.domain.duty.shifts import Borders, Shift, unsigned
from checkpoint_app.domain.duty.turns import ShiftName, Turn
from checkpoint_app.domain.opening import opening
from checkpoint_app.domain.register import Period

START = datetime(2026, 11, 23, tzinfo=timezone(timedelta(hours=8)))
DAY = Period(START, START + timedelta(days=1))
ROAD = Borders(time(8), time(20), opening("", "road"))


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


def turn(operator: str, start: float, end: float | None = None) -> Turn:
    ended = at(end) if end is not None else None
    return Turn(uuid4(), operator, ShiftName.DAY, at(start), ended)


def handed(hour: float) -> HandOver:
    return HandOver(
        id=uuid4(), at=at(hour), shift=ShiftName.DAY, shift_to=ShiftName.NIGHT, began_at=at(0),
        leaving="王芳", coming="李强", outcomes={}, open_cases=0, tray=Counted(0, 0),
        held=Counted(0, 0), stock={},
    )  # fmt: skip


def found(turns: list[Turn], *hands: HandOver, now: float = 48, at_: Borders = ROAD) -> list[Shift]:
    return unsigned(DAY, turns, hands, at_, at(now))


TWO = [turn("赵敏", -4, 8), turn("王芳", 8, 20), turn("李强", 20, 32)]


def test_each_shift_of_the_period_that_nobody_signed() -> None:
    night, day = found(TWO)
    assert (night.name, night.end, night.team) == (ShiftName.NIGHT, at(8), ("赵敏",))
    assert (day.name, day.end, day.team) == (ShiftName.DAY, at(20), ("王芳",))


@pytest.mark.parametrize(("hour", "signed"), [(17.5, True), (20.3, True), (12, False), (23, False)])
def test_a_hand_over_around_its_end_signs_it(hour: float, signed: bool) -> None:
    names = [each.name for each in found(TWO, handed(8), handed(hour))]
    assert names == ([] if signed else [ShiftName.DAY])


def test_a_shift_that_runs_has_nothing_to_sign_yet() -> None:
    assert found(TWO, handed(8), now=20.4) == []
    assert len(found(TWO, handed(8), now=20.5)) == 1


def test_the_same_people_going_on_hand_nothing_over() -> None:
    assert found([turn("王芳", 0, 24)], now=24) == []
    assert found([turn("王芳", 0, 24), turn("李强", 20, 24)], handed(8), now=24) != []


def test_a_site_that_closes_hands_nothing_over() -> None:
    school = Borders(time(6), time(19), opening("", "school"))
    assert found([turn("王芳", 7, 19)], at_=school) == []


def test_nobody_there_is_no_shift() -> None:
    assert found([]) == []
    assert found([turn("王芳", 8, 8.2)]) == []
