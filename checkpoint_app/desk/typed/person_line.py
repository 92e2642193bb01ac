"""One line of JSON -> one typed person, or what is wrong with the line.

All but `at` may be missing: that is not known then, and nothing is presumed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from checkpoint_app.desk.typed.fields import FieldFault, Fields
from checkpoint_app.divisions import code_of, names
from checkpoint_app.domain.credential import (
    Basis,
    NatResult,
    NucleicAcidTest,
    Vaccination,
)
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    Direction,
    HealthCode,
    Inspection,
    Itinerary,
    Journey,
    Replacement,
    Symptom,
    TemperatureReading,
    Unvaccinated,
)
from checkpoint_app.domain.person import DocumentKind, Person, narrow, read_phone, tidy_name
from checkpoint_app.domain.plate import tidy_plate
from checkpoint_app.domain.purpose import Purpose, purpose_of
from checkpoint_app.domain.returnee import Abroad, Certificate
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.domain.travel import tidy_moment
from checkpoint_app.store.identity import uuid7

LONGEST_LINE = 64 * 1024  # bytes
MOST_READINGS = 20
MOST_DOSES = 20

KNOWN = frozenset({
    "at", "name", "id_number", "phone", "plate", "residence", "from", "cities", "health_code",
    "itinerary_shown", "temperature_c", "mask", "symptoms", "contact", "direction", "purpose",
    "party", "nat", "doses", "community_acceptance", "abroad", "destination", "receiver", "local",
    "emergency", "replacement", "vouched_by", "unit", "guardian", "unvaccinated", "transport",
    "left_area_at",
})  # fmt: skip
_SYMPTOMS = {
    **{each.value: each for each in Symptom},
    "dry_cough": Symptom.COUGH, "干咳": Symptom.COUGH, "咳嗽": Symptom.COUGH,
    "乏力": Symptom.FATIGUE, "weakness": Symptom.FATIGUE,
    "腹泻": Symptom.DIARRHOEA, "diarrhea": Symptom.DIARRHOEA,
    "咽痛": Symptom.SORE_THROAT, "呼吸困难": Symptom.SHORT_BREATH,
    "嗅味觉减退": Symptom.NO_TASTE_SMELL,
}  # fmt: skip
_CODES = frozenset(CodeStatus) - {CodeStatus.CERTIFICATE, CodeStatus.SITE_PASS}


@dataclass(frozen=True, slots=True)
class Place:
    """What a line is read by: the station's offset, and the rules with county and purposes."""

    zone: tzinfo | None
    policy: SitePolicy

    @property
    def county(self) -> str:
        """The site's own county."""
        return self.policy.county_code


@dataclass(frozen=True, slots=True)
class Typed:
    """A person as typed; `ignored` names fields that nobody knows."""

    inspection: Inspection
    at: datetime
    party: str | None = None
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineFault:
    """Why a line is nobody: a stable code, and the field where there is one."""

    code: str
    field: str | None = None


def read_line(line: bytes, place: Place) -> Typed | LineFault:
    """The person on a line. Never raises, whatever the line is."""
    if len(line) > LONGEST_LINE:
        return LineFault("line_too_long")
    try:
        data: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return LineFault("line_not_json")
    if not isinstance(data, dict):
        return LineFault("line_not_json")
    try:
        return _typed(Fields(data, place.zone), place)
    except FieldFault as fault:
        return LineFault("field_wrong", fault.field)


def _typed(fields: Fields, place: Place) -> Typed:
    at = fields.moment("at")
    if at is None:
        raise FieldFault("at")
    party = fields.text("party")
    purpose = fields.text("purpose")
    urgent = purpose_of(purpose, place.policy) is Purpose.EMERGENCY
    inspection = Inspection(
        id=uuid7(at),
        opened_at=at,
        direction=fields.word("direction", Direction) or Direction.IN,
        person=_person(fields, place),
        journey=_journey(fields, purpose, at, place),
        health_code=_health_code(fields, at),
        itinerary=_itinerary(fields, place),
        test=_test(fields),
        vaccination=_vaccination(fields),
        unvaccinated=fields.word("unvaccinated", Unvaccinated),
        temperatures=_readings(fields, at, place),
        mask=fields.flag("mask"),
        symptoms=_symptoms(fields),
        contact=fields.flag("contact"),
        community_acceptance=fields.flag("community_acceptance"),
        local=fields.flag("local"),
        emergency=bool(fields.flag("emergency")) or urgent,
        abroad=_abroad(fields),
        replacement=fields.word("replacement", Replacement),
        vouched_by=fields.text("vouched_by"),
        party=party,
    )
    return Typed(inspection, at, party, tuple(sorted(fields.data.keys() - KNOWN)))


def _person(fields: Fields, place: Place) -> Person:
    number, phone, residence = map(fields.text, ("id_number", "phone", "residence"))
    compact = "".join(narrow(number or "").split())
    kind = DocumentKind.ID_CARD if len(compact) in (15, 18) else DocumentKind.PASSPORT
    return Person(
        name=tidy_name(fields.text("name")),
        id_number=number,
        document=kind,
        phone=read_phone(phone) or phone,
        residence=residence,
        residence_code=code_of(residence, place.county),
        unit=fields.text("unit"),
        guardian=fields.text("guardian"),
    )


def _journey(fields: Fields, purpose: str | None, at: datetime, place: Place) -> Journey:
    plate, origin = fields.text("plate"), fields.text("from")
    return Journey(
        plate=tidy_plate(plate) or plate,
        origin=origin,
        destination=fields.text("destination"),
        receiver=fields.text("receiver"),
        purpose=purpose,
        origin_code=code_of(origin, place.county),
        transport=fields.text("transport"),
        left_area_at=tidy_moment(fields.text("left_area_at"), at.date()) or None,
    )


def _health_code(fields: Fields, at: datetime) -> HealthCode | None:
    status = fields.word("health_code", CodeStatus)
    if status is None:
        return None
    if status not in _CODES:
        raise FieldFault("health_code")
    return HealthCode(status, seen_at=at)


def _itinerary(fields: Fields, place: Place) -> Itinerary | None:
    """The card, or what was declared; somebody without a phone declares by naming where from."""
    shown, cities = fields.flag("itinerary_shown"), fields.items("cities")
    no_phone = fields.data.get("health_code") == CodeStatus.NONE.value
    declared = cities is not None or (no_phone and fields.text("from") is not None)
    if not (shown or declared):
        return None
    passed = tuple(_city(each, fields, place) for each in cities or ())
    basis = Basis.OBSERVED if shown else Basis.DECLARED
    return Itinerary(bool(shown), passed, basis, fields.text("phone"))


def _city(value: Any, fields: Fields, place: Place) -> City:
    if isinstance(value, str | int) and not isinstance(value, bool):
        value = {"name": value}
    if not isinstance(value, dict):
        raise FieldFault("cities")
    city = Fields(value, fields.zone, "cities.")
    name = city.text("name")
    if name is None:
        raise FieldFault("cities.name")
    answer = city.flag("in_risk_area")
    code = code_of(city.text("code") or name, place.county)
    named = names().get(name, name)  # typed as a code: told by its name
    return City(named, bool(city.flag("starred")), code, answer)


def _test(fields: Fields) -> NucleicAcidTest | None:
    said = fields.part("nat")
    if said is None:
        return None
    result = said.word("result", NatResult) or NatResult.UNKNOWN
    return NucleicAcidTest(result, said.moment("at"))


def _vaccination(fields: Fields) -> Vaccination | None:
    doses = fields.count("doses", MOST_DOSES)
    return None if doses is None else Vaccination(doses, basis=Basis.DECLARED)


def _readings(fields: Fields, at: datetime, place: Place) -> tuple[TemperatureReading, ...]:
    """The readings, taken far enough apart and the last one now."""
    values = fields.numbers("temperature_c", MOST_READINGS)
    return tuple(
        TemperatureReading(value, at - place.policy.retest_after * (len(values) - number))
        for number, value in enumerate(values, 1)
    )


def _symptoms(fields: Fields) -> tuple[Symptom, ...] | None:
    """Symptoms by their words; one that has no word of its own is another one."""
    said = fields.texts("symptoms")
    if said is None:
        return None
    found = (_SYMPTOMS.get(each.strip().lower(), Symptom.OTHER) for each in said if each.strip())
    return tuple(dict.fromkeys(found))


def _abroad(fields: Fields) -> Abroad | None:
    said = fields.part("abroad")
    if said is None:
        return None
    papers = said.texts("certificates") or ()
    known = {each.value: each for each in Certificate}
    if not set(papers) <= known.keys():
        raise FieldFault("abroad.certificates")
    seen = tuple(each for each in Certificate if each.value in papers)
    return Abroad(said.day("arrived"), seen)
