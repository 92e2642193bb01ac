"""What an officer's hands do to an inspection. Pure: each gives the changed inspection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from checkpoint_app.divisions import code_of
from checkpoint_app.domain.credential import Basis
from checkpoint_app.domain.fever import is_normal, tenths
from checkpoint_app.domain.inspection import (
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    TemperatureReading,
    TemperatureSource,
)
from checkpoint_app.domain.person import (
    DocumentKind,
    IdCard,
    Person,
    narrow,
    plain_text,
    read_document,
    read_id_card,
    read_phone,
    tidy_name,
)
from checkpoint_app.domain.plate import tidy_plate
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.domain.travel import tidy_moment

PERSON_FIELDS = frozenset({
    "name", "id_number", "phone", "residence", "unit", "guardian", "sex", "birth_date",
})  # fmt: skip
JOURNEY_FIELDS = frozenset({
    "plate", "origin", "destination", "receiver", "purpose", "transport", "left_area_at",
})  # fmt: skip


def with_field(
    inspection: Inspection, name: str, text: str, today: date, county: str = ""
) -> Inspection:
    """The inspection with one field as typed; an empty text means not known.

    A place is known by its division too, where the text tells which; `county` is the site's.
    """
    value = _tidy(name, text, today) or None
    if name in JOURNEY_FIELDS:
        journey = replace(inspection.journey, **{name: value})
        if name == "origin":
            journey = replace(journey, origin_code=code_of(value, county))
        return replace(inspection, journey=journey)
    if name not in PERSON_FIELDS:
        return replace(inspection, note=value)
    named: dict[str, Any] = {name: value}
    person = replace(inspection.person, **named)
    if name == "id_number":
        person = _with_number(person, today)
    if name == "residence":
        person = replace(person, residence_code=code_of(value, county))
    bases = {key: basis for key, basis in inspection.fields_basis if key != name}
    if value is not None:
        bases[name] = Basis.DECLARED
    return replace(inspection, person=person, fields_basis=tuple(sorted(bases.items())))


def _tidy(name: str, text: str, today: date) -> str | None:
    """As it is kept; a number that is no number yet stays as typed, to be seen and mended."""
    if name == "name":
        return tidy_name(text)
    if name == "phone":
        return read_phone(text) or plain_text(text)
    if name == "left_area_at":
        return tidy_moment(text, today)
    return tidy_plate(text) if name == "plate" else plain_text(narrow(text))


def _with_number(person: Person, today: date) -> Person:
    """The number itself says sex and birth date; one that isn't an ID card's says nothing."""
    found = read_id_card(person.id_number or "", today)
    if isinstance(found, IdCard):
        return replace(
            person,
            id_number=found.number,
            document=DocumentKind.ID_CARD,
            sex=found.sex,
            birth_date=found.birth_date.isoformat(),
        )
    passport = read_document(DocumentKind.PASSPORT, person.id_number, today)
    if passport is not None and passport[:1].isalpha():
        return replace(person, id_number=passport, document=DocumentKind.PASSPORT)
    return replace(person, document=DocumentKind.ID_CARD)


def with_places(itinerary: Itinerary, county: str) -> Itinerary:
    """The itinerary with the divisions that its cities' names mean."""
    return replace(
        itinerary,
        cities=tuple(
            each
            if each.division_code is not None
            else replace(each, division_code=code_of(each.name, county))
            for each in itinerary.cities
        ),
    )


def with_reading(
    inspection: Inspection,
    celsius: float,
    source: TemperatureSource,
    policy: SitePolicy,
    now: datetime,
) -> Inspection:
    """The inspection with a reading. After a normal one, typing again corrects it; after a fever
    or an impossible one, it is a retest and both stay on the record."""
    in_tenths = tenths(celsius)
    if in_tenths is None:
        return inspection
    reading = TemperatureReading(in_tenths / 10, now, source)
    before = inspection.temperatures
    if before and is_normal(before[-1], policy):
        before = before[:-1]
    return replace(inspection, temperatures=(*before, reading))


def without_last_reading(inspection: Inspection) -> Inspection:
    """The inspection with its last reading taken back (a slip of the finger)."""
    return replace(inspection, temperatures=inspection.temperatures[:-1])


def with_code_by_eye(inspection: Inspection, status: CodeStatus, now: datetime) -> Inspection:
    """The health code as the officer saw it, or that there is none (no phone)."""
    basis = Basis.DECLARED if status is CodeStatus.NONE else Basis.OBSERVED
    kept = inspection.health_code
    fingerprint = kept.fingerprint if kept is not None else None
    code = HealthCode(status=status, basis=basis, seen_at=now, fingerprint=fingerprint)
    return replace(inspection, health_code=code)
