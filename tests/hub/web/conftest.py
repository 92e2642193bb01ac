"""An office with two stations behind its pages, asked without a browser and with one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from litestar.testing import TestClient

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Code
from checkpoint_app.hub.service import service
from checkpoint_app.hub.web.site import pages
from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING, recorded
from tools.soak.office import Office

NUMBER = "410102199203078437"
PASSWORD = "north gate 2026"
PEOPLE = (
    ("王芳", "office", ""),
    ("城关镇", "township", "城关镇"),
    ("南乡", "township", "南乡"),
    ("赵督", "supervisor", ""),
    ("孙审", "auditor", ""),
)


@dataclass
class Room:
    """The office's service."""

    office: Office
    app: object
    east: Station

    def show(self) -> None:
        """Bring what came in to the pages."""
        while self.office.store.show_some():
            pass

    def client(self, name: str | None = None, **more: object) -> TestClient:
        """Somebody's browser, signed in."""
        made = TestClient(self.app, base_url="http://office.example", **more)  # type: ignore[arg-type]
        made.headers["accept-language"] = "zh-CN"
        if name is not None:
            answer = made.post(
                "/office/sign-in", data={"name": name, "password": PASSWORD}, follow_redirects=False
            )
            assert answer.status_code == 303
        return made


def furnished(folder: Path) -> Iterator[Room]:
    """An office with its people and two stations whose records have come in."""
    office = Office(folder / "office")
    for name, role, scope in PEOPLE:
        office.store.users.add(name, role, scope, PASSWORD)
    east, west = (Station.open(folder / name, now=MORNING) for name in ("东卡点", "西卡点"))
    east.record(recorded("李明", person=_person("李明", NUMBER)), None)
    east.record(recorded("张三丰", Outcome.HOLD, minute=1, reasons=(Code.YELLOW_CODE,)), None)
    west.record(recorded("<b>王五</b>", Outcome.HAND_OVER, reasons=(Code.RED_CODE,)), None)
    for name, station in (("东卡点", east), ("西卡点", west)):
        office.enrol(station, name)
        office.exchange(station)
    made = Room(office, service(office.answering, *pages(office.store, office.clock)), east)
    made.show()
    yield made
    east.close()
    west.close()
    office.close()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """One room for all tests of a module; what they add does not hinder the others."""
    yield from furnished(tmp_path_factory.mktemp("room"))


@pytest.fixture
def own_room(tmp_path: Path) -> Iterator[Room]:
    """A room for a test that turns it upside down."""
    yield from furnished(tmp_path)


def _person(name: str, number: str) -> Person:
    return Person(name=name, id_number=number, phone="13800001111")


@pytest.fixture(scope="module")
def address(room: Room) -> Iterator[str]:
    """The office's pages for a real browser."""
    config = uvicorn.Config(room.app, port=0, log_level="critical", lifespan="off")  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/office"
    server.should_exit = True
    thread.join(10)
