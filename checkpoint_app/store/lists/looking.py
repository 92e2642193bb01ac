"""Looking a person up in the lists in force, and what is in force at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from checkpoint_app.domain.list_entries import RiskEntry, RiskLevel
from checkpoint_app.domain.lists import (
    ListKind,
    ListsInForce,
    ListVersion,
    Wanted,
    risk_counts,
)
from checkpoint_app.store import tables
from checkpoint_app.store.lists.rows import decoded, key_of
from checkpoint_app.store.moments import moment

IN_FORCE = "in_force"
_lists, _entries, _keys = tables.lists, tables.list_entries, tables.list_keys


def in_force(connection: Connection) -> list[Row[Any]]:
    """The lists in force, oldest first."""
    query = select(_lists).where(_lists.c.state == IN_FORCE).order_by(_lists.c.number)
    return list(connection.execute(query))


def by_kind(rows: Iterable[Row[Any]]) -> ListsInForce:
    """The versions in force of each kind."""
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return ListsInForce(**{kind: _version(of_kind) for kind, of_kind in found.items()})


def _version(rows: list[Row[Any]]) -> ListVersion:
    """One text for all lists of a kind; it changes whenever one of them does."""
    newest = max(rows, key=lambda row: row.dated_us)
    dated = moment(newest.dated_us, newest.offset_s)
    which = ",".join(f"{row.number}.{row.revision}" for row in rows)
    short = sha256(which.encode()).hexdigest()[:6]
    return ListVersion(f"{dated:%Y-%m-%d %H:%M} {short}", dated, sum(row.entries for row in rows))


def entries_of(
    connection: Connection, wanted: Wanted, lists: Iterable[int], more: Iterable[str] = ()
) -> list[Row[Any]]:
    """Entries of these lists that may be this person: (list, number, mark, body)."""
    keys = [key_of(text) for text in (*wanted.keys(), *more)]
    numbers = list(lists)
    if not keys or not numbers:
        return []
    query = (
        select(_entries)
        .join(
            _keys,
            and_(_keys.c.list == _entries.c.list, _keys.c.number == _entries.c.number),
        )
        .where(_keys.c.list.in_(numbers), _keys.c.key.in_(keys))
        .distinct()
        .order_by(_entries.c.list, _entries.c.number)
    )
    return list(connection.execute(query))


def risk_codes(connection: Connection, lists: Iterable[Row[Any]], now: datetime) -> frozenset[str]:
    """Codes of the risk areas that count today."""
    day = now.date()
    return frozenset(
        entry.code
        for entry in risk_entries(connection, lists)
        if entry.level is not RiskLevel.LOW and risk_counts(entry.starts, entry.ends, day)
    )


def risk_entries(connection: Connection, lists: Iterable[Row[Any]]) -> list[RiskEntry]:
    """All entries of the risk lists among these."""
    numbers = [row.number for row in lists if row.kind == ListKind.RISK]
    query = select(_entries.c.body).where(_entries.c.list.in_(numbers))
    return [decoded(body, RiskEntry) for body in connection.execute(query).scalars()]


def old_lists(
    lists: ListsInForce,
    now: datetime,
    risk_limit: timedelta | None,
    watch_limit: timedelta | None,
) -> tuple[str, ...]:
    """The risk and watch lists that are older than they may be, each as "kind|month-day"."""
    of_kind = (
        (ListKind.RISK, lists.risk, risk_limit),
        (ListKind.WATCH, lists.watch, watch_limit),
    )
    return tuple(
        f"{kind.value}|{each.dated:%m-%d}"
        for kind, each, limit in of_kind
        if each is not None and limit is not None and each.is_old(now, limit)
    )
