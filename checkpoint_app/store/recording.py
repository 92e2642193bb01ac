"""Saving one confirmed inspection: record, case, projections, outbox in one transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.reasons import Code
from checkpoint_app.store import ledger, payload, projection, tables
from checkpoint_app.store.cases.writing import Raised, follow, of_inspection, raise_case
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.lists import working
from checkpoint_app.store.moments import micros
from checkpoint_app.store.values import Saved

_YEARS = range(1971, 9000)  # beyond these a time cannot be reckoned with; a clock gone wrong


def record(
    connection: Connection, device: str, recorded: RecordedInspection, fingerprint: str | None
) -> Saved:
    """Save an inspection or a correction. Saving the very same again gives the same `Saved`.

    Raises `StoreFault`: already_recorded (another content under the same inspection id, and no
    `supersedes`), not_found (nothing to correct), not_storable.
    """
    if recorded.confirmed_at.tzinfo is None or recorded.confirmed_at.year not in _YEARS:
        raise StoreFault("not_storable", "confirmed_at")
    plain, personal = payload.encode(recorded, fingerprint)
    shown = _corrected(connection, recorded)
    if shown is None:
        again = _already(connection, recorded, plain, personal)
        if again is not None:
            return again
    belongs_us = shown.confirmed_us if shown is not None else micros(recorded.confirmed_at)
    written_at = recorded.confirmed_at
    if shown is None and recorded.back_entry is not None:
        written_at = recorded.back_entry.entered_at  # the record is of now, its period is not
    draft = Draft(Kind.INSPECTION, written_at, plain, personal, recorded.supersedes, belongs_us)
    placed = ledger.place(connection, device, draft)
    projection.project_inspection(connection, placed.link.id, recorded, fingerprint)
    inspection_id = shown.id if shown is not None else recorded.inspection.id
    case_id = follow(connection, device, placed, recorded, inspection_id)
    _listed(connection, device, recorded, inspection_id)
    unfinished = tables.unfinished
    connection.execute(
        delete(unfinished).where(unfinished.c.inspection_id == recorded.inspection.id)
    )
    link = placed.link
    return Saved(link.id, link.device, link.epoch, link.seq, placed.hash.hex(), case_id)


def _listed(
    connection: Connection, device: str, recorded: RecordedInspection, inspection_id: UUID
) -> None:
    """Whoever stands on a pushed list is found; if the verdict did not know, it is news."""
    found = working.note_found(connection, device, recorded, recorded.confirmed_at)
    knew = any(reason.code is Code.ON_WATCH_LIST for reason in recorded.verdict.reasons)
    if found and not knew:
        news = Raised(Code.NEWLY_LISTED, None, inspection_id)
        raise_case(connection, device, news, recorded.operator, recorded.confirmed_at)


def _corrected(connection: Connection, recorded: RecordedInspection) -> Row[Any] | None:
    if recorded.supersedes is None:
        return None
    number = projection.number_of(connection, recorded.supersedes)
    inspections = tables.inspections
    row = connection.execute(select(inspections).where(inspections.c.number == number)).first()
    if row is None:
        raise StoreFault("not_found")
    return row


def _already(
    connection: Connection, recorded: RecordedInspection, plain: bytes, personal: bytes
) -> Saved | None:
    """What was saved before under this inspection id: a confirm that was sent twice."""
    number = projection.number_of(connection, recorded.inspection.id)
    if number is None:
        return None
    records, versions = tables.records, tables.versions
    first = connection.execute(
        ledger.full_rows()
        .join(versions, versions.c.record_id == records.c.id)
        .where(versions.c.number == number)
        .order_by(records.c.epoch, records.c.seq)
        .limit(1)
    ).first()
    if first is None:
        raise StoreFault("corrupt", "versions")
    if (first.plain, first.body) != (plain, personal):
        raise StoreFault("already_recorded")
    case = of_inspection(connection, recorded.inspection.id)
    case_id = case.id if case is not None else None
    return Saved(first.id, first.device, first.epoch, first.seq, first.hash.hex(), case_id)
