"""断网模式 is on the record; what was let through first stays owed until it is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from checkpoint_app.domain.inspection import (
    CodeStatus,
    HealthCode,
    Inspection,
    Outcome,
    OutcomeChange,
    RecordedInspection,
)
from checkpoint_app.domain.owed import Debt
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING

HOUR = timedelta(hours=1)
WHO = Person(name="李建国", id_number="11010519491231002X")
UNANSWERED = HealthCode(
    CodeStatus.FAILED, findings=(Reason(Code.OFFLINE_MODE),), seen=CodeStatus.GREEN
)


def let_through(number: int, **facts: Any) -> RecordedInspection:
    inspection = Inspection(UUID(int=number), MORNING, **facts)
    verdict = decide(inspection, shipped("road"), now=MORNING)
    return RecordedInspection(inspection, verdict, verdict.outcome, "王芳", MORNING)


def test_the_line_is_declared_down_and_up_again(station: Station) -> None:
    assert station.offline.declared() is None
    down = station.offline.declare(True, "王芳", MORNING)
    assert down is not None
    assert (down.officer, down.since) == ("王芳", MORNING)
    assert station.offline.declare(True, "李明", MORNING + HOUR) == down
    assert station.offline.declare(False, "李明", MORNING + HOUR) is None
    assert station.offline.declared() is None
    assert station.verify().records == 3


@pytest.mark.parametrize(
    ("facts", "debt"),
    [
        ({"emergency": True}, Debt.COMPLETION),
        ({"emergency": True, "person": WHO}, Debt.COMPLETION),
        ({"emergency": True, "person": WHO, "health_code": HealthCode(CodeStatus.GREEN)}, None),
        ({"person": WHO, "health_code": UNANSWERED}, Debt.LOOK_UP),
        ({"person": WHO, "health_code": HealthCode(CodeStatus.FAILED)}, None),
        ({"person": WHO, "health_code": HealthCode(CodeStatus.GREEN)}, None),
    ],
)
def test_what_is_owed(station: Station, facts: dict[str, Any], debt: Debt | None) -> None:
    station.record(let_through(1, **facts), None)
    found = station.offline.owed(MORNING - HOUR)
    assert [each.debt for each in found] == ([debt] if debt is not None else [])
    assert station.offline.owed(MORNING + HOUR) == []


def test_an_emergency_has_24_hours(station: Station) -> None:
    station.record(let_through(1, emergency=True), None)
    (found,) = station.offline.owed(MORNING - HOUR)
    assert found.due == MORNING + 24 * HOUR
    assert not found.is_late(MORNING + 24 * HOUR)
    assert found.is_late(MORNING + 24 * HOUR + timedelta(minutes=1))


def test_taking_back_and_a_change_with_its_reason_settle_it(station: Station) -> None:
    first, second = let_through(1, emergency=True), let_through(2, emergency=True)
    for each in (first, second):
        station.record(each, None)
    later = MORNING + HOUR
    void = replace(first, void=True, supersedes=first.inspection.id, confirmed_at=later)
    change = OutcomeChange(Outcome.REGISTER, "已补录", "王芳")
    settled = replace(second, change=change, supersedes=second.inspection.id, confirmed_at=later)
    station.record(void, None)
    assert [each.recorded.inspection.id for each in station.offline.owed(MORNING)] == [UUID(int=2)]
    station.record(settled, None)
    assert station.offline.owed(MORNING) == []
