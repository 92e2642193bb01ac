"""A station killed at any moment while it sends and takes lists: no list half in force, no gap."""

from __future__ import annotations

import random
import subprocess
import sys
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
from tools.soak.hubs import ROOT, HubProcess, create

AREAS = 40  # of one list; every version has other ones


@dataclass
class KillsTold:
    """What a trial came to."""

    kills: int = 0
    half_lists: int = 0
    created: int = 0
    stored: int = 0
    heads_equal: bool = False

    @property
    def sound(self) -> bool:
        """Nothing half, nothing missing."""
        return not self.half_lists and self.stored == self.created and self.heads_equal


def trial(folder: Path, kills: int, seed: int = 1) -> KillsTold:
    """Kill `checkpoint sync now` so many times, each time somewhere else."""
    draw, told = random.Random(seed), KillsTold()
    create(folder / "hub")
    hub = HubProcess(folder / "hub")
    hub.start()
    data = folder / "station"
    with Station.open(data, now=datetime.now(UTC)) as station:
        enrol_at(hub, folder / "hub", station)
    took = _run(data, None)
    for number in range(kills):
        _publish(folder / "hub", number)
        with Station.open(data, now=datetime.now(UTC)) as station:
            for _ in range(20):
                station.record(traveller(draw, number), None)
        _run(data, draw.uniform(0.3, 1.1) * took)
        told.kills += 1
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


def _publish(folder: Path, number: int) -> None:
    """Every version of the list is of one hundred of codes, so that a mixture shows."""
    areas = [RiskEntry(code=f"{410000 + number * 100 + each:06}") for each in range(AREAS)]
    with HubStore.open(folder) as store:
        publish_entries(store, ListKind.RISK, areas, datetime.now(UTC))


def _run(data: Path, seconds: float | None) -> float:
    began = time.monotonic()
    line = [sys.executable, "-P", "-m", "checkpoint_app", "sync", "now", "--data", str(data)]
    running = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
    return time.monotonic() - began


def _is_half(data: Path) -> bool:
    now = datetime.now(UTC)
    with Station.open(data, now=now) as station:
        areas = station.lists.risk_areas(now)
        whole = not areas or (len(areas) == AREAS and len({code[:4] for code in areas}) == 1)
        return not (whole and station.verify().ok)
