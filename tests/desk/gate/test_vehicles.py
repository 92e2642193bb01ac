"""A vehicle with its people as one passage, over a real store."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import (
    CodeStatus,
    Itinerary,
    Outcome,
    RecordedInspection,
    Requirement,
)
from checkpoint_app.domain.passage import ColdChain, ColdChainPaper, PassageEnd, VehicleUse
from checkpoint_app.domain.person import check_digit
from checkpoint_app.domain.reasons import Code
from tests.desk.conftest import Post

A, B, C, D = (f"https://h5.dingtalk.com/healthCode/{letter * 24}" for letter in "abcd")
CAR = "豫A12345"


def people(post: Post) -> list[RecordedInspection]:
    return [each for each in post.station.recorded(post.desk.period) if not each.void]


def outcomes(post: Post) -> list[Outcome]:
    return [each.outcome for each in people(post)]


def through(post: Post, *codes: str) -> None:
    for code in codes:
        post.green(code)
        post.desk.confirm()


def test_everyone_scanned_after_the_vehicle_is_one_of_its_people(post: Post) -> None:
    post.desk.open_vehicle("豫a·12345")
    post.desk.set_vehicle(origin="郑州市", destination="城关镇")
    through(post, A, B)
    post.desk.close_vehicle()
    (passage,) = post.station.passages.recorded(post.desk.period)
    assert passage.passage.plate == CAR
    assert passage.end is PassageEnd.RELEASED
    assert [each.outcome for each in passage.passage.occupants] == [Outcome.PASS] * 2
    for seat, recorded in enumerate(people(post), 1):
        whose = recorded.inspection
        assert (whose.party, whose.seat) == (passage.passage.party, seat)
        assert (whose.journey.plate, whose.journey.origin) == (CAR, "郑州市")
    assert post.desk.state.vehicle is None
    through(post, C)
    assert people(post)[-1].inspection.party is None


def test_whoever_stands_there_already_belongs_to_the_vehicle_that_is_typed(post: Post) -> None:
    post.green(A)
    post.desk.open_vehicle(CAR)
    post.desk.confirm()
    vehicle = post.desk.state.vehicle
    assert vehicle is not None
    assert (vehicle.plate, vehicle.count) == ("豫A·12345", "1 through")
    assert people(post)[0].inspection.journey.plate == CAR


def test_somebody_stopped_holds_the_others_before_and_after(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    through(post, A)
    post.show(B, Colour.RED)
    post.desk.set_field("name", "王小明")
    post.desk.confirm()
    assert outcomes(post) == [Outcome.HOLD, Outcome.HAND_OVER]
    post.green(C)
    verdict = post.desk.state.verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.HOLD
    assert verdict.reasons[0].code is Code.COMPANION_STOPPED
    assert verdict.reasons[0].detail == "王*明"
    post.desk.confirm()
    first = people(post)[0]
    assert first.verdict.reasons[0].code is Code.COMPANION_STOPPED
    post.desk.close_vehicle()
    (passage,) = post.station.passages.recorded(post.desk.period)
    assert passage.end is PassageEnd.HELD
    assert dict(post.desk.state.counts)[Outcome.HOLD] == 2
    assert post.station.verify().ok


def test_a_stop_taken_back_lets_the_others_go_again(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    through(post, A)
    post.show(B, Colour.RED)
    post.desk.confirm()
    assert outcomes(post) == [Outcome.HOLD, Outcome.HAND_OVER]
    post.clock.wait(seconds=3)
    post.desk.undo()
    assert outcomes(post) == [Outcome.PASS]
    vehicle = post.desk.state.vehicle
    assert vehicle is not None
    assert (vehicle.decided, vehicle.waiting) == (1, 0)


def test_people_of_another_vehicle_are_not_held(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    post.show(A, Colour.RED)
    post.desk.confirm()
    post.desk.close_vehicle()
    post.desk.open_vehicle("豫B54321")
    through(post, B)
    assert outcomes(post) == [Outcome.HAND_OVER, Outcome.PASS]


def test_a_vehicle_waits_aside_for_its_people_in_the_tray(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    through(post, A)
    post.show(B)
    post.desk.park()
    post.desk.close_vehicle()
    assert post.desk.state.vehicle is None
    assert any(strip.code == "vehicle_waits" for strip in post.desk.state.strips)
    post.desk.open_vehicle("豫B54321")
    through(post, C)
    post.desk.close_vehicle()
    post.desk.reopen(post.desk.state.tray[0].id)
    vehicle = post.desk.state.vehicle
    assert vehicle is not None
    assert vehicle.plate == "豫A·12345"
    post.desk.set_itinerary(Itinerary(shown=True))
    post.type("365")
    post.desk.confirm()
    post.desk.close_vehicle()
    ended = post.station.passages.recorded(post.desk.period)
    assert {each.passage.plate: each.passage.people for each in ended} == {
        "豫B54321": 1, CAR: 2,
    }  # fmt: skip


def test_the_vehicle_and_its_people_are_there_after_a_power_cut(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    through(post, A)
    post.show(B, Colour.RED)
    desk = post.restart()
    vehicle = desk.state.vehicle
    assert vehicle is not None
    assert (vehicle.plate, vehicle.decided, vehicle.waiting) == ("豫A·12345", 1, 0)
    desk.confirm()
    assert outcomes(post) == [Outcome.HOLD, Outcome.HAND_OVER]


def test_the_whole_vehicle_is_turned_back_in_one_action(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    through(post, A, B)
    post.show(C)
    post.desk.turn_back_vehicle("来自封控区")
    assert outcomes(post) == [Outcome.TURN_BACK] * 3
    assert all(each.change is not None for each in people(post))
    counts = post.station.passages.counts(post.desk.period)
    assert (counts.turned_back_vehicles, counts.turned_back_people) == (1, 3)
    assert dict(post.desk.state.counts)[Outcome.TURN_BACK] == 3
    assert post.desk.state.inspection is None


def test_whoever_was_in_the_tray_is_there_again_after_the_undo(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    post.desk.set_vehicle(head_count=3)
    through(post, A)
    post.show(B)
    post.desk.park()
    post.show(C)
    post.desk.turn_back_vehicle("来自封控区")
    assert outcomes(post) == [Outcome.TURN_BACK] * 3
    counts = post.station.passages.counts(post.desk.period)
    assert (counts.turned_back_vehicles, counts.turned_back_people) == (1, 3)
    post.clock.wait(seconds=4)
    post.desk.undo()
    assert outcomes(post) == [Outcome.PASS]
    assert len(post.desk.state.tray) == 2
    vehicle = post.desk.state.vehicle
    assert vehicle is not None
    assert (vehicle.decided, vehicle.waiting) == (1, 2)
    assert post.station.verify().ok


def test_a_bus_that_is_complete_by_turning_back_is_recorded_once(post: Post) -> None:
    post.desk.open_vehicle(CAR, VehicleUse.BUS)
    post.desk.set_vehicle(head_count=2)
    through(post, A)
    post.show(B)
    post.desk.park()
    post.desk.turn_back_vehicle("来自封控区")
    (passage,) = post.station.passages.recorded(post.desk.period)
    assert passage.end is PassageEnd.TURNED_BACK
    assert not passage.by_itself
    assert [each.outcome for each in passage.passage.occupants] == [Outcome.TURN_BACK] * 2
    assert post.desk.state.strips == ()


def test_somebody_parked_on_hold_keeps_the_vehicle(post: Post) -> None:
    said: list[str] = []
    post.desk.open_vehicle(CAR)
    post.show(A, Colour.YELLOW)
    post.desk.park()
    post.desk.turn_back_vehicle("来自封控区", said.append)
    assert said == ["Somebody in this vehicle is held or must be measured again: it stays"]


def test_turning_back_can_be_undone_for_a_moment(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    through(post, A, B)
    post.desk.turn_back_vehicle("来自封控区")
    post.clock.wait(seconds=4)
    post.desk.undo()
    assert outcomes(post) == [Outcome.PASS] * 2
    assert post.station.passages.counts(post.desk.period).vehicles == 0
    post.desk.close_vehicle()
    counts = post.station.passages.counts(post.desk.period)
    assert (counts.vehicles, counts.turned_back_vehicles) == (1, 0)
    assert post.station.verify().ok


def test_a_vehicle_turned_back_before_anybody_was_scanned_is_counted(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    post.desk.set_vehicle(head_count=4)
    post.desk.turn_back_vehicle("司机拒绝配合")
    counts = post.station.passages.counts(post.desk.period)
    assert (counts.turned_back_vehicles, counts.turned_back_people) == (1, 4)


@pytest.mark.parametrize("sick", ["red", "fever"])
def test_a_vehicle_with_somebody_sick_is_never_sent_on(post: Post, sick: str) -> None:
    said: list[str] = []
    post.desk.open_vehicle(CAR)
    through(post, A)
    post.show(B, Colour.RED if sick == "red" else Colour.GREEN)
    if sick == "fever":
        post.type("379")
    post.desk.turn_back_vehicle("来自封控区", said.append)
    assert said == ["Somebody in this vehicle is held or must be measured again: it stays"]
    assert outcomes(post) == [Outcome.PASS]
    assert post.desk.state.vehicle is not None


def test_freight_and_hospitals_turn_no_vehicle_back(post: Post) -> None:
    said: list[str] = []
    post.desk.open_vehicle(CAR, VehicleUse.FREIGHT)
    post.desk.turn_back_vehicle("来自封控区", said.append)
    assert said == ["Freight is not turned back: test on the spot, then point to point"]
    post.restart(site_kind="hospital")
    post.desk.open_vehicle(CAR)
    post.desk.turn_back_vehicle("来自封控区", said.append)
    assert said[-1] == "A hospital turns nobody away"


def test_turning_back_needs_a_reason_and_a_vehicle(post: Post) -> None:
    said: list[str] = []
    post.desk.turn_back_vehicle("x", said.append)
    post.desk.open_vehicle(CAR)
    post.desk.turn_back_vehicle("  ", said.append)
    assert said == ["No vehicle is open", "Say why the vehicle is turned back"]


def test_fewer_people_than_counted_are_told_before_it_goes_on(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    post.desk.set_vehicle(head_count=3)
    through(post, A)
    post.desk.close_vehicle()
    (strip,) = post.desk.state.strips
    assert strip.sentence == "豫A·12345: 2 of 3 people not checked"
    assert post.desk.state.vehicle is not None
    post.desk.strip_action(strip.code)
    assert post.station.passages.counts(post.desk.period).vehicles == 1


def test_a_slip_of_the_finger_leaves_no_vehicle_behind(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    post.desk.drop_vehicle()
    assert post.desk.state.vehicle is None
    post.desk.open_vehicle(CAR)
    post.show(A)
    post.desk.drop_vehicle()
    assert post.desk.state.vehicle is not None
    post.desk.clear()
    post.desk.close_vehicle()
    assert post.desk.state.vehicle is None
    assert post.station.passages.rows(post.desk.period) == []


def test_freight_carries_its_cold_chain_sheet(post: Post) -> None:
    post.desk.open_vehicle("豫C12345", VehicleUse.FREIGHT)
    sheet = ColdChain("牛肉", "L1", "县冷库", driver_tested=True, closed_loop=True)
    for paper in ColdChainPaper:
        sheet = sheet.with_paper(paper, paper is not ColdChainPaper.TEST)
    post.desk.set_vehicle(goods=sheet, escort="乡镇派车引导")
    through(post, A)
    assert people(post)[0].inspection.journey.purpose == "freight"
    vehicle = post.desk.state.vehicle
    assert vehicle is not None
    assert vehicle.detail == "papers missing"
    post.desk.close_vehicle()
    (recorded,) = post.station.passages.recorded(post.desk.period)
    assert recorded.passage.goods == sheet
    assert recorded.passage.escort == "乡镇派车引导"


def test_a_child_without_a_code_follows_its_people(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    through(post, A)
    post.desk.set_field("id_number", "410103201903078817")
    post.desk.set_health_code(CodeStatus.NONE)
    verdict = post.desk.state.verdict
    assert verdict is not None
    assert Code.FOLLOWS_GUARDIAN in [each.code for each in verdict.reasons] or verdict.missing


CHILD = "41032620180312001"


def test_a_child_of_the_vehicle_follows_the_grown_up_before_it(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    through(post, A)
    post.desk.set_field("id_number", CHILD + check_digit(CHILD))
    post.type("365")
    verdict = post.desk.state.verdict
    assert verdict is not None
    assert (verdict.outcome, verdict.missing) == (Outcome.PASS, ())
    post.desk.confirm()
    post.desk.set_field("id_number", CHILD + check_digit(CHILD))
    post.desk.set_field("name", "王小小")
    post.type("365")
    again = post.desk.state.verdict
    assert again is not None
    assert again.outcome is Outcome.PASS  # the other child is nobody's guardian


def test_a_child_alone_in_a_vehicle_needs_a_code_of_its_own(post: Post) -> None:
    post.desk.open_vehicle(CAR)
    post.desk.set_field("id_number", CHILD + check_digit(CHILD))
    post.type("365")
    verdict = post.desk.state.verdict
    assert verdict is not None
    assert (verdict.outcome, verdict.missing[0]) == (Outcome.INCOMPLETE, Requirement.HEALTH_CODE)
