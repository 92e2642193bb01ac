"""What is left of a case after a retention rule: no pictures, and only what its records still say.

Erasing a record's personal part is the rule's own work.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, select, update

from checkpoint_app.store import tables
from checkpoint_app.store.cases import folding, pictures


def after_erasing(connection: Connection, case_ids: Collection[UUID]) -> None:
    """Drop the pictures of these cases, and show only what their records still say."""
    pictures.drop(connection, case_ids)
    for case_id in case_ids:
        _derive_again(connection, case_id)


def _derive_again(connection: Connection, case_id: UUID) -> None:
    cases = tables.cases
    number = connection.execute(select(cases.c.number).where(cases.c.id == case_id)).scalar()
    values = folding.whole(connection, case_id, number) if number is not None else None
    if values is not None:
        connection.execute(update(cases).where(cases.c.id == case_id).values(**values))
