"""How soon a red case at a station is on the office's wall: the station's own link, a real page.

The page is asked for as its little script does, a second after the last answer.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from checkpoint_app.desk.database import Database
from checkpoint_app.desk.hub.link import HubLink
from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.station import Station
from checkpoint_app.sync.enrolling import Invitation, Site, enrol
from checkpoint_app.sync.link import fingerprint_of, http_link
from tools.bench.figure import Figure
from tools.bench.store import traveller
from tools.soak.hubs import HubProcess, create

_REFRESH_S, _GIVEN_UP_S = 1.0, 30.0  # the page's own, in resources/hub/wall.html
_PASSWORD = "north gate 2026"


def seen_on_the_wall(folder: Path, times: int = 9) -> Figure:
    """Seconds from a red case's record to its line on the wall, the middle and the longest."""
    create(folder / "hub")
    with HubStore.open(folder / "hub") as store:
        store.users.add("office", "office", "", _PASSWORD)
        code = store.new_code("east", datetime.now(UTC))
    hub, draw = HubProcess(folder / "hub"), random.Random(3)
    hub.start()
    url = f"http://127.0.0.1:{hub.port}"
    took = []
    try:
        with _station(folder / "station", url, code) as record, httpx.Client(base_url=url) as page:
            page.post("/office/sign-in", data={"name": "office", "password": _PASSWORD})
            for number in range(times):
                time.sleep(draw.uniform(0.0, 1.0))
                before, began = _cases(page), time.perf_counter()
                record(_red(draw, number))
                took.append(_seen(page, before, draw) - began)
    finally:
        hub.stop()
    took.sort()
    note = f"from the record, {times} times; in the middle {took[len(took) // 2]:.1f} s"
    return Figure(
        "hub", "red case on the wall, longest", took[-1], "s", "≤ 3 s", took[-1] <= 3, note=note
    )


@contextmanager
def _station(folder: Path, url: str, code: str) -> Iterator[Callable[[RecordedInspection], None]]:
    """A station that exchanges by itself; what is given is how to record there."""
    station = Station.open(folder, now=datetime.now(UTC))
    with http_link(url, None) as post:
        shown = fingerprint_of(post("/v1/identity", b""))
    enrol(station.sync, Invitation(url, code, shown), Site(), datetime.now(UTC))
    turn = threading.Lock()

    def call(job: Callable[[], None]) -> None:
        with turn:
            job()

    database = Database(station, call)
    link = HubLink(database, lambda: datetime.now(UTC), call, lambda view: None)
    link.start()

    def record(one: RecordedInspection) -> None:
        database.run(lambda store: store.record(one, None))
        link.hurry()  # as the desk does when somebody is stopped

    try:
        yield record
    finally:
        link.stop()
        database.close()


def _red(draw: random.Random, number: int) -> RecordedInspection:
    one = traveller(draw, number)
    verdict = replace(one.verdict, outcome=Outcome.HAND_OVER, reasons=(Reason(Code.RED_CODE),))
    return replace(
        one,
        verdict=verdict,
        outcome=Outcome.HAND_OVER,
        confirmed_at=datetime.now(UTC).astimezone(),
    )


def _seen(page: httpx.Client, before: set[str], draw: random.Random) -> float:
    """When the part that keeps itself fresh shows a new case."""
    time.sleep(draw.uniform(0.0, _REFRESH_S))  # the page is somewhere between two questions
    end = time.monotonic() + _GIVEN_UP_S
    while time.monotonic() < end:
        if _cases(page) - before:
            return time.perf_counter()
        time.sleep(_REFRESH_S)
    raise RuntimeError("the case is not on the wall")


def _cases(page: httpx.Client) -> set[str]:
    answer = page.get("/office/wall/part")
    answer.raise_for_status()
    return set(re.findall(r"/office/case/([0-9a-f-]+)", answer.text))
