"""Thousands of exchanges over a link that cuts, with hubs killed and messages replayed."""

from __future__ import annotations

import http.client
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.station import Station
from checkpoint_app.sync.enrolling import Invitation, Site, enrol
from checkpoint_app.sync.exchange import Exchange
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.link import Post, fingerprint_of, http_link
from tools.bench.store import traveller
from tools.soak.hubs import HubProcess, create
from tools.soak.link import CuttingLink
from tools.soak.nursery import Nursery

_REAL = 20  # every so many exchanges goes over the station's own link
_START = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)


@dataclass
class Told:
    """What a trial came to."""

    exchanges: int = 0
    failed: int = 0
    cuts: int = 0
    kills: int = 0
    replays: int = 0
    created: int = 0
    stored: int = 0
    quarantined: int = 0
    heads_equal: bool = False

    @property
    def sound(self) -> bool:
        """Stored is created, nothing twice, equal heads."""
        return self.stored == self.created and self.heads_equal and self.quarantined == 0


def trial(
    folder: Path,
    exchanges: int,
    kills: int,
    *,
    nursery: Nursery | None = None,
    seed: int = 1,
    database: str = "",
) -> Told:
    """Exchange, cut, kill, replay; then let the line be good and compare."""
    draw, told = random.Random(seed), Told()
    create(folder / "hub", database)
    hub = HubProcess(folder / "hub", nursery=nursery)
    hub.start()
    link = CuttingLink(hub.port, 0.3, draw)
    with Station.open(folder / "station", now=_START) as station:
        enrol_at(hub, folder / "hub", station)
        killed_at = set(draw.sample(range(exchanges), min(kills, exchanges)))
        people = (traveller(draw, number) for number in range(1 << 30))
        for number in range(exchanges):
            for _ in range(draw.randrange(4)):
                station.record(next(people), None)
            if number in killed_at:
                hub.kill()
                hub.start()
                told.kills += 1
            _exchange(station, link.url, draw, told)
        told.cuts = link.cuts
        link.close()
        settle(station, f"http://127.0.0.1:{hub.port}")
        hub.stop()
        found = station.verify()
        told.created = found.records
        _compare(folder / "hub", found.head, told)
    return told


def _compare(folder: Path, head: str, told: Told) -> None:
    with HubStore.open(folder) as store:
        (line,) = store.lines()
        told.stored, told.quarantined = line.records, store.in_quarantine()
        told.heads_equal = line.head == head and line.seq == line.records


def enrol_at(hub: HubProcess, folder: Path, station: Station) -> None:
    """Enrol a station at a serving hub."""
    with HubStore.open(folder) as store:
        code = store.new_code("soak", datetime.now(UTC))
    url = f"http://127.0.0.1:{hub.port}"
    with http_link(url, None) as post:
        fingerprint = fingerprint_of(post("/v1/identity", b""))
    enrol(station.sync, Invitation(url, code, fingerprint), Site(), _START)


def _exchange(station: Station, url: str, draw: random.Random, told: Told) -> None:
    told.exchanges += 1
    heard: list[tuple[str, bytes]] = []
    clock = _clock(told.exchanges)
    real = told.exchanges % _REAL == 0
    with http_link(url, None) if real else _plain_link(url) as post:
        try:
            Exchange(station.sync, _listening(post, heard), lambda: clock, _no_wait).run()
        except SyncFault:
            told.failed += 1
        if heard and draw.random() < 0.2:
            told.replays += 1
            with suppress(SyncFault):
                post(*draw.choice(heard))


@contextmanager
def _plain_link(url: str) -> Iterator[Post]:
    """What `http_link` does, without the tenth of a second that a client of it takes to begin."""
    line = http.client.HTTPConnection(url.removeprefix("http://"), timeout=20)

    def post(path: str, body: bytes) -> bytes:
        try:
            line.request("POST" if body else "GET", path, body or None)
            answer = line.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException) as error:
            line.close()
            raise SyncFault("hub_unreachable", type(error).__name__) from None
        if answer.status == 503:
            raise SyncFault("hub_busy", "503")
        return told

    try:
        yield post
    finally:
        line.close()


def _clock(number: int) -> datetime:
    return _START + timedelta(seconds=number)


def _listening(post: Post, heard: list[tuple[str, bytes]]) -> Post:
    def asked(path: str, body: bytes) -> bytes:
        heard.append((path, body))
        return post(path, body)

    return asked


def settle(station: Station, url: str) -> None:
    """Exchange on a good line until nothing waits."""
    for _ in range(50):
        with http_link(url, None) as post, suppress(SyncFault):
            if Exchange(station.sync, post, lambda: _START, _no_wait).run().pending == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("records are still waiting on a good line")


def _no_wait(_seconds: float) -> None:
    pass
