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

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.lists import ListKind, match_keys
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.region import Divisions, contains, divisions
from checkpoint_app.store import tables
from checkpoint_app.store.cases.writing import Met, Raised, raise_case
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.lists import looking, working
from checkpoint_app.store.lists.rows import decoded, key_of
from checkpoint_app.store.moments import micros, moment

BACK = timedelta(days=14)
PAGE = 1000  # inspections read at once
RAISED_A_STEP = 50  # cases opened in one transaction, so that the desk saves in between
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

    def raise_case(self, news: Raised, met: Met | None) -> None:
        raise_case(self.connection, self.device, news, self.site.operator, self.now, met)


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
        newly = _Newly(divisions(counting - before), site.county)
        raised = done = 0
        for rows in _pages(engine, now, with_body=kind is ListKind.RISK):
            if kind is ListKind.RISK:
                hits: list[_Hit] = _affected(rows, newly)
            else:
                with reading(engine) as connection:
                    hits = _listed(connection, rows, number)
            for start in range(0, len(hits), RAISED_A_STEP):
                with writing(engine) as connection:
                    look = _Look(connection, device, site, now)
                    raised += sum(_raise(look, hit) for hit in hits[start : start + RAISED_A_STEP])
                yield Progress(done, total, raised)
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
    wanted += [_shown.c.phone, _shown.c.plate, _shown.c.operator, _shown.c.outcome]
    personal = tables.personal
    query = select(*wanted, *([personal.c.body] if with_body else []))
    if with_body:
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
    destination: str | None = None
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


@dataclass(frozen=True, slots=True)
class _Hit:
    """An inspection that a list that came later has something to say about."""

    row: Row[Any]
    news: Raised
    met: Met | None = None
    entry: Row[Any] | None = None  # of a list of persons


def _raise(look: _Look, hit: _Hit) -> int:
    """Open the case, and note in the work-list that the person was met."""
    look.raise_case(hit.news, hit.met)
    if hit.entry is None:
        return 1
    at = moment(hit.row.confirmed_us)
    met = working.Met(hit.entry.source, hit.entry.mark, at, hit.row.operator)
    return int(working.note_met(look.connection, look.device, met, look.now))


class _Newly:
    """Which places are touched by areas that were listed just now; each is concluded once."""

    def __init__(self, areas: Divisions, county: str) -> None:
        self._areas, self._county = areas, county
        self._known: dict[str, tuple[bool, bool]] = {}

    def touch(self, code: str, answer: bool | None) -> bool:
        """The site's own surroundings only where they are listed as a whole, or everybody at the
        site would be affected."""
        known = self._known.get(code)
        if known is None:
            around = bool(self._county) and contains(code, self._county)
            inside = self._areas.contain(code)
            known = self._known[code] = inside, not around and self._areas.lie_in(code)
        return known[0] or (known[1] and answer is not False)


def _affected(rows: list[Row[Any]], newly: _Newly) -> list[_Hit]:
    hits = []
    for row in rows:
        given = _read(row.body).recorded.inspection
        places = _places(given, newly)
        if places:
            news = Raised(Code.NEW_RISK_AREA, "、".join(places)[:LONGEST], row.id)
            bound_for = given.journey.destination or given.person.residence
            hits.append(_Hit(row, news, Met(Outcome(row.outcome), bound_for)))
    return hits


def _places(given: _Inspection, newly: _Newly) -> list[str]:
    """Places of a journey that a newly listed area touches, each once."""
    found: dict[str, None] = {}
    for city in given.itinerary.cities if given.itinerary is not None else ():
        if city.division_code and newly.touch(city.division_code, city.in_risk_area):
            found[city.name or city.division_code] = None
    journey, person = given.journey, given.person
    if journey.origin_code and newly.touch(journey.origin_code, None):
        found[journey.origin or journey.origin_code] = None
    if person.residence_code and newly.touch(person.residence_code, None):
        found[person.residence or person.residence_code] = None
    return list(found)


# --- watched persons -----------------------------------------------------------------------------


def _listed(connection: Connection, rows: list[Row[Any]], number: int) -> list[_Hit]:
    """Whoever of these stands on the list passed before it came."""
    owners: dict[int, list[Row[Any]]] = {}
    for row in rows:
        for text in match_keys(row.id_number, row.phone, row.plate):
            owners.setdefault(key_of(text), []).append(row)
    return [
        _Hit(row, Raised(Code.NEWLY_LISTED, _named(entry), row.id), entry=entry)
        for key, entry in _entries_under(connection, number, list(owners))
        for row in owners[key]
    ]


def _named(entry: Row[Any]) -> str:
    return decoded(entry.body, WatchEntry).source or str(entry.source)


def _entries_under(
    connection: Connection, number: int, keys: list[int]
) -> Iterator[tuple[int, Row[Any]]]:
    own = and_(_entries.c.list == _keys.c.list, _entries.c.number == _keys.c.number)
    listed = select(_keys.c.key, _entries, tables.lists.c.source).join(_entries, own)
    listed = listed.join(tables.lists, tables.lists.c.number == _keys.c.list)
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        chosen = listed.where(_keys.c.list == number, _keys.c.key.in_(some))
        for row in connection.execute(chosen):
            yield row.key, row
