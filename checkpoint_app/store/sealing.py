"""Seals: what ties a printed sheet to the stored period.

A seal is itself a record of the ledger, so that it cannot be edited or removed unseen.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from checkpoint_app.domain.register import Period, Sheet
from checkpoint_app.store import chain, ledger, projection, tables
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros
from checkpoint_app.store.values import Seal


def seal(connection: Connection, device: str, period: Period, sheet: Sheet, now: datetime) -> Seal:
    """The seal of a period's content: the earlier one where nothing changed, else a new version."""
    start_us, end_us = micros(period.start), micros(period.end)
    hashes = record_hashes(connection, start_us, end_us)
    content = content_digest(hashes)
    newest = _newest(connection, sheet, start_us, end_us)
    if newest is not None and newest.content == content:
        return Seal(newest.code, newest.version, newest.head.hex(), newest.records)
    version = newest.version + 1 if newest is not None else 1
    head = ledger.newest_head(connection, device)
    values: dict[str, Any] = {
        "sheet": sheet.value,
        "start_us": start_us,
        "end_us": end_us,
        "version": version,
        "content": content.hex(),
        "head": head.hash.hex() if head else "",
        "records": len(hashes),
        "code": chain.check_code(sheet.value, start_us, end_us, content, version),
    }
    placed = ledger.place(connection, device, Draft(Kind.SEAL, now, ledger.encoded(values)))
    projection.project_seal(connection, placed.link.id, values)
    return Seal(values["code"], version, values["head"], len(hashes))


def record_hashes(
    connection: Connection, start_us: int, end_us: int, before: tuple[int, int] | None = None
) -> list[bytes]:
    """Hashes of all records of a period's inspections, corrections too, in the ledger's order.

    `before` leaves out what came at or after that (epoch, seq).
    """
    records = tables.records
    chosen = (
        select(records.c.hash, records.c.epoch, records.c.seq)
        .where(records.c.kind == Kind.INSPECTION.value)
        .where(records.c.belongs_us >= start_us, records.c.belongs_us < end_us)
        .order_by(records.c.device, records.c.epoch, records.c.seq)
    )
    rows = connection.execute(chosen)
    return [row.hash for row in rows if before is None or (row.epoch, row.seq) < before]


def content_digest(hashes: list[bytes]) -> bytes:
    """One digest of the ordered hashes."""
    return chain.digest(hashes, b"checkpoint period 1")


def _newest(connection: Connection, sheet: Sheet, start_us: int, end_us: int) -> Row[Any] | None:
    seals = tables.seals
    return connection.execute(
        select(seals)
        .where(seals.c.sheet == sheet.value)
        .where(seals.c.start_us == start_us, seals.c.end_us == end_us)
        .order_by(seals.c.version.desc())
        .limit(1)
    ).first()
