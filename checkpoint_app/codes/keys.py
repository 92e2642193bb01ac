"""Public keys and certificates: read from the shapes met in trust lists, and put to use.

A certificate whose unrelated extensions don't parse is still usable: of the extensions only the
extended key usage is read, and by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from checkpoint_app.codes.unpack import Fault, from_base64url, mapping

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "ES256": hashes.SHA256(),
    "ES384": hashes.SHA384(),
    "ES512": hashes.SHA512(),
    "PS256": hashes.SHA256(),
}
_CURVES: dict[str, type[ec.EllipticCurve]] = {
    "P-256": ec.SECP256R1,
    "P-384": ec.SECP384R1,
    "P-521": ec.SECP521R1,
}
NOT_X509 = (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion)
"""What the library raises for bytes that are no certificate or revocation list."""

_EXTENDED_KEY_USAGE = bytes.fromhex("0603551d25")  # 2.5.29.37
_SEQUENCE, _OCTETS, _OBJECT, _EXTENSIONS = 0x30, 0x04, 0x06, 0xA3


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it came, with what it covers. `algorithm` is a JOSE name (ES256, PS256)."""

    algorithm: str
    signed: bytes
    value: bytes

    def fits(self, key: PublicKey) -> bool:
        """Whether the key made this signature. ECDSA values are r‖s (RFC 7518, section 3.4)."""
        digest = _HASHES.get(self.algorithm)
        if digest is None:
            return False
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                return self._fits_curve(key, digest)
            return self._fits_rsa(key, digest)
        except (InvalidSignature, ValueError, UnsupportedAlgorithm):
            return False

    def _fits_curve(self, key: ec.EllipticCurvePublicKey, digest: hashes.HashAlgorithm) -> bool:
        size = (key.key_size + 7) // 8
        if not self.algorithm.startswith("ES") or len(self.value) != 2 * size:
            return False
        r, s = (int.from_bytes(half) for half in (self.value[:size], self.value[size:]))
        key.verify(encode_dss_signature(r, s), self.signed, ec.ECDSA(digest))
        return True

    def _fits_rsa(self, key: rsa.RSAPublicKey, digest: hashes.HashAlgorithm) -> bool:
        if not self.algorithm.startswith("PS"):
            return False
        masked = padding.PSS(padding.MGF1(digest), padding.PSS.DIGEST_LENGTH)
        key.verify(self.value, self.signed, masked, digest)
        return True


def certificate_of(der: bytes | Fault) -> x509.Certificate | Fault:
    """A certificate from DER bytes, with names and dates that can be read."""
    if isinstance(der, Fault):
        return der
    try:
        found = x509.load_der_x509_certificate(der)
        # The library reads these only when asked for, and raises then.
        _ = found.subject, found.issuer, found.not_valid_before_utc, found.not_valid_after_utc
    except NOT_X509:
        return Fault()
    return found


def certificate_key(certificate: x509.Certificate) -> PublicKey | Fault:
    """The certificate's public key, if it is one that codes are signed with."""
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return Fault()
    return key if isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey) else Fault()


def jwk_key(jwk: Any) -> PublicKey | Fault:
    """The public key of a JSON Web Key (RFC 7517); `x5c` is never looked at."""
    found = mapping(jwk)
    try:
        if found.get("kty") == "EC":
            return _curve_key(found.get("crv"), found.get("x"), found.get("y"))
        if found.get("kty") == "RSA":
            return rsa.RSAPublicNumbers(_whole(found.get("e")), _whole(found.get("n"))).public_key()
    except (ValueError, UnsupportedAlgorithm):
        return Fault()
    return Fault()


def key_uses(certificate: x509.Certificate) -> frozenset[str] | None:
    """Object identifiers of the extended key usage, dotted; None where there is no such limit."""
    try:
        found = next(_extension(certificate.tbs_certificate_bytes, _EXTENDED_KEY_USAGE), None)
        if found is None:
            return None
        [(_, uses)] = _items(found)
        return frozenset(_dotted(body) for kind, body in _items(uses) if kind == _OBJECT)
    except (ValueError, IndexError):
        return frozenset()  # a limit that can't be read allows nothing


def _curve_key(curve: Any, x: Any, y: Any) -> PublicKey | Fault:
    kind = _CURVES.get(curve) if isinstance(curve, str) else None
    if kind is None:
        return Fault()
    return ec.EllipticCurvePublicNumbers(_whole(x), _whole(y), kind()).public_key()


def _whole(text: Any) -> int:
    found = from_base64url(text)
    if isinstance(found, Fault):
        raise ValueError(text)
    return int.from_bytes(found)


def _extension(certified: bytes, identifier: bytes) -> Iterator[bytes]:
    """Values of the extensions with this identifier (RFC 5280, section 4.1)."""
    [(_, fields)] = _items(certified)
    for kind, body in _items(fields):
        if kind != _EXTENSIONS:
            continue
        [(_, extensions)] = _items(body)
        for _, extension in _items(extensions):
            if extension.startswith(identifier):
                yield next(value for kind, value in _items(extension) if kind == _OCTETS)


def _items(der: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each DER item in a row."""
    at = 0
    while at < len(der):
        kind, length, at = der[at], der[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(der[at : at + size]), at + size
        if at + length > len(der):
            raise ValueError("truncated")
        yield kind, der[at : at + length]
        at += length


def _dotted(body: bytes) -> str:
    """An object identifier in dots (X.690, section 8.19)."""
    arcs, arc = [], 0
    for byte in body:
        arc = arc << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))
