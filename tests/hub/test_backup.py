"""A hub comes back from its backup: nothing that stations ever sent is missing afterwards."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from checkpoint_app.domain.list_entries import RiskEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.retention import Terms
from checkpoint_app.hub.listing import publish_entries
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub import wall
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.sync.faults import SyncFault
from tests.hub.test_exchange import add, same
from tests.hub.test_lists import exchange
from tests.hub.test_showing import show_all
from tests.store.travellers import DAY, MORNING
from tools.soak.office import Office


def put_back(office: Office, kept: Path, database: str | None = None) -> None:
    office.close()
    HubStore.restore(kept, office.folder, database=database, now=office.clock())
    office.open()


@pytest.fixture
def empty(office: Office, request: pytest.FixtureRequest) -> str:
    """The address of another database of the hub's kind."""
    if not office.database:
        return ""
    address: str = request.getfixturevalue("postgresql").fresh_database()
    return address


def test_after_a_restore_nothing_is_missing(
    office: Office, new_station, tmp_path: Path, empty: str
) -> None:
    east, west = new_station("东卡点"), new_station("西卡点")
    office.enrol(east, "东卡点")
    office.enrol(west, "西卡点")
    publish_entries(office.store, ListKind.RISK, [RiskEntry(code="410102")], MORNING)
    add(east, 5)
    exchange(office, east)
    office.store.users.add("王主任", "office", "", "long enough")
    kept = office.store.backup(tmp_path / "kept", MORNING)
    add(east, 7, 20)
    add(west, 2)
    for code in ("410103", "410104"):
        publish_entries(office.store, ListKind.RISK, [RiskEntry(code=code)], MORNING)
        exchange(office, east)
    exchange(office, west)
    office.store.revoke("西卡点", MORNING)
    before = office.store.state.epoch
    put_back(office, kept, empty)
    assert office.store.state.epoch > before
    exchange(office, east)
    office.exchange(east)  # a list put in force is itself a record
    assert same(office, east)
    assert east.lists.risk_areas(MORNING) == {"410102"}  # the office looks and publishes again
    publish_entries(office.store, ListKind.RISK, [RiskEntry(code="410105")], MORNING)
    exchange(office, east)
    assert east.lists.risk_areas(MORNING) == {"410105"}
    with pytest.raises(SyncFault, match="hub_revoked"):
        office.exchange(west)
    show_all(office)
    with office.store.read() as connection:
        assert sum(each.people for each in wall.states(connection, DAY)) == 12
        assert len(wall.found(connection, wall.Asked("王1"))) == 1
    assert [each.name for each in office.store.users.listed()] == ["王主任"]


def test_a_hub_moves_to_postgresql(
    tmp_path: Path, new_station, postgresql, request: pytest.FixtureRequest
) -> None:
    office, station = Office(tmp_path / "office"), new_station()
    office.enrol(station, "东卡点")
    add(station, 4)
    office.exchange(station)
    kept = office.store.backup(tmp_path / "kept", MORNING)
    put_back(office, kept, postgresql.fresh_database())
    with office.store.read() as connection:
        assert connection.dialect.name == "postgresql"
    add(station, 3, 20)
    office.exchange(station)
    assert same(office, station)
    office.close()


def test_a_damaged_backup_changes_nothing(office: Office, new_station, tmp_path: Path) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 4)
    office.exchange(station)
    kept = office.store.backup(tmp_path / "kept", MORNING)
    whole = (kept / "data.frames").read_bytes()
    for wrong in (
        whole[:-1],
        whole[: len(whole) // 2],
        whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        b"",
    ):
        (kept / "data.frames").write_bytes(wrong)
        with pytest.raises(StoreFault, match=r"corrupt|refused"):
            HubStore.restore(kept, office.folder, database="", now=MORNING)
    assert same(office, station)
    office.close()
    office.open()
    assert same(office, station)
    with pytest.raises(StoreFault, match="no_backup"):
        HubStore.restore(tmp_path / "none", office.folder, now=MORNING)


def test_a_database_in_use_is_not_overwritten(office: Office, new_station, tmp_path: Path) -> None:
    office.enrol(new_station(), "东卡点")
    kept = office.store.backup(tmp_path / "kept", MORNING)
    if office.database:
        with pytest.raises(StoreFault, match="refused"):
            HubStore.restore(kept, tmp_path / "elsewhere", database=office.database, now=MORNING)
    else:
        state = HubStore.restore(kept, tmp_path / "elsewhere", now=MORNING)
        assert state.hub == office.store.state.hub


def test_what_was_kept_long_enough_loses_its_person_and_the_chain_holds(
    office: Office, new_station
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 4)
    office.exchange(station)
    show_all(office)
    assert office.store.purge(Terms(), "office", MORNING + timedelta(days=20)) == 0
    assert office.store.purge(Terms(), "office", MORNING + timedelta(days=30)) == 4
    assert office.store.purge(Terms(), "office", MORNING + timedelta(days=30)) == 0
    with office.store.read() as connection:
        assert [each.name for each in wall.found(connection, wall.Asked())] == [None] * 4
        assert wall.found(connection, wall.Asked("王1")) == []
    assert [each.action for each in office.store.users.looks()] == ["erased"]
    add(station, 1, 50)
    office.exchange(station)
    show_all(office)
    assert same(office, station)
