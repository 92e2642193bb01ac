"""Thousands of exchanges over a link that cuts, with hubs killed and messages replayed."""

from __future__ import annotations

import random
import time
from contextlib import suppress
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


def trial(folder: Path, exchanges: int, kills: int, *, seed: int = 1, database: str = "") -> Told:
    """Exchange, cut, kill, replay; then let the line be good and compare."""
    draw, told = random.Random(seed), Told()
    create(folder / "hub", database)
    hub = HubProcess(folder / "hub")
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
    with http_link(url, None) as post:
        try:
            Exchange(station.sync, _listening(post, heard), lambda: clock, _no_wait).run()
        except SyncFault:
            told.failed += 1
        if heard and draw.random() < 0.2:
            told.replays += 1
            with suppress(SyncFault):
                post(*draw.choice(heard))


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
