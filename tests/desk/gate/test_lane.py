"""People who pass by themselves: a bus, and gate mode; and those who don't."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from checkpoint_app.desk import Tone
from checkpoint_app.desk.gate.lane import Before, Lane, Step, step
from checkpoint_app.devices.ports import Sound
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import (
    CodeStatus,
    Direction,
    HealthCode,
    Inspection,
    Itinerary,
    ListVersions,
    Outcome,
    TemperatureReading,
    TemperatureSource,
)
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import NO_HITS, ListHits, ListKind
from checkpoint_app.domain.passage import PassageEnd, VehicleUse
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.policy import decide
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.lists import NewList
from tests.desk.conftest import START, Post

BUS = "豫A12345"
SCHOOL = shipped("school")
EMPTY = ListVersions("1")
LISTED = ListVersions("1", watch="w1", roster="r1")


def code(number: int) -> str:
    return f"https://h5.dingtalk.com/healthCode/{number:024d}"


def person(
    status: CodeStatus = CodeStatus.GREEN,
    celsius: float | None = 36.5,
    source: TemperatureSource = TemperatureSource.SERIAL,
    name: str | None = "王*明",
) -> Inspection:
    readings = () if celsius is None else (TemperatureReading(celsius, START, source),)
    return Inspection(
        id=uuid4(),
        opened_at=START,
        person=Person(name=name),
        health_code=HealthCode(status),
        itinerary=Itinerary(shown=True),
        temperatures=readings,
        mask=True,
        symptoms=(),
    )


def lane(
    who: Inspection,
    hits: ListHits = NO_HITS,
    *,
    versions: ListVersions = EMPTY,
    answered: bool = True,
    full: bool = False,
    which: Lane = Lane.GATE,
) -> Step:
    verdict = decide(who, SCHOOL, now=START, versions=versions, hits=hits)
    return step(which, Before(who, verdict, SCHOOL, hits, answered, full))


ON = ListHits(on_roster=True)


@pytest.mark.parametrize("status", [CodeStatus.GREEN, CodeStatus.SITE_PASS])
def test_a_pass_or_green_and_the_thermometer_go_on(status: CodeStatus) -> None:
    assert lane(person(status), ON, versions=LISTED) is Step.GO
    assert lane(person(status)) is Step.GO


@pytest.mark.parametrize("celsius", [37.3, 33.9, 43.1])
def test_no_other_temperature_goes_on(celsius: float) -> None:
    assert lane(person(celsius=celsius), ON) is Step.ASIDE


def test_what_is_still_missing_is_waited_for() -> None:
    assert lane(person(celsius=None), ON) is Step.WAIT
    assert lane(person(), ON, answered=False) is Step.WAIT


def test_a_typed_temperature_takes_enter() -> None:
    assert lane(person(source=TemperatureSource.TYPED), ON) is Step.WAIT


@pytest.mark.parametrize(
    "status",
    [
        CodeStatus.YELLOW,
        CodeStatus.RED,
        CodeStatus.FORGED,
        CodeStatus.NONE,
        CodeStatus.CERTIFICATE,
        CodeStatus.GREY,
        CodeStatus.UNKNOWN,
    ],
)
def test_no_other_code_goes_on(status: CodeStatus) -> None:
    assert lane(person(status), ON) is not Step.GO


@pytest.mark.parametrize(
    "hits",
    [
        ListHits(watch="王*明", on_roster=True),
        ListHits(household="王*明", on_roster=True),
        ListHits(returnee="王*明", on_roster=True),
        ListHits(companion="王*明", on_roster=True),
        ListHits(on_roster=False),
        ListHits(test_overdue="72 h", on_roster=True),
    ],
)
def test_nobody_listed_and_nobody_unknown_goes_on(hits: ListHits) -> None:
    assert lane(person(), hits, versions=LISTED) is Step.ASIDE


def test_somebody_without_a_name_is_unknown_where_there_are_lists() -> None:
    assert lane(person(name=None), versions=LISTED) is Step.ASIDE
    assert lane(person(name=None)) is Step.GO
    assert lane(person(CodeStatus.SITE_PASS, name=None), versions=LISTED) is Step.GO
    assert lane(person(name=None), versions=LISTED, which=Lane.BUS) is Step.GO


def test_a_pass_that_has_outlived_its_entry_is_nobodys() -> None:
    gone = ListHits(on_roster=False)
    assert lane(person(CodeStatus.SITE_PASS), gone, versions=LISTED) is Step.ASIDE


def test_a_full_place_lets_nobody_in_by_themselves_but_out() -> None:
    assert lane(person(), ON, full=True) is Step.WAIT
    leaving = replace(person(), direction=Direction.OUT)
    assert lane(leaving, ON, full=True) is Step.GO


# -- at the desk


def school(post: Post) -> None:
    post.restart(site_kind="school")
    post.desk.set_gate_mode(True)


def comes(post: Post, number: int, celsius: float = 36.5, colour: Colour = Colour.GREEN) -> None:
    """One pupil: the code, the card seen by the camera, the thermometer."""
    post.clock.wait(seconds=1)
    post.show(code(number), colour)
    post.desk.set_itinerary(Itinerary(shown=True))
    post.desk.take_reading(celsius, TemperatureSource.SERIAL)


def recorded(post: Post) -> list[Outcome]:
    return [each.outcome for each in post.station.recorded(post.desk.period)]


def test_pupils_pass_by_themselves_with_their_sound(post: Post) -> None:
    school(post)
    for number in range(20):
        comes(post, number)
    assert recorded(post) == [Outcome.PASS] * 20
    assert {each.lane for each in post.station.recorded(post.desk.period)} == {"gate"}
    assert post.heard.sounds == [Sound.PASS] * 20
    assert post.desk.state.inspection is None


def test_with_a_roster_only_its_people_pass_by_themselves(post: Post) -> None:
    school(post)
    new = NewList(ListKind.ROSTER, "高一", post.clock(), "王芳")
    post.station.lists.put(new, [RosterEntry(name="王小明", phone="13800138000")], post.clock())
    post.desk.tick()
    for number, phone in ((1, "13800138000"), (2, "13900139000")):
        post.clock.wait(seconds=2)
        post.show(code(number))
        post.desk.set_field("phone", phone)
        post.desk.set_itinerary(Itinerary(shown=True))
        post.desk.take_reading(36.5, TemperatureSource.SERIAL)
    assert recorded(post) == [Outcome.PASS]
    assert len(post.desk.state.tray) == 1
    assert post.desk.state.inspection is None


def test_the_green_sign_is_gone_before_the_next_one_comes(post: Post) -> None:
    school(post)
    comes(post, 1)
    assert post.desk.state.card.tone is Tone.PASS
    post.clock.wait(seconds=3)
    assert post.desk.state.card.tone is Tone.IDLE
    assert post.desk.state.card.headline == "Gate mode is on"


def test_exceptions_go_to_the_tray_and_the_lane_goes_on(post: Post) -> None:
    school(post)
    comes(post, 1)
    comes(post, 2, celsius=37.6)
    comes(post, 3)
    comes(post, 4, colour=Colour.RED)
    comes(post, 5)
    assert recorded(post) == [Outcome.PASS] * 3
    assert [item.tone for item in post.desk.state.tray] == [Tone.ATTENTION, Tone.STOP]
    (strip,) = post.desk.state.strips
    assert (strip.code, strip.tone) == ("lane_stop", Tone.STOP)
    post.desk.strip_action("lane_stop")
    inspection = post.desk.state.inspection
    assert inspection is not None
    assert inspection.health_code is not None
    assert inspection.health_code.status is CodeStatus.RED


def test_somebody_called_up_from_the_tray_stays_until_the_next_one_comes(post: Post) -> None:
    school(post)
    comes(post, 1, celsius=37.6)
    post.desk.reopen(post.desk.state.tray[0].id)
    assert post.desk.state.inspection is not None
    comes(post, 2)
    assert recorded(post) == [Outcome.PASS]
    assert len(post.desk.state.tray) == 1


def test_who_is_not_ready_goes_aside_when_the_next_one_comes(post: Post) -> None:
    school(post)
    post.show(code(1))
    comes(post, 2)
    assert recorded(post) == [Outcome.PASS]
    assert [item.kind for item in post.desk.state.tray] == ["To check"]


@pytest.mark.parametrize("kind", ["road", "hospital", "hotel", "care_home", "village"])
def test_gate_mode_is_for_the_sites_that_allow_it(post: Post, kind: str) -> None:
    post.restart(site_kind=kind)
    post.desk.set_gate_mode(True)
    assert not post.desk.state.gate_mode
    comes(post, 1)
    assert recorded(post) == []


def test_gate_mode_is_off_after_a_start_and_after_the_switch(post: Post) -> None:
    school(post)
    post.restart()
    assert not post.desk.state.gate_mode
    post.desk.toggle_gate_mode()
    assert post.desk.state.gate_mode
    post.desk.toggle_gate_mode()
    comes(post, 1)
    assert recorded(post) == []


def test_a_reading_from_before_the_code_may_be_somebody_elses(post: Post) -> None:
    school(post)
    post.desk.take_reading(36.5, TemperatureSource.SERIAL)
    post.clock.wait(seconds=1)
    post.show(code(1))
    post.desk.set_itinerary(Itinerary(shown=True))
    assert recorded(post) == []
    post.clock.wait(seconds=1)
    post.desk.take_reading(36.4, TemperatureSource.SERIAL)
    assert recorded(post) == [Outcome.PASS]


def test_who_was_just_put_aside_gets_the_reading_that_follows(post: Post) -> None:
    school(post)
    post.show(code(1), Colour.RED)
    post.clock.wait(seconds=2)
    post.desk.take_reading(38.2, TemperatureSource.SERIAL)
    (item,) = post.desk.state.tray
    assert item.detail == "38.2 ℃"
    assert post.desk.state.inspection is None
    comes(post, 2)
    assert recorded(post) == [Outcome.PASS]


def test_a_thermometer_that_says_the_same_again_opens_nobody(post: Post) -> None:
    school(post)
    comes(post, 1)
    post.clock.wait(seconds=1)
    post.desk.take_reading(36.5, TemperatureSource.SERIAL)
    assert post.desk.state.inspection is None
    post.show(code(2))
    post.desk.set_itinerary(Itinerary(shown=True))
    post.desk.take_reading(36.5, TemperatureSource.SERIAL)
    assert recorded(post) == [Outcome.PASS] * 2


# -- a bus


def bus(post: Post, people: int) -> None:
    post.desk.open_vehicle(BUS, VehicleUse.BUS)
    post.desk.set_vehicle(origin="郑州市", destination="洛阳市", head_count=people)


def test_a_bus_goes_on_by_itself_when_everyone_counted_has_passed(post: Post) -> None:
    bus(post, 45)
    for number in range(45):
        vehicle = post.desk.state.vehicle
        assert vehicle is not None
        assert vehicle.count == f"{number} of 45"
        comes(post, number)
    assert post.desk.state.vehicle is None
    (passage,) = post.station.passages.recorded(post.desk.period)
    assert passage.by_itself
    assert passage.end is PassageEnd.RELEASED
    assert recorded(post) == [Outcome.PASS] * 45
    assert post.station.verify().ok


def test_an_exception_on_a_bus_waits_with_its_number(post: Post) -> None:
    bus(post, 3)
    comes(post, 1)
    comes(post, 2, celsius=37.8)
    comes(post, 3)
    vehicle = post.desk.state.vehicle
    assert vehicle is not None
    assert (vehicle.count, vehicle.detail) == ("2 of 3", "1 waiting")
    (item,) = post.desk.state.tray
    assert item.title == "No. 2"
    post.desk.reopen(item.id)
    post.clock.wait(minutes=6)
    post.desk.take_reading(36.6, TemperatureSource.SERIAL)
    post.desk.confirm()
    assert post.desk.state.vehicle is None
    (passage,) = post.station.passages.recorded(post.desk.period)
    assert [each.outcome for each in passage.passage.occupants] == [
        Outcome.PASS, Outcome.REGISTER, Outcome.PASS,
    ]  # fmt: skip


def test_the_last_one_can_be_taken_back_and_the_bus_with_them(post: Post) -> None:
    bus(post, 2)
    comes(post, 1)
    comes(post, 2)
    assert post.desk.state.vehicle is None
    post.desk.undo()
    vehicle = post.desk.state.vehicle
    assert vehicle is not None
    assert vehicle.count == "2 of 2"
    post.desk.undo()
    assert post.desk.state.inspection is not None
    assert recorded(post).count(Outcome.PASS) == 2  # one of them is taken back


def test_a_bus_without_a_number_of_people_takes_enter(post: Post) -> None:
    post.desk.open_vehicle(BUS, VehicleUse.BUS)
    comes(post, 1)
    assert recorded(post) == []
    post.desk.confirm()
    assert recorded(post) == [Outcome.PASS]
