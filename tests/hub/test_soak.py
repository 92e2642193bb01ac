"""Short runs of the long trials; `python3 start.py soak` runs them whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tools.soak import exchanges, kills
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
