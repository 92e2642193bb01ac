"""The page of the lists by keys: importing with a preview, working pushed persons, risk areas."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.lists import ListKind, Wanted
from checkpoint_app.domain.worklist import WorkState
from checkpoint_app.store.lists import Asked, NewList
from checkpoint_app.ui.pages.lists.page import ListsPage
from checkpoint_app.ui.theme import TARGET
from tests.store.lists.people import entry
from tests.ui.room import Room

WATCH = "姓名,证件号,电话,来源\n王强,410102199003078432,13800138000,市疾控\n李四,4.10102E+17,,省\n"


@pytest.fixture
def page(room: Room) -> ListsPage:
    room.window.show_page("lists")
    return room.pages.lists


def put(room: Room, *entries: WatchEntry) -> None:
    new = NewList(ListKind.WATCH, "市", room.now(), "王芳")
    room.station.lists.put(new, entries, room.now())


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key)


def test_an_empty_page_says_what_to_do(page: ListsPage) -> None:
    assert page.hint.isVisible()
    assert page.hint.text().startswith("No pushed list yet.")
    page.show_kind(ListKind.RISK)
    assert "type an area below" in page.hint.text()
    assert page.place.isVisible()


def test_the_columns_of_a_file_never_lie_over_each_other(
    page: ListsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "0323.csv"
    file.write_text(WATCH, "utf-8")
    page.look_at(file)
    QApplication.processEvents()
    boxes = [each.geometry() for each in page.importing.columns.values()]
    assert all(above.bottom() < below.top() for above, below in pairwise(boxes))
    assert min(box.height() for box in boxes) >= TARGET


def test_a_file_is_previewed_taken_and_its_refusals_saved(
    room: Room, page: ListsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "0323.csv"
    file.write_text(WATCH, "utf-8")
    page.look_at(file)
    assert page.importing.isVisible()
    assert page.importing.verdict.text() == "1 row will be taken, 1 refused"
    assert page.importing.refused.rowCount() == 1
    assert room.station.lists.versions().watch is None  # only looked at so far
    press(qtbot, Qt.Key.Key_Space)  # the keyboard stands on the main action
    assert room.station.lists.hits(Wanted(phone="13800138000"), room.now()).watch == "市疾控"
    page.save_refused(tmp_path / "refused.csv")
    qtbot.waitUntil(lambda: (tmp_path / "refused.csv").exists())
    press(qtbot, Qt.Key.Key_Escape)
    assert page.table.isVisible()
    assert page.coverage.text() == "1 pushed, 0 met here, 0 finished, 0 late"


def test_columns_that_are_not_known_are_chosen(room: Room, page: ListsPage, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("甲,乙\n王强,410102199003078432\n", "utf-8")
    page.look_at(file)
    assert page.importing.verdict.text().startswith("No column for")
    assert not page.importing.take.isEnabled()
    down = page.importing.columns["id_number"]
    down.setCurrentIndex(2)
    down.activated.emit(2)
    assert page.importing.take.isEnabled()
    page.importing.take.click()
    page.importing.cancel.click()
    page.look_at(file)
    assert page.importing.columns["id_number"].currentIndex() == 2  # remembered


def test_a_file_that_cannot_be_read_is_said_and_changes_nothing(
    page: ListsPage, tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    page.look_at(tmp_path / "a.xlsx")
    assert not page.importing.isVisible()
    assert page.strip.isVisible()


def test_pushed_persons_are_worked_by_keys_and_undone(
    room: Room, page: ListsPage, qtbot: QtBot
) -> None:
    put(room, entry(1), entry(2), entry(3))
    page.refresh()
    page.table.begin()
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_3)
    states = [row.state for row in room.station.lists.work_rows(Asked()).rows]
    assert states == [WorkState.UNCHECKED, WorkState.CHECKED, WorkState.UNCHECKED]
    assert page.coverage.text() == "3 pushed, 0 met here, 1 finished, 0 late"
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    states = [row.state for row in room.station.lists.work_rows(Asked()).rows]
    assert states == [WorkState.UNCHECKED] * 3
    assert room.station.verify().ok


def test_a_person_is_shown_whole_on_asking_and_that_is_on_record(
    room: Room, page: ListsPage, qtbot: QtBot
) -> None:
    put(room, entry(1))
    page.refresh()
    assert entry(1).id_number not in page.model.line(0).cells
    before = room.station.verify().records
    page.table.begin()
    press(qtbot, Qt.Key.Key_Return)
    assert page.panel.isVisible()
    assert page.panel.name.text() == entry(1).name
    assert room.station.verify().records == before + 1
    page.panel.note.setText("在外地")
    page.panel.buttons[3].click()
    row = room.station.lists.work_rows(Asked()).rows[0]
    assert (row.state, row.note, row.operator) == (WorkState.ELSEWHERE, "在外地", "王芳")
    press(qtbot, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()


def test_persons_are_found_as_one_types(room: Room, page: ListsPage, qtbot: QtBot) -> None:
    put(room, *(entry(number) for number in range(1, 30)))
    page.refresh()
    page.line.setFocus()
    page.line.insert(entry(7).name or "")
    page.line.textEdited.emit(page.line.text())
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.line.insert("x")
    press(qtbot, Qt.Key.Key_Return)
    assert page.hint.text() == f"Nobody fits “{entry(7).name}x”."


def test_a_risk_area_is_typed_struck_out_and_a_list_withdrawn(
    room: Room, page: ListsPage, qtbot: QtBot
) -> None:
    page.show_kind(ListKind.RISK)
    page.place.setText("上海市浦东新区")
    page.place.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert room.station.lists.risk_areas(room.now()) == {"310115"}
    assert page.model.line(0).cells[:3] == ("310115", "上海市浦东新区", "High")
    page.strip.acted.emit("undo")
    assert room.station.lists.risk_areas(room.now()) == frozenset()
    page.place.setText("哪里")
    press(qtbot, Qt.Key.Key_Return)
    assert page.strip.isVisible()
    page.show_kind(ListKind.WATCH)
    put(room, entry(1))
    page.refresh()
    page.away.click()
    assert room.station.lists.versions().watch is None
    page.strip.acted.emit("undo")
    assert room.station.lists.versions().watch is not None


def test_the_page_speaks_both_languages(room: Room, page: ListsPage) -> None:
    put(room, entry(1))
    page.refresh()
    room.look.use(language="zh_CN")
    assert page.bring.text() == "导入…"
    assert page.model.headerData(0, Qt.Orientation.Horizontal) == "核查状态"
    assert "推送 1 人" in page.coverage.text()
