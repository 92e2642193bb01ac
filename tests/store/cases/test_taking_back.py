"""Taking back a step: the case stands as before, the story shows both, every derivation agrees."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checkpoint_app.domain.case import Event, Measure, Refusal, Result, Stage, Step
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.retention import Terms
from checkpoint_app.domain.taking_back import TakingBack
from checkpoint_app.store.station import StoreFault
from tests.store.travellers import MORNING, recorded

REPORT = Step(Event.REPORTED, "王芳", unit="城关镇", person="刘主任")
HAND_OVER = Step(Event.HANDED_OVER, "王芳", unit="县医院", vehicle="豫A120急")
ISOLATE = Step(Event.MEASURED, "王芳", measure=Measure.HOME_ISOLATION, supervisor="李梅")
RECEIVE = Step(Event.RECEIVED, "王芳", unit="县医院", receipt="H-1")


def later(minutes: float):
    return MORNING + timedelta(minutes=minutes)


@pytest.fixture
def case_id(station):
    one = recorded(outcome=Outcome.HOLD, reasons=(Code.RED_CODE,))
    return station.record(one, None).case_id


def last_of(station, case_id):
    return station.cases.story(case_id).standing[-1].record_id


def take_back(station, case_id, minutes, **given):
    taking = TakingBack(**{"operator": "王芳", **given})
    return station.cases.take_back(case_id, last_of(station, case_id), taking, later(minutes))


def test_the_case_stands_as_before_and_the_story_shows_both(station, case_id):
    station.cases.step(case_id, REPORT, later(1))
    before = station.cases.case(case_id)
    station.cases.step(case_id, HAND_OVER, later(2))
    assert take_back(station, case_id, 3) == before
    story = station.cases.story(case_id)
    assert [each.step.event for each in story.told] == [
        Event.FOUND, Event.REPORTED, Event.HANDED_OVER, Event.TAKEN_BACK,
    ]  # fmt: skip
    assert [each.step.event for each in story.standing] == [Event.FOUND, Event.REPORTED]
    handed, back = story.told[2:]
    assert handed.taken_back_by == back.record_id
    assert (handed.step, back.step.operator, back.at) == (HAND_OVER, "王芳", later(3))
    assert station.verify().ok


def test_two_mistakes_are_taken_back_one_after_the_other(station, case_id):
    found = station.cases.case(case_id)
    station.cases.step(case_id, REPORT, later(1))
    station.cases.step(case_id, HAND_OVER, later(2))
    assert take_back(station, case_id, 3).stage is Stage.REPORTED
    assert take_back(station, case_id, 4) == found
    assert take_back(station, case_id, 5) is Refusal.NOT_LAST  # a verdict is changed at the desk
    assert station.verify().ok


@pytest.mark.parametrize(
    "mistake", [ISOLATE, Step(Event.CLOSED, "王芳", result=Result.SETTLED, note="排除")]
)
def test_what_the_step_changed_is_as_it_was(station, case_id, mistake):
    for minute, step in enumerate((REPORT, RECEIVE), 1):
        station.cases.step(case_id, step, later(minute))
    before = station.cases.case(case_id)
    station.cases.step(case_id, mistake, later(3))
    assert take_back(station, case_id, 4) == before
    again = station.cases.step(case_id, ISOLATE, later(5))
    assert (again.stage, again.supervisor) == (Stage.UNDER_MEASURE, "李梅")
    assert station.verify().ok


def test_who_may_not_and_what_is_no_step_of_it_change_nothing(station, case_id):
    station.cases.step(case_id, REPORT, later(1))
    first = last_of(station, case_id)
    assert take_back(station, case_id, 2, operator="张伟") is Refusal.NOT_YOURS
    assert take_back(station, case_id, 20) is Refusal.REASON_NEEDED
    assert take_back(station, case_id, 21, reason="报错单位").stage is Stage.FOUND
    with pytest.raises(StoreFault, match="not_found"):
        station.cases.take_back(case_id, first, TakingBack("王芳"), later(22))
    reasons = [each.step.note for each in station.cases.story(case_id).told]
    assert reasons == [None, None, "报错单位"]


def test_rebuilding_erasing_and_verifying_agree(station, case_id):
    station.cases.step(case_id, REPORT, later(1))
    station.cases.step(case_id, HAND_OVER, later(2))
    take_back(station, case_id, 3)
    station.cases.step(case_id, Step(Event.NOTED, "王芳", note="家属来电"), later(4))
    whole = station.cases.case(case_id)
    station.rebuild()
    assert station.cases.case(case_id) == whole
    end = Step(Event.CLOSED, "王芳", result=Result.SETTLED, note="排除")
    station.cases.step(case_id, end, later(5))
    station.retention.erase(Terms(), "王芳", "by_hand", MORNING + timedelta(days=200))
    left = station.cases.case(case_id)
    assert (left.stage, left.unit, left.name) == (Stage.CLOSED, None, None)
    assert station.verify().ok
