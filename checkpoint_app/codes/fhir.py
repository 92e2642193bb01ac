"""The FHIR bundle (release 4) inside a SMART Health Card: holder, doses, newest test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from checkpoint_app.codes.unpack import (
    as_birth_date,
    as_date,
    as_moment,
    entries,
    mapping,
    plain,
)
from checkpoint_app.domain.credential import (
    Basis,
    Holder,
    NatResult,
    NucleicAcidTest,
    Vaccination,
)

_COVID_TYPE = "https://smarthealth.cards#covid19"
_COVID_CVX = frozenset(
    map(str, (207, 208, 210, 211, 212, 213, 217, 218, 219, 221, 225, 226, 227, 228, 229, 230))
) | frozenset(map(str, (*range(300, 303), *range(308, 314), *range(500, 522))))
_NEGATIVE = frozenset({"260415000", "260385009", "LA6577-6", "LA11883-8"})  # SNOMED CT, LOINC
_POSITIVE = frozenset({"260373001", "10828004", "LA6576-8", "LA11882-0"})
_GENDERS = {"male": "M", "female": "F"}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Resource = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The resources of a card; `covid` where the card as a whole says so."""

    resources: tuple[Resource, ...]
    covid: bool

    def of(self, kind: str) -> Iterator[Resource]:
        """The resources of one type."""
        return (each for each in self.resources if each.get("resourceType") == kind)


def opened(vc: object) -> Bundle:
    """The bundle of a credential; empty where there is none."""
    credential = mapping(vc)
    subject = mapping(credential.get("credentialSubject"))
    listed = entries(mapping(subject.get("fhirBundle")).get("entry"))
    types = credential.get("type")
    return Bundle(
        tuple(mapping(each.get("resource")) for each in listed),
        isinstance(types, list) and _COVID_TYPE in types,
    )


def holder(bundle: Bundle) -> Holder:
    """The patient: given names, then family name."""
    patient = next(bundle.of("Patient"), {})
    return Holder(
        name=next((name for each in entries(patient.get("name")) if (name := _name(each))), None),
        birth_date=as_birth_date(patient.get("birthDate")),
        sex=_GENDERS.get(plain(patient.get("gender")) or ""),
    )


def vaccination(bundle: Bundle, basis: Basis) -> Vaccination | None:
    """Doses against COVID-19 that were completed; a card doesn't say whether more are due."""
    given = [each for each in bundle.of("Immunization") if _is_dose(each, bundle.covid)]
    if not given:
        return None
    dates = [day for each in given if (day := as_date(each.get("occurrenceDateTime")))]
    return Vaccination(len(given), None, max(dates, default=None), basis)


def newest_test(bundle: Bundle, basis: Basis) -> NucleicAcidTest | None:
    """The newest laboratory result of a card about COVID-19."""
    if not bundle.covid:
        return None
    tests = [
        _test(each, basis) for each in bundle.of("Observation") if each.get("status") == "final"
    ]
    return max(tests, key=lambda each: each.sampled_at or _LONG_AGO, default=None)


def _name(written: Resource) -> str | None:
    given = written.get("given")
    parts = (
        [*given[:4], written.get("family")] if isinstance(given, list) else [written.get("family")]
    )
    return plain(" ".join(filter(None, map(plain, parts)))) or plain(written.get("text"))


def _is_dose(immunization: Resource, covid: bool) -> bool:
    codes = _codes(immunization.get("vaccineCode"))
    return immunization.get("status") == "completed" and (covid or bool(codes & _COVID_CVX))


def _codes(concept: object) -> frozenset[str]:
    codings = entries(mapping(concept).get("coding"))
    return frozenset(code for each in codings if isinstance(code := each.get("code"), str))


def _test(observation: Resource, basis: Basis) -> NucleicAcidTest:
    codes = _codes(observation.get("valueCodeableConcept"))
    result = NatResult.NEGATIVE if codes & _NEGATIVE else NatResult.UNKNOWN
    result = NatResult.POSITIVE if codes & _POSITIVE else result
    performers = entries(observation.get("performer"))
    laboratory = plain(performers[0].get("display")) if performers else None
    return NucleicAcidTest(
        result, as_moment(observation.get("effectiveDateTime")), laboratory, basis
    )
