"""Hubs over SQLite and over a real PostgreSQL, and stations of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING
from tools.postgresql import Server, server
from tools.soak.office import Office


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """One real server for all tests of this process."""
    with server(fsync="off", synchronous_commit="off") as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A fresh hub."""
    database = ""
    if request.param == "postgresql":
        database = request.getfixturevalue("postgresql").fresh_database()
    made = Office(tmp_path / "office", database)
    yield made
    made.close()


@pytest.fixture
def new_station(tmp_path: Path) -> Iterator[Callable[[str], Station]]:
    """Makes or opens the station of a name."""
    opened: list[Station] = []

    def make(name: str = "东卡点") -> Station:
        opened.append(Station.open(tmp_path / name, now=MORNING))
        return opened[-1]

    yield make
    for each in opened:
        each.close()
