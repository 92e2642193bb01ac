"""Saving inspections and corrections, and what the day's list shows of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.register import Period
from checkpoint_app.store.station import Parked, Station, StoreFault
from tests.store.travellers import DAY, HERE, MORNING, correction, recorded


def test_a_record_is_numbered_and_comes_back(station):
    one, two = recorded(), recorded("李红", minute=1)
    first, second = station.record(one, None), station.record(two, None)
    assert (first.epoch, first.seq, second.seq) == (1, 2, 3)  # the epoch's own record is 1
    assert first.id.version == 7
    assert first.device == second.device
    assert len(bytes.fromhex(first.head)) == 32
    assert station.row(one.inspection.id) == station.row(first.id) == one
    assert station.row(uuid4()) is None


def test_records_survive_closing(station, data_folder):
    one = recorded()
    saved = station.record(one, None)
    station.close()
    with Station.open(data_folder, now=MORNING) as again:
        assert again.row(saved.id) == one
        assert again.record(recorded(), None).seq == saved.seq + 1


def test_confirming_twice_saves_once(station):
    one = recorded(outcome=Outcome.HOLD)
    saved = station.record(one, "f" * 64)
    assert station.record(one, "f" * 64) == saved
    assert saved.case_id is not None
    assert len(station.day_rows(DAY, 10)) == 1
    with pytest.raises(StoreFault, match="already_recorded"):
        station.record(replace(one, outcome=Outcome.PASS), "f" * 64)


def test_a_row_shows_what_the_desk_needs(station):
    one = recorded(outcome=Outcome.REGISTER, reasons=(Code.NO_PHONE, Code.EMERGENCY))
    station.record(one, None)
    (row,) = station.day_rows(DAY, 10)
    assert row.id == one.inspection.id
    assert row.confirmed_at == MORNING
    assert row.confirmed_at.utcoffset() == timedelta(hours=8)
    assert (row.name, row.id_number) == ("王小明", "410102199003078432")
    assert (row.phone, row.plate) == ("13812345678", "豫A12345")
    assert (row.outcome, row.temperatures, row.first_reason) == (
        Outcome.REGISTER,
        (36.5,),
        "no_phone",
    )
    assert (row.operator, row.corrected, row.void) == ("李四", False, False)


def test_a_correction_takes_the_row_of_what_it_corrects(station):
    one, other = recorded(minute=0), recorded(minute=1)
    saved = station.record(one, "f" * 64)
    station.record(other, None)
    changed = correction(one, Outcome.REGISTER)
    again = replace(correction(one, Outcome.TURN_BACK), supersedes=saved.id)
    assert station.record(changed, None).seq == 4
    station.record(again, None)
    assert station.row(one.inspection.id) == station.row(saved.id) == again
    rows = station.day_rows(DAY, 10)
    assert [row.id for row in rows] == [other.inspection.id, one.inspection.id]
    assert (rows[1].outcome, rows[1].corrected) == (Outcome.TURN_BACK, True)
    assert rows[1].confirmed_at == one.confirmed_at
    assert station.earlier_showing("f" * 64, MORNING - timedelta(hours=1)) == rows[1]


def test_a_correction_of_nothing_is_refused(station):
    with pytest.raises(StoreFault, match="not_found"):
        station.record(recorded(supersedes=uuid4()), None)
    assert station.verify().records == 1


def test_taking_back_is_seen_and_not_counted(station):
    one, two = recorded(), recorded(outcome=Outcome.HOLD)
    station.record(one, "f" * 64)
    station.record(two, None)
    station.record(correction(one, one.outcome, void=True), None)
    counts = station.day_counts(DAY)
    assert counts[Outcome.HOLD] == 1
    assert sum(counts.values()) == 1
    assert set(counts) == set(Outcome)
    assert [row.void for row in station.day_rows(DAY, 10)] == [False, True]
    assert station.earlier_showing("f" * 64, MORNING - timedelta(hours=1)) is None


@pytest.mark.parametrize("outcome", list(Outcome))
def test_outcomes_that_open_a_case(station, outcome):
    opens = outcome in (Outcome.HOLD, Outcome.HAND_OVER, Outcome.TURN_BACK)
    assert (station.record(recorded(outcome=outcome), None).case_id is not None) is opens


@pytest.mark.parametrize("reason", [Code.RISK_AREA_TESTED, Code.RISK_AREA_ACCEPTED])
def test_registering_from_a_risk_area_opens_a_case(station, reason):
    one = recorded(outcome=Outcome.REGISTER, reasons=(Code.NO_PHONE, reason))
    assert station.record(one, None).case_id is not None


def test_a_correction_keeps_the_case(station):
    one = recorded(outcome=Outcome.HOLD)
    case = station.record(one, None).case_id
    assert station.record(correction(one, Outcome.PASS), None).case_id == case
    assert station.verify().records == 5  # epoch, inspection, found, correction, corrected


def test_a_period_takes_its_start_and_leaves_its_end(station):
    for minute in (0, 30, 60):
        station.record(recorded(minute=minute), None)
    period = Period(MORNING, MORNING + timedelta(hours=1))
    assert len(station.day_rows(period, 10)) == 2
    assert len(list(station.recorded(period))) == 2
    assert sum(station.day_counts(period).values()) == 2
    assert len(station.day_rows(DAY, 1)) == 1


def test_the_register_stands_in_order_of_time_with_corrections_in_their_place(station):
    people = [recorded(f"王{minute}", minute=minute) for minute in (5, 0, 3)]
    for one in people:
        station.record(one, None)
    late = correction(people[1], Outcome.REGISTER, minute=600)
    station.record(late, None)
    lines = list(station.recorded(DAY))
    assert [line.inspection.person.name for line in lines] == ["王0", "王3", "王5"]
    assert lines[0] == replace(late, confirmed_at=people[1].confirmed_at)


def test_reading_a_long_period_goes_on_beside_saving(station):
    people = [recorded(minute=number / 100) for number in range(450)]
    people += [recorded(minute=4) for _ in range(5)]  # many at one moment
    for one in people:
        station.record(one, None)
    found = []
    for line in station.recorded(DAY):
        found.append(line.inspection.id)
        if len(found) == 10:
            station.record(recorded(minute=-1), None)
    assert sorted(found) == sorted(one.inspection.id for one in people)


def test_the_same_code_shown_again_is_found_for_a_time(station):
    mark = station.fingerprint("code text")
    one = recorded(minute=0)
    station.record(one, mark)
    found = station.earlier_showing(mark, MORNING - timedelta(minutes=10))
    assert found is not None
    assert found.id == one.inspection.id
    assert station.earlier_showing(mark, MORNING + timedelta(minutes=1)) is None
    assert station.earlier_showing(station.fingerprint("another"), MORNING) is None


def test_a_fingerprint_is_keyed(station, tmp_path):
    with Station.open(tmp_path / "other", now=MORNING) as other:
        assert other.fingerprint("code") != station.fingerprint("code")
    assert station.fingerprint("code") == station.fingerprint("code")
    assert len(station.fingerprint("\ud800 broken")) == 64


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_an_absurd_clock_is_refused(station, year):
    at = datetime(year, 1, 2, tzinfo=HERE)
    with pytest.raises(StoreFault, match="not_storable"):
        station.record(replace(recorded(), confirmed_at=at), None)


# --- the unfinished person and the tray


def test_the_unfinished_and_the_tray_are_there_again(station, data_folder):
    people = [
        Parked(recorded().inspection, None, None),
        Parked(recorded("李红").inspection, MORNING, "retest"),
    ]
    station.keep_unfinished(people)
    typed = replace(people[0].inspection, note="3")
    people = [people[1], replace(people[0], inspection=typed)]
    station.keep_unfinished(people)
    station.close()
    with Station.open(data_folder, now=MORNING) as again:
        assert again.unfinished() == people
        again.keep_unfinished([])
        assert again.unfinished() == []


def test_who_is_recorded_is_no_longer_unfinished(station):
    one, waiting = recorded(), recorded("李红")
    station.keep_unfinished([Parked(p.inspection, None, None) for p in (one, waiting)])
    station.record(one, None)
    assert [parked.inspection for parked in station.unfinished()] == [waiting.inspection]


def test_tidying_is_seen_by_nobody(station):
    station.record(recorded(), None)
    before = station.day_rows(DAY, 10)
    station.tidy()
    station.tidy()
    assert station.day_rows(DAY, 10) == before
    assert station.record(recorded(), None).seq == 3
