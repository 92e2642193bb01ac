from datetime import UTC, datetime
from uuid import uuid4

import pytest

from checkpoint_app.desk.evidence import (
    absorb,
    health_code_of,
    is_other_person,
    recoloured,
    status_of,
)
from checkpoint_app.domain.credential import (
    Authenticity,
    Basis,
    Colour,
    Credential,
    Format,
    Holder,
)
from checkpoint_app.domain.inspection import CodeStatus, HealthCode, Inspection
from checkpoint_app.domain.person import Person

NOW = datetime(2026, 11, 23, 3, 12, tzinfo=UTC)


def code(
    kind: Format = Format.EU_DCC,
    authenticity: Authenticity = Authenticity.VALID,
    colour: Colour | None = None,
    name: str | None = None,
) -> Credential:
    signed = authenticity in (Authenticity.VALID, Authenticity.EXPIRED)
    basis = Basis.SIGNED if signed else Basis.OBSERVED
    return Credential(kind, authenticity, basis, holder=Holder(name=name), colour=colour)


def opaque(colour: Colour | None) -> Credential:
    return code(Format.CN_HEALTH_CODE, Authenticity.UNVERIFIABLE, colour)


def shown(inspection: Inspection, credential: Credential, fingerprint: str = "a") -> Inspection:
    status = status_of(credential)
    assert status is not None
    return absorb(inspection, credential, health_code_of(credential, status, fingerprint, NOW))


def nobody() -> Inspection:
    return Inspection(id=uuid4(), opened_at=NOW)


@pytest.mark.parametrize(
    ("credential", "status"),
    [
        (opaque(Colour.GREEN), CodeStatus.GREEN),
        (opaque(Colour.YELLOW), CodeStatus.YELLOW),
        (opaque(Colour.RED), CodeStatus.RED),
        (opaque(Colour.UNKNOWN), CodeStatus.UNKNOWN),
        (opaque(None), CodeStatus.UNKNOWN),
        (code(), CodeStatus.CERTIFICATE),
        (code(Format.SITE_PASS), CodeStatus.SITE_PASS),
        (code(Format.HCERT_OTHER), CodeStatus.UNVERIFIED),
        (code(authenticity=Authenticity.BAD_SIGNATURE), CodeStatus.FORGED),
        (code(authenticity=Authenticity.REVOKED), CodeStatus.FORGED),
        (code(authenticity=Authenticity.EXPIRED), CodeStatus.EXPIRED),
        (code(authenticity=Authenticity.NOT_YET_VALID), CodeStatus.UNVERIFIED),
        (code(authenticity=Authenticity.UNKNOWN_ISSUER), CodeStatus.UNVERIFIED),
        (code(authenticity=Authenticity.UNVERIFIABLE), CodeStatus.UNVERIFIED),
        (code(authenticity=Authenticity.MALFORMED), CodeStatus.UNKNOWN),
        (code(Format.UNKNOWN, Authenticity.UNVERIFIABLE, Colour.GREEN), None),
    ],
)
def test_what_a_code_counts_as(credential: Credential, status: CodeStatus | None) -> None:
    assert status_of(credential) is status


def test_only_a_verified_code_is_a_certificate() -> None:
    for authenticity in Authenticity:
        counted = status_of(code(authenticity=authenticity)) is CodeStatus.CERTIFICATE
        assert counted == (authenticity is Authenticity.VALID)


def test_a_code_fills_only_what_is_empty() -> None:
    typed = Inspection(id=uuid4(), opened_at=NOW, person=Person(name="王明"))
    assert shown(typed, code(name="Marco Rossi")).person.name == "王明"
    assert shown(nobody(), code(name="Marco Rossi")).person.name == "Marco Rossi"


def test_a_forged_code_fills_nothing() -> None:
    forged = code(authenticity=Authenticity.BAD_SIGNATURE, name="Marco Rossi")
    seen = shown(nobody(), forged)
    assert seen.person.name is None
    assert seen.health_code is not None
    assert seen.health_code.status is CodeStatus.FORGED


@pytest.mark.parametrize("first", [Colour.RED, Colour.YELLOW])
def test_a_bad_colour_is_not_talked_away_by_a_green_one(first: Colour) -> None:
    seen = shown(shown(nobody(), opaque(first), "a"), opaque(Colour.GREEN), "b")
    assert seen.health_code is not None
    assert seen.health_code.status.value == first.value


def test_a_better_try_replaces_an_expired_code() -> None:
    expired = code(authenticity=Authenticity.EXPIRED)
    seen = shown(shown(nobody(), expired, "a"), opaque(Colour.GREEN), "b")
    assert seen.health_code is not None
    assert seen.health_code.status is CodeStatus.GREEN


@pytest.mark.parametrize("first", [opaque(Colour.GREEN), opaque(Colour.RED), code(name="Rossi")])
@pytest.mark.parametrize(
    "second", [opaque(Colour.GREEN), opaque(Colour.YELLOW), code(name="Lovelace")]
)
def test_a_second_code_after_a_good_or_bad_one_is_someone_elses(
    first: Credential, second: Credential
) -> None:
    current = shown(nobody(), first, "a")
    assert is_other_person(current, second, "b")
    assert not is_other_person(current, first, "a")


def test_after_a_code_that_proved_nothing_another_is_a_better_try() -> None:
    expired = shown(nobody(), code(authenticity=Authenticity.EXPIRED), "a")
    assert not is_other_person(expired, opaque(Colour.GREEN), "b")


def test_another_signed_name_is_someone_else() -> None:
    current = shown(nobody(), code(name="Marco Rossi"), "a")
    assert is_other_person(current, code(Format.SMART_HEALTH_CARD, name="Ada Lovelace"), "b")
    assert not is_other_person(current, code(Format.SMART_HEALTH_CARD, name="Marco Rossi"), "b")


@pytest.mark.parametrize(
    ("before", "colour", "after"),
    [
        (CodeStatus.UNKNOWN, Colour.GREEN, CodeStatus.GREEN),
        (CodeStatus.GREEN, Colour.YELLOW, CodeStatus.YELLOW),
        (CodeStatus.GREEN, Colour.RED, CodeStatus.RED),
        (CodeStatus.YELLOW, Colour.GREEN, CodeStatus.YELLOW),
        (CodeStatus.RED, Colour.GREEN, CodeStatus.RED),
        (CodeStatus.GREEN, Colour.UNKNOWN, CodeStatus.GREEN),
        (CodeStatus.GREEN, None, CodeStatus.GREEN),
        (CodeStatus.EXPIRED, Colour.GREEN, CodeStatus.EXPIRED),
    ],
)
def test_of_two_looks_at_one_code_the_worse_counts(
    before: CodeStatus, colour: Colour | None, after: CodeStatus
) -> None:
    assert recoloured(HealthCode(before), colour).status is after


def test_a_colour_never_changes_what_was_signed() -> None:
    signed = HealthCode(CodeStatus.GREEN, Basis.ONLINE)
    assert recoloured(signed, Colour.RED) is signed
