"""How many records a hub stores over HTTP, beside a bare COPY or executemany of the same rows.

Stations are simulated: all that they say is made and signed beforehand, and sent to a hub that
runs as it is delivered. `CHECKPOINT_BENCH_STATIONS` says how many drain at once: 1,000 with 1,440
records each is the full size.
"""

from __future__ import annotations

import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil

from checkpoint_app.domain.lists import Wanted
from checkpoint_app.hub.answering import batch_of
from checkpoint_app.hub.authority import new_secrets
from checkpoint_app.store.county import County, array_of
from checkpoint_app.store.engine import reading
from checkpoint_app.store.home import Use, open_home
from checkpoint_app.store.hub.home import HubState
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.values import Batch, NewDevice
from checkpoint_app.store.hub_lists import HubLists, NewState
from checkpoint_app.store.identity import new_device
from checkpoint_app.store.syncing import HubKnown, Sync
from checkpoint_app.sync import tokens, wire
from tools.bench._stations import BATCH, NOW, Simulated, send, simulated
from tools.bench._wall import seen_on_the_wall
from tools.bench.figure import Figure
from tools.postgresql import server
from tools.soak.hubs import HubProcess

AREA = "hub"
_AT_REST = 40  # stations whose rate is measured
_FULL = 1000


def measure(stations: int | None = None, each: int = 1440, listed: int = 1_000_000) -> list[Figure]:
    """All figures of the hub."""
    wanted = stations or int(os.environ.get("CHECKPOINT_BENCH_STATIONS", "40"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made, server() as postgresql:
        home = Path(made)
        hub = new_device()
        sent = simulated(hub, wanted if wanted <= _AT_REST else wanted + _AT_REST, each)
        figures = [
            *_storing(home / "pg", hub, sent, "PostgreSQL", postgresql.fresh_database(), 15_000),
            *_storing(home / "lite", hub, sent, "SQLite", "", 10_000),
            seen_on_the_wall(home / "wall"),
            *_wire(sent),
        ]
        return [
            *figures,
            *_province(figures),
            *_tokens(home / "tokens", listed),
        ]


# --- storing --------------------------------------------------------------------------------------


def _storing(
    folder: Path, hub: str, sent: list[Simulated], name: str, database: str, asked: int
) -> Iterator[Figure]:
    """Some stations one after the other as fast as it goes; then the others, all at once."""
    state = HubState(hub, "bench", "http://127.0.0.1", database)
    HubStore.create(folder, state, new_secrets(hub), None, NOW)
    first, others = sent[:_AT_REST], sent[_AT_REST:]
    with _enrolled(folder, sent), _serving(folder) as serving:
        fast, cpu = send(serving.port, first, 16), serving.cpu_s()
        crowd = send(serving.port, others) if others else fast
        peak = serving.memory()
    total = sum(each.count for each in first)
    with HubStore.open(folder) as store:
        if store.records() != sum(each.count for each in sent) or store.in_quarantine():
            raise RuntimeError(f"{store.records()} records stored, some are missing")
        yield from _rates(name, total, fast.took_s, _bare(store, first), asked)
        yield Figure(AREA, f"{name}: hub's processor a record", cpu / total * 1e6, "µs")
        yield _shown(store, name)
    late, many = crowd.reply_s(0.99), others or first
    what = f"{len(many)} stations at once, {sum(each.count for each in many):,} records"
    away = f"{crowd.sent_away} times told to come again"
    took, full = crowd.took_s, len(many) >= _FULL
    yield Figure(AREA, f"{name}: drained", took, "s", "≤ 600 s" if full else "",
                 took <= 600 if full else None, note=what)  # fmt: skip
    yield Figure(AREA, f"{name}: reply p99", late, "s", "≤ 5 s", late <= 5, note=away)
    yield Figure(AREA, f"{name}: memory", peak / (1 << 20), "MiB", "≤ 1024 MiB", peak < 1 << 30)


def _shown(store: HubStore, name: str) -> Figure:
    began, shown = time.perf_counter(), 0
    while (walked := store.show_some()) and shown < 20_000:
        shown += walked
    took = time.perf_counter() - began
    return Figure(AREA, f"{name}: shown on pages", shown / took, "records/s")


def _rates(name: str, total: int, took: float, bare: float, asked: int) -> Iterator[Figure]:
    rate, peer = total / took, "bare COPY" if name == "PostgreSQL" else "bare executemany"
    met = rate >= asked and (name != "PostgreSQL" or rate >= 0.35 * bare)
    yield Figure(
        AREA, f"{name}: stored over HTTP", rate, "records/s", f"≥ {asked:,}", met, peer, bare
    )


@contextmanager
def _enrolled(folder: Path, sent: list[Simulated]) -> Iterator[None]:
    with HubStore.open(folder) as store:
        for each in sent:
            new = NewDevice(each.device, each.key, "", "", "road", "", "bench")
            store.enrol(store.new_code(each.device, NOW), new, NOW)
    yield


@dataclass(frozen=True)
class _Serving:
    """A hub that serves, and what it takes of the machine."""

    port: int
    process: psutil.Process
    peak: list[int]
    began_s: float

    def memory(self) -> int:
        """The most bytes that it had."""
        return self.peak[0]

    def cpu_s(self) -> float:
        """Seconds of processors since it was ready."""
        return _cpu_s(self.process) - self.began_s


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def _serving(folder: Path) -> Iterator[_Serving]:
    hub = HubProcess(folder)
    hub.start()
    assert hub.process is not None
    process, peak, stopped = psutil.Process(hub.process.pid), [0], threading.Event()

    def watch() -> None:
        while not stopped.wait(0.1):
            peak[0] = max(peak[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield _Serving(hub.port, process, peak, _cpu_s(process))
    finally:
        stopped.set()
        watcher.join()
        hub.stop()


def _bare(store: HubStore, sent: list[Simulated]) -> float:
    """Records a second of the same rows put into bare tables, as the driver's manual does it."""
    from sqlalchemy import Column, MetaData, Table

    from checkpoint_app.store import tables

    meta = MetaData()
    bare = [
        Table(f"bare_{table.name}", meta, *(Column(c.name, c.type) for c in table.c))
        for table in (tables.records, tables.personal)
    ]
    rows = [_rows(_batch(each.device, push)) for each in sent[:20] for push in each.pushes]
    with store.write() as connection:
        meta.create_all(connection)
    count, began = 0, time.perf_counter()
    for main, parts in rows:
        with store.write() as connection:
            for table, some in zip(bare, (main, parts), strict=True):
                _put_bare(connection, table.name, some)
        count += len(main)
    return count / (time.perf_counter() - began)


def _put_bare(connection: Any, name: str, rows: list[tuple[Any, ...]]) -> None:
    if connection.dialect.name == "postgresql":
        with (
            connection.connection.driver_connection.cursor() as cursor,
            cursor.copy(f"COPY {name} FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _ in rows[0])
    plain = [tuple(each.hex if isinstance(each, UUID) else each for each in row) for row in rows]
    connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({marks})", plain)


def _batch(device: str, envelope: bytes) -> Batch:
    return batch_of(device, wire.decode(wire.opened(envelope).body, wire.Push))


def _rows(batch: Batch) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    main, parts = [], []
    for seq, each in enumerate(batch.records or (), batch.first):
        place = (each.id, batch.device, 1, seq, each.kind, each.at_us, each.offset_s)
        main.append((*place, each.belongs_us, None, each.plain, bytes(32), bytes(32), bytes(32)))
        parts.append((each.id, each.salt, each.personal))
    return main, parts


def _province(figures: list[Figure]) -> Iterator[Figure]:
    """What 100,000 stations with 500 records a day need, a fifth of them in the busiest hour."""
    stations, records_a_day, busiest = 100_000, 500, 0.2
    rate = next(each.value for each in figures if each.name == "PostgreSQL: stored over HTTP")
    size = next(each.value for each in figures if each.name == "a record on the wire")
    second = stations * records_a_day * busiest / 3600
    what = f"{records_a_day} records a day each, {busiest:.0%} in the busiest hour"
    yield Figure(AREA, "100,000 stations: busiest hour", second, "records/s", note=what)
    yield Figure(
        AREA, "100,000 stations: hubs of this size", second / rate, "", note="at the rate above"
    )
    day = stations * records_a_day * size / 1e9
    yield Figure(AREA, "100,000 stations: received a day", day, "GB", note="on the wire")


# --- the wire -------------------------------------------------------------------------------------


def _wire(sent: list[Simulated]) -> Iterator[Figure]:
    full = [push for each in sent for push in each.pushes[:1]]
    size = sum(map(len, full)) / (BATCH * len(full))
    yield Figure(
        AREA, "a record on the wire", size, "bytes", "≤ 120 bytes", size <= 120,
        note=f"in batches of {BATCH}, salt and signature included",
    )  # fmt: skip


def _tokens(folder: Path, listed: int) -> Iterator[Figure]:
    draw = random.Random(7)
    array = array_of({draw.getrandbits(40): 1 for _ in range(listed)})
    whole = len(tokens.encode(array))
    come = array_of({draw.getrandbits(40): 1 for _ in range(2500)})
    gone = array[sorted(draw.sample(range(len(array)), min(2500, len(array))))]
    change = len(tokens.encode(come)) + len(tokens.encode(gone))
    yield Figure(
        AREA, "watch list, first time", whole / 1e6, "MB", "≤ 3 MB", whole <= 3e6,
        note=f"{len(array):,} tokens",
    )  # fmt: skip
    yield Figure(AREA, "watch list, 5,000 changes", change / 1e3, "kB", "≤ 80 kB", change <= 80e3)
    yield _look_up(folder, array, draw)


def _look_up(folder: Path, array: Any, draw: random.Random) -> Figure:
    home = open_home(folder, None, Use.DESK, NOW)
    Sync(home).join(HubKnown("", "", b"", bytes(32), 0))
    state = NewState("county", "tokens", 1, 1, len(array), b"", 0)
    HubLists(home.engine).take_tokens(state, array.tobytes(), NOW)
    county, times = County(), []
    wanted = [
        Wanted(id_number=f"{draw.randrange(10**17):017}X", phone=f"139{n:08}") for n in range(2000)
    ]
    with reading(home.engine) as connection:
        county.find(connection, wanted[0])
        for each in wanted:
            began = time.perf_counter()
            county.find(connection, each)
            times.append(time.perf_counter() - began)
    times.sort()
    middle = times[len(times) // 2] * 1e6
    home.engine.dispose()
    return Figure(AREA, "watch list look-up p50", middle, "µs", "≤ 50 µs", middle <= 50)
