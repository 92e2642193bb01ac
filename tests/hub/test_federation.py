"""A county's hub at the province's: summaries and chosen records up, lists down."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import json

from checkpoint_app.desk.hub.county import told_by_office
from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.list_entries import RiskEntry, WatchEntry
from checkpoint_app.domain.list_matching import with_office
from checkpoint_app.domain.lists import ListKind, Wanted
from checkpoint_app.hub import federation, handing
from checkpoint_app.hub.federation import ask_above, forward, relay, report, upward
from checkpoint_app.hub.listing import publish_county, publish_entries
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.station import Station
from checkpoint_app.store.syncing import Sync
from checkpoint_app.sync.faults import SyncFault
from tests.hub.test_exchange import add
from tests.hub.test_showing import show_all
from tests.store.travellers import DAY, MORNING, recorded
from tools.soak.office import Office


def test_records_go_up_two_levels_and_lists_down(
    office: Office, new_station, tmp_path: Path
) -> None:
    province, station = Office(tmp_path / "province"), new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    station.record(recorded("李红", Outcome.HAND_OVER, minute=9), None)
    office.exchange(station)
    show_all(office)
    with upward(office.store, MORNING) as up:
        province.enrol(up, "县指挥部")
        assert report(office.store, up, DAY, MORNING)
        assert not report(office.store, up, DAY, MORNING)
        assert forward(office.store, up, MORNING) == 1
        assert forward(office.store, up, MORNING) == 0
        publish_entries(province.store, ListKind.RISK, [RiskEntry(code="410102")], MORNING)
        done = province.exchange(up)
        assert (done.accepted, done.refused) == (3, 0)
        assert relay(office.store, up, MORNING) == 1
        assert relay(office.store, up, MORNING) == 0
        head = up.verify().head
    (line,) = province.store.lines()
    assert (line.name, line.head) == ("县指挥部", head)
    with province.store.read() as connection:
        records = {
            row.kind: row
            for row in connection.execute(ledger.full_rows().order_by(tables.records.c.seq))
        }
    assert b'"people":4' in records[Kind.SUMMARY].plain
    assert "李红".encode() in records[Kind.FORWARDED].body
    assert "李红".encode() not in records[Kind.FORWARDED].plain
    office.exchange(station)
    hand_on(station, MORNING)
    assert station.lists.risk_areas(MORNING) == {"410102"}
    province.close()


def three(office: Office, new_station, tmp_path: Path):
    """A province, a county (`office`) and its station."""
    province, station = Office(tmp_path / "province"), new_station()
    office.enrol(station, "东卡点")
    with upward(office.store, MORNING) as up:
        province.enrol(up, "县指挥部")
    return province, station


def pass_on(province: Office, office: Office, *stations: Station) -> None:
    with upward(office.store, MORNING) as up:
        province.exchange(up)
        relay(office.store, up, MORNING)
    for station in stations:
        office.exchange(station)
        hand_on(station, MORNING)


WANTED = WatchEntry(name="王小明", id_number="410102199003078432", source="省疾控")


def test_the_provinces_tokens_are_compared_at_a_countys_station(
    office: Office, new_station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    province, station = three(office, new_station, tmp_path)
    publish_county(province.store, [WANTED], MORNING)
    publish_county(office.store, [WatchEntry(phone="13900000001", source="县")], MORNING)
    pass_on(province, office, station)
    (token,) = station.lists.hits(Wanted(id_number=WANTED.id_number), MORNING).county_tokens
    assert token.list == "above-1"
    (own,) = station.lists.hits(Wanted(phone="13900000001"), MORNING).county_tokens
    assert own.list == "county"
    assert station.lists.hits(Wanted(phone="13900000002"), MORNING).county is False

    @contextmanager
    def link(_sync: Sync, _patience: float):
        yield province.post

    monkeypatch.setattr(federation, "link_of", link)
    office.answering.above = lambda name, number: ask_above(office.store, name, number, MORNING)
    told = told_by_office(station.sync, office.post, [token, own])
    assert [each.source for each in told[token]] == ["省疾控"]
    assert [each.source for each in told[own]] == ["县"]
    looks = [look.action for look in (*province.store.users.looks(), *office.store.users.looks())]
    assert looks.count("county_hit") == 3  # the province, and twice the county
    publish_county(province.store, [], MORNING + timedelta(hours=1))
    pass_on(province, office, station)
    assert station.lists.hits(Wanted(id_number=WANTED.id_number), MORNING).county is False
    province.close()


def test_a_province_that_is_not_there_leaves_them_held(
    office: Office, new_station, tmp_path: Path
) -> None:
    province, station = three(office, new_station, tmp_path)
    publish_county(province.store, [WANTED], MORNING)
    pass_on(province, office, station)
    hits = station.lists.hits(Wanted(id_number=WANTED.id_number), MORNING)
    office.answering.above = lambda name, number: ask_above(office.store, name, number, MORNING)
    with pytest.raises(SyncFault, match="hub_busy"):  # the address leads nowhere
        told_by_office(station.sync, office.post, hits.county_tokens)
    assert with_office(hits, Wanted(id_number=WANTED.id_number), {}).county is True
    later = MORNING + timedelta(days=8)
    with upward(office.store, MORNING) as up:
        relay(office.store, up, later)  # not heard of for a week: wiped, here and at stations
    office.exchange(station)
    assert station.lists.hits(Wanted(id_number=WANTED.id_number), MORNING).county is False
    province.close()


def test_what_became_of_somebody_follows(office: Office, new_station, tmp_path: Path) -> None:
    province, station = three(office, new_station, tmp_path)
    red = recorded("李红", Outcome.HAND_OVER, minute=1)
    passed = recorded("王芳", Outcome.PASS, minute=2)
    for each in (red, passed, recorded("赵云", Outcome.HAND_OVER, minute=3)):
        station.record(each, None)

    def up_now() -> list[dict[str, str]]:
        office.exchange(station)
        show_all(office)
        with upward(office.store, MORNING) as up:
            forward(office.store, up, MORNING)
            province.exchange(up)
        with province.store.read() as connection:
            rows = connection.execute(ledger.full_rows().order_by(tables.records.c.seq))
            return [json.decode(row.plain) for row in rows if row.kind == Kind.FORWARDED]

    assert len(up_now()) == 2
    assert len(up_now()) == 2
    for each, outcome in ((red, Outcome.REGISTER), (passed, Outcome.HAND_OVER)):
        later = replace(each, outcome=outcome, supersedes=each.inspection.id)
        station.record(later, None)
    said = up_now()
    assert len(said) == 4
    assert {each["hash"] for each in said[:2]} >= {said[2]["supersedes"]}
    station.record(replace(red, void=True, supersedes=red.inspection.id), None)
    said = up_now()
    assert len(said) == 5
    assert said[4]["supersedes"] == said[2]["hash"]
    assert len(up_now()) == 5
    province.close()


def test_what_the_province_orders_stands_beside_the_countys_own(
    office: Office, new_station, tmp_path: Path
) -> None:
    province, station = three(office, new_station, tmp_path)
    school = handing.policy_rows(shipped("school"))
    road = handing.policy_rows(shipped("road"))
    handing.amend(office.store, handing.Amendment("policy", school), MORNING)
    handing.amend(province.store, handing.Amendment("policy", road), MORNING)
    pass_on(province, office, station)
    assert set(station.handed_down.rows("policy")) == {"school", "road"}
    handing.amend(province.store, handing.Amendment("policy", {}, ("road",)), MORNING)
    pass_on(province, office, station)
    assert set(station.handed_down.rows("policy")) == {"school"}
    province.close()


@pytest.mark.parametrize(
    "name", ["tokens", "above-", "above-99", "above-x", "above-5", "", "above-²"]
)
def test_lists_of_strange_names_go_no_further(
    office: Office, new_station, tmp_path: Path, name: str
) -> None:
    province, station = three(office, new_station, tmp_path)
    province.store.publish(name, {"0000000001": b"\1"}, MORNING, kind="tokens")
    province.store.publish("above-keys", {name: bytes(32)}, MORNING)
    pass_on(province, office, station)
    assert [each.name for each in office.store.lists()] in ([], ["above-keys"])
    with pytest.raises(SyncFault):
        ask_above(office.store, name, 1, MORNING)
    province.close()
