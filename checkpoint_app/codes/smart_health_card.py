"""SMART Health Cards: `shc:/` digits around a compact JWS around a FHIR bundle.

Keys come from the imported issuer lists alone: anyone can issue a card, and certificates that a
card or a key brings along (x5c) are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkpoint_app.codes import fhir
from checkpoint_app.codes.keys import Signature
from checkpoint_app.codes.reader import (
    Finding,
    Judgement,
    Question,
    Span,
    against_lists,
    finding,
    judged,
    kindest,
    out_of_date,
    refused,
    too_old,
    unknown,
)
from checkpoint_app.codes.trust import Family, Held
from checkpoint_app.codes.trusted import CardIssuer
from checkpoint_app.codes.unpack import (
    Fault,
    as_seconds,
    from_base64url,
    from_json,
    from_seconds,
    inflated,
    mapping,
    plain,
)
from checkpoint_app.domain.credential import Authenticity, Basis, Credential, Format
from checkpoint_app.domain.reasons import Code, Reason

_PREFIX = "shc:/"
_PART = re.compile(r"shc:/([0-9]{1,3})/([0-9]{1,3})/", re.IGNORECASE)
_OFFSET = 45  # a pair of digits is a character's code less 45
_JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a card that was cut into several; `number` counts from 1."""

    number: int
    of: int
    digits: str

    @property
    def whole(self) -> bool:
        """Whether the part is all there is."""
        return self.number == self.of == 1


@dataclass(frozen=True, slots=True)
class Card:
    """A card unpacked: its key, what is signed, and the payload."""

    kid: str
    header: Mapping[str, Any]
    signature: Signature
    payload: Mapping[str, Any]

    @property
    def iss(self) -> str:
        """The issuer's address, "" where it names none."""
        iss = self.payload.get("iss")
        return iss if isinstance(iss, str) else ""

    def seconds(self, claim: str) -> float | None:
        """A time claim in seconds since 1970; `nbf` may be broken."""
        return as_seconds(self.payload.get(claim))


def part_of(text: str) -> Part | None:
    """The part that a text of the form `shc:/C/N/…` is, or None for any other text."""
    found = _PART.match(text)
    return Part(int(found[1]), int(found[2]), text[found.end() :]) if found else None


def read(question: Question) -> Credential | None:
    """A SMART Health Card: unpacked, judged against the trusted issuers, and its content read."""
    text = question.text.strip()
    if text[: len(_PREFIX)].lower() != _PREFIX:
        return None
    part = part_of(text)
    if part and not part.whole:
        return _unfinished(part)
    card = opened(part.digits if part else text[len(_PREFIX) :])
    if isinstance(card, Fault):
        return refused(Format.SMART_HEALTH_CARD, card)
    return _described(card, _judged(card, question), question)


def _unfinished(part: Part) -> Credential:
    if not 1 <= part.number <= part.of:
        return refused(Format.SMART_HEALTH_CARD, Fault(Code.MALFORMED, f"{part.number}/{part.of}"))
    reason = Reason(Code.CHUNK_MISSING, f"{part.number}/{part.of}")
    return Credential(
        Format.SMART_HEALTH_CARD, Authenticity.UNVERIFIABLE, Basis.OBSERVED, reasons=(reason,)
    )


def opened(digits: str) -> Card | Fault:
    """The card of a code's digits."""
    jws = _characters(digits)
    if isinstance(jws, Fault):
        return jws
    signed, _, signature = jws.rpartition(".")
    head, _, body = signed.partition(".")
    header, packed, value = (from_base64url(each) for each in (head, body, signature))
    if isinstance(header, Fault) or isinstance(packed, Fault) or isinstance(value, Fault):
        return Fault()
    unpacked = inflated(packed, raw=True)
    if isinstance(unpacked, Fault):
        return unpacked
    fields, payload = from_json(header), from_json(unpacked)
    if not isinstance(fields, dict) or not isinstance(payload, dict) or not _is_timed(payload):
        return Fault()
    kid = fields.get("kid")
    # The specification knows ES256 only; whatever the header says, nothing else is tried.
    signed_so = Signature("ES256", signed.encode("ascii"), value)
    return Card(kid if isinstance(kid, str) else "", fields, signed_so, payload)


def _characters(digits: str) -> str | Fault:
    if not digits.isascii() or not digits.isdecimal() or len(digits) % 2:
        return Fault()
    pairs = (int(digits[at : at + 2]) for at in range(0, len(digits), 2))
    jws = "".join(chr(pair + _OFFSET) for pair in pairs)
    return jws if _JWS.fullmatch(jws) else Fault()


def _is_timed(payload: Mapping[str, Any]) -> bool:
    """Whether the times are numbers where they are given at all."""
    return all(as_seconds(payload.get(each, 0)) is not None for each in ("nbf", "exp"))


def _judged(card: Card, question: Question) -> Judgement:
    trust, at = question.trust, question.at
    issuers = trust.card_issuers(card.iss)
    if not issuers:
        return judged([unknown(Family.CARD, trust, at)])
    keys = [(held, key) for held in issuers for kid, key in held.entry.keys if kid == card.kid]
    if not keys:
        return judged([unknown(Family.CARD, trust, at, Code.UNKNOWN_KEY)])
    good = [held for held, key in keys if card.signature.fits(key)]
    if not good or card.header.get("alg", "ES256") != "ES256":
        return judged([finding(Authenticity.BAD_SIGNATURE, Code.BAD_SIGNATURE)])
    return kindest(_findings(card, each, question) for each in good)


def _findings(card: Card, held: Held[CardIssuer], question: Question) -> list[Finding]:
    """All that speaks against a card whose signature is good."""
    trust, at = question.trust, question.at
    span = Span(card.seconds("nbf"), card.seconds("exp"))
    found = out_of_date(span, at, Code.CERTIFICATE_EXPIRED, Code.CERTIFICATE_NOT_YET_VALID)
    if card.header.get("alg") != "ES256" or card.header.get("zip") != "DEF":
        found.append(finding(Authenticity.MALFORMED, Code.MALFORMED, "header"))
    if trust.is_old(held.dated, at):
        found.append(too_old(held.dated))
    rid = mapping(card.payload.get("vc")).get("rid")
    lists = trust.card_revocations(card.kid)
    revoked = isinstance(rid, str) and any(each.entry.revokes(rid, span.start) for each in lists)
    return [*found, *against_lists(lists, trust, at, revoked)]


def _described(card: Card, judgement: Judgement, question: Question) -> Credential:
    bundle = fhir.opened(card.payload.get("vc"))
    named = (held.entry.name for held in question.trust.card_issuers(card.iss))
    return Credential(
        Format.SMART_HEALTH_CARD,
        judgement.authenticity,
        judgement.basis,
        issuer=next((name for name in named if name), None) or plain(card.iss),
        holder=fhir.holder(bundle),
        reasons=judgement.reasons,
        valid_from=from_seconds(card.seconds("nbf")),
        valid_until=from_seconds(card.seconds("exp")),
        test=fhir.newest_test(bundle, judgement.basis),
        vaccination=fhir.vaccination(bundle, judgement.basis),
    )
