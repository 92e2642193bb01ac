"""A bus of 45, a school at 7:40 and a car of four: the desk's own share of each person's time.

A scripted run over a real encrypted store, each job done before the next begins: code, card and
thermometer come as fast as the desk takes them, so that what is measured is the desk alone. People
and hands need the rest.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from checkpoint_app.codes import Trust
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import Surface, policy_of
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import Itinerary, TemperatureSource
from checkpoint_app.domain.passage import VehicleUse
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from tools.bench.figure import Figure

AREA = "gate"
BUS = 45
BUS_MINUTES = 6
PUPILS = 900
_START = datetime(2026, 11, 23, 7, 40).astimezone()


class _Clock:
    """Moves on by itself, so that no reading is taken for the one before."""

    def __init__(self) -> None:
        self.at = _START

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


def measure() -> list[Figure]:
    """All figures of the area."""
    return [*_bus(), *_school()]


def _bus() -> Iterator[Figure]:
    with _desk("road") as (desk, clock):
        desk.open_vehicle("豫A12345", VehicleUse.BUS)
        desk.set_vehicle(head_count=BUS, origin="郑州市", destination="洛阳市")
        each = _people(desk, clock, BUS)
        assert desk.state.vehicle is None, "the bus must go on by itself"
    room = BUS_MINUTES * 60 / BUS
    share = max(each) / room
    yield Figure(
        AREA,
        f"bus of {BUS}: the desk's share per person, worst",
        max(each) * 1000,
        "ms",
        f"{BUS} in {BUS_MINUTES} min",
        max(each) < room,
        note=f"{share:.2%} of the {room:.0f} s that a person has; median {_median(each):.1f} ms",
    )


def _school() -> Iterator[Figure]:
    with _desk("school") as (desk, clock):
        desk.set_gate_mode(True)
        each = _people(desk, clock, PUPILS)
        assert dict(desk.state.counts), "somebody must have passed"
    worst = sorted(each)[int(len(each) * 0.99)]
    yield Figure(
        AREA,
        f"gate mode, {PUPILS} pupils: code to recorded, 99 of 100 within",
        worst * 1000,
        "ms",
        "≤ 1000 ms",
        worst <= 1.0,
        note=f"median {_median(each):.1f} ms",
    )


def _people(desk: Desk, clock: _Clock, count: int) -> list[float]:
    """Seconds from each person's code until the person is durable and the desk free again."""
    return [_timed(partial(_passes, desk, clock, number)) for number in range(count)]


def _passes(desk: Desk, clock: _Clock, number: int) -> None:
    clock.at += timedelta(seconds=2)
    desk.scan(f"https://h5.dingtalk.com/healthG/{number:032d}", "qr", Colour.GREEN)
    desk.set_itinerary(Itinerary(shown=True))
    desk.take_reading(36.5, TemperatureSource.SERIAL)
    assert desk.is_idle, "everybody here passes"


def _timed(job: Callable[[], None]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] * 1000


@contextmanager
def _desk(kind: str) -> Iterator[tuple[Desk, _Clock]]:
    settings, clock = Settings(site_kind=kind), _Clock()
    with tempfile.TemporaryDirectory() as folder:
        station = Station.open(Path(folder), now=clock())
        surface = Surface(
            Database(station),
            clock,
            translator("zh_CN"),
            settings,
            policy_of(settings),
            Trust.empty(),
        )
        yield Desk(surface, "bench", lambda: None), clock
        surface.database.close()
