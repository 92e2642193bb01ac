"""Signing in, locking, handing the desk on, and the first minute of a fresh station."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.site import SiteKind
from tests.ui.room import NAMES, PIN, Room


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "station")
    made.window.show()
    yield made
    made.close()


def type_pin(qtbot: QtBot, room: Room, pin: str = PIN) -> None:
    qtbot.keyClicks(room.pages.sign_in, pin)
    qtbot.keyClick(room.pages.sign_in, Qt.Key.Key_Return)


def test_a_name_and_a_pin_open_the_desk(qtbot: QtBot, room: Room) -> None:
    room.people()
    room.pages.lock()
    assert room.window.covered
    button = next(b for b in room.pages.sign_in.buttons if b.caption == NAMES[1])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    type_pin(qtbot, room)
    assert not room.window.covered
    assert room.desk.operator == NAMES[1]


def test_the_arrows_walk_among_the_names(qtbot: QtBot, room: Room) -> None:
    room.people()
    room.pages.lock()
    qtbot.keyClick(room.pages.sign_in, Qt.Key.Key_Right)
    second = room.pages.sign_in.buttons[1]
    assert second.isChecked()
    type_pin(qtbot, room)
    assert room.desk.operator == second.caption


def test_a_wrong_pin_is_told_and_three_make_wait(qtbot: QtBot, room: Room) -> None:
    room.people()
    room.pages.lock()
    pad = room.pages.sign_in.pad
    type_pin(qtbot, room, "9999")
    assert pad.note.text() == "Wrong PIN"
    type_pin(qtbot, room, "9999")
    type_pin(qtbot, room, "9999")
    assert "wait 5 s" in pad.note.text()
    assert not pad.isEnabled()
    room.at += timedelta(seconds=6)
    room.pages.tick()
    type_pin(qtbot, room)
    assert not room.window.covered


def test_the_same_person_finds_the_desk_as_it_was(qtbot: QtBot, room: Room) -> None:
    room.enter()
    room.desk.set_field("name", "李建国")
    person = room.desk.state.inspection
    assert person is not None
    qtbot.keyClick(room.window, Qt.Key.Key_F12)
    assert room.window.covered
    assert room.pages.sign_in.greeting.text() == f"PIN of {NAMES[0]}"
    type_pin(qtbot, room)
    assert not room.window.covered
    assert room.desk.state.inspection == person


def test_the_desk_locks_after_a_while_without_a_hand(room: Room) -> None:
    room.enter()
    room.pages.tick()
    assert not room.window.covered
    room.office.settings = replace(room.office.settings, lock_after=0.0)
    room.pages.tick()
    assert room.window.covered


def test_a_key_or_a_move_keeps_it_open(qtbot: QtBot, room: Room) -> None:
    room.enter()
    qtbot.keyClick(room.page, Qt.Key.Key_5)
    assert room.pages.touch.seconds < 60


def test_shift_hands_the_desk_to_someone_else(qtbot: QtBot, room: Room) -> None:
    room.enter()
    room.window.command("shift")
    room.window.command("shift")
    assert room.window.covered
    other = next(b for b in room.pages.sign_in.buttons if b.caption == NAMES[1])
    other.click()
    type_pin(qtbot, room)
    assert room.desk.operator == NAMES[1]
    names = [room.page.change.officer.itemText(n) for n in range(room.page.change.officer.count())]
    assert NAMES[1] not in names
    assert NAMES[0] in names


def test_a_fresh_station_is_set_up_on_one_screen(qtbot: QtBot, room: Room) -> None:
    room.office.settings = replace(room.office.settings, site_name="")
    room.pages.lock()
    first = room.pages.sign_in.first
    assert first.isVisible()
    first.kind.setCurrentIndex(first.kind.findData(SiteKind.SCHOOL))
    qtbot.keyClicks(first.site, "No. 3 School")
    qtbot.keyClicks(first.name, "Li Na")
    qtbot.keyClicks(first.pin, "2468")
    qtbot.keyClicks(first.again, "2469")
    first.begin.click()
    assert first.problem.text() == "The two PINs are not the same"
    first.again.setText("2468")
    qtbot.keyClick(first.again, Qt.Key.Key_Return)
    assert not room.window.covered
    assert room.desk.operator == "Li Na"
    assert room.settings.site_name == "No. 3 School"
    assert room.settings.site_kind == "school"


@pytest.mark.parametrize(
    ("site", "name", "pin", "said"),
    [
        ("", "Li Na", "2468", "The site needs a name: it stands on every sheet"),
        ("A site", " ", "2468", "A name is needed"),
        ("A site", "Li Na", "12a4", "A PIN has at least 4 digits"),
        ("A site", "Li Na", "123", "A PIN has at least 4 digits"),
    ],
)
def test_what_is_missing_at_first_is_told(
    room: Room, site: str, name: str, pin: str, said: str
) -> None:
    room.pages.lock()
    first = room.pages.sign_in.first
    for edit, text in ((first.site, site), (first.name, name), (first.pin, pin)):
        edit.setText(text)
    first.again.setText(pin)
    first.submit()
    assert first.problem.text() == said
    assert room.window.covered
    assert room.station.operators() == []


def test_language_is_switched_on_the_cover(room: Room) -> None:
    room.people()
    room.pages.lock()
    room.pages.sign_in.language.segment.chosen.emit(0)
    assert room.look.language == "zh_CN"
    assert room.pages.sign_in.pad.enter.text() == "登录"
