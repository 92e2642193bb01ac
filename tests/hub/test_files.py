"""By file, where there is no network: the same records and lists; nothing hostile is taken."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta

import msgspec
import pyrage
import pytest
import zstandard

from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.domain.list_entries import RiskEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.hub.files import take
from checkpoint_app.hub.listing import publish_entries
from checkpoint_app.sync import files, wire
from checkpoint_app.sync.exchange import hello, push_of
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.packing import packed
from checkpoint_app.sync.speaking import Voice, file_identity
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


def test_a_file_of_which_anything_is_refused_leaves_nothing_at_the_hub(
    office: Office, new_station
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    identity = wire.decode(office.answering.identity, wire.Identity)
    voice = Voice(station.sync, identity, office.post)
    stretch = station.sync.stretch(1, 0, 10)
    assert stretch is not None
    push, _ = push_of(stretch)
    none = msgspec.structs.replace(push, count=0)
    said = [voice.envelope("hello", hello(station.sync, MORNING))]
    said += [voice.envelope("push", each) for each in (push, none)]
    with pytest.raises(SyncFault, match="file_wrong"):
        brought(office, files.sealed(tuple(said), identity.recipient))
    assert office.store.records() == 0
    assert office.store.chains() == []
    assert office.store.device(station.sync.device).request_number < wire.opened(said[0]).number
    file, _ = files.export(station.sync, MORNING)
    assert brought(office, file).accepted == 4
    assert same(office, station)


def test_a_file_of_which_anything_does_not_fit_leaves_nothing_at_the_station(
    office: Office, new_station
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    publish_entries(office.store, ListKind.RISK, [RiskEntry(code="410102")], MORNING)
    file, _ = files.export(station.sync, MORNING)
    answer = files.opened(brought(office, file).answer, _identity(station))
    whole = [wire.opened(each) for each in answer]
    assert [each.purpose for each in whole] == ["push", "lists"]
    change = wire.decode(whole[1].body, wire.ListChange)
    last = station.sync.status().last_contact_us
    later = MORNING + timedelta(hours=1)
    recipient = office.store.device(station.sync.device).recipient
    newer = msgspec.structs.replace(change, number=2, rows=7)
    bundle = (*answer, wire.signed(_with(whole[1], newer), office.key))
    with pytest.raises(SyncFault, match="file_wrong"):
        files.take(station.sync, files.sealed(bundle, recipient), later)
    assert station.sync.waiting().pending == 4
    assert station.sync.lists.held() == []
    assert station.sync.status().last_contact_us == last
    taken = files.take(station.sync, files.sealed(answer, recipient), later)
    assert (taken.accepted, taken.lists) == (4, 1)


def _with(envelope: wire.Envelope, message: wire.Message) -> wire.Envelope:
    return msgspec.structs.replace(envelope, body=wire.encode(message))


def test_a_file_that_came_before_is_refused_and_a_new_one_is_answered(
    office: Office, new_station
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    first, _ = files.export(station.sync, MORNING)
    assert brought(office, first).accepted == 4
    with pytest.raises(SyncFault, match="file_old"):
        brought(office, first)
    again, _ = files.export(station.sync, MORNING)  # the answer to the first was lost
    done = brought(office, again)
    assert (done.accepted, done.duplicates) == (0, 4)
    assert files.take(station.sync, done.answer, MORNING).pending == 0
    with pytest.raises(SyncFault, match="file_old"):
        brought(office, first)


def test_an_older_file_that_holds_what_the_hub_lost_is_taken(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    file, _ = files.export(station.sync, MORNING)
    link = Voice(station.sync, wire.decode(office.answering.identity, wire.Identity), office.post)
    link.ask("hello", hello(station.sync, MORNING), wire.Welcome)  # heard of since, then cut off
    assert brought(office, file).accepted == 4


def test_what_a_bomb_unpacks_to_is_never_held(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    recipient = office.store.device(station.sync.device).recipient
    bomb = x25519_sealed(b"checkpoint file 1\n\1" + bomb_of(1 << 29), recipient)
    assert len(bomb) < 1 << 20
    tracemalloc.start()
    with pytest.raises(SyncFault, match="file_wrong"):
        files.take(station.sync, bomb, MORNING)
    assert tracemalloc.get_traced_memory()[1] < 64 << 20
    tracemalloc.stop()


def bomb_of(size: int) -> bytes:
    """A small frame of zeros that says how much it unpacks to."""
    made = zstandard.ZstdCompressor(level=1).compressobj(size=size)
    parts = [made.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join([*parts, made.flush()])


def x25519_sealed(body: bytes, recipient: str) -> bytes:
    made: bytes = pyrage.encrypt(body, [pyrage.x25519.Recipient.from_str(recipient)])
    return made
