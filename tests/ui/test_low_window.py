"""A laptop of 768 lines under a task bar: nothing is cut at the bottom, what is high scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.ui.theme import TARGET
from tests.ui.room import Room

HEIGHT = 680  # of 768, less the title of the window and the task bar


@pytest.fixture(params=["zh_CN", "en"])
def room(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Room]:
    """A venue, which has the most pages."""
    made = Room(tmp_path / "station", language=request.param)
    made.office.venue = True
    made.window.resize(1366, HEIGHT)
    made.window.show()
    made.enter()
    made.travellers()
    yield made
    made.close()


def bottom(widget: QWidget, window: QWidget) -> int:
    return widget.mapTo(window, QPoint(0, widget.height())).y()


def test_every_page_of_the_rail_is_whole(room: Room) -> None:
    buttons = [room.window.rail.buttons[key] for key in room.window.rail.offered]
    assert len(buttons) == 13
    assert max(bottom(each, room.window) for each in buttons) <= HEIGHT
    assert min(each.height() for each in buttons) >= TARGET


def test_no_page_is_higher_than_the_window(room: Room) -> None:
    for key in room.window.rail.offered:
        room.window.show_page(key)
        QApplication.processEvents()
    assert room.window.minimumSizeHint().height() <= HEIGHT
    assert room.window.minimumSizeHint().width() <= 1366


def test_the_last_group_of_the_settings_is_walked_into_view(room: Room) -> None:
    room.window.show_page("settings")
    page = room.pages.settings
    page.open("rights")
    QApplication.processEvents()
    last = page.buttons["rights"]
    assert last.height() >= TARGET
    assert bottom(last, room.window) <= bottom(page, room.window)
    assert not last.visibleRegion().isEmpty()


def test_a_line_below_the_edge_is_scrolled_to(qtbot: QtBot, room: Room) -> None:
    room.window.show_page("people")
    QApplication.processEvents()
    lines = list(room.pages.people.visitors.form.lines.values())
    for line in lines[:-1]:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert lines[-1].hasFocus()
    assert lines[-1].visibleRegion().boundingRect().height() == lines[-1].height()


def test_what_is_counted_last_is_scrolled_to(qtbot: QtBot, room: Room) -> None:
    room.window.show_page("shift")
    QApplication.processEvents()
    counting = room.pages.shift.counting
    for field in counting.fields:
        field.setText("0")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert counting.notes.hasFocus()
    assert counting.notes.visibleRegion().boundingRect().height() == counting.notes.height()
