"""Rules, trust lists, operators and forms from the office, in force at the station: whole, or what
was in force before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from checkpoint_app.desk.hub.handing import Refused, TrustRow, read_refused
from checkpoint_app.desk.hub_lists import begin, hand_on
from checkpoint_app.desk.rules import policy_in_force
from checkpoint_app.desk.sheets import SheetOrder, template_in_force
from checkpoint_app.desk.trusting import current_trust
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.hub import handing
from checkpoint_app.hub.handing import Amendment, amend
from checkpoint_app.registers.templates import shipped_text
from checkpoint_app.settings import Settings
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.faults import StoreFault
from tests.store.travellers import DAY, MORNING
from tools.soak.office import Office

ROAD = shipped("road")
STRICT = replace(ROAD, fever_threshold_c=37.0)
SETTINGS = Settings(site_kind="road", county_code="410326")
TRUST_FILES = Path("tests/data")


def exchange(office: Office, station) -> None:
    office.exchange(station)
    if hand_on(station, office.clock()):
        office.exchange(station)


def put(office: Office, kind: str, rows: dict[str, bytes], drop=(), device: str = ""):
    office.clock.forward(timedelta(minutes=1))
    return amend(office.store, Amendment(kind, rows, drop, device), office.clock())


def joined(office: Office, new_station):
    station = new_station()
    office.enrol(station, "东卡点")
    return station


def test_the_offices_rules_win_until_it_takes_them_back(office: Office, new_station) -> None:
    station = joined(office, new_station)
    own = station.policies.save(replace(ROAD, fever_threshold_c=37.5), "王强", MORNING)
    put(office, "policy", handing.policy_rows(STRICT))
    exchange(office, station)
    found = station.policies.in_force("road")
    assert found is not None
    assert (found.policy.fever_threshold_c, found.office, found.version) == (37.0, "1.1", "road-2")
    assert policy_in_force(station, SETTINGS).version == "road-2"
    with pytest.raises(StoreFault, match="policy_office"):
        station.policies.save(ROAD, "王强", MORNING)
    assert station.verify().ok
    put(office, "policy", {}, drop=("road",))
    exchange(office, station)
    assert station.policies.current("road") == own
    station.rebuild()
    assert station.policies.current("road") == own
    assert station.verify().ok


def test_rules_that_do_not_check_are_refused_whole_and_told(office: Office, new_station) -> None:
    station = joined(office, new_station)
    put(office, "policy", handing.policy_rows(STRICT))
    exchange(office, station)
    bad = {"kind": "road", "fever_threshold_c": 41}
    assert put(office, "policy", {"road": msgspec.json.encode(bad)}) == Refused(
        "policy_number", "road", "fever_threshold_c", "37–38"
    )
    rows = {"road": msgspec.json.encode(bad), "school": b"{}"}
    office.store.publish("policy", rows, MORNING + timedelta(hours=1))  # past the office's check
    exchange(office, station)
    assert station.policies.current("road").fever_threshold_c == 37.0
    assert [each.version for each in station.handed_down.in_force()] == ["1.1"]
    (held,) = station.sync.lists.held()
    assert (held.number, held.applied_at) == (2, None)
    assert read_refused(held.refused).detail == "fever_threshold_c"
    (device,) = office.store.devices()
    assert "policy_number" in device.state
    put(office, "policy", handing.policy_rows(replace(STRICT, fever_threshold_c=37.1)), ("school",))
    exchange(office, station)
    assert station.policies.current("road").fever_threshold_c == 37.1
    assert "policy_number" not in office.store.devices()[0].state


def test_what_a_kill_left_half_way_is_put_in_force_at_the_start(
    office: Office, new_station
) -> None:
    station = joined(office, new_station)
    put(office, "policy", handing.policy_rows(STRICT))
    office.exchange(station)  # killed before it was put in force
    assert station.policies.current("road") is None
    assert begin(station, office.clock()) == 1
    assert station.policies.current("road").fever_threshold_c == 37.0
    assert begin(station, office.clock()) == 0


def test_what_an_older_program_refused_is_tried_again(office: Office, new_station) -> None:
    station = joined(office, new_station)
    put(office, "policy", handing.policy_rows(STRICT))
    office.exchange(station)
    station.sync.lists.refuse("policy", '{"code":"policy_field","row":"road"}')
    assert hand_on(station, office.clock()) == 0
    assert begin(station, office.clock()) == 1
    assert station.policies.in_force("road").office == "1.1"


def test_trust_lists_count_with_their_own_date(office: Office, new_station) -> None:
    station = joined(office, new_station)
    body = next(iter(sorted(Path("resources/demo/trust").iterdir()))).read_bytes()
    put(office, "trust", handing.trust_rows("eu.json", body, office.clock()))
    exchange(office, station)
    (info,) = station.trust_lists()
    assert info.source == "office/eu.json"
    trust = current_trust(station, SETTINGS, MORNING)
    assert any(file.source == "office/eu.json" for file in trust.files)
    assert {file.dated for file in trust.files if file.source} == {info.dated}
    bad = msgspec.msgpack.encode(TrustRow(0, b"{}"))
    assert isinstance(put(office, "trust", {"x.json": bad}), Refused)
    office.store.publish("trust", {"x.json": bad}, MORNING + timedelta(hours=1))
    exchange(office, station)
    assert [each.source for each in station.trust_lists()] == ["office/eu.json"]
    put(office, "trust", {}, drop=("x.json",))
    exchange(office, station)
    assert station.trust_lists() == []


def test_whom_the_office_shuts_out_signs_in_nowhere(office: Office, new_station) -> None:
    station = joined(office, new_station)
    local = station.add_operator("王强", "1234", "lead")
    put(office, "operators", handing.operator_rows("李梅", "operator", "4321"))
    exchange(office, station)
    by_name = {each.name: each for each in station.operators()}
    mei = by_name["李梅"]
    assert (mei.active, mei.role) == (True, "operator")
    assert station.check_pin(mei.id, "4321", MORNING)
    station.change_operator(mei.id, pin="9999")
    (known,) = handing.operators(office.store).values()
    put(office, "operators", handing.operator_rows("赵云", "lead", "1111"))
    exchange(office, station)
    assert station.check_pin(mei.id, "9999", MORNING)  # a PIN of their own stays
    put(office, "operators", handing.shut_out_rows(known))
    exchange(office, station)
    assert not station.check_pin(mei.id, "9999", MORNING)
    with pytest.raises(StoreFault, match="shut_out"):
        station.change_operator(mei.id, active=True)
    with pytest.raises(StoreFault, match="name_taken"):
        station.add_operator("李梅", "5555")
    assert station.check_pin(local.id, "1234", MORNING)  # whoever was added here stays
    assert station.verify().ok


def test_somebody_can_always_sign_in(office: Office, new_station) -> None:
    station = joined(office, new_station)
    put(office, "operators", handing.operator_rows("李梅", "lead", "4321"))
    exchange(office, station)
    (known,) = handing.operators(office.store).values()
    put(office, "operators", handing.shut_out_rows(known))
    exchange(office, station)
    assert [each.active for each in station.operators()] == [True]
    assert "operators_nobody" in office.store.devices()[0].state


def test_the_offices_forms_are_the_sheets(office: Office, new_station) -> None:
    station = joined(office, new_station)
    text = shipped_text(Sheet.ABNORMAL, venue=False).replace('title = "', 'title = "宜阳县', 1)
    order = SheetOrder(Sheet.ABNORMAL, DAY, Mask.PARTIAL, "")
    put(office, "templates", handing.form_rows("abnormal", text))
    exchange(office, station)
    template, fault = template_in_force(station, order, SETTINGS)
    assert (template.title[:3], fault) == ("宜阳县", None)
    assert put(office, "templates", handing.form_rows("nothing", text)).code == "template_sheet"
    office.store.publish("templates", {"abnormal": b"title ="}, MORNING + timedelta(hours=1))
    exchange(office, station)
    assert template_in_force(station, order, SETTINGS)[0].title[:3] == "宜阳县"
    put(office, "templates", {}, drop=("abnormal",))
    exchange(office, station)
    assert template_in_force(station, order, SETTINGS)[0].title[:3] != "宜阳县"


def test_another_office_orders_nothing_of_the_first(
    office: Office, new_station, tmp_path: Path
) -> None:
    station = joined(office, new_station)
    put(office, "policy", handing.policy_rows(STRICT))
    exchange(office, station)
    other = Office(tmp_path / "other")
    other.enrol(station, "东卡点")
    exchange(other, station)
    assert station.policies.current("road") is None
    other.close()
