"""The ledger of abnormal persons (台账): what stage a case is at, what may be done, what is late.

A case begins when somebody abnormal is found and ends only with a result. Between them stand
steps, each with who, when and to whom; none is ever taken away. Pure: `now` is passed in, and how
long a step may take is a value of its own (`Deadlines`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.reasons import Code


class Stage(StrEnum):
    """How far a case has come, in this order."""

    FOUND = "found"  # 已发现
    REPORTED = "reported"  # 已报告
    HANDED_OVER = "handed_over"  # 已移交
    RECEIVED = "received"  # 已接收
    UNDER_MEASURE = "under_measure"  # 管控中
    CLOSED = "closed"  # 已办结


class Event(StrEnum):
    """What a case's record says. Values are stored and are for ever: never rename, only add."""

    FOUND = "found"
    CORRECTED = "corrected"  # the inspection was changed or taken back
    NEWS = "news"  # something came to be known afterwards
    REPORTED = "reported"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"
    MEASURED = "measured"
    NOTED = "noted"
    ATTACHED = "attached"
    SLIP = "slip"  # the transfer slip was printed
    CLOSED = "closed"
    REOPENED = "reopened"
    TAKEN_BACK = "taken_back"  # the step named in it was a mistake; see domain.taking_back


class Measure(StrEnum):
    """What the person is under."""

    CENTRAL_ISOLATION = "central_isolation"  # 集中隔离
    HOME_ISOLATION = "home_isolation"  # 居家隔离
    HEALTH_MONITORING = "health_monitoring"  # 健康监测
    TESTING = "testing"  # 核酸查验


class Result(StrEnum):
    """How a case ended."""

    RELEASED = "released"  # 解除管控
    SETTLED = "settled"  # 办结


class Refusal(StrEnum):
    """Why a step cannot be taken; the sentences are in `i18n.sentences`."""

    NOT_NEXT = "case_not_next"
    CASE_CLOSED = "case_closed"
    CASE_WITHDRAWN = "case_withdrawn"
    UNIT_NEEDED = "case_unit_needed"
    MEASURE_NEEDED = "case_measure_needed"
    SUPERVISOR_NEEDED = "case_supervisor_needed"
    RESULT_NEEDED = "case_result_needed"
    NOTE_NEEDED = "case_note_needed"
    TIME_WRONG = "case_time_wrong"
    NOT_LAST = "case_not_last"
    NOT_YOURS = "case_not_yours"
    REASON_NEEDED = "case_reason_needed"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done for a case; `happened_at` where it was done earlier than it is written."""

    event: Event
    operator: str
    happened_at: datetime | None = None
    unit: str | None = None  # to or by whom: township, hospital, community
    person: str | None = None
    phone: str | None = None
    receipt: str | None = None  # the other side's number
    vehicle: str | None = None
    note: str | None = None
    measure: Measure | None = None
    supervisor: str | None = None
    until: datetime | None = None  # when the measure is due to end
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a case is about where there was no inspection: a car that did not stop."""

    name: str | None = None
    phone: str | None = None
    plate: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands. Personal fields are None once a retention rule has erased them."""

    id: UUID
    device: str
    number: int  # running, of the station that found it
    inspection_id: UUID | None
    opened_at: datetime
    outcome: Outcome | None  # what the person was told at the gate; None without an inspection
    why: Code | None
    recall: bool  # went through before it was known (已放行须追回)
    withdrawn: bool  # the inspection was taken back: an error of the hand
    stage: Stage
    since: datetime  # when this stage was reached
    measure: Measure | None = None
    until: datetime | None = None
    result: Result | None = None
    unit: str | None = None  # whom it lies with, first of all the destination
    supervisor: str | None = None
    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    plate: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.stage is not Stage.CLOSED and not self.withdrawn

    @property
    def label(self) -> str:
        """The number as it stands on paper and is typed: K7Q2-00017."""
        return f"{self.device[:4]}-{self.number:05}"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long each step may take, counted from the one before."""

    report: timedelta = timedelta(minutes=30)
    hand_over: timedelta = timedelta(hours=2)
    receive: timedelta = timedelta(hours=4)
    measure: timedelta = timedelta(hours=24)
    close: timedelta = timedelta(days=14)  # where the measure names no end


@dataclass(frozen=True, slots=True)
class Due:
    """The step that comes next, and until when."""

    event: Event
    at: datetime


LEADS_TO: dict[Event, Stage] = {
    Event.FOUND: Stage.FOUND,
    Event.REPORTED: Stage.REPORTED,
    Event.HANDED_OVER: Stage.HANDED_OVER,
    Event.RECEIVED: Stage.RECEIVED,
    Event.MEASURED: Stage.UNDER_MEASURE,
    Event.CLOSED: Stage.CLOSED,
    Event.REOPENED: Stage.REPORTED,
}
# The steps that may follow, the usual one first. Nobody is closed who was never reported.
_FOLLOWS: dict[Stage, tuple[Event, ...]] = {
    Stage.FOUND: (Event.REPORTED,),
    Stage.REPORTED: (Event.HANDED_OVER, Event.RECEIVED, Event.CLOSED),
    Stage.HANDED_OVER: (Event.RECEIVED,),
    Stage.RECEIVED: (Event.MEASURED, Event.CLOSED),
    Stage.UNDER_MEASURE: (Event.CLOSED, Event.MEASURED),
    Stage.CLOSED: (Event.REOPENED,),
}
_ALWAYS = frozenset({Event.NOTED, Event.ATTACHED, Event.SLIP})
# Whoever was sent away or let through is not handed over: the other side answers that it knows.
GOES_BY_ITSELF = frozenset({Outcome.TURN_BACK, Outcome.REGISTER, Outcome.PASS})

_STOPS = frozenset({Outcome.HOLD, Outcome.HAND_OVER, Outcome.TURN_BACK})
_GRAVE = frozenset(
    {
        Code.RED_CODE,
        Code.POSITIVE_TEST,
        Code.FEVER_CONFIRMED,
        Code.RETURNEE_FROM_ABROAD,
        Code.ON_WATCH_LIST,
        Code.MAY_BE_LISTED,
        Code.NOTICED_ELSEWHERE,
        Code.YELLOW_CODE,
        Code.SYMPTOMS,
        Code.CONTACT_DECLARED,
        Code.FORGED_CODE,
        Code.CODE_OF_ANOTHER,
        Code.COMPANION_STOPPED,
        Code.RISK_AREA_LOCAL_NOT_ACCEPTED,
        Code.RISK_AREA_NOT_LOCAL,
        Code.RISK_AREA_TESTED,
        Code.RISK_AREA_ACCEPTED,
    }
)


def opens_case(recorded: RecordedInspection) -> bool:
    """Whether somebody is a case: stopped, sent back, or let through with something grave.

    An officer's release and an emergency change what happens at the gate, not who is abnormal.
    """
    if recorded.outcome in _STOPS or recorded.verdict.outcome in _STOPS:
        return True
    return any(reason.code in _GRAVE for reason in recorded.verdict.reasons)


def choices(case: Case) -> tuple[Event, ...]:
    """The steps that may be taken now, the one that is due first."""
    if case.withdrawn:
        return ()
    usual = _FOLLOWS[case.stage]
    if case.stage is Stage.REPORTED and case.outcome in GOES_BY_ITSELF:
        return (Event.RECEIVED, Event.HANDED_OVER, Event.CLOSED)
    return usual


def due(case: Case, deadlines: Deadlines) -> Due | None:
    """What must happen next and until when; None for a case that is closed or withdrawn."""
    if not case.is_open:
        return None
    until = case.until if case.stage is Stage.UNDER_MEASURE else None
    event = choices(case)[0]
    return Due(event, until or case.since + allowed(case.stage, case.outcome, deadlines))


def allowed(stage: Stage, outcome: Outcome | None, deadlines: Deadlines) -> timedelta:
    """How long an open case may stand at a stage, where no measure says when it ends."""
    if stage is Stage.REPORTED and outcome in GOES_BY_ITSELF:
        return deadlines.receive
    return {
        Stage.FOUND: deadlines.report,
        Stage.REPORTED: deadlines.hand_over,
        Stage.HANDED_OVER: deadlines.receive,
        Stage.RECEIVED: deadlines.measure,
        Stage.UNDER_MEASURE: deadlines.close,
        Stage.CLOSED: timedelta.max,
    }[stage]


def late_by(case: Case, deadlines: Deadlines, now: datetime) -> timedelta | None:
    """By how much the next step is overdue; None where it is not."""
    awaited = due(case, deadlines)
    if awaited is None or now <= awaited.at:
        return None
    return now - awaited.at


def refusal(case: Case, step: Step, now: datetime) -> Refusal | None:
    """Why this step cannot be taken on this case; None where it can."""
    if case.withdrawn and step.event not in _ALWAYS:
        return Refusal.CASE_WITHDRAWN
    if step.event not in _ALWAYS and step.event not in choices(case):
        return Refusal.CASE_CLOSED if case.stage is Stage.CLOSED else Refusal.NOT_NEXT
    if step.happened_at is not None and not case.opened_at <= step.happened_at <= now:
        return Refusal.TIME_WRONG
    return _lacking(step)


def _lacking(step: Step) -> Refusal | None:
    event = step.event
    if event in (Event.REPORTED, Event.HANDED_OVER, Event.RECEIVED) and not _said(step.unit):
        return Refusal.UNIT_NEEDED
    if event is Event.MEASURED and step.measure is None:
        return Refusal.MEASURE_NEEDED
    # 居家隔离要有专人监督; and so has every other measure
    if event is Event.MEASURED and not _said(step.supervisor):
        return Refusal.SUPERVISOR_NEEDED
    if event is Event.CLOSED and step.result is None:
        return Refusal.RESULT_NEEDED
    if event in (Event.CLOSED, Event.NOTED, Event.REOPENED) and not _said(step.note):
        return Refusal.NOTE_NEEDED
    return None


def _said(text: str | None) -> bool:
    return bool(text and text.strip())
