"""The demo issuers' keys and certificates, derived from names: the same on every machine.

WORTHLESS ON PURPOSE: whoever reads this file has the private keys. They must never be trusted by
a desk that checks real people; the desk imports their public part only for the demo footage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

VALID_FROM = datetime(2021, 1, 1, tzinfo=UTC)
VALID_UNTIL = datetime(2036, 12, 31, tzinfo=UTC)
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Signer:
    """A P-256 key with its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate, DER."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def kid(self) -> bytes:
        """First 8 bytes of the certificate's SHA-256, as in the EU trust framework."""
        return sha256(self.der).digest()[:8]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate names. `country` is an ISO 3166 user-assigned code, so nobody's."""

    country: str
    organisation: str
    name: str


def p256(label: str) -> ec.EllipticCurvePrivateKey:
    """The demo key of that label."""
    seed = int.from_bytes(sha256(f"checkpoint-desk demo: {label}".encode()).digest())
    return ec.derive_private_key(seed % (P256_ORDER - 1) + 1, ec.SECP256R1())


def ed25519_key(label: str) -> ed25519.Ed25519PrivateKey:
    """The demo Ed25519 key of that label."""
    seed = sha256(f"checkpoint-desk demo: {label}".encode()).digest()
    return ed25519.Ed25519PrivateKey.from_private_bytes(seed)


def sign_raw(key: ec.EllipticCurvePrivateKey, content: bytes) -> bytes:
    """ES256 as COSE and JOSE want it: r and s, 32 bytes each; RFC 6979, so always the same."""
    der = key.sign(content, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = decode_dss_signature(der)
    return r.to_bytes(32) + s.to_bytes(32)


def authority(subject: Subject) -> Signer:
    """A self-signed certificate authority (a CSCA)."""
    key = p256(subject.name)
    usage = _usage(signs_certificates=True)
    builder = _builder(subject, subject, key).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    return Signer(key, _signed(builder.add_extension(usage, critical=True), key))


def signer(subject: Subject, issuer: Signer, issuer_subject: Subject) -> Signer:
    """A document signer under an authority; limited to no kind of certificate."""
    key = p256(subject.name)
    builder = _builder(subject, issuer_subject, key)
    usage = _usage(signs_certificates=False)
    return Signer(key, _signed(builder.add_extension(usage, critical=True), issuer.key))


def _builder(
    subject: Subject, issuer: Subject, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    serial = int.from_bytes(sha256(f"serial {subject.name}".encode()).digest()[:8]) >> 1
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_UNTIL)
    )


def _signed(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)


def _name(subject: Subject) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, subject.country),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, subject.organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, subject.name),
        ]
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
