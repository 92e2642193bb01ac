"""The figures of a period over a real store: counted in steps, with what the lists know."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from checkpoint_app.desk.database import Database
from checkpoint_app.desk.figuring import AT_ONCE, LONGEST, Counting, Figures, range_of
from checkpoint_app.desk.office import Office
from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.person import Person
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station
from tests.store.travellers import DAY, MORNING, recorded

NUMBER = "410102199203078437"


@pytest.fixture
def office(tmp_path: Path):
    station = Station.open(tmp_path, now=MORNING)
    yield Office(Database(station), lambda: MORNING, translator("en"), Settings())
    station.close()


def counted(office: Office) -> Figures:
    found: list[Figures] = []
    Counting(office, DAY, found.append, found.append)  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def test_more_than_one_step_counts_everyone_and_tells_how_far(office: Office) -> None:
    station = office.database.station
    for number in range(AT_ONCE + 5):
        station.record(recorded(minute=number), None)
    shares: list[float] = []
    found: list[Figures] = []
    Counting(office, DAY, found.append, lambda said: None, shares.append)
    assert found[0].people == AT_ONCE + 5
    assert shares == sorted(shares)
    assert len(shares) == 2


def test_pushed_lists_tell_how_many_were_met(office: Office) -> None:
    station = office.database.station
    assert counted(office).charts[-1].empty
    pushed = (("李明", NUMBER), ("张三", "410102199003078432"))
    entries = [WatchEntry(name=name, id_number=number) for name, number in pushed]
    station.lists.put(NewList(ListKind.WATCH, "county", MORNING), entries, MORNING)
    station.record(recorded(person=Person(name="李明", id_number=NUMBER)), None)
    chart = counted(office).charts[-1]
    assert chart.labels == ("Pushed lists in force",)
    assert chart.series[1].values == (2.0,)


def test_a_range_is_whole_periods_in_any_order_and_not_without_end() -> None:
    given = range_of(date(2022, 3, 14), date(2022, 3, 10), time(17), MORNING)
    assert given.end - given.start == timedelta(days=5)
    assert (given.end.hour, given.end.day) == (17, 14)
    endless = range_of(date(1990, 1, 1), date(2022, 3, 14), time(0), MORNING)
    assert endless.end - endless.start == timedelta(days=LONGEST)
