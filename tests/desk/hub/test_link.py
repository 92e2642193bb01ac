"""The link to the hub over a real service: beside the desk, quiet when nobody answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from checkpoint_app.desk.database import Database
from checkpoint_app.desk.hub.link import HubLink, invitation
from checkpoint_app.desk.hub.view import HubView, hub_chip, trouble
from checkpoint_app.desk.view import Tone
from checkpoint_app.hub.service import service
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from checkpoint_app.sync.enrolling import Invitation
from checkpoint_app.sync.link import fingerprint_of
from tests.store.travellers import MORNING, recorded
from tools.soak.office import Office

ZH = translator("zh_CN")


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office")
    yield made
    made.close()


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    config = uvicorn.Config(service(office.answering), port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


class Gate:
    """A station whose desk runs: calls from other threads are done at once, in order."""

    def __init__(self, folder: Path) -> None:
        self._calls = threading.Lock()
        self.station = Station.open(folder, now=MORNING)
        self.database = Database(self.station, self._post)
        self.views: list[HubView] = []
        self.said: list[object] = []
        self.link = HubLink(self.database, lambda: MORNING, self._post, self.views.append)

    def _post(self, call: Callable[[], None]) -> None:
        with self._calls:
            call()

    def enrol(self, invited: Invitation) -> None:
        self.link.enrol(invited, Settings(site_name="城北"), self.said.append, self.said.append, ZH)

    def close(self) -> None:
        self.link.stop()
        self.database.close()


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "station")
    yield made
    made.close()


def test_a_station_without_a_hub_keeps_quiet(gate: Gate) -> None:
    gate.link.start()
    until(lambda: bool(gate.views))
    assert not gate.views[-1].enrolled
    assert hub_chip(gate.views[-1], ZH) == ()
    assert trouble(gate.views[-1], ZH) == ""


def test_enrolled_and_sent_without_a_hand(gate: Gate, office: Office, address: str) -> None:
    gate.link.start()
    code = office.store.new_code("东卡点", MORNING)
    gate.enrol(Invitation(address, code, fingerprint_of(office.answering.identity)))
    until(lambda: gate.said == ["东卡点"])
    gate.database.run(lambda store: store.record(recorded(), None))
    gate.link.hurry()
    until(lambda: office.store.records() >= 2 and gate.link.view.pending == 0)
    until(lambda: gate.link.view.online)
    (chip,) = hub_chip(gate.link.view, ZH)
    assert chip.tone is Tone.PASS
    assert chip.page == "sync"


def test_a_wrong_fingerprint_and_a_wrong_code_are_sentences(
    gate: Gate, office: Office, address: str
) -> None:
    right = fingerprint_of(office.answering.identity)
    gate.enrol(Invitation(address, "AAAA-AAAA-AAAA", "AAAA"))
    until(lambda: len(gate.said) == 1)
    gate.enrol(Invitation(address, "AAAA-AAAA-AAAA", right))
    until(lambda: len(gate.said) == 2)
    assert all(isinstance(each, str) and len(each) > 6 for each in gate.said)
    assert not gate.link.view.enrolled


def test_a_hub_that_is_gone_costs_the_desk_nothing(
    gate: Gate, office: Office, address: str
) -> None:
    code = office.store.new_code("东卡点", MORNING)
    gate.enrol(Invitation(address, code, fingerprint_of(office.answering.identity)))
    until(lambda: gate.said == ["东卡点"])
    hub = gate.station.sync.hub
    known = gate.database.ask(lambda store: hub())
    assert known is not None
    gone = type(known)("http://127.0.0.1:9", *[getattr(known, name) for name in
                       ("device_name", "identity", "token_key", "enrolled_us")])  # fmt: skip
    gate.database.ask(lambda store: store.sync.join(gone))
    gate.link.start()
    until(lambda: bool(gate.link.view.fault))
    gate.database.ask(lambda store: store.record(recorded(), None))
    assert not gate.link.view.online
    assert trouble(gate.link.view, ZH)
    assert hub_chip(gate.link.view, ZH)[0].tone is Tone.IDLE


def test_what_waits_goes_by_file(gate: Gate, office: Office, address: str, tmp_path: Path) -> None:
    counted: list[object] = []
    gate.link.write_file(tmp_path / "a.cdsync", counted.append, counted.append, ZH)
    until(lambda: len(counted) == 1)
    assert isinstance(counted[0], str)  # there is no hub that could read it
    code = office.store.new_code("东卡点", MORNING)
    gate.enrol(Invitation(address, code, fingerprint_of(office.answering.identity)))
    until(lambda: gate.said == ["东卡点"])
    gate.link.write_file(tmp_path / "a.cdsync", counted.append, counted.append, ZH)
    until(lambda: len(counted) == 2)
    assert counted[1] >= 1  # type: ignore[operator]
    gate.link.take_file(tmp_path / "a.cdsync", counted.append, counted.append, ZH)
    gate.link.write_file(tmp_path / "no" / "a.cdsync", counted.append, counted.append, ZH)
    until(lambda: len(counted) == 4)
    assert all(isinstance(each, str) for each in counted[2:])


def test_the_offices_code_is_told_from_others() -> None:
    found = invitation("CDHUB:https://hub.example:8766 AAAA-BBBB-CCCC DDDD-EEEE")
    assert found == Invitation("https://hub.example:8766", "AAAA-BBBB-CCCC", "DDDD-EEEE")
    for other in ("HC1:6BF", "CDHUB:", "CDHUB:a b", "CDHUB:a b c d", ""):
        assert invitation(other) is None
