"""One hub, two stations, and everything that may happen to them, in any order hypothesis finds.

After every step: the hub has nothing that no station made, and no number twice. At the end, on a
good line: all that was made is there, in equal chains.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.domain.list_entries import RiskEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.hub.files import take
from checkpoint_app.hub.listing import publish_entries
from checkpoint_app.store import keys
from checkpoint_app.store.engine import connect
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.station import Station
from checkpoint_app.sync import files
from checkpoint_app.sync.faults import SyncFault
from tools.bench.store import traveller
from tools.soak.nursery import fast_folder
from tools.soak.office import Office

_NAMES = ("east", "west")
_which = st.sampled_from(_NAMES)


def _make_older(folder: Path) -> None:
    """Make the program think that steps of the schema are missing."""
    file = keys.read(folder)
    assert file is not None
    bare = connect(folder / file.database, keys.unlock(file, None))
    bare.execute("PRAGMA user_version = 0")
    bare.close()


def machine(folder: Path) -> type[HubAndStations]:
    """The machine over a hub and stations that are made once, in `folder`."""
    office = Office(folder / "office")
    for name in _NAMES:
        with Station.open(folder / name, now=office.clock()) as station:
            office.enrol(station, name)
    office.close()
    return type("HubAndStations", (HubAndStations,), {"template": folder})


class HubAndStations(RuleBasedStateMachine):
    """Adds, syncs, cuts, kills, restores, upgrades, carries files, jumps clocks."""

    template: Path  # a hub with two stations enrolled, to begin every example with

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="checkpoint-stateful-", dir=fast_folder()))
        self.draw = random.Random(1)
        self.made = 0
        self.published = 0
        self.kept: list[Path] = []
        self.replays: list[tuple[str, bytes]] = []

    @initialize()
    def begin(self) -> None:
        shutil.copytree(self.template, self.home, dirs_exist_ok=True)
        self.office = Office(self.home / "office", begun=True)
        self.stations = {name: self._opened(name) for name in _NAMES}

    def _opened(self, name: str) -> Station:
        return Station.open(self.home / name, now=self.office.clock())

    @rule(name=_which, count=st.integers(1, 4))
    def add(self, name: str, count: int) -> None:
        for _ in range(count):
            self.made += 1
            self.stations[name].record(traveller(self.draw, self.made), None)

    @rule(name=_which)
    def sync(self, name: str) -> None:
        self.office.exchange(self.stations[name], self._heard)
        hand_on(self.stations[name], self.office.clock())

    @rule(name=_which, at=st.integers(0, 6), stored=st.booleans())
    def cut(self, name: str, at: int, stored: bool) -> None:
        left = [at]

        def cutting(path: str, body: bytes) -> bytes:
            left[0] -= 1
            if left[0] < 0 and not stored:
                raise SyncFault("hub_unreachable")
            answer = self._heard(path, body)
            if left[0] < 0:
                raise SyncFault("hub_unreachable")
            return answer

        with suppress(SyncFault):
            self.office.exchange(self.stations[name], cutting)

    def _heard(self, path: str, body: bytes) -> bytes:
        self.replays.append((path, body))
        return self.office.post(path, body)

    @precondition(lambda self: self.replays)
    @rule(which=st.integers(0, 1 << 20))
    def replay(self, which: int) -> None:
        path, body = self.replays[which % len(self.replays)]
        with suppress(SyncFault):
            self.office.post(path, body)

    @rule()
    def kill_hub(self) -> None:
        self.office.close()
        self.office.open()

    @rule(name=_which)
    def kill_station(self, name: str) -> None:
        self.stations[name].close()
        self.stations[name] = self._opened(name)

    @rule(name=_which)
    def upgrade(self, name: str) -> None:
        """The program that opens the store next is newer: backup and steps of the schema first."""
        self.stations[name].close()
        _make_older(self.home / name)
        self.stations[name] = self._opened(name)

    @rule()
    def upgrade_hub(self) -> None:
        self.office.close()
        _make_older(self.office.store.folder)
        self.office.open()

    @rule()
    def back_up_hub(self) -> None:
        target = self.home / "kept" / str(len(self.kept))
        self.kept.append(self.office.store.backup(target, self.office.clock()))

    @precondition(lambda self: self.kept)
    @rule(which=st.integers(0, 100))
    def restore_hub(self, which: int) -> None:
        self.office.close()
        kept = self.kept[which % len(self.kept)]
        HubStore.restore(kept, self.office.folder, now=self.office.clock())
        self.office.open()

    @rule(name=_which, arrives=st.booleans(), answered=st.booleans())
    def carry_file(self, name: str, arrives: bool, answered: bool) -> None:
        station = self.stations[name]
        file, _ = files.export(station.sync, self.office.clock())
        if not arrives:
            return
        brought = take(self.office.store, self.office.answering, file)
        if answered:
            with suppress(SyncFault):  # there was nothing new
                files.take(station.sync, brought.answer, self.office.clock())

    @rule(days=st.sampled_from([-1, 3650, 1]))
    def jump_clock(self, days: int) -> None:
        if self.office.clock.now.year < 2100 or days < 0:
            self.office.clock.forward(timedelta(days=days))

    @rule()
    def publish(self) -> None:
        self.published += 1
        entry = RiskEntry(code=f"{410000 + self.published:06}")
        publish_entries(self.office.store, ListKind.RISK, [entry], self.office.clock())

    @invariant()
    def nothing_is_there_twice_or_unasked(self) -> None:
        if not hasattr(self, "office"):
            return
        assert self.office.store.in_quarantine() == 0
        for line in self.office.store.lines():
            assert line.status == "active"
            assert line.seq == line.records

    def teardown(self) -> None:
        if not hasattr(self, "office"):
            return
        try:
            for station in self.stations.values():
                self._compare(station)
        finally:
            for station in self.stations.values():
                station.close()
            self.office.close()
            shutil.rmtree(self.home, ignore_errors=True)

    def _compare(self, station: Station) -> None:
        self.office.exchange(station)
        hand_on(station, self.office.clock())
        self.office.exchange(station)
        found = station.verify()
        line = next(e for e in self.office.store.lines() if e.device == station.sync.device)
        assert found.ok
        assert (line.head, line.records) == (found.head, found.records)
        codes = station.lists.risk_areas(self.office.clock())
        states = {each.name: each.rows for each in self.office.store.lists()}
        assert len(codes) == states.get("risk", 0)
