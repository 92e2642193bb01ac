"""Vehicles, gate mode and crowds at the window, over a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import Direction, Itinerary, Outcome, TemperatureSource
from checkpoint_app.domain.passage import ColdChainPaper, PassageEnd, VehicleUse
from checkpoint_app.domain.runner import Runner, RunnerKind, Shot
from checkpoint_app.ui.desk_page.gate.crowd_bar import CrowdPanel
from checkpoint_app.ui.desk_page.gate.plate_keys import local_prefix, typed
from checkpoint_app.ui.desk_page.gate.turn_back_panel import TurnBackPanel
from checkpoint_app.ui.theme import TARGET
from tests.ui.hands import choice, click
from tests.ui.room import Room


@pytest.fixture
def room(qtbot: QtBot, room: Room) -> Room:
    room.page.set_county("410326")
    room.window.activateWindow()
    qtbot.waitUntil(room.window.isActiveWindow)
    room.page.go_home()
    return room


def comes(room: Room, number: int, colour: Colour = Colour.GREEN) -> None:
    room.at += timedelta(seconds=5)
    room.desk.scan(f"https://h5.dingtalk.com/healthCode/{number:024d}", "qr", colour)
    room.desk.set_itinerary(Itinerary(shown=True))
    room.desk.take_reading(36.5, TemperatureSource.SERIAL)


def keys(room: Room, *pressed: object) -> None:
    for key in pressed:
        QTest.keyClick(room.window.focusWidget() or room.page, key)  # type: ignore[call-overload]


def vehicles(room: Room) -> list[tuple[str | None, PassageEnd, int]]:
    rows = room.station.passages.rows(room.desk.period)
    return [(row.plate, row.end, row.people) for row in rows]


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("豫a12345", "豫A12345"),
        ("豫沪C5", "沪C5"),
        ("豫A·123", "豫A123"),
        ("WJ豫12345", "WJ豫12345"),
        ("", ""),
    ],
)
def test_what_is_typed_of_a_plate(text: str, plate: str) -> None:
    assert typed(text) == plate


def test_plates_begin_as_they_do_here() -> None:
    assert local_prefix("410326", None) == "豫"
    assert local_prefix("410326", "豫C12345") == "豫C"
    assert local_prefix("410326", "沪C12345") == "豫"
    assert local_prefix("", "豫C12345") == ""


def test_f4_types_the_plate_and_the_first_code_begins_the_vehicle(room: Room) -> None:
    keys(room, Qt.Key.Key_F4)
    pad = room.page.plate
    assert pad.isVisible()
    assert pad.plate.text() == "豫"
    keys(room, *"a12345")
    assert room.page.vehicle.isVisible()
    comes(room, 1)
    assert not pad.isVisible()
    assert room.page.hasFocus()
    assert room.page.form.fields["plate"].edit.text() == "豫A12345"
    room.desk.confirm()
    keys(room, Qt.Key.Key_F4)
    assert vehicles(room) == [("豫A12345", PassageEnd.RELEASED, 1)]
    assert pad.plate.text() == "豫A"  # the next one's, by the letter of this one
    keys(room, Qt.Key.Key_Escape)
    assert not pad.isVisible()
    assert not room.page.vehicle.isVisible()


def test_who_leaves_is_counted_by_the_plate_alone(room: Room) -> None:
    room.desk.set_direction(Direction.OUT)
    keys(room, Qt.Key.Key_F4)
    assert not room.page.plate.isVisible()
    assert room.page.form.fields["plate"].edit.hasFocus()


def test_the_plate_by_finger(room: Room) -> None:
    room.window.command("vehicle")
    pad = room.page.plate
    for face in ("沪", "C", "5", "A", "B", "2", "2", "⌫", "1"):
        pad.press(face)
    assert pad.plate.text() == "沪C5AB21"
    view = room.desk.state.vehicle
    assert view is not None
    assert view.plate == "沪C·5AB21"
    small = [each for each in pad.findChildren(type(pad.done)) if each.isVisible()]
    assert all(each.height() >= TARGET for each in small)


def test_a_plate_that_begins_with_no_province(room: Room) -> None:
    room.window.command("vehicle")
    pad = room.page.plate
    for face in ("⌫", "ABC", *"224578", "使"):
        pad.press(face)
    assert pad.plate.text() == "224578使"
    view = room.desk.state.vehicle
    assert view is not None
    assert view.plate == "224578使"
    for face in ("省", "沪"):
        pad.press(face)
    assert pad.plate.text() == "沪"


def test_people_who_belong_together_without_a_plate(room: Room) -> None:
    room.window.command("vehicle")
    click(room.page.plate.bare)
    assert not room.page.plate.isVisible()
    for number in (1, 2):
        comes(room, number)
        room.desk.confirm()
    room.window.command("vehicle")
    assert vehicles(room) == [(None, PassageEnd.RELEASED, 2)]


def test_a_family_on_foot_is_one_press_and_told_apart(room: Room) -> None:
    room.window.command("vehicle")
    click(room.page.plate.uses[VehicleUse.FOOT])
    assert not room.page.plate.isVisible()
    for number in (1, 2):
        comes(room, number)
        room.desk.confirm()
    bar = room.page.vehicle
    assert bar.face.caption.startswith("On foot")
    assert bar.release.caption == "Party done"
    room.window.command("vehicle")
    room.window.show_page("vehicles")
    page = room.pages.vehicles
    assert page.count.text().endswith("on foot 1 party, 2 people")
    assert [page.vehicle_lines.index(0, at).data() for at in (2, 3)] == ["—", "On foot"]


def test_a_bus_asks_once_for_its_people_and_its_journey(room: Room) -> None:
    room.window.command("vehicle")
    keys(room, *"b54321")
    click(room.page.plate.uses[VehicleUse.BUS])
    keys(room, *"45", Qt.Key.Key_Return)
    room.page.plate.origin.setText("郑州市")
    room.page.plate.origin.textEdited.emit("郑州市")
    keys(room, Qt.Key.Key_Return)
    room.page.plate.destination.setText("城关镇")
    room.page.plate.destination.textEdited.emit("城关镇")
    keys(room, Qt.Key.Key_Return)
    assert not room.page.plate.isVisible()
    view = room.desk.state.vehicle
    assert view is not None
    assert (view.use, view.passage.head_count) == (VehicleUse.BUS, 45)
    assert (view.passage.origin, view.passage.destination) == ("郑州市", "城关镇")


def test_the_whole_vehicle_turns_back_by_a_key_and_a_reason(room: Room) -> None:
    room.desk.open_vehicle("豫A12345")
    comes(room, 1)
    room.desk.confirm()
    room.window.command("turn_vehicle_back")
    panel = room.page.aside.findChild(TurnBackPanel)
    assert panel is not None
    click(choice(panel, "No business here today"))
    assert vehicles(room) == [("豫A12345", PassageEnd.TURNED_BACK, 1)]
    assert not room.page.aside.isVisible()


def test_why_a_vehicle_may_not_turn_back_is_said_in_the_panel(room: Room) -> None:
    room.desk.open_vehicle("豫A12345")
    comes(room, 1, Colour.RED)
    room.window.command("turn_vehicle_back")
    panel = room.page.aside.findChild(TurnBackPanel)
    assert panel is not None
    click(choice(panel, "No business here today"))
    said = [each.text() for each in panel.findChildren(QLabel)]
    assert "Somebody in this vehicle is held or must be measured again: it stays" in said
    assert vehicles(room) == []


def test_gate_mode_is_seen_in_the_top_bar(room: Room) -> None:
    assert not room.window.top_bar.gate.isVisible()
    room.settings = replace(room.settings, site_kind="school")
    room.pages.settings_changed.emit(room.settings)
    assert room.window.top_bar.gate.isVisible()
    keys(room, "g")
    assert room.window.top_bar.gate.on
    assert room.window.top_bar.property("lane") is True
    comes(room, 1)
    assert len(room.desk.state.lines) == 1
    click(room.window.top_bar.gate)
    assert not room.desk.state.gate_mode


def test_the_gauge_counts_and_is_corrected(room: Room) -> None:
    assert not room.page.crowd.isVisible()
    room.settings = replace(room.settings, site_kind="mall", capacity=10)
    room.pages.settings_changed.emit(room.settings)
    assert room.page.crowd.isVisible()
    keys(room, "c", "c")
    assert room.page.crowd.accessibleName() == "2 of 10 inside"
    click(room.page.crowd)
    panel = room.page.aside.findChild(CrowdPanel)
    assert panel is not None
    panel.inside.setText("9")
    click(choice(panel, "Counted by eye"))
    assert room.page.crowd.accessibleName() == "9 of 10 inside"


def test_a_limit_is_typed_in_the_settings(room: Room) -> None:
    room.window.show_page("settings")
    row = room.pages.settings.groups["station"].capacity  # type: ignore[attr-defined]
    row.edit.setText("200")
    row.commit()
    assert room.settings.capacity == 200
    row.edit.setText("many")
    row.commit()
    assert room.settings.capacity == 200


# -- the page


def test_a_page_without_vehicles_says_what_to_do(room: Room) -> None:
    room.window.show_page("vehicles")
    page = room.pages.vehicles
    assert page.hint.isVisible()
    assert "F4" in page.hint.text()
    assert page.gate.empty.isVisible()


def test_the_days_vehicles_with_their_people(room: Room) -> None:
    room.desk.open_vehicle("豫A12345")
    comes(room, 1)
    room.desk.set_field("name", "王小明")
    room.desk.confirm()
    room.desk.close_vehicle()
    room.window.show_page("vehicles")
    page = room.pages.vehicles
    assert page.vehicle_lines.rowCount() == 1
    assert page.count.text().startswith("1 vehicle, 1 person")
    page.vehicles.selectRow(0)
    page.vehicles.setFocus()
    keys(room, Qt.Key.Key_Return)
    assert page.story.isVisible()
    assert page.story.plate.text() == "豫A·12345"
    texts = [each.text() for each in page.story.findChildren(QLabel)]
    assert "1  王*明" in texts


def test_a_vehicle_recorded_by_mistake_is_taken_back_with_a_reason(room: Room) -> None:
    room.desk.open_vehicle("豫A12345")
    comes(room, 1)
    room.desk.confirm()
    room.desk.close_vehicle()
    room.at += timedelta(minutes=5)
    room.window.show_page("vehicles")
    page = room.pages.vehicles
    page.vehicles.selectRow(0)
    page.vehicles.setFocus()
    keys(room, Qt.Key.Key_Return)
    click(page.story.mistake)
    assert page.story.why.hasFocus()
    click(page.story.mistake)
    assert page.story.refusal.text() == "Say why it is taken back"
    page.story.why.setText("There twice")
    keys(room, Qt.Key.Key_Return)
    assert page.count.text().startswith("0 vehicles")
    assert page.vehicle_lines.index(0, 0).data() == "Taken back"
    (row,) = room.station.passages.rows(room.desk.period)
    assert row.void
    assert [each.outcome for each in room.station.recorded(room.desk.period)] == [Outcome.PASS]
    assert room.station.verify().ok


def test_the_cold_chain_sheet_goes_with_the_vehicle(room: Room) -> None:
    room.desk.open_vehicle("豫C12345", VehicleUse.FREIGHT)
    room.window.show_page("vehicles")
    form = room.pages.vehicles.gate.form
    form.papers[ColdChainPaper.TEST].chosen.emit(2)
    form.papers[ColdChainPaper.QUARANTINE].chosen.emit(1)
    form.answers["closed_loop"].chosen.emit(1)
    form.texts["lot"].setText("L20261101")
    form.escort.setText("乡镇派车")
    form.commit()
    comes(room, 1)
    room.desk.confirm()
    room.desk.close_vehicle()
    (recorded,) = room.station.passages.recorded(room.desk.period)
    goods = recorded.passage.goods
    assert goods is not None
    assert goods.missing == {ColdChainPaper.TEST}
    assert goods.seen == {ColdChainPaper.QUARANTINE}
    assert (goods.closed_loop, goods.lot) == (True, "L20261101")
    assert recorded.passage.escort == "乡镇派车"


def test_a_vehicle_aside_is_called_up_again(room: Room) -> None:
    room.desk.open_vehicle("豫A12345")
    comes(room, 1)
    room.desk.park()
    room.desk.close_vehicle()
    room.window.show_page("vehicles")
    click(choice(room.pages.vehicles.gate, "豫A·12345 · Car · 0 through"))
    view = room.desk.state.vehicle
    assert view is not None
    assert view.plate == "豫A·12345"


def test_a_gate_runner_is_completed_and_the_look_at_the_pictures_noted(room: Room) -> None:
    done, jpeg = cv2.imencode(".jpg", np.full((90, 160, 3), 120, np.uint8))
    assert done
    runner = Runner(UUID(int=7), room.now(), RunnerKind.RAN, "王芳")
    room.station.runners.record(runner, [Shot(room.now(), jpeg.tobytes())])
    room.window.show_page("vehicles")
    page = room.pages.vehicles
    page.views.chosen.emit(1)
    page.runners.selectRow(0)
    page.runners.setFocus()
    keys(room, Qt.Key.Key_Return)
    panel = page.runner
    before = room.station.verify().records
    click(panel.look_at)
    assert room.station.verify().records == before + 1
    assert panel.roll.isVisible()
    panel.plate.setText("豫c54321")
    panel.note.setText("往县城")
    click(panel.save)
    (told,) = room.station.runners.of(room.desk.period)
    assert (told.plate, told.note) == ("豫C54321", "往县城")
    click(panel.mistake)
    (void,) = room.station.runners.of(room.desk.period)
    assert void.void
