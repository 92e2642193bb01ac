"""Lists in force are what a person is held against, from one moment to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checkpoint_app.domain.list_entries import (
    ReturneeEntry,
    RiskEntry,
    RiskLevel,
    RosterEntry,
    WatchEntry,
)
from checkpoint_app.domain.lists import NO_HITS, ListKind, ListsInForce, Wanted
from checkpoint_app.domain.returnee import Certificate
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING

WANG = WatchEntry(name="王强", id_number="410102199003078432", phone="13800138000", source="市疾控")


def new(kind: ListKind, source: str = "0323") -> NewList:
    return NewList(kind, source, MORNING, "王芳")


def test_a_station_without_lists_has_no_hits(station: Station) -> None:
    assert station.lists.hits(Wanted(id_number=WANG.id_number), MORNING) == NO_HITS
    assert station.lists.versions() == ListsInForce()
    assert station.lists.versions().versions("p", None).risk is None


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(id_number="410102199003078432"),
        Wanted(id_number="410102 1990 0307 8432"),
        Wanted(phone="+86 138-0013-8000"),
        Wanted(itinerary_phone="13800138000", phone="13900000000"),
        Wanted(name="别人", phone="13800138000"),
    ],
)
def test_any_number_hits_a_watched_person(station: Station, wanted: Wanted) -> None:
    station.lists.put(new(ListKind.WATCH), [WANG], MORNING)
    assert station.lists.hits(wanted, MORNING).watch == "市疾控"


def test_an_old_card_and_a_new_one_are_the_same_number(station: Station) -> None:
    old = replace(WANG, id_number="410102900307843", phone=None)
    station.lists.put(new(ListKind.WATCH), [old], MORNING)
    number = "41010219900307843"
    from checkpoint_app.domain.person import check_digit

    assert station.lists.hits(Wanted(id_number=number + check_digit(number)), MORNING).watch


def test_name_alone_is_nobody(station: Station) -> None:
    station.lists.put(new(ListKind.WATCH), [WANG], MORNING)
    assert station.lists.hits(Wanted(name="王强"), MORNING) == NO_HITS


def test_a_newer_list_of_the_same_source_replaces_and_another_source_stands_beside(
    station: Station,
) -> None:
    other = replace(WANG, id_number="110101199003070134", phone=None, source=None)
    station.lists.put(new(ListKind.WATCH), [WANG], MORNING)
    before = station.lists.versions().watch
    station.lists.put(new(ListKind.WATCH, "省推送"), [other], MORNING)
    assert station.lists.hits(Wanted(id_number=WANG.id_number), MORNING).watch == "市疾控"
    assert station.lists.hits(Wanted(id_number=other.id_number), MORNING).watch == "省推送"
    station.lists.put(new(ListKind.WATCH), [], MORNING)
    assert station.lists.hits(Wanted(id_number=WANG.id_number), MORNING).watch is None
    assert [each.source for each in station.lists.shown()] == ["0323", "省推送"]
    assert before is not None
    assert before.text != station.lists.versions().watch.text
    assert station.verify().ok


def test_risk_areas_count_from_their_day_to_14_days_after_their_end(station: Station) -> None:
    day = MORNING.date()
    areas = [
        RiskEntry(code="410103", level=RiskLevel.HIGH),
        RiskEntry(code="110105", starts=day + timedelta(days=1)),
        RiskEntry(code="310101", ends=day - timedelta(days=14)),
        RiskEntry(code="310104", ends=day - timedelta(days=15)),
        RiskEntry(code="440103", level=RiskLevel.LOW, starts=date(2020, 1, 1)),
    ]
    station.lists.put(new(ListKind.RISK), areas, MORNING)
    assert station.lists.risk_areas(MORNING) == {"410103", "310101"}
    tomorrow = MORNING + timedelta(days=1)
    assert station.lists.hits(Wanted(), tomorrow).risk_areas == {"410103", "110105"}


def test_on_the_roster_is_only_who_fits_altogether(station: Station) -> None:
    teacher = RosterEntry(
        name="李红", id_number="110101199003070134", phone="13900139000", plate="豫A12345",
        test_every_h=72, tested_at=MORNING - timedelta(hours=73),
    )  # fmt: skip
    station.lists.put(new(ListKind.ROSTER), [teacher, RosterEntry(name="赵小明")], MORNING)
    hits = station.lists.hits(Wanted(name="李红", id_number="110101199003070134"), MORNING)
    assert (hits.on_roster, hits.test_overdue, hits.member) == (True, "72 h", teacher)
    husband = Wanted(name="王强", phone="13900139000")
    assert station.lists.hits(husband, MORNING).on_roster is False
    assert station.lists.hits(Wanted(plate="豫A12345"), MORNING).on_roster is False
    assert station.lists.hits(Wanted(name="赵小明"), MORNING).on_roster is True
    assert station.lists.hits(Wanted(name="李红"), MORNING).on_roster is False


def test_a_returnee_comes_with_three_papers_to_see(station: Station) -> None:
    entry = ReturneeEntry(
        name="孙丽", id_number="E12345678", from_country="泰国", arrives=MORNING, entry_place="昆明"
    )
    station.lists.put(new(ListKind.RETURNEE), [entry], MORNING)
    hits = station.lists.hits(Wanted(id_number="e12345678"), MORNING)
    assert hits.returnee is not None
    assert hits.returnee.startswith("泰国")
    assert hits.certificates_missing == tuple(Certificate)


def test_old_lists_are_named_with_their_day(station: Station) -> None:
    station.lists.put(new(ListKind.RISK), [], MORNING)
    later = MORNING + timedelta(hours=25)
    day = timedelta(hours=24)
    assert station.lists.answer(Wanted(), MORNING, day, day)[0].old == ()
    assert station.lists.answer(Wanted(), later, day, day)[0].old == (f"risk|{MORNING:%m-%d}",)
    assert station.lists.answer(Wanted(), later)[0].old == ()


def test_a_list_that_never_came_into_force_counts_nothing_and_is_swept(station: Station) -> None:
    staging = station.lists.begin(new(ListKind.WATCH), MORNING)
    staging.add([WANG])
    assert list(staging.index())[-1] == 1
    assert station.lists.hits(Wanted(id_number=WANG.id_number), MORNING) == NO_HITS
    assert list(station.lists.sweep(MORNING)) == []
    assert (
        sum(station.lists.sweep(MORNING + timedelta(hours=7))) == 3
    )  # mark and number are one key
    staging.give_up()
    assert station.lists.shown() == []
