"""What every format's reader is asked and answers with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509

from checkpoint_app.codes.issuers import Issuers
from checkpoint_app.codes.trust import Family, Held, Trust
from checkpoint_app.codes.unpack import Fault, from_seconds
from checkpoint_app.domain.credential import Authenticity, Basis, Credential, Format
from checkpoint_app.domain.reasons import Code, Reason


@dataclass(frozen=True, slots=True)
class Question:
    """A code's text, and what it is judged by. `at` is aware."""

    text: str
    trust: Trust
    at: datetime
    issuers: Issuers


Reader = Callable[[Question], Credential | None]
"""Reads a text of its own format; None for any other text."""

Finding = tuple[Authenticity, Reason]
"""Something against a code."""

_SIGNED = frozenset(
    {
        Authenticity.VALID,
        Authenticity.EXPIRED,
        Authenticity.NOT_YET_VALID,
        Authenticity.REVOKED,
    }
)


_STRENGTH = (
    Authenticity.MALFORMED,
    Authenticity.BAD_SIGNATURE,
    Authenticity.UNKNOWN_ISSUER,
    Authenticity.REVOKED,
    Authenticity.UNVERIFIABLE,
    Authenticity.EXPIRED,
    Authenticity.NOT_YET_VALID,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time in seconds since 1970, both ends within it; None = open."""

    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the findings come to: the strongest decides, all of them are told."""

    authenticity: Authenticity
    reasons: tuple[Reason, ...]

    @property
    def basis(self) -> Basis:
        """`signed` only where a trusted issuer's signature was verified."""
        return Basis.SIGNED if self.authenticity in _SIGNED else Basis.OBSERVED


def judged(findings: Sequence[Finding]) -> Judgement:
    """A judgement from all that was found, strongest first; without findings the code is valid."""
    ordered = sorted(findings, key=lambda each: _STRENGTH.index(each[0]))
    authenticity = ordered[0][0] if ordered else Authenticity.VALID
    return Judgement(authenticity, tuple(reason for _, reason in ordered))


def kindest(findings: Iterable[Sequence[Finding]]) -> Judgement:
    """The judgement by the key or list that has least against the code."""
    return min(map(judged, findings), key=lambda each: len(each.reasons))


def finding(authenticity: Authenticity, code: Code, detail: str | None = None) -> Finding:
    """One finding."""
    return authenticity, Reason(code, detail)


def unknown(
    family: Family, trust: Trust, at: datetime, code: Code = Code.UNKNOWN_ISSUER
) -> Finding:
    """Why nobody is found who may have signed: no list at all, only old ones, or not on any."""
    if not trust.has(family):
        return finding(Authenticity.UNVERIFIABLE, Code.NO_TRUST_LIST)
    newest = trust.newest(family)
    if trust.is_old(newest, at):
        return too_old(newest)
    return finding(Authenticity.UNKNOWN_ISSUER, code)


def too_old(dated: datetime | None) -> Finding:
    """The list that vouches for the code is no longer believed."""
    return finding(Authenticity.UNVERIFIABLE, Code.LIST_TOO_OLD, _day(dated))


def out_of_date(span: Span, at: datetime, late: Code, early: Code) -> list[Finding]:
    """What there is against a span of time at the moment `at`: `late` after it, `early` before."""
    found = []
    if span.end is not None and at.timestamp() > span.end:
        day = _day(from_seconds(span.end))
        found.append(finding(Authenticity.EXPIRED, late, day))
    if span.start is not None and at.timestamp() < span.start:
        day = _day(from_seconds(span.start))
        found.append(finding(Authenticity.NOT_YET_VALID, early, day))
    return found


def against_certificate(certificate: x509.Certificate, trust: Trust, at: datetime) -> list[Finding]:
    """What there is against a signer's certificate: revoked, or out of date."""
    lists = trust.certificate_revocations(certificate)
    revoked = any(certificate.serial_number in each.entry.serials for each in lists)
    return [
        *against_lists(lists, trust, at, revoked),
        *out_of_date(span_of(certificate), at, Code.SIGNER_EXPIRED, Code.CERTIFICATE_NOT_YET_VALID),
    ]


def against_lists(
    lists: Sequence[Held[Any]], trust: Trust, at: datetime, revoked: bool
) -> list[Finding]:
    """What revocation lists say; lists that are all too old can only condemn."""
    if revoked:
        return [finding(Authenticity.REVOKED, Code.REVOKED)]
    if lists and all(trust.is_old(each.dated, at) for each in lists):
        return [too_old(max(each.dated for each in lists if each.dated))]
    return []


def span_of(certificate: x509.Certificate) -> Span:
    """The time that a certificate is valid for."""
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return Span(start.timestamp(), end.timestamp())


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None


def refused(family: Format, fault: Fault) -> Credential:
    """The answer to a text that looks like this format and can't be read."""
    reason = Reason(fault.code, fault.detail)
    return Credential(family, Authenticity.MALFORMED, Basis.OBSERVED, reasons=(reason,))
