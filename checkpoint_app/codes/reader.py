"""What every format's reader is asked and answers with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.codes.issuers import Issuers
from checkpoint_app.codes.trust import Family, Trust
from checkpoint_app.codes.unpack import Fault
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the findings come to: the first one decides, all of them are told."""

    authenticity: Authenticity
    reasons: tuple[Reason, ...]

    @property
    def basis(self) -> Basis:
        """`signed` only where a trusted issuer's signature was verified."""
        return Basis.SIGNED if self.authenticity in _SIGNED else Basis.OBSERVED


def judged(findings: Sequence[Finding]) -> Judgement:
    """A judgement from the findings, strongest first; without any the code is valid."""
    authenticity = findings[0][0] if findings else Authenticity.VALID
    return Judgement(authenticity, tuple(reason for _, reason in findings))


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
    day = dated.date().isoformat() if dated else None
    return finding(Authenticity.UNVERIFIABLE, Code.LIST_TOO_OLD, day)


def refused(family: Format, fault: Fault) -> Credential:
    """The answer to a text that looks like this format and can't be read."""
    reason = Reason(fault.code, fault.detail)
    return Credential(family, Authenticity.MALFORMED, Basis.OBSERVED, reasons=(reason,))
