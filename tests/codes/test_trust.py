"""Trust files in every shape met in the field, and the snapshot made of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from checkpoint_app.codes import Fault, Trust, parse_trust_file, read
from checkpoint_app.codes.trust import TrustFile
from checkpoint_app.codes.trust_file import MAX_FILE
from checkpoint_app.codes.trusted import Signer

from .makers import (
    AUTHORITY,
    DAY,
    ISS,
    KID,
    Hcert,
    Papers,
    authority_list,
    base64url,
    card,
    card_list,
    curve_key,
    dcc_list,
    public_jwk,
    revocation_list,
    rsa_key,
    seal,
    utc,
)
from .vectors import DATA, TODAY, trust_file

DER = Papers(curve_key()).der()
ENTRY = {
    "kid": base64.b64encode(KID).decode(),
    "certificateType": "DSC",
    "country": "XA",
    "rawData": base64.b64encode(DER).decode(),
    "timestamp": "2021-06-01T00:00:00Z",
}


def did(**method: Any) -> dict[str, Any]:
    fragment = base64.b64encode(KID).decode().replace("=", "%3D")
    jwk = {key: value for key, value in public_jwk(curve_key()).items() if key != "kid"}
    listed = {"id": f"did:web:x:trustlist:DCC:XAA:DSC#{fragment}", "publicKeyJwk": jwk, **method}
    return {"id": "did:web:x", "verificationMethod": [listed, "did:web:x#reference"]}


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("dcc_gateway", {"certificates": [ENTRY]}),
        ("dcc_gateway", [ENTRY]),
        ("dcc_gateway", [ENTRY | {"kid": None}, ENTRY]),
        ("dcc_kid_map", {ENTRY["kid"]: ENTRY["rawData"]}),
        ("dcc_kid_map", {ENTRY["kid"]: ["AAAA", ENTRY["rawData"]]}),
        ("did", did()),
        ("did", did(publicKeyJwk=public_jwk(curve_key()) | {"kid": ENTRY["kid"]})),
        (
            "did",
            did(publicKeyJwk=public_jwk(curve_key()) | {"kid": None, "x5c": [ENTRY["rawData"]]}),
        ),
    ],
)
def test_lists_of_hc1_signers(kind: str, document: Any) -> None:
    plain = json.dumps(document).encode()
    for body in (
        plain,
        b"\xef\xbb\xbf" + plain,
        b"MEUCIQ==\n" + plain,
        b"MEUCIQ==\r\n\r\n" + plain,
    ):
        listed = trust_file("x", body)
        assert listed.kind == kind
        assert read(Hcert().text(), Trust.of([listed]), TODAY).authenticity == "valid"


def test_keys_of_a_did_keep_the_limits_of_a_certificate_of_the_same_key_only() -> None:
    jwk = public_jwk(curve_key()) | {"kid": ENTRY["kid"]}
    for key, expected in ((curve_key(), "expired"), (curve_key("other"), "valid")):
        der = Papers(key, end=TODAY - DAY).der()
        body = did(publicKeyJwk=jwk | {"x5c": [base64.b64encode(der).decode()]})
        trust = Trust.of([trust_file("x", json.dumps(body).encode())])
        assert read(Hcert().text(), trust, TODAY).authenticity == expected


def test_rsa_keys_of_a_did() -> None:
    numbers = rsa_key().public_key().public_numbers()
    jwk = {"kty": "RSA", "n": base64url(numbers.n.to_bytes(256)), "e": "AQAB", "kid": ENTRY["kid"]}
    trust = Trust.of([trust_file("x", json.dumps(did(publicKeyJwk=jwk)).encode())])
    assert read(Hcert(rsa_key()).text(), trust, TODAY).authenticity == "valid"


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("jwks", {ISS: {"keys": [public_jwk(curve_key())]}}),
        ("jwks", {"issuer": ISS, "keys": [public_jwk(curve_key())]}),
        ("jwks", {"iss": ISS, "name": "Cards", "keys": [{}, 7, public_jwk(curve_key())]}),
        (
            "shc_directory",
            {"issuerInfo": [{"issuer": {"iss": ISS}, "keys": [public_jwk(curve_key())]}]},
        ),
    ],
)
def test_lists_of_card_issuers(kind: str, document: Any) -> None:
    listed = trust_file("x", json.dumps(document).encode())
    assert listed.kind == kind
    assert read(card(), Trust.of([listed]), TODAY).authenticity == "valid"


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_authorities(encoding: Encoding) -> None:
    listed = trust_file("x", AUTHORITY.certificate().public_bytes(encoding))
    assert listed.kind == "csca"
    assert read(seal(), Trust.of([listed]), TODAY).authenticity == "valid"


def test_authorities_come_in_bundles_and_in_the_gateway_list_too() -> None:
    pem = AUTHORITY.certificate().public_bytes(Encoding.PEM)
    other = Papers(curve_key("x"), subject="X").certificate().public_bytes(Encoding.PEM)
    assert len(trust_file("x", b"\n" + other + b"\n# comment\n" + pem).entries) == 2
    raw = base64.b64encode(AUTHORITY.der()).decode()
    listed = trust_file("x", json.dumps([{"certificateType": "CSCA", "rawData": raw}]).encode())
    assert read(seal(), Trust.of([listed]), TODAY).authenticity == "valid"


def test_revocation_lists_are_a_kind_of_their_own() -> None:
    assert revocation_list(5).kind == "crl"
    body = {"kid": "k", "method": "rid", "ctr": 1, "rids": ["a"]}
    assert trust_file("x", json.dumps(body).encode()).kind == "crl"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        b"{}",
        b"[]",
        b"null",
        b"7",
        b"{",
        b"\xff\xfe{",
        b"0\x82",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        b"-----BEGIN ",
        b'{"certificates": []}',
        b'{"certificates": [7, {}, {"kid": 5, "rawData": []}]}',
        b'{"certificates": {"a": 1}}',
        b'{"kid": "x"}',
        b'{"kid": {"x": 1}}',
        b'{"a": ["b", 5]}',
        b'{"keys": []}',
        b'{"keys": [{"kid": "a", "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]}',
        b'{"issuer": "https://a", "keys": [{"kid": "a", "kty": "EC", "crv": [], "x": 1}]}',
        b'{"issuer": "https://a", "keys": [{"kid": "a", "kty": "RSA", "n": "AA", "e": "AA"}]}',
        b'{"issuerInfo": [{"issuer": [], "keys": 5, "crls": [{"kid": 1}]}]}',
        b'{"verificationMethod": [{"id": 5}, {"id": "#%ZZ", "publicKeyJwk": {"kty": "EC"}}]}',
        b'{"site_keys": [{"public": "AAAA"}, {"public": 5}]}',
        b'{"rids": ["a"]}',
        b"[" * 100_000,
    ],
)
def test_files_without_a_usable_entry_are_refused(body: bytes) -> None:
    assert isinstance(parse_trust_file("x", body, TODAY), Fault)


def test_a_key_list_that_names_no_issuer_is_refused() -> None:
    body = json.dumps({"keys": [public_jwk(curve_key())]}).encode()
    assert isinstance(parse_trust_file("x", body, TODAY), Fault)


def test_entries_that_cannot_be_read_are_counted_and_the_rest_stays() -> None:
    listed = trust_file("x", json.dumps([ENTRY, {"kid": "AA", "rawData": "AAAA"}]).encode())
    assert (len(listed.entries), listed.refused) == (1, 1)


def test_a_certificate_with_odd_extensions_keeps_its_limits() -> None:
    listed = trust_file("dcc_kid_map.json")
    [finnish] = [
        each for each in listed.entries if isinstance(each, Signer) and each.country == "FI"
    ]
    assert finnish.certificate is not None
    with pytest.raises(ValueError, match="parsing"):
        _ = finnish.certificate.extensions
    assert finnish.kinds == frozenset("tvr")


def test_an_oversized_file_is_refused() -> None:
    found = parse_trust_file("x", b" " * (MAX_FILE + 1), TODAY)
    assert isinstance(found, Fault)
    assert found.code == "too_large"


def test_the_date_is_what_the_file_says_but_never_in_the_future() -> None:
    assert trust_file("shc_directory.json").dated == utc("2024-06-01")
    assert trust_file("dcc_gateway.json").dated == TODAY
    ahead = json.dumps({"time": "2099-01-01T00:00:00Z", "certificates": [ENTRY]}).encode()
    assert trust_file("x", ahead).dated == TODAY
    assert trust_file("shc_directory.json").current_at(TODAY).dated == TODAY


def test_a_newer_list_of_the_same_source_replaces_the_older() -> None:
    old = dcc_list(now=TODAY - DAY)
    other = json.dumps({"AAAAAAAAAAA=": ENTRY["rawData"]}).encode()
    new = trust_file("made", other, TODAY)
    found = read(Hcert().text(), Trust.of([old, new]), TODAY)
    assert found.authenticity == "unknown_issuer"
    assert read(Hcert().text(), Trust.of([new]).merged(old), TODAY).authenticity == "unknown_issuer"


@pytest.mark.parametrize("make", [Trust.empty, lambda: Trust.of([])])
def test_an_empty_trust_has_no_date(make: Callable[[], Trust]) -> None:
    assert make().dated is None
    assert make().fresh_at(TODAY)


def test_the_date_is_that_of_the_family_furthest_behind() -> None:
    files: list[TrustFile] = [
        dcc_list(now=TODAY - 3 * DAY),
        trust_file("dcc_gateway.json", now=TODAY - DAY),
        card_list(now=TODAY - 2 * DAY),
        authority_list(now=TODAY),
    ]
    trust = Trust.of(files)
    assert trust.dated == TODAY - 2 * DAY
    assert trust.fresh_at(TODAY)
    assert not trust.fresh_at(TODAY, timedelta(days=1))
    assert not trust.fresh_at(TODAY + 6 * DAY)


def test_the_published_lists_are_read_whole() -> None:
    for name in ("dcc_gateway.json", "dcc_kid_map.json"):
        listed = trust_file(name)
        assert (listed.refused, len(listed.entries)) == (0, 9)
    assert (DATA / "README.md").exists()
