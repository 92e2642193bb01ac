"""What stations recorded is found at the hub: the wall, search, sheets, cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from checkpoint_app.domain.case import Event, Stage, Step
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.taking_back import TakingBack
from checkpoint_app.store.hub import wall
from checkpoint_app.store.hub.casework import story, take
from tests.hub.test_exchange import add
from tests.store.travellers import DAY, MORNING, correction, recorded
from tools.soak.office import Office


def show_all(office: Office) -> None:
    while office.store.behind():
        assert office.store.show_some(7) <= 7


def test_the_wall_counts_every_stations_day(office: Office, new_station) -> None:
    east, west = new_station("东卡点"), new_station("西卡点")
    office.enrol(east, "东卡点")
    office.enrol(west, "西卡点")
    add(east, 5)
    west.record(held := recorded("李红", Outcome.HOLD), None)
    west.record(taken := recorded("误", minute=2), None)
    west.record(replace(taken, void=True, supersedes=taken.inspection.id), None)
    west.record(correction(held, Outcome.REGISTER), None)
    for station in (east, west):
        office.exchange(station)
    show_all(office)
    with office.store.read() as connection:
        states = {each.device.name: each for each in wall.states(connection, DAY)}
        cases = wall.cases(connection)
    assert (states["东卡点"].people, states["东卡点"].outcomes) == (5, {Outcome.PASS: 5})
    assert states["西卡点"].outcomes == {Outcome.REGISTER: 1}
    assert (states["东卡点"].open_cases, states["西卡点"].open_cases) == (0, 1)
    assert all(each.behind == 0 for each in states.values())
    assert [(each["station"], each["inspection_id"]) for each in cases] == [
        ("西卡点", held.inspection.id)
    ]


def test_people_are_found_by_any_field_and_station(office: Office, new_station) -> None:
    station, fingerprint = new_station(), "a" * 64
    office.enrol(station, "东卡点")
    station.record(
        recorded("欧阳小兰", person=Person("欧阳小兰", id_number="110101199003070010")), None
    )
    station.record(one := recorded("王小明", minute=1, plate="豫B99999"), fingerprint)
    office.exchange(station)
    show_all(office)

    def names(text: str, **rest) -> list[str | None]:
        with office.store.read() as connection:
            return [each.name for each in wall.found(connection, wall.Asked(text, **rest))]

    assert names("") == ["王小明", "欧阳小兰"]
    assert names("小兰") == names("1101011990") == names("0010") == ["欧阳小兰"]
    assert names("豫B99999 王") == ["王小明"]
    assert names("%") == names("'") == names("_") == []
    assert names("小", outcomes=(Outcome.HOLD,)) == names("小", devices=("none",)) == []
    assert names("", start=DAY.start + timedelta(days=1)) == []
    with office.store.read() as connection:
        assert wall.one(connection, one.inspection.id) == (station.sync.device, one)
        assert len(wall.recorded(connection, DAY)) == 2


def test_showing_goes_on_where_it_was_and_past_what_it_cannot_read(
    office: Office, new_station
) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    add(station, 3)
    office.exchange(station)
    show_all(office)
    assert office.store.show_some() == 0
    add(station, 4, 10)
    office.exchange(station)
    show_all(office)
    with office.store.read() as connection:
        assert len(wall.found(connection, wall.Asked())) == 7


def test_a_step_taken_back_at_the_station_is_taken_back_here(office: Office, new_station) -> None:
    station = new_station()
    office.enrol(station, "东卡点")
    case_id = station.record(recorded("李红", Outcome.HOLD), None).case_id
    assert case_id is not None
    report = Step(Event.REPORTED, "王芳", unit="城关镇")
    station.cases.step(case_id, report, MORNING + timedelta(minutes=1))
    office.exchange(station)
    show_all(office)
    # the office has gone on by then: its own step stands, the station's mistake does not
    received = Step(Event.RECEIVED, "县指挥部", unit="城关镇", receipt="H-1")
    store, later = office.store, MORNING + timedelta(minutes=2)
    with store.write() as connection:
        gone_on = take(connection, store.state.hub, case_id, received, later)
    assert gone_on.stage is Stage.RECEIVED
    last = station.cases.story(case_id).standing[-1].record_id
    station.cases.take_back(case_id, last, TakingBack("王芳"), MORNING + timedelta(minutes=3))
    office.exchange(station)
    show_all(office)
    with office.store.read() as connection:
        told = story(connection, case_id)
    assert told.case.stage is Stage.RECEIVED
    assert [each.step.event for each in told.standing] == [Event.FOUND, Event.RECEIVED]
    assert [each.step.event for each in told.told if each.taken_back_by] == [Event.REPORTED]
