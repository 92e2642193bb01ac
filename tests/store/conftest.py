"""A store of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING


@pytest.fixture
def station(data_folder: Path) -> Iterator[Station]:
    """An empty store, opened as the desk's."""
    with Station.open(data_folder, now=MORNING) as opened:
        yield opened
