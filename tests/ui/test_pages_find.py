"""Finding an earlier inspection, looking at it whole, changing its outcome."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.inspection import Outcome
from tests.ui.room import NAMES, PIN, TRAVELLERS, Room

RED = 1  # place of the traveller with the red code
WHOLE = TRAVELLERS[RED][1]


@pytest.fixture
def room(room: Room) -> Room:
    room.travellers()
    room.window.command("find")
    return room


def texts(room: Room) -> list[str]:
    return [each.text() for each in room.pages.find.panel.findChildren(QLabel)]


def rows(room: Room) -> list[list[str]]:
    model = room.pages.find.table.model()
    columns = range(model.columnCount())
    return [
        [str(model.index(row, column).data()) for column in columns]
        for row in range(model.rowCount())
    ]


def find(qtbot: QtBot, room: Room, text: str) -> None:
    line = room.pages.find.line
    line.clear()
    line.insert(text)  # as an input method does
    qtbot.waitUntil(lambda: not room.pages.find.searching)


def test_what_to_type_is_said_at_first(room: Room) -> None:
    assert room.window.current == "find"
    assert room.pages.find.hint.isVisible()
    assert "Type a name" in room.pages.find.hint.text()


def test_results_come_as_one_types_and_are_masked(qtbot: QtBot, room: Room) -> None:
    find(qtbot, room, "王")
    assert rows(room) == [
        ["Hand over", "03:08", "王*明", "410***********8810", "豫A·8**88", "36.6 ℃", NAMES[0]]
    ]
    find(qtbot, room, "张")
    assert [row[2] for row in rows(room)] == ["张*丰", "张*"]
    assert rows(room)[0][5] == "37.5 → 36.9 ℃"


def test_nothing_found_is_told(qtbot: QtBot, room: Room) -> None:
    find(qtbot, room, "nobody")
    assert room.pages.find.hint.text() == "Nothing found for “nobody”."


def test_an_earlier_day_carries_its_date(qtbot: QtBot, room: Room) -> None:
    room.record(10, 60 * 24)
    find(qtbot, room, "张伟")
    assert [row[1] for row in rows(room)] == ["11/22 03:12", "03:07"]


def test_the_keyboard_alone_opens_a_record(qtbot: QtBot, room: Room) -> None:
    find(qtbot, room, "王")
    qtbot.keyClick(room.pages.find.line, Qt.Key.Key_Return)
    qtbot.keyClick(room.pages.find.table, Qt.Key.Key_Return)
    assert room.pages.find.panel.isVisible()
    assert "Red code" in texts(room)
    assert WHOLE not in texts(room)
    qtbot.keyClick(room.pages.find.table, Qt.Key.Key_Escape)
    assert not room.pages.find.panel.isVisible()


def test_a_record_is_whole_only_while_held_and_the_look_is_on_record(
    qtbot: QtBot, room: Room
) -> None:
    find(qtbot, room, "王")
    page, before = room.pages.find, room.station.verify().records
    page.open_record(page.model.line(0).id)
    qtbot.mousePress(page.panel.whole, Qt.MouseButton.LeftButton)
    assert WHOLE in texts(room)
    assert room.station.verify().records == before + 1
    qtbot.mouseRelease(page.panel.whole, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: WHOLE not in texts(room))


def test_locking_ends_a_look(qtbot: QtBot, room: Room) -> None:
    find(qtbot, room, "王")
    page = room.pages.find
    page.open_record(page.model.line(0).id)
    qtbot.mousePress(page.panel.whole, Qt.MouseButton.LeftButton)
    room.pages.lock()
    qtbot.waitUntil(lambda: WHOLE not in texts(room))


def test_rows_are_copied_as_they_are_shown(qtbot: QtBot, room: Room) -> None:
    find(qtbot, room, "王")
    room.pages.find.table.selectRow(0)
    qtbot.keyClick(room.pages.find.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert "410***********8810" in copied
    assert WHOLE not in copied


def test_esc_closes_the_record_then_leads_back_to_the_desk(qtbot: QtBot, room: Room) -> None:
    find(qtbot, room, "王")
    page = room.pages.find
    page.open_record(page.model.line(0).id)
    qtbot.keyClick(page.line, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    assert room.window.current == "find"
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert room.window.current == "desk"


def opened_change(qtbot: QtBot, room: Room, name: str) -> None:
    find(qtbot, room, name)
    page = room.pages.find
    page.open_record(page.model.line(0).id)
    page.panel.change.click()
    assert page.change.isVisible()


def test_a_pass_is_changed_with_a_reason(qtbot: QtBot, room: Room) -> None:
    room.desk.load()
    opened_change(qtbot, room, "张伟")
    change = room.pages.find.change
    change.outcomes[Outcome.REGISTER].click()
    change.submit.click()
    assert change.isVisible()  # a reason is needed
    change.reason.setText("Documents looked at again")
    change.submit.click()
    assert not change.isVisible()
    assert rows(room)[0][0] == "Register and pass (changed)"
    assert dict(room.desk.state.counts)[Outcome.REGISTER] == 2
    assert "Changed from Pass by 王芳: Documents looked at again" in texts(room)
    assert room.station.verify().ok


def test_leaving_a_hand_over_needs_a_second_officer(qtbot: QtBot, room: Room) -> None:
    opened_change(qtbot, room, "王")
    page, change = room.pages.find, room.pages.find.change
    change.outcomes[Outcome.PASS].click()
    change.reason.setText("The hospital has cleared them")
    change.submit.click()
    assert change.isVisible()
    change.officer.setCurrentIndex(0)
    change.pin.setText("9999")
    change.submit.click()
    assert change.isVisible()
    change.pin.setText(PIN)
    change.submit.click()
    assert not change.isVisible()
    assert page.model.line(0).word == "Pass"
    row = room.station.row(page.model.line(0).id)
    assert row is not None
    assert row.change is not None
    assert row.change.second_officer in NAMES[1:]


def test_the_first_officer_is_no_second_one(room: Room) -> None:
    recorded = room.record(11, 30)
    me = next(each for each in room.station.operators() if each.name == NAMES[0])
    said: list[str] = []
    room.office.amend(
        recorded.inspection.id,
        Outcome.PASS,
        "because",
        (me.id, PIN),
        "",
        NAMES[0],
        lambda done: said.append("done"),
        said.append,
    )
    assert said == ["That PIN is not a second officer's"]
    assert room.outcome_of(recorded) is Outcome.HAND_OVER


def test_alone_at_night_a_call_back_does(room: Room) -> None:
    recorded, said = room.record(11, 30), []
    room.office.amend(
        recorded.inspection.id,
        Outcome.REGISTER,
        "because",
        None,
        "Director Li, 03:10",
        NAMES[0],
        lambda done: said.append(done.outcome),
        said.append,
    )
    assert said == [Outcome.REGISTER]
    assert room.outcome_of(recorded) is Outcome.REGISTER
