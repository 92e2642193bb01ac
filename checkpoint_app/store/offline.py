"""断网模式 as declared, and the inspections that something is still owed on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, Engine, func, or_, select

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.owed import Owed, owed
from checkpoint_app.store import inspections, ledger, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, moment

_records, _shown, _versions = tables.records, tables.inspections, tables.versions


@dataclass(frozen=True, slots=True)
class Declared:
    """The line was declared down, by whom and when."""

    officer: str
    since: datetime


class Offline:
    """The door to what is done while there is no line."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    def declared(self) -> Declared | None:
        """Whether the line is declared down now."""
        with reading(self._engine) as connection:
            return _declared(connection)

    def declare(self, on: bool, officer: str, now: datetime) -> Declared | None:
        """Declare the line down, or up again; the same again changes nothing."""
        with writing(self._engine) as connection:
            if (_declared(connection) is not None) is not on:
                plain = ledger.encoded({"on": on, "officer": officer})
                ledger.place(connection, self._device, Draft(Kind.OFFLINE, now, plain))
            return _declared(connection)

    def owed(self, since: datetime, limit: int = 500) -> list[Owed]:
        """Inspections since then that something is still owed on, oldest first."""
        with reading(self._engine) as connection:
            found = (owed(*each) for each in _candidates(connection, since, limit))
            return [each for each in found if each is not None]


def _declared(connection: Connection) -> Declared | None:
    newest = connection.execute(
        select(_records.c.plain, _records.c.at_us, _records.c.offset_s)
        .where(_records.c.kind == Kind.OFFLINE.value)
        .order_by(_records.c.epoch.desc(), _records.c.seq.desc())
        .limit(1)
    ).first()
    if newest is None:
        return None
    said = msgspec.json.decode(newest.plain)
    return Declared(said["officer"], moment(newest.at_us, newest.offset_s)) if said["on"] else None


def _candidates(
    connection: Connection, since: datetime, limit: int
) -> Iterator[tuple[RecordedInspection, datetime]]:
    """Inspections that were let through first, with the time of their first version."""
    plain = _records.c.plain
    marked = or_(
        func.instr(plain, b'"emergency":true') > 0, func.instr(plain, b'"offline_mode"') > 0
    )
    rows = connection.execute(
        select(_shown.c.id, _shown.c.confirmed_us, _shown.c.offset_s)
        .join(_records, _records.c.id == _shown.c.record_id)
        .where(_shown.c.confirmed_us >= micros(since), marked)
        .order_by(_shown.c.confirmed_us)
        .limit(limit)
    ).all()
    for row in rows:
        newest = inspections.newest(connection, row.id)
        if newest is not None:
            yield newest, moment(row.confirmed_us, row.offset_s)
