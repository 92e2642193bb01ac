"""Trust files as they are met in the field, read into entries.

Recognised by content, never by name: the EU gateway's JSON (also as a bare list, also with a
signature line in front), a map kid -> certificate, JWKS by issuer, an issuer directory snapshot,
SMART Health Card revocations, DID documents with JWK keys, site pass keys, certificates and
certificate revocation lists (PEM or DER).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from checkpoint_app.codes.keys import NOT_X509, certificate_key, certificate_of, jwk_key, key_uses
from checkpoint_app.codes.trusted import (
    KIND_OF_USE,
    Authority,
    CardIssuer,
    CardRevocations,
    CertificateRevocations,
    Entry,
    PassRevocations,
    Signer,
    SiteKey,
)
from checkpoint_app.codes.unpack import (
    Fault,
    as_moment,
    entries,
    from_base64,
    from_json,
    mapping,
    plain,
)
from checkpoint_app.domain.reasons import Code

MAX_FILE = 16 * 1024 * 1024  # bytes

Found = Iterator[Entry | Fault]


@dataclass(frozen=True, slots=True)
class TrustFile:
    """One trust list. `dated` is what the file says of itself, else when it was imported.

    `kind`: dcc_gateway, dcc_kid_map, did, jwks, shc_directory, csca, crl or site_keys. `refused`
    counts entries that could not be read. `ages` is False for the station's own keys.
    """

    kind: str
    dated: datetime
    entries: tuple[Entry, ...]
    source: str = ""
    refused: int = 0
    ages: bool = True

    def current_at(self, at: datetime) -> TrustFile:
        """The same list, taken as of `at`."""
        return replace(self, dated=at)


def parse_trust_file(name: str, body: bytes, now: datetime) -> TrustFile | Fault:
    """A trust list from a file's bytes; `now` is the time of import, aware.

    A date in the future is taken as `now`. A file without one usable entry is a `Fault`.
    """
    if len(body) > MAX_FILE:
        return Fault(Code.TOO_LARGE)
    if body.lstrip()[:10] == b"-----BEGIN":
        return _listed(name, "csca", _from_pem(body.decode("ascii", "replace")), now)
    if body[:1] == b"\x30":
        return _listed(name, "csca", _from_der(body), now)
    return _from_json_file(name, body, now)


def _from_json_file(name: str, body: bytes, now: datetime) -> TrustFile | Fault:
    found = from_json(_without_signature_line(body))
    if isinstance(found, list):
        found = {"certificates": found}
    if not isinstance(found, dict):
        return Fault(Code.MALFORMED, "no trust list")
    for kind, fits, read in _SHAPES:
        if fits(found):
            dated = as_moment(found.get("time"))
            return _listed(name, kind, read(found), min(dated or now, now))
    return Fault(Code.MALFORMED, "no trust list of a known kind")


def _listed(
    name: str, kind: str, found: Iterable[Entry | Fault], dated: datetime
) -> TrustFile | Fault:
    all_found = tuple(found)
    good = tuple(each for each in all_found if not isinstance(each, Fault))
    if not good:
        return Fault(Code.MALFORMED, "no usable entry")
    if all(isinstance(each, CertificateRevocations) for each in good):
        kind = "crl"
    return TrustFile(kind, dated, good, name, len(all_found) - len(good))


def _without_signature_line(body: bytes) -> bytes:
    stripped = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped[:1] in (b"{", b"["):
        return stripped
    return stripped.partition(b"\n")[2].lstrip()


# -- certificates and their revocation lists


def _from_pem(text: str) -> Found:
    begin = "-----BEGIN "
    for block in text.split(begin)[1:]:
        label, _, rest = block.partition("-----")
        der = from_base64(rest.partition("-----END")[0])
        if isinstance(der, Fault):
            yield der
        elif label == "CERTIFICATE":
            yield _authority(der)
        elif label == "X509 CRL":
            yield _revocations(der)
        else:
            yield Fault(Code.MALFORMED, label)


def _from_der(der: bytes) -> Found:
    authority = _authority(der)
    yield authority if isinstance(authority, Authority) else _revocations(der)


def _authority(der: bytes) -> Authority | Fault:
    certificate = certificate_of(der)
    return certificate if isinstance(certificate, Fault) else Authority(certificate)


def _revocations(der: bytes) -> CertificateRevocations | Fault:
    try:
        listed = x509.load_der_x509_crl(der)
        _ = listed.issuer  # read only when asked for, and raises then
        return CertificateRevocations(listed, frozenset(each.serial_number for each in listed))
    except NOT_X509:
        return Fault()


# -- EU DCC and GDHCN


def _from_gateway(found: Mapping[str, Any]) -> Found:
    for each in entries(found["certificates"]):
        kind = each.get("certificateType", "DSC")
        if kind == "DSC":
            yield _signer(each.get("kid"), each.get("rawData"), plain(each.get("country"), 40))
        elif kind == "CSCA":
            der = from_base64(each.get("rawData"))
            yield der if isinstance(der, Fault) else _authority(der)


def _from_kid_map(found: Mapping[str, Any]) -> Found:
    for kid, certificates in found.items():
        for der in certificates if isinstance(certificates, list) else [certificates]:
            yield _signer(kid, der, None)


def _signer(kid: Any, der: Any, country: str | None) -> Signer | Fault:
    raw = from_base64(der)
    certificate = certificate_of(raw)
    if isinstance(raw, Fault) or isinstance(certificate, Fault):
        return Fault()
    key = certificate_key(certificate)
    stated = hashlib.sha256(raw).digest()[:8] if kid is None else from_base64(kid)
    if isinstance(key, Fault) or isinstance(stated, Fault):
        return Fault()
    return Signer(
        stated,
        key,
        country or _country(certificate),
        _kinds(certificate),
        certificate,
    )


def _kinds(certificate: x509.Certificate) -> frozenset[str] | None:
    uses = key_uses(certificate)
    named = frozenset(KIND_OF_USE[use] for use in uses or () if use in KIND_OF_USE)
    return named if named or uses == frozenset() else None


def _country(certificate: x509.Certificate) -> str | None:
    try:
        [country] = certificate.subject.get_attributes_for_oid(x509.oid.NameOID.COUNTRY_NAME)
    except ValueError:
        return None
    return plain(country.value, 40)


def _from_did(found: Mapping[str, Any]) -> Found:
    for method in entries(found["verificationMethod"]):
        yield _did_signer(str(method.get("id")), mapping(method.get("publicKeyJwk")))


def _did_signer(identifier: str, jwk: Mapping[str, Any]) -> Signer | Fault:
    """A signer of a DID document: its kid stands after the #, its country in the path."""
    path, _, fragment = identifier.partition("#")
    kid, key = from_base64(jwk.get("kid") or unquote(fragment)), jwk_key(jwk)
    if isinstance(kid, Fault) or isinstance(key, Fault):
        return Fault()
    chain = jwk.get("x5c")
    certified = _signer(None, chain[0], None) if isinstance(chain, list) and chain else Fault()
    if isinstance(certified, Signer) and certified.key == key:
        return replace(certified, kid=kid)
    country = next((part for part in path.split(":") if len(part) == 3 and part.isupper()), None)
    return Signer(kid, key, country)


# -- SMART Health Cards


def _from_directory(found: Mapping[str, Any]) -> Found:
    for each in entries(found["issuerInfo"]):
        issuer = mapping(each.get("issuer"))
        yield _card_issuer(issuer.get("iss"), issuer.get("name"), each.get("keys"))
        for revocations in entries(each.get("crls")):
            yield _card_revocations(revocations)


def _from_jwks_by_issuer(found: Mapping[str, Any]) -> Found:
    for iss, jwks in found.items():
        if isinstance(jwks, dict):
            yield _card_issuer(iss, None, jwks.get("keys"))


def _from_jwks(found: Mapping[str, Any]) -> Found:
    iss = found.get("issuer", found.get("iss"))
    yield _card_issuer(iss, found.get("name"), found["keys"])


def _card_issuer(iss: Any, name: Any, jwks: Any) -> CardIssuer | Fault:
    keys = tuple(
        (jwk["kid"], key)
        for jwk in entries(jwks)
        if isinstance(jwk.get("kid"), str) and not isinstance(key := jwk_key(jwk), Fault)
    )
    if not isinstance(iss, str) or not keys:
        return Fault(Code.MALFORMED, "issuer without name or keys")
    return CardIssuer(iss, plain(name), keys)


def _from_card_revocations(found: Mapping[str, Any]) -> Found:
    yield _card_revocations(found)


def _card_revocations(found: Mapping[str, Any]) -> CardRevocations | Fault:
    kid, rids = found.get("kid"), found.get("rids")
    if not isinstance(kid, str) or not isinstance(rids, list):
        return Fault()
    return CardRevocations(kid, dict(_revoked(rid) for rid in rids if isinstance(rid, str)))


def _revoked(rid: str) -> tuple[str, float | None]:
    """A revoked id, with the time after the dot before which cards are revoked, if any."""
    bare, dot, before = rid.partition(".")
    return bare, float(before) if dot and before.isdecimal() and len(before) < 16 else None


# -- site passes


def _from_site_keys(found: Mapping[str, Any]) -> Found:
    for each in entries(found["site_keys"]):
        public = from_base64(each.get("public"))
        if isinstance(public, Fault) or len(public) != 32:
            yield Fault()
        else:
            yield site_key(public, plain(each.get("name")))
    revoked = found.get("revoked_passes")
    if isinstance(revoked, list):
        yield PassRevocations(frozenset(each for each in revoked if isinstance(each, str)))


def site_key(public: bytes, name: str | None = None) -> SiteKey:
    """The entry for a raw Ed25519 public key (32 bytes)."""
    identifier = hashlib.sha256(public).digest()[:4]
    return SiteKey(identifier, Ed25519PublicKey.from_public_bytes(public), name)


def _holds(*keys: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda found: all(isinstance(found.get(key), list) for key in keys)


def _is_kid_map(found: Mapping[str, Any]) -> bool:
    return bool(found) and all(isinstance(each, str | list) for each in found.values())


def _is_jwks_by_issuer(found: Mapping[str, Any]) -> bool:
    return any(isinstance(mapping(each).get("keys"), list) for each in found.values())


_Shape = tuple[str, Callable[[Mapping[str, Any]], bool], Callable[[Mapping[str, Any]], Found]]
_SHAPES: tuple[_Shape, ...] = (
    ("dcc_gateway", _holds("certificates"), _from_gateway),
    ("did", _holds("verificationMethod"), _from_did),
    ("shc_directory", _holds("issuerInfo"), _from_directory),
    ("site_keys", _holds("site_keys"), _from_site_keys),
    ("crl", _holds("rids"), _from_card_revocations),
    ("jwks", _holds("keys"), _from_jwks),
    ("jwks", _is_jwks_by_issuer, _from_jwks_by_issuer),
    ("dcc_kid_map", _is_kid_map, _from_kid_map),
)
