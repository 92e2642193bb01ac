"""Lists on their way down: whole, then changes; taken in one step; wiped when the hub is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import numpy as np
import pytest

from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.domain.list_entries import RiskEntry, WatchEntry
from checkpoint_app.domain.lists import ListKind, Wanted
from checkpoint_app.hub.listing import publish_county, publish_entries
from checkpoint_app.store.county import token_of
from checkpoint_app.sync import wire
from checkpoint_app.sync.enrolling import identity_of
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.speaking import Voice
from tests.store.inside import raw
from tests.store.travellers import MORNING
from tools.soak.office import Office

ONE = WatchEntry(name="王小明", id_number="410102199003078432", phone="13812345678")
OTHER = WatchEntry(name="李红", phone="13900000001")
THIRD = WatchEntry(id_number="110101199003070010")


def exchange(office: Office, station) -> None:
    office.exchange(station)
    hand_on(station, office.clock())


def test_an_assigned_list_is_looked_up_at_that_gate_alone(office: Office, new_station) -> None:
    east, west = new_station("东卡点"), new_station("西卡点")
    office.enrol(east, "东卡点")
    office.enrol(west, "西卡点")
    publish_entries(office.store, ListKind.WATCH, [ONE, OTHER], MORNING, east.sync.device)
    publish_entries(office.store, ListKind.RISK, [RiskEntry(code="410102")], MORNING)
    for station in (east, west):
        exchange(office, station)
        assert station.lists.risk_areas(MORNING) == {"410102"}
    wanted = Wanted(phone="13900000001")
    assert east.lists.hits(wanted, MORNING).watch is not None
    assert west.lists.hits(wanted, MORNING).watch is None
    publish_entries(office.store, ListKind.WATCH, [ONE], MORNING, east.sync.device)
    exchange(office, east)
    assert east.lists.hits(wanted, MORNING).watch is None
    assert east.lists.hits(Wanted(id_number=ONE.id_number), MORNING).watch is not None
    assert office.exchange(east).lists == 0


def test_the_countys_list_holds_whoever_may_be_on_it(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    publish_county(office.store, [ONE, OTHER], MORNING)
    exchange(office, station)
    assert station.lists.hits(Wanted(id_number="41010219900307843X"), MORNING).county is False
    for hit in (Wanted(id_number=ONE.id_number), Wanted(itinerary_phone="13900000001")):
        assert station.lists.hits(hit, MORNING).county is True
    assert {each.name for each in station.sync.lists.held()} == {"county"}
    publish_county(office.store, [OTHER, THIRD], MORNING + timedelta(hours=1))
    exchange(office, station)
    assert station.lists.hits(Wanted(id_number=ONE.id_number), MORNING).county is False
    assert station.lists.hits(Wanted(id_number=THIRD.id_number), MORNING).county is True


def test_what_stands_behind_a_token_is_told_to_who_has_a_hit_and_noted(
    office: Office, new_station
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    publish_county(office.store, [ONE], MORNING)
    exchange(office, station)
    token = token_of(station.sync.hub().token_key, "i" + ONE.id_number)
    voice = Voice(station.sync, identity_of(office.answering.identity), office.post)
    told = voice.ask("ask", wire.Ask(token), wire.Told)
    assert "王小明" in told.entries[0]
    assert voice.ask("ask", wire.Ask(token ^ 1), wire.Told).entries == ()
    assert len(office.store.users.looks()) == 2
    for name in ("county-details", "watch@OTHER", "nothing"):
        with pytest.raises(SyncFault, match="hub_answer_wrong"):
            voice.ask("lists", wire.Want(name), wire.ListChange)


def test_a_change_is_small_and_comes_to_the_same(office: Office, new_station) -> None:
    station, sizes = new_station(), []
    office.enrol(station, "东卡点")
    entries = [WatchEntry(id_number=f"4101021990{n:08}") for n in range(3000)]
    publish_county(office.store, entries, MORNING)

    def weigh(path: str, body: bytes) -> bytes:
        answer = office.post(path, body)
        sizes.append((path, len(answer)))
        return answer

    office.exchange(station, weigh)
    publish_county(office.store, entries[10:], MORNING + timedelta(hours=1))
    office.exchange(station, weigh)
    whole, change = (size for path, size in sizes if path == "/v1/lists")
    assert change < 500 < 9000 < whole < 15_000
    fresh = new_station("西卡点")
    office.enrol(fresh, "西卡点")
    office.exchange(fresh)
    assert fresh.sync.lists.tokens("county") == station.sync.lists.tokens("county")


def test_a_list_that_was_spoilt_on_the_way_is_not_taken(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    publish_entries(office.store, ListKind.RISK, [RiskEntry(code="410102")], MORNING)
    exchange(office, station)
    publish_entries(office.store, ListKind.RISK, [RiskEntry(code="410103")], MORNING)

    def wrong(**change):
        def post(path: str, body: bytes) -> bytes:
            answer = wire.opened(office.post(path, body))
            if path == "/v1/lists":
                spoilt = msgspec.structs.replace(
                    wire.decode(answer.body, wire.ListChange), **change
                )
                answer = msgspec.structs.replace(answer, body=wire.encode(spoilt))
                return wire.signed(answer, office.key)  # the hub itself gone wrong
            return wire.encode(answer)

        return post

    for change in ({"digest": bytes(32)}, {"rows": 7}, {"added": b"\1x"}, {"kind": "other"}):
        with pytest.raises(SyncFault, match="hub_answer_wrong"):
            office.exchange(station, wrong(**change))
        assert station.lists.risk_areas(MORNING) == {"410102"}
    exchange(office, station)
    assert station.lists.risk_areas(MORNING) == {"410103"}


def test_a_station_not_heard_of_for_a_week_forgets_the_countys_list_and_goes_on(
    office: Office, new_station
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    publish_county(office.store, [ONE], MORNING)
    publish_entries(office.store, ListKind.WATCH, [OTHER], MORNING, station.sync.device)
    exchange(office, station)
    assert not station.sync.keep_lease(MORNING + timedelta(days=7))
    assert station.sync.keep_lease(MORNING + timedelta(days=7, seconds=1))
    assert not station.sync.keep_lease(MORNING + timedelta(days=8))
    assert station.sync.status().lease_lost
    assert not station.lists.hits(Wanted(id_number=ONE.id_number), MORNING).county
    assert station.lists.hits(Wanted(phone=OTHER.phone), MORNING).watch is not None
    exchange(office, station)
    assert not station.sync.status().lease_lost
    assert station.lists.hits(Wanted(id_number=ONE.id_number), MORNING).county


def test_after_the_hub_was_put_back_lists_still_move_forward(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    for code in ("410102", "410103", "410104"):
        publish_entries(office.store, ListKind.RISK, [RiskEntry(code=code)], MORNING)
    exchange(office, station)
    with office.store.write() as connection:  # what a restore amounts to
        connection.exec_driver_sql("DELETE FROM hub_list_rows")
        connection.exec_driver_sql("DELETE FROM hub_lists")
    office.store.raise_epoch(0)
    publish_entries(office.store, ListKind.RISK, [RiskEntry(code="410199")], MORNING)
    exchange(office, station)
    assert station.lists.risk_areas(MORNING) == {"410199"}


def with_county(office: Office, new_station):
    station = new_station()
    office.enrol(station, "东卡点")
    publish_county(office.store, [ONE], MORNING)
    exchange(office, station)
    return station


def held(station) -> bool:
    return station.lists.hits(Wanted(id_number=ONE.id_number), MORNING).county


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=-400)])
def test_a_clock_put_back_does_not_lengthen_the_lease(
    office: Office, new_station, jump: timedelta
) -> None:
    station = with_county(office, new_station)
    for day in range(7):
        station.sync.keep_lease(MORNING + timedelta(days=day))
    station.sync.keep_lease(MORNING + jump)  # put back, once it is over nearly
    assert held(station)
    assert station.sync.keep_lease(MORNING + jump, timedelta(days=7, seconds=1))
    assert not held(station)
    assert station.sync.status().lease_lost


def test_days_that_the_clock_ever_showed_count(office: Office, new_station) -> None:
    station = with_county(office, new_station)
    assert not station.sync.keep_lease(MORNING + timedelta(days=6, hours=23))
    assert not station.sync.keep_lease(MORNING - timedelta(days=1))
    assert station.sync.keep_lease(MORNING - timedelta(days=1), timedelta(days=7, hours=1))
    assert not held(station)


def test_ten_years_ahead_wipes_and_the_next_contact_brings_all_back(
    office: Office, new_station
) -> None:
    station = with_county(office, new_station)
    assert station.sync.keep_lease(MORNING + timedelta(days=3650))
    assert not held(station)
    assert not station.sync.keep_lease(MORNING)  # nothing is left to be wiped
    exchange(office, station)
    assert held(station)
    assert not station.sync.status().lease_lost
    assert not station.sync.keep_lease(MORNING + timedelta(days=6))
    assert station.sync.keep_lease(MORNING + timedelta(days=8))


def test_a_contact_while_the_clock_is_wrong_gives_no_ten_years(office: Office, new_station) -> None:
    station = with_county(office, new_station)
    office.clock.forward(timedelta(days=3650))
    exchange(office, station)
    office.clock.forward(timedelta(days=-3650))
    assert not station.sync.keep_lease(MORNING + timedelta(days=1))
    for day in range(1, 8):
        station.sync.keep_lease(MORNING + timedelta(days=day), timedelta(days=1))
    assert station.sync.keep_lease(MORNING + timedelta(days=8), timedelta(hours=1))
    assert not held(station)


def test_only_the_parts_that_differ_are_fetched_again(
    office: Office, new_station, tmp_path: Path
) -> None:
    station, asked = new_station(), []
    office.enrol(station, "东卡点")
    entries = [WatchEntry(id_number=f"4101021990{n:08}") for n in range(2000)]
    publish_county(office.store, entries, MORNING)

    def weigh(path: str, body: bytes) -> bytes:
        answer = office.post(path, body)
        asked.append((path.removeprefix("/v1/"), len(answer)))
        return answer

    office.exchange(station, weigh)
    whole = dict(asked)["lists"]
    right = station.sync.lists.tokens("county")
    spoil(tmp_path / "东卡点", right)
    asked.clear()
    publish_county(office.store, entries[1:], MORNING + timedelta(hours=1))
    office.exchange(station, weigh)  # the change does not fit what is here
    assert [path for path, _ in asked] == ["hello", "lists", "repair"]
    assert dict(asked)["repair"] < whole / 10
    fresh = new_station("西卡点")
    office.enrol(fresh, "西卡点")
    office.exchange(fresh)
    assert station.sync.lists.tokens("county") == fresh.sync.lists.tokens("county")


def test_a_list_that_was_spoilt_here_is_found_within_a_day(
    office: Office, new_station, tmp_path: Path
) -> None:
    station, asked = with_county(office, new_station), []
    right = station.sync.lists.tokens("county")
    spoil(tmp_path / "东卡点", right)
    office.clock.forward(timedelta(days=1))
    office.exchange(station, lambda path, body: asked.append(path) or office.post(path, body))
    assert asked == ["/v1/hello", "/v1/repair"]
    assert station.sync.lists.tokens("county") == right


def spoil(folder: Path, right: bytes) -> None:
    """Another token in place of the first, as a bad disk would."""
    listed = np.frombuffer(right, np.uint64).copy()
    listed[0] ^= np.uint64(1 << 20)
    with raw(folder, guarded=True) as connection:
        connection.execute("UPDATE hub_list_states SET tokens = ?", (listed.tobytes(),))
