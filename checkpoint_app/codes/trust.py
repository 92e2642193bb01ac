"""What the station trusts at one moment: an immutable snapshot of its trust lists.

Signatures are checked by the readers; here stands who may sign, how old that knowledge is, and
what has been revoked. A list older than `valid_for` proves nothing any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from checkpoint_app.codes.trust_file import TrustFile, parse_trust_file
from checkpoint_app.codes.trusted import (
    Authority,
    CardIssuer,
    CardRevocations,
    CertificateRevocations,
    Entry,
    PassRevocations,
    Signer,
    SiteKey,
)

__all__ = ["Family", "Held", "Trust", "TrustFile", "parse_trust_file"]

DEFAULT_VALID_FOR = timedelta(days=7)


class Family(StrEnum):
    """The families of codes, each with trust lists of its own."""

    HCERT = "hcert"
    CARD = "card"
    TRAVEL = "travel"
    PASS = "pass"


_FAMILY_OF: Mapping[type[Entry], Family] = {
    Signer: Family.HCERT,
    CardIssuer: Family.CARD,
    Authority: Family.TRAVEL,
    SiteKey: Family.PASS,
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """An entry with the date of the list it stands on; None where it doesn't age."""

    entry: T
    dated: datetime | None


@dataclass(frozen=True, slots=True)
class _Index:
    """The lists' entries by what they are looked up with."""

    signers: dict[bytes, list[Held[Signer]]] = field(default_factory=lambda: defaultdict(list))
    issuers: dict[str, list[Held[CardIssuer]]] = field(default_factory=lambda: defaultdict(list))
    card_revocations: dict[str, list[Held[CardRevocations]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    authorities: dict[x509.Name, list[Held[Authority]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    revocations: dict[x509.Name, list[Held[CertificateRevocations]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    site_keys: dict[bytes, list[Held[SiteKey]]] = field(default_factory=lambda: defaultdict(list))
    revoked_passes: set[str] = field(default_factory=set)
    newest: dict[Family, datetime | None] = field(default_factory=dict)

    def add(self, entry: Entry, dated: datetime | None) -> None:
        self._note_age(_FAMILY_OF.get(type(entry)), dated)
        match entry:
            case Signer():
                self.signers[entry.kid].append(Held(entry, dated))
            case CardIssuer():
                self.issuers[entry.iss].append(Held(entry, dated))
            case CardRevocations():
                self.card_revocations[entry.kid].append(Held(entry, dated))
            case Authority():
                self.authorities[entry.certificate.subject].append(Held(entry, dated))
            case CertificateRevocations():
                self.revocations[entry.listed.issuer].append(Held(entry, dated))
            case SiteKey():
                self.site_keys[entry.id].append(Held(entry, dated))
            case PassRevocations():
                self.revoked_passes.update(entry.pass_ids)

    def drop_unbelievable(self) -> None:
        """Drop the certificate revocation lists that no authority signed."""
        for name, lists in self.revocations.items():
            authorities = [held.entry.certificate for held in self.authorities.get(name, [])]
            lists[:] = [
                held
                for held in lists
                if any(_signed(held.entry.listed, authority) for authority in authorities)
            ]

    def _note_age(self, family: Family | None, dated: datetime | None) -> None:
        if family is None:
            return
        known = self.newest.get(family, dated)
        self.newest[family] = None if known is None or dated is None else max(known, dated)


@dataclass(frozen=True)
class Trust:
    """The lists in force and for how long a list is believed after its date."""

    files: tuple[TrustFile, ...] = ()
    valid_for: timedelta = DEFAULT_VALID_FOR
    _index: _Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = _Index()
        for file in self.files:
            for entry in file.entries:
                index.add(entry, file.dated if file.ages else None)
        index.drop_unbelievable()
        object.__setattr__(self, "_index", index)

    @classmethod
    def empty(cls) -> Trust:
        """A station that trusts nobody yet."""
        return cls()

    @classmethod
    def of(cls, files: Iterable[TrustFile], valid_for: timedelta = DEFAULT_VALID_FOR) -> Trust:
        """The lists in force; a newer list replaces the older one of the same kind and source."""
        return cls(_newest(files), valid_for)

    def merged(self, *files: TrustFile) -> Trust:
        """This trust with more lists."""
        return Trust.of((*self.files, *files), self.valid_for)

    @property
    def dated(self) -> datetime | None:
        """The date of the family of lists that is furthest behind; None with no list that ages."""
        return min((each for each in self._index.newest.values() if each), default=None)

    def fresh_at(self, at: datetime, valid_for: timedelta | None = None) -> bool:
        """Whether no family of lists is older than `valid_for` at the time `at`."""
        limit = self.valid_for if valid_for is None else valid_for
        return all(each is None or at - each <= limit for each in self._index.newest.values())

    def has(self, family: Family) -> bool:
        """Whether any list of the family was imported."""
        return family in self._index.newest

    def is_old(self, dated: datetime | None, at: datetime) -> bool:
        """Whether a list of this date is no longer believed at the time `at`."""
        return dated is not None and at - dated > self.valid_for

    def newest(self, family: Family) -> datetime | None:
        """The date of the family's newest list; None where there is none that ages."""
        return self._index.newest.get(family)

    def signers(self, kid: bytes) -> Sequence[Held[Signer]]:
        """Signers of HC1 codes with this key id; several may share it."""
        return self._index.signers.get(kid, ())

    def card_issuers(self, iss: str) -> Sequence[Held[CardIssuer]]:
        """The SMART Health Card issuer of this address, once a list that names it."""
        return self._index.issuers.get(iss, ())

    def card_revocations(self, kid: str) -> Sequence[Held[CardRevocations]]:
        """Revocation lists of SMART Health Cards signed with this key."""
        return self._index.card_revocations.get(kid, ())

    def authorities(self, certificate: x509.Certificate) -> Sequence[Held[Authority]]:
        """The authorities whose signature is on this certificate."""
        return [
            held
            for held in self._index.authorities.get(certificate.issuer, [])
            if _issued(held.entry.certificate, certificate)
        ]

    def certificate_revocations(
        self, certificate: x509.Certificate
    ) -> Sequence[Held[CertificateRevocations]]:
        """Believable revocation lists of the authority that issued this certificate."""
        return self._index.revocations.get(certificate.issuer, ())

    def site_keys(self, identifier: bytes) -> Sequence[Held[SiteKey]]:
        """Keys of site passes with this id."""
        return self._index.site_keys.get(identifier, ())

    def has_revoked_pass(self, pass_id: str) -> bool:
        """Whether a site pass was taken back."""
        return pass_id in self._index.revoked_passes


def _newest(files: Iterable[TrustFile]) -> tuple[TrustFile, ...]:
    every = tuple(files)
    newest: dict[tuple[str, str], datetime] = {}
    for file in every:
        key = file.kind, file.source
        newest[key] = max(file.dated, newest.get(key, file.dated))
    return tuple(file for file in every if file.dated >= newest[file.kind, file.source])


def _issued(authority: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _signed(listed: x509.CertificateRevocationList, authority: x509.Certificate) -> bool:
    try:
        return listed.is_signature_valid(authority.public_key())  # type: ignore[arg-type]
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
