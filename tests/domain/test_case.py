"""Stages, the steps that may follow, what is due and what is late: a case a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest

from checkpoint_app.domain.case import (
    Case,
    Deadlines,
    Event,
    Measure,
    Refusal,
    Result,
    Stage,
    Step,
    choices,
    due,
    late_by,
    opens_case,
    refusal,
)
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.reasons import Code, Reason
from tests.store.travellers import recorded

HERE = timezone(timedelta(hours=8))
AT = datetime(2022, 3, 14, 3, 8, tzinfo=HERE)
NOW = AT + timedelta(minutes=20)


def case(stage=Stage.FOUND, outcome=Outcome.HOLD, **rest):
    values = {"why": Code.RED_CODE, "recall": False, "withdrawn": False, **rest}
    return Case(
        id=uuid4(), device="K7Q2M00000", number=17, inspection_id=uuid4(), opened_at=AT,
        outcome=outcome, stage=stage, since=AT, **values,
    )  # fmt: skip


def step(event, **given):
    whole = {
        Event.REPORTED: {"unit": "城关镇疫情防控指挥部"},
        Event.HANDED_OVER: {"unit": "县人民医院发热门诊"},
        Event.RECEIVED: {"unit": "县人民医院发热门诊"},
        Event.MEASURED: {"measure": Measure.HOME_ISOLATION, "supervisor": "村医 李梅"},
        Event.CLOSED: {"result": Result.RELEASED, "note": "期满，核酸阴性"},
        Event.NOTED: {"note": "家属来电"},
        Event.REOPENED: {"note": "复阳"},
    }
    return Step(event, "王芳", **{**whole.get(event, {}), **given})


ALLOWED = {
    Stage.FOUND: {Event.REPORTED},
    Stage.REPORTED: {Event.HANDED_OVER, Event.RECEIVED, Event.CLOSED},
    Stage.HANDED_OVER: {Event.RECEIVED},
    Stage.RECEIVED: {Event.MEASURED, Event.CLOSED},
    Stage.UNDER_MEASURE: {Event.CLOSED, Event.MEASURED},
    Stage.CLOSED: {Event.REOPENED},
}
STEPS = [
    Event.REPORTED, Event.HANDED_OVER, Event.RECEIVED, Event.MEASURED, Event.CLOSED,
    Event.REOPENED,
]  # fmt: skip


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("event", STEPS)
def test_only_what_follows_may_be_done(stage, event):
    refused = refusal(case(stage), step(event), NOW)
    if event in ALLOWED[stage]:
        assert refused is None
    else:
        shut = stage is Stage.CLOSED
        assert refused is (Refusal.CASE_CLOSED if shut else Refusal.NOT_NEXT)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("event", [Event.NOTED, Event.ATTACHED, Event.SLIP])
def test_a_note_a_picture_and_a_slip_may_always_be_added(stage, event):
    assert refusal(case(stage), step(event), NOW) is None
    assert refusal(case(stage, withdrawn=True), step(event), NOW) is None


@pytest.mark.parametrize(
    ("stage", "given", "refused"),
    [
        (Stage.FOUND, step(Event.REPORTED, unit=""), Refusal.UNIT_NEEDED),
        (Stage.FOUND, step(Event.REPORTED, unit=" "), Refusal.UNIT_NEEDED),
        (Stage.REPORTED, step(Event.HANDED_OVER, unit=None), Refusal.UNIT_NEEDED),
        (Stage.HANDED_OVER, step(Event.RECEIVED, unit=None), Refusal.UNIT_NEEDED),
        (Stage.RECEIVED, step(Event.MEASURED, measure=None), Refusal.MEASURE_NEEDED),
        (Stage.RECEIVED, step(Event.MEASURED, supervisor="  "), Refusal.SUPERVISOR_NEEDED),
        (Stage.UNDER_MEASURE, step(Event.CLOSED, result=None), Refusal.RESULT_NEEDED),
        (Stage.UNDER_MEASURE, step(Event.CLOSED, note=None), Refusal.NOTE_NEEDED),
        (Stage.CLOSED, step(Event.REOPENED, note=""), Refusal.NOTE_NEEDED),
        (Stage.FOUND, step(Event.NOTED, note=""), Refusal.NOTE_NEEDED),
        (Stage.FOUND, step(Event.REPORTED, happened_at=AT), None),
        (Stage.FOUND, step(Event.REPORTED, happened_at=NOW), None),
        (Stage.FOUND, step(Event.REPORTED, happened_at=AT - timedelta(seconds=1)),
         Refusal.TIME_WRONG),
        (Stage.FOUND, step(Event.REPORTED, happened_at=NOW + timedelta(seconds=1)),
         Refusal.TIME_WRONG),
    ],
)  # fmt: skip
def test_what_a_step_must_say(stage, given, refused):
    assert refusal(case(stage), given, NOW) is refused


@pytest.mark.parametrize(
    ("stage", "outcome", "first"),
    [
        (Stage.FOUND, Outcome.HAND_OVER, Event.REPORTED),
        (Stage.REPORTED, Outcome.HAND_OVER, Event.HANDED_OVER),
        (Stage.REPORTED, Outcome.HOLD, Event.HANDED_OVER),
        (Stage.REPORTED, Outcome.TURN_BACK, Event.RECEIVED),
        (Stage.REPORTED, Outcome.REGISTER, Event.RECEIVED),
        (Stage.REPORTED, Outcome.PASS, Event.RECEIVED),
        (Stage.REPORTED, None, Event.HANDED_OVER),
        (Stage.HANDED_OVER, Outcome.HAND_OVER, Event.RECEIVED),
        (Stage.RECEIVED, Outcome.HOLD, Event.MEASURED),
        (Stage.UNDER_MEASURE, Outcome.HOLD, Event.CLOSED),
        (Stage.CLOSED, Outcome.HOLD, Event.REOPENED),
    ],
)
def test_the_step_that_is_due_comes_first(stage, outcome, first):
    assert choices(case(stage, outcome))[0] is first


@pytest.mark.parametrize(
    ("stage", "after"),
    [
        (Stage.FOUND, timedelta(minutes=30)),
        (Stage.REPORTED, timedelta(hours=2)),
        (Stage.HANDED_OVER, timedelta(hours=4)),
        (Stage.RECEIVED, timedelta(hours=24)),
        (Stage.UNDER_MEASURE, timedelta(days=14)),
    ],
)
def test_each_stage_has_its_time(stage, after):
    one, rules = case(stage), Deadlines()
    awaited = due(one, rules)
    assert awaited is not None
    assert awaited.at == AT + after
    assert late_by(one, rules, AT + after) is None
    assert late_by(one, rules, AT + after + timedelta(seconds=1)) == timedelta(seconds=1)


def test_a_measure_says_itself_when_it_ends():
    end = AT + timedelta(days=7)
    one = case(Stage.UNDER_MEASURE, until=end)
    assert late_by(one, Deadlines(), end) is None
    assert late_by(one, Deadlines(), end + timedelta(hours=1)) == timedelta(hours=1)


def test_nothing_is_due_for_a_closed_or_a_withdrawn_case():
    late = AT + timedelta(days=400)
    for one in (case(Stage.CLOSED), case(withdrawn=True)):
        assert not one.is_open
        assert due(one, Deadlines()) is None
        assert late_by(one, Deadlines(), late) is None
    assert choices(case(withdrawn=True)) == ()
    refused = refusal(case(withdrawn=True), step(Event.REPORTED), NOW)
    assert refused is Refusal.CASE_WITHDRAWN


def test_a_case_is_named_as_on_paper():
    assert case().label == "K7Q2-00017"


@pytest.mark.parametrize(
    ("outcome", "reasons", "opens"),
    [
        (Outcome.HAND_OVER, (), True),
        (Outcome.HOLD, (), True),
        (Outcome.TURN_BACK, (), True),
        (Outcome.REGISTER, (Code.RISK_AREA_TESTED,), True),
        (Outcome.REGISTER, (Code.NO_PHONE, Code.RISK_AREA_ACCEPTED), True),
        (Outcome.REGISTER, (Code.EMERGENCY, Code.RED_CODE), True),  # an ambulance goes first
        (Outcome.REGISTER, (Code.EMERGENCY,), False),
        (Outcome.REGISTER, (Code.NO_PHONE,), False),
        (Outcome.REGISTER, (Code.FEVER_RULED_OUT,), False),
        (Outcome.REGISTER, (Code.UNVACCINATED,), False),
        (Outcome.REGISTER, (Code.TEST_OVERDUE,), False),
        (Outcome.PASS, (), False),
        (Outcome.RETEST, (Code.FEVER_UNCONFIRMED,), False),
        (Outcome.INCOMPLETE, (Code.GREY_CODE,), False),
    ],
)
def test_who_is_a_case(outcome, reasons, opens):
    assert opens_case(recorded(outcome=outcome, reasons=reasons)) is opens


def test_an_officers_release_does_not_undo_a_case():
    stopped = recorded(outcome=Outcome.HOLD, reasons=(Code.ON_WATCH_LIST,))
    assert opens_case(replace(stopped, outcome=Outcome.PASS))
    plain = replace(stopped, verdict=replace(stopped.verdict, reasons=(Reason(Code.NO_MASK),)))
    assert opens_case(replace(plain, outcome=Outcome.REGISTER))
