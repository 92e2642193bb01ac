"""SMART Health Cards: issuers, keys, revocations, times; and what is read out of them."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from checkpoint_app.codes import Trust, read
from checkpoint_app.codes.trust import TrustFile
from checkpoint_app.domain.credential import Basis, Credential, NatResult, Vaccination

from .makers import (
    DAY,
    ISS,
    base64url,
    card,
    card_list,
    card_payload,
    curve_key,
    dcc_list,
    public_jwk,
)
from .vectors import TODAY, as_qr, trust_file

KID = public_jwk(curve_key())["kid"]
DOSE = {
    "resourceType": "Immunization",
    "status": "completed",
    "vaccineCode": {"coding": [{"code": "207"}]},
    "occurrenceDateTime": "2026-01-02",
}
RESULT = {
    "resourceType": "Observation",
    "status": "final",
    "valueCodeableConcept": {"coding": [{"code": "260373001"}]},
    "effectiveDateTime": "2026-11-22T10:00:00Z",
    "performer": [{"display": "Lab"}],
}


def shown(text: str, *files: TrustFile, at: datetime = TODAY) -> Credential:
    return read(text, Trust.of(files), at)


def outcome(found: Credential) -> tuple[str, str, list[str]]:
    reasons = [reason.code.value for reason in found.reasons]
    return found.authenticity.value, found.basis.value, reasons


def with_rid(rid: Any, **changed: Any) -> str:
    payload = card_payload(**changed)
    payload["vc"]["rid"] = rid
    return card(payload)


def test_a_good_card_is_read() -> None:
    found = shown(card(card_payload(DOSE, DOSE, RESULT)), card_list())
    assert outcome(found) == ("valid", "signed", [])
    assert found.issuer == "Cards"
    assert (found.holder.name, found.holder.birth_date, found.holder.sex) == (
        "Na Li",
        "1990-05",
        "F",
    )
    assert found.vaccination == Vaccination(2, None, date(2026, 1, 2), Basis.SIGNED)
    assert found.test is not None
    assert (found.test.result, found.test.laboratory) == (NatResult.POSITIVE, "Lab")


def test_a_good_signature_of_an_unlisted_issuer_is_an_unknown_issuer() -> None:
    text = card(card_payload(iss="https://other.example"))
    assert outcome(shown(text, card_list())) == ("unknown_issuer", "observed", ["unknown_issuer"])
    assert shown(text, card_list()).issuer == "https://other.example"


def test_a_key_that_the_issuer_does_not_have() -> None:
    text = card(key=curve_key("other"))
    assert outcome(shown(text, card_list())) == ("unknown_issuer", "observed", ["unknown_key"])


def test_certificates_brought_along_are_never_looked_at() -> None:
    key = curve_key("other")
    text = card(key=key, x5c=["MII"], jwk=public_jwk(key), jku=ISS)
    assert outcome(shown(text, card_list()))[2] == ["unknown_key"]


def test_a_forged_card() -> None:
    text = card(key=curve_key("other"), kid=KID)
    assert outcome(shown(text, card_list())) == ("bad_signature", "observed", ["bad_signature"])


@pytest.mark.parametrize("alg", ["none", "HS256", "ES384", None, 7])
def test_another_algorithm_is_never_valid(alg: Any) -> None:
    found = shown(card(alg=alg), card_list())
    assert found.authenticity.value in ("bad_signature", "malformed")


def test_a_missing_zip_is_malformed_though_signed() -> None:
    assert outcome(shown(card(zip=None), card_list())) == ("malformed", "observed", ["malformed"])


@pytest.mark.parametrize(
    ("rids", "rid", "revoked"),
    [
        (["abc"], "abc", True),
        (["abc"], "abd", False),
        ([f"abc.{int(TODAY.timestamp())}"], "abc", True),
        ([f"abc.{int(TODAY.timestamp()) - 3600}"], "abc", False),
        (["abc.soon"], "abc", True),
        (["abc"], None, False),
        (["abc"], ["abc"], False),
        ([7, "abc"], "abc", True),
    ],
)
def test_revocation(rids: list[Any], rid: Any, revoked: bool) -> None:
    listed = card_list(crls=[{"kid": KID, "method": "rid", "ctr": 1, "rids": rids}])
    expected = ("revoked", "signed", ["revoked"]) if revoked else ("valid", "signed", [])
    assert outcome(shown(with_rid(rid), listed)) == expected


def test_revocations_from_a_file_of_their_own() -> None:
    listed = json.dumps({"kid": KID, "method": "rid", "ctr": 1, "rids": ["abc"]}).encode()
    found = shown(with_rid("abc"), card_list(), trust_file("crl", listed))
    assert outcome(found)[0] == "revoked"


def test_old_revocations_prove_nothing() -> None:
    listed = json.dumps({"kid": KID, "method": "rid", "ctr": 1, "rids": ["abc"]}).encode()
    old = trust_file("crl", listed, TODAY - 8 * DAY)
    assert outcome(shown(card(), card_list(), old)) == (
        "unverifiable",
        "observed",
        ["list_too_old"],
    )
    assert outcome(shown(with_rid("abc"), card_list(), old))[0] == "revoked"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"nbf": TODAY.timestamp() + 0.5},
            ("not_yet_valid", "signed", ["certificate_not_yet_valid"]),
        ),
        ({"exp": TODAY.timestamp() - 0.5}, ("expired", "signed", ["certificate_expired"])),
        ({"exp": TODAY.timestamp()}, ("valid", "signed", [])),
        ({"exp": 1e300}, ("valid", "signed", [])),
        ({"nbf": None}, ("malformed", "observed", ["malformed"])),
        ({"nbf": "now"}, ("malformed", "observed", ["malformed"])),
        ({"exp": [1]}, ("malformed", "observed", ["malformed"])),
        ({"exp": 10**400}, ("malformed", "observed", ["malformed"])),
    ],
)
def test_times(changed: dict[str, Any], expected: object) -> None:
    assert outcome(shown(card(card_payload(**changed)), card_list())) == expected


def test_without_a_list_of_issuers_nothing_is_concluded() -> None:
    for trusted in ((), (dcc_list(),)):
        assert outcome(shown(card(), *trusted)) == ("unverifiable", "observed", ["no_trust_list"])


def test_an_old_list_proves_nothing() -> None:
    old = card_list(now=TODAY - 7 * DAY - timedelta(seconds=1))
    for text in (card(), card(card_payload(iss="https://x")), card(key=curve_key("other"))):
        assert outcome(shown(text, old)) == ("unverifiable", "observed", ["list_too_old"])


@pytest.mark.parametrize(
    "text",
    [
        "shc:/",
        "shc:/5",
        "shc:/5x",
        "shc:/99999999",
        "shc:/٥٦٧٦",
        as_qr("a.b"),
        as_qr("..."),
        as_qr("e30.e30.e30"),
        card(b""),
        card(b"[]"),
        card(b"\xff"),
        card(b"{" * 60000),
        card(b'{"nbf": NaN}'),
        card(b'{"nbf": 1' + b"0" * 5000 + b"}"),
        "shc:/1/1/",
        "shc:/1/1/1/1/56",
    ],
)
def test_broken_cards_are_malformed(text: str) -> None:
    assert outcome(shown(text, card_list())) == ("malformed", "observed", ["malformed"])


def test_a_bomb_is_stopped() -> None:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezer.compress(bytes(3_000_000)) + squeezer.flush()
    found = shown(as_qr(f"e30.{base64url(packed)}.e30"))
    assert outcome(found)[2] == ["inflates_too_far"]


def test_one_part_of_several_cannot_be_judged() -> None:
    assert outcome(shown("shc:/1/3/5676", card_list())) == (
        "unverifiable",
        "observed",
        ["chunk_missing"],
    )
    assert outcome(shown("shc:/4/3/5676", card_list()))[0] == "malformed"


@pytest.mark.parametrize(
    "vc",
    [
        None,
        [],
        {"type": 7, "credentialSubject": []},
        {"credentialSubject": {"fhirBundle": {"entry": {}}}},
        {"credentialSubject": {"fhirBundle": {"entry": [None, {"resource": 7}]}}},
        {"credentialSubject": {"fhirBundle": {"entry": [{"resource": {"resourceType": []}}]}}},
    ],
)
def test_contents_of_wrong_types_are_left_out(vc: Any) -> None:
    found = shown(card(card_payload(vc=vc)), card_list())
    assert outcome(found)[0] == "valid"
    assert (found.holder.name, found.test, found.vaccination) == (None, None, None)


@pytest.mark.parametrize(
    ("patient", "name"),
    [
        ({"name": [{"text": "王小明"}]}, "王小明"),
        ({"name": [{"given": [7, "A"], "family": None}]}, "A"),
        ({"name": [{}, {"family": "B"}]}, "B"),
        ({"name": {"family": "B"}}, None),
        ({"name": [{"family": "<b>\u0000x\u202e</b>"}]}, "<b>x</b>"),
    ],
)
def test_names(patient: dict[str, Any], name: str | None) -> None:
    payload = card_payload()
    entries = payload["vc"]["credentialSubject"]["fhirBundle"]["entry"]
    entries[0]["resource"] = {"resourceType": "Patient", **patient}
    assert shown(card(payload), card_list()).holder.name == name


@pytest.mark.parametrize(
    ("changed", "doses"),
    [
        ({"status": "entered-in-error"}, None),
        ({"status": ["completed"]}, None),
        ({"vaccineCode": {"coding": [{"code": "03"}]}}, None),
        ({"vaccineCode": {"coding": [{"code": ["207"]}, {"code": "207"}]}}, 1),
        ({"occurrenceDateTime": 5}, 1),
    ],
)
def test_doses(changed: dict[str, Any], doses: int | None) -> None:
    payload = card_payload(DOSE | changed)
    payload["vc"]["type"] = ["https://smarthealth.cards#health-card"]
    found = shown(card(payload), card_list()).vaccination
    assert (found and found.doses) == doses
