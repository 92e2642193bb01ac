"""How long a decision takes with watch list, roster, returnees and risk areas at full size.

The lists are made up and put into a real encrypted store through its own door; each person asked
about is on a list, or looks like somebody who is. CHECKPOINT_BENCH_ROWS makes a small try of it.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from checkpoint_app.desk.lists.looking import look_up
from checkpoint_app.divisions import names
from checkpoint_app.domain.inspection import City, Inspection, Itinerary
from checkpoint_app.domain.list_entries import (
    Entry,
    ReturneeEntry,
    RiskEntry,
    RosterEntry,
    WatchEntry,
)
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.person import Person, check_digit
from checkpoint_app.domain.policy import decide
from checkpoint_app.settings import Settings
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station
from tools.bench.figure import Figure
from tools.bench.store import traveller

AREA = "rules"
_START = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
_STEP = 10_000


def measure(
    rows: int | None = None, people: int = 2000, folder: Path | None = None
) -> list[Figure]:
    """All figures of the rules; `rows` is the size of each list of persons."""
    rows = rows or int(os.environ.get("CHECKPOINT_BENCH_ROWS", "1000000"))
    asked = list(_people(people, rows))
    with (
        tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as made,
        Station.open(Path(made), now=_START) as station,
    ):
        _fill(station, rows)
        whole = sorted(_timed(partial(_decided, station, each)) for each in asked)
    alone = sorted(_timed(partial(_judged, each)) for each in asked)
    size = f"lists of {rows:,} rows each"
    return [
        _figure("decision with all lists, p50", whole, 0.5, note=size),
        _figure("decision with all lists, p99", whole, 0.99, 5.0, size),
        _figure("decision with all lists, slowest", whole, 1.0, note=size),
        _figure("the rules alone, p99", alone, 0.99),
    ]


def _fill(station: Station, rows: int) -> None:
    lists: dict[ListKind, Callable[[int], Entry]] = {
        ListKind.WATCH: lambda n: WatchEntry(id_number=_id_of(n), phone=_phone(n), source="bench"),
        ListKind.ROSTER: lambda n: RosterEntry(name="李建国", id_number=_id_of(rows + n)),
        ListKind.RETURNEE: lambda n: ReturneeEntry(name="王芳", id_number=f"E{n:08d}"),
    }
    for kind, entry in lists.items():
        _put(station, kind, (entry(number) for number in range(rows)))
    codes = [code for code in names() if not code.endswith("00")]
    _put(station, ListKind.RISK, (RiskEntry(code=code, starts=date(2026, 1, 1)) for code in codes))


def _put(station: Station, kind: ListKind, entries: Iterator[Entry]) -> None:
    going_in = station.lists.begin(NewList(kind, "bench", _START), _START)
    while some := list(islice(entries, _STEP)):
        going_in.add(some)
    for _ in going_in.index():
        pass
    going_in.put_in_force(0, _START)


def _people(count: int, rows: int) -> Iterator[Inspection]:
    """A third on the watch list, a third on the roster, a third on none."""
    draw = random.Random(11)
    for number in range(count):
        usual = traveller(draw, number).inspection
        at = draw.randrange(rows) + rows * (number % 3)
        person = Person("李建国", id_number=_id_of(at), phone=_phone(at + rows))
        cities = (City("上海市", division_code="310000"), City("郑州市", division_code="410100"))
        yield replace(usual, person=person, itinerary=Itinerary(True, cities))


def _decided(station: Station, person: Inspection) -> None:
    found = look_up(station, person, Settings(), _START)
    versions = found.lists.versions("bench", None)
    decide(person, shipped("road"), now=_START, versions=versions, hits=found.hits)


def _judged(person: Inspection) -> None:
    decide(person, shipped("road"), now=_START)


def _id_of(number: int) -> str:
    born = date(1950, 1, 1) + timedelta(days=number // 1000 % 25_000)
    body = f"41{number // 25_000_000 % 90 + 10:02d}26{born:%Y%m%d}{number % 1000:03d}"
    return body + check_digit(body)


def _phone(number: int) -> str:
    return f"138{number % 100_000_000:08d}"


def _timed(job: Callable[[], None]) -> float:
    begun = time.perf_counter()
    job()
    return (time.perf_counter() - begun) * 1000


def _figure(
    name: str, sorted_ms: Sequence[float], share: float, limit: float | None = None, note: str = ""
) -> Figure:
    value = sorted_ms[min(len(sorted_ms) - 1, int(len(sorted_ms) * share))]
    if limit is None:
        return Figure(AREA, name, value, "ms", note=note)
    return Figure(AREA, name, value, "ms", f"≤ {limit:g} ms", value <= limit, note=note)
