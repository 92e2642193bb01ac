"""What the store answers with: plain values, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkpoint_app.domain.inspection import Inspection, Outcome


@dataclass(frozen=True, slots=True)
class Saved:
    """A record is durable: its place in the chain."""

    id: UUID
    device: str
    epoch: int
    seq: int
    head: str  # hex SHA-256
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """One line of the day's list or of a search, newest version of the inspection only.

    `id` is the inspection's own; it stays the same through corrections.
    """

    id: UUID
    confirmed_at: datetime  # aware, in the local offset it was recorded with; the first version's
    name: str | None
    id_number: str | None
    phone: str | None
    plate: str | None
    outcome: Outcome
    temperatures: tuple[float, ...]
    first_reason: str | None  # reason code
    operator: str
    corrected: bool
    void: bool


@dataclass(frozen=True, slots=True)
class Parked:
    """A person in the tray, or the unfinished one at the desk (`parked_at` None)."""

    inspection: Inspection
    parked_at: datetime | None
    kind: str | None  # outcome word that parked them: retest, hold, incomplete


@dataclass(frozen=True, slots=True)
class Operator:
    """Someone who may sign in. The PIN is kept only as an Argon2id hash."""

    id: UUID
    name: str
    role: str  # operator, lead, supervisor
    active: bool


@dataclass(frozen=True, slots=True)
class Seal:
    """What ties a sheet to the stored period: short code for paper, version, head, rows."""

    code: str
    version: int
    head: str
    records: int


@dataclass(frozen=True, slots=True)
class Verification:
    """Result of walking the whole chain.

    `problem` is None or a stable code with its place, "code:epoch/seq": edited, missing, reordered,
    unreadable, personal (the personal part was edited, or is gone without an erasure on record),
    erasure (took other records than it says), tail (the end is cut off), seal, attachment (a
    picture was changed or is gone), projection (the day list or a case differs from the ledger;
    `rebuild` repairs it).
    """

    ok: bool
    records: int
    head: str
    problem: str | None = None
    erased: int = 0  # records whose personal part a retention rule has erased


@dataclass(frozen=True, slots=True)
class TrustListInfo:
    """One imported trust list as shown to staff."""

    version: int
    kind: str  # dcc_gateway, dcc_kid_map, jwks, shc_directory, csca, crl, site_keys
    source: str
    imported_at: datetime
    dated: datetime
    entries: int
    digest: str
