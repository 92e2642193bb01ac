"""One person's data through every door of the station; after the erasure none is left anywhere."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from checkpoint_app.desk.rights.erasing import erase_now, is_due
from checkpoint_app.domain.case import Event, Refusal, Result, Step
from checkpoint_app.domain.duty.handing import Draft
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.list_entries import ReturneeEntry, RosterEntry, WatchEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.passage import PassageEnd, RecordedPassage, VehiclePassage
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.retention import Terms
from checkpoint_app.domain.runner import Runner, RunnerKind, Shot
from checkpoint_app.domain.supervision.problems import ProblemEvent
from checkpoint_app.domain.supervision.problems import Step as ProblemStep
from checkpoint_app.domain.visiting import Absence, AbsenceState, Visit
from checkpoint_app.domain.worklist import WorkState
from checkpoint_app.settings import Settings
from checkpoint_app.store.lists import Asked, NewList
from checkpoint_app.store.station import Station
from checkpoint_app.store.values import Parked
from tests.store.retention.pages import traces
from tests.store.travellers import DAY, MORNING, correction, recorded

SECRETS = ("王小明", "410102199003078432", "13812345678", "豫A12345", "豫A·12345")


@pytest.fixture
def lived(station):
    """A station at which somebody went through everything there is."""
    one = recorded(outcome=Outcome.HOLD, reasons=(Code.RED_CODE,))
    case = station.record(one, station.fingerprint("CODE")).case_id
    station.record(correction(one, Outcome.HAND_OVER), None)
    station.log_look(one.inspection.id, "李四", "王小明家属来问", MORNING)
    for step in (
        Step(Event.REPORTED, "李四", unit="镇政府", note="王小明 13812345678"),
        Step(Event.CLOSED, "李四", result=Result.RELEASED, note="王小明已解除"),
    ):
        assert not isinstance(station.cases.step(case, step, MORNING), Refusal)
    passage = VehiclePassage(uuid4(), MORNING, plate="豫A12345", note="王小明的车")
    station.passages.record(RecordedPassage(passage, PassageEnd.RELEASED, "李四", MORNING))
    runner = Runner(uuid4(), MORNING, RunnerKind.RAN, "李四", plate="豫A12345", note="王小明")
    ran = station.runners.record(runner, [Shot(MORNING, "王小明的脸".encode())]).case_id
    for step in (Step(Event.REPORTED, "李四", unit="派出所"),
                 Step(Event.CLOSED, "李四", result=Result.SETTLED, note="查到王小明")):  # fmt: skip
        assert not isinstance(station.cases.step(ran, step, MORNING), Refusal)
    station.crowd.correct(-1, "王小明重复计数", "李四", MORNING)
    problem = ProblemEvent(uuid4(), uuid4(), ProblemStep.FOUND, MORNING, "赵六", "王小明未复测")
    station.duty.note(problem)
    station.duty.note(replace(problem, id=uuid4(), step=ProblemStep.CLOSED, what="王小明已复测"))
    person = {"name": "王小明", "id_number": "410102199003078432", "phone": "13812345678"}
    visit = Visit(id=uuid4(), arrived_at=MORNING, operator="李四", host="张校长", **person)
    station.visits.register(visit)
    station.visits.leave(visit.id, MORNING)
    absence = Absence(
        id=uuid4(), filed_at=MORNING, operator="李四", leaves_on=date(2022, 3, 14),
        returns_on=date(2022, 3, 15), places=("西安市",), state=AbsenceState.RETURNED, **person,
    )  # fmt: skip
    station.absences.file(absence, MORNING)
    station.rights.note_request("李四", "身份证", "王小明", MORNING)
    return station


def listed(station):
    """On a pushed list that is worked, and then replaced by another."""
    entry = WatchEntry(name="王小明", id_number="410102199003078432", phone="13812345678")
    new = NewList(ListKind.WATCH, "省推送", MORNING)
    number = station.lists.put(new, [entry], MORNING)
    (row,) = station.lists.work_rows(Asked()).rows
    station.lists.log_look(row, "李四", MORNING)
    station.lists.change_state(row, WorkState.CHECKED, "王小明已核查", "李四", MORNING)
    return number


def test_nothing_is_left_of_anybody_anywhere(lived, data_folder):
    assert set(SECRETS) - set(traces(data_folder, *SECRETS)) <= {"豫A·12345"}
    late = MORNING + timedelta(days=400)
    made, more = lived.retention.erase(Terms(), "李四", "by_hand", late)
    assert not more
    assert lived.retention.scrub()
    assert made.took.total >= 14
    assert traces(data_folder, *SECRETS, "王小明的脸", "张校长") == []
    assert lived.verify().ok
    lived.rebuild()
    assert lived.verify().ok
    assert traces(data_folder, *SECRETS) == []
    assert lived.day_counts(DAY)[Outcome.HAND_OVER] == 1


def test_what_a_list_in_force_says_stays_until_the_list_goes(lived, data_folder):
    number = listed(lived)
    late = MORNING + timedelta(days=400)
    lived.retention.erase(Terms(), "李四", "by_hand", late)
    assert [each.state for each in lived.lists.work_rows(Asked()).rows] == [WorkState.CHECKED]
    assert lived.verify().ok
    lived.lists.withdraw(number, "李四", late)
    for _ in lived.lists.sweep(late + timedelta(days=60)):
        pass
    lived.retention.erase(Terms(), "李四", "by_hand", late + timedelta(days=60))
    assert lived.retention.scrub()
    assert traces(data_folder, *SECRETS) == []


def test_rows_that_a_newer_list_took_the_place_of_go_with_the_next_erasure(station, data_folder):
    """Nothing else is due that night: entries, keys, work and the note on it leave no trace."""
    for kind, entry in (
        (ListKind.WATCH, WatchEntry(name="王小明", id_number="410102199003078432")),
        (ListKind.ROSTER, RosterEntry(roster_id="7", name="王小明", phone="13812345678")),
        (ListKind.RETURNEE, ReturneeEntry(name="王小明", id_number="410102199003078432")),
    ):
        station.lists.put(NewList(kind, "一号", MORNING), [entry], MORNING)
        station.lists.put(NewList(kind, "一号", MORNING), [], MORNING)
    photo = b"\xff\xd8\xff" + "王小明的照片".encode()
    station.portraits.keep({"7": photo}, MORNING)
    note = Draft(notes="王小明在留观", stock={})
    station.duty.keep_draft(note, MORNING)
    assert traces(data_folder, *SECRETS[:3]) != []
    late = MORNING + timedelta(days=22)
    done = erase_now(station, Settings(), "", "schedule", late)
    assert (done.took.total, done.clean, done.copies.list_rows > 0) == (0, True, True)
    assert station.retention.past()[0].copies == done.copies
    assert traces(data_folder, *SECRETS, "王小明的照片") == []
    assert station.duty.draft() is None
    assert station.verify().ok


def test_what_stood_in_the_tray_is_gone_with_the_night(station, data_folder):
    station.keep_unfinished([Parked(recorded("王小明").inspection, MORNING, None)])
    station.keep_unfinished([])
    assert erase_now(station, Settings(), "", "schedule", MORNING + timedelta(days=1)).clean
    assert traces(data_folder, *SECRETS) == []


def test_a_backup_that_a_kill_left_half_written_goes(station, data_folder):
    half = data_folder / "backups" / "checkpoint-20220101-080000.partial"
    half.mkdir(parents=True)
    (half / "station-1.db").write_bytes(b"x")
    os.utime(half, (MORNING.timestamp(), MORNING.timestamp()))
    station.retention.sweep(Terms(), "", "schedule", MORNING + timedelta(hours=12))
    assert half.exists()
    station.retention.sweep(Terms(), "", "schedule", MORNING + timedelta(days=2))
    assert not half.exists()


def test_what_a_restore_brings_back_is_due_at_once(lived, data_folder, tmp_path):
    copy = lived.backup(tmp_path / "stick", MORNING)
    late = MORNING + timedelta(days=400)
    erase_now(lived, Settings(), "", "schedule", late)
    lived.close()
    Station.restore(copy, data_folder, passphrase=None, now=late)
    for aside in data_folder.glob("replaced-*"):
        shutil.rmtree(aside)
    with Station.open(data_folder, now=late) as again:
        assert again.retention.restored
        assert is_due(Settings(erase_by_itself=False), late, late, again.retention.restored)
        assert erase_now(again, Settings(), "", "schedule", late).took.total >= 14
        assert not again.retention.restored
        assert again.verify().ok
        assert traces(data_folder, *SECRETS) == []


def test_every_look_is_told_whatever_was_looked_at(lived):
    listed(lived)
    looks = lived.rights.looks(DAY)
    assert {(each.name, each.source) for each in looks} == {("王小明", ""), (None, "省推送")}
