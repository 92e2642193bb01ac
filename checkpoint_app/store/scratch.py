"""The unfinished person and the tray: the only thing here that is overwritten at each key."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, insert, select, update

from checkpoint_app.store import payload
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.tables import unfinished
from checkpoint_app.store.values import Parked


def keep(engine: Engine, people: Sequence[Parked]) -> None:
    """Make these the unfinished people, in this order; writes only what changed."""
    wanted = {
        parked.inspection.id: (place, payload.encode_parked(parked))
        for place, parked in enumerate(people)
    }
    with reading(engine) as connection:
        kept = {row.inspection_id: (row.place, row.body) for row in _rows(connection)}
    if kept != wanted:
        with writing(engine) as connection:
            _change(connection, kept, wanted)


def kept(engine: Engine) -> list[Parked]:
    """The unfinished people in their order."""
    with reading(engine) as connection:
        return [payload.decode_parked(row.body) for row in _rows(connection)]


_Rows = dict[UUID, tuple[int, bytes]]


def _change(connection: Connection, old: _Rows, new: _Rows) -> None:
    for gone in old.keys() - new.keys():
        connection.execute(delete(unfinished).where(unfinished.c.inspection_id == gone))
    for key, (place, body) in new.items():
        if key not in old:
            values = insert(unfinished).values(inspection_id=key, place=place, body=body)
            connection.execute(values)
        elif old[key] != (place, body):
            row = update(unfinished).where(unfinished.c.inspection_id == key)
            connection.execute(row.values(place=place, body=body))


def _rows(connection: Connection):  # type: ignore[no-untyped-def]
    return connection.execute(select(unfinished).order_by(unfinished.c.place)).all()
