"""Vehicles, crowds and gate-runners in the encrypted store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from checkpoint_app.domain.crowd import Crowd
from checkpoint_app.domain.inspection import Direction, Outcome
from checkpoint_app.domain.passage import (
    ColdChain,
    ColdChainPaper,
    PassageEnd,
    RecordedPassage,
    VehiclePassage,
    VehicleUse,
)
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.runner import Runner, RunnerKind, Shot
from checkpoint_app.store.runners import MOST_BYTES, MOST_PICTURES, digest
from checkpoint_app.store.station import Station, StoreFault
from tests.store.travellers import MORNING, recorded

DAY = Period(MORNING - timedelta(hours=12), MORNING + timedelta(hours=12))
MINUTE = timedelta(minutes=1)


def truck(number: int = 1) -> RecordedPassage:
    sheet = ColdChain("牛肉", "L20261101", "县冷库 0379-1", closed_loop=True)
    sheet = sheet.with_paper(ColdChainPaper.TEST, True)
    passage = VehiclePassage(
        id=UUID(int=number),
        opened_at=MORNING,
        use=VehicleUse.FREIGHT,
        plate="豫C12345",
        destination="县冷库",
        goods=sheet,
        escort="乡镇派车引导",
    ).with_person(UUID(int=70))
    passage = passage.with_outcome(UUID(int=70), Outcome.REGISTER)
    return RecordedPassage(passage, PassageEnd.RELEASED, "王芳", MORNING + number * MINUTE)


def test_a_vehicle_is_read_back_as_it_was_saved(station: Station) -> None:
    one = truck()
    station.passages.record(one)
    assert station.passages.newest(one.passage.id) == one
    (row,) = station.passages.rows(DAY)
    assert (row.plate, row.use, row.end, row.people) == (
        "豫C12345", VehicleUse.FREIGHT, PassageEnd.RELEASED, 1,
    )  # fmt: skip
    assert station.verify().ok


def test_the_same_vehicle_saved_twice_is_one(station: Station) -> None:
    station.passages.record(truck())
    before = station.verify().records
    station.passages.record(truck())
    assert station.verify().records == before
    with pytest.raises(StoreFault) as met:
        station.passages.record(replace(truck(), operator="李强"))
    assert met.value.code == "already_recorded"


def test_a_correction_stands_at_the_first_time_and_a_taken_back_one_is_not_counted(
    station: Station,
) -> None:
    one, two = truck(1), truck(2)
    station.passages.record(one)
    station.passages.record(two)
    back = replace(
        one,
        end=PassageEnd.TURNED_BACK,
        supersedes=one.passage.id,
        closed_at=one.closed_at + 30 * MINUTE,
        passage=one.passage.with_outcome(UUID(int=70), Outcome.TURN_BACK),
    )
    station.passages.record(back)
    station.passages.record(replace(two, void=True, supersedes=two.passage.id))
    counts = station.passages.counts(DAY)
    assert (counts.vehicles, counts.turned_back_vehicles, counts.turned_back_people) == (1, 1, 1)
    assert [row.closed_at for row in station.passages.rows(DAY)] == [two.closed_at, one.closed_at]
    assert station.passages.recorded(DAY) == [back]
    assert station.verify().ok


def test_nothing_to_correct(station: Station) -> None:
    with pytest.raises(StoreFault) as met:
        station.passages.record(replace(truck(), supersedes=UUID(int=1)))
    assert met.value.code == "not_found"


def test_open_vehicles_survive_and_leave_when_recorded(station: Station) -> None:
    one, two = truck(1), truck(2)
    station.passages.keep_open([one.passage, two.passage])
    assert station.passages.open_ones() == [one.passage, two.passage]
    station.passages.record(one)
    assert station.passages.open_ones() == [two.passage]


def test_everything_is_derived_again_from_the_ledger(station: Station) -> None:
    station.passages.record(truck())
    station.record(recorded(outcome=Outcome.PASS), None)
    station.crowd.count(1, "王芳", MORNING)
    station.runners.record(Runner(UUID(int=5), MORNING, RunnerKind.RAN, "王芳", plate="豫A1"))
    shown = _shown(station)
    station.rebuild()
    assert _shown(station) == shown
    assert station.verify().ok


def _shown(station: Station) -> tuple[object, ...]:
    crowd = station.crowd.since(DAY.start, DAY.end)
    return station.passages.rows(DAY), crowd, station.runners.of(DAY)


def test_who_went_in_or_out_is_counted(station: Station) -> None:
    station.record(recorded("王1", outcome=Outcome.PASS), None)
    station.record(recorded("王2", outcome=Outcome.HOLD), None)
    leaving = recorded("王3", outcome=Outcome.PASS)
    out = replace(leaving.inspection, direction=Direction.OUT)
    station.record(replace(leaving, inspection=out), None)
    station.crowd.count(1, "王芳", MORNING)
    station.crowd.correct(4, "早班未清零", "王芳", MORNING)
    assert station.crowd.since(DAY.start, DAY.end) == Crowd(entered=2, left=1, corrected=4)


def test_a_person_taken_back_or_let_go_later_is_counted_so(station: Station) -> None:
    one, two = recorded("王1", outcome=Outcome.PASS), recorded("王二", outcome=Outcome.HOLD)
    for each in (one, two):
        station.record(each, None)
    station.record(replace(one, void=True, supersedes=one.inspection.id), None)
    station.record(replace(two, outcome=Outcome.PASS, supersedes=two.inspection.id), None)
    assert station.crowd.since(DAY.start, DAY.end) == Crowd(entered=1)


@pytest.mark.parametrize(("change", "reason"), [(0, "x"), (5, "  "), (1_000_000, "x")])
def test_a_correction_needs_a_number_and_a_reason(
    station: Station, change: int, reason: str
) -> None:
    with pytest.raises(StoreFault):
        station.crowd.correct(change, reason, "王芳", MORNING)


def test_a_gate_runner_keeps_the_pictures(station: Station) -> None:
    shots = [Shot(MORNING + timedelta(seconds=n), bytes([n]) * 500) for n in range(20)]
    runner = Runner(UUID(int=5), MORNING, RunnerKind.RAN, "王芳", plate="豫A88888")
    saved = station.runners.record(runner, shots)
    assert saved.pictures == 20
    assert station.runners.pictures(runner.id) == shots
    refused = replace(saved, kind=RunnerKind.REFUSED, note="掉头", supersedes=saved.id)
    station.runners.record(refused)
    assert station.runners.of(DAY) == [refused]
    assert len(station.runners.pictures(runner.id)) == 20
    assert station.verify().ok


def test_pictures_are_thinned_out_until_they_fit(station: Station) -> None:
    many = [Shot(MORNING + timedelta(seconds=n), bytes(100)) for n in range(MOST_PICTURES + 1)]
    large = [Shot(MORNING + timedelta(seconds=n), bytes(MOST_BYTES // 4)) for n in range(8)]
    for number, shots in enumerate((many, large)):
        runner = Runner(UUID(int=number + 1), MORNING, RunnerKind.RAN, "王芳")
        station.runners.record(runner, shots)
        kept = station.runners.pictures(runner.id)
        assert 2 < len(kept) <= MOST_PICTURES
        assert kept[-1] == shots[-1]
        assert sum(len(each.jpeg) for each in kept) <= MOST_BYTES
        assert digest(kept) != digest(shots)


def test_a_party_on_foot_is_no_vehicle(station: Station) -> None:
    def walked(number: int, end: PassageEnd) -> RecordedPassage:
        passage = VehiclePassage(UUID(int=number), MORNING, use=VehicleUse.FOOT, head_count=3)
        return RecordedPassage(passage, end, "王芳", MORNING + number * MINUTE)

    tractor = VehiclePassage(UUID(int=4), MORNING, head_count=2)
    station.passages.record(truck(1))
    station.passages.record(walked(2, PassageEnd.RELEASED))
    station.passages.record(walked(3, PassageEnd.TURNED_BACK))
    station.passages.record(RecordedPassage(tractor, PassageEnd.TURNED_BACK, "王芳", MORNING))
    counts = station.passages.counts(DAY)
    assert (counts.vehicles, counts.people, counts.without_plate) == (2, 3, 1)
    assert (counts.turned_back_vehicles, counts.turned_back_without_plate) == (1, 1)
    assert counts.turned_back_people == 2
    assert (counts.parties_on_foot, counts.people_on_foot) == (2, 6)
    station.rebuild()
    assert station.passages.counts(DAY) == counts
    assert station.verify().ok
