"""How long erasing takes: choosing, one step beside saving, and writing the file anew."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from checkpoint_app.domain.retention import Terms
from checkpoint_app.store.station import Station
from tools.bench.figure import Figure
from tools.bench.store import traveller

AREA = "retention"


def measure(records: int = 20_000, folder: Path | None = None) -> list[Figure]:
    """Erase a station of `records` inspections altogether."""
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as made:
        return _erasing(Path(made) / "station", records)


def _erasing(home: Path, records: int) -> list[Figure]:
    draw = random.Random(7)
    first = traveller(draw, 0)
    with Station.open(home, now=first.confirmed_at) as station:
        for number in range(records):
            station.record(traveller(draw, number), None)
        late = traveller(draw, records).confirmed_at + timedelta(days=400)
        terms = Terms()
        begun = time.perf_counter()
        due = station.retention.reckon(terms, late)
        reckoned, steps, more = time.perf_counter() - begun, [], True
        while more:
            begun = time.perf_counter()
            _, more = station.retention.erase(terms, "bench", "by_hand", late)
            steps.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        station.retention.scrub()
        scrubbed = time.perf_counter() - begun
    note = f"{due.total} of {records} records"
    return [
        Figure(AREA, "say what is due", reckoned, "s", note=note),
        Figure(AREA, "longest step of erasing", max(steps), "s", note=f"{len(steps)} steps"),
        Figure(AREA, "erase all", sum(steps), "s", note=note),
        Figure(AREA, "write the file anew", scrubbed, "s", note=note),
    ]
