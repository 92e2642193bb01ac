"""Cases in the store: opened, led on, told, derived again, verified, erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from checkpoint_app.domain.case import (
    Deadlines,
    Event,
    Measure,
    Refusal,
    Result,
    Stage,
    Step,
    Subject,
)
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.retention import Terms
from checkpoint_app.store.cases.door import OPEN, Raised
from checkpoint_app.store.station import Station, StoreFault
from tests.store.inside import raw
from tests.store.travellers import MORNING, correction, recorded

JPEG = b"\xff\xd8\xff\xe0" + bytes(300)


def later(minutes: float):
    return MORNING + timedelta(minutes=minutes)


@pytest.fixture
def held(station):
    """Somebody held for a red code, and the case that it opened."""
    one = recorded(outcome=Outcome.HOLD, reasons=(Code.RED_CODE,))
    case_id = station.record(one, None).case_id
    assert case_id is not None
    return one, case_id


def test_a_stopped_person_is_a_case_at_once(station, held):
    one, case_id = held
    (case,) = station.cases.cases()
    assert (case.id, case.number, case.stage) == (case_id, 1, Stage.FOUND)
    assert (case.inspection_id, case.opened_at) == (one.inspection.id, MORNING)
    assert (case.name, case.plate, case.unit) == ("王小明", "豫A12345", "开封市")
    assert (case.why, case.outcome, case.recall) == (Code.RED_CODE, Outcome.HOLD, False)
    assert station.cases.of_inspection(one.inspection.id) == case
    assert station.cases.named("1") == station.cases.named(case.label.lower()) == case
    assert station.cases.named(str(case_id)) == case
    assert station.cases.named("2") is None


def test_a_case_is_led_to_its_end(station, held):
    _, case_id = held
    cases = station.cases
    steps = [
        Step(Event.REPORTED, "王芳", unit="城关镇", person="刘主任", phone="13800001111"),
        Step(Event.HANDED_OVER, "王芳", unit="县医院", vehicle="豫A120急"),
        Step(Event.RECEIVED, "王芳", unit="县医院", person="赵医生", receipt="H-0314"),
        Step(Event.MEASURED, "王芳", measure=Measure.CENTRAL_ISOLATION, supervisor="李梅",
             until=later(60 * 24 * 14)),
        Step(Event.NOTED, "王芳", note="第一次采样阴性"),
        Step(Event.CLOSED, "张伟", result=Result.RELEASED, note="期满，双采双检阴性"),
    ]  # fmt: skip
    stages = [cases.step(case_id, step, later(10 + n)).stage for n, step in enumerate(steps)]
    assert stages == [
        Stage.REPORTED, Stage.HANDED_OVER, Stage.RECEIVED, Stage.UNDER_MEASURE,
        Stage.UNDER_MEASURE, Stage.CLOSED,
    ]  # fmt: skip
    story = cases.story(case_id)
    assert [told.step for told in story.told[1:]] == steps
    assert [told.at for told in story.told[1:]] == [later(10 + n) for n in range(6)]
    assert story.told[0].step.event is Event.FOUND
    assert (story.case.supervisor, story.case.unit) == ("李梅", "县医院")
    assert (story.case.result, story.case.is_open) == (Result.RELEASED, False)
    assert story.inspection.inspection.person.name == "王小明"
    assert station.verify().ok


def test_a_step_out_of_turn_changes_nothing(station, held):
    _, case_id = held
    before = station.verify().records
    close_it = Step(Event.CLOSED, "王芳", result=Result.SETTLED, note="无")
    assert station.cases.step(case_id, close_it, later(1)) is Refusal.NOT_NEXT
    assert station.verify().records == before
    with pytest.raises(StoreFault, match="not_found"):
        station.cases.step(uuid4(), close_it, later(1))
    endless = Step(Event.NOTED, "王芳", note="长" * 501)
    with pytest.raises(StoreFault, match="not_storable"):
        station.cases.step(case_id, endless, later(1))
    assert station.verify().records == before


def test_a_step_may_be_written_down_later_than_it_was_done(station, held):
    _, case_id = held
    done = Step(Event.REPORTED, "王芳", happened_at=later(5), unit="城关镇")
    case = station.cases.step(case_id, done, later(40))
    assert case.since == later(5)
    told = station.cases.story(case_id).told[-1]
    assert (told.happened_at, told.at) == (later(5), later(40))


def test_counts_filters_and_what_is_late(station, held):
    _, first = held
    second = station.record(recorded("李红", Outcome.TURN_BACK, minute=1), None).case_id
    station.cases.step(second, Step(Event.REPORTED, "王芳", unit="开封市"), later(2))
    counts = station.cases.counts()
    assert (counts[Stage.FOUND], counts[Stage.REPORTED], counts[Stage.CLOSED]) == (1, 1, 0)
    assert [case.id for case in station.cases.cases()] == [second, first]
    assert [case.id for case in station.cases.cases([Stage.FOUND])] == [first]
    assert [case.id for case in station.cases.cases(since=later(1))] == [second]
    assert station.cases.overdue(Deadlines(), later(30)) == []
    assert [case.id for case in station.cases.overdue(Deadlines(), later(31))] == [first]
    both = station.cases.overdue(Deadlines(), later(600))
    assert [case.id for case in both] == [first, second]


def test_what_is_late_is_counted_as_it_is_listed(station):
    """The quick count and the rules agree at every stage and for every outcome."""
    made = []
    for place, outcome in enumerate((Outcome.HOLD, Outcome.TURN_BACK, Outcome.HAND_OVER)):
        for steps in range(5):
            one = recorded(f"王{place}{steps}", outcome, minute=place * 5 + steps)
            made.append((station.record(one, None).case_id, steps))
    made.append((station.cases.raise_case(None, Code.RED_CODE, None, "王芳", later(3)), 1))
    measured = Step(Event.MEASURED, "王芳", measure=Measure.TESTING, supervisor="李梅")
    steps = [
        Step(Event.REPORTED, "王芳", unit="镇"), Step(Event.HANDED_OVER, "王芳", unit="院"),
        Step(Event.RECEIVED, "王芳", unit="院"), measured,
    ]  # fmt: skip
    for place, (case_id, count) in enumerate(made):
        for number, step in enumerate(steps[:count]):
            if step is measured and place % 2:
                step = replace(step, until=later(60 * 30))
            station.cases.step(case_id, step, later(30 + number))
    spans = (0, 20, 31, 60, 155, 240, 300, 1500, 1900, 60 * 24 * 20)
    counts = [station.cases.late(Deadlines(), later(span)) for span in spans]
    assert counts == [len(station.cases.overdue(Deadlines(), later(span))) for span in spans]
    assert counts[-1] == len(made)
    assert len(set(counts)) > 4


def test_taking_an_inspection_back_withdraws_its_case(station, held):
    one, case_id = held
    station.record(replace(correction(one, Outcome.HOLD), void=True), None)
    case = station.cases.case(case_id)
    assert (case.withdrawn, case.is_open) == (True, False)
    assert station.cases.cases(OPEN) == []
    assert sum(station.cases.counts().values()) == 0
    assert station.cases.overdue(Deadlines(), later(9999)) == []
    report = Step(Event.REPORTED, "王芳", unit="城关镇")
    assert station.cases.step(case_id, report, later(9)) is Refusal.CASE_WITHDRAWN


def test_late_news_of_somebody_who_went_on(station):
    one = recorded(outcome=Outcome.PASS)
    assert station.record(one, None).case_id is None
    why = Code.ON_WATCH_LIST
    case_id = station.cases.raise_case(one.inspection.id, why, "县推送 3 号", "王芳", later(5))
    case = station.cases.case(case_id)
    assert (case.recall, case.why, case.outcome) == (True, why, Outcome.PASS)
    assert case.opened_at == later(5)
    again = station.cases.raise_case(one.inspection.id, why, "县推送 3 号", "王芳", later(9))
    assert again == case_id
    assert len(station.cases.story(case_id).told) == 1  # a list checked twice says nothing new
    more = station.cases.raise_case(one.inspection.id, Code.RED_CODE, None, "王芳", later(10))
    assert more == case_id
    told = station.cases.story(case_id).told
    assert [(each.step.event, each.why) for each in told] == [
        (Event.FOUND, why), (Event.NEWS, Code.RED_CODE),
    ]  # fmt: skip
    assert station.verify().ok


def test_news_opens_a_closed_case_again(station, held):
    one, case_id = held
    report = Step(Event.REPORTED, "王芳", unit="城关镇")
    station.cases.step(case_id, report, later(1))
    end = Step(Event.CLOSED, "王芳", result=Result.SETTLED, note="排除")
    station.cases.step(case_id, end, later(2))
    station.cases.raise_case(one.inspection.id, Code.POSITIVE_TEST, None, "王芳", later(3))
    case = station.cases.case(case_id)
    assert (case.stage, case.result, case.since) == (Stage.FOUND, None, later(3))
    assert station.verify().ok


def test_a_car_that_did_not_stop_is_a_case_without_an_inspection(station):
    car = Subject(plate="豫A88888")
    case_id = station.cases.raise_case(None, Code.CODE_FAILED, "闯卡", "王芳", MORNING, car)
    case = station.cases.case(case_id)
    assert (case.plate, case.name, case.inspection_id) == ("豫A88888", None, None)
    other = station.cases.raise_case(None, Code.CODE_FAILED, "闯卡", "王芳", MORNING, car)
    assert other != case_id
    assert [each.number for each in station.cases.cases()] == [2, 1]


def test_many_are_raised_together_or_not_at_all(station):
    people = [recorded(f"王{n}", minute=n) for n in range(3)]
    for each in people:
        station.record(each, None)
    raised = [Raised(Code.RISK_AREA_NOT_LOCAL, "12 号", each.inspection.id) for each in people]
    lost = Raised(Code.RISK_AREA_NOT_LOCAL, "12 号", uuid4())
    with pytest.raises(StoreFault, match="not_found"):
        station.cases.raise_cases([*raised, lost], "王芳", later(9))
    assert station.cases.cases() == []
    assert len(station.cases.raise_cases(raised, "王芳", later(9))) == 3
    assert [case.recall for case in station.cases.cases()] == [True] * 3


def test_a_picture_is_kept_and_proved(station, held, data_folder):
    _, case_id = held
    kept = station.cases.attach(case_id, JPEG, "核酸证明", "王芳", later(1))
    assert station.cases.picture(kept) == JPEG
    told = station.cases.story(case_id).told[-1]
    assert (told.attachment.id, told.attachment.bytes) == (kept, len(JPEG))
    assert told.step.note == "核酸证明"
    for bad in (b"PNG", JPEG + bytes(1_500_000)):
        with pytest.raises(StoreFault, match="not_storable"):
            station.cases.attach(case_id, bad, "", "王芳", later(2))
    assert station.verify().ok
    station.close()
    with raw(data_folder, guarded=True) as connection:
        connection.execute("UPDATE attachments SET body = X'FFD8FF00'")
    with Station.open(data_folder, now=MORNING) as again:
        assert str(again.verify().problem).startswith("attachment:")


def test_rebuilding_gives_the_same_cases_and_keeps_the_pictures(station, held):
    one, case_id = held
    station.cases.step(case_id, Step(Event.REPORTED, "王芳", unit="城关镇"), later(1))
    kept = station.cases.attach(case_id, JPEG, "", "王芳", later(2))
    station.record(correction(one, Outcome.HAND_OVER, minute=3), None)
    station.record(recorded("李红", Outcome.HOLD, minute=4), None)
    car = Subject(plate="豫A88888", phone="13800001111")
    station.cases.raise_case(None, Code.RED_CODE, None, "王芳", later(5), car)
    before = (station.cases.cases(), station.cases.story(case_id))
    station.rebuild()
    assert (station.cases.cases(), station.cases.story(case_id)) == before
    assert station.cases.picture(kept) == JPEG
    assert station.verify().ok


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cases SET stage = 'closed'",
        "UPDATE cases SET void = 1",
        "UPDATE cases SET supervisor = 'x'",
        "DELETE FROM cases",
        "DELETE FROM case_events",
    ],
)
def test_a_case_changed_behind_the_programs_back_is_found(station, held, data_folder, sql):
    station.close()
    with raw(data_folder, guarded=True) as connection:
        connection.execute(sql)
    with Station.open(data_folder, now=MORNING) as again:
        assert again.verify().problem == "projection:0/0"
        again.rebuild()
        assert again.verify().ok


def test_after_erasing_a_case_says_no_more_who_it_was(station, held):
    _, case_id = held
    handed = Step(Event.REPORTED, "王芳", unit="城关镇", person="刘主任")
    station.cases.step(case_id, handed, later(1))
    kept = station.cases.attach(case_id, JPEG, "", "王芳", later(2))
    end = Step(Event.CLOSED, "王芳", result=Result.SETTLED, note="排除")
    station.cases.step(case_id, end, later(3))
    station.retention.erase(Terms(), "李四", "by_hand", later(60 * 24 * 400))
    assert station.verify().ok
    story = station.cases.story(case_id)
    assert (story.case.unit, story.case.name, story.case.stage) == (None, None, Stage.CLOSED)
    assert {told.erased for told in story.told} == {True}
    assert story.told[1].step.person is None
    assert station.cases.picture(kept) is None
    station.rebuild()
    assert station.cases.story(case_id) == story
