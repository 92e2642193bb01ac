"""Records on their way up: whole, once, in order, whatever is cut, lost, forked or spoilt."""

from __future__ import annotations

import random
import shutil
from datetime import timedelta

import msgspec
import pytest

from checkpoint_app.store import chain
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.station import Station
from checkpoint_app.sync import records, wire
from checkpoint_app.sync.enrolling import Invitation, Site, enrol_over, identity_of
from checkpoint_app.sync.exchange import sent_of
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.speaking import Voice, station_key
from tests.store.travellers import MORNING, recorded
from tools.soak.office import Office


def add(station: Station, count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        station.record(recorded(f"王{number}", minute=number), None)


def same(office: Office, station: Station) -> bool:
    """Whether station and hub end in the same head, with as many records."""
    found = station.verify()
    line = next(each for each in office.store.lines() if each.device == station.sync.device)
    return found.ok and (line.head, line.records) == (found.head, found.records)


def test_all_that_is_recorded_arrives_once(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 30)
    done = office.exchange(station)
    assert (done.sent, done.accepted, done.duplicates, done.refused) == (31, 31, 0, 0)
    assert done.pending == 0
    assert same(office, station)
    assert office.exchange(station).sent == 0
    add(station, 3, 30)
    assert office.exchange(station).accepted == 3
    assert same(office, station)


def test_stations_do_not_mix(office: Office, new_station) -> None:
    east, west = new_station("东卡点"), new_station("西卡点")
    office.enrol(east, "东卡点")
    office.enrol(west, "西卡点")
    add(east, 3)
    add(west, 5)
    office.exchange(west)
    office.exchange(east)
    assert same(office, east)
    assert same(office, west)
    assert office.store.records() == 10


def test_cut_anywhere_all_arrives_once(office: Office, new_station) -> None:
    station, draw = new_station(), random.Random(20220314)
    office.enrol(station, "东卡点")
    add(station, 40)

    def cut(path: str, body: bytes) -> bytes:
        if draw.random() < 0.3:
            raise SyncFault("hub_unreachable", "before")
        answer = office.post(path, body)
        if draw.random() < 0.3:
            raise SyncFault("hub_unreachable", "after it was stored")
        return answer

    for turn in range(200):
        try:
            if office.exchange(station, cut).pending == 0 and turn > 20:
                break
        except SyncFault as fault:
            assert fault.code == "hub_unreachable"  # noqa: PT017
        add(station, 1 if turn < 20 else 0, 100 + turn)
    assert same(office, station)
    assert office.store.in_quarantine() == 0


def test_a_batch_that_comes_again_changes_nothing(office: Office, new_station) -> None:
    station, heard = new_station(), []
    office.enrol(station, "东卡点")
    add(station, 5)

    def listen(path: str, body: bytes) -> bytes:
        heard.append((path, body))
        return office.post(path, body)

    office.exchange(station, listen)
    add(station, 5, 10)
    office.exchange(station, listen)
    for path, body in heard:
        told = wire.opened(office.post(path, body))
        if path == "/v1/push":
            assert wire.decode(told.body, wire.Pushed).accepted == 0
        else:
            assert wire.decode(told.body, wire.Refusal).code == "stale_number"
    assert same(office, station)


def test_a_hub_put_back_to_an_earlier_state_is_given_all_again(office: Office, new_station) -> None:
    station, other = new_station(), Office(office.folder.parent / "other")
    office.enrol(station, "东卡点")
    add(station, 10)
    office.exchange(station)
    office.clock.forward(timedelta(days=8))
    office.exchange(station)  # by now nothing is left in the outbox
    with office.store.write() as connection:
        # What a restore of an empty backup amounts to.
        for table in ("records", "personal"):
            guard = "only_added_to" if table == "records" else "only_erased"
            drop = f"DROP TRIGGER {table}_{guard} ON {table}"
            if connection.dialect.name == "sqlite":
                drop = f"DROP TRIGGER {table}_no_delete"
            connection.exec_driver_sql(drop)
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("DELETE FROM heads")
    assert office.exchange(station).accepted == 11
    assert same(office, station)
    other.close()


def test_two_of_one_name_freeze_the_station_until_the_office_releases_it(
    office: Office, new_station, tmp_path
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    office.exchange(station)
    station.close()
    shutil.copytree(tmp_path / "东卡点", tmp_path / "clone")
    station, clone = new_station(), new_station("clone")
    add(station, 2, 10)
    office.exchange(station)
    add(clone, 4, 20)
    done = office.exchange(clone)
    assert done.frozen
    assert done.pending == 4
    assert office.exchange(station).frozen
    assert [each.status for each in office.store.lines()] == ["frozen"]
    device, epoch = office.store.release("东卡点")
    assert (device, epoch) == (station.sync.device, 2)
    add(station, 1, 30)
    office.exchange(station)
    add(station, 1, 31)
    office.exchange(station)
    found = station.verify()
    assert found.ok
    assert office.head(station) == found.head


def test_a_station_copied_back_goes_on_under_fresh_numbers(
    office: Office, new_station, tmp_path
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    station.close()
    shutil.copytree(tmp_path / "东卡点", tmp_path / "kept")
    station = new_station()
    add(station, 3, 10)
    office.exchange(station)
    station.close()
    shutil.rmtree(tmp_path / "东卡点")
    shutil.copytree(tmp_path / "kept", tmp_path / "东卡点")
    station = new_station()
    assert not office.exchange(station).frozen
    add(station, 2, 20)
    office.exchange(station)
    assert station.sync.places()[-1][0] == 2
    assert office.head(station) == station.verify().head


def test_a_restored_station_goes_on_in_its_new_epoch(office: Office, new_station, tmp_path) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    kept = station.backup(tmp_path / "kept", MORNING)
    add(station, 3, 10)
    office.exchange(station)
    station.close()
    Station.restore(kept, tmp_path / "东卡点", passphrase=None, now=MORNING)
    station = new_station()
    add(station, 2, 20)
    done = office.exchange(station)
    assert (done.accepted, done.frozen) == (3, False)
    assert office.head(station) == station.verify().head


@pytest.mark.parametrize("what", ["records", "last"])
def test_what_cannot_be_read_stands_aside_and_blocks_nothing(
    office: Office, new_station, what: str
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 9)

    def spoil_the_fourth(path: str, body: bytes) -> bytes:
        envelope = wire.opened(body)
        if path == "/v1/push":
            push = wire.decode(envelope.body, wire.Push)
            if push.first <= 4 < push.first + push.count:
                alone = push.count == 1
                bad = (
                    {"records": b"nonsense"} if alone or what == "records" else {"last": b"x" * 32}
                )
                push = msgspec.structs.replace(push, **bad)
                envelope = msgspec.structs.replace(envelope, body=wire.encode(push))
                body = wire.signed(envelope, station_key(station.sync))
        return office.post(path, body)

    done = office.exchange(station, spoil_the_fourth)
    assert (done.refused, done.pending) == (1, 0)
    (aside,) = office.store.quarantined()
    assert (aside.seq, aside.records, aside.reason) == (4, 1, "unreadable")
    assert [each[1] for each in station.sync.refused()] == [4]
    assert office.head(station) == station.verify().head
    assert office.store.records() == 9


def test_a_key_that_another_record_has_stands_aside(office: Office, new_station, tmp_path) -> None:
    east, west = new_station("东卡点"), new_station("西卡点")
    office.enrol(east, "东卡点")
    office.enrol(west, "西卡点")
    add(east, 2)
    office.exchange(east)
    taken = east.sync.stretch(1, 1, 1).rows[0]

    add(west, 1)
    stretch = west.sync.stretch(1, 0, 10)
    voice = Voice(west.sync, identity_of(office.answering.identity), office.post)
    first, second = (sent_of(each) for each in stretch.rows)
    stolen = msgspec.structs.replace(second, id=taken.id)
    body = records.encode([first, stolen])
    links = []
    previous = chain.START
    for seq, each in enumerate((first, stolen), 1):
        commitment = chain.commitment(each.salt, each.personal) if each.salt else None
        link = chain.Link(
            each.id, west.sync.device, 1, seq, each.kind, each.at_us, each.offset_s,
            each.belongs_us, each.supersedes, each.plain, commitment, previous,
        )  # fmt: skip
        previous = chain.link_hash(link)
        links.append(previous)
    told = voice.ask("push", wire.Push(1, 1, 2, chain.START, links[-1], body), wire.Pushed)
    assert (told.result, told.reason) == ("split", "taken")
    assert office.store.records() == 3


def test_nobody_gets_in_with_a_wrong_code_or_key(office: Office, new_station) -> None:
    station, other = new_station(), new_station("西卡点")
    site, identity = Site(), office.answering.identity
    for code in ("", "AAAA-AAAA-AAAA", "'; DROP TABLE records; --"):
        with pytest.raises(SyncFault, match="hub_refused_code"):
            enrol_over(station.sync, office.post, identity, Invitation("", code, ""), site, MORNING)
    code = office.store.new_code("东卡点", MORNING)
    invited = Invitation("https://hub.example", code, "")
    enrol_over(station.sync, office.post, identity, invited, site, MORNING)
    enrol_over(station.sync, office.post, identity, invited, site, MORNING)  # an answer was lost
    with pytest.raises(SyncFault, match="hub_refused_code"):
        enrol_over(other.sync, office.post, identity, invited, site, MORNING)
    stranger = Voice(other.sync, wire.decode(identity, wire.Identity), office.post)
    with pytest.raises(SyncFault, match="hub_unknown_station"):
        stranger.ask("hello", wire.Hello(()), wire.Welcome)


def test_a_code_ends_after_a_week(office: Office, new_station) -> None:
    code = office.store.new_code("东卡点", MORNING)
    office.clock.forward(timedelta(days=7, seconds=1))
    invited = Invitation("", code, "")
    with pytest.raises(SyncFault, match="hub_refused_code"):
        enrol_over(
            new_station().sync, office.post, office.answering.identity, invited, Site(), MORNING
        )


def test_a_revoked_station_stays_out(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    office.store.revoke("东卡点", MORNING)
    add(station, 2)
    with pytest.raises(SyncFault, match="hub_revoked"):
        office.exchange(station)
    with office.store.write() as connection:
        # A database put back from before the revocation has forgotten it.
        connection.exec_driver_sql("UPDATE hub_devices SET status = 'active'")
    office.close()
    office.open()
    with pytest.raises(SyncFault, match="hub_revoked"):
        office.exchange(station)
    with pytest.raises(SyncFault, match="hub_revoked"):
        office.enrol(station, "西卡点")
    assert office.store.records() == 0


def test_names_are_given_once(office: Office, new_station) -> None:
    office.enrol(new_station(), "东卡点")
    with pytest.raises(StoreFault, match="name_taken"):
        office.store.new_code("东卡点", MORNING)
    for name in ("", " ", "a\nb", "长" * 81):
        with pytest.raises(StoreFault, match="not_storable"):
            office.store.new_code(name, MORNING)


def test_another_hubs_answers_are_not_believed(office: Office, new_station, tmp_path) -> None:
    station, other = new_station(), Office(tmp_path / "other")
    office.enrol(station, "东卡点")
    with pytest.raises(SyncFault, match="hub_answer_wrong"):
        office.exchange(station, other.post)

    def altered(path: str, body: bytes) -> bytes:
        told = wire.opened(office.post(path, body))
        return wire.encode(msgspec.structs.replace(told, body=told.body + b"\0"))

    with pytest.raises(SyncFault, match="hub_not_itself"):
        office.exchange(station, altered)
    other.close()
