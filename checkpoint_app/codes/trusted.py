"""What a trust list can hold: the entries, whatever file they came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from checkpoint_app.codes.keys import PublicKey

# Extended key usages of EU DCC signers, in today's and the older tree -> kind of certificate.
_ROOTS = ("1.3.6.1.4.1.1847.2021.1", "1.3.6.1.4.1.0.1847.2021.1")
_KINDS = {"1": "t", "2": "v", "3": "r"}
KIND_OF_USE: Mapping[str, str] = {
    f"{root}.{number}": kind for root in _ROOTS for number, kind in _KINDS.items()
}


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs HC1 codes, found by its `kid`; some lists bring no certificate along.

    `kinds` limits what it may sign: "t" tests, "v" vaccinations, "r" recoveries; None = no limit.
    """

    kid: bytes
    key: PublicKey
    country: str | None = None
    kinds: frozenset[str] | None = None
    certificate: x509.Certificate | None = None

    def may_sign(self, kinds: frozenset[str]) -> bool:
        """Whether codes with these kinds of certificate are within the signer's limit."""
        return self.kinds is None or kinds <= self.kinds


@dataclass(frozen=True, slots=True)
class CardIssuer:
    """An issuer of SMART Health Cards with its keys by `kid`."""

    iss: str
    name: str | None
    keys: tuple[tuple[str, PublicKey], ...]


@dataclass(frozen=True, slots=True)
class CardRevocations:
    """Revoked `rid`s under one key; with a time, only cards valid from before it are revoked."""

    kid: str
    rids: Mapping[str, float | None]

    def revokes(self, rid: str, nbf: float | None) -> bool:
        """Whether the card with this `rid` and `nbf` (seconds since 1970) is revoked."""
        if rid not in self.rids:
            return False
        before = self.rids[rid]
        return before is None or nbf is None or nbf < before


@dataclass(frozen=True, slots=True)
class Authority:
    """A country's signing authority (CSCA): signers' certificates chain to it."""

    certificate: x509.Certificate


@dataclass(frozen=True, slots=True)
class CertificateRevocations:
    """A certificate revocation list (RFC 5280); believed only if an `Authority` signed it."""

    listed: x509.CertificateRevocationList
    serials: frozenset[int]


@dataclass(frozen=True, slots=True)
class SiteKey:
    """A key that signs site passes; `id` is the first four bytes of its SHA-256."""

    id: bytes
    key: Ed25519PublicKey
    name: str | None = None


@dataclass(frozen=True, slots=True)
class PassRevocations:
    """Site passes that no longer hold, by pass id."""

    pass_ids: frozenset[str] = field(default_factory=frozenset)


Entry = (
    Signer
    | CardIssuer
    | CardRevocations
    | Authority
    | CertificateRevocations
    | SiteKey
    | PassRevocations
)
