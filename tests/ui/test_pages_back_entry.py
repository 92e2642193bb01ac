"""Entering a stack of paper forms by keys alone."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.inspection import CodeStatus, Outcome
from checkpoint_app.ui.pages.back_entry_panel import form_day, next_number
from tests.ui.room import Room


@pytest.fixture
def room(room: Room) -> Room:
    room.window.command("find")
    room.pages.find.enter_forms.click()
    return room


def write(qtbot: QtBot, *texts: str) -> None:
    for text in texts:
        focus = QApplication.focusWidget()
        focus.insert(text)  # type: ignore[union-attr, attr-defined]
        qtbot.keyClick(focus, Qt.Key.Key_Return)


def test_form_after_form(qtbot: QtBot, room: Room) -> None:
    panel = room.pages.find.forms
    write(qtbot, "A-0009", "赵强")
    panel.lines["time"].setFocus()
    write(qtbot, "0140", "李建国", "13812348888", "豫A88888", "410103197611238836", "", "", "",
          "36.4", "")  # fmt: skip
    assert panel.codes[CodeStatus.GREEN].hasFocus()
    qtbot.keyClick(panel.codes[CodeStatus.GREEN], Qt.Key.Key_Return)
    panel.outcomes[Outcome.PASS].click()
    panel.save.click()
    assert panel.said.text() == "Entered: form A-0009, 李*国, Pass"
    (row,) = room.station.search("李建国")
    assert f"{row.confirmed_at:%m-%d %H:%M}" == "11-23 01:40"
    assert panel.lines["number"].text() == "A-0010"
    assert panel.lines["author"].text() == "赵强"
    assert panel.lines["name"].text() == ""
    assert panel.lines["time"].hasFocus()
    assert dict(room.desk.state.counts)[Outcome.PASS] == 1
    assert room.station.verify().ok


def test_what_is_lacking_is_said_and_nothing_lost(qtbot: QtBot, room: Room) -> None:
    panel = room.pages.find.forms
    panel.save.click()
    assert panel.said.text() == "Date and time are written like 11-23 and 03:12"
    panel.lines["time"].setText("01:40")
    panel.lines["readings"].setText("hot")
    panel.save.click()
    assert panel.said.text() == "A temperature is written like 36.5"
    panel.lines["readings"].clear()
    panel.save.click()
    assert panel.said.text() == "The number of the form is needed"
    assert panel.lines["time"].text() == "01:40"
    qtbot.keyClick(panel.save, Qt.Key.Key_Escape)
    assert not panel.isVisible()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11-23", date(2026, 11, 23)),
        ("11/24", date(2025, 11, 24)),
        ("11月3日", date(2026, 11, 3)),
        ("2026-11-01", date(2026, 11, 1)),
        ("02-29", None),
        ("2024-02-29", date(2024, 2, 29)),
        ("13-01", None),
        ("", None),
        ("yesterday", None),
    ],
)
def test_days_as_people_write_them(text, day):
    assert form_day(text, date(2026, 11, 23)) == day


@pytest.mark.parametrize(
    ("number", "following"),
    [("0012", "0013"), ("A-0999", "A-1000"), ("99", "100"), ("甲3", "甲4"), ("A", ""), ("", "")],
)
def test_the_next_number_of_a_pad(number, following):
    assert next_number(number) == following
