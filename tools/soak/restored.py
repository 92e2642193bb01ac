"""A hub that burnt, restored from yesterday's backup: what came of a day that it never heard of.

Stations keep what they sent for seven days and send it again; lists that went out since the backup
never come back older; whoever was shut out since stays out.
"""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from checkpoint_app.domain.list_entries import RiskEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.hub.listing import publish_entries
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.station import Station
from checkpoint_app.sync.faults import SyncFault
from tools.bench.store import traveller
from tools.soak.office import Office

STATIONS = 4  # of which one is shut out after the backup


@dataclass
class RestoredTold:
    """What a trial came to."""

    restores: int = 0
    sent: int = 0  # records that stations ever sent
    missing: int = 0  # of those, at the hub afterwards
    lists: int = 0
    lists_back: int = 0  # that went back to an older state anywhere
    let_in: int = 0  # stations shut out that were heard again

    @property
    def sound(self) -> bool:
        """Nothing lost, nothing older, nobody back."""
        return not (self.missing or self.lists_back or self.let_in) and self.restores > 0


def trial(folder: Path, restores: int, seed: int = 1) -> RestoredTold:
    """A hub is restored so many times, each time another hub."""
    told = RestoredTold()
    for number in range(restores):
        _once(folder / str(number), random.Random(seed + number), told)
    return told


def _once(folder: Path, draw: random.Random, told: RestoredTold) -> None:
    office = Office(folder / "office")
    now = office.clock
    stations = [Station.open(folder / f"s{each}", now=now()) for each in range(STATIONS)]
    for number, each in enumerate(stations):
        office.enrol(each, f"s{number}")
    _day(office, stations, draw)
    kept = office.store.backup(folder / "kept", now())
    now.forward(timedelta(hours=24))
    _day(office, stations, draw)
    out = stations.pop()
    office.store.revoke(out.sync.device, now())
    before = {each.name: each for each in office.store.lists()}
    held = [_held(each) for each in stations]

    office.close()
    HubStore.restore(kept, office.folder, now=now())
    office.open()
    told.restores += 1
    for _ in range(2):  # the first time the hub hears that it was once further
        for each in stations:
            office.exchange(each)
    for each in stations:
        _compare(office, each, told)
    with suppress(SyncFault):
        out.record(traveller(draw, 1), None)
        told.let_in += office.exchange(out).accepted > 0
    told.let_in += office.store.device(out.sync.device).status != "revoked"  # type: ignore[union-attr]
    told.lists += len(before)
    told.lists_back += sum(
        (now_.hub_epoch, now_.number) < (before[name].hub_epoch, before[name].number)
        for name, now_ in ((each.name, each) for each in office.store.lists())
        if name in before
    )
    told.lists_back += sum(
        _held(each).get(name, (0, 0)) < state
        for each, had in zip(stations, held, strict=True)
        for name, state in had.items()
    )
    for each in (*stations, out):
        each.close()
    office.close()


def _day(office: Office, stations: list[Station], draw: random.Random) -> None:
    """Everybody records and sends, twice; a list changes in between."""
    for _ in range(2):
        for each in stations:
            for _ in range(draw.randrange(1, 12)):
                each.record(traveller(draw, draw.randrange(1 << 30)), None)
            office.exchange(each)
        entry = RiskEntry(code=f"{410000 + draw.randrange(9999):06}")
        publish_entries(office.store, ListKind.RISK, [entry], office.clock())
    for each in stations:
        office.exchange(each)


def _held(station: Station) -> dict[str, tuple[int, int]]:
    return {each.name: (each.hub_epoch, each.number) for each in station.sync.lists.held()}


def _compare(office: Office, station: Station, told: RestoredTold) -> None:
    found, device = station.verify(), station.sync.device
    told.sent += found.records
    line = next(each for each in office.store.lines() if each.device == device)
    told.missing += max(0, found.records - line.records)
    told.missing += line.head != found.head
