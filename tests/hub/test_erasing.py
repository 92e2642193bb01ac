"""What a hub erases by its own clock: records, rows of replaced lists, its own backups."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.retention import Copies, Terms
from checkpoint_app.hub.listing import publish_entries
from checkpoint_app.hub.nightly import Nightly
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store import tables
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.purging import purge_some
from tests.hub.test_exchange import add
from tests.hub.test_lists import exchange
from tests.hub.test_showing import show_all
from tests.store.travellers import MORNING
from tools.soak.office import Office

DAY = timedelta(days=1)


def nightly(office: Office, said: list[dict[str, object]], **settings: object) -> Nightly:
    return Nightly(
        office.store,
        Settings(**settings),  # type: ignore[arg-type]
        office.clock,
        lambda told, sentence: said.append(told),
        translator("zh_CN"),
    )


def watched(office: Office, station, *names: str) -> None:
    entries = [WatchEntry(name=name, id_number=f"ID{name}") for name in names]
    device = station.sync.device
    publish_entries(office.store, ListKind.WATCH, entries, office.clock(), device)


def bodies(office: Office) -> bytes:
    with office.store.read() as connection:
        rows = connection.execute(tables.hub_list_rows.select()).all()
    return b"".join(bytes(row.body) for row in rows)


def test_once_a_night_from_its_hour_on(office: Office, new_station) -> None:
    station, said = new_station(), []
    office.enrol(station, "东卡点")
    add(station, 3)
    office.exchange(station)
    show_all(office)
    clock = nightly(office, said, erase_at="03:00")
    assert clock.look()  # never yet
    assert not clock.look()
    office.clock.forward(30 * DAY)
    assert clock.look()
    assert [each["erased"] for each in said] == [0, 3]
    assert office.store.last_erasure().records == 3
    office.clock.forward(timedelta(hours=5))
    assert not clock.look()
    assert not nightly(office, said, erase_by_itself=False).look()


def test_rows_of_a_replaced_list_go_and_a_late_station_takes_it_whole(
    office: Office, new_station
) -> None:
    station, said = new_station(), []
    office.enrol(station, "东卡点")
    watched(office, station, "王小明", "李小红")
    exchange(office, station)
    watched(office, station, "李小红")
    clock = nightly(office, said)
    for _ in range(14):
        clock.look()
        office.clock.forward(DAY)
    assert "王小明".encode() in bodies(office)
    office.clock.forward(DAY)
    clock.look()
    assert "王小明".encode() not in bodies(office)
    assert "李小红".encode() in bodies(office)
    assert said[-1]["list_rows"] == 1
    exchange(office, station)  # it was away all the while
    assert [each.entries for each in station.lists.shown()] == [1]
    watched(office, station, "李小红", "赵六")
    exchange(office, station)
    assert [each.entries for each in station.lists.shown()] == [2]


def test_its_own_backups_go_by_their_schedule(office: Office, tmp_path: Path) -> None:
    old = office.store.backup(tmp_path / "kept", office.clock())
    half = tmp_path / "kept" / "hub-20220101-080000.partial"
    half.mkdir()
    os.utime(half, (MORNING.timestamp(), MORNING.timestamp()))
    upload = office.store.folder / "uploads" / "ticket.xlsx"
    upload.parent.mkdir()
    upload.write_bytes(b"names")
    os.utime(upload, (MORNING.timestamp(), MORNING.timestamp()))
    office.clock.forward(15 * DAY)
    done = office.store.erase(Terms(), "office", office.clock())
    assert done.copies == Copies(deleted=1, renewed=1)
    assert [each for each in (old, half, upload) if each.exists()] == []
    (fresh,) = (tmp_path / "kept").iterdir()
    assert office.store.erase(Terms(), "office", office.clock()).copies.none
    shutil.rmtree(fresh)
    office.clock.forward(15 * DAY)
    assert office.store.erase(Terms(), "office", office.clock()).copies.none  # forgotten


def test_what_a_restore_brings_back_goes_before_anything_is_served(
    tmp_path: Path, new_station
) -> None:
    office, station = Office(tmp_path / "office"), new_station()
    office.enrol(station, "东卡点")
    add(station, 4)
    office.exchange(station)
    show_all(office)
    kept = office.store.backup(tmp_path / "kept", MORNING)
    office.close()
    HubStore.restore(kept, office.folder, now=MORNING)
    office.open()
    office.clock.forward(30 * DAY)
    said: list[dict[str, object]] = []
    clock = nightly(office, said, erase_by_itself=False)
    assert office.store.restored
    clock.first()
    clock.first()
    assert [each["erased"] for each in said] == [4]
    assert not office.store.restored
    office.close()


def test_what_is_not_shown_yet_is_never_erased(office: Office, new_station) -> None:
    """Whether there is an open case is known only from what is shown."""
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 2)
    office.exchange(station)
    with office.store.write() as connection:
        assert purge_some(connection, Terms(), "office", MORNING + 400 * DAY) == 0
    assert office.store.erase(Terms(), "office", MORNING + 400 * DAY).records == 2


def test_why_somebody_looked_is_forgotten_who_and_when_is_not(office: Office) -> None:
    office.store.users.note("王主任", "record", "r-1", "王小明家属来问", office.clock())
    office.store.erase(Terms(), "office", office.clock() + 91 * DAY)
    (look,) = office.store.users.looks()
    assert (look.who, look.subject, look.reason) == ("王主任", "r-1", "")
