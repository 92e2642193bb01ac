"""What supervision takes from a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest

from checkpoint_app.domain.inspection import (
    BackEntry,
    CodeStatus,
    Direction,
    HealthCode,
    Inspection,
    Itinerary,
    Outcome,
    RecordedInspection,
    TemperatureReading,
    TemperatureSource,
)
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.supervision import Fact, fact_of, facts_of
from checkpoint_app.shipped_rules import shipped

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=8)))
POLICY = shipped("road")


def recorded(*celsius: float, minutes: float = 6, **facts: object) -> RecordedInspection:
    readings = tuple(
        TemperatureReading(each, NOW + timedelta(minutes=minutes * n))
        for n, each in enumerate(celsius)
    )
    values: dict[str, object] = {
        "health_code": HealthCode(CodeStatus.GREEN), "itinerary": Itinerary(True), "mask": True,
        "symptoms": (), "temperatures": readings, **facts,
    }  # fmt: skip
    inspection = Inspection(id=uuid4(), opened_at=NOW, **values)  # type: ignore[arg-type]
    verdict = decide(inspection, POLICY, now=NOW)
    return RecordedInspection(inspection, verdict, verdict.outcome, "王芳", NOW)


def let_go(record: RecordedInspection, outcome: Outcome = Outcome.PASS) -> Fact:
    return fact_of(replace(record, outcome=outcome), POLICY)


def test_a_usual_traveller_tells_nothing() -> None:
    fact = fact_of(recorded(36.5), POLICY)
    assert (fact.first_tenths, fact.code_missing, fact.unretested) == (365, False, False)
    assert fact.by_hand


@pytest.mark.parametrize("lacking", ["health_code", "itinerary"])
def test_a_code_not_seen_counts_where_the_person_went_on(lacking: str) -> None:
    record = recorded(36.5, **{lacking: None})
    assert not fact_of(record, POLICY).code_missing  # still incomplete
    assert let_go(record).code_missing
    assert let_go(record, Outcome.REGISTER).code_missing
    assert not let_go(record, Outcome.TURN_BACK).code_missing


def test_emergencies_and_those_who_leave_are_not_watched() -> None:
    for facts in ({"emergency": True}, {"direction": Direction.OUT}):
        fact = let_go(recorded(38.2, itinerary=None, **facts))  # type: ignore[arg-type]
        assert not fact.code_missing
        assert not fact.unretested


@pytest.mark.parametrize(
    ("celsius", "minutes", "unretested"),
    [
        ((37.3,), 6, True),  # let go at once
        ((37.2,), 6, False),
        ((37.8, 36.7), 2, True),  # sooner than a retest counts
        ((37.8, 36.7), 5, False),
        ((37.8, 37.9), 6, False),  # confirmed: another rule's matter
        ((), 6, False),
    ],
)
def test_a_fever_let_go(celsius: tuple[float, ...], minutes: float, unretested: bool) -> None:
    assert let_go(recorded(*celsius, minutes=minutes)).unretested is unretested


def test_who_is_held_or_handed_over_was_not_let_go() -> None:
    for outcome in (Outcome.HOLD, Outcome.HAND_OVER, Outcome.RETEST):
        assert not let_go(recorded(38.0), outcome).unretested


def test_what_a_line_measured_or_a_lane_passed_was_not_by_hand() -> None:
    line = TemperatureReading(36.4, NOW, TemperatureSource.SERIAL)
    assert not fact_of(recorded(temperatures=(line,)), POLICY).by_hand
    assert not fact_of(replace(recorded(36.5), lane="bus"), POLICY).by_hand


def test_what_comes_from_paper_is_whose_hand_wrote_it_and_in_no_hurry() -> None:
    paper = BackEntry("1123-07", "赵敏", NOW + timedelta(hours=9))
    fact = fact_of(replace(recorded(36.5), back_entry=paper), POLICY)
    assert (fact.operator, fact.by_hand) == ("赵敏", False)


def test_what_was_taken_back_is_left_out_and_the_rest_is_by_time() -> None:
    late = replace(recorded(36.5), confirmed_at=NOW + timedelta(hours=1))
    found = facts_of([late, replace(recorded(36.5), void=True), recorded(36.6)], POLICY)
    assert [fact.first_tenths for fact in found] == [366, 365]
