"""What came from the hub, put where the gate looks: watch, risk, roster and returnee lists."""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.domain.list_entries import Entry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.lists.rows import TYPES, decoded
from checkpoint_app.store.station import Station

SOURCE = "hub"


def hand_on(station: Station, now: datetime) -> int:
    """Put in force what was taken from the hub and is not yet; how many lists.

    Called after every exchange and at the start: a list that a kill left half way is put in force
    then, whole, and never counts before.
    """
    done = 0
    for held in station.sync.lists.held():
        kind = held.name.partition("@")[0]
        if held.applied_at is not None or kind not in {each.value for each in ListKind}:
            continue
        form = TYPES[ListKind(kind)]
        rows = station.sync.lists.rows(held.name)
        entries: list[Entry] = [decoded(rows[key], form) for key in sorted(rows)]
        station.lists.put(NewList(ListKind(kind), SOURCE, held.dated), entries, now)
        station.sync.lists.handed_on(held.name, now)
        done += 1
    return done
