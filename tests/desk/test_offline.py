"""断网模式 at the desk: a green that was seen is registered once the line is declared down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from checkpoint_app.desk.online import answered
from checkpoint_app.desk.recording import affirmed
from checkpoint_app.devices.ports import OnlineAnswer
from checkpoint_app.domain.inspection import (
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    Outcome,
    TemperatureReading,
)
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.policy import decide
from checkpoint_app.shipped_rules import shipped

NOW = datetime(2026, 11, 23, 3, 12, tzinfo=UTC)
PERSON = Inspection(
    UUID(int=1),
    NOW,
    person=Person(name="李建国", id_number="11010519491231002X"),
    itinerary=Itinerary(True),
    temperatures=(TemperatureReading(36.5, NOW),),
)


def outcome(seen: CodeStatus, answer: str, offline: bool) -> Outcome:
    code = answered(HealthCode(seen), OnlineAnswer(answer))
    person = affirmed(replace(PERSON, health_code=code), shipped("road"), offline)
    return decide(person, shipped("road"), now=NOW).outcome


@pytest.mark.parametrize("answer", ["failed", "timed_out"])
def test_a_green_that_was_seen_is_registered(answer: str) -> None:
    assert outcome(CodeStatus.GREEN, answer, offline=False) is Outcome.INCOMPLETE
    assert outcome(CodeStatus.GREEN, answer, offline=True) is Outcome.REGISTER
    assert outcome(CodeStatus.UNKNOWN, answer, offline=True) is Outcome.INCOMPLETE
    assert outcome(CodeStatus.YELLOW, answer, offline=True) is Outcome.HOLD


@pytest.mark.parametrize("offline", [True, False])
def test_an_answer_is_an_answer(offline: bool) -> None:
    assert outcome(CodeStatus.GREEN, "red", offline) is Outcome.HAND_OVER
    assert outcome(CodeStatus.GREEN, "not_found", offline) is Outcome.INCOMPLETE
    assert outcome(CodeStatus.GREEN, "green", offline) is Outcome.PASS


def test_asking_twice_forgets_no_colour() -> None:
    once = answered(HealthCode(CodeStatus.GREEN), OnlineAnswer("failed"))
    twice = answered(once, OnlineAnswer("timed_out"))
    assert (twice.status, twice.seen) == (CodeStatus.TIMED_OUT, CodeStatus.GREEN)
