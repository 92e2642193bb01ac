"""How fast the store saves, finds and stays small.

The million inspections of the search are put straight into the day list and the search index,
in batches, past the ledger: search reads nothing else.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import psutil

from checkpoint_app.domain.inspection import (
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    Journey,
    ListVersions,
    Outcome,
    RecordedInspection,
    TemperatureReading,
    Verdict,
)
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.store.engine import connect
from checkpoint_app.store.home import Use, close_home, open_home
from checkpoint_app.store.search import MERGE, terms_of
from checkpoint_app.store.station import Parked, Station
from tools.bench.figure import Figure

AREA = "store"
_START = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
# Surnames by how common they are, in thousandths of the population, roughly.
_SURNAMES = {
    "王": 72, "李": 71, "张": 68, "刘": 54, "陈": 45, "杨": 31, "黄": 22, "赵": 20, "吴": 20,
    "周": 19, "徐": 14, "孙": 14, "马": 13, "朱": 12, "胡": 12, "郭": 11, "何": 11, "高": 10,
    "林": 10, "罗": 9, "郑": 9, "梁": 8, "谢": 7, "宋": 7, "唐": 7, "许": 6, "韩": 6, "冯": 6,
    "邓": 6, "曹": 6, "彭": 5, "曾": 5, "肖": 5, "田": 5, "董": 5, "欧阳": 1, "䶮": 1,
}  # fmt: skip
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文华建国玉志海红梅春燕晓小雪峰辉鹏宇浩"


def measure(
    rows: int = 1_000_000, saves: int = 2000, records: int = 20_000, folder: Path | None = None
) -> list[Figure]:
    """All figures of the store; `folder` is where to write (a temporary one by default)."""
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as made:
        home = Path(made)
        return [
            *_opening(home / "open"),
            *_saving(home / "save", saves),
            *_memory(home / "memory", records),
            *_searching(home / "search", rows),
        ]


def traveller(draw: random.Random, number: int) -> RecordedInspection:
    """A recorded inspection of a usual size."""
    at = _START + timedelta(seconds=20 * number)
    name, id_number, phone, plate = _identity(draw)
    inspection = Inspection(
        id=UUID(int=draw.getrandbits(128)),
        opened_at=at - timedelta(seconds=9),
        person=Person(name, "M", id_number, phone=phone, residence="河南省郑州市金水区花园路1号"),
        journey=Journey(plate, "郑州市", "开封市", "李主任 13900000000"),
        health_code=HealthCode(CodeStatus.GREEN, seen_at=at, issuer="豫康码"),
        itinerary=Itinerary(shown=True),
        temperatures=(TemperatureReading(36.4, at),),
        mask=True,
        symptoms=(),
    )
    reasons = (Reason(Code.NO_PHONE),)
    verdict = Verdict(Outcome.REGISTER, reasons, (), Outcome.REGISTER, ListVersions("default-1"))
    return RecordedInspection(inspection, verdict, Outcome.REGISTER, "张三", at)


def _opening(folder: Path) -> list[Figure]:
    created = _timed(lambda: Station.open(folder, now=_START).close())
    opened = _timed(lambda: Station.open(folder, now=_START).close())
    return [
        Figure(AREA, "first opening, made anew", created * 1000, "ms"),
        Figure(AREA, "opening", opened * 1000, "ms", "≤ 2000 ms", opened < 2),
    ]


def _saving(folder: Path, saves: int) -> list[Figure]:
    draw = random.Random(7)
    with Station.open(folder, now=_START) as station:
        people = [traveller(draw, number) for number in range(saves)]
        prints = [station.fingerprint(str(number)) for number in range(saves)]
        ours = sorted(
            _timed(partial(station.record, one, shown))
            for one, shown in zip(people, prints, strict=True)
        )
        kept = sorted(
            _timed(partial(station.keep_unfinished, [Parked(one.inspection, None, None)]))
            for one in people[:500]
        )
    bare = sorted(_bare_saves(folder / "bare.db", saves))
    return [
        Figure(AREA, "keeping the unfinished person p99", _at(kept, 0.99) * 1000, "ms"),
        _against_peer("confirm to saved p50", ours, bare, 0.5, None),
        _against_peer("confirm to saved p99", ours, bare, 0.99, 25.0),
        _against_peer("confirm to saved, slowest", ours, bare, 1.0, None),
    ]


def _bare_saves(file: Path, saves: int) -> Iterator[float]:
    raw = connect(file, os.urandom(32), "rwc")
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("CREATE TABLE records (id INTEGER PRIMARY KEY, body BLOB)")
    body = os.urandom(1500)

    def save() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO records(body) VALUES (?)", (body,))
        raw.execute("COMMIT")

    yield from (_timed(save) for _ in range(saves))
    raw.close()


def _memory(folder: Path, records: int) -> list[Figure]:
    draw = random.Random(11)
    own = psutil.Process()
    with Station.open(folder, now=_START) as station:
        for number in range(records // 4):
            station.record(traveller(draw, number), None)
        early = own.memory_info().rss
        for number in range(records // 4, records):
            station.record(traveller(draw, number), None)
        grown = (own.memory_info().rss - early) / 2**20
        walked = _timed(station.verify)
    name = f"memory grown over the last {records - records // 4} of {records} inspections"
    return [
        Figure(AREA, name, grown, "MiB", "flat (≤ 16 MiB)", grown <= 16),
        Figure(AREA, f"verifying {records} inspections", walked, "s"),
    ]


def _searching(folder: Path, rows: int) -> list[Figure]:
    seeded = _timed(lambda: _seed(folder, rows))
    figures = [Figure(AREA, f"seeding {rows} inspections", seeded, "s", note="bulk, not ledger")]
    with Station.open(folder, now=_START) as station:
        every: list[float] = []
        for kind, queries in _queries(random.Random(5)).items():
            took = sorted(_timed(partial(station.search, query)) for query in queries)
            every += took
            figures.append(_found(f"search, {kind}", took))
        figures.append(_found(f"search over {rows}", sorted(every)))
        draw = random.Random(9)
        people = [traveller(draw, rows + number) for number in range(500)]
        saved = sorted(_timed(partial(station.record, one, None)) for one in people)
    p99 = _at(saved, 0.99) * 1000
    name = f"confirm to saved beside {rows} inspections p99"
    return [*figures, Figure(AREA, name, p99, "ms", "≤ 25 ms", p99 <= 25)]


def _found(name: str, took: list[float]) -> Figure:
    p95 = _at(took, 0.95) * 1000
    note = f"slowest {took[-1] * 1000:.1f} ms of {len(took)}"
    return Figure(AREA, f"{name} p95", p95, "ms", "≤ 20 ms", p95 <= 20, note=note)


def _queries(draw: random.Random) -> dict[str, list[str]]:
    people = [_identity(draw) for _ in range(40)]
    names = [name for name, _, _, _ in people]
    return {
        "surname": list(_SURNAMES),
        "two characters": [name[:2] for name in names],
        "whole name": names,
        "name of nobody": [name[0] + "龘" for name in names],
        "beginning of an ID number": [person[1][: draw.randint(3, 17)] for person in people],
        "whole ID number": [person[1] for person in people],
        "last four": [person[1][-4:] for person in people],
        "plate": [person[3] for person in people],
        "piece of a plate": [person[3][draw.randint(0, 1) :][:4] for person in people],
        "phone": [person[2][: draw.randint(3, 11)] for person in people],
        "surname and ID number's beginning": [f"{name[0]} {_AREAS[0]}" for name in names],
    }


def _seed(folder: Path, rows: int) -> None:
    home = open_home(folder, None, Use.DESK, _START)
    raw = connect(home.database, home.key)
    raw.execute("PRAGMA synchronous = OFF")
    draw = random.Random(3)
    for start in range(0, rows, 20_000):
        batch = [_row(draw, number) for number in range(start + 1, min(start + 20_000, rows) + 1)]
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(
            "INSERT INTO inspections "
            "VALUES (?,?,?,?,0,'pass','[36.5]',NULL,'张三',0,0,?,?,?,?,NULL)",
            [row for row, _ in batch],
        )
        raw.executemany(
            "INSERT INTO inspection_terms(rowid, terms) VALUES (?,?)",
            [(row[0], terms) for row, terms in batch],
        )
        raw.execute(MERGE, {"pages": 8000})
        raw.execute("COMMIT")
    raw.close()
    close_home(home)


def _row(draw: random.Random, number: int) -> tuple[tuple[object, ...], str]:
    person = _identity(draw)
    id_ = UUID(int=draw.getrandbits(128)).hex
    at_us = int((_START + timedelta(seconds=20 * number)).timestamp()) * 1_000_000
    return (number, id_, id_, at_us, *person), " ".join(sorted(terms_of(*person)))


_AREAS = ("410102", "410105", "410103", "410122", "410225", "412723", "370102")


def _identity(draw: random.Random) -> tuple[str, str, str, str]:
    """Name, ID number, phone and plate; most people are of the same few counties."""
    surname = draw.choices(list(_SURNAMES), list(_SURNAMES.values()))[0]
    name = surname + "".join(draw.choices(_GIVEN, k=draw.choice((1, 2, 2))))
    area = draw.choices(_AREAS, (50, 20, 10, 8, 6, 4, 2))[0]
    born = f"{draw.randint(1940, 2015)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
    id_number = f"{area}{born}{draw.randint(0, 999):03}{draw.choice('0123456789X')}"
    phone = f"1{draw.choice(('38', '39', '50', '86'))}{draw.randint(0, 99999999):08}"
    plate = f"豫{draw.choice('ABCDE')}{''.join(draw.choices('0123456789ABCDEFGHJK', k=5))}"
    return name, id_number, phone, plate


def _against_peer(
    name: str, ours: list[float], bare: list[float], share: float, asked_ms: float | None
) -> Figure:
    value, peer = _at(ours, share) * 1000, _at(bare, share) * 1000
    asked = f"≤ {asked_ms:g} ms" if asked_ms else ""
    met = value <= asked_ms if asked_ms else None
    who = "sqlcipher3, one bare INSERT and COMMIT"
    return Figure(AREA, name, value, "ms", asked, met, who, peer)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
