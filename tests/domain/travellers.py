"""Travellers to judge: one with whom everything is normal, and changes to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from checkpoint_app.domain.credential import NatResult, NucleicAcidTest
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    ListVersions,
    Outcome,
    RecordedInspection,
    Requirement,
    TemperatureReading,
    Verdict,
)
from checkpoint_app.domain.lists import NO_HITS, ListHits
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.shipped_rules import shipped

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 23, 3, 12, tzinfo=BEIJING)
ROAD = shipped("road")
WHO = Person(name="李建国", id_number="11010519491231002X", phone="13812348888")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def code(status: CodeStatus, *findings: Code) -> HealthCode:
    return HealthCode(status, findings=tuple(Reason(each) for each in findings))


def reading(celsius: float, at: float = 0) -> TemperatureReading:
    """A reading taken `at` minutes after the first possible one, an hour ago."""
    return TemperatureReading(celsius, NOW - minutes(60) + minutes(at))


def cities(*found: City, shown: bool = True) -> Itinerary:
    return Itinerary(shown, found)


def sampled(age: timedelta | None, result: NatResult = NatResult.NEGATIVE) -> NucleicAcidTest:
    return NucleicAcidTest(result, None if age is None else NOW - age)


NORMAL = Inspection(
    id=UUID(int=1),
    opened_at=NOW,
    person=WHO,
    health_code=code(CodeStatus.GREEN),
    itinerary=cities(),
    temperatures=(reading(36.5),),
    mask=True,
)


def judge(
    policy: SitePolicy = ROAD, hits: ListHits = NO_HITS, now: datetime = NOW, **facts: Any
) -> Verdict:
    """The verdict on a normal traveller with these facts changed."""
    return decide(replace(NORMAL, **facts), policy, now=now, hits=hits)


def codes(verdict: Verdict) -> tuple[Code, ...]:
    return tuple(each.code for each in verdict.reasons)


def recorded(number: int, *, at: datetime = NOW, **changes: Any) -> RecordedInspection:
    """A stored inspection; what is no field of the record changes the traveller."""
    fields = set(RecordedInspection.__dataclass_fields__)
    facts = {key: value for key, value in changes.items() if key not in fields}
    inspection = replace(NORMAL, id=UUID(int=number), **facts)
    verdict = decide(inspection, ROAD, now=at, versions=ListVersions("default-1"))
    record = RecordedInspection(inspection, verdict, verdict.outcome, "王芳", at)
    return replace(record, **{key: changes[key] for key in changes if key in fields})


PASS, REGISTER, TURN_BACK = Outcome.PASS, Outcome.REGISTER, Outcome.TURN_BACK
INCOMPLETE, RETEST = Outcome.INCOMPLETE, Outcome.RETEST
HOLD, HAND_OVER = Outcome.HOLD, Outcome.HAND_OVER

C, S, R = Code, CodeStatus, Requirement
RISKY = cities(City("上海市", in_risk_area=True))
STARRED = cities(City("上海市", starred=True))
HOURS_48 = timedelta(hours=48)
Facts = dict[str, Any]


def needing(*more: Requirement) -> SitePolicy:
    return replace(ROAD, required=ROAD.required | set(more))


ALL = needing(*Requirement)
NOTHING = replace(ROAD, required=frozenset())
