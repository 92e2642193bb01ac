"""What is derived from the ledger: the newest version of every inspection, cases, seals.

`project_*` is called with each new record in its transaction, and for all of them by `rebuild`:
both ways give the same rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, text, update

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.store import crowd, ledger, passages, payload, policies, runners, search, tables
from checkpoint_app.store.cases import folding
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.lists import working
from checkpoint_app.store.moments import micros, offset_s
from checkpoint_app.store.visiting import absences, visits

Values = dict[str, Any]

_DERIVED = (
    tables.inspections,
    tables.versions,
    tables.cases,
    tables.case_events,
    tables.seals,
    tables.passages,
    tables.crowd_moves,
    tables.runners,
    tables.visits,
    tables.absences,
    tables.policies,
    tables.list_work,
)
# Kinds whose rows are derived in a file of their own.
_OTHERS: dict[str, Callable[[Connection, Any], None]] = {
    Kind.CASE_EVENT: folding.project_row,
    Kind.PASSAGE: passages.project,
    Kind.CROWD: crowd.project,
    Kind.RUNNER: runners.project,
    Kind.VISIT: visits.project,
    Kind.ABSENCE: absences.project,
    Kind.POLICY: policies.project,
    Kind.LIST_WORK: working.project,
}


def number_of(connection: Connection, any_id: UUID) -> int | None:
    """The row number of an inspection, named by its own id or by any of its records."""
    inspections, versions = tables.inspections, tables.versions
    found = connection.execute(
        select(inspections.c.number).where(inspections.c.id == any_id)
    ).scalar()
    if found is None:
        found = connection.execute(
            select(versions.c.number).where(versions.c.record_id == any_id)
        ).scalar()
    return found


def project_inspection(
    connection: Connection, link_id: UUID, recorded: RecordedInspection, fingerprint: str | None
) -> None:
    """Show this version: a new row, or the row of the inspection that it corrects."""
    number = number_of(connection, recorded.supersedes) if recorded.supersedes else None
    shown = _shown(link_id, recorded)
    if number is None:
        number = _next_number(connection)
        first = {"number": number, "id": recorded.inspection.id, "fingerprint": fingerprint}
        connection.execute(insert(tables.inspections), {**first, **_when(recorded), **shown})
    else:
        if fingerprint is not None:
            shown["fingerprint"] = fingerprint
        row = tables.inspections.c.number == number
        connection.execute(update(tables.inspections).where(row).values(**shown))
    connection.execute(insert(tables.versions), {"record_id": link_id, "number": number})
    search.put(connection, number, recorded)
    _count(connection, number, recorded)


def _count(connection: Connection, number: int, recorded: RecordedInspection) -> None:
    """Whoever goes in or out is counted at the time of the first version."""
    inspections, at_us = tables.inspections, micros(recorded.confirmed_at)
    whose = recorded.inspection.id
    if recorded.supersedes is not None:
        shown = select(inspections.c.id, inspections.c.confirmed_us)
        whose, at_us = connection.execute(shown.where(inspections.c.number == number)).one()
    crowd.project_inspection(connection, whose, at_us, recorded)


def project_seal(connection: Connection, record_id: UUID, seal: Values) -> None:
    """Keep a seal where it is found by sheet and period."""
    seal = {name: value for name, value in seal.items() if name != "over"}
    raw = {name: bytes.fromhex(seal[name]) for name in ("content", "head")}
    connection.execute(insert(tables.seals), {**seal, **raw, "record_id": record_id})


def rebuild(connection: Connection) -> int:
    """Derive everything again from the ledger; the number of records walked."""
    for table in _DERIVED:
        connection.execute(delete(table))
    connection.execute(text("INSERT INTO inspection_terms(inspection_terms) VALUES('delete-all')"))
    walked = 0
    for row in ledger.walk(connection):
        walked += 1
        project(connection, row)
    return walked


def project(connection: Connection, row: Any) -> None:
    """Derive from one stored record."""
    if row.kind == Kind.INSPECTION:
        recorded = payload.decode(row.plain, row.body)
        project_inspection(connection, row.id, recorded, payload.fingerprint(row.body))
    elif row.kind == Kind.SEAL:
        project_seal(connection, row.id, msgspec.json.decode(row.plain))
    elif row.kind in _OTHERS:
        _OTHERS[row.kind](connection, row)


def expected(row: Any) -> Values:
    """The columns that a record determines where it is the newest version; for verification."""
    return columns_of(row.id, payload.decode(row.plain, row.body))


def columns_of(record_id: UUID, recorded: RecordedInspection) -> Values:
    """What is shown of this version, by column."""
    return _shown(record_id, recorded)


def _next_number(connection: Connection) -> int:
    newest = connection.execute(select(func.max(tables.inspections.c.number))).scalar()
    return (newest or 0) + 1


def _when(recorded: RecordedInspection) -> Values:
    return {
        "confirmed_us": micros(recorded.confirmed_at),
        "offset_s": offset_s(recorded.confirmed_at),
    }


def _shown(record_id: UUID, recorded: RecordedInspection) -> Values:
    inspection = recorded.inspection
    reasons = recorded.verdict.reasons
    celsius = [reading.celsius for reading in inspection.temperatures]
    return {
        "record_id": record_id,
        "outcome": recorded.outcome.value,
        "temperatures": msgspec.json.encode(celsius).decode(),
        "first_reason": reasons[0].code.value if reasons else None,
        "operator": recorded.operator,
        "corrected": recorded.supersedes is not None,
        "void": recorded.void,
        "name": inspection.person.name,
        "id_number": inspection.person.id_number,
        "phone": inspection.person.phone,
        "plate": inspection.journey.plate,
    }
