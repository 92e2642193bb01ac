"""What came from the hub, put where the gate looks: lists of persons and areas, and what the office
orders (`desk.hub.handing`)."""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.desk.hub.handing import KINDS, put_in_force
from checkpoint_app.domain.list_entries import Entry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.store import notices
from checkpoint_app.store.hub_lists import HeldList
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.lists.rows import TYPES, decoded
from checkpoint_app.store.station import Station

SOURCE = "hub"


def hand_on(station: Station, now: datetime) -> int:
    """Put in force what was taken from the hub and is not yet; how many lists were looked at.

    Called after every exchange, and by `begin` at the start: a list that a kill left half way is
    put in force then, whole, and never counts before. What is refused counts as looked at: the hub
    is told of it in the next exchange.
    """
    held_now = station.sync.lists.held()
    done = 0
    for held in held_now:
        if held.applied_at is None and not held.refused:
            done += _put(station, held, now)
    for each in station.handed_down.in_force():
        if each.name not in {held.name for held in held_now}:
            station.handed_down.forget(each.name)
            done += 1
    return done


def begin(station: Station, now: datetime) -> int:
    """At the start: what a kill left half way; and what an older program could not use is tried
    again."""
    station.sync.lists.try_again()
    return hand_on(station, now)


def _put(station: Station, held: HeldList, now: datetime) -> bool:
    word = held.name.partition("@")[0]
    if word in KINDS:
        put_in_force(station, held, now)
    elif word == notices.NAME:
        station.sync.lists.handed_on(held.name, now)
    elif word in {each.value for each in ListKind}:
        _list(station, held, ListKind(word), now)
    else:
        return False
    return True


def _list(station: Station, held: HeldList, kind: ListKind, now: datetime) -> None:
    rows = station.sync.lists.rows(held.name)
    entries: list[Entry] = [decoded(rows[key], TYPES[kind]) for key in sorted(rows)]
    station.lists.put(NewList(kind, SOURCE, held.dated), entries, now)
    station.sync.lists.handed_on(held.name, now)
