"""From the ledgers of all stations to what is shown of them, some records at a time.

Runs behind the receiving of records and never in its way: what cannot be shown is set aside by
name, its record stays where it is. The rows are the station's own projections, so that sheets and
pages read a hub as they read a station; whose they are stands in `hub_origins` and in `records`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from checkpoint_app.store import ledger, passages, payload, projection, runners, search, tables
from checkpoint_app.store.cases import folding
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.bulk import put
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.moments import micros, offset_s

STEP = 1000
_ONE_SHOWS = 0x636B7073  # the advisory lock of whoever shows
_UNREADABLE = (
    msgspec.MsgspecError,
    SQLAlchemyError,
    StoreFault,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)


def show_some(connection: Connection, limit: int = STEP) -> int:
    """Show the next records of every chain that is behind; how many were walked."""
    if connection.dialect.name == "postgresql":
        mine = text("SELECT pg_try_advisory_xact_lock(:n)")
        if not connection.execute(mine, {"n": _ONE_SHOWS}).scalar():
            return 0
    walked = 0
    for device, epoch, shown in _behind(connection):
        rows = _next(connection, device, epoch, shown, limit - walked)
        if rows:
            _show(connection, rows)
            _reached(connection, device, epoch, shown, rows[-1].seq)
        else:  # all that is left stands in quarantine
            _reached(connection, device, epoch, shown, _head(connection, device, epoch))
        walked += len(rows)
        if walked >= limit:
            break
    return walked


def behind(connection: Connection) -> int:
    """How many records wait to be shown."""
    heads, shown = tables.heads, tables.hub_projected
    waits = func.sum(heads.c.seq - func.coalesce(shown.c.seq, 0))
    return int(connection.execute(select(waits).select_from(_joined())).scalar() or 0)


def _joined() -> Any:
    heads, shown = tables.heads, tables.hub_projected
    same = (shown.c.device == heads.c.device) & (shown.c.epoch == heads.c.epoch)
    return heads.outerjoin(shown, same)


def _behind(connection: Connection) -> Sequence[tuple[str, int, int | None]]:
    heads, shown = tables.heads, tables.hub_projected
    asked = (
        select(heads.c.device, heads.c.epoch, shown.c.seq)
        .select_from(_joined())
        .where(func.coalesce(shown.c.seq, 0) < heads.c.seq)
        .order_by(heads.c.seq - func.coalesce(shown.c.seq, 0), heads.c.device, heads.c.epoch)
    )
    # The shortest first: a station that is online does not wait for another's backlog.
    return [(row[0], row[1], row[2]) for row in connection.execute(asked)]


def _next(
    connection: Connection, device: str, epoch: int, shown: int | None, limit: int
) -> Sequence[Row[Any]]:
    records = tables.records
    place = (records.c.device == device, records.c.epoch == epoch, records.c.seq > (shown or 0))
    return connection.execute(
        ledger.full_rows().where(*place).order_by(records.c.seq).limit(limit)
    ).all()


def _head(connection: Connection, device: str, epoch: int) -> int:
    heads = tables.heads
    asked = select(heads.c.seq).where(heads.c.device == device, heads.c.epoch == epoch)
    return int(connection.execute(asked).scalar_one())


def _reached(connection: Connection, device: str, epoch: int, shown: int | None, seq: int) -> None:
    table = tables.hub_projected
    if shown is None:
        connection.execute(insert(table), {"device": device, "epoch": epoch, "seq": seq})
        return
    place = (table.c.device == device, table.c.epoch == epoch)
    connection.execute(update(table).where(*place).values(seq=seq))


# --- one stretch of one chain ---------------------------------------------------------------------


def _show(connection: Connection, rows: Sequence[Row[Any]]) -> None:
    """First versions of inspections in bulk, all else one by one, in the order of the chain."""
    first: list[tuple[Row[Any], Any]] = []
    for row in rows:
        if row.kind == Kind.INSPECTION and row.supersedes is None:
            recorded = _decoded(row)
            if recorded is not None:
                first.append((row, recorded))
            continue
        if row.kind not in _SHOWN:
            continue
        _show_first(connection, first)
        first = []
        _show_one(connection, row)
    _show_first(connection, first)


def _decoded(row: Row[Any]) -> Any:
    try:
        return payload.decode(row.plain, row.body)
    except _UNREADABLE:
        return None


def _show_one(connection: Connection, row: Row[Any]) -> None:
    try:
        with connection.begin_nested():
            _SHOWN[row.kind](connection, row)
    except _UNREADABLE:
        return  # it stays in the ledger; a later version of the program may show it


def _show_first(connection: Connection, several: list[tuple[Row[Any], Any]]) -> None:
    if not several:
        return
    try:
        with connection.begin_nested():
            _put_first(connection, several)
    except _UNREADABLE:
        if len(several) == 1:
            return
        for one in several:
            _show_first(connection, [one])


def _put_first(connection: Connection, several: list[tuple[Row[Any], Any]]) -> None:
    newest = connection.execute(select(func.max(tables.inspections.c.number))).scalar() or 0
    shown, origins, versions, terms = [], [], [], []
    for number, (row, recorded) in enumerate(several, newest + 1):
        at_us = micros(recorded.confirmed_at)
        fixed = (number, recorded.inspection.id, payload.fingerprint(row.body), at_us)
        values = projection.columns_of(row.id, recorded)
        shown.append((*fixed, offset_s(recorded.confirmed_at), *values.values()))
        origins.append((number, row.device, at_us))
        versions.append((row.id, number))
        terms.append((number, recorded))
    columns = ("number", "id", "fingerprint", "confirmed_us", "offset_s", *values)
    put(connection, tables.inspections, columns, shown)
    put(connection, tables.hub_origins, ("number", "device", "confirmed_us"), origins)
    put(connection, tables.versions, ("record_id", "number"), versions)
    search.put_many(connection, terms)


def _correct(connection: Connection, row: Row[Any]) -> None:
    """A later version. A station may only correct what is its own."""
    number = projection.number_of(connection, row.supersedes)
    origins = tables.hub_origins
    whose = select(origins.c.device).where(origins.c.number == number)
    if number is None or connection.execute(whose).scalar() != row.device:
        raise StoreFault("not_found")
    recorded = payload.decode(row.plain, row.body)
    values: dict[str, Any] = projection.expected(row)
    shown = tables.inspections
    connection.execute(update(shown).where(shown.c.number == number).values(**values))
    connection.execute(insert(tables.versions), {"record_id": row.id, "number": number})
    search.put(connection, number, recorded)


def _case(connection: Connection, row: Row[Any]) -> None:
    """A step of a case. A station may only lead its own."""
    cases = tables.cases
    said = folding.decoded(row.plain)
    whose = select(cases.c.device).where(cases.c.id == UUID(said["case"]))
    if connection.execute(whose).scalar() not in (None, row.device):
        raise StoreFault("not_found")
    folding.project_row(connection, row)


def _seal(connection: Connection, row: Row[Any]) -> None:
    said = msgspec.json.decode(row.plain)
    names = ("sheet", "start_us", "end_us", "version", "records", "code")
    values = {name: said[name] for name in names}
    connection.execute(
        insert(tables.hub_seals), {"record_id": row.id, "device": row.device, **values}
    )


_SHOWN: dict[str, Callable[[Connection, Row[Any]], None]] = {
    Kind.INSPECTION: _correct,
    Kind.CASE_EVENT: _case,
    Kind.SEAL: _seal,
    Kind.PASSAGE: passages.project,
    Kind.RUNNER: runners.project,
}
