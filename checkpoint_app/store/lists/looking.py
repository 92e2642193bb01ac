"""Looking a person up in the lists in force, and what is in force at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, select

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
_lists, _entries = tables.lists, tables.list_entries
_IN_FORCE = select(_lists).where(_lists.c.state == IN_FORCE).order_by(_lists.c.number)
_REVISIONS = "SELECT number, revision FROM lists WHERE state = ? ORDER BY number"


def in_force(connection: Connection) -> list[Row[Any]]:
    """The lists in force, oldest first."""
    return list(connection.execute(_IN_FORCE))


def revisions(connection: Connection) -> tuple[tuple[int, int], ...]:
    """Which lists are in force, and how often they were changed: asked at every look-up."""
    return tuple(map(tuple, connection.exec_driver_sql(_REVISIONS, (IN_FORCE,))))


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
    return entries_under(connection, (*wanted.keys(), *more), lists)


def entries_under(
    connection: Connection, texts: Iterable[str], lists: Iterable[int], most: int = -1
) -> list[Row[Any]]:
    """Entries of these lists that one of the texts leads to, each once: (list, number, mark, body).
    At `most` so many rows; -1: all.

    Written out, because it runs at every change of who somebody is: making the statement took
    longer than all of its answer.
    """
    keys, numbers = {key_of(text) for text in texts}, list(lists)
    if not keys or not numbers:
        return []
    of_lists, of_keys = (",".join("?" * len(each)) for each in (numbers, keys))
    found = connection.exec_driver_sql(
        "SELECT e.list, e.number, e.mark, e.body FROM list_keys k "  # noqa: S608 - only question marks
        "JOIN list_entries e ON e.list = k.list AND e.number = k.number "
        f"WHERE k.list IN ({of_lists}) AND k.key IN ({of_keys}) ORDER BY e.list, e.number "
        "LIMIT ?",
        (*numbers, *keys, most),
    )
    return list({(row.list, row.number): row for row in found}.values())


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
