"""VDS-NC seals: the chain to a country's authority, revocation, times and content."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from checkpoint_app.codes import Trust, read
from checkpoint_app.codes.trust import TrustFile
from checkpoint_app.domain.credential import Basis, Credential, NatResult, Vaccination

from .makers import (
    AUTHORITY,
    DAY,
    Papers,
    authority_list,
    card_list,
    curve_key,
    revocation_list,
    seal,
    utc,
)
from .vectors import TODAY


def shown(text: str, *files: TrustFile, at: datetime = TODAY) -> Credential:
    return read(text, Trust.of(files), at)


def outcome(found: Credential) -> tuple[str, str, list[str]]:
    reasons = [reason.code.value for reason in found.reasons]
    return found.authenticity.value, found.basis.value, reasons


def by(**papers: Any) -> Papers:
    return Papers(curve_key(), issuer="CSCA", issuer_key=AUTHORITY.key, **papers)


def test_a_good_seal_is_read() -> None:
    found = shown(seal(), authority_list())
    assert outcome(found) == ("valid", "signed", [])
    assert (found.issuer, found.holder.name) == ("UTO", "Bill Smith")
    assert (found.holder.id_number, found.holder.sex) == ("E1234567", "M")
    assert found.vaccination == Vaccination(2, None, date(2026, 2, 1), Basis.SIGNED)


def test_a_test_is_read() -> None:
    message = {
        "pid": {"n": "A"},
        "sp": {"spn": "Lab"},
        "dat": {"sc": "2026-11-22T10:00:00+08:00"},
        "ser": {"tc": "molecular(PCR)", "tr": "Negative"},
    }
    found = shown(seal(message, "icao.test"), authority_list()).test
    assert found is not None
    assert (found.result, found.sampled_at) == (NatResult.NEGATIVE, utc("2026-11-22T02:00"))


@pytest.mark.parametrize(
    "files", [(), (card_list(),), (authority_list(papers=Papers(curve_key())),)]
)
def test_without_its_authority_a_good_signature_is_an_unknown_issuer(files: Any) -> None:
    assert outcome(shown(seal(), *files)) == ("unknown_issuer", "observed", ["unknown_issuer"])


def test_an_authority_of_the_same_name_with_another_key_is_another() -> None:
    other = Papers(curve_key("other"), subject="CSCA", issuer="CSCA")
    assert outcome(shown(seal(), authority_list(papers=other)))[0] == "unknown_issuer"


@pytest.mark.parametrize("files", [(), (authority_list(),)])
def test_a_forged_seal_is_forged_with_or_without_lists(files: Any) -> None:
    forged = seal().replace("1990-01-02", "1999-01-02")
    assert outcome(shown(forged, *files)) == ("bad_signature", "observed", ["bad_signature"])


@pytest.mark.parametrize("alg", ["RS256", "none", None, ["ES256"], "PS256"])
def test_another_algorithm_is_never_valid(alg: Any) -> None:
    assert outcome(shown(seal(alg=alg), authority_list()))[0] == "bad_signature"


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ({"end": TODAY - DAY}, ("expired", "signed", ["signer_expired"])),
        ({"start": TODAY + DAY}, ("not_yet_valid", "signed", ["certificate_not_yet_valid"])),
    ],
)
def test_times_of_the_signer(papers: dict[str, Any], expected: object) -> None:
    assert outcome(shown(seal(papers=by(**papers)), authority_list())) == expected


def test_a_revoked_signer() -> None:
    text = seal(papers=by(serial=99))
    assert outcome(shown(text, authority_list(), revocation_list(98)))[0] == "valid"
    found = shown(text, authority_list(), revocation_list(99))
    assert outcome(found) == ("revoked", "signed", ["revoked"])


def test_old_lists_prove_nothing() -> None:
    old = TODAY - 7 * DAY - timedelta(seconds=1)
    assert outcome(shown(seal(), authority_list(now=old)))[2] == ["list_too_old"]
    assert outcome(shown(seal(), authority_list(), revocation_list(now=old)))[2] == ["list_too_old"]


def test_order_and_spaces_of_the_text_do_not_matter() -> None:
    found = json.loads(seal({"pid": {"n": "é\u20ac\n", "z": 1.0, "a": [None, True, {}]}}))
    turned = {"sig": found["sig"], "data": dict(reversed(found["data"].items()))}
    assert outcome(shown(json.dumps(turned, indent=3), authority_list()))[0] == "valid"


def test_an_unknown_kind_is_signed_but_not_supported() -> None:
    found = shown(seal({"pid": {}}, "icao.visa"), authority_list())
    assert outcome(found) == ("valid", "signed", ["content_not_supported"])
    assert found.reasons[0].detail == "icao.visa"


@pytest.mark.parametrize(
    "text",
    [
        '{"hdr" "sig"',
        '{"hdr":1,"sig":2}',
        '{"data":{"hdr":[],"msg":{}},"sig":{}}',
        '{"data":{"hdr":{},"msg":{}},"sig":{"cer":"AAAA","sigvl":"AAAA"}}',
        '{"data":{"hdr":{},"msg":{}},"sig":{"cer":5,"sigvl":[]}}',
        seal(cer="汉"),
        seal(cer="MII"),
        seal(sigvl=None),
        seal().replace('"v": 1', '"v": 1e999'),
        seal().replace('"v": 1', '"v": 9007199254740993'),
        seal().replace('"v": 1', '"v": "\\ud800"'),
        '{"sig":0,"data":{"hdr":' + "[" * 4000,
    ],
)
def test_broken_seals_are_malformed(text: str) -> None:
    assert outcome(shown(text, authority_list())) == ("malformed", "observed", ["malformed"])


@pytest.mark.parametrize(
    "message",
    [{}, {"pid": 7, "ve": 7}, {"pid": {"n": []}, "ve": [7, {"dis": 7}, {"dis": "RA01", "vd": 7}]}],
)
def test_contents_of_wrong_types_are_left_out(message: dict[str, Any]) -> None:
    found = shown(seal(message or {"x": 1}), authority_list())
    assert outcome(found)[0] == "valid"
    assert (found.holder.name, found.vaccination) == (None, None)
