"""A station killed at any moment while it sends and takes lists: no list half in force, no gap."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.domain.list_entries import RiskEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.hub.listing import publish_entries
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.station import Station
from tools.bench.store import traveller
from tools.soak.exchanges import enrol_at, settle
from tools.soak.hubs import HubProcess, create
from tools.soak.nursery import Nursery

AREAS = 40  # of one list; every version has other ones


@dataclass
class KillsTold:
    """What a trial came to."""

    kills: int = 0
    runs: int = 0
    half_lists: int = 0
    created: int = 0
    stored: int = 0
    heads_equal: bool = False

    @property
    def sound(self) -> bool:
        """Nothing half, nothing missing."""
        return not self.half_lists and self.stored == self.created and self.heads_equal


def trial(folder: Path, kills: int, nursery: Nursery, seed: int = 1) -> KillsTold:
    """Kill `checkpoint sync now` so many times while it runs, each time somewhere else."""
    draw, told = random.Random(seed), KillsTold()
    create(folder / "hub")
    hub, data = HubProcess(folder / "hub", nursery=nursery), folder / "station"
    hub.start()
    with Station.open(data, now=datetime.now(UTC)) as station:
        enrol_at(hub, folder / "hub", station)
    with HubStore.open(folder / "hub") as office:
        took = _run(nursery, data, None)[1]
        while told.kills < kills and told.runs < 20 * kills:
            _publish(office, told.runs)
            _record(data, draw, told.runs)
            killed, lived = _run(nursery, data, draw.uniform(0.0, 1.0) * took)
            took += 0.2 * (lived - took) if not killed else 0.02 * took  # as long as it lives
            told.runs += 1
            told.kills += killed
            told.half_lists += _is_half(data)
    with Station.open(data, now=datetime.now(UTC)) as station:
        settle(station, f"http://127.0.0.1:{hub.port}")
        hand_on(station, datetime.now(UTC))
        settle(station, f"http://127.0.0.1:{hub.port}")
        found = station.verify()
    hub.stop()
    with HubStore.open(folder / "hub") as store:
        (line,) = store.lines()
        told.created, told.stored = found.records, line.records
        told.heads_equal = line.head == found.head and found.ok
    return told


def _record(data: Path, draw: random.Random, number: int) -> None:
    with Station.open(data, now=datetime.now(UTC)) as station:
        for _ in range(20):
            station.record(traveller(draw, number), None)


def _publish(office: HubStore, number: int) -> None:
    """Every version of the list is of one hundred of codes, so that a mixture shows."""
    areas = [RiskEntry(code=f"{410000 + number * 100 + each:06}") for each in range(AREAS)]
    publish_entries(office, ListKind.RISK, areas, datetime.now(UTC))


def _run(nursery: Nursery, data: Path, seconds: float | None) -> tuple[bool, float]:
    """Whether it was killed after so many seconds, and how long it lived."""
    began = time.monotonic()
    child = nursery.start("sync", "now", "--data", str(data))
    over = child.wait(60.0 if seconds is None else seconds)
    if not over:
        child.send(signal.SIGKILL)
        child.wait()
    return not over, time.monotonic() - began


def _is_half(data: Path) -> bool:
    now = datetime.now(UTC)
    with Station.open(data, now=now) as station:
        areas = station.lists.risk_areas(now)
        whole = not areas or (len(areas) == AREAS and len({code[:4] for code in areas}) == 1)
        return not (whole and station.verify().ok)
