"""Vehicles of the day, one of them opened; gate-runners; the exchange with the office."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import cv2
import numpy as np

from checkpoint_app.desk.hub.handing import Refused
from checkpoint_app.desk.hub.view import HubView, ListHeld, RefusedRecord
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import Itinerary, TemperatureSource
from checkpoint_app.domain.passage import VehicleUse
from checkpoint_app.domain.runner import Runner, RunnerKind, Shot
from tests.ui.room import Room
from tools.screenshots_pages.scene import Act

DAY = (
    ("豫A12345", VehicleUse.CAR, 1, Colour.GREEN),
    ("豫C20260", VehicleUse.BUS, 3, Colour.GREEN),
    ("沪D5F678", VehicleUse.FREIGHT, 1, Colour.GREEN),
    ("豫A88888", VehicleUse.CAR, 2, Colour.YELLOW),
)


def _comes(room: Room, number: int, colour: Colour) -> None:
    room.at += timedelta(seconds=5)
    room.desk.scan(f"https://h5.dingtalk.com/healthCode/{number:024d}", "qr", colour)
    room.desk.set_itinerary(Itinerary(shown=True))
    room.desk.take_reading(36.5, TemperatureSource.SERIAL)
    room.desk.set_field("name", "王小明")


def _vehicles(room: Room) -> None:
    room.enter()
    number = 0
    for plate, use, people, colour in DAY:
        room.desk.open_vehicle(plate, use)
        for _ in range(people):
            number += 1
            _comes(room, number, colour)
            room.desk.confirm()
        room.desk.close_vehicle(anyway=True)
    room.desk.open_vehicle("豫C12345", VehicleUse.FREIGHT)
    _comes(room, 99, Colour.GREEN)
    room.window.show_page("vehicles")


def _story(room: Room) -> None:
    _vehicles(room)
    page = room.pages.vehicles
    page.vehicles.selectRow(1)
    page.vehicles.activated.emit(page.vehicles.currentIndex())


def _runners(room: Room) -> None:
    room.enter()
    _, jpeg = cv2.imencode(".jpg", np.full((90, 160, 3), 120, np.uint8))
    for number, kind in enumerate(RunnerKind):
        runner = Runner(UUID(int=7 + number), room.now(), kind, "王芳")
        room.station.runners.record(runner, [Shot(room.now(), jpeg.tobytes())])
    room.window.show_page("vehicles")
    page = room.pages.vehicles
    page.refresh()
    page.views.chosen.emit(1)
    page.runners.selectRow(0)
    page.runners.activated.emit(page.runners.currentIndex())


def _vehicles_empty(room: Room) -> None:
    room.enter()
    room.window.show_page("vehicles")


_HELD = (
    ("risk", 1200),
    ("watch@K7Q2", 31),
    ("county", 482_113),
    ("above-1", 1_204_500),
    ("trust", 2),
    ("operators", 7),
    ("templates", 3),
    ("notices", 1),
)


def _sync_empty(room: Room) -> None:
    room.enter()
    room.window.show_page("sync")


def _sync(room: Room) -> None:
    _sync_empty(room)
    lists = tuple(
        ListHeld(name, f"1.{number}", rows, room.now() - timedelta(hours=5 * number))
        for number, (name, rows) in enumerate(_HELD, 1)
    )
    wrong = Refused("policy_number", "road", "fever_threshold_c", "37–38")
    lists = (*lists, ListHeld("policy", "1.5", 2, room.now(), "1.4", wrong))
    view = HubView(
        enrolled=True,
        name="城北高速口卡点",
        url="https://hub.example.gov.cn:8443",
        pending=3,
        sent=1200,
        last_contact=room.now() - timedelta(minutes=2),
        lists=lists,
        refused=(RefusedRecord("1/17", "unreadable"),),
    )
    room.pages.sync.show_view(view)


SHOTS: dict[str, Act] = {
    "vehicles": _vehicles,
    "vehicle_story": _story,
    "runners": _runners,
    "vehicles_empty": _vehicles_empty,
    "sync": _sync,
    "sync_empty": _sync_empty,
}
