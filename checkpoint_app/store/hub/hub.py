"""Everything a hub keeps, behind one door; usable from any number of threads.

It holds no clock. Faults are `StoreFault` with a stable code. A write is one transaction, and is
durable when the method returns.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from sqlalchemy import Connection, func, select

from checkpoint_app.domain.retention import Terms
from checkpoint_app.store import keys, notices, search, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub import (
    backup,
    devices,
    home,
    keeping,
    noticing,
    publishing,
    purging,
    receiving,
    showing,
)
from checkpoint_app.store.hub.home import HubHome, HubSecrets, HubState
from checkpoint_app.store.hub.users import Users
from checkpoint_app.store.hub.values import (
    Batch,
    Chain,
    Device,
    DeviceLine,
    HubErasure,
    ListDifference,
    ListState,
    NewDevice,
    Quarantined,
    Received,
    Stand,
)
from checkpoint_app.store.moments import micros, moment
from checkpoint_app.store.retention import scrubbing

_BUSY_S = 0.3
_NOTICES_KEPT = 20  # versions of them


class HubStore:
    """One open hub. Also a context manager that closes it."""

    def __init__(self, opened: HubHome) -> None:
        self._home = opened
        self._writer = threading.Lock()  # SQLite takes one writer; PostgreSQL any number
        self._mine = threading.local()  # the transaction that a thread has under way
        self._received_at = -_BUSY_S
        self.arrived = threading.Event()  # something has come that may be shown
        self._receiving: dict[int, None] = {}  # batches that are just being taken in
        self._one_writer = opened.engine.dialect.name == "sqlite"

    @classmethod
    def create(
        cls,
        folder: Path,
        state: HubState,
        made: HubSecrets,
        passphrase: str | None,
        now: datetime,
    ) -> str | None:
        """Begin a hub; the recovery key where a passphrase was given."""
        return home.create(folder / home.FOLDER, state, made, passphrase, now)

    @classmethod
    def open(
        cls, folder: Path, *, passphrase: str | None = None, database: str | None = None
    ) -> HubStore:
        """Open the hub of a data folder, or the same hub over another database.

        Raises `StoreFault`: no_hub, passphrase_needed, wrong_key, corrupt, database_away,
        database_wrong.
        """
        return cls(home.open_home(folder / home.FOLDER, passphrase, database))

    def backup(self, target: Path, now: datetime) -> Path:
        """Write a backup into a dated folder under `target`; returns that folder."""
        written = backup.write(self._home, target, now)
        with self.write() as connection:
            keeping.note_copy(connection, written, now)
        return written

    @classmethod
    def restore(
        cls,
        source: Path,
        folder: Path,
        *,
        passphrase: str | None = None,
        database: str | None = None,
        now: datetime,
    ) -> HubState:
        """Put a backup in force in a data folder, in a later epoch; see `backup.restore`."""
        state = backup.restore(source, folder / home.FOLDER, passphrase, database, now)
        with cls.open(folder, passphrase=passphrase) as store:
            store.settle_revoked()
        return state

    def close(self) -> None:
        """Close all connections."""
        self._home.writer.dispose()
        self._home.engine.dispose()

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
    def folder(self) -> Path:
        """The hub's own folder."""
        return self._home.folder

    @property
    def state(self) -> HubState:
        """Who the hub is and which epoch it is in."""
        return self._home.state

    @property
    def secrets(self) -> HubSecrets:
        """Its keys."""
        return self._home.secrets

    @property
    def protected(self) -> bool:
        """Whether the folder's key needs a passphrase."""
        return keys.is_protected(self._home.keys)

    @property
    def users(self) -> Users:
        """Who may sign in at the office, and the book of looks."""
        return Users(self.write, self.read)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A writing transaction; within `together` the one that is under way."""
        if (under_way := self._under_way) is not None:
            yield under_way
            return
        if not self._one_writer:
            with writing(self._home.writer) as connection:
                yield connection
            return
        with self._writer, writing(self._home.writer) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction; within `together` the one that is under way."""
        if (under_way := self._under_way) is not None:
            yield under_way
            return
        with reading(self._home.engine) as connection:
            yield connection

    @property
    def _under_way(self) -> Connection | None:
        found: Connection | None = getattr(self._mine, "connection", None)
        return found

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that this thread does until the end is one transaction: it counts, or nothing."""
        with self.write() as connection:
            self._mine.connection = connection
            try:
                yield
            finally:
                self._mine.connection = None

    # --- stations

    def new_code(self, name: str, now: datetime) -> str:
        """A one-time code for a station of this name. Raises `StoreFault`: name_taken."""
        with self.write() as connection:
            return devices.new_code(connection, name, now)

    def enrol(self, code: str, new: NewDevice, now: datetime) -> Device:
        """Take a station in. Raises `StoreFault`: code_wrong, revoked, name_taken."""
        if new.device in home.revoked_in_folder(self.folder):
            raise StoreFault("revoked")
        with self.write() as connection:
            return devices.enrol(connection, code, new, now)

    def device(self, device: str) -> Device | None:
        """A station by its device."""
        with self.read() as connection:
            return devices.found(connection, device)

    def device_named(self, device_or_name: str) -> Device:
        """A station by its device or its name. Raises `StoreFault`: not_found."""
        with self.read() as connection:
            return devices.existing(connection, device_or_name)

    def devices(self) -> list[Device]:
        """All stations by name."""
        with self.read() as connection:
            return devices.listed(connection)

    def revoke(self, device_or_name: str, now: datetime) -> str:
        """Shut a station out for good; its device. Raises `StoreFault`: not_found."""
        with self.write() as connection:
            known = devices.existing(connection, device_or_name)
            home.revoke_in_folder(self.folder, known.device, now)
            devices.change(connection, known.device, status="revoked")
        return known.device

    def release(self, device_or_name: str) -> tuple[str, int]:
        """Let a frozen station go on; its device and the epoch it is to begin."""
        with self.write() as connection:
            known = devices.existing(connection, device_or_name)
            if known.status != "frozen":
                raise StoreFault("not_found")
            return known.device, devices.release(connection, known.device)

    def settle_revoked(self) -> None:
        """Shut out whoever the folder's log names: a restored database may have forgotten."""
        named = home.revoked_in_folder(self.folder)
        with self.write() as connection:
            for each in named:
                devices.change(connection, each, status="revoked")

    def count_request(self, device: str, epoch: int, number: int) -> bool:
        """Whether a request is newer than all before it; notes it."""
        with self.write() as connection:
            return devices.count_request(connection, device, epoch, number)

    def place(self, device: str, latitude: float, longitude: float) -> None:
        """Keep where a station stands, in degrees (WGS 84)."""
        with self.write() as connection:
            devices.change(connection, device, latitude=latitude, longitude=longitude)

    def note(self, device: str, now: datetime, **values: Any) -> None:
        """Note what a station told about itself, and that it was heard of."""
        with self.write() as connection:
            devices.change(connection, device, seen_us=micros(now), **values)

    def compare(self, device: str, said: list[tuple[int, int, bytes]]) -> Stand:
        """A station's chains (epoch, number, head) beside the hub's."""
        with self.write() as connection:
            return devices.compare(connection, device, said)

    def chains(self, device: str | None = None) -> list[Chain]:
        """How far the hub has each chain, by device and epoch."""
        with self.read() as connection:
            return devices.chains(connection, device)

    def lines(self) -> list[DeviceLine]:
        """All stations with where they stand."""
        with self.read() as connection:
            return devices.lines(connection)

    # --- records

    def receive(self, batch: Batch, now: datetime) -> Received:
        """Take a batch in; durable when it returns."""
        self._receiving[id(batch)] = None
        try:
            with self.write() as connection:
                return receiving.receive(connection, batch, now)
        finally:
            self._receiving.pop(id(batch), None)
            self._received_at = time.monotonic()
            self.arrived.set()

    @property
    def busy(self) -> bool:
        """Whether stations are just sending: what can wait should."""
        return bool(self._receiving) or time.monotonic() - self._received_at < _BUSY_S

    def show_some(self, limit: int = showing.STEP) -> int:
        """Bring the next records to where pages and sheets find them; how many were walked."""
        with self.write() as connection:
            return showing.show_some(connection, limit)

    def behind(self) -> int:
        """How many records are received and not shown yet."""
        with self.read() as connection:
            return showing.behind(connection)

    def purge(self, terms: Terms, by: str, now: datetime) -> int:
        """Erase for good what has been kept long enough; how many records lost their person.

        By the same rules as at a station, and put on record among the looks.
        """
        erased = 0
        while self.show_some():  # what is not shown yet is not erased either
            pass
        while True:
            with self.write() as connection:
                found = purging.purge_some(connection, terms, by, now)
            erased += found
            if not found:
                return erased

    def erase(self, terms: Terms, by: str, now: datetime) -> HubErasure:
        """All that a night takes: records, rows of replaced lists, copies and files left over."""
        records = self.purge(terms, by, now)
        with self.write() as connection:
            rows = keeping.prune_lists(connection, terms.copies, now)
            purging.forget_reasons(connection, terms, now)
        copies = keeping.sweep(self._home, terms, now)
        done = HubErasure(now, by, records, rows, copies)
        with self.write() as connection:
            if self._one_writer:
                search.tidy(connection)
            keeping.tell(connection, keeping.LAST, msgspec.json.encode(done).decode())
            keeping.tell(connection, keeping.RESTORED, "")
        if self._one_writer:
            scrubbing.fold(self._home.engine)
        return done

    def last_erasure(self) -> HubErasure | None:
        """What the newest erasure took, None before the first."""
        with self.read() as connection:
            return keeping.last(connection)

    @property
    def restored(self) -> bool:
        """Whether a backup was put in force and nothing has been erased since."""
        with self.read() as connection:
            return bool(keeping.told(connection, keeping.RESTORED))

    # --- lists

    def publish(
        self, name: str, rows: Mapping[str, bytes], dated: datetime, kind: str = "rows"
    ) -> ListState:
        """Make these the rows of a list that is handed down; the version that it now has.

        `name`: risk, county (tokens), policy, trust, templates, or with "@DEVICE" for one station:
        watch, roster, returnee, operators.
        """
        with self.write() as connection:
            return publishing.publish(
                connection, name, rows, dated, hub_epoch=self.state.epoch, kind=kind
            )

    def amend(
        self,
        name: str,
        put: Mapping[str, bytes],
        drop: Iterable[str],
        dated: datetime,
        check: publishing.Check,
    ) -> ListState:
        """Change some rows of a list; `check` is given all of them and may refuse by raising."""
        with self.write() as connection:
            return publishing.amend(
                connection, name, put, drop, dated, hub_epoch=self.state.epoch, check=check
            )

    def list_rows(self, name: str) -> dict[str, bytes]:
        """A list's rows now, by key; none where there is no such list."""
        with self.read() as connection:
            return publishing.rows_of(connection, name)

    def tell_notices(self, now: datetime) -> bool:
        """Hand down who ran a gate or is to be called back; whether that is another list now."""
        with self.read() as connection:
            rows = noticing.rows(connection, self.secrets.token_key, now)
            known = publishing.rows_of(connection, notices.NAME)
        if rows == known:
            return False
        with self.write() as connection:
            state = publishing.publish(
                connection, notices.NAME, rows, now, hub_epoch=self.state.epoch
            )
            if state.number > _NOTICES_KEPT:
                keeping.prune(connection, notices.NAME, state.number - _NOTICES_KEPT)
        return True

    def lists(self, device: str | None = None) -> list[ListState]:
        """All lists, or those of a station."""
        with self.read() as connection:
            return publishing.states(connection, device)

    def list_difference(
        self, name: str, have_epoch: int, have_number: int
    ) -> ListDifference | None:
        """What leads from a version to the newest; None where there is no such list."""
        with self.read() as connection:
            return publishing.difference(connection, name, have_epoch, have_number)

    def entries_under(self, name: str, key: str) -> list[bytes]:
        """What a list says under a key."""
        with self.read() as connection:
            return publishing.entries_under(connection, name, key)

    def raise_epoch(self, at_least: int) -> None:
        """Begin a later epoch of this hub: all lists are newer than any that went out before."""
        self._home = home.with_epoch(self._home, max(at_least, self.state.epoch + 1))
        with self.write() as connection:
            publishing.in_epoch(connection, self.state.epoch)

    def records(self) -> int:
        """How many records of all stations the hub has."""
        with self.read() as connection:
            counted = select(func.count()).select_from(tables.records)
            return int(connection.execute(counted).scalar_one())

    def quarantined(self, limit: int = 1000) -> list[Quarantined]:
        """What could not be taken in, newest first."""
        kept = tables.hub_quarantine
        columns = [column for column in kept.c if column is not kept.c.body]
        with self.read() as connection:
            rows = connection.execute(
                select(*columns).order_by(kept.c.received_us.desc()).limit(limit)
            )
            return [_quarantined(row._asdict()) for row in rows]

    def in_quarantine(self) -> int:
        """How many records could not be taken in."""
        with self.read() as connection:
            counted = select(func.coalesce(func.sum(tables.hub_quarantine.c.records), 0))
            return int(connection.execute(counted).scalar_one())


def _quarantined(values: dict[str, Any]) -> Quarantined:
    received = values.pop("received_us")
    return Quarantined(**values, received_at=moment(received))
