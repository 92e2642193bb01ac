"""What a shown code turned out to be, and why it is believed.

A `Credential` is the answer to one code text: it never raises, a bad code is a value too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checkpoint_app.domain.reasons import Reason


class Format(StrEnum):
    """The family of code that a text belongs to."""

    EU_DCC = "eu_dcc"
    HCERT_OTHER = "hcert_other"
    SMART_HEALTH_CARD = "smart_health_card"
    VDS_NC = "vds_nc"
    CN_HEALTH_CODE = "cn_health_code"
    SITE_PASS = "site_pass"
    UNKNOWN = "unknown"


class Authenticity(StrEnum):
    """What checking the signature came to; `unverifiable` where nothing could be checked."""

    VALID = "valid"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_ISSUER = "unknown_issuer"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    MALFORMED = "malformed"
    UNVERIFIABLE = "unverifiable"


class Basis(StrEnum):
    """Why something is believed."""

    SIGNED = "signed"  # a signature from a trusted issuer covers it
    ONLINE = "online"  # the issuer's service answered, at a recorded time
    OBSERVED = "observed"  # seen on a screen; anyone can fake it
    DECLARED = "declared"  # the traveller said so


class Colour(StrEnum):
    """Colour of a code's modules; `unknown` where two methods differ."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    UNKNOWN = "unknown"


class NatResult(StrEnum):
    """Result of a nucleic-acid (or antigen) test."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Holder:
    """The person that a code names, as written in the code (may be masked: 王*明)."""

    name: str | None = None
    birth_date: str | None = None  # ISO 8601; EU DCC allows "1990" and "1990-05"
    id_number: str | None = None
    phone: str | None = None
    sex: str | None = None  # "M", "F" or None


@dataclass(frozen=True, slots=True)
class NucleicAcidTest:
    """The newest test known. `sampled_at` is aware, or None where only a result was shown."""

    result: NatResult
    sampled_at: datetime | None = None
    laboratory: str | None = None
    basis: Basis = Basis.OBSERVED
    within_hours: int | None = None  # the window that a page states, where it states no time


@dataclass(frozen=True, slots=True)
class Vaccination:
    """Doses given, whether the series is complete, and the last date."""

    doses: int | None = None
    complete: bool | None = None
    last_on: date | None = None
    basis: Basis = Basis.OBSERVED


@dataclass(frozen=True, slots=True)
class Credential:
    """One code, read.

    `issuer` is a short name or identifier fit for the screen. `reasons` are findings about the
    code itself, strongest first. `colour` is what the camera saw of the modules (None: no picture,
    or black modules). `basis` is `signed` only if a trusted issuer's signature was verified.
    """

    format: Format
    authenticity: Authenticity
    basis: Basis
    issuer: str | None = None
    holder: Holder = Holder()
    reasons: tuple[Reason, ...] = ()
    colour: Colour | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    test: NucleicAcidTest | None = None
    vaccination: Vaccination | None = None
    pass_id: str | None = None  # site pass only
    roster_id: str | None = None  # site pass only


@dataclass(frozen=True, slots=True)
class OnlineAnswer:
    """What the service said. `status` is one of green, yellow, red, expired, not_found, failed,
    timed_out; it is never green unless the service said so in as many words."""

    status: str
    masked_name: str | None = None
    reason: str | None = None
    valid_until: str | None = None
    answered_at: str | None = None  # ISO 8601 UTC
