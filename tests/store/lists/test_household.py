"""Somebody of the same household on a watch list, or under a measure at this station."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkpoint_app.domain.case import Event, Result, Step
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.list_entries import RosterEntry, WatchEntry
from checkpoint_app.domain.lists import ListKind, Wanted
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Code
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING, recorded

FATHER = "410102199003078432"
MING = RosterEntry(name="王小明", roster_id="20190101", id_number="410102201203078435")
ASKED = Wanted(name="王小明", id_number=MING.id_number)


def put(station: Station, kind: ListKind, *entries: RosterEntry | WatchEntry) -> None:
    station.lists.put(NewList(kind, "0323", MORNING, "王芳"), list(entries), MORNING)


def beside(station: Station) -> str | None:
    return station.lists.hits(ASKED, MORNING).household


@pytest.mark.parametrize(
    ("household", "listed", "told"),
    [
        ("父亲 王强 13800138000", WatchEntry(phone="13800138000"), "王*"),
        (f"王强 {FATHER}", WatchEntry(id_number=FATHER), "王*"),
        ("13800138000", WatchEntry(phone="13800138000"), "138****8000"),
        ("王强", WatchEntry(name="王强", id_number=FATHER), None),  # there are many of that name
        ("父亲 王强 13800138000", WatchEntry(phone="13900139000"), None),
        (None, WatchEntry(phone="13800138000"), None),
    ],
)
def test_a_number_in_the_roster_leads_to_the_watch_list(
    station: Station, household: str | None, listed: WatchEntry, told: str | None
) -> None:
    put(station, ListKind.ROSTER, replace(MING, household=household))
    put(station, ListKind.WATCH, listed)
    assert beside(station) == told


@pytest.mark.parametrize(
    ("father", "told"),
    [
        (RosterEntry(name="王强", id_number=FATHER, household="王小明"), "王*"),
        (RosterEntry(name="王强", id_number=FATHER, residence="文化路3号"), "王*"),
        (RosterEntry(name="王强", id_number=FATHER, residence="人民路9号"), None),
        (RosterEntry(name="王刚", id_number=FATHER, household="王小明"), None),
    ],
)
def test_a_name_leads_to_those_of_the_roster_who_live_there(
    station: Station, father: RosterEntry, told: str | None
) -> None:
    put(station, ListKind.ROSTER, replace(MING, household="王强", residence="文化路 3 号"), father)
    put(station, ListKind.WATCH, WatchEntry(id_number=FATHER))
    assert beside(station) == told


def test_somebody_stopped_here_counts_until_their_case_is_closed(station: Station) -> None:
    put(station, ListKind.ROSTER, replace(MING, household=f"王强 {FATHER}"))
    assert beside(station) is None
    stopped = recorded(outcome=Outcome.HOLD, reasons=(Code.RED_CODE,))
    inspection = replace(stopped.inspection, person=Person(name="王强", id_number=FATHER))
    case_id = station.record(replace(stopped, inspection=inspection), None).case_id
    assert case_id is not None
    assert beside(station) == "王*"
    for event, result in (
        (Event.REPORTED, None),
        (Event.HANDED_OVER, None),
        (Event.RECEIVED, None),
        (Event.CLOSED, Result.SETTLED),
    ):
        station.cases.step(
            case_id, Step(event, "王芳", unit="卫生院", result=result, note="排除"), MORNING
        )
    assert beside(station) is None
