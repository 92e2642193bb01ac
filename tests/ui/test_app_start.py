"""The start: the sign-in is there first, and nobody can be quicker than the rest of the house."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.app import DeskApp, Outside
from checkpoint_app.devices.ports import BatteryLevel
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from tests.fakes import FakeBattery, FakePrinter
from tests.store.travellers import MORNING

PIN = "1234"
LOW = FakeBattery(BatteryLevel(14, plugged=False))


@pytest.fixture
def starting(qtbot: QtBot, data_folder: Path) -> Iterator[DeskApp]:
    """A desk whose window was shown just now: not one turn of the event loop has been."""
    station = Station.open(data_folder, now=MORNING)
    station.add_operator("王芳", PIN, "lead")
    outside = Outside(now=lambda: MORNING, printer=FakePrinter(), battery=LOW)
    made = DeskApp(data_folder, Settings(language="en", sound=False), station, outside)
    made.start(str(data_folder / "none.mp4"))
    yield made
    made.window.close()


def _built(running: DeskApp) -> bool:
    return running.window.rail.buttons.get("settings") is not None


def test_the_sign_in_stands_before_the_pages(qtbot: QtBot, starting: DeskApp) -> None:
    assert starting.window.covered
    assert not _built(starting)
    qtbot.waitUntil(lambda: _built(starting), timeout=10_000)
    assert starting.window.covered


def test_the_building_of_the_pages_takes_no_key_from_the_sign_in(
    qtbot: QtBot, starting: DeskApp
) -> None:
    qtbot.waitUntil(lambda: _built(starting), timeout=10_000)
    qtbot.waitUntil(lambda: bool(starting.entrance.buttons), timeout=10_000)
    focus = QApplication.focusWidget()
    assert focus is None or starting.entrance.isAncestorOf(focus) or focus is starting.entrance
    for key in PIN:
        qtbot.keyClick(starting.window.focusWidget() or starting.entrance, key)
    qtbot.keyClick(starting.window.focusWidget() or starting.entrance, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not starting.window.covered, timeout=10_000)


def test_whoever_signs_in_before_the_pages_are_there_is_let_in(
    qtbot: QtBot, starting: DeskApp
) -> None:
    (me,) = starting.office.database.ask(lambda store: store.operators())
    starting.entrance.signed_in.emit(me)
    assert not starting.window.covered
    assert _built(starting)
    assert starting.desk.operator == "王芳"


def test_the_battery_is_told_of_in_the_top_bar(qtbot: QtBot, starting: DeskApp) -> None:
    def told() -> bool:
        shown = starting.window.top_bar.signs.shown
        return "Battery 14 %: plug in" in [each.text for each in shown]

    qtbot.waitUntil(told, timeout=10_000)
