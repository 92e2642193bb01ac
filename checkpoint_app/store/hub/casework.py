"""Steps that the office and the townships take in a station's case.

They are records of a chain of the office's own, under the hub's name, shown in the same
transaction: what stations wrote is never touched.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, update

from checkpoint_app.domain.case import Case, Refusal, Stage, Step
from checkpoint_app.domain.case import refusal as refusal_of
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.cases import reading, writing
from checkpoint_app.store.faults import StoreFault


def case(connection: Connection, case_id: UUID) -> Case | None:
    """One case of any station."""
    return reading.one(connection, case_id)


def story(connection: Connection, case_id: UUID) -> reading.Story | None:
    """A case with all its steps, wherever they were taken."""
    return reading.story(connection, case_id)


def cases(connection: Connection, scope: str = "") -> list[Case]:
    """Cases, newest first; with a scope those alone that lie with this township."""
    every = reading.some(connection)
    return [each for each in every if not scope or each.unit == scope]


def newest(connection: Connection, stages: Collection[Stage], limit: int) -> list[Case]:
    """The cases of any station that stand at one of these stages, newest first."""
    return reading.some(connection, stages=stages, limit=limit)


def take(
    connection: Connection, hub: str, case_id: UUID, step: Step, now: datetime
) -> Case | Refusal:
    """Take a step in the caller's writing transaction. Raises `StoreFault`: not_found."""
    connection = connection.execution_options(**{ledger.NO_OUTBOX: True})
    found = reading.one(connection, case_id)
    if found is None:
        raise StoreFault("not_found")
    refused = refusal_of(found, step, now)
    if refused is not None:
        return refused
    if ledger.newest_head(connection, hub) is None:
        begun = ledger.open_epoch(connection, hub, 1, "office", now)
        _shown(connection, hub, begun.link.seq)
    placed = writing.take(connection, hub, case_id, step, now)
    _shown(connection, hub, placed.link.seq)
    after = reading.one(connection, case_id)
    assert after is not None
    return after


def _shown(connection: Connection, hub: str, seq: int) -> None:
    """Note that the office's own record is in the projections already."""
    table = tables.hub_projected
    place = (table.c.device == hub, table.c.epoch == 1)
    if connection.execute(update(table).where(*place).values(seq=seq)).rowcount == 0:
        connection.execute(insert(table), {"device": hub, "epoch": 1, "seq": seq})
