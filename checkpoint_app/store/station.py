"""Everything a station keeps, behind one door.

One `Station` is one open encrypted database. All methods are called from one thread (the desk's
database executor); `backup`, `fingerprint` and `protected` from any. It holds no clock: `now` is
passed in, aware. Faults are raised as `StoreFault` with a stable code; nothing already saved is
ever lost by one.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.register import Period
from checkpoint_app.store import (
    inspections,
    keeping,
    keys,
    ledger,
    people,
    projection,
    recording,
    scratch,
    sealing,
    trust,
    verification,
)
from checkpoint_app.store.cases.door import Cases
from checkpoint_app.store.crowd import CrowdCounter
from checkpoint_app.store.duty import Duty
from checkpoint_app.store.engine import fold_log, reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.handed_down import HandedDown
from checkpoint_app.store.home import Home, Use, close_home, open_home
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.lists import Lists
from checkpoint_app.store.offline import Declared, Offline
from checkpoint_app.store.passages import PassageCounts, PassageRow, Passages
from checkpoint_app.store.past import Past
from checkpoint_app.store.policies import Policies, SavedPolicy
from checkpoint_app.store.retention import Retention
from checkpoint_app.store.rights import Rights
from checkpoint_app.store.runners import Runners
from checkpoint_app.store.sealed_sheets import SealedSheets
from checkpoint_app.store.syncing import Sync
from checkpoint_app.store.values import (
    DayRow,
    Operator,
    Parked,
    Saved,
    Seal,
    TrustListInfo,
    Verification,
)
from checkpoint_app.store.visiting import Absences, Passes, Portraits, Visits

__all__ = [
    "DayRow",
    "Declared",
    "Duty",
    "Operator",
    "Parked",
    "PassageCounts",
    "PassageRow",
    "Saved",
    "SavedPolicy",
    "Seal",
    "Station",
    "StoreFault",
    "TrustListInfo",
    "Use",
    "Verification",
]


class Station:
    """One open store. Also a context manager that closes it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._code_key = trust.secret(home.engine, "code_key", keys.new_key)
        self._lists = Lists(home.engine, home.device)

    @classmethod
    def open(
        cls, folder: Path, *, passphrase: str | None = None, now: datetime, use: Use = Use.DESK
    ) -> Station:
        """Open or create the store in `folder`; migrates (after a backup) where needed.

        `passphrase` may be the recovery key. Raises `StoreFault`: passphrase_needed, wrong_key,
        in_use (a desk has the folder), keys_missing, corrupt, newer_schema, read_only, disk_full,
        locked; not_found where a reader finds no store.
        """
        return cls(open_home(folder, passphrase, use, now))

    def close(self) -> None:
        """Close the database and let another desk in."""
        close_home(self._home)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def device(self) -> str:
        """The short name that this installation gave itself."""
        return self._home.device

    @property
    def cases(self) -> Cases:
        """The ledger of abnormal persons."""
        return Cases(self._home.engine, self._home.device)

    # --- records

    def record(self, recorded: RecordedInspection, fingerprint: str | None) -> Saved:
        """Save an inspection, a correction (`supersedes`) or a taking back (`void`), durably.

        `supersedes` is the inspection's id or any of its records'. The same again gives the same
        answer; the person leaves the unfinished ones. Raises `StoreFault`: already_recorded,
        not_found, not_storable, and what a disk may do.
        """
        with writing(self._home.engine) as connection:
            return recording.record(connection, self._home.device, recorded, fingerprint)

    def row(self, inspection_id: UUID) -> RecordedInspection | None:
        """The newest version of an inspection, exactly as it was saved."""
        with reading(self._home.engine) as connection:
            return inspections.newest(connection, inspection_id)

    def day_rows(self, period: Period, limit: int) -> list[DayRow]:
        """A period's inspections, newest first; ones taken back carry `void`."""
        with reading(self._home.engine) as connection:
            return inspections.day_rows(connection, period, limit)

    def rows(self, ids: Sequence[UUID]) -> list[DayRow]:
        """These inspections by time, as the day's list has them; unknown ones are left out."""
        with reading(self._home.engine) as connection:
            return inspections.some(connection, ids)

    def day_counts(self, period: Period) -> dict[Outcome, int]:
        """A period's number of each outcome, ones taken back left out; every outcome is a key."""
        with reading(self._home.engine) as connection:
            return inspections.day_counts(connection, period)

    def earlier_showing(self, fingerprint: str, since: datetime) -> DayRow | None:
        """The newest inspection since then at which this code was shown, not taken back."""
        with reading(self._home.engine) as connection:
            return inspections.earlier_showing(connection, fingerprint, since)

    def search(self, text: str, limit: int = 50) -> list[DayRow]:
        """Inspections with all words of `text`, newest entered first.

        A word is a piece of a name (one character is enough), the beginning or the last four or
        six of an ID number or phone, or the beginning or end of a plate.
        """
        with reading(self._home.engine) as connection:
            return inspections.find(connection, text, limit)

    def recorded(self, period: Period) -> Iterator[RecordedInspection]:
        """A period's inspections by time, newest versions at the time of their first, voids too."""
        return inspections.recorded(self._home.engine, period)

    def fingerprint(self, code_text: str) -> str:
        """Keyed hash (hex) of a code's text; the text itself is never stored. Any thread."""
        text = code_text.encode("utf-8", "surrogatepass")
        return hmac.new(self._code_key, text, sha256).hexdigest()

    def rebuild(self) -> int:
        """Derive day lists, search, cases and seals again from the ledger; records walked."""
        with writing(self._home.engine) as connection:
            return projection.rebuild(connection)

    def tidy(self) -> None:
        """Fold the write-ahead log into the file; for a moment in which nobody waits.

        Never needed, but it spares about one save in 150 from doing it.
        """
        fold_log(self._home.engine)

    # --- the unfinished person and the tray

    def keep_unfinished(self, people: Sequence[Parked]) -> None:
        """Make these the unfinished people; durable when it returns, free when nothing changed."""
        scratch.keep(self._home.engine, people)

    def unfinished(self) -> list[Parked]:
        """The unfinished people as last kept, less those recorded since."""
        return scratch.kept(self._home.engine)

    # --- rules

    @property
    def policies(self) -> Policies:
        """The rules of each kind of site, as saved here."""
        return Policies(self._home.engine, self._home.device)

    @property
    def offline(self) -> Offline:
        """断网模式, and who was let through first and is still to be completed or looked up."""
        return Offline(self._home.engine, self._home.device)

    # --- vehicles, crowds, gate-runners

    @property
    def passages(self) -> Passages:
        """The vehicles with everyone in them."""
        return Passages(self._home.engine, self._home.device)

    @property
    def crowd(self) -> CrowdCounter:
        """How many people are inside."""
        return CrowdCounter(self._home.engine, self._home.device)

    @property
    def runners(self) -> Runners:
        """Who ran the gate or would not be checked, with the last seconds' pictures."""
        return Runners(self._home.engine, self._home.device)

    # --- sealing

    def seal(self, period: Period, sheet: str, now: datetime) -> Seal:
        """The period's seal; the same as before where its records did not change."""
        with writing(self._home.engine) as connection:
            return sealing.seal(connection, self._home.device, period, sheet, now)

    @property
    def sheets(self) -> SealedSheets:
        """Sheets that left the desk: by check code, handed out, closed."""
        return SealedSheets(self._home.engine, self._home.device)

    @property
    def past(self) -> Past:
        """The ledgers as they were when a sheet was sealed, read in short pages."""
        return Past(self._home.engine)

    def verify(self) -> Verification:
        """Walk the whole ledger; the first row edited, removed or moved is named."""
        with reading(self._home.engine) as connection:
            return verification.verify(connection)

    # --- shifts, checks, problems found

    @property
    def duty(self) -> Duty:
        """Who is on duty, the site's checks, hand-overs and the problems found."""
        return Duty(self._home.engine, self._home.device)

    # --- people and secrets

    def operators(self) -> list[Operator]:
        """Everyone by name, retired ones (`active` False) too."""
        return people.listed(self._home.engine)

    def add_operator(self, name: str, pin: str, role: str = "operator") -> Operator:
        """A new operator. Raises `StoreFault`: name_taken, not_storable (empty name or
        PIN), shut_out (by the command office)."""
        return people.add(self._home.engine, name, pin, role)

    def change_operator(
        self,
        operator_id: UUID,
        *,
        pin: str | None = None,
        active: bool | None = None,
        role: str | None = None,
    ) -> None:
        """Give a new PIN or role, retire or take back. Raises `StoreFault`: not_found, shut_out."""
        people.change(self._home.engine, operator_id, pin=pin, active=active, role=role)

    def check_pin(
        self, operator_id: UUID, pin: str, now: datetime, purpose: str = "sign_in"
    ) -> bool:
        """Whether the PIN is right; noted in the ledger with its purpose. 50 to 100 ms.

        After the third wrong PIN in a row `pin_wait` must pass before a right one counts.
        """
        engine, device = self._home.engine, self._home.device
        return people.check_pin(engine, device, operator_id, pin, purpose, now)

    def pin_wait(self, operator_id: UUID, now: datetime) -> timedelta:
        """How long until this operator may try again; zero mostly."""
        return people.wait(self._home.engine, operator_id, now)

    def log_look(self, inspection_id: UUID, operator: str, reason: str, now: datetime) -> None:
        """Note in the ledger that someone looked at a person's full data, and why."""
        who = ledger.encoded({"inspection": str(inspection_id), "operator": operator})
        draft = Draft(Kind.LOOK, now, who, ledger.encoded({"reason": reason}))
        with writing(self._home.engine) as connection:
            ledger.place(connection, self._home.device, draft)

    @property
    def protected(self) -> bool:
        """Whether a passphrase has been set; before that anyone with the folder can read it."""
        return keys.is_protected(self._home.keys)

    def set_passphrase(self, passphrase: str) -> str:
        """Protect the store; rekeys. Returns the recovery key to print once.

        Takes as long as copying the database twice. Raises `StoreFault`: in_use, disk_full; the
        store is then still as it was.
        """
        self._home, recovery = keeping.protect(self._home, passphrase)
        self._lists = Lists(self._home.engine, self._home.device)
        return recovery

    def use_key_store(self, wanted: bool) -> bool:
        """Let the system's key store open this store without asking; whether it now does."""
        self._home = keeping.use_key_store(self._home, wanted)
        return any(slot.kind == "key_store" for slot in self._home.keys.slots)

    def secret(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A small secret kept in the encrypted store (site pass key); made on first use."""
        return trust.secret(self._home.engine, f"desk.{name}", make)

    # --- trust and small state

    def add_trust_list(
        self, kind: str, source: str, dated: datetime, body: bytes, entries: int, now: datetime
    ) -> TrustListInfo:
        """Keep an imported list; it takes the place of the earlier one of its kind and source."""
        info = TrustListInfo(0, kind, source, now, dated, entries, "")
        return trust.add_list(self._home.engine, self._home.device, info, body)

    def trust_lists(self) -> list[TrustListInfo]:
        """The lists in force: the newest of each kind and source, by version."""
        return trust.lists_in_force(self._home.engine)

    def trust_bodies(self) -> list[tuple[TrustListInfo, bytes]]:
        """The lists in force with their contents."""
        return trust.bodies_in_force(self._home.engine)

    def revoke_pass(self, pass_id: str, now: datetime) -> None:
        """Revoke a site pass for good."""
        trust.revoke_pass(self._home.engine, self._home.device, pass_id, now)

    def revoked_passes(self) -> frozenset[str]:
        """Ids of the passes revoked."""
        return trust.revoked_passes(self._home.engine)

    def remember(self, name: str, value: str) -> None:
        """Keep a small piece of state (the last operator, the tray's order) under a name."""
        trust.remember(self._home.engine, f"desk.{name}", value)

    def remembered(self, name: str) -> str | None:
        """The state kept under a name, or None."""
        return trust.remembered(self._home.engine, f"desk.{name}")

    # --- lists of persons and risk areas

    @property
    def lists(self) -> Lists:
        """Watched persons, risk areas, roster, returnees."""
        return self._lists

    # --- the hub

    @property
    def sync(self) -> Sync:
        """What synchronising with a hub needs."""
        return Sync(self._home)

    @property
    def handed_down(self) -> HandedDown:
        """Rules, trust lists, operators and forms that the command office put in force here."""
        return HandedDown(self._home.engine, self._home.device)

    # --- keeping

    @property
    def visits(self) -> Visits:
        """Whoever comes to see somebody."""
        return Visits(self._home.engine, self._home.device)

    @property
    def absences(self) -> Absences:
        """Who of the roster is away, and what was found on the return."""
        return Absences(self._home.engine, self._home.device)

    @property
    def portraits(self) -> Portraits:
        """Photos of the people on the roster."""
        return Portraits(self._home.engine)

    @property
    def passes(self) -> Passes:
        """The passes that were handed out."""
        return Passes(self._home.engine, self._home.device)

    @property
    def retention(self) -> Retention:
        """Erasing what has been kept long enough, and at the end everything."""
        return Retention(self._home)

    @property
    def rights(self) -> Rights:
        """One's own records, and who has looked at them."""
        return Rights(self._home.engine, self._home.device)

    def backup(self, target: Path, now: datetime) -> Path:
        """A checked copy with its key slots in a dated folder under `target`; gives that folder.

        It opens with this store's passphrase or recovery key. From any thread, beside saving.
        """
        home = self._home
        return keeping.write_backup(home.database, home.keys, home.key, target, now)

    @classmethod
    def restore(cls, source: Path, folder: Path, *, passphrase: str | None, now: datetime) -> None:
        """Put the backup `source` in force in `folder`, in a new epoch of the ledger.

        What was there is moved to `folder/replaced-…`. Raises `StoreFault`: not_found, wrong_key,
        passphrase_needed, corrupt (the backup does not verify), in_use, disk_full.
        """
        keeping.restore(source, folder, passphrase, now)
