"""What the hub's store takes and answers with: plain values, no SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from checkpoint_app.domain.retention import Copies
from checkpoint_app.store.chain import Sent


@dataclass(frozen=True, slots=True)
class Batch:
    """Records `first` to `first + count - 1` of one chain, and the bytes that they came as.

    `records` is None where they could not be read.
    """

    device: str
    epoch: int
    first: int
    count: int
    previous: bytes
    last: bytes
    records: tuple[Sent, ...] | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """How a batch went: stored, gap, split, frozen. `seq` is how far the chain now goes."""

    result: str
    seq: int
    accepted: int = 0
    duplicates: int = 0
    refused: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled station as the hub knows it."""

    device: str
    name: str
    status: str  # active, frozen, revoked
    public_key: bytes
    recipient: str
    open_epoch: int
    request_epoch: int
    request_number: int
    enrolled_at: datetime
    seen_at: datetime
    clock_off_s: float
    waiting: int
    program: str
    site_name: str
    site_kind: str
    county: str
    latitude: float | None
    longitude: float | None
    lists: str
    state: str


@dataclass(frozen=True, slots=True)
class NewDevice:
    """Who wants to be enrolled."""

    device: str
    public_key: bytes
    recipient: str
    site_name: str
    site_kind: str
    county: str
    program: str


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the hub has one chain of a station."""

    device: str
    epoch: int
    seq: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Stand:
    """What the hub has of a station beside what the station says it has."""

    chains: tuple[Chain, ...]
    frozen: bool
    open_epoch: int  # 0, or the epoch that the station is to begin before it goes on


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A station in `hub status`: its newest chain, and all its records."""

    device: str
    name: str
    status: str
    epoch: int
    seq: int
    records: int
    head: str
    seen_at: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Something that was sent and could not be taken in."""

    id: UUID
    device: str
    epoch: int
    seq: int
    records: int
    reason: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ListState:
    """The newest version of a list that the hub hands down."""

    name: str
    kind: str  # rows, tokens
    hub_epoch: int
    number: int
    rows: int
    digest: bytes
    dated_at: datetime
    floor: int = 0  # what left up to this version is erased

    def base(self, have_epoch: int, have_number: int) -> int:
        """The version that a change can begin from, 0 where the list must be taken whole."""
        known = have_epoch == self.hub_epoch and self.floor <= have_number <= self.number
        return have_number if known and have_number > 0 else 0


@dataclass(frozen=True, slots=True)
class HubErasure:
    """What one erasure took at the hub. It names nobody."""

    at: datetime
    by: str
    records: int = 0
    list_rows: int = 0
    copies: Copies = field(default_factory=Copies)


@dataclass(frozen=True, slots=True)
class ListDifference:
    """What leads from `base` (0: nothing) to `state`: rows to add, and those to take out."""

    state: ListState
    base_epoch: int
    base: int
    added: dict[str, bytes]
    removed: dict[str, bytes]
