"""A county's hub at the province's: summaries and chosen records up, lists down."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.list_entries import RiskEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.hub.federation import forward, relay, report, upward
from checkpoint_app.hub.listing import publish_entries
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.ledger import Kind
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
    with upward(office.store, None, MORNING) as up:
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
