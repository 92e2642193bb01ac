"""The hub says how fast stations may come, from what it measures; they do as it says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from litestar.testing import TestClient

from checkpoint_app.hub.answering import Answering
from checkpoint_app.hub.pressure import (
    BATCH,
    INTERVAL_S,
    LONGEST_INTERVAL_S,
    MEMORY,
    MOST_PUSHES,
    MOST_QUESTIONS,
    Pressure,
    resident,
)
from checkpoint_app.hub.service import service
from checkpoint_app.store.station import Station
from checkpoint_app.sync import wire
from checkpoint_app.sync.enrolling import identity_of
from checkpoint_app.sync.exchange import Exchange, hello, with_retries
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.link import http_link
from checkpoint_app.sync.speaking import Voice
from tests.hub.test_exchange import add
from tests.store.travellers import MORNING
from tools.soak.office import Office


@dataclass
class Machine:
    """A clock and a memory that the test sets."""

    now: float = 100.0
    used: int = 0
    pressure: Pressure = field(init=False)

    def __post_init__(self) -> None:
        self.pressure = Pressure(lambda: self.now, lambda: self.used)

    def take_turns(self, senders: int, seconds: float) -> None:
        """So many stations have sent a full batch, each of which took so long."""
        for number in range(senders):
            with self.pressure.inside("push"):
                self.now += seconds
            self.pressure.sent(f"S{number}", BATCH)


def test_a_hub_at_rest_asks_for_nothing_special() -> None:
    machine = Machine()
    machine.take_turns(1, 0.02)
    told = machine.pressure
    assert (told.interval_s, told.batch, told.pause_ms) == (INTERVAL_S, BATCH, 0)
    assert resident() >= 0


@pytest.mark.parametrize("last", [7, BATCH - 1])
def test_many_who_send_at_once_pause_for_the_turns_of_the_others(last: int) -> None:
    machine = Machine()
    machine.take_turns(500, 0.03)
    assert 13_000 < machine.pressure.pause_ms < 15_000
    for number in range(495):
        machine.pressure.sent(f"S{number}", last)  # their last batch: it is not a full one
    assert machine.pressure.pause_ms == 0


def test_who_stopped_in_the_middle_is_not_waited_for() -> None:
    machine = Machine()
    machine.take_turns(100, 0.03)
    assert machine.pressure.pause_ms > 0
    machine.now += 120
    assert machine.pressure.pause_ms == 0


def test_many_stations_come_more_seldom() -> None:
    machine = Machine()
    for number in range(5000):
        machine.pressure.said_hello(f"S{number}", 0.01)
    assert machine.pressure.interval_s == 250
    for number in range(100_000):
        machine.pressure.said_hello(f"S{number}", 0.01)
    assert machine.pressure.interval_s == LONGEST_INTERVAL_S


def test_late_replies_and_little_memory_make_batches_smaller() -> None:
    machine = Machine()
    machine.take_turns(2, 6.0)
    assert machine.pressure.batch < BATCH
    assert machine.pressure.interval_s > INTERVAL_S
    machine.now += 3600
    assert machine.pressure.batch == BATCH
    machine.used = int(0.8 * MEMORY)
    assert machine.pressure.batch < BATCH // 2
    assert not machine.pressure.is_full
    machine.used = MEMORY
    assert machine.pressure.is_full


def test_full_of_batches_it_still_hears_questions() -> None:
    pressure = Pressure()
    with ExitStack() as held:
        for _ in range(MOST_PUSHES):
            assert held.enter_context(pressure.inside("push"))
        assert not held.enter_context(pressure.inside("push"))
        for _ in range(MOST_QUESTIONS - MOST_PUSHES):
            assert held.enter_context(pressure.inside("hello"))
        assert not held.enter_context(pressure.inside("hello"))
    assert (pressure.waiting, pressure.pushes) == (0, 0)
    with pressure.inside("push") as welcome:
        assert welcome


@pytest.fixture
def crowded(office: Office) -> Pressure:
    """A hub that a great many stations are sending to."""
    machine = Machine()
    office.answering = Answering(office.store, office.clock, machine.pressure)
    machine.take_turns(500, 0.03)
    return machine.pressure


def test_a_station_pauses_between_its_batches_each_time_a_little_different(
    office: Office, crowded: Pressure, new_station: Callable[[str], Station]
) -> None:
    station, waits = new_station("东卡点"), list[float]()
    office.enrol(station, "东卡点")
    add(station, 520)
    Exchange(station.sync, office.post, office.clock, waits.append).run()
    asked = crowded.pause_ms / 1000
    assert len(waits) == 2
    assert len(set(waits)) == 2
    assert all(0.4 * asked < each < 1.6 * asked for each in waits)
    assert office.head(station) == station.verify().head


def test_the_little_that_a_station_has_waits_for_nobody(
    office: Office, crowded: Pressure, new_station: Callable[[str], Station]
) -> None:
    station, waits = new_station("东卡点"), list[float]()
    office.enrol(station, "东卡点")
    add(station, 3)
    assert Exchange(station.sync, office.post, office.clock, waits.append).run().accepted == 4
    assert waits == []
    welcome = Voice(station.sync, identity_of(office.answering.identity), office.post).ask(
        "hello", msgspec.structs.replace(hello(station.sync, MORNING), waiting=9999), wire.Welcome
    )
    assert welcome.pause_ms == crowded.pause_ms > 0


def test_who_is_sent_away_is_told_when_to_come_again(tmp_path: Path) -> None:
    office, machine = Office(tmp_path / "office"), Machine(used=MEMORY)
    office.answering = Answering(office.store, office.clock, machine.pressure)
    with TestClient(service(office.answering)) as client:
        answer = client.post("/v1/push", content=b"x")
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 1
        assert client.get("/v1/alive").text == "alive"
        machine.used = 0
        assert client.post("/v1/push", content=b"x").status_code == 400
    office.close()


def test_a_busy_hub_is_asked_again_when_it_said() -> None:
    waits, answers = list[float](), [SyncFault("hub_busy", "503", 40.0)] * 2

    def post(path: str, body: bytes) -> bytes:
        if answers:
            raise answers.pop()
        return b"stored"

    assert with_retries(post, waits.append)("/v1/push", b"x") == b"stored"
    assert len(waits) == 2
    assert all(20.0 <= each <= 60.0 for each in waits)


def test_the_link_hears_what_a_busy_hub_says(busy_hub: str) -> None:
    with http_link(busy_hub, None) as post, pytest.raises(SyncFault) as caught:
        post("/v1/push", b"x")
    assert (caught.value.code, caught.value.wait_s) == ("hub_busy", 7.0)


@pytest.fixture
def busy_hub():
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Busy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(503)
            self.send_header("retry-after", "7")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Busy)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
