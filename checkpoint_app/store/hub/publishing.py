"""Lists that the hub hands down: versions, and what leads from any earlier one to the newest.

A row is in a list from the version that added it until the one that removed it; it stays for some
days more (`keeping`), so that a station that was away still gets a small change. After a restore
all lists belong to the new hub epoch, and stations take them whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, insert, select, update

from checkpoint_app.store import county, tables
from checkpoint_app.store.hub.bulk import put
from checkpoint_app.store.hub.values import ListDifference, ListState
from checkpoint_app.store.hub_lists import digest_of
from checkpoint_app.store.moments import micros, moment

_lists = tables.hub_lists
_rows = tables.hub_list_rows
_COLUMNS = ("id", "name", "key", "added", "removed", "body")
_STEP = 5000
_STAY = ("county-details",)  # lists that are only asked about, entry by entry


def publish(
    connection: Connection,
    name: str,
    rows: Mapping[str, bytes],
    dated: datetime,
    *,
    hub_epoch: int,
    kind: str = "rows",
) -> ListState:
    """Make these the rows of a list; the next version where anything has changed."""
    before = state_of(connection, name, lock=True)
    kept = _kept(connection, name)
    gone = [row_id for key, (row_id, body) in kept.items() if rows.get(key) != body]
    come = [key for key, body in rows.items() if key not in kept or kept[key][1] != body]
    if before is not None and not gone and not come and before.dated_at >= dated:
        return before
    number = before.number + 1 if before else 1
    _remove(connection, gone, number)
    digest = _digest(kind, rows)
    fresh = ((uuid4(), name, key, number, None, rows[key]) for key in come)
    put(connection, _rows, _COLUMNS, fresh)
    values = {
        "hub_epoch": hub_epoch,
        "number": number,
        "rows": len(rows),
        "digest": digest,
        "dated_us": micros(dated),
    }
    if before is None:
        connection.execute(insert(_lists), {"name": name, "kind": kind, **values})
    else:
        connection.execute(update(_lists).where(_lists.c.name == name).values(**values))
    return ListState(name, kind, hub_epoch, number, len(rows), digest, dated)


Check = Callable[[Mapping[str, bytes]], None]


def amend(
    connection: Connection,
    name: str,
    put: Mapping[str, bytes],
    drop: Iterable[str],
    dated: datetime,
    *,
    hub_epoch: int,
    check: Check,
) -> ListState:
    """Change some rows of a list and keep the others; `check` may refuse the result by raising."""
    state_of(connection, name, lock=True)
    gone = set(drop)
    kept = {key: body for key, body in rows_of(connection, name).items() if key not in gone}
    rows = {**kept, **put}
    check(rows)
    return publish(connection, name, rows, dated, hub_epoch=hub_epoch)


def rows_of(connection: Connection, name: str) -> dict[str, bytes]:
    """A list's rows now, by key."""
    return {key: body for key, (_, body) in _kept(connection, name).items()}


def _digest(kind: str, rows: Mapping[str, bytes]) -> bytes:
    if kind != "tokens":
        return digest_of(rows)
    return county.digest_of(county.array_of({int(key, 16): body[0] for key, body in rows.items()}))


def difference(
    connection: Connection, name: str, have_epoch: int, have_number: int
) -> ListDifference | None:
    """What leads from the version one has to the newest; None where there is no such list."""
    state = state_of(connection, name)
    if state is None:
        return None
    base = state.base(have_epoch, have_number)
    mine = _rows.c.name == name
    added = select(_rows.c.key, _rows.c.body).where(mine, _rows.c.removed.is_(None))
    removed = select(_rows.c.key, _rows.c.body).where(
        mine, _rows.c.added <= base, _rows.c.removed > base
    )
    come = connection.execute(added.where(_rows.c.added > base))
    gone = connection.execute(removed) if base else ()
    return ListDifference(
        state, state.hub_epoch if base else 0, base, _dictionary(come), _dictionary(gone)
    )


def states(connection: Connection, device: str | None = None) -> list[ListState]:
    """All lists; with `device` those that are everybody's or this station's."""
    found = [_state(row) for row in connection.execute(select(_lists).order_by(_lists.c.name))]
    return [each for each in found if device is None or is_for(each.name, device)]


def is_for(name: str, device: str) -> bool:
    """Whether a list is everybody's ("risk") or this station's ("watch@DEVICE")."""
    _, at, whose = name.partition("@")
    return whose == device if at else name not in _STAY


def state_of(connection: Connection, name: str, *, lock: bool = False) -> ListState | None:
    """The newest version of a list."""
    asked = select(_lists).where(_lists.c.name == name)
    row = connection.execute(asked.with_for_update() if lock else asked).first()
    return _state(row) if row is not None else None


def in_epoch(connection: Connection, hub_epoch: int) -> None:
    """After a restore: every list is newer than whatever stations have of it."""
    connection.execute(update(_lists).values(hub_epoch=hub_epoch))


def entries_under(connection: Connection, name: str, key: str) -> list[bytes]:
    """The bodies now in a list under a key."""
    asked = select(_rows.c.body).where(
        _rows.c.name == name, _rows.c.key == key, _rows.c.removed.is_(None)
    )
    return [bytes(body) for body in connection.execute(asked).scalars()]


def _kept(connection: Connection, name: str) -> dict[str, tuple[UUID, bytes]]:
    asked = select(_rows.c.key, _rows.c.id, _rows.c.body)
    rows = connection.execute(asked.where(_rows.c.name == name, _rows.c.removed.is_(None)))
    return {row[0]: (row[1], bytes(row[2])) for row in rows}


def _remove(connection: Connection, gone: Sequence[UUID], number: int) -> None:
    for start in range(0, len(gone), _STEP):
        some = gone[start : start + _STEP]
        whose = update(_rows).where(_rows.c.id.in_(some))
        connection.execute(whose.values(removed=number))


def _dictionary(rows: Iterable[Any]) -> dict[str, bytes]:
    return {row[0]: bytes(row[1]) for row in rows}


def _state(row: Row[Any]) -> ListState:
    return ListState(
        row.name,
        row.kind,
        row.hub_epoch,
        row.number,
        row.rows,
        bytes(row.digest),
        moment(row.dated_us),
        row.floor,
    )
