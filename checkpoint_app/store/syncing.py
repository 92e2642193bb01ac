"""The station's side of synchronising, in its own store: what waits, what was acknowledged, where.

The bytes of a record are read from the ledger itself, which never changes; the outbox keeps count.
So a hub that was restored from an old backup can be given again whatever it has lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from checkpoint_app.domain.sheet import Period
from checkpoint_app.store import handed_down, ledger, tables, trust
from checkpoint_app.store.county import is_county_wide
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.home import Home, begin_epoch
from checkpoint_app.store.hub_lists import HubLists
from checkpoint_app.store.moments import micros

_CLOCK_STEP_US = 600 * 1_000_000  # the clock is noted no more often
KEPT = timedelta(days=7)  # acknowledged rows stay so long in the outbox
_HUB, _STATUS, _NUMBER = "sync.hub", "sync.status", "sync.number"


class HubKnown(msgspec.Struct, frozen=True):
    """The hub that this station is enrolled at. `identity` is what was fingerprinted."""

    url: str
    device_name: str
    identity: bytes
    token_key: bytes
    enrolled_us: int


class SyncStatus(msgspec.Struct, frozen=True):
    """How the exchange with the hub stands."""

    last_contact_us: int = 0
    last_try_us: int = 0
    last_fault: str = ""
    hub_epoch: int = 0
    interval_s: int = 60
    lease_s: int = 7 * 86400
    lease_lost: bool = False  # the county-wide tokens were wiped for want of contact
    frozen: bool = False
    sent: int = 0  # in all
    clock_us: int = 0  # the latest time that the clock showed since the last contact
    ran_us: int = 0  # for how long the program has been running since then
    checked_us: int = 0  # when the lists of tokens were last looked over


@dataclass(frozen=True, slots=True)
class Stored:
    """A record of the ledger with its personal part."""

    seq: int
    id: UUID
    kind: str
    at_us: int
    offset_s: int
    belongs_us: int
    supersedes: UUID | None
    plain: bytes
    commitment: bytes | None
    hash: bytes
    salt: bytes | None
    personal: bytes | None


@dataclass(frozen=True, slots=True)
class Chained:
    """A stretch of one chain: its rows in order, and the hashes before and at its end."""

    epoch: int
    first: int
    previous: bytes
    last: bytes
    rows: tuple[Stored, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is in the outbox."""

    pending: int
    refused: int
    oldest_seq: int | None


class Sync:
    """What synchronising needs of an open station."""

    def __init__(self, home: Home, within: Connection | None = None) -> None:
        self._engine: Engine | Connection = within if within is not None else home.engine
        self._home = home
        self.lists = HubLists(self._engine)

    @property
    def device(self) -> str:
        """The name that this installation gave itself."""
        return self._home.device

    @contextmanager
    def together(self) -> Iterator[Sync]:
        """The same door within one transaction: all that is done through it counts, or nothing.

        No secret is made there, and no epoch begun.
        """
        with writing(self._home.engine) as connection:
            yield Sync(self._home, connection)

    # --- who we are, whom we know

    def secret(self, name: str, made: bytes) -> bytes:
        """A key of ours, `made` when first asked for."""
        return trust.secret(self._home.engine, f"sync.{name}", lambda: made)

    def hub(self) -> HubKnown | None:
        """The hub we are enrolled at."""
        kept = tables.secrets
        with reading(self._engine) as connection:
            body = connection.execute(select(kept.c.body).where(kept.c.name == _HUB)).scalar()
        return msgspec.msgpack.decode(body, type=HubKnown) if body else None

    def join(self, hub: HubKnown) -> None:
        """Be enrolled at this hub, in place of an earlier one; all is then to be sent to it."""
        kept, body = tables.secrets, msgspec.msgpack.encode(hub)
        before = self.hub()
        with writing(self._engine) as connection:
            connection.execute(delete(kept).where(kept.c.name == _HUB))
            connection.execute(insert(kept), {"name": _HUB, "body": body})
            _remember(connection, "hub", hub.url)  # from now on what was not sent is not erased
            if before is not None and before.identity != hub.identity:
                _forget_all(connection)

    def status(self) -> SyncStatus:
        """How the exchange stands."""
        with reading(self._engine) as connection:
            text = _state(connection, _STATUS)
        return msgspec.json.decode(text, type=SyncStatus) if text else SyncStatus()

    def note(self, **changes: Any) -> SyncStatus:
        """Change parts of the status."""
        changed = msgspec.structs.replace(self.status(), **changes)
        with writing(self._engine) as connection:
            _remember(connection, _STATUS, msgspec.json.encode(changed).decode())
        return changed

    def next_number(self, at_least: int = 0) -> tuple[int, int]:
        """Epoch and number of the next request; no number is given twice."""
        with writing(self._engine) as connection:
            number = max(int(_state(connection, _NUMBER) or 0) + 1, at_least)
            _remember(connection, _NUMBER, str(number))
            head = ledger.newest_head(connection, self.device)
            return (head.epoch if head else 1), number

    def heard(self, now: datetime, **more: Any) -> None:
        """The hub was heard of: the lease begins anew, by the clock as it goes now."""
        at = micros(now)
        self.note(last_contact_us=at, clock_us=at, ran_us=0, lease_lost=False, **more)

    def keep_lease(self, now: datetime, ran: timedelta = timedelta(0)) -> bool:
        """Wipe the county-wide tokens where the hub was not heard of for too long.

        The computer may be a stolen one, and its clock may have been put back: the latest time
        that it ever showed counts, and `ran`, for how long it has been running since the last call.
        All else goes on; whether they were wiped now.
        """
        status = self.status()
        clock_us = max(micros(now), status.clock_us)
        ran_us = status.ran_us + ran // timedelta(microseconds=1)
        if self.hub() is None:
            return False
        if clock_us - status.clock_us > _CLOCK_STEP_US or ran_us > status.ran_us:
            self.note(clock_us=clock_us, ran_us=ran_us)
        away_us = max(clock_us - status.last_contact_us, ran_us)
        if away_us <= status.lease_s * 1_000_000:
            return False
        wiped = [each.name for each in self.lists.held() if is_county_wide(each.name)]
        for name in wiped:
            self.lists.wipe(name)
        if wiped:
            self.note(lease_lost=True)
        return bool(wiped)

    # --- records

    def places(self) -> list[tuple[int, int, bytes]]:
        """Epoch, last number and head of each of our chains, oldest first."""
        heads = tables.heads
        with reading(self._engine) as connection:
            asked = select(heads).where(heads.c.device == self.device).order_by(heads.c.epoch)
            return [(row.epoch, row.seq, row.hash) for row in connection.execute(asked)]

    def stretch(self, epoch: int, after: int, limit: int) -> Chained | None:
        """The next records of a chain after a number; None where there are none."""
        records = tables.records
        place = (records.c.device == self.device, records.c.epoch == epoch)
        asked = ledger.full_rows().where(*place, records.c.seq > after)
        with reading(self._engine) as connection:
            rows = connection.execute(asked.order_by(records.c.seq).limit(limit)).all()
        if not rows:
            return None
        stored = tuple(map(_stored, rows))
        return Chained(epoch, rows[0].seq, rows[0].previous, rows[-1].hash, stored)

    def acknowledged(self, epoch: int) -> int:
        """Up to which number of a chain the hub has said that it has it."""
        outbox = tables.outbox
        waits = select(func.min(outbox.c.seq)).where(
            outbox.c.epoch == epoch, outbox.c.acknowledged_us.is_(None)
        )
        with reading(self._engine) as connection:
            first = connection.execute(waits).scalar()
        newest = next((seq for each, seq, _ in self.places() if each == epoch), 0)
        return first - 1 if first is not None else newest

    def hash_at(self, epoch: int, seq: int) -> bytes | None:
        """Our hash under a number of a chain."""
        records = tables.records
        place = (records.c.device == self.device, records.c.epoch == epoch)
        asked = select(records.c.hash).where(*place, records.c.seq == seq)
        with reading(self._engine) as connection:
            return connection.execute(asked).scalar()

    def waiting(self, epoch: int | None = None) -> Waiting:
        """What the hub has not acknowledged yet, of one chain or of all."""
        outbox = tables.outbox
        asked = select(func.count(), func.count(outbox.c.refused), func.min(outbox.c.seq))
        if epoch is not None:
            asked = asked.where(outbox.c.epoch == epoch)
        with reading(self._engine) as connection:
            waits = connection.execute(asked.where(outbox.c.acknowledged_us.is_(None))).one()
            refused = select(func.count()).where(outbox.c.refused.is_not(None))
            return Waiting(waits[0], connection.execute(refused).scalar_one(), waits[2])

    def waiting_of(self, period: Period) -> int:
        """How many records of a period the hub has not acknowledged yet."""
        outbox, records = tables.outbox, tables.records
        asked = (
            select(func.count())
            .select_from(outbox.join(records, records.c.id == outbox.c.record_id))
            .where(outbox.c.acknowledged_us.is_(None))
            .where(records.c.belongs_us >= micros(period.start))
            .where(records.c.belongs_us < micros(period.end))
        )
        with reading(self._engine) as connection:
            return int(connection.execute(asked).scalar_one())

    def refused(self, limit: int = 200) -> list[tuple[int, int, UUID, str]]:
        """Epoch, number, record and reason of what the hub could not read."""
        outbox = tables.outbox
        columns = (outbox.c.epoch, outbox.c.seq, outbox.c.record_id, outbox.c.refused)
        asked = select(*columns).where(outbox.c.refused.is_not(None)).limit(limit)
        with reading(self._engine) as connection:
            return [(row[0], row[1], row[2], row[3] or "") for row in connection.execute(asked)]

    def has(self, epoch: int, up_to: int, now: datetime) -> None:
        """The hub has this chain up to a number and nothing beyond: take its word both ways."""
        outbox = tables.outbox
        this, fresh = outbox.c.epoch == epoch, outbox.c.acknowledged_us.is_(None)
        with writing(self._engine) as connection:
            acknowledged = update(outbox).where(this, outbox.c.seq <= up_to, fresh)
            connection.execute(acknowledged.values(acknowledged_us=micros(now)))
            lost = update(outbox).where(this, outbox.c.seq > up_to, ~fresh)
            connection.execute(lost.values(acknowledged_us=None))

    def refuse(self, epoch: int, seq: int, reason: str) -> None:
        """The hub has this record only as bytes that it cannot read."""
        outbox = tables.outbox
        row = update(outbox).where(outbox.c.epoch == epoch, outbox.c.seq == seq)
        with writing(self._engine) as connection:
            connection.execute(row.values(refused=reason))

    def forget_old(self, now: datetime) -> int:
        """Take out of the outbox what was acknowledged long ago; it stays in the ledger."""
        outbox = tables.outbox
        old = outbox.c.acknowledged_us < micros(now - KEPT)
        with writing(self._engine) as connection:
            return connection.execute(
                delete(outbox).where(old, outbox.c.refused.is_(None))
            ).rowcount

    def record(
        self, kind: ledger.Kind, plain: dict[str, object], personal: bytes | None, now: datetime
    ) -> None:
        """Add a record that is made for the hub: a county's summary, a record passed on."""
        draft = ledger.Draft(kind, now, ledger.encoded(plain), personal)
        with writing(self._engine) as connection:
            ledger.place(connection, self.device, draft)

    def open_epoch(self, epoch: int, now: datetime) -> None:
        """Begin a later epoch, as the hub asks after a fork."""
        newest = max((each for each, _, _ in self.places()), default=0)
        if epoch > newest:
            begin_epoch(self._home.engine, self.device, epoch, "released", now)


def _stored(row: Row[Any]) -> Stored:
    return Stored(
        row.seq,
        row.id,
        row.kind,
        row.at_us,
        row.offset_s,
        row.belongs_us,
        row.supersedes,
        row.plain,
        row.commitment,
        row.hash,
        row.salt,
        row.body,
    )


def _forget_all(connection: Connection) -> None:
    """Another hub knows nothing yet: all of the outbox waits again."""
    connection.execute(update(tables.outbox).values(acknowledged_us=None, refused=None))
    connection.execute(delete(tables.hub_list_states))
    connection.execute(delete(tables.hub_list_entries))
    handed_down.forget(connection)
    connection.execute(delete(tables.state).where(tables.state.c.name == _STATUS))


def _state(connection: Connection, name: str) -> str | None:
    state = tables.state
    return connection.execute(select(state.c.value).where(state.c.name == name)).scalar()


def _remember(connection: Connection, name: str, value: str) -> None:
    state = tables.state
    changed = connection.execute(state.update().where(state.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(state).values(name=name, value=value))
