"""Everything a station keeps, behind one door.

One `Station` is one open encrypted database. All methods are called from one thread (the desk's
database executor); it holds no clock: `now` is passed in, aware. Faults are raised as `StoreFault`
with a stable code; nothing already saved is ever lost by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from checkpoint_app.domain.inspection import Inspection, Outcome, RecordedInspection
from checkpoint_app.domain.register import Period, Sheet


class StoreFault(Exception):
    """`code`: disk_full, locked, corrupt, wrong_key, newer_schema, not_found, read_only."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


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
    """One line of the day's list or of a search, newest version of the inspection only."""

    id: UUID
    confirmed_at: datetime  # aware, in the local offset it was recorded with
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
    role: str  # operator, lead
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
    """Result of walking the whole chain. `problem` is None or a stable code with a sequence."""

    ok: bool
    records: int
    head: str
    problem: str | None = None


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


class Station:
    """One open store."""

    @classmethod
    def open(cls, folder: Path, *, passphrase: str | None = None, now: datetime) -> Station:
        """Open or create the store in `folder`; migrates (after a backup) where needed."""
        raise NotImplementedError

    # records
    def record(self, recorded: RecordedInspection, fingerprint: str | None) -> Saved: ...
    def row(self, inspection_id: UUID) -> RecordedInspection | None: ...
    def day_rows(self, period: Period, limit: int) -> list[DayRow]: ...
    def day_counts(self, period: Period) -> dict[Outcome, int]: ...
    def earlier_showing(self, fingerprint: str, since: datetime) -> DayRow | None: ...
    def search(self, text: str, limit: int = 50) -> list[DayRow]: ...
    def recorded(self, period: Period) -> Iterator[RecordedInspection]: ...
    def fingerprint(self, code_text: str) -> str:
        """Keyed hash (hex) of a code's text; the text itself is never stored."""
        raise NotImplementedError

    # the unfinished person and the tray
    def keep_unfinished(self, people: Sequence[Parked]) -> None: ...
    def unfinished(self) -> list[Parked]: ...

    # sealing
    def seal(self, period: Period, sheet: Sheet, now: datetime) -> Seal: ...
    def verify(self) -> Verification: ...

    # people and secrets
    def operators(self) -> list[Operator]: ...
    def add_operator(self, name: str, pin: str, role: str = "operator") -> Operator: ...
    def check_pin(self, operator_id: UUID, pin: str, now: datetime) -> bool: ...
    def set_passphrase(self, passphrase: str) -> str:
        """Protect the store; rekeys. Returns the recovery key to print once."""
        raise NotImplementedError

    @property
    def protected(self) -> bool: ...
    def log_look(self, inspection_id: UUID, operator: str, reason: str, now: datetime) -> None: ...

    # trust
    def add_trust_list(
        self, kind: str, source: str, dated: datetime, body: bytes, entries: int, now: datetime
    ) -> TrustListInfo: ...
    def trust_lists(self) -> list[TrustListInfo]: ...
    def trust_bodies(self) -> list[tuple[TrustListInfo, bytes]]: ...
    def secret(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A small secret kept in the encrypted store (site pass key); made on first use."""
        raise NotImplementedError

    def revoke_pass(self, pass_id: str, now: datetime) -> None: ...
    def revoked_passes(self) -> frozenset[str]: ...

    # keeping
    def backup(self, target: Path, now: datetime) -> Path: ...
    @classmethod
    def restore(cls, source: Path, folder: Path, *, passphrase: str | None, now: datetime) -> None: ...
    def close(self) -> None: ...


