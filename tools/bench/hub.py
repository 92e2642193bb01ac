"""How many records a hub stores over HTTP, beside a bare COPY or executemany of the same rows.

Stations are simulated: their batches are made and signed beforehand, and sent by threads of a
process of its own to a hub that runs as it is delivered. `CHECKPOINT_BENCH_STATIONS` says how many
stations drain at once (1,000 with 1,440 records each is the full size).
"""

from __future__ import annotations

import http.client
import os
import random
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.lists import Wanted
from checkpoint_app.hub.answering import batch_of
from checkpoint_app.hub.authority import new_secrets
from checkpoint_app.store import chain, payload
from checkpoint_app.store.chain import Sent
from checkpoint_app.store.county import County, array_of
from checkpoint_app.store.engine import reading
from checkpoint_app.store.home import Use, open_home
from checkpoint_app.store.hub.bulk import put
from checkpoint_app.store.hub.home import HubState
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.values import Batch, NewDevice
from checkpoint_app.store.hub_lists import HubLists, NewState
from checkpoint_app.store.identity import new_device, uuid7
from checkpoint_app.store.moments import micros
from checkpoint_app.store.syncing import HubKnown, Sync
from checkpoint_app.sync import records, tokens, wire
from checkpoint_app.sync.speaking import public_bytes
from tools.bench.figure import Figure
from tools.bench.store import traveller
from tools.postgresql import server
from tools.soak.hubs import HubProcess

AREA = "hub"
_BATCH = 500
_NOW = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Simulated:
    """A station with its batches ready to send."""

    device: str
    key: bytes
    pushes: tuple[bytes, ...]  # whole envelopes
    count: int


def measure(stations: int | None = None, each: int = 1440, listed: int = 1_000_000) -> list[Figure]:
    """All figures of the hub."""
    wanted = stations or int(os.environ.get("CHECKPOINT_BENCH_STATIONS", "40"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made, server() as postgresql:
        home = Path(made)
        hub = new_device()
        sent = _simulated(hub, wanted, each)
        figures = [
            *_storing(home / "pg", hub, sent, "PostgreSQL", postgresql.fresh_database(), 15_000),
            *_storing(home / "lite", hub, sent, "SQLite", "", 10_000),
            *_wire(sent),
        ]
        return [
            *figures,
            *_province(figures),
            *_tokens(home / "tokens", listed),
        ]


# --- simulated stations ---------------------------------------------------------------------------


def _simulated(hub: str, stations: int, each: int) -> list[Simulated]:
    """Made by all processors: a chain of signed batches takes as long as storing it."""
    with ProcessPoolExecutor(mp_context=get_context("forkserver")) as pool:
        return list(pool.map(_station, [(hub, number, each) for number in range(stations)]))


def _station(asked: tuple[str, int, int]) -> Simulated:
    hub, number, each = asked
    draw, device = random.Random(number), new_device()
    key, previous, pushes = Ed25519PrivateKey.generate(), chain.START, []
    for first in range(1, each + 1, _BATCH):
        several = [_sent(draw, seq) for seq in range(first, min(first + _BATCH, each + 1))]
        last = _chained(device, first, several, previous)
        body = records.encode(several)
        push = wire.Push(1, first, len(several), previous, last, body)
        said = wire.Envelope(wire.VERSION, "push", device, hub, 1, first, wire.encode(push))
        pushes.append(wire.signed(said, key))
        previous = last
    return Simulated(device, public_bytes(key), tuple(pushes), each)


def _sent(draw: random.Random, number: int) -> Sent:
    """A record as a station makes it: keys by time, times to the microsecond, a fingerprint."""
    one = traveller(draw, number)
    at = one.confirmed_at + timedelta(microseconds=draw.randrange(10_000_000))
    opened = at - timedelta(microseconds=draw.randrange(4_000_000, 15_000_000))
    shown, code = draw.randbytes(32).hex(), one.inspection.health_code
    assert code is not None
    inspection = replace(
        one.inspection,
        id=uuid7(opened),
        opened_at=opened,
        health_code=replace(code, seen_at=opened, fingerprint=shown),
        temperatures=tuple(replace(each, taken_at=at) for each in one.inspection.temperatures),
    )
    recorded: RecordedInspection = replace(one, inspection=inspection, confirmed_at=at)
    plain, personal = payload.encode(recorded, shown)
    at_us = micros(at)
    salt = secrets.token_bytes(chain.SALT_BYTES)
    return Sent(uuid7(at), "inspection", at_us, 28800, at_us, None, plain, personal, salt)


def _chained(device: str, first: int, several: list[Sent], previous: bytes) -> bytes:
    for seq, each in enumerate(several, first):
        commitment = chain.commitment(each.salt or b"", each.personal or b"")
        link = chain.Link(
            each.id,
            device,
            1,
            seq,
            each.kind,
            each.at_us,
            each.offset_s,
            each.belongs_us,
            None,
            each.plain,
            commitment,
            previous,
        )
        previous = chain.link_hash(link)
    return previous


# --- storing --------------------------------------------------------------------------------------


def _storing(
    folder: Path, hub: str, sent: list[Simulated], name: str, database: str, asked: int
) -> Iterator[Figure]:
    state = HubState(hub, "bench", "http://127.0.0.1", database)
    HubStore.create(folder, state, new_secrets(hub), None, _NOW)
    total = sum(each.count for each in sent)
    with _enrolled(folder, sent), _serving(folder) as (port, memory):
        began = time.perf_counter()
        replies = _sent_by_threads(port, sent)
        took = time.perf_counter() - began
        peak = memory()
    with HubStore.open(folder) as store:
        if store.records() != total or store.in_quarantine():
            raise RuntimeError(f"{store.records()} of {total} stored")
        bare = _bare(store, sent)
        yield from _rates(name, total, took, bare, asked)
        began = time.perf_counter()
        shown = 0
        while (walked := store.show_some()) and shown < 20_000:
            shown += walked
        yield Figure(
            AREA, f"{name}: shown on pages", shown / (time.perf_counter() - began), "records/s"
        )
    replies.sort()
    late = replies[int(len(replies) * 0.99)]
    what = f"{len(sent)} stations, {total} records"
    yield Figure(AREA, f"{name}: drained", took, "s", note=what)
    yield Figure(AREA, f"{name}: reply p99", late, "s", "≤ 5 s", late <= 5)
    yield Figure(AREA, f"{name}: memory", peak / (1 << 20), "MiB", "≤ 1024 MiB", peak < 1 << 30)


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
            store.enrol(store.new_code(each.device, _NOW), new, _NOW)
    yield


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[int, Any]]:
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
        yield hub.port, lambda: peak[0]
    finally:
        stopped.set()
        watcher.join()
        hub.stop()


def _sent_by_threads(port: int, sent: list[Simulated], threads: int = 16) -> list[float]:
    """Every station sends its batches in order, one after the other's answer."""
    waiting, replies, lock = list(sent), [], threading.Lock()

    def run() -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while True:
            with lock:
                if not waiting:
                    return
                station = waiting.pop()
            for push in station.pushes:
                began = time.perf_counter()
                link.request("POST", "/v1/push", push)
                answer = wire.opened(link.getresponse().read())
                if wire.decode(answer.body, wire.Pushed).result != "stored":
                    raise RuntimeError("not stored")
                replies.append(time.perf_counter() - began)

    workers = [threading.Thread(target=run) for _ in range(threads)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    return replies


def _bare(store: HubStore, sent: list[Simulated]) -> float:
    """Records a second of the same rows put into bare tables of the same database."""
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
            put(connection, bare[0], tuple(bare[0].c.keys()), main)
            put(connection, bare[1], tuple(bare[1].c.keys()), parts)
        count += len(main)
    return count / (time.perf_counter() - began)


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
    size = sum(map(len, full)) / (_BATCH * len(full))
    yield Figure(
        AREA, "a record on the wire", size, "bytes", "≤ 120 bytes", size <= 120,
        note=f"in batches of {_BATCH}, salt and signature included",
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
    home = open_home(folder, None, Use.DESK, _NOW)
    Sync(home).join(HubKnown("", "", b"", bytes(32), 0))
    state = NewState("county", "tokens", 1, 1, len(array), b"", 0)
    HubLists(home.engine).take_tokens(state, array.tobytes(), _NOW)
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
