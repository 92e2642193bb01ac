"""A tenth of the long trials; `python3 start.py soak` runs them whole."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tools.postgresql import Server
from tools.soak import exchanges, hostile, kills, restored, stateful
from tools.soak.nursery import Nursery, fast_folder

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signals")


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where that is possible: programs are killed here, not the machine."""
    with tempfile.TemporaryDirectory(dir=fast_folder()) as made:
        yield Path(made)


@pytest.mark.parametrize("part", range(4))
def test_anything_may_happen_in_any_order(folder: Path, part: int) -> None:
    calm = settings(
        max_examples=50,
        stateful_step_count=10,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(stateful.machine(folder / str(part)), settings=calm)


@POSIX
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_over_a_link_that_cuts_and_a_hub_that_is_killed(
    folder: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    database = ""
    if kind == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        database = server.fresh_database()
    with Nursery() as nursery:
        told = exchanges.trial(folder, 500, 3, nursery=nursery, database=database)
    assert told.exchanges == 500
    assert told.kills == 3
    assert told.cuts > 100
    assert told.sound, told


@POSIX
def test_a_station_killed_while_it_exchanges(folder: Path) -> None:
    with Nursery() as nursery:
        told = kills.trial(folder, 30, nursery)
    assert told.kills == 30
    assert told.sound, told


def test_a_hub_restored_from_yesterday(folder: Path) -> None:
    told = restored.trial(folder, 2)
    assert told.restores == 2
    assert told.sound, told


def test_hostile_requests(folder: Path) -> None:
    told = hostile.trial(folder, 100)
    assert told.requests >= 100
    assert told.sound, told
