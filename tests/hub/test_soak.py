"""Short runs of the long trials; `python3 start.py soak` runs them whole."""

from __future__ import annotations

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from checkpoint_app.store.station import Station
from checkpoint_app.sync.exchange import Summary
from checkpoint_app.sync.loop import SyncLoop
from tests.store.travellers import recorded
from tools.soak import exchanges, kills
from tools.soak.hubs import HubProcess, create
from tools.soak.stateful import HubAndStations


def test_anything_may_happen_in_any_order() -> None:
    run_state_machine_as_test(
        HubAndStations,
        settings=settings(
            max_examples=6,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signals")
def test_over_a_link_that_cuts_and_a_hub_that_is_killed(tmp_path: Path) -> None:
    told = exchanges.trial(tmp_path, 25, 1)
    assert told.cuts
    assert told.sound, told


@pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signals")
def test_a_station_killed_while_it_exchanges(tmp_path: Path) -> None:
    told = kills.trial(tmp_path, 2)
    assert told.sound, told


def test_the_loop_exchanges_by_itself_and_when_asked(tmp_path: Path) -> None:
    create(tmp_path / "hub")
    hub, heard, told = HubProcess(tmp_path / "hub"), threading.Event(), []
    hub.start()

    def note(done: Summary | str) -> None:
        told.append(done)
        if len(told) in (1, 2):
            heard.set()

    now = datetime.now(UTC)
    with Station.open(tmp_path / "station", now=now) as station:
        exchanges.enrol_at(hub, tmp_path / "hub", station)
        station.record(recorded(), None)
        loop = SyncLoop(station, lambda: datetime.now(UTC), note)
        loop.start()
        assert heard.wait(30)
        assert isinstance(told[0], Summary)
        assert told[0].accepted == 2
        heard.clear()
        station.record(recorded(minute=1), None)
        loop.now()
        assert heard.wait(30)
        loop.stop()
        assert isinstance(told[1], Summary)
        assert told[1].accepted == 1
        assert station.sync.waiting().pending == 0
    hub.stop()
