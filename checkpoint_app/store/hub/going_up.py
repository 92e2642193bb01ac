"""Which inspections go up a level, and their later versions: whoever was told of a red case is told
what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, and_, select, tuple_

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.store import payload, tables
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Kind

_shown, _records, _versions = tables.inspections, tables.records, tables.versions


@dataclass(frozen=True, slots=True)
class Chosen:
    """A record that goes up a level, as it is stored."""

    number: int
    device: str
    station: str
    hash: bytes
    plain: bytes
    personal: bytes | None
    supersedes: bytes | None = None  # the hash of the version that it takes the place of


def chosen_after(
    connection: Connection, outcomes: Sequence[Outcome], number: int, limit: int
) -> list[Chosen]:
    """The newest versions of inspections with one of these outcomes, after a row number."""
    asked = (
        _query(_shown.c.number)
        .join(_shown, _shown.c.record_id == _records.c.id)
        .where(_shown.c.number > number, ~_shown.c.void)
        .where(_shown.c.outcome.in_([each.value for each in outcomes]))
        .order_by(_shown.c.number)
        .limit(limit)
    )
    return [_chosen(row) for row in connection.execute(asked)]


def corrections_after(
    connection: Connection,
    outcomes: Collection[Outcome],
    marks: Mapping[str, int],
    upto: int,
    limit: int,
) -> tuple[list[Chosen], dict[str, int]]:
    """Later versions of inspections, up to row number `upto`, that were chosen in any version.

    `marks` says per chain ("DEVICE/EPOCH") up to which record it was looked through; they come
    back as they are to be next time. Chains are looked through no further than they are shown.
    """
    reached, found = dict(marks), []
    projected = tables.hub_projected
    for chain in connection.execute(select(projected)).all():
        key = f"{chain.device}/{chain.epoch}"
        if chain.seq <= reached.get(key, 0):
            continue
        rows = _later(connection, chain, reached.get(key, 0), limit)
        for row in rows:
            before = _versions_before(connection, row)
            seen = {_outcome(plain) for plain in (bytes(row.plain), *(p for _, p in before))}
            if row.number <= upto and seen & set(outcomes):  # others go up as their newest version
                found.append(_chosen(row, before[-1][0] if before else None))
        reached[key] = rows[-1].seq if len(rows) == limit else chain.seq
    return found, reached


def _query(number: Any) -> Any:
    names, personal = tables.hub_devices, tables.personal
    return (
        select(
            number,
            _records.c.epoch,
            _records.c.seq,
            _records.c.device,
            names.c.name.label("station"),
            _records.c.hash,
            _records.c.plain,
            personal.c.body,
        )
        .join(names, names.c.device == _records.c.device)
        .outerjoin(personal, personal.c.record_id == _records.c.id)
    )


def _later(connection: Connection, chain: Row[Any], after: int, limit: int) -> Sequence[Row[Any]]:
    place = and_(_records.c.device == chain.device, _records.c.epoch == chain.epoch)
    asked = (
        _query(_versions.c.number)
        .join(_versions, _versions.c.record_id == _records.c.id)
        .where(place, _records.c.kind == Kind.INSPECTION.value)
        .where(_records.c.supersedes.is_not(None))
        .where(_records.c.seq > after, _records.c.seq <= chain.seq)
        .order_by(_records.c.seq)
        .limit(limit)
    )
    return connection.execute(asked).all()


def _versions_before(connection: Connection, row: Row[Any]) -> list[tuple[bytes, bytes]]:
    """Hash and plain part of the earlier versions of the same inspection, oldest first."""
    asked = (
        select(_records.c.hash, _records.c.plain)
        .join(_versions, _versions.c.record_id == _records.c.id)
        .where(_versions.c.number == row.number)
        .where(tuple_(_records.c.epoch, _records.c.seq) < tuple_(row.epoch, row.seq))
        .order_by(_records.c.epoch, _records.c.seq)
    )
    return [(bytes(each.hash), bytes(each.plain)) for each in connection.execute(asked)]


def _outcome(plain: bytes) -> Outcome | None:
    try:
        return payload.decode(plain, None).outcome
    except (msgspec.MsgspecError, StoreFault, ValueError, KeyError):
        return None


def _chosen(row: Row[Any], before: bytes | None = None) -> Chosen:
    return Chosen(
        row.number,
        row.device,
        row.station,
        bytes(row.hash),
        bytes(row.plain),
        bytes(row.body) if row.body is not None else None,
        before,
    )
