"""Adding to the ledger: number, chain link, personal part and outbox row in one transaction.

Nothing here is ever updated or deleted; triggers refuse it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, insert, select, tuple_, update

from checkpoint_app.store import chain, tables
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.moments import micros, offset_s

_PAGE = 500
NO_OUTBOX = "no_outbox"  # option of a connection to a hub, which sends its own records nowhere


class Kind(StrEnum):
    """What a record is about. Values are for ever."""

    EPOCH = "epoch"
    INSPECTION = "inspection"
    CASE_EVENT = "case_event"
    LOOK = "look"
    SIGN_IN = "sign_in"
    SEAL = "seal"
    TRUST_LIST = "trust_list"
    PASS_REVOKED = "pass_revoked"
    PASSAGE = "passage"
    CROWD = "crowd"
    RUNNER = "runner"
    LIST = "list"
    LIST_WORK = "list_work"
    TURN = "turn"
    FITNESS = "fitness"
    CHECK = "check"
    HAND_OVER = "hand_over"
    PROBLEM = "problem"
    STAFF = "staff"
    POLICY = "policy"
    OFFLINE = "offline"
    SHEET_OUT = "sheet_out"
    CLOSING = "closing"
    PASS_ISSUED = "pass_issued"
    ERASURE = "erasure"
    OWN_RECORDS = "own_records"
    VISIT = "visit"
    ABSENCE = "absence"
    SUMMARY = "summary"  # of a county, for the hub above
    FORWARDED = "forwarded"


@dataclass(frozen=True, slots=True)
class Draft:
    """A record before it has its number. `belongs_us` is the period's time where not `at`."""

    kind: Kind
    at: datetime
    plain: bytes
    personal: bytes | None = None
    supersedes: UUID | None = None
    belongs_us: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A record in its place, not yet durable: the transaction is still open."""

    link: chain.Link
    hash: bytes
    salt: bytes | None
    personal: bytes | None


def place(connection: Connection, device: str, draft: Draft) -> Placed:
    """Add a record to the newest epoch of this device. The transaction must be a writing one."""
    head = newest_head(connection, device)
    if head is None:
        raise StoreFault("corrupt", "no epoch")
    placed = _linked(device, head.epoch, head.seq + 1, head.hash, draft)
    _insert(connection, placed)
    moved = {"of": device, "at": head.epoch, "seq": placed.link.seq, "hash": placed.hash}
    connection.execute(_MOVE_HEAD, moved)
    return placed


def open_epoch(connection: Connection, device: str, epoch: int, why: str, now: datetime) -> Placed:
    """Begin a new chain whose first record names the one before it."""
    before = newest_head(connection, device)
    plain = {
        "why": why,
        "previous_epoch": before.epoch if before else None,
        "previous_seq": before.seq if before else None,
        "previous_head": before.hash.hex() if before else None,
    }
    placed = _linked(device, epoch, 1, chain.START, Draft(Kind.EPOCH, now, encoded(plain)))
    _insert(connection, placed)
    connection.execute(
        insert(tables.heads).values(device=device, epoch=epoch, seq=1, hash=placed.hash)
    )
    return placed


def newest_head(connection: Connection, device: str) -> Row[Any] | None:
    """Where this device's newest chain stands."""
    return connection.execute(_NEWEST_HEAD, {"of": device}).first()


# Made once: they run at every record.
_heads = tables.heads
_NEWEST_HEAD = (
    select(_heads)
    .where(_heads.c.device == bindparam("of"))
    .order_by(_heads.c.epoch.desc())
    .limit(1)
)
_MOVE_HEAD = (
    update(_heads)
    .where(_heads.c.device == bindparam("of"), _heads.c.epoch == bindparam("at"))
    .values(seq=bindparam("seq"), hash=bindparam("hash"))
)


def encoded(content: Mapping[str, object]) -> bytes:
    """The bytes of a record's part that is not an inspection's."""
    try:
        return msgspec.json.encode(content)
    except (TypeError, UnicodeError, ValueError):
        raise StoreFault("not_storable") from None


def full_rows() -> Select[Any]:
    """Records with their personal part, unordered."""
    records, personal = tables.records, tables.personal
    return select(records, personal.c.salt, personal.c.body).outerjoin(
        personal, personal.c.record_id == records.c.id
    )


def walk(
    connection: Connection, chosen: Select[Any] | None = None, page: int = _PAGE
) -> Iterator[Row[Any]]:
    """Every record with its personal part, in the order of the chains, a page at a time."""
    records = tables.records
    place = (records.c.device, records.c.epoch, records.c.seq)
    query = (full_rows() if chosen is None else chosen).order_by(*place).limit(page)
    rows = connection.execute(query).all()
    while rows:
        yield from rows
        last = rows[-1]
        rest = query.where(tuple_(*place) > (last.device, last.epoch, last.seq))
        rows = connection.execute(rest).all() if len(rows) == page else []


def _linked(device: str, epoch: int, seq: int, previous: bytes, draft: Draft) -> Placed:
    salt = secrets.token_bytes(chain.SALT_BYTES) if draft.personal is not None else None
    at_us = micros(draft.at)
    link = chain.Link(
        id=uuid7(draft.at),
        device=device,
        epoch=epoch,
        seq=seq,
        kind=draft.kind.value,
        at_us=at_us,
        offset_s=offset_s(draft.at),
        belongs_us=at_us if draft.belongs_us is None else draft.belongs_us,
        supersedes=draft.supersedes,
        plain=draft.plain,
        commitment=chain.commitment(salt, draft.personal or b"") if salt else None,
        previous=previous,
    )
    return Placed(link, chain.link_hash(link), salt, draft.personal)


def _insert(connection: Connection, placed: Placed) -> None:
    link = placed.link
    values = {name: getattr(link, name) for name in chain.Link.__struct_fields__}
    connection.execute(insert(tables.records), {**values, "hash": placed.hash})
    if placed.salt is not None:
        part = {"record_id": link.id, "salt": placed.salt, "body": placed.personal}
        connection.execute(insert(tables.personal), part)
    if connection.get_execution_options().get(NO_OUTBOX):
        return
    sent = {"record_id": link.id, "epoch": link.epoch, "seq": link.seq, "body": outgoing(placed)}
    connection.execute(insert(tables.outbox), sent)


def outgoing(placed: Placed) -> bytes:
    """The final bytes for the hub. Parts travel as texts, so that they hash the same there."""
    link = placed.link
    return msgspec.json.encode(
        {
            "v": 1,
            **{name: getattr(link, name) for name in chain.Link.__struct_fields__},
            "plain": link.plain.decode(),
            "personal": placed.personal.decode() if placed.personal is not None else None,
            "salt": placed.salt,
            "hash": placed.hash,
        }
    )


def without_personal(body: bytes) -> bytes:
    """What is left to send of a record whose personal part is erased; its hash still holds."""
    sent = msgspec.json.decode(body)
    return msgspec.json.encode({**sent, "personal": None, "salt": None})
