"""Walking the whole ledger: every row edited, removed or moved is found and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, Select, func, inspect, select

from checkpoint_app.store import chain, ledger, passages, policies, projection, sealing, tables
from checkpoint_app.store.cases import folding, pictures
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.values import Verification


class _Problem(Exception):
    """The first thing found wrong; its text is the problem's code and place."""


@dataclass(slots=True)
class _Walk:
    """Where a walk through the ledger stands."""

    records: int = 0
    erased: int = 0
    inspections: int = 0
    newest: bytes = chain.START
    last: tuple[int, int] = (1, 0)
    heads: dict[tuple[str, int], tuple[int, bytes]] = field(default_factory=dict)
    cases: folding.Check = field(default_factory=folding.Check)
    erasures: dict[UUID, tuple[str, str]] = field(default_factory=dict)  # digest, place


# A row whose columns are not of their kind: Python or the driver cannot even read it.
_UNREADABLE = (TypeError, ValueError, KeyError, AttributeError, msgspec.MsgspecError)


def verify(connection: Connection) -> Verification:
    """Check chain, personal parts, heads, seals and projections; stops at the first problem."""
    walk = _Walk()
    try:
        problem = _checked(connection, walk, page=500)
    except _UNREADABLE:
        walk = _Walk()  # row by row this time, to tell which
        problem = _checked_singly(connection, walk)
    return Verification(problem is None, walk.records, walk.newest.hex(), problem, walk.erased)


def _checked(connection: Connection, walk: _Walk, page: int) -> str | None:
    try:
        for row in ledger.walk(connection, _with_shown(), page):
            _check_place(walk, row)
            _check_content(walk, row)
            _CHECKS.get(row.kind, _check_nothing)(connection, walk, row)
            walk.last = (row.epoch, row.seq)
        _check_heads(connection, walk)
        _check_counts(connection, walk)
        _check_erasures(connection, walk)
    except _Problem as found:
        return str(found)
    return None


def _checked_singly(connection: Connection, walk: _Walk) -> str | None:
    try:
        return _checked(connection, walk, page=1)
    except _UNREADABLE:
        epoch, seq = walk.last
        return f"unreadable:{epoch}/{seq + 1}"


def _check_place(walk: _Walk, row: Row[Any]) -> None:
    seq, head = walk.heads.get((row.device, row.epoch), (0, chain.START))
    if row.seq != seq + 1:
        raise _Problem(f"missing:{row.epoch}/{seq + 1}")
    if row.previous != head:
        raise _Problem(f"reordered:{_place(row)}")
    walk.heads[(row.device, row.epoch)] = (row.seq, row.hash)
    walk.records += 1
    walk.newest = row.hash


def _check_content(walk: _Walk, row: Row[Any]) -> None:
    link = chain.Link(*(getattr(row, name) for name in chain.Link.__struct_fields__))
    if chain.link_hash(link) != row.hash:
        raise _Problem(f"edited:{_place(row)}")
    if row.body is not None and chain.commitment(row.salt, row.body) != row.commitment:
        raise _Problem(f"personal:{_place(row)}")
    if row.commitment is not None and row.body is None:
        walk.erased += 1


def _check_nothing(connection: Connection, walk: _Walk, row: Row[Any]) -> None:
    """Kinds of record from which nothing is derived."""


def _check_epoch(connection: Connection, walk: _Walk, row: Row[Any]) -> None:
    said = msgspec.json.decode(row.plain)
    if said["previous_epoch"] is None:
        return
    before = walk.heads.get((row.device, said["previous_epoch"]))
    if before != (said["previous_seq"], bytes.fromhex(said["previous_head"])):
        raise _Problem(f"tail:{said['previous_epoch']}/{said['previous_seq']}")


def _check_seal(connection: Connection, walk: _Walk, row: Row[Any]) -> None:
    said = msgspec.json.decode(row.plain)
    span, place = (said["start_us"], said["end_us"]), (row.epoch, row.seq)
    over = {"over": said.pop("over")} if "over" in said else {}
    hashes = sealing.record_hashes(connection, *span, before=place, **over)
    seals = tables.seals
    kept = connection.execute(select(seals).where(seals.c.record_id == row.id)).first()
    if kept is None or sealing.content_digest(hashes).hex() != said["content"]:
        raise _Problem(f"seal:{_place(row)}")
    shown = {**kept._asdict(), "content": kept.content.hex(), "head": kept.head.hex()}
    if any(shown[name] != value for name, value in said.items()):
        raise _Problem(f"seal:{_place(row)}")


def _check_inspection(connection: Connection, walk: _Walk, row: Row[Any]) -> None:
    """The row shown for the inspection is this record's, or a later version's."""
    walk.inspections += row.supersedes is None
    if row.shown_record_id != row.id and not _is_later(connection, row):
        raise _Problem(f"projection:{_place(row)}")
    if row.shown_record_id == row.id:
        expected = projection.expected(row)
        if any(getattr(row, f"shown_{name}") != value for name, value in expected.items()):
            raise _Problem(f"projection:{_place(row)}")


def _check_passage(connection: Connection, walk: _Walk, row: Row[Any]) -> None:
    if passages.differs(connection, row):
        raise _Problem(f"projection:{_place(row)}")


def _check_case(connection: Connection, walk: _Walk, row: Row[Any]) -> None:
    walk.cases.add(row)
    picture = folding.decoded(row.body).get("attachment")
    if picture and pictures.digest_of(connection, UUID(picture["id"])) != picture["digest"]:
        raise _Problem(f"attachment:{_place(row)}")


def _check_policy(connection: Connection, walk: _Walk, row: Row[Any]) -> None:
    if policies.differs(connection, row):
        raise _Problem(f"projection:{_place(row)}")


def _is_later(connection: Connection, row: Row[Any]) -> bool:
    records = tables.records
    place = connection.execute(
        select(records.c.epoch, records.c.seq).where(records.c.id == row.shown_record_id)
    ).first()
    return place is not None and tuple(place) > (row.epoch, row.seq)


def _note_erasure(connection: Connection, walk: _Walk, row: Row[Any]) -> None:
    said = msgspec.json.decode(row.plain).get("digest")
    if said is not None:
        walk.erasures[row.id] = said, _place(row)


def _check_erasures(connection: Connection, walk: _Walk) -> None:
    """What is gone was taken by an erasure on record, and by that one just so much."""
    if not inspect(connection).has_table(tables.erasures.name):
        return  # an office's store: stations erase, and say so
    taken: dict[UUID, list[UUID]] = {each: [] for each in walk.erasures}
    for row in connection.execute(select(tables.erasures)):
        taken.setdefault(row.erasure_id, []).append(row.record_id)
    for erasure, ids in taken.items():
        digest, place = walk.erasures.get(erasure, ("", "0/0"))
        if chain.erasure_digest(ids) != digest:
            raise _Problem(f"erasure:{place}")
    gone = connection.execute(_gone_unseen()).first()
    if gone is not None:
        raise _Problem(f"personal:{_place(gone)}")


def _gone_unseen() -> Select[Any]:
    records, personal, erasures = tables.records, tables.personal, tables.erasures
    return (
        select(records.c.epoch, records.c.seq)
        .outerjoin(personal, personal.c.record_id == records.c.id)
        .outerjoin(erasures, erasures.c.record_id == records.c.id)
        .where(records.c.commitment.is_not(None))
        .where(personal.c.record_id.is_(None), erasures.c.record_id.is_(None))
        .order_by(records.c.epoch, records.c.seq)
        .limit(1)
    )


def _with_shown() -> Select[Any]:
    """Records with their personal part and what the day list shows for them (`shown_…`)."""
    records, versions, inspections = tables.records, tables.versions, tables.inspections
    return (
        ledger.full_rows()
        .outerjoin(versions, versions.c.record_id == records.c.id)
        .outerjoin(inspections, inspections.c.number == versions.c.number)
        .add_columns(*(column.label(f"shown_{column.name}") for column in inspections.c))
    )


def _check_heads(connection: Connection, walk: _Walk) -> None:
    """A tail cut off leaves the head behind."""
    kept = {
        (head.device, head.epoch): (head.seq, head.hash)
        for head in connection.execute(select(tables.heads))
    }
    for device, epoch in sorted(kept.keys() | walk.heads.keys()):
        if kept.get((device, epoch)) != walk.heads.get((device, epoch)):
            seq, _ = walk.heads.get((device, epoch), (0, b""))
            raise _Problem(f"tail:{epoch}/{seq}")


def _check_counts(connection: Connection, walk: _Walk) -> None:
    """Nothing is shown that no record stands behind."""
    shown = connection.execute(select(func.count()).select_from(tables.inspections)).scalar_one()
    if shown != walk.inspections or walk.cases.differs(connection):
        raise _Problem("projection:0/0")


def _place(row: Row[Any]) -> str:
    return f"{row.epoch}/{row.seq}"


_CHECKS: dict[str, Callable[[Connection, _Walk, Row[Any]], None]] = {
    Kind.EPOCH: _check_epoch,
    Kind.SEAL: _check_seal,
    Kind.INSPECTION: _check_inspection,
    Kind.PASSAGE: _check_passage,
    Kind.CASE_EVENT: _check_case,
    Kind.POLICY: _check_policy,
    Kind.ERASURE: _note_erasure,
}
