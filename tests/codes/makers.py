"""Signed codes and lists made on the spot, to bend them as no publisher would."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import base45
import cbor2
import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from checkpoint_app.codes.trust import TrustFile

from .vectors import TODAY, as_qr, trust_file

ISS = "https://cards.example.org"
DAY = timedelta(days=1)


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def raw_signature(key: ec.EllipticCurvePrivateKey, signed: bytes) -> bytes:
    r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


@cache
def curve_key(name: str = "first") -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(
        int.from_bytes(hashlib.sha256(name.encode()).digest()), ec.SECP256R1()
    )


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Papers:
    """How to make a certificate."""

    key: Key
    subject: str = "Signer"
    issuer: str = "Signer"
    issuer_key: Key | None = None
    start: datetime = TODAY - 100 * DAY
    end: datetime = TODAY + 100 * DAY
    uses: tuple[str, ...] = ()
    serial: int = 7

    def certificate(self) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(named(self.subject))
            .issuer_name(named(self.issuer))
            .public_key(self.key.public_key())
            .serial_number(self.serial)
            .not_valid_before(self.start)
            .not_valid_after(self.end)
        )
        if self.uses:
            allowed = [x509.ObjectIdentifier(use) for use in self.uses]
            builder = builder.add_extension(x509.ExtendedKeyUsage(allowed), critical=False)
        return builder.sign(self.issuer_key or self.key, hashes.SHA256())

    def der(self) -> bytes:
        return self.certificate().public_bytes(Encoding.DER)


def named(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "XA"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name),
        ]
    )


def kid_map(*signers: tuple[bytes, bytes], now: datetime = TODAY) -> TrustFile:
    """A kid -> certificates list; several certificates may share a kid."""
    listed: dict[str, list[str]] = {}
    for kid, der in signers:
        listed.setdefault(base64.b64encode(kid).decode(), []).append(base64.b64encode(der).decode())
    return trust_file("made", json.dumps(listed).encode(), now)


KID = b"\x01\x02\x03\x04\x05\x06\x07\x08"
TEST = {
    "tg": "840539006",
    "tt": "LP6464-4",
    "sc": "2026-11-22T20:30:00+08:00",
    "tr": "260415000",
    "tc": "Laboratory",
    "co": "XA",
}
DOSE = {"tg": "840539006", "dn": 2, "sd": 3, "dt": "2026-05-04", "co": "XA"}


@dataclass(frozen=True)
class Hcert:
    """How to make an HC1 code; anything can be bent."""

    key: Key = field(default_factory=curve_key)
    content: Any = field(default_factory=lambda: dcc())
    claims: dict[Any, Any] = field(default_factory=dict)
    protected: Any = None
    unprotected: Any = field(default_factory=dict)
    tags: tuple[int, ...] = (18,)

    def text(self) -> str:
        return hc1(self.message())

    def message(self) -> bytes:
        algorithm = -7 if isinstance(self.key, ec.EllipticCurvePrivateKey) else -37
        header = {1: algorithm, 4: KID} if self.protected is None else self.protected
        protected = cbor2.dumps(header) if header else b""
        stamp = int(TODAY.timestamp())
        claims = {1: "XA", 6: stamp - 86400, 4: stamp + 86400, -260: self.content, **self.claims}
        payload = cbor2.dumps(claims)
        signature = self.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
        message: Any = [protected, self.unprotected, payload, signature]
        for tag in self.tags:
            message = cbor2.CBORTag(tag, message)
        return cbor2.dumps(message)

    def sign(self, signed: bytes) -> bytes:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return raw_signature(self.key, signed)
        masked = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        return self.key.sign(signed, masked, hashes.SHA256())


def hc1(message: bytes) -> str:
    return "HC1:" + base45.b45encode(zlib.compress(message)).decode()


def dcc(**changed: Any) -> dict[int, Any]:
    content: dict[str, Any] = {
        "ver": "1.3.0",
        "nam": {"fn": "Müller", "gn": "Änne", "fnt": "MUELLER", "gnt": "AENNE"},
        "dob": "1980-02-03",
        "v": [DOSE],
    }
    content |= changed
    return {1: {key: value for key, value in content.items() if value is not None}}


def dcc_list(key: Key | None = None, now: datetime = TODAY, **papers: Any) -> TrustFile:
    return kid_map((KID, Papers(key or curve_key(), **papers).der()), now=now)


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    numbers = key.public_key().public_numbers()
    x, y = (base64url(each.to_bytes(32)) for each in (numbers.x, numbers.y))
    thumb = hashlib.sha256(f'{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}'.encode()).digest()
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": base64url(thumb), "use": "sig"}


def card(
    payload: dict[str, Any] | bytes | None = None,
    key: ec.EllipticCurvePrivateKey | None = None,
    **header: Any,
) -> str:
    """A SMART Health Card's text; `header` fields are put in, or left out where None."""
    signer = key or curve_key()
    fields = {"zip": "DEF", "alg": "ES256", "kid": public_jwk(signer)["kid"], **header}
    fields = {name: value for name, value in fields.items() if value is not None}
    body = payload if isinstance(payload, bytes) else json.dumps(payload or card_payload()).encode()
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezer.compress(body) + squeezer.flush()
    signed = f"{base64url(json.dumps(fields).encode())}.{base64url(packed)}"
    return as_qr(f"{signed}.{base64url(raw_signature(signer, signed.encode()))}")


def card_payload(*resources: dict[str, Any], **changed: Any) -> dict[str, Any]:
    patient = {
        "resourceType": "Patient",
        "name": [{"family": "Li", "given": ["Na"]}],
        "birthDate": "1990-05",
        "gender": "female",
    }
    subject = {"fhirBundle": {"entry": [{"resource": each} for each in (patient, *resources)]}}
    vc = {"type": ["https://smarthealth.cards#covid19"], "credentialSubject": subject}
    return {"iss": ISS, "nbf": TODAY.timestamp() - 60.5, "vc": vc, **changed}


def card_list(now: datetime = TODAY, **changed: Any) -> TrustFile:
    """An issuer directory with one issuer; `changed` fields go into it."""
    info = {"issuer": {"iss": ISS, "name": "Cards"}, "keys": [public_jwk(curve_key())], **changed}
    return trust_file("directory", json.dumps({"issuerInfo": [info]}).encode(), now)


AUTHORITY = Papers(curve_key("authority"), subject="CSCA", issuer="CSCA")


def seal(
    message: dict[str, Any] | None = None,
    kind: str = "icao.vacc",
    papers: Papers | None = None,
    **changed: Any,
) -> str:
    """A VDS-NC seal's text, its signer certified by `AUTHORITY` where `papers` don't differ."""
    made = papers or Papers(curve_key(), issuer="CSCA", issuer_key=AUTHORITY.key)
    doses = [{"dvc": "2026-01-01", "seq": 1}, {"dvc": "2026-02-01", "seq": 2}]
    person = {"n": "Bill Smith", "dob": "1990-01-02", "sex": "M", "i": "E1234567"}
    vaccinated = {"pid": person, "ve": [{"dis": "RA01.0", "vd": doses}]}
    data = {"hdr": {"t": kind, "v": 1, "is": "UTO"}, "msg": message or vaccinated}
    assert isinstance(made.key, ec.EllipticCurvePrivateKey)
    signature = {
        "alg": "ES256",
        "cer": base64url(made.der()),
        "sigvl": base64url(raw_signature(made.key, rfc8785.dumps(data))),
        **changed,
    }
    return json.dumps({"data": data, "sig": signature}, ensure_ascii=False)


def authority_list(now: datetime = TODAY, papers: Papers = AUTHORITY) -> TrustFile:
    pem = papers.certificate().public_bytes(Encoding.PEM)
    return trust_file("csca.pem", pem, now)


def revocation_list(
    *serials: int, issuer: str = "CSCA", key: Key | None = None, now: datetime = TODAY
) -> TrustFile:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(named(issuer))
        .last_update(TODAY - DAY)
        .next_update(TODAY + 30 * DAY)
    )
    for serial in serials:
        revoked = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(TODAY)
        builder = builder.add_revoked_certificate(revoked.build())
    signed = builder.sign(key or AUTHORITY.key, hashes.SHA256())
    return trust_file("crl.der", signed.public_bytes(Encoding.DER), now)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
