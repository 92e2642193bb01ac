"""A vehicle with its people: places, waiting, and what becomes of the whole."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from uuid import UUID

import pytest

from checkpoint_app.domain.crowd import Crowd, CrowdLevel, counted_since
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.passage import (
    ColdChain,
    ColdChainPaper,
    PassageEnd,
    RecordedPassage,
    VehiclePassage,
    held_with,
)

AT = datetime(2026, 11, 23, 3, 12, tzinfo=UTC)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


def car(*outcomes: Outcome | None, head_count: int | None = None) -> VehiclePassage:
    made = VehiclePassage(UUID(int=99), AT, plate="豫A88888", head_count=head_count)
    for number, outcome in enumerate(outcomes, 1):
        made = made.with_person(UUID(int=number)).with_outcome(UUID(int=number), outcome)
    return made


def test_people_get_their_numbers_in_the_order_they_come() -> None:
    passage = car(Outcome.PASS, None)
    assert [each.seat for each in passage.occupants] == [1, 2]
    assert passage.next_seat == 3
    assert (passage.decided, passage.waiting, passage.people) == (1, 1, 2)
    assert passage.with_person(TWO) == passage


def test_someone_taken_out_leaves_their_number_free_for_nobody() -> None:
    passage = car(None, None, None).without(TWO)
    assert [each.seat for each in passage.occupants] == [1, 3]
    assert passage.next_seat == 4


def test_a_bus_is_complete_when_as_many_were_recorded_as_were_counted() -> None:
    assert not car(Outcome.PASS, None, head_count=2).complete
    assert car(Outcome.PASS, Outcome.REGISTER, head_count=2).complete
    assert not car(Outcome.PASS).complete
    assert car(Outcome.PASS, head_count=45).people == 45


@pytest.mark.parametrize(
    ("outcomes", "end"),
    [
        ((), PassageEnd.RELEASED),
        ((Outcome.PASS, Outcome.REGISTER), PassageEnd.RELEASED),
        ((Outcome.PASS, Outcome.TURN_BACK), PassageEnd.TURNED_BACK),
        ((Outcome.TURN_BACK, Outcome.HOLD), PassageEnd.HELD),
        ((Outcome.PASS, Outcome.HAND_OVER), PassageEnd.HELD),
    ],
)
def test_what_becomes_of_the_vehicle(outcomes: tuple[Outcome, ...], end: PassageEnd) -> None:
    assert car(*outcomes).end is end


@pytest.mark.parametrize("outcome", Outcome)
def test_who_is_held_with_a_stopped_companion(outcome: Outcome) -> None:
    assert held_with(outcome) is (outcome not in (Outcome.HAND_OVER, Outcome.HOLD))


def test_the_people_turned_back_are_counted() -> None:
    mixed = car(Outcome.TURN_BACK, Outcome.TURN_BACK, Outcome.HOLD)
    assert RecordedPassage(mixed, PassageEnd.HELD, "王芳", AT).turned_back == 2
    unseen = car(head_count=30)
    assert RecordedPassage(unseen, PassageEnd.TURNED_BACK, "王芳", AT).turned_back == 30
    assert RecordedPassage(unseen, PassageEnd.RELEASED, "王芳", AT).turned_back == 0


def test_a_paper_is_seen_or_missing_never_both() -> None:
    sheet = ColdChain().with_paper(ColdChainPaper.TEST, False)
    assert sheet.missing == {ColdChainPaper.TEST}
    sheet = sheet.with_paper(ColdChainPaper.TEST, True)
    assert (sheet.seen, sheet.missing) == ({ColdChainPaper.TEST}, frozenset())
    sheet = sheet.with_paper(ColdChainPaper.TEST, None)
    assert sheet == ColdChain()


def test_a_sheet_says_what_is_open() -> None:
    assert ColdChain().open_points == (
        "quarantine", "test", "disinfection", "driver_tested", "closed_loop", "lot", "consignee",
    )  # fmt: skip
    whole = ColdChain("牛肉", "L1", "县冷库", frozenset(ColdChainPaper), frozenset(), True, False)
    assert whole.open_points == ()


@pytest.mark.parametrize(
    ("inside", "level", "percent"),
    [
        (0, CrowdLevel.FREE, 0),
        (159, CrowdLevel.FREE, 79),
        (160, CrowdLevel.NEAR, 80),
        (199, CrowdLevel.NEAR, 99),
        (200, CrowdLevel.FULL, 100),
        (260, CrowdLevel.FULL, 130),
    ],
)
def test_how_full_a_place_for_200_is(inside: int, level: CrowdLevel, percent: int) -> None:
    crowd = Crowd(entered=inside + 40, left=40)
    assert crowd.level(200) is level
    assert crowd.percent(200) == percent


def test_a_place_without_a_limit_is_never_full() -> None:
    assert Crowd(entered=9000).level(0) is CrowdLevel.FREE
    assert Crowd(entered=9000).percent(0) == 0


def test_fewer_than_nobody_is_nobody() -> None:
    assert Crowd(entered=3, left=9).inside == 0
    assert Crowd(entered=3, left=9, corrected=10).inside == 4


def test_people_are_counted_from_the_last_closing_hour() -> None:
    here = timezone(timedelta(hours=8))
    morning = datetime(2026, 11, 23, 7, 40, tzinfo=here)
    assert counted_since(morning, time(22, 30)) == datetime(2026, 11, 22, 22, 30, tzinfo=here)
    late = morning.replace(hour=22, minute=30)
    assert counted_since(late, time(22, 30)) == late
