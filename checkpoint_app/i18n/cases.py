"""The words of the ledger: stages, what was done, what is due, measures and results."""

from __future__ import annotations

from datetime import timedelta

from checkpoint_app.domain.case import Event, Measure, Result, Stage
from checkpoint_app.i18n import Translate

STAGES: dict[Stage, str] = {
    Stage.FOUND: "Found",
    Stage.REPORTED: "Reported",
    Stage.HANDED_OVER: "Handed over",
    Stage.RECEIVED: "Received",
    Stage.UNDER_MEASURE: "Under measure",
    Stage.CLOSED: "Closed",
}
EVENTS: dict[Event, str] = {
    Event.FOUND: "Found",
    Event.CORRECTED: "Outcome changed",
    Event.NEWS: "Known afterwards",
    Event.REPORTED: "Reported",
    Event.HANDED_OVER: "Handed over",
    Event.RECEIVED: "Received",
    Event.MEASURED: "Put under measure",
    Event.NOTED: "Note",
    Event.ATTACHED: "Picture attached",
    Event.SLIP: "Transfer slip issued",
    Event.CLOSED: "Closed",
    Event.REOPENED: "Opened again",
    Event.TAKEN_BACK: "Step taken back",
}
ACTIONS: dict[Event, str] = {
    Event.REPORTED: "Report",
    Event.HANDED_OVER: "Hand over to a unit",
    Event.RECEIVED: "Note the receipt",
    Event.MEASURED: "Set the measure",
    Event.CLOSED: "Close the case",
    Event.REOPENED: "Open again",
    Event.NOTED: "Add a note",
    Event.TAKEN_BACK: "Take the step back",
}
DUE: dict[Event, str] = {
    Event.REPORTED: "To report",
    Event.HANDED_OVER: "To hand over",
    Event.RECEIVED: "Receipt awaited",
    Event.MEASURED: "Measure to be set",
    Event.CLOSED: "To close",
}
MEASURES: dict[Measure, str] = {
    Measure.CENTRAL_ISOLATION: "Central isolation",
    Measure.HOME_ISOLATION: "Home isolation",
    Measure.HEALTH_MONITORING: "Health monitoring",
    Measure.TESTING: "Test and check",
}
RESULTS: dict[Result, str] = {
    Result.RELEASED: "Released from control",
    Result.SETTLED: "Settled",
}
RECALL = "Went through, to be called back"
WITHDRAWN = "Withdrawn"


def stage_word(stage: Stage, translate: Translate) -> str:
    """已发现, 已报告, 已移交, 已接收, 管控中, 已办结."""
    return translate(STAGES[stage])


def event_word(event: Event, translate: Translate) -> str:
    """What a line of the story says was done."""
    return translate(EVENTS[event])


def action_word(event: Event, translate: Translate) -> str:
    """The caption of the button that does it."""
    return translate(ACTIONS[event])


def due_word(event: Event, translate: Translate) -> str:
    """What a case waits for."""
    return translate(DUE[event])


def measure_word(measure: Measure, translate: Translate) -> str:
    """集中隔离, 居家隔离, 健康监测, 核酸查验."""
    return translate(MEASURES[measure])


def result_word(result: Result, translate: Translate) -> str:
    """解除管控, 办结."""
    return translate(RESULTS[result])


def span_text(span: timedelta, translate: Translate) -> str:
    """How long, in the largest units that matter: 25 min, 3 h 5 min, 2 d 4 h."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return translate("{minutes} min", minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return translate("{hours} h {minutes} min", hours=hours, minutes=minutes)
    days, hours = divmod(hours, 24)
    return translate("{days} d {hours} h", days=days, hours=hours)
