"""When a list comes in: who of the last 14 days is affected by it, and was not known to be.

What is still to be looked through stands in the store from the moment in which the list counts, so
that a kill in the middle forgets nobody. Looking twice raises nobody twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, and_, delete, func, insert, or_, select

from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.lists import ListKind, match_keys
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.region import Divisions, contains, divisions
from checkpoint_app.store import tables
from checkpoint_app.store.cases.writing import Raised, raise_case
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.lists import looking, working
from checkpoint_app.store.lists.rows import decoded, key_of
from checkpoint_app.store.moments import micros, moment

BACK = timedelta(days=14)
PAGE = 250
LONGEST = 400  # characters of places named in a case
PENDING = "lists.recheck."
_shown, _entries, _keys = tables.inspections, tables.list_entries, tables.list_keys


@dataclass(frozen=True, slots=True)
class Site:
    """Whose inspections are looked through, and who looks."""

    county: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class _Look:
    """Where what comes up is written to, for whom, when."""

    connection: Connection
    device: str
    site: Site
    now: datetime

    def raise_case(self, news: Raised) -> None:
        raise_case(self.connection, self.device, news, self.site.operator, self.now)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far looking back has come, and how many people it has brought up."""

    done: int
    total: int
    raised: int


# --- what is still to be done --------------------------------------------------------------------


def owe(connection: Connection, number: int, kind: ListKind, before: frozenset[str]) -> None:
    """From now on somebody has to look back for this list; `before`: areas that counted already."""
    forgive(connection, number)
    value = msgspec.json.encode({"kind": kind.value, "before": sorted(before)}).decode()
    connection.execute(insert(tables.state).values(name=f"{PENDING}{number}", value=value))


def forgive(connection: Connection, number: int) -> None:
    """That has been done."""
    connection.execute(delete(tables.state).where(tables.state.c.name == f"{PENDING}{number}"))


def owed(connection: Connection) -> list[tuple[int, ListKind, frozenset[str]]]:
    """Lists for which nobody has looked back yet."""
    state = tables.state
    rows = connection.execute(select(state).where(state.c.name.like(f"{PENDING}%"))).all()
    told = [(int(row.name.removeprefix(PENDING)), msgspec.json.decode(row.value)) for row in rows]
    return [(number, ListKind(said["kind"]), frozenset(said["before"])) for number, said in told]


# --- looking back --------------------------------------------------------------------------------


def look_back(engine: Engine, device: str, site: Site, now: datetime) -> Iterator[Progress]:
    """Look through the last 14 days for each list that is owed it; each step is short."""
    with reading(engine) as connection:
        waiting = owed(connection)
        total = _count(connection, now) if waiting else 0
    for number, kind, before in waiting:
        with reading(engine) as connection:
            counting = looking.risk_codes(connection, looking.in_force(connection), now)
        areas = divisions(counting - before)
        raised = done = 0
        for rows in _pages(engine, now, with_body=kind is ListKind.RISK):
            with writing(engine) as connection:
                look = _Look(connection, device, site, now)
                if kind is ListKind.RISK:
                    raised += _raise_risk(look, rows, areas)
                else:
                    raised += _raise_watched(look, rows, number)
            done += len(rows)
            yield Progress(done, total, raised)
        with writing(engine) as connection:
            forgive(connection, number)
        yield Progress(done, total, raised)


def _count(connection: Connection, now: datetime) -> int:
    query = select(func.count()).select_from(_shown).where(_recent(now))
    return connection.execute(query).scalar_one()


def _recent(now: datetime) -> Any:
    return and_(_shown.c.confirmed_us >= micros(now - BACK), _shown.c.void.is_(False))


def _pages(engine: Engine, now: datetime, with_body: bool) -> Iterator[list[Row[Any]]]:
    """The inspections of the last 14 days, of each only what is looked at."""
    wanted = [_shown.c.number, _shown.c.id, _shown.c.confirmed_us, _shown.c.id_number]
    wanted += [_shown.c.phone, _shown.c.plate, _shown.c.operator]
    query = select(*wanted)
    if with_body:
        personal = tables.personal
        query = query.add_columns(personal.c.body)
        query = query.join(personal, personal.c.record_id == _shown.c.record_id)
    query = query.where(_recent(now)).order_by(_shown.c.confirmed_us, _shown.c.number).limit(PAGE)
    page = query
    while True:
        with reading(engine) as connection:
            rows = list(connection.execute(page))
        if rows:
            yield rows
        if len(rows) < PAGE:
            return
        last = rows[-1]
        page = query.where(
            or_(
                _shown.c.confirmed_us > last.confirmed_us,
                and_(_shown.c.confirmed_us == last.confirmed_us, _shown.c.number > last.number),
            )
        )


# --- risk areas ----------------------------------------------------------------------------------


class _City(msgspec.Struct):
    name: str = ""
    division_code: str | None = None
    in_risk_area: bool | None = None


class _Itinerary(msgspec.Struct):
    cities: list[_City] = []


class _Journey(msgspec.Struct):
    origin: str | None = None
    origin_code: str | None = None


class _Person(msgspec.Struct):
    residence: str | None = None
    residence_code: str | None = None


class _Inspection(msgspec.Struct):
    itinerary: _Itinerary | None = None
    journey: _Journey = msgspec.field(default_factory=_Journey)
    person: _Person = msgspec.field(default_factory=_Person)


class _Recorded(msgspec.Struct):
    inspection: _Inspection = msgspec.field(default_factory=_Inspection)


class _Body(msgspec.Struct):
    """The few fields of a record's personal part that say where somebody was."""

    recorded: _Recorded = msgspec.field(default_factory=_Recorded)


_read = msgspec.json.Decoder(_Body).decode


def _raise_risk(look: _Look, rows: list[Row[Any]], areas: Divisions) -> int:
    raised = 0
    for row in rows:
        places = _affected(_read(row.body).recorded.inspection, areas, look.site.county)
        if places:
            look.raise_case(Raised(Code.NEW_RISK_AREA, "、".join(places)[:LONGEST], row.id))
            raised += 1
    return raised


def _affected(given: _Inspection, areas: Divisions, county: str) -> list[str]:
    """Places of a journey that a newly listed area touches; the site's own surroundings only
    where they are listed as a whole, or everybody at the site would be affected."""
    cities = given.itinerary.cities if given.itinerary is not None else []
    places = [(each.name, each.division_code, each.in_risk_area) for each in cities]
    places.append((given.journey.origin or "", given.journey.origin_code, None))
    places.append((given.person.residence or "", given.person.residence_code, None))
    found = [
        name or code
        for name, code, answer in places
        if code and _touched(code, answer, areas, county)
    ]
    return list(dict.fromkeys(found))


def _touched(code: str, answer: bool | None, areas: Divisions, county: str) -> bool:
    if areas.contain(code):
        return True
    around = bool(county) and contains(code, county)
    return areas.lie_in(code) and answer is not False and not around


# --- watched persons -----------------------------------------------------------------------------


def _raise_watched(look: _Look, rows: list[Row[Any]], number: int) -> int:
    """Whoever of these stands on the list passed before it came."""
    owners: dict[int, list[Row[Any]]] = {}
    for row in rows:
        for text in match_keys(row.id_number, row.phone, row.plate):
            owners.setdefault(key_of(text), []).append(row)
    raised = 0
    for key, entry in _listed(look.connection, number, list(owners)):
        for row in owners[key]:
            raised += _raise_one(look, row, entry)
    return raised


def _listed(connection: Connection, number: int, keys: list[int]) -> Iterator[tuple[int, Row[Any]]]:
    own = and_(_entries.c.list == _keys.c.list, _entries.c.number == _keys.c.number)
    listed = select(_keys.c.key, _entries, tables.lists.c.source).join(_entries, own)
    listed = listed.join(tables.lists, tables.lists.c.number == _keys.c.list)
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        chosen = listed.where(_keys.c.list == number, _keys.c.key.in_(some))
        for row in connection.execute(chosen).all():
            yield row.key, row


def _raise_one(look: _Look, row: Row[Any], entry: Row[Any]) -> int:
    named = decoded(entry.body, WatchEntry).source or entry.source
    look.raise_case(Raised(Code.NEWLY_LISTED, named, row.id))
    met = working.Met(entry.source, entry.mark, moment(row.confirmed_us), row.operator)
    return int(working.note_met(look.connection, look.device, met, look.now))
