"""What is left of a case after a retention rule: no pictures, and only what its records still say.

Erasing a record's personal part is the rule's own work.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, select, update

from checkpoint_app.store import ledger, tables
from checkpoint_app.store.cases import folding, pictures


def after_erasing(connection: Connection, case_ids: Collection[UUID]) -> None:
    """Drop the pictures of these cases, and show only what their records still say."""
    pictures.drop(connection, case_ids)
    for case_id in case_ids:
        _derive_again(connection, case_id)


def _derive_again(connection: Connection, case_id: UUID) -> None:
    cases, events, records = tables.cases, tables.case_events, tables.records
    row = connection.execute(select(cases).where(cases.c.id == case_id)).first()
    if row is None:
        return
    chosen = (
        ledger.full_rows()
        .join(events, events.c.record_id == records.c.id)
        .where(events.c.case_id == case_id)
    )
    values: folding.Values | None = None
    for record in ledger.walk(connection, chosen):
        said, more = folding.decoded(record.plain), folding.decoded(record.body)
        values = folding.folded(values, row.number, record, said, more)
    if values is not None:
        connection.execute(update(cases).where(cases.c.id == case_id).values(**values))
