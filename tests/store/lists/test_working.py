"""A pushed list is worked to its end: states, who was met at the gate, how much is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.worklist import WorkState
from checkpoint_app.store.lists import Asked, NewList
from checkpoint_app.store.station import Station
from tests.store.lists.people import entry, put_watch
from tests.store.travellers import MORNING, recorded

DAY = timedelta(hours=24)


def test_every_person_is_unchecked_until_somebody_says_what_became_of_them(
    station: Station,
) -> None:
    put_watch(station, entry(1), entry(2), entry(3))
    first, second, _ = station.lists.work_rows(Asked()).rows
    assert {row.state for row in (first, second)} == {WorkState.UNCHECKED}
    assert first.due == MORNING + DAY
    after = station.lists.change_state(
        second, WorkState.ELSEWHERE, "转洛阳", "王芳", MORNING + timedelta(hours=1)
    )
    assert (after.state, after.note, after.operator) == (WorkState.ELSEWHERE, "转洛阳", "王芳")
    assert [row.state for row in station.lists.work_rows(Asked()).rows] == [
        WorkState.UNCHECKED,
        WorkState.ELSEWHERE,
        WorkState.UNCHECKED,
    ]
    late = station.lists.coverage(MORNING + DAY + timedelta(seconds=1), DAY)
    assert (late.pushed, late.found, late.done, late.late) == (3, 0, 1, 2)
    assert station.lists.coverage(MORNING + DAY, DAY).late == 0
    soon = replace(entry(4), due=MORNING + timedelta(hours=1))
    put_watch(station, soon, entry(5), source="省")
    assert station.lists.coverage(MORNING + timedelta(hours=2), DAY).late == 1
    assert station.verify().ok


def test_whoever_is_met_at_the_gate_is_found(station: Station) -> None:
    met = recorded("王强")
    put_watch(station, entry(1), WatchEntry(name="王强", id_number=met.inspection.person.id_number))
    station.record(met, None)
    _, found = station.lists.work_rows(Asked()).rows
    assert found.state is WorkState.CHECKING
    assert found.found_at == met.confirmed_at
    (case,) = station.cases.cases()  # the verdict had not known of the list
    assert (case.inspection_id, case.why) == (met.inspection.id, Code.NEWLY_LISTED)
    done = station.lists.change_state(found, WorkState.CHECKED, None, "王芳", MORNING)
    assert done.found_at == met.confirmed_at
    assert station.lists.coverage(MORNING, DAY).found == 1


def test_the_work_is_derived_again_from_the_ledger(station: Station) -> None:
    put_watch(station, entry(1), entry(2))
    row = station.lists.work_rows(Asked()).rows[0]
    after = station.lists.change_state(row, WorkState.POLICE, "电话停机", "王芳", MORNING)
    station.rebuild()
    assert station.lists.work_rows(Asked()).rows[0] == after


def test_a_newer_list_of_the_same_source_goes_on_where_the_older_one_was(station: Station) -> None:
    put_watch(station, entry(1), entry(2))
    row = station.lists.work_rows(Asked()).rows[1]
    station.lists.change_state(row, WorkState.CHECKED, None, "王芳", MORNING)
    put_watch(station, entry(2), entry(3))
    assert [row.state for row in station.lists.work_rows(Asked()).rows] == [
        WorkState.CHECKED,
        WorkState.UNCHECKED,
    ]
    station.lists.put(NewList(ListKind.WATCH, "省", MORNING), [entry(2)], MORNING)
    assert station.lists.work_rows(Asked()).rows[-1].state is WorkState.UNCHECKED


def test_rows_are_found_by_any_piece_and_by_state(station: Station) -> None:
    put_watch(station, *(entry(number) for number in range(1, 30)))
    row = station.lists.work_rows(Asked()).rows[4]
    station.lists.change_state(row, WorkState.CHECKED, None, "王芳", MORNING)
    checked = frozenset({WorkState.CHECKED})
    assert [each.number for each in station.lists.work_rows(Asked(states=checked)).rows] == [5]
    unchecked = frozenset({WorkState.UNCHECKED})
    assert len(station.lists.work_rows(Asked(states=unchecked)).rows) == 28
    by_name = station.lists.work_rows(Asked(row.entry.name or "")).rows
    assert [each.number for each in by_name] == [5]
    assert station.lists.work_rows(Asked("50%")).rows == []


def test_long_lists_are_read_a_stretch_at_a_time(station: Station) -> None:
    put_watch(station, *(entry(number) for number in range(1, 12)))
    found, after = [], (0, 0)
    while after is not None:
        part = station.lists.work_rows(Asked(), after, stretch=4)
        assert len(part.rows) <= 4
        found += part.rows
        after = part.rest
    assert [row.number for row in found] == list(range(1, 12))
