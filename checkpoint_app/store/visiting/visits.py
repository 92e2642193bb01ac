"""Visitors: registered, left, listed. Each change is a record of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, select, update

from checkpoint_app.domain.register import Period
from checkpoint_app.domain.visiting import Visit
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, offset_s
from checkpoint_app.store.visiting.parts import joined, split

_shown = tables.visits
PERSONAL = (
    "name",
    "id_number",
    "phone",
    "unit",
    "purpose",
    "host",
    "host_unit",
    "plate",
    "companions",
    "refusal",
)


class Visits:
    """The visitors of one station."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    def register(self, visit: Visit) -> None:
        """Save a visit, or its next state (left, a pass), durably. Raises `StoreFault`."""
        visit = replace(visit, head_count=visit.persons)
        plain, own = split(visit, PERSONAL, "visit")
        with writing(self._engine) as connection:
            before = connection.execute(select(_shown).where(_shown.c.id == visit.id)).first()
            at = visit.arrived_at if before is None else visit.left_at or visit.arrived_at
            draft = Draft(
                Kind.VISIT,
                at,
                plain,
                own,
                before.record_id if before is not None else None,
                micros(visit.arrived_at),
            )
            placed = ledger.place(connection, self._device, draft)
            _project(connection, placed.link.id, visit)

    def leave(self, visit_id: UUID, now: datetime) -> Visit:
        """Write down that a visitor has left. Raises `StoreFault`: not_found."""
        visit = self.visit(visit_id)
        if visit is None:
            raise StoreFault("not_found")
        if visit.left_at is None:
            visit = replace(visit, left_at=now)
            self.register(visit)
        return visit

    def visit(self, visit_id: UUID) -> Visit | None:
        """The newest state of a visit."""
        found = self._read(_full().where(_shown.c.id == visit_id))
        return found[0] if found else None

    def of(self, period: Period) -> list[Visit]:
        """A period's visits, newest first."""
        within = (
            _shown.c.arrived_us >= micros(period.start),
            _shown.c.arrived_us < micros(period.end),
        )
        return self._read(_full().where(*within).order_by(_shown.c.arrived_us.desc()))

    def inside(self) -> list[Visit]:
        """Visitors who have not left yet, the longest first."""
        here = (_shown.c.admitted.is_(True), _shown.c.left_us.is_(None))
        return self._read(_full().where(*here).order_by(_shown.c.arrived_us))

    def earlier(self, id_number: str) -> Visit | None:
        """The last visit of a document, so that nobody types it all again."""
        mine = _full().where(_shown.c.id_number == id_number)
        found = self._read(mine.order_by(_shown.c.arrived_us.desc()).limit(1))
        return found[0] if found else None

    def _read(self, chosen: Any) -> list[Visit]:
        with reading(self._engine) as connection:
            rows = connection.execute(chosen).all()
        return [visit_of(row) for row in rows]


def those(connection: Connection, ids: Sequence[UUID]) -> list[Visit]:
    """The newest state of these visits, by their time."""
    chosen = _full().where(_shown.c.id.in_(ids)).order_by(_shown.c.arrived_us)
    return [visit_of(row) for row in connection.execute(chosen)]


def project(connection: Connection, row: Any) -> None:
    """Show a stored visit."""
    _project(connection, row.id, visit_of(row))


def forget(connection: Connection, ids: Sequence[UUID]) -> None:
    """Show no more of erased records than they still say."""
    gone = dict.fromkeys(("name", "id_number", "phone", "plate", "host"))
    connection.execute(update(_shown).where(_shown.c.record_id.in_(ids)).values(**gone))


def visit_of(row: Any) -> Visit:
    """A stored record of a visit."""
    return joined(row.plain, row.body, Visit, PERSONAL)


def _full() -> Any:
    return ledger.full_rows().join(_shown, _shown.c.record_id == tables.records.c.id)


def _project(connection: Connection, record_id: UUID, visit: Visit) -> None:
    values = {
        "record_id": record_id,
        "left_us": micros(visit.left_at) if visit.left_at else None,
        "admitted": visit.admitted,
        "persons": visit.persons,
        "operator": visit.operator,
        "pass_id": visit.pass_id or None,
        "name": visit.name or None,
        "id_number": visit.id_number or None,
        "phone": visit.phone or None,
        "plate": visit.plate or None,
        "host": visit.host or None,
    }
    changed = update(_shown).where(_shown.c.id == visit.id).values(**values)
    if connection.execute(changed).rowcount == 0:
        first = {
            "id": visit.id,
            "arrived_us": micros(visit.arrived_at),
            "offset_s": offset_s(visit.arrived_at),
        }
        connection.execute(insert(_shown), {**first, **values})
