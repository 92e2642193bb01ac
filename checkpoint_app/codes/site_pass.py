"""The program's own passes for rosters: staff, pupils, residents, registered visitors.

`CP1:` + Base45(CBOR array + Ed25519 signature), compact enough for a QR code of version 10 at
error correction M with a long Chinese name. Verified offline, revoked by list.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from checkpoint_app.codes.reader import (
    Finding,
    Judgement,
    Question,
    Span,
    finding,
    judged,
    kindest,
    out_of_date,
    refused,
    too_old,
    unknown,
)
from checkpoint_app.codes.trust import Family, Held
from checkpoint_app.codes.trust_file import TrustFile, site_key
from checkpoint_app.codes.trusted import PassRevocations, SiteKey
from checkpoint_app.codes.unpack import Fault, from_base45, from_cbor, from_seconds, plain
from checkpoint_app.domain.credential import Authenticity, Credential, Format, Holder
from checkpoint_app.domain.reasons import Code

_PREFIX = "CP1:"
_PURPOSE = b"checkpoint site pass 1\0"  # so that the key's other signatures are never a pass
_SIGNATURE = 64  # bytes
_LONGEST = 204  # bytes: 311 characters of QR version 10-M, less the prefix, in Base45


@dataclass(frozen=True, slots=True)
class SitePass:
    """What a pass says. `pass_id` is 16 hexadecimal digits; times are aware, to the second."""

    pass_id: str
    roster_id: str
    name: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class _Opened:
    key_id: bytes
    said: SitePass
    signed: bytes
    signature: bytes

    def fits(self, key: Ed25519PublicKey) -> bool:
        try:
            key.verify(self.signature, self.signed)
        except InvalidSignature:
            return False
        return True


def new_key() -> bytes:
    """A fresh private key (32 bytes) to sign passes with; keep it in the encrypted store."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def new_pass_id() -> str:
    """A fresh pass id."""
    return secrets.token_hex(8)


def own_keys(private_key: bytes, site: str, revoked: Iterable[str], now: datetime) -> TrustFile:
    """The station's own key and its revoked passes as a trust list, which never ages."""
    public = Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()
    listed = (site_key(public, plain(site)), PassRevocations(frozenset(revoked)))
    return TrustFile("site_keys", now, listed, source="station", ages=False)


def issue(site_pass: SitePass, private_key: bytes) -> str | Fault:
    """The text of a pass, all of it alphanumeric for a QR code; a fault where it grows too long."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    said = cbor2.dumps(
        [
            site_key(key.public_key().public_bytes_raw()).id,
            bytes.fromhex(site_pass.pass_id),
            plain(site_pass.roster_id) or "",
            plain(site_pass.name) or "",
            int(site_pass.valid_from.timestamp()),
            int(site_pass.valid_until.timestamp()),
        ]
    )
    whole = said + key.sign(_PURPOSE + said)
    if len(whole) > _LONGEST:
        return Fault(Code.TOO_LARGE)
    packed: bytes = base45.b45encode(whole)
    return _PREFIX + packed.decode("ascii")


def read(question: Question) -> Credential | None:
    """A site pass: unpacked and judged against the site's keys."""
    text = question.text.lstrip()
    if not text.startswith(_PREFIX):
        return None
    found = _opened(text.removeprefix(_PREFIX).rstrip("\r\n\t"))
    if isinstance(found, Fault):
        return refused(Format.SITE_PASS, found)
    judgement, said = _judged(found, question), found.said
    site = (held.entry.name for held in question.trust.site_keys(found.key_id))
    return Credential(
        Format.SITE_PASS,
        judgement.authenticity,
        judgement.basis,
        issuer=next((name for name in site if name), None),
        holder=Holder(plain(said.name)),
        reasons=judgement.reasons,
        valid_from=said.valid_from,
        valid_until=said.valid_until,
        pass_id=said.pass_id,
        roster_id=plain(said.roster_id),
    )


def _opened(packed: str) -> _Opened | Fault:
    whole = from_base45(packed)
    if isinstance(whole, Fault):
        return whole
    said, signature = whole[:-_SIGNATURE], whole[-_SIGNATURE:]
    match from_cbor(said):
        case [bytes(key_id), bytes(pass_id), str(roster_id), str(name), int(start), int(end)]:
            valid_from, valid_until = from_seconds(start), from_seconds(end)
            if valid_from is None or valid_until is None:
                return Fault()
            site_pass = SitePass(pass_id.hex(), roster_id, name, valid_from, valid_until)
            return _Opened(key_id, site_pass, _PURPOSE + said, signature)
    return Fault()


def _judged(found: _Opened, question: Question) -> Judgement:
    held = question.trust.site_keys(found.key_id)
    if not held:
        return judged([unknown(Family.PASS, question.trust, question.at)])
    good = [each for each in held if found.fits(each.entry.key)]
    if not good:
        return judged([finding(Authenticity.BAD_SIGNATURE, Code.BAD_SIGNATURE)])
    return kindest(_findings(found.said, each, question) for each in good)


def _findings(said: SitePass, held: Held[SiteKey], question: Question) -> list[Finding]:
    """All that speaks against a pass whose signature is good."""
    trust, at = question.trust, question.at
    span = Span(said.valid_from.timestamp(), said.valid_until.timestamp())
    found = out_of_date(span, at, Code.CERTIFICATE_EXPIRED, Code.CERTIFICATE_NOT_YET_VALID)
    if trust.has_revoked_pass(said.pass_id):
        found.append(finding(Authenticity.REVOKED, Code.REVOKED))
    if trust.is_old(held.dated, at):
        found.append(too_old(held.dated))
    return found
