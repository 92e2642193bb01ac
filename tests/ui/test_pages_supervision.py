"""督查 by hand: signals open their records, problems go from found to closed."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.inspection import TemperatureReading
from checkpoint_app.domain.supervision.problems import Problem, State
from checkpoint_app.store.station import Operator
from checkpoint_app.ui.pages.supervision.page import LIST, NEW, ONE
from checkpoint_app.ui.pages.supervision.signals import NOTHING
from tests.ui.room import NAMES, PIN, Room


@pytest.fixture
def room(room: Room) -> Room:
    for number in range(10):  # one temperature for ten people
        recorded = room.record(number, 20 - number)
        flat = (TemperatureReading(36.5, recorded.confirmed_at),)
        inspection = replace(recorded.inspection, id=UUID(int=500 + number), temperatures=flat)
        room.station.record(replace(recorded, inspection=inspection, operator=NAMES[1]), None)
    room.window.show_page("supervision")
    return room


def texts(room: Room) -> list[str]:
    return [
        label.text()
        for line in room.pages.supervision.signals.lines
        for label in line.findChildren(QLabel)
    ]


def press(room: Room, text: str) -> None:
    every = room.pages.supervision.findChildren(QPushButton)
    found = [each for each in every if each.text().startswith(text) and each.isVisible()]
    assert found, text
    found[0].click()


def problems(room: Room) -> list[Problem]:
    return room.station.duty.problems()


def test_a_signal_is_a_sentence(room: Room) -> None:
    assert any(f"{NAMES[1]}: 10 people in a row at 36.5 ℃" in text for text in texts(room))


def test_the_records_behind_it_are_opened(room: Room) -> None:
    press(room, "Records: 10")
    assert room.window.current == "find"
    ids = {room.pages.find.model.line(row).id for row in range(10)}
    assert ids == {UUID(int=500 + number) for number in range(10)}
    assert room.pages.find.model.rowCount() == 10


def test_a_signal_becomes_a_problem_with_its_words(qtbot: QtBot, room: Room) -> None:
    page = room.pages.supervision
    press(room, "Make it a problem")
    assert page.stack.currentIndex() == NEW
    assert page.form.responsible.text() == NAMES[1]
    page.form.days.more.click()
    page.form.add.click()
    assert page.stack.currentIndex() == LIST
    (problem,) = problems(room)
    assert "36.5 ℃" in problem.what
    assert len(problem.records) == 10
    assert problem.due is not None
    assert (problem.due - room.now().date()).days == 4


def test_a_problem_is_closed_with_what_was_done(qtbot: QtBot, room: Room) -> None:
    page = room.pages.supervision
    press(room, "New problem")
    qtbot.keyClicks(page.form.what, "no line on the ground")
    page.form.responsible.setText(NAMES[1])
    qtbot.keyClick(page.form.responsible, Qt.Key.Key_Return)
    line = page.list.lines[0]
    assert isinstance(line, QPushButton)
    line.click()
    assert page.stack.currentIndex() == ONE
    page.panel.close_off.click()
    said = page.strip.lines[0].accessibleName()
    assert said == "A problem is closed only with what was done about it"
    qtbot.keyClicks(page.panel.what, "painted")
    page.panel.done.click()
    page.panel.close_off.click()
    (problem,) = problems(room)
    assert (problem.state, problem.done) == (State.CLOSED, "painted")
    assert page.stack.currentIndex() == LIST
    assert page.list.lines[0].text() == "No problem is open"  # type: ignore[attr-defined]
    page.list.filter.chosen.emit(1)
    assert isinstance(page.list.lines[0], QPushButton)


def test_what_is_missing_is_told(room: Room) -> None:
    page = room.pages.supervision
    press(room, "New problem")
    page.form.add.click()
    assert page.strip.lines[0].accessibleName() == "Say what the problem is"
    assert page.stack.currentIndex() == NEW


def test_the_days_are_walked(qtbot: QtBot, room: Room) -> None:
    page = room.pages.supervision
    assert not page.signals.later.isEnabled()
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_PageUp)
    assert page.signals.said.text() == NOTHING
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert texts(room) != []


def test_an_operator_sees_the_list_and_no_signals(room: Room) -> None:
    operator: Operator = room.station.add_operator("Sun Li", PIN, "operator")
    press(room, "New problem")
    form = room.pages.supervision.form
    form.what.setText("x")
    form.responsible.setText("Sun Li")
    form.submit()
    room.pages.lock()
    room.pages.sign_in.signed_in.emit(operator)
    room.window.show_page("desk")
    room.window.show_page("supervision")
    page = room.pages.supervision
    assert page.signals.said.text() == "This is for the supervisor or the officer in charge"
    assert texts(room) == []
    assert not page.new.isVisible()
    assert isinstance(page.list.lines[0], QPushButton)


def test_the_list_is_printed(qtbot: QtBot, room: Room) -> None:
    press(room, "Print")
    qtbot.waitUntil(lambda: len(room.printer.jobs) == 1)
    assert room.printer.jobs[0].pdf.startswith(b"%PDF-")


def test_thresholds_are_set_in_the_settings(room: Room) -> None:
    room.window.show_page("settings")
    room.pages.settings.open("signals")
    group = room.pages.settings.groups["signals"]
    for _ in range(3):
        group.run.more.click()  # type: ignore[attr-defined]
    assert room.settings.signal_same_run == 11
    room.window.show_page("supervision")
    assert texts(room) == []


def test_an_operator_is_told_before_typing_that_a_setting_is_not_theirs(room: Room) -> None:
    operator = room.station.add_operator("Sun Li", PIN, "operator")
    room.pages.lock()
    room.pages.sign_in.signed_in.emit(operator)
    room.window.show_page("settings")
    settings = room.pages.settings
    settings.open("station")
    assert settings.refusal.text() == "This is for the officer in charge"
    before = room.settings
    settings.change(site_name="Another gate")
    assert room.settings == before
    settings.open("display")
    assert not settings.refusal.isVisible()
    settings.change(theme="dark")
    assert room.settings.theme == "dark"
