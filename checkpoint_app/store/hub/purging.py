"""Erasing at the hub what has been kept long enough: the same rules and steps as at a station.

The chain stays whole, as there: a record keeps its commitment, its person is gone. What stands
aside unread may name somebody too, and goes with the longest term.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, update

from checkpoint_app.domain.retention import Terms
from checkpoint_app.store import tables
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.moments import micros
from checkpoint_app.store.retention.choosing import due
from checkpoint_app.store.retention.erasing import erase

_STEP = 2000


def purge_some(connection: Connection, terms: Terms, by: str, now: datetime) -> int:
    """Erase some of what is due, in the caller's transaction; how many records."""
    found = due(connection, terms, now, _STEP)
    kept, longest = tables.hub_quarantine, max(terms.passages, terms.cases)
    connection.execute(delete(kept).where(kept.c.received_us < micros(now - longest)))
    if not found.ids:
        return 0
    erasure = uuid7(now)
    erase(connection, found.ids, erasure)
    said = {
        "id": erasure,
        "at_us": micros(now),
        "who": by[:80],
        "action": "erased",
        "subject": f"{len(found.ids)} records",
        "reason": "",
    }
    connection.execute(insert(tables.hub_looks), said)
    return len(found.ids)


def forget_reasons(connection: Connection, terms: Terms, now: datetime) -> None:
    """Who looked at what and when stays in the book; why, in free words, may name anybody."""
    looks, longest = tables.hub_looks, max(terms.passages, terms.cases)
    old = update(looks).where(looks.c.at_us < micros(now - longest), looks.c.reason != "")
    connection.execute(old.values(reason=""))
