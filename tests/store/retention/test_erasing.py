"""After an erasure nothing of a traveller can be got back, and the chain still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from checkpoint_app.domain.case import Event, Refusal, Result, Stage, Step
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.passage import PassageEnd, RecordedPassage, VehiclePassage
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.register import Sheet
from checkpoint_app.domain.retention import Terms
from checkpoint_app.domain.runner import Runner, RunnerKind, Shot
from checkpoint_app.domain.supervision.problems import ProblemEvent
from checkpoint_app.domain.supervision.problems import Step as ProblemStep
from checkpoint_app.store.retention.door import STEP
from checkpoint_app.store.station import Station, Use
from checkpoint_app.store.values import Parked
from tests.store.inside import raw
from tests.store.retention.pages import traces
from tests.store.travellers import DAY, MORNING, correction, recorded

TERMS = Terms()
LATER = MORNING + timedelta(days=22)
CLOSED = Step(Event.CLOSED, "李四", note="已解除", result=Result.RELEASED)
SECRETS = ("王小明", "410102199003078432", "13812345678", "豫A12345", "开封市")


def fresh(name="赵云澜", days=21.5):
    """Somebody who came much later, under another name."""
    one = recorded(name, minute=days * 24 * 60, plate="豫B99999")
    person = replace(one.inspection.person, id_number="110105195511120521", phone="13700000001")
    journey = replace(one.inspection.journey, destination="洛阳市")
    return replace(one, inspection=replace(one.inspection, person=person, journey=journey))


def purge(station, now=LATER, terms=TERMS):
    made, more = station.retention.erase(terms, "李四", "schedule", now)
    assert not more
    assert station.retention.scrub()
    return made


def test_nothing_personal_can_be_got_back(station, data_folder):
    one = recorded(reasons=(Code.NO_PHONE,))
    station.record(one, station.fingerprint("CODE"))
    station.record(correction(one, Outcome.REGISTER), station.fingerprint("CODE"))
    station.log_look(one.inspection.id, "李四", "为王小明核对", MORNING)
    station.keep_unfinished([Parked(recorded("王小明").inspection, None, None)])
    station.keep_unfinished([])
    kept = fresh()
    station.record(kept, None)
    assert set(traces(data_folder, *SECRETS)) == set(SECRETS)
    made = purge(station)
    assert dict(made.took.records) == {"inspection": 2, "look": 1}
    assert traces(data_folder, *SECRETS, station.fingerprint("CODE")) == []
    assert traces(data_folder, "赵云澜") == ["赵云澜"]
    assert [row.name for row in station.search("赵")] == ["赵云澜"]
    assert station.search("王") == station.search("8432") == []
    found = station.verify()
    assert (found.ok, found.erased) == (True, 3)


def test_the_day_still_counts_the_same(station):
    station.record(recorded(outcome=Outcome.HOLD, reasons=(Code.NO_MASK,)), None)
    station.record(recorded(outcome=Outcome.PASS), None)
    sealed = station.seal(DAY, Sheet.DAILY, MORNING)
    counts = station.day_counts(DAY)
    purge(station, terms=replace(TERMS, cases=timedelta(days=1)))
    assert station.day_counts(DAY) == counts
    assert station.seal(DAY, Sheet.DAILY, LATER) == sealed
    assert [row.first_reason for row in station.day_rows(DAY, 9)] == [None, "no_mask"]


def test_deriving_everything_again_brings_nothing_back(station, data_folder):
    station.record(recorded(reasons=(Code.NO_PHONE,)), "f" * 64)
    purge(station)
    before = station.day_rows(DAY, 9)
    station.rebuild()
    assert station.day_rows(DAY, 9) == before
    assert station.search("王") == []
    assert station.verify().ok


def test_21_days_are_not_over_before_they_are(station):
    one = recorded()
    station.record(one, None)
    at_the_border = MORNING + timedelta(days=21)
    assert station.retention.erase(TERMS, "李四", "schedule", at_the_border)[0].took.total == 0
    assert station.row(one.inspection.id) == one
    a_moment_later = at_the_border + timedelta(seconds=1)
    assert station.retention.erase(TERMS, "李四", "schedule", a_moment_later)[0].took.total == 1


def test_an_open_case_keeps_its_person_and_who_looked(station):
    stopped = recorded(outcome=Outcome.HOLD)
    station.record(stopped, None)
    station.log_look(stopped.inspection.id, "李四", "移交", MORNING)
    purge(station, MORNING + timedelta(days=400))
    assert station.row(stopped.inspection.id) == stopped
    assert station.verify().erased == 0


def test_a_trial_says_the_same_and_does_nothing(station):
    station.record(recorded(), None)
    station.keep_unfinished([Parked(recorded("周雨").inspection, MORNING, "hold")])
    told = station.retention.reckon(TERMS, LATER)
    assert (told.total, told.unfinished, told.waiting) == (1, 1, 0)
    assert station.retention.past() == []
    assert station.verify().erased == 0
    assert purge(station).took == told


def test_nothing_due_leaves_no_record(station):
    station.record(fresh(), None)
    head = station.verify().head
    made, more = station.retention.erase(TERMS, "李四", "schedule", LATER)
    assert (made.took.total, more, made.clean) == (0, False, True)
    assert station.verify().head == head


def test_a_long_backlog_goes_in_steps(station, monkeypatch):
    monkeypatch.setattr("checkpoint_app.store.retention.door.STEP", 2)
    for minute in range(5):
        station.record(recorded(minute=minute), None)
    took, more = [], True
    while more:
        made, more = station.retention.erase(TERMS, "李四", "by_hand", LATER)
        took.append(made.took.total)
    assert took == [2, 2, 1]
    assert [each.took.total for each in station.retention.past()] == [1, 2, 2]
    assert station.verify().erased == 5
    assert STEP > 100


def test_what_the_office_has_not_got_yet_waits_and_is_told(station, data_folder):
    station.record(recorded(), None)
    station.record(recorded("钱七", minute=1), None)
    station.close()
    with raw(data_folder, guarded=True) as connection:
        connection.execute("INSERT INTO state VALUES ('hub', 'enrolled')")
        connection.execute("UPDATE outbox SET acknowledged_us = 1 WHERE seq <= 2")
    with Station.open(data_folder, now=LATER) as again:
        made = purge(again)
        assert (made.took.total, made.took.waiting) == (1, 1)
        assert traces(data_folder, "王小明", "钱七") == ["钱七"]
        assert again.retention.reckon(TERMS, LATER).waiting == 1


def test_an_erasure_is_on_record_and_nobody_can_add_to_it(station, data_folder):
    station.record(recorded(), None)
    station.record(fresh(), None)
    made = purge(station)
    (past,) = station.retention.past()
    assert past == replace(made, clean=True)
    assert (past.by, past.why, past.terms) == ("李四", "schedule", TERMS)
    assert past.took.oldest == MORNING
    station.close()
    with raw(data_folder) as connection:
        connection.execute(
            "INSERT INTO erasures SELECT record_id, (SELECT erasure_id FROM erasures) FROM personal"
        )
        connection.execute("DELETE FROM personal")
        connection.execute("UPDATE inspections SET name = NULL, id_number = NULL")
        connection.execute("UPDATE inspections SET phone = NULL, plate = NULL")
    with Station.open(data_folder, now=LATER, use=Use.READ) as again:
        assert (again.verify().problem or "").startswith("erasure:")


def test_the_file_is_still_to_be_scrubbed_after_a_kill(station, data_folder):
    station.record(recorded(), None)
    station.retention.erase(TERMS, "李四", "schedule", LATER)
    station.close()
    with Station.open(data_folder, now=LATER) as again:
        assert again.retention.unclean
        assert again.retention.scrub()
        assert not again.retention.unclean
        assert traces(data_folder, *SECRETS) == []


def test_a_reader_in_the_way_is_no_fault(station, data_folder):
    station.record(recorded(), None)
    station.retention.erase(TERMS, "李四", "schedule", LATER)
    with raw(data_folder, guarded=True) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM records").fetchone()
        assert not station.retention.scrub()
        reader.execute("COMMIT")
    assert station.retention.unclean
    assert station.retention.scrub()


@pytest.mark.parametrize("days", [0.0, -3.0, 0.2])
def test_no_setting_takes_todays(days):
    assert Terms.of_days(days, days, days).passages == timedelta(days=1)


def test_a_case_goes_whole_90_days_after_its_closing(station, data_folder):
    stopped = recorded(outcome=Outcome.HOLD)
    case = station.record(stopped, None).case_id
    assert case is not None
    station.cases.attach(case, b"\xff\xd8\xff a certificate", "解除证明", "李四", MORNING)
    unit = Step(Event.REPORTED, "李四", unit="赵家屯镇", person="赵主任")
    assert not isinstance(station.cases.step(case, unit, MORNING), Refusal)
    closed = MORNING + timedelta(days=30)
    end = Step(Event.CLOSED, "李四", note="王小明已解除", result=Result.RELEASED)
    assert not isinstance(station.cases.step(case, end, closed), Refusal)
    at_the_border = closed + timedelta(days=90)
    assert station.retention.reckon(TERMS, at_the_border).total == 0
    made = purge(station, at_the_border + timedelta(seconds=1))
    assert dict(made.took.records) == {"case_event": 4, "inspection": 1}
    assert traces(data_folder, *SECRETS, "赵家屯镇", "赵主任", "a certificate") == []
    (left,) = station.cases.cases()
    assert (left.name, left.stage, left.result) == (None, Stage.CLOSED, Result.RELEASED)
    assert station.verify().ok
    station.rebuild()
    assert station.verify().ok


def test_a_case_waits_as_a_whole_for_the_office(station, data_folder):
    case = station.record(recorded(outcome=Outcome.HOLD), None).case_id
    assert case is not None
    for step in (Step(Event.REPORTED, "李四", unit="县指挥部"), CLOSED):
        assert not isinstance(station.cases.step(case, step, MORNING), Refusal)
    station.close()
    with raw(data_folder, guarded=True) as connection:
        connection.execute("INSERT INTO state VALUES ('hub', 'enrolled')")
        connection.execute("UPDATE outbox SET acknowledged_us = 1 WHERE seq < 5")
    with Station.open(data_folder, now=LATER) as again:
        late = MORNING + timedelta(days=200)
        told = again.retention.reckon(TERMS, late)
        assert (dict(told.records), told.waiting) == ({"inspection": 1}, 3)


def test_a_supervisors_problem_stays_until_it_is_closed(station):
    found = ProblemEvent(uuid4(), uuid4(), ProblemStep.FOUND, MORNING, "李四", "王小明未复测")
    station.duty.note(found)
    late = MORNING + timedelta(days=60)
    assert station.retention.reckon(TERMS, late).total == 0
    station.duty.note(replace(found, id=uuid4(), step=ProblemStep.CLOSED))
    assert station.retention.reckon(TERMS, late).total == 2


def test_vehicles_and_gate_runners_lose_plate_and_pictures(station, data_folder):
    passage = VehiclePassage(uuid4(), MORNING, plate="豫C77777", origin="巩义市")
    station.passages.record(RecordedPassage(passage, PassageEnd.RELEASED, "李四", MORNING))
    shot = Shot(MORNING, b"\xff\xd8 a face \xff\xd9")
    runner = Runner(uuid4(), MORNING, RunnerKind.RAN, "李四", plate="豫D66666")
    case = station.runners.record(runner, [shot]).case_id
    assert traces(data_folder, "豫C77777", "豫D66666", "a face") != []
    assert dict(purge(station).took.records) == {"passage": 1}  # a runner is a case
    for step in (Step(Event.REPORTED, "李四", unit="县指挥部"), CLOSED):
        assert not isinstance(station.cases.step(case, step, MORNING), Refusal)
    made = purge(station, MORNING + timedelta(days=91))
    assert dict(made.took.records) == {"case_event": 3, "runner": 1}
    assert traces(data_folder, "豫C77777", "巩义市", "豫D66666", "a face") == []
    assert [row.plate for row in station.passages.rows(DAY)] == [None]
    station.rebuild()
    assert station.verify().ok
