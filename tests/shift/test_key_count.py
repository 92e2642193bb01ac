"""How many keys an inspection costs, counted at the real window."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from checkpoint_app.desk.rehearsal import Traveller, read_story
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import Itinerary
from checkpoint_app.domain.passage import VehicleUse
from checkpoint_app.resources import resource
from tests.shift.conftest import OpenGate
from tests.shift.gate import Gate
from tests.shift.officer import DEAD, Officer

STORY = {each["id"]: each for each in read_story(resource("demo"))}
GREEN, WITH_CARD = STORY["t01"], STORY["t05"]


class NetworkThermometer:
    """A thermometer behind a serial server, as far as the desk: lines on a socket."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(20)
        self._line: socket.socket | None = None

    @property
    def port(self) -> str:
        """As the settings name it."""
        return f"socket://127.0.0.1:{self._server.getsockname()[1]}"

    def measure(self, celsius: float) -> None:
        """The traveller's forehead."""
        if self._line is None:
            self._line, _ = self._server.accept()
        self._line.sendall(f"T={celsius:.1f}C\r\n".encode())

    def close(self) -> None:
        """Unplug."""
        for each in (self._line, self._server):
            if each is not None:
                each.close()


@pytest.fixture
def thermometer() -> Iterator[NetworkThermometer]:
    made = NetworkThermometer()
    yield made
    made.close()


def on_duty(open_gate: OpenGate, thermometer: NetworkThermometer, **settings: Any) -> Gate:
    """Signed in, with a thermometer that was put into the settings before."""
    fresh = open_gate()
    fresh.set_up()
    fresh.close()
    gate = open_gate(thermometer_port=thermometer.port, **settings)
    gate.sign_in()
    return gate


def meet(gate: Gate, traveller: Traveller, headline: str) -> Officer:
    """What the traveller holds up was read, and the hands have rested so far."""
    officer = Officer(gate)
    officer.meet(traveller)
    gate.comes_to(headline)
    gate.hand.keys = 0
    return officer


def test_a_usual_inspection_takes_enter_alone(
    open_gate: OpenGate, thermometer: NetworkThermometer
) -> None:
    gate = on_duty(open_gate, thermometer)
    officer = meet(gate, WITH_CARD, "待测温")  # code and itinerary card were read
    thermometer.measure(36.5)
    gate.comes_to("放行")
    officer.confirm(WITH_CARD)
    assert gate.lines[0].endswith("36.5 ℃ 放行")
    assert gate.hand.keys == 1


def test_an_itinerary_seen_by_eye_adds_one_key_and_a_typed_temperature_three(
    open_gate: OpenGate,
) -> None:
    gate = open_gate(read_pages=False)
    gate.set_up()
    officer = meet(gate, GREEN, "待查行程")
    gate.hand.key("i")
    gate.hand.type("365")
    gate.comes_to("放行")
    officer.confirm(GREEN)
    assert gate.lines[0].endswith("36.5 ℃ 放行")
    assert gate.hand.keys == 1 + 3 + 1


def show(gate: Gate, number: int) -> None:
    """The next traveller's code and card, read by the camera as the desk gets them."""
    desk = gate.app.desk
    desk.scan(f"https://h5.dingtalk.com/healthCode/{number:024d}", "qr", Colour.GREEN)
    desk.set_itinerary(Itinerary(shown=True))
    gate.hand.rest()


def test_a_car_with_four_people_takes_at_most_twelve_keys(
    open_gate: OpenGate, thermometer: NetworkThermometer
) -> None:
    gate = on_duty(open_gate, thermometer, read_pages=False, county_code="410326")
    gate.hand.keys = 0
    gate.hand.key(Qt.Key.Key_F4)
    gate.hand.type("a12345")  # the province is the station's own
    for number in range(4):
        show(gate, number)
        thermometer.measure(36.1 + number / 10)
        gate.comes_to("放行")
        gate.hand.rest(DEAD)
        gate.hand.key(Qt.Key.Key_Return)
        gate.hand.until(lambda so_far=number: len(gate.lines) == so_far + 1)
    gate.hand.key(Qt.Key.Key_F4)  # it is done, and the next one's plate can be typed
    assert gate.hand.keys <= 12
    gate.app.settle()
    period, store = gate.app.desk.period, gate.app.office.database
    (passage,) = store.ask(lambda station: station.passages.recorded(period))
    assert passage.passage.plate == "豫A12345"
    assert passage.passage.people == 4


def test_people_on_a_bus_take_no_key_each(
    open_gate: OpenGate, thermometer: NetworkThermometer
) -> None:
    gate = on_duty(open_gate, thermometer, read_pages=False, county_code="410326")
    desk = gate.app.desk
    desk.open_vehicle("豫A12345", VehicleUse.BUS)
    desk.set_vehicle(head_count=6)
    gate.hand.keys = 0
    for number in range(6):
        show(gate, number)
        thermometer.measure(36.1 + number / 10)
        gate.hand.until(lambda so_far=number: len(gate.lines) == so_far + 1)
    assert desk.state.vehicle is None
    assert gate.hand.keys == 0


def test_gate_mode_takes_one_key_for_all(
    open_gate: OpenGate, thermometer: NetworkThermometer
) -> None:
    gate = on_duty(open_gate, thermometer, read_pages=False, site_kind="school")
    gate.hand.keys = 0
    gate.hand.key("g")
    for number in range(6):
        show(gate, number)
        thermometer.measure(36.1 + number / 10)
        gate.hand.until(lambda so_far=number: len(gate.lines) == so_far + 1)
    assert gate.hand.keys == 1


def test_a_fever_is_put_aside_with_one_key(
    open_gate: OpenGate, thermometer: NetworkThermometer
) -> None:
    gate = on_duty(open_gate, thermometer, read_pages=False)
    officer = meet(gate, GREEN, "待查行程")
    thermometer.measure(37.8)
    gate.comes_to("复测")
    officer.park()
    assert gate.hand.keys == 1


def test_an_emergency_passes_with_one_key(open_gate: OpenGate) -> None:
    gate = open_gate()
    gate.set_up()
    gate.hand.keys = 0
    gate.hand.rest(DEAD)
    gate.hand.key("e")
    gate.hand.until(lambda: len(gate.lines) == 1)
    assert gate.hand.keys == 1
    gate.hand.key(Qt.Key.Key_Return)  # nobody is there any more
    gate.hand.rest(DEAD)
    assert len(gate.lines) == 1


def test_somebody_who_runs_the_gate_takes_one_key(open_gate: OpenGate) -> None:
    gate = open_gate(read_pages=False)
    gate.set_up()
    gate.hand.rest(1500)  # pictures go by
    gate.hand.keys = 0
    gate.hand.key("r")
    gate.app.settle()
    assert gate.hand.keys == 1
    period, store = gate.app.desk.period, gate.app.office.database
    (runner,) = store.ask(lambda station: station.runners.of(period))
    assert store.ask(lambda station: station.runners.pictures(runner.id))
    assert gate.window.strips.isVisible()
