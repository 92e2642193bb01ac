"""What the health code's state and findings come to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkpoint_app.domain.inspection import (
    CodeStatus,
    Outcome,
)
from checkpoint_app.domain.person import DocumentKind, Person
from checkpoint_app.domain.reasons import Code

from .travellers import (
    HAND_OVER,
    HOLD,
    INCOMPLETE,
    NOTHING,
    PASS,
    REGISTER,
    ROAD,
    WHO,
    C,
    R,
    S,
    code,
    codes,
    judge,
)

STATUSES = [
    (S.GREEN, PASS, ()),
    (S.RED, HAND_OVER, (C.RED_CODE,)),
    (S.YELLOW, HOLD, (C.YELLOW_CODE,)),
    (S.FORGED, HOLD, (C.FORGED_CODE,)),
    (S.GREY, INCOMPLETE, (C.GREY_CODE,)),
    (S.EXPIRED, INCOMPLETE, (C.CODE_EXPIRED,)),
    (S.NOT_FOUND, INCOMPLETE, (C.CODE_NOT_FOUND,)),
    (S.FAILED, INCOMPLETE, (C.CODE_FAILED,)),
    (S.TIMED_OUT, INCOMPLETE, (C.CODE_TIMED_OUT,)),
    (S.UNVERIFIED, INCOMPLETE, (C.CODE_UNVERIFIED,)),
    (S.UNKNOWN, INCOMPLETE, (C.CODE_COLOUR_UNKNOWN,)),
    (S.CERTIFICATE, PASS, ()),
    (S.NONE, REGISTER, (C.NO_PHONE,)),
    (S.SITE_PASS, INCOMPLETE, (C.HEALTH_CODE_MISSING,)),
]


def test_the_table_of_statuses_is_complete() -> None:
    assert {row[0] for row in STATUSES} == set(CodeStatus)


@pytest.mark.parametrize(("status", "outcome", "reasons"), STATUSES)
def test_status_at_a_road(status: S, outcome: Outcome, reasons: tuple[Code, ...]) -> None:
    verdict = judge(health_code=code(status))
    assert (verdict.outcome, codes(verdict)) == (outcome, reasons)
    missing = (R.HEALTH_CODE,) if C.HEALTH_CODE_MISSING in reasons else ()
    assert verdict.missing == missing
    assert verdict.would_be == (PASS if missing else outcome)


@pytest.mark.parametrize(("status", "outcome", "reasons"), STATUSES)
def test_status_where_no_code_is_asked_for(
    status: S, outcome: Outcome, reasons: tuple[Code, ...]
) -> None:
    verdict = judge(NOTHING, health_code=code(status))
    expected = () if C.HEALTH_CODE_MISSING in reasons else reasons
    assert codes(verdict) == expected
    assert verdict.outcome is (outcome if expected else PASS)


@pytest.mark.parametrize("status", [S.GREEN, S.CERTIFICATE, S.NONE, S.SITE_PASS])
def test_a_kind_of_code_that_is_not_accepted_is_as_good_as_none(status: S) -> None:
    nothing_accepted = replace(ROAD, accepted_codes=frozenset())
    verdict = judge(nothing_accepted, health_code=code(status))
    assert codes(verdict) == (C.HEALTH_CODE_MISSING,)
    assert verdict.would_be is INCOMPLETE  # nothing would do here


@pytest.mark.parametrize("status", [S.GREY, S.EXPIRED, S.NOT_FOUND, S.FAILED, S.TIMED_OUT])
def test_a_failed_code_is_no_missing_code_and_stays_after_a_normal_temperature(status: S) -> None:
    verdict = judge(health_code=code(status), temperatures=())
    assert verdict.missing == (R.TEMPERATURE,)
    assert verdict.would_be is INCOMPLETE


@pytest.mark.parametrize(
    ("status", "finding", "outcome", "reasons"),
    [
        (S.GREEN, C.CODE_OF_ANOTHER, HOLD, (C.CODE_OF_ANOTHER,)),
        (S.GREEN, C.HOLDER_MISMATCH, INCOMPLETE, (C.HOLDER_MISMATCH,)),
        (S.GREEN, C.CLOCK_FROZEN, INCOMPLETE, (C.CLOCK_FROZEN,)),
        (S.GREEN, C.CLOCK_OFF, INCOMPLETE, (C.CLOCK_OFF,)),
        (S.GREEN, C.OFFLINE_MODE, REGISTER, (C.OFFLINE_MODE,)),
        (S.GREEN, C.LIST_OLD, PASS, (C.LIST_OLD,)),
        (S.GREEN, C.SEEN_ONLY, PASS, ()),
        (S.GREEN, C.ISSUER_BY_PATTERN, PASS, ()),
        (S.GREEN, C.UNKNOWN_ISSUER, PASS, ()),
        (S.CERTIFICATE, C.HOLDER_MISMATCH, INCOMPLETE, (C.HOLDER_MISMATCH,)),
        (S.FORGED, C.BAD_SIGNATURE, HOLD, (C.FORGED_CODE, C.BAD_SIGNATURE)),
        (S.FORGED, C.REVOKED, HOLD, (C.FORGED_CODE, C.REVOKED)),
        (S.UNVERIFIED, C.UNKNOWN_ISSUER, INCOMPLETE, (C.CODE_UNVERIFIED, C.UNKNOWN_ISSUER)),
        (S.UNVERIFIED, C.LIST_TOO_OLD, INCOMPLETE, (C.CODE_UNVERIFIED, C.LIST_TOO_OLD)),
        (S.UNVERIFIED, C.NO_TRUST_LIST, INCOMPLETE, (C.CODE_UNVERIFIED, C.NO_TRUST_LIST)),
        (S.EXPIRED, C.CERTIFICATE_EXPIRED, INCOMPLETE, (C.CODE_EXPIRED, C.CERTIFICATE_EXPIRED)),
        (S.UNKNOWN, C.SEEN_ONLY, INCOMPLETE, (C.CODE_COLOUR_UNKNOWN,)),
        (S.RED, C.CLOCK_FROZEN, HAND_OVER, (C.RED_CODE, C.CLOCK_FROZEN)),
        (S.YELLOW, C.CODE_OF_ANOTHER, HOLD, (C.YELLOW_CODE, C.CODE_OF_ANOTHER)),
    ],
)
def test_findings_about_the_code(
    status: S, finding: Code, outcome: Outcome, reasons: tuple[Code, ...]
) -> None:
    verdict = judge(health_code=code(status, finding))
    assert (verdict.outcome, codes(verdict)) == (outcome, reasons)


@pytest.mark.parametrize(
    ("person", "enough"),
    [
        (WHO, True),
        (replace(WHO, phone=None), True),
        (Person(), False),
        (replace(WHO, name=None), False),
        (replace(WHO, name="  \u200b "), False),
        (replace(WHO, id_number=None), False),
        (replace(WHO, id_number="110105194912310021"), False),  # wrong check digit
        (replace(WHO, id_number="11010519491231002x"), True),
        (replace(WHO, id_number="110105491231002"), True),
        (replace(WHO, id_number="E12345678", document=DocumentKind.PASSPORT), True),
        (replace(WHO, id_number="E12345678"), False),  # said to be an ID card
        (replace(WHO, id_number="H12345678", document=DocumentKind.TRAVEL_PERMIT), True),
        (replace(WHO, id_number="XYZ", document=DocumentKind.TRAVEL_PERMIT), False),
        (replace(WHO, id_number="户口簿 0123", document=DocumentKind.OTHER), True),
        (replace(WHO, id_number="", document=DocumentKind.OTHER), False),
    ],
)
def test_without_a_phone_name_and_document_are_needed(person: Person, enough: bool) -> None:
    verdict = judge(health_code=code(S.NONE), person=person)
    if enough:
        assert (verdict.outcome, codes(verdict)) == (REGISTER, (C.NO_PHONE,))
    else:
        assert (verdict.outcome, codes(verdict)) == (INCOMPLETE, (C.IDENTITY_MISSING, C.NO_PHONE))


def test_offline_mode_needs_name_and_document_too() -> None:
    verdict = judge(health_code=code(S.GREEN, C.OFFLINE_MODE), person=Person())
    assert (verdict.outcome, codes(verdict)) == (INCOMPLETE, (C.IDENTITY_MISSING, C.OFFLINE_MODE))
