"""A printed sheet is found by its code, and what was changed since is told, masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from checkpoint_app.desk.closing import ClosingRun, close_period
from checkpoint_app.desk.comparing import Change, Comparison, compare
from checkpoint_app.desk.sheets import SheetOrder, sheet
from checkpoint_app.domain.case import Event, Refusal, Step
from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.passage import Occupant, PassageEnd, RecordedPassage, VehiclePassage
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.domain.taking_back import TakingBack
from checkpoint_app.domain.visiting import Visit
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from tests.store.travellers import DAY, MORNING, correction, recorded

CHINESE, SETTINGS = translator("zh_CN"), Settings(site_name="城北卡点")
LATER = MORNING + timedelta(hours=3)
FIRST, SECOND = recorded("王建国"), recorded("李䶮", minute=5)


@pytest.fixture
def station(data_folder: Path) -> Iterator[Station]:
    with Station.open(data_folder, now=MORNING) as opened:
        opened.record(FIRST, None)
        opened.record(SECOND, None)
        yield opened


def printed(station: Station, kind: Sheet = Sheet.DAILY, mask: Mask = Mask.NONE) -> str:
    order = SheetOrder(kind, DAY, mask, "王芳")
    return sheet(station, order, SETTINGS, CHINESE, LATER).seal.code


def compared(station: Station, code: str) -> Comparison:
    found = compare(station, code, SETTINGS, CHINESE, None)
    assert found is not None
    return found


def renamed(of: RecordedInspection, name: str) -> RecordedInspection:
    person = replace(of.inspection.person, name=name)
    changed = replace(of, inspection=replace(of.inspection, person=person))
    return correction(changed, of.outcome)


def visit(name: str, at: datetime) -> Visit:
    return Visit(id=uuid4(), arrived_at=at, name=name, host="杨志明", operator="王芳")


def test_an_unchanged_day_is_the_same_sheet(station: Station) -> None:
    code = printed(station)
    found = compared(station, f" {code.lower().replace('-', ' ')} ")
    assert (found.same, found.version, found.newest, found.records) == (True, 1, 1, 2)
    assert found.differences == ()
    assert found.period == DAY


@pytest.mark.parametrize("code", ["", "7K3MA-9QXP", "王", "x" * 500, "'; --"])
def test_a_code_that_was_never_made_is_no_sheet(station: Station, code: str) -> None:
    printed(station)
    assert compare(station, code, SETTINGS, CHINESE, None) is None


def test_a_changed_row_is_told_masked_and_raises_the_version(station: Station) -> None:
    code = printed(station)
    station.record(renamed(SECOND, "李小龙"), None)
    found = compared(station, code)
    assert (found.same, found.version, found.newest) == (False, 1, 2)
    (row,) = found.differences
    assert (row.kind, row.row) == ("changed", 2)
    assert Change("姓名", "李*", "李*龙") in row.changes
    assert printed(station) != code
    assert compared(station, code).newest == 2


def test_rows_added_and_taken_back(station: Station) -> None:
    code = printed(station)
    station.record(recorded("后来", minute=9), None)
    station.record(replace(correction(FIRST, Outcome.PASS), void=True), None)
    kinds = {(each.kind, each.row) for each in compared(station, code).differences}
    assert kinds == {("removed", 1), ("added", 2)}


def test_a_back_entered_person_stands_at_their_own_time(station: Station) -> None:
    code = printed(station)
    station.record(recorded("补录", minute=2), None)
    (row,) = compared(station, code).differences
    assert (row.kind, row.row) == ("added", 2)


def test_a_step_of_a_case_changes_the_abnormal_list(station: Station) -> None:
    stopped = recorded("周红", Outcome.HOLD, minute=7, person=Person(name="周红"))
    station.record(stopped, None)
    code, daily = printed(station, Sheet.ABNORMAL), printed(station)
    case = station.cases.of_inspection(stopped.inspection.id)
    assert case is not None
    station.cases.step(case.id, Step(Event.REPORTED, "王芳", unit="县指挥部"), LATER)
    found = compared(station, code)
    assert not found.same
    (row,) = found.differences
    assert (row.kind, row.row) == ("changed", 1)
    assert {change.heading: change.after for change in row.changes} == {
        "报告时间": "03-14 11:00",
        "接报单位/人": "县指挥部",
    }
    assert compared(station, daily).same
    assert printed(station, Sheet.ABNORMAL) != code
    assert station.verify().ok


def test_a_step_that_was_a_mistake_is_gone_from_the_sheet(station: Station) -> None:
    stopped = recorded("周红", Outcome.HOLD, minute=7)
    station.record(stopped, None)
    case = station.cases.of_inspection(stopped.inspection.id)
    assert case is not None
    station.cases.step(case.id, Step(Event.REPORTED, "王芳", unit="县指挥部"), LATER)
    code = printed(station, Sheet.ABNORMAL)
    story = station.cases.story(case.id)
    assert story is not None
    mistake = story.standing[-1].record_id
    taking = TakingBack("王芳", "报错了")
    assert not isinstance(station.cases.take_back(case.id, mistake, taking, LATER), Refusal)
    (row,) = compared(station, code).differences
    assert ("县指挥部", "") in {(change.before, change.after) for change in row.changes}


def test_a_visitor_who_left_and_one_who_came(station: Station) -> None:
    first = visit("赵一", MORNING)
    station.visits.register(first)
    code = printed(station, Sheet.VISITORS)
    assert compared(station, code).same
    station.visits.leave(first.id, LATER)
    station.visits.register(visit("钱二", LATER))
    changed, added = compared(station, code).differences
    assert [(each.heading, each.before, each.after) for each in changed.changes] == [
        ("离开时间", "", "11:00")
    ]
    assert (added.kind, added.row) == ("added", 2)


def test_a_vehicle_changes_who_came_along_and_the_figures(station: Station) -> None:
    stopped = recorded("周红", Outcome.HOLD, minute=7)
    station.record(stopped, None)
    codes = printed(station, Sheet.ABNORMAL), printed(station, Sheet.SUMMARY)
    people = [stopped.inspection.id, SECOND.inspection.id]
    occupants = tuple(Occupant(each, seat, Outcome.HOLD) for seat, each in enumerate(people, 1))
    passage = VehiclePassage(uuid4(), MORNING, plate="豫A12345", occupants=occupants)
    station.passages.record(RecordedPassage(passage, PassageEnd.HELD, "王芳", LATER))
    told = [
        (change.heading, change.after)
        for code in codes
        for each in compared(station, code).differences
        for change in each.changes
    ]
    assert ("同行人", "李*") in told
    assert all(not compared(station, code).same for code in codes)


def test_a_closing_is_told_list_by_list(station: Station, tmp_path: Path) -> None:
    stopped = recorded("周红", Outcome.HOLD, minute=7)
    station.record(stopped, None)
    run = ClosingRun(DAY, SETTINGS, CHINESE, lambda: LATER, "王芳", tmp_path)
    code = close_period(station, run).closing.code
    case = station.cases.of_inspection(stopped.inspection.id)
    assert case is not None
    station.cases.step(case.id, Step(Event.REPORTED, "王芳", unit="县指挥部"), LATER)
    kinds = {each.sheet for each in compared(station, code).differences}
    assert kinds == {Sheet.ABNORMAL, Sheet.SUMMARY}


def test_a_summary_is_compared_by_its_figures(station: Station) -> None:
    code = printed(station, Sheet.SUMMARY)
    station.record(recorded("后来", Outcome.TURN_BACK, minute=9), None)
    found = compared(station, code).differences
    told = {change.before + change.after for each in found for change in each.changes}
    assert "23" in told  # persons checked


def test_two_stations_of_one_site_have_codes_of_their_own(station: Station, tmp_path: Path) -> None:
    with Station.open(tmp_path / "other", now=MORNING) as other:
        other.record(recorded("另一台"), None)
        code = printed(other)
        assert compare(other, code, SETTINGS, CHINESE, None) is not None
    assert compare(station, code, SETTINGS, CHINESE, None) is None
    assert printed(station) != code


def test_seals_survive_a_rebuild(station: Station) -> None:
    code = printed(station, Sheet.ABNORMAL)
    station.rebuild()
    assert compared(station, code).same
    assert station.verify().ok
