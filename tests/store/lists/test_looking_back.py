"""A list that comes in brings up who was here before it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from checkpoint_app.domain.inspection import City, Itinerary, Journey, Outcome, RecordedInspection
from checkpoint_app.domain.list_entries import RiskEntry, WatchEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.worklist import WorkState
from checkpoint_app.store.lists import Asked, NewList, Site
from checkpoint_app.store.station import Station
from tests.store.lists.people import entry, id_number, put_watch
from tests.store.travellers import MORNING, recorded

SITE = Site("410326", "王芳")
NOW = MORNING + timedelta(days=1)


def passed(number: int, *cities: str, **more: object) -> RecordedInspection:
    base = recorded(f"甲{number}", minute=number)
    inspection = replace(
        base.inspection,
        person=Person(name=f"甲{number}", id_number=id_number(number), **more),  # type: ignore[arg-type]
        journey=Journey(),
        itinerary=Itinerary(True, tuple(City(f"城{code}", division_code=code) for code in cities)),
    )
    return replace(base, inspection=inspection, outcome=Outcome.PASS)


def put_risk(station: Station, *codes: str) -> None:
    areas = [RiskEntry(code=code) for code in codes]
    station.lists.put(NewList(ListKind.RISK, "国家", NOW), areas, NOW)


def look_back(station: Station) -> int:
    steps = list(station.lists.look_back(SITE, NOW))
    return sum(step.raised for step in steps[-1:])


def test_those_who_were_in_a_newly_listed_area_become_cases(station: Station) -> None:
    there = passed(1, "310115")
    whole_city = passed(2, "310000")
    elsewhere = passed(3, "110105")
    at_home = passed(4, "410300", residence="洛阳市", residence_code="410300")
    lives_there = passed(5, residence="上海市浦东新区", residence_code="310115")
    for each in (there, whole_city, elsewhere, at_home, lives_there):
        station.record(each, None)
    put_risk(station, "310115", "410305")
    assert station.lists.owes_look_back()
    assert look_back(station) == 3
    raised = {case.inspection_id: case for case in station.cases.cases()}
    assert set(raised) == {each.inspection.id for each in (there, whole_city, lives_there)}
    case = raised[there.inspection.id]
    assert (case.why, case.recall) == (Code.NEW_RISK_AREA, True)
    assert not station.lists.owes_look_back()
    assert station.verify().ok


def test_only_what_is_new_is_looked_for_and_nobody_is_raised_twice(station: Station) -> None:
    one, other = passed(1, "310115"), passed(2, "110105")
    station.record(one, None)
    station.record(other, None)
    put_risk(station, "310115")
    assert look_back(station) == 1
    put_risk(station, "310115", "110105")
    assert look_back(station) == 1
    assert len(station.cases.cases()) == 2
    put_risk(station, "310115", "110105")
    assert look_back(station) == 0


def test_a_typed_area_is_looked_back_for_and_can_be_struck_out(station: Station) -> None:
    station.record(passed(1, "310115"), None)
    station.lists.type_area(RiskEntry(code="310115", name="浦东新区"), "王芳", NOW)
    assert station.lists.risk_areas(NOW) == {"310115"}
    assert look_back(station) == 1
    before = station.lists.versions().risk
    station.lists.strike_area("310115", "王芳", NOW)
    assert station.lists.risk_areas(NOW) == frozenset()
    assert before != station.lists.versions().risk
    put_risk(station, "110105")
    station.lists.type_area(RiskEntry(code="310115"), "王芳", NOW)
    put_risk(station, "440103")
    assert station.lists.risk_areas(NOW) == {"440103", "310115"}
    assert station.verify().ok


def test_a_withdrawn_list_can_be_put_back(station: Station) -> None:
    number = put_watch(station, entry(1))
    station.lists.withdraw(number, "王芳", NOW)
    assert station.lists.versions().watch is None
    station.lists.put_back(number, "王芳", NOW)
    assert station.lists.versions().watch is not None


def test_a_pushed_person_who_passed_before_is_a_case_and_found(station: Station) -> None:
    one = passed(1)
    station.record(one, None)
    put_watch(station, WatchEntry(name="甲1", id_number=id_number(1)), entry(2))
    assert look_back(station) == 1
    (case,) = station.cases.cases()
    assert (case.inspection_id, case.why) == (one.inspection.id, Code.NEWLY_LISTED)
    row = station.lists.work_rows(Asked()).rows[0]
    assert (row.state, row.found_at) == (WorkState.CHECKING, one.confirmed_at)


def test_what_is_older_than_14_days_is_left_alone(station: Station) -> None:
    station.record(passed(1, "310115"), None)
    put_risk(station, "310115")
    later = MORNING + timedelta(days=15)
    assert [step.raised for step in station.lists.look_back(SITE, later)] == [0]
