"""The EU Digital COVID Certificate inside an HC1 envelope (schema versions 1.0 to 1.3).

Value sets change faster than programs: unknown codes for vaccines or tests are not a fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from checkpoint_app.codes.reader import Judgement
from checkpoint_app.codes.unpack import (
    Fault,
    as_birth_date,
    as_date,
    as_moment,
    dose_number,
    entries,
    mapping,
    plain,
)
from checkpoint_app.domain.credential import (
    Basis,
    Credential,
    Format,
    Holder,
    NatResult,
    NucleicAcidTest,
    Vaccination,
)

_COVID = "840539006"  # disease targeted (SNOMED CT)
_RESULTS = {"260415000": NatResult.NEGATIVE, "260373001": NatResult.POSITIVE}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate's content; `kinds` are the groups that it fills: "v", "t", "r"."""

    names: Mapping[Any, Any]
    birth_date: object
    groups: Mapping[str, list[Mapping[Any, Any]]]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of certificate, as key usages limit them."""
        return frozenset(self.groups)


def opened(claim: object) -> Certificate | Fault:
    """The content of subclaim 1, or a fault where its frame is not that of a certificate."""
    found = mapping(claim)
    groups = {kind: found.get(kind) for kind in ("v", "t", "r") if found.get(kind)}
    if not isinstance(found.get("nam"), Mapping) or not groups:
        return Fault()
    read = {kind: entries(group) for kind, group in groups.items()}
    if any(
        not isinstance(group, list) or len(group) != len(read[kind])
        for kind, group in groups.items()
    ):
        return Fault()
    return Certificate(found["nam"], found.get("dob"), read)


def described(certificate: Certificate, judgement: Judgement) -> Credential:
    """The answer for this content, as the signature's judgement lets it be believed."""
    return Credential(
        Format.EU_DCC,
        judgement.authenticity,
        judgement.basis,
        issuer=_country(certificate),
        holder=Holder(_name(certificate.names), as_birth_date(certificate.birth_date)),
        reasons=judgement.reasons,
        test=_test(certificate, judgement.basis),
        vaccination=_vaccination(certificate, judgement.basis),
    )


def _name(names: Mapping[Any, Any]) -> str | None:
    """Given names, then family name; as transliterated where not written otherwise."""
    parts = (
        plain(names.get(kind)) or (plain(names.get(f"{kind}t")) or "").replace("<", " ")
        for kind in ("gn", "fn")
    )
    return plain(" ".join(parts))


def _country(certificate: Certificate) -> str | None:
    every = (each for group in certificate.groups.values() for each in group)
    return next((co for each in every if (co := plain(each.get("co"), 60))), None)


def _about_covid(certificate: Certificate, kind: str) -> list[Mapping[Any, Any]]:
    return [each for each in certificate.groups.get(kind, []) if each.get("tg") == _COVID]


def _test(certificate: Certificate, basis: Basis) -> NucleicAcidTest | None:
    """The newest test."""
    tests = [
        NucleicAcidTest(
            _RESULTS.get(plain(each.get("tr")) or "", NatResult.UNKNOWN),
            as_moment(each.get("sc")),
            plain(each.get("tc")),
            basis,
        )
        for each in _about_covid(certificate, "t")
    ]
    return max(tests, key=lambda each: each.sampled_at or _LONG_AGO, default=None)


def _vaccination(certificate: Certificate, basis: Basis) -> Vaccination | None:
    """The entry with the latest dose; complete when as many doses as the series has."""
    given = _about_covid(certificate, "v")
    newest = max(given, key=lambda each: as_date(each.get("dt")) or date.min, default=None)
    if newest is None:
        return None
    doses, series = dose_number(newest.get("dn")), dose_number(newest.get("sd"))
    complete = doses >= series if doses and series else None
    return Vaccination(doses, complete, as_date(newest.get("dt")), basis)
