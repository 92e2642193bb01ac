"""Taking a batch into the ledger: insert, advance the cursor, extend the chain, or nothing.

What cannot be read or does not fit its own chain is asked for in smaller batches until it stands
alone; then it goes to quarantine byte for byte and the cursor moves on: nothing is lost and nothing
stands in the way. Two contents under one number mean two stations of one name: the station is
frozen until the office has looked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from checkpoint_app.store import chain, tables
from checkpoint_app.store.chain import Link, Sent
from checkpoint_app.store.hub.bulk import put
from checkpoint_app.store.hub.values import Batch, Received
from checkpoint_app.store.moments import micros

_RECORDS = tuple(column.name for column in tables.records.c)
_PERSONAL = tuple(column.name for column in tables.personal.c)


_LONGEST_KIND = 24


class _Linked(NamedTuple):
    """A record in its place, as the two rows that it becomes."""

    hash: bytes
    row: tuple[Any, ...]
    personal: tuple[UUID, bytes, bytes] | None


class _Trouble(Exception):
    """Why a batch cannot be taken as it is; the text is a reason code."""


def receive(connection: Connection, batch: Batch, now: datetime) -> Received:
    """Take a batch in. The transaction must be a writing one, and is the caller's to commit."""
    device = _locked(connection, batch.device)
    head = _head(connection, batch.device, batch.epoch)
    seq, hash_ = (head.seq, head.hash) if head else (0, chain.START)
    if device.status == "frozen":
        return Received("frozen", seq, reason="fork")
    if batch.first > seq + 1:
        return Received("gap", seq)
    known = seq + 1 - batch.first  # of the batch
    if known >= batch.count and batch.records is None:
        return Received("stored", seq, duplicates=batch.count)
    try:
        linked = _linked(batch)
        if not _goes_on(connection, linked, batch, known, hash_):
            return _forked(connection, device, batch, seq, now)
        fresh = linked[known:] if known < batch.count else []
        if fresh:
            _insert(connection, fresh)
    except _Trouble as trouble:
        return _aside(connection, batch, seq, str(trouble), now)
    if fresh:
        _advance(connection, batch, head, batch.first + batch.count - 1, fresh[-1].hash)
        _fewer_wait(connection, device, batch.device, len(fresh))
    return Received(
        "stored", max(seq, batch.first + batch.count - 1), len(fresh), batch.count - len(fresh)
    )


def _locked(connection: Connection, device: str) -> Row[Any]:
    """The station's row; no other batch of it is taken in meanwhile."""
    devices = tables.hub_devices
    asked: Select[Any] = select(devices.c.status, devices.c.open_epoch, devices.c.waiting)
    asked = asked.where(devices.c.device == device).with_for_update()
    row: Row[Any] = connection.execute(asked).one()
    return row


def _head(connection: Connection, device: str, epoch: int) -> Row[Any] | None:
    heads = tables.heads
    asked = select(heads).where(heads.c.device == device, heads.c.epoch == epoch)
    return connection.execute(asked).first()


def _linked(batch: Batch) -> list[_Linked]:
    """The records in their places; raises `_Trouble` where they are not the chain they say."""
    if batch.records is None:
        raise _Trouble("unreadable")
    if len(batch.records) != batch.count:
        raise _Trouble("count")
    if not all(map(_is_kind, {each.kind for each in batch.records})):
        raise _Trouble("unreadable")
    linked, previous = [], batch.previous
    for seq, each in enumerate(batch.records, batch.first):
        one = _link(batch, seq, each, previous)
        linked.append(one)
        previous = one.hash
    if previous != batch.last:
        raise _Trouble("chain")
    return linked


def _is_kind(kind: str) -> bool:
    return 0 < len(kind) <= _LONGEST_KIND and kind.isprintable()


def _link(batch: Batch, seq: int, each: Sent, previous: bytes) -> _Linked:
    commitment, personal = each.commitment, None
    if each.salt is not None and each.personal is not None:
        commitment = chain.commitment(each.salt, each.personal)
        personal = (each.id, each.salt, each.personal)
    place = (
        each.id,
        batch.device,
        batch.epoch,
        seq,
        each.kind,
        each.at_us,
        each.offset_s,
        each.belongs_us,
        each.supersedes,
        each.plain,
        commitment,
        previous,
    )
    hash_ = chain.link_hash(Link(*place))
    return _Linked(hash_, (*place, hash_), personal)


def _goes_on(
    connection: Connection, linked: list[_Linked], batch: Batch, known: int, head: bytes
) -> bool:
    """Whether the batch goes on from what the hub has, or repeats it."""
    if known == 0:
        return batch.previous == head
    if known <= batch.count:
        return linked[known - 1].hash == head
    records = tables.records
    last = batch.first + batch.count - 1
    place = (records.c.device == batch.device, records.c.epoch == batch.epoch)
    kept = connection.execute(
        select(records.c.hash).where(*place, records.c.seq == last)
    ).scalar_one_or_none()
    return kept is None or bytes(kept) == linked[-1].hash  # None: it is in quarantine


def _insert(connection: Connection, fresh: list[_Linked]) -> None:
    """All records of the batch, or none."""
    rows = [one.row for one in fresh]
    parts = [one.personal for one in fresh if one.personal is not None]
    try:
        with connection.begin_nested():
            put(connection, tables.records, _RECORDS, rows)
            put(connection, tables.personal, _PERSONAL, parts)
    except IntegrityError:
        raise _Trouble("taken") from None  # another record stands under this key


def _advance(
    connection: Connection, batch: Batch, head: Row[Any] | None, seq: int, hash_: bytes
) -> None:
    heads = tables.heads
    if head is None:
        whose = {"device": batch.device, "epoch": batch.epoch}
        connection.execute(insert(heads), {**whose, "seq": seq, "hash": hash_})
        return
    place = (heads.c.device == batch.device, heads.c.epoch == batch.epoch)
    connection.execute(update(heads).where(*place).values(seq=seq, hash=hash_))


def _fewer_wait(connection: Connection, known: Row[Any], device: str, taken: int) -> None:
    """What the station said at the beginning of the exchange, less what has come since."""
    if known.waiting:
        left = max(0, known.waiting - taken)
        devices = tables.hub_devices
        connection.execute(update(devices).where(devices.c.device == device).values(waiting=left))


def _forked(
    connection: Connection, device: Row[Any], batch: Batch, seq: int, now: datetime
) -> Received:
    """Keep what came; freeze the station, or, where it was released since, let it go on."""
    quarantine(connection, batch, "fork", now)
    if batch.epoch < device.open_epoch:
        return Received("stored", batch.first + batch.count - 1, refused=batch.count, reason="fork")
    devices = tables.hub_devices
    connection.execute(
        update(devices).where(devices.c.device == batch.device).values(status="frozen")
    )
    return Received("frozen", seq, reason="fork")


def _aside(connection: Connection, batch: Batch, seq: int, reason: str, now: datetime) -> Received:
    """Ask for fewer at once; a record that stands alone goes to quarantine, the cursor moves."""
    if batch.count > 1:
        return Received("split", seq, reason=reason)
    if batch.first <= seq:
        return Received("stored", seq, duplicates=1)
    quarantine(connection, batch, reason, now)
    head = _head(connection, batch.device, batch.epoch)
    _advance(connection, batch, head, batch.first, batch.last)
    return Received("stored", batch.first, refused=1, reason=reason)


def quarantine(connection: Connection, batch: Batch, reason: str, now: datetime) -> UUID:
    """Keep a batch as it came; the same again is kept once."""
    kept = tables.hub_quarantine
    place = (kept.c.device == batch.device, kept.c.epoch == batch.epoch, kept.c.seq == batch.first)
    same = connection.execute(select(kept.c.id, kept.c.body).where(*place)).all()
    for row in same:
        if bytes(row.body) == batch.body:
            found: UUID = row.id
            return found
    made = uuid4()
    values = {
        "id": made,
        "device": batch.device,
        "epoch": batch.epoch,
        "seq": batch.first,
        "records": batch.count,
        "reason": reason,
        "received_us": micros(now),
        "body": batch.body,
    }
    connection.execute(insert(kept), values)
    return made
