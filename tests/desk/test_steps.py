"""Long reading goes in steps: a save that is queued meanwhile comes after the one in hand."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checkpoint_app.desk.database import Database
from checkpoint_app.desk.sheets import SealedReading, SheetOrder, sealed_steps
from checkpoint_app.desk.steps import Steps, at_once
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.past import PAGE
from checkpoint_app.store.station import Station, StoreFault
from tests.store.travellers import DAY, MORNING, recorded

CHINESE, SETTINGS = translator("zh_CN"), Settings(site_name="城北卡点")
MANY = 3 * PAGE + 7


@pytest.fixture
def station(data_folder: Path) -> Iterator[Station]:
    with Station.open(data_folder, now=MORNING) as opened:
        for number in range(MANY):
            outcome = Outcome.PASS if number % 4 else Outcome.HOLD
            opened.record(recorded(f"王{number}", outcome, minute=number / 10), None)
        yield opened


def reading(station: Station, sheet: Sheet) -> Steps[SealedReading]:
    order = SheetOrder(sheet, DAY, Mask.NONE, "王芳")
    return sealed_steps(station, order, SETTINGS, CHINESE, MORNING)


@pytest.mark.parametrize("sheet", [Sheet.DAILY, Sheet.ABNORMAL, Sheet.SUMMARY])
def test_a_long_day_is_read_a_page_a_step(station: Station, sheet: Sheet) -> None:
    assert sum(1 for _ in reading(station, sheet)) > MANY / PAGE
    assert {len(page) for page in station.past.inspections(DAY)} <= {PAGE, MANY % PAGE}


def test_what_is_saved_in_between_is_on_the_next_version(station: Station) -> None:
    steps = reading(station, Sheet.DAILY)
    next(steps)
    next(steps)
    station.record(recorded("后来", minute=3), None)
    made = at_once(steps)
    assert len(made.table(False).rows) == MANY
    again = at_once(reading(station, Sheet.DAILY))
    assert (again.seal.version, len(again.table(False).rows)) == (2, MANY + 1)


def test_a_save_waits_for_one_step_only(station: Station) -> None:
    posted: queue.Queue[Callable[[], None]] = queue.Queue()
    database = Database(station, posted.put)
    go, done, happened = threading.Event(), threading.Event(), list[str]()

    def counted(store: Station) -> Steps[SealedReading]:
        steps = reading(store, Sheet.DAILY)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value
            happened.append("step")
            yield

    database.run(lambda _: go.wait())
    database.stepwise(counted, lambda _: done.set())
    database.run(lambda store: happened.append("save"))
    go.set()
    while not done.is_set():
        posted.get(timeout=30)()
    database.settle()
    assert happened[:2] == ["step", "save"]
    assert happened.count("step") > MANY / PAGE


def test_a_fault_on_the_way_is_told(station: Station) -> None:
    def broken(store: Station) -> Steps[None]:
        yield
        raise StoreFault("disk_full")

    met: list[str] = []
    Database(station).stepwise(broken, failed=lambda fault: met.append(fault.code))
    posted: queue.Queue[Callable[[], None]] = queue.Queue()
    Database(station, posted.put).stepwise(broken, failed=lambda fault: met.append(fault.code))
    posted.get(timeout=30)()
    assert met == ["disk_full", "disk_full"]
