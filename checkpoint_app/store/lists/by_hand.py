"""What is done to lists by hand: a risk area typed in or struck out, a list withdrawn and put back.

Each is a record of the ledger, like a list that comes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from checkpoint_app.domain.list_entries import RiskEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.lists import looking, rechecking
from checkpoint_app.store.lists.rows import encoded, mark_of
from checkpoint_app.store.lists.staging import RETIRED, TYPED, next_number
from checkpoint_app.store.moments import micros, offset_s

_lists, _entries = tables.lists, tables.list_entries


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does it, on which device, when."""

    device: str
    operator: str
    now: datetime


def type_area(connection: Connection, hand: Hand, entry: RiskEntry) -> None:
    """Put a risk area in force, in place of one typed before with the same code."""
    before = looking.risk_codes(connection, looking.in_force(connection), hand.now)
    number = _typed_list(connection, hand)
    _take_out(connection, number, entry.code)
    newest = connection.execute(
        select(func.max(_entries.c.number)).where(_entries.c.list == number)
    ).scalar()
    body = encoded(ListKind.RISK, entry)
    row = {"list": number, "number": (newest or 0) + 1, "mark": mark_of(entry), "body": body}
    connection.execute(insert(_entries).values(**row))
    _changed(connection, hand, number, {"typed": entry.code})
    rechecking.owe(connection, number, ListKind.RISK, before)


def strike_area(connection: Connection, hand: Hand, code: str) -> None:
    """Take a typed risk area out again. Raises `StoreFault`: not_found."""
    row = _typed(connection)
    if row is None or not _take_out(connection, row.number, code):
        raise StoreFault("not_found")
    _changed(connection, hand, row.number, {"struck": code})


def withdraw(connection: Connection, hand: Hand, number: int) -> None:
    """Let a list count no longer. Raises `StoreFault`: not_found."""
    _switch(connection, hand, number, looking.IN_FORCE, RETIRED)


def put_back(connection: Connection, hand: Hand, number: int) -> None:
    """Let a list count again that was withdrawn a moment ago. Raises `StoreFault`: not_found."""
    _switch(connection, hand, number, RETIRED, looking.IN_FORCE)


def _switch(connection: Connection, hand: Hand, number: int, before: str, after: str) -> None:
    chosen = update(_lists).where(_lists.c.number == number, _lists.c.state == before)
    if connection.execute(chosen.values(state=after)).rowcount == 0:
        raise StoreFault("not_found")
    said = {"list": number, "state": after, "operator": hand.operator}
    ledger.place(connection, hand.device, Draft(Kind.LIST, hand.now, ledger.encoded(said)))


def _typed(connection: Connection) -> Row[Any] | None:
    rows = looking.in_force(connection)
    of_hand = (row for row in rows if row.kind == ListKind.RISK and row.source == TYPED)
    return next(of_hand, None)


def _typed_list(connection: Connection, hand: Hand) -> int:
    row = _typed(connection)
    if row is not None:
        return int(row.number)
    number = next_number(connection)
    connection.execute(
        insert(_lists).values(
            number=number,
            kind=ListKind.RISK.value,
            source=TYPED,
            state=looking.IN_FORCE,
            dated_us=micros(hand.now),
            imported_us=micros(hand.now),
            offset_s=offset_s(hand.now),
            entries=0,
            refused=0,
            digest="",
            operator=hand.operator,
            revision=0,
        )
    )
    return number


def _take_out(connection: Connection, number: int, code: str) -> int:
    """Take a typed area out of the table; how many there were."""
    mark = mark_of(RiskEntry(code=code))
    gone = delete(_entries).where(_entries.c.list == number, _entries.c.mark == mark)
    return connection.execute(gone).rowcount


def _changed(connection: Connection, hand: Hand, number: int, what: dict[str, str]) -> None:
    count = select(func.count()).select_from(_entries).where(_entries.c.list == number)
    entries = connection.execute(count).scalar_one()
    newer = {"revision": _lists.c.revision + 1, "entries": entries}
    connection.execute(update(_lists).where(_lists.c.number == number).values(**newer))
    said = {"list": number, "kind": ListKind.RISK.value, **what, "operator": hand.operator}
    ledger.place(connection, hand.device, Draft(Kind.LIST, hand.now, ledger.encoded(said)))
