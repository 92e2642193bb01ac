"""Recorded inspections to test with: plain ones, and any that the domain allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st

from checkpoint_app.domain.credential import Basis, Format, NucleicAcidTest, Vaccination
from checkpoint_app.domain.inspection import (
    City,
    HealthCode,
    Inspection,
    Itinerary,
    Journey,
    ListVersions,
    Outcome,
    OutcomeChange,
    RecordedInspection,
    Requirement,
    Symptom,
    TemperatureReading,
    Unvaccinated,
    Verdict,
)
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.register import Period

HERE = timezone(timedelta(hours=8))
MORNING = datetime(2022, 3, 14, 8, 0, tzinfo=HERE)
DAY = Period(MORNING.replace(hour=0), MORNING.replace(hour=0) + timedelta(days=1))


def recorded(
    name: str | None = "王小明",
    outcome: Outcome = Outcome.PASS,
    *,
    minute: float = 0,
    reasons: tuple[Code, ...] = (),
    person: Person | None = None,
    plate: str | None = "豫A12345",
    **rest: Any,
) -> RecordedInspection:
    """One inspection, `minute` minutes into the morning."""
    at = MORNING + timedelta(minutes=minute)
    whose = person or Person(name=name, id_number="410102199003078432", phone="13812345678")
    inspection = Inspection(
        id=uuid4(),
        opened_at=at - timedelta(seconds=8),
        person=whose,
        journey=Journey(plate=plate, destination="开封市"),
        temperatures=(TemperatureReading(36.5, at),),
        mask=True,
    )
    why = tuple(Reason(code, "说明") for code in reasons)
    verdict = Verdict(outcome, why, (), outcome, ListVersions("default-1"))
    return RecordedInspection(inspection, verdict, outcome, "李四", at, **rest)


def correction(
    of: RecordedInspection, outcome: Outcome, *, minute: float = 1, **rest: Any
) -> RecordedInspection:
    """An officer's change of an inspection's outcome."""
    return replace(
        of,
        outcome=outcome,
        change=OutcomeChange(outcome, "复核后更改", "李四"),
        supersedes=of.inspection.id,
        confirmed_at=of.confirmed_at + timedelta(minutes=minute),
        **rest,
    )


_texts = st.none() | st.text(max_size=12)
_times = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, HERE, timezone(timedelta(hours=-3, minutes=-30))]),
)
_celsius = st.integers(200, 500).map(lambda tenths: tenths / 10)
_maybe = st.none() | st.booleans()


def _several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(one, max_size=3).map(tuple)


_people = st.builds(
    Person,
    name=_texts,
    id_number=_texts,
    phone=_texts,
    birth_date=_texts,
    residence=_texts,
    guardian=_texts,
)
_reasons = _several(st.builds(Reason, detail=_texts))
_health_codes = st.builds(
    HealthCode,
    issuer=_texts,
    format=st.none() | st.sampled_from(Format),
    seen_at=st.none() | _times,
    fingerprint=_texts,
    findings=_reasons,
)
_cities = st.builds(City, name=st.text(max_size=8), division_code=_texts, in_risk_area=_maybe)
_changes = st.builds(OutcomeChange, reason=st.text(max_size=8), call_back=_texts)

any_inspection = st.builds(
    Inspection,
    opened_at=_times,
    person=_people,
    journey=st.builds(
        Journey,
        plate=_texts,
        origin=_texts,
        receiver=_texts,
        transport=_texts,
        left_area_at=_texts,
    ),
    unvaccinated=st.none() | st.sampled_from(Unvaccinated),
    health_code=st.none() | _health_codes,
    itinerary=st.none() | st.builds(Itinerary, cities=_several(_cities), phone=_texts),
    test=st.none() | st.builds(NucleicAcidTest, sampled_at=st.none() | _times),
    vaccination=st.none() | st.builds(Vaccination, last_on=st.none() | st.dates()),
    temperatures=_several(st.builds(TemperatureReading, celsius=_celsius, taken_at=_times)),
    symptoms=st.none() | _several(st.sampled_from(Symptom)),
    mask=_maybe,
    note=_texts,
    fields_basis=_several(st.tuples(st.text(max_size=5), st.sampled_from(Basis))),
)
any_recorded = st.builds(
    RecordedInspection,
    inspection=any_inspection,
    verdict=st.builds(
        Verdict,
        reasons=_reasons,
        missing=_several(st.sampled_from(Requirement)),
        versions=st.builds(ListVersions, trust=_texts),
    ),
    operator=st.text(max_size=8),
    confirmed_at=_times,
    change=st.none() | _changes,
    parked_for=st.none() | _celsius,
)
