"""How many of the persons on each watch list were met at any station."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, or_, select

from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.store import tables
from checkpoint_app.store.lists.rows import decoded

DETAILS = "county-details"
_AT_ONCE = 400  # numbers asked for at once

_rows, _shown = tables.hub_list_rows, tables.inspections


@dataclass(frozen=True, slots=True)
class Covered:
    """One list: how many persons it names, how many of them were met. `device` "": everybody's."""

    device: str
    pushed: int
    found: int


def coverage(connection: Connection) -> list[Covered]:
    """All watch lists in force."""
    names = connection.execute(
        select(_rows.c.name).where(_rows.c.removed.is_(None)).distinct().order_by(_rows.c.name)
    ).scalars()
    watched = [each for each in names if each.partition("@")[0] in (ListKind.WATCH, DETAILS)]
    return [_of(connection, each) for each in watched]


def _of(connection: Connection, name: str) -> Covered:
    bodies = connection.execute(
        select(_rows.c.body).where(_rows.c.name == name, _rows.c.removed.is_(None)).distinct()
    ).scalars()
    persons = [decoded(bytes(each), WatchEntry) for each in bodies]
    met: set[str] = set()
    for some in _parts(_numbers(persons)):
        asked = select(_shown.c.id_number, _shown.c.phone).where(
            ~_shown.c.void, or_(_shown.c.id_number.in_(some), _shown.c.phone.in_(some))
        )
        for row in connection.execute(asked):
            met.update(each for each in row if each)
    found = sum(bool({each.id_number, each.phone} & met) for each in persons)
    return Covered(name.partition("@")[2], len(persons), found)


def _numbers(persons: Iterable[WatchEntry]) -> Iterator[str]:
    for each in persons:
        yield from (number for number in (each.id_number, each.phone) if number)


def _parts(numbers: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(numbers, _AT_ONCE)):
        yield some
