"""Counting who is inside: recorded people, people only counted, and corrections with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from checkpoint_app.domain.crowd import Crowd, movement
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros

_moves = tables.crowd_moves
MOST_AT_ONCE = 100_000  # a larger correction is a slip of the finger


@dataclass(frozen=True, slots=True)
class CrowdCounter:
    """The count of one station."""

    engine: Engine
    device: str

    def count(self, change: int, operator: str, now: datetime) -> None:
        """Somebody went in (1) or out (-1) and was only counted."""
        said = {"change": change, "operator": operator, "corrects": False}
        self._place(Draft(Kind.CROWD, now, ledger.encoded(said)))

    def correct(self, change: int, reason: str, operator: str, now: datetime) -> None:
        """Add or take away people, with the reason. Raises `StoreFault`: not_storable."""
        if not reason.strip() or not 0 < abs(change) <= MOST_AT_ONCE:
            raise StoreFault("not_storable")
        said = {"change": change, "operator": operator, "corrects": True}
        why = ledger.encoded({"reason": reason.strip()})
        self._place(Draft(Kind.CROWD, now, ledger.encoded(said), why))

    def _place(self, draft: Draft) -> None:
        with writing(self.engine) as connection:
            project(connection, ledger.place(connection, self.device, draft).link)

    def since(self, start: datetime, end: datetime) -> Crowd:
        """The counts of a time, from inclusive, until exclusive."""
        entered = func.sum(_moves.c.change).filter(_moves.c.change > 0, ~_moves.c.corrects)
        left = func.sum(_moves.c.change).filter(_moves.c.change < 0, ~_moves.c.corrects)
        corrected = func.sum(_moves.c.change).filter(_moves.c.corrects)
        query = select(entered, left, corrected).where(
            _moves.c.at_us >= micros(start), _moves.c.at_us < micros(end)
        )
        with reading(self.engine) as connection:
            went_in, went_out, by_hand = connection.execute(query).one()
        return Crowd(went_in or 0, -(went_out or 0), by_hand or 0)


def project(connection: Connection, row: Any) -> None:
    """Count a stored record."""
    said = msgspec.json.decode(row.plain)
    move = {"id": row.id, "at_us": row.at_us}
    what = {"change": said["change"], "corrects": said["corrects"]}
    connection.execute(insert(_moves), {**move, **what})


def project_inspection(
    connection: Connection, inspection_id: UUID, at_us: int, recorded: RecordedInspection
) -> None:
    """Count a recorded person, in place of an earlier version."""
    change = movement(recorded)
    if recorded.supersedes is None:
        if change:
            _put(connection, inspection_id, at_us, change)
        return
    whose = _moves.c.id == inspection_id
    if not change:
        connection.execute(delete(_moves).where(whose))
    elif connection.execute(update(_moves).where(whose).values(change=change)).rowcount == 0:
        _put(connection, inspection_id, at_us, change)


def _put(connection: Connection, inspection_id: UUID, at_us: int, change: int) -> None:
    move = {"id": inspection_id, "at_us": at_us, "change": change, "corrects": False}
    connection.execute(insert(_moves), move)
