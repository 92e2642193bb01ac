"""Seals: what ties a printed sheet to the stored period.

A seal is itself a record of the ledger, so that it cannot be edited or removed unseen.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select

from checkpoint_app.domain.register import Period, Sheet
from checkpoint_app.store import chain, ledger, projection, tables
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros
from checkpoint_app.store.values import Seal

CLOSING = "closing"  # the seal of a period as a whole
_INSPECTIONS = (Kind.INSPECTION.value,)
_EVERYTHING = (*_INSPECTIONS, Kind.CASE_EVENT.value, Kind.PASSAGE.value, Kind.VISIT.value)
# Sheets that say more than the inspections: what was done for a case, which vehicles there were.
_OVER: dict[str, tuple[str, ...]] = {
    Sheet.ABNORMAL: (*_INSPECTIONS, Kind.CASE_EVENT.value, Kind.PASSAGE.value),
    Sheet.TEMPERATURES: (*_INSPECTIONS, Kind.CASE_EVENT.value),
    Sheet.RISK_CONTACTS: (*_INSPECTIONS, Kind.CASE_EVENT.value),
    Sheet.TURNED_BACK: (*_INSPECTIONS, Kind.PASSAGE.value),
    Sheet.VISITORS: (*_INSPECTIONS, Kind.VISIT.value),
    Sheet.ZERO: (*_INSPECTIONS, Kind.VISIT.value),
    Sheet.SUMMARY: _EVERYTHING,
    CLOSING: _EVERYTHING,
}


def seal(connection: Connection, device: str, period: Period, sheet: str, now: datetime) -> Seal:
    """The seal of a period's content: the earlier one where nothing changed, else a new version."""
    start_us, end_us = micros(period.start), micros(period.end)
    over = _OVER.get(sheet, _INSPECTIONS)
    hashes = record_hashes(connection, start_us, end_us, over=over)
    content = content_digest(hashes)
    newest = _newest(connection, sheet, start_us, end_us)
    if newest is not None and newest.content == content:
        return Seal(newest.code, newest.version, newest.head.hex(), newest.records)
    version = newest.version + 1 if newest is not None else 1
    head = ledger.newest_head(connection, device)
    values: dict[str, Any] = {
        "sheet": str(sheet),
        "start_us": start_us,
        "end_us": end_us,
        "version": version,
        "content": content.hex(),
        "head": head.hash.hex() if head else "",
        "records": len(hashes),
        "code": chain.check_code(str(sheet), start_us, end_us, content, version),
    }
    said = values if over == _INSPECTIONS else {**values, "over": over}
    placed = ledger.place(connection, device, Draft(Kind.SEAL, now, ledger.encoded(said)))
    projection.project_seal(connection, placed.link.id, values)
    return Seal(values["code"], version, values["head"], len(hashes))


def content_now(connection: Connection, sheet: str, period: Period) -> bytes:
    """The digest that a seal of this sheet and period would have now."""
    over = _OVER.get(sheet, _INSPECTIONS)
    start_us, end_us = micros(period.start), micros(period.end)
    return content_digest(record_hashes(connection, start_us, end_us, over=over))


def record_hashes(
    connection: Connection,
    start_us: int,
    end_us: int,
    before: tuple[int, int] | None = None,
    over: Collection[str] = _INSPECTIONS,
) -> list[bytes]:
    """Hashes of all records of a period's inspections, corrections too, in the ledger's order.

    `over` names further kinds: vehicles of the period, and whatever was done, whenever, for a case
    that began in it. `before` leaves out what came at or after that (epoch, seq).
    """
    records = tables.records
    within = and_(records.c.belongs_us >= start_us, records.c.belongs_us < end_us)
    own = [each for each in over if each != Kind.CASE_EVENT]
    wanted = and_(records.c.kind.in_(own), within)
    if Kind.CASE_EVENT in over:
        wanted = or_(wanted, records.c.id.in_(_case_records(start_us, end_us)))
    chosen = (
        select(records.c.hash, records.c.epoch, records.c.seq)
        .where(wanted)
        .order_by(records.c.device, records.c.epoch, records.c.seq)
    )
    rows = connection.execute(chosen)
    return [row.hash for row in rows if before is None or (row.epoch, row.seq) < before]


def _case_records(start_us: int, end_us: int) -> Select[Any]:
    cases, events = tables.cases, tables.case_events
    begun = and_(cases.c.opened_us >= start_us, cases.c.opened_us < end_us)
    return select(events.c.record_id).join(cases, cases.c.id == events.c.case_id).where(begun)


def content_digest(hashes: list[bytes]) -> bytes:
    """One digest of the ordered hashes."""
    return chain.digest(hashes, b"checkpoint period 1")


def _newest(connection: Connection, sheet: str, start_us: int, end_us: int) -> Row[Any] | None:
    seals = tables.seals
    return connection.execute(
        select(seals)
        .where(seals.c.sheet == str(sheet))
        .where(seals.c.start_us == start_us, seals.c.end_us == end_us)
        .order_by(seals.c.version.desc())
        .limit(1)
    ).first()
