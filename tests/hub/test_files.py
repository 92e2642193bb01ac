"""By file, where there is no network: the same records and lists; nothing hostile is taken."""

from __future__ import annotations

import msgspec
import pytest

from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.domain.list_entries import RiskEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.hub.files import take
from checkpoint_app.hub.listing import publish_entries
from checkpoint_app.sync import files, wire
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.packing import packed
from checkpoint_app.sync.speaking import file_identity
from tests.hub.test_exchange import add, same
from tests.store.travellers import MORNING
from tools.soak.office import Office


def brought(office: Office, file: bytes):
    return take(office.store, office.answering, file)


def test_records_go_and_lists_come_by_file(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    publish_entries(office.store, ListKind.RISK, [RiskEntry(code="410102")], MORNING)
    add(station, 4)
    file, count = files.export(station.sync, MORNING)
    assert count == 5
    assert b"inspection" not in file
    done = brought(office, file)
    assert (done.accepted, done.duplicates) == (5, 0)
    assert same(office, station)
    assert station.sync.waiting().pending == 5
    taken = files.take(station.sync, done.answer, MORNING)
    assert (taken.accepted, taken.lists, taken.pending) == (5, 1, 0)
    hand_on(station, MORNING)
    assert station.lists.risk_areas(MORNING) == {"410102"}
    again = brought(office, file)
    assert (again.accepted, again.duplicates) == (0, 5)
    with pytest.raises(SyncFault, match="file_old"):
        files.take(station.sync, done.answer, MORNING)
    add(station, 2, 10)
    assert office.exchange(station).accepted == 3  # the list put in force is a record too
    assert same(office, station)


def test_a_wrong_receiver_learns_and_changes_nothing(office: Office, new_station, tmp_path) -> None:
    east, west, other = new_station("东卡点"), new_station("西卡点"), Office(tmp_path / "other")
    office.enrol(east, "东卡点")
    office.enrol(west, "西卡点")
    file, _ = files.export(east.sync, MORNING)
    with pytest.raises(SyncFault, match="file_for_other"):
        brought(other, file)
    answer = brought(office, file).answer
    with pytest.raises(SyncFault, match="file_for_other"):
        files.take(west.sync, answer, MORNING)
    assert west.sync.waiting().pending == 1
    # re-encrypted by a thief of the stick for another station: signed for the first all the same
    stolen = files.opened(answer, _identity(east))
    west_recipient = office.store.device(west.sync.device).recipient
    with pytest.raises(SyncFault, match="file_for_other"):
        files.take(west.sync, files.sealed(stolen, west_recipient), MORNING)
    other.close()


def _identity(station) -> str:
    return file_identity(station.sync)


def test_altered_cut_and_bomb_like_files_are_refused_whole(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    file, _ = files.export(station.sync, MORNING)
    recipient = wire.decode(office.answering.identity, wire.Identity).recipient
    envelopes = files.opened(file, office.store.secrets.file_identity)
    spoilt = msgspec.structs.replace(wire.opened(envelopes[1]), body=b"other")
    bombs = [
        b"",
        b"PK\3\4",
        file[:-7],
        file[:200] + bytes([file[200] ^ 1]) + file[201:],
        files.sealed((envelopes[0], wire.encode(spoilt)), recipient),
        files.sealed((), recipient),
        files.sealed((b"nonsense",), recipient),
        files.sealed(tuple([packed(bytes(1 << 24))] * 3), recipient),
    ]
    for bomb in bombs:
        with pytest.raises(SyncFault):
            brought(office, bomb)
        with pytest.raises(SyncFault):
            files.take(station.sync, bomb, MORNING)
    assert office.store.records() == 0
    assert station.sync.waiting().pending == 4
    office.store.revoke("东卡点", MORNING)
    with pytest.raises(SyncFault, match="hub_unknown_station"):
        brought(office, file)
