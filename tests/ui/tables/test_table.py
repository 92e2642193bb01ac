"""The table that every page's lines stand in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.desk import Tone
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.tables import Column, LineModel, LineTable


@dataclass(frozen=True)
class Bus:
    plate: str
    people: int


BUSES = [Bus("豫A12345", 9), Bus("沪C54321", 45), Bus("鲁B00001", 12)]
COLUMNS = (
    Column[Bus]("Plate", 3, lambda bus: bus.plate, tone=lambda bus: Tone.PASS),
    Column[Bus](
        "Passengers",
        1,
        lambda bus: str(bus.people),
        lambda bus: bus.people,
        alarm=lambda bus: bus.people > 40,
    ),
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def shown(window: QWidget) -> tuple[LineTable[Bus], LineModel[Bus]]:
    model = LineModel(Look(language="en"), COLUMNS, window)
    table = LineTable(model, window)
    model.show_lines(BUSES)
    table.resize(400, 300)
    window.show()
    return table, model


def plates(table: LineTable[Bus]) -> list[str]:
    return [
        table.line(table.model().index(row, 0)).plate for row in range(table.model().rowCount())
    ]


def test_the_order_is_the_models_until_a_heading_is_pressed(window: QWidget) -> None:
    table, _ = shown(window)
    assert plates(table) == [each.plate for each in BUSES]
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert plates(table) == ["沪C54321", "鲁B00001", "豫A12345"]  # by number, not by text


def test_rows_are_kept_in_which_the_text_stands(window: QWidget) -> None:
    table, _ = shown(window)
    table.filter(" 鲁b ")
    assert plates(table) == ["鲁B00001"]
    table.filter("")
    assert len(plates(table)) == len(BUSES)


def test_a_dragged_column_keeps_its_share_when_the_window_grows(window: QWidget) -> None:
    table, _ = shown(window)
    table.setColumnWidth(0, table.viewport().width() // 2)
    table.resize(800, 300)
    assert abs(table.columnWidth(0) - table.viewport().width() // 2) <= 2


def test_a_narrow_table_leaves_out_what_can_be_spared(window: QWidget) -> None:
    columns = (*COLUMNS, Column[Bus]("Remark", 1, lambda bus: "late", spare=True))
    model = LineModel(Look(language="en"), columns, window)
    table = LineTable(model, window)
    model.show_lines(BUSES)
    window.show()
    for width, hidden in ((1200, False), (800, True), (1200, False)):
        table.resize(width, 300)
        assert table.isColumnHidden(2) is hidden
        assert sum(table.columnWidth(each) for each in range(3)) <= table.viewport().width()


def test_what_is_chosen_is_copied_as_it_is_shown(qtbot: QtBot, window: QWidget) -> None:
    table, _ = shown(window)
    table.begin(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "沪C54321\t45"
    assert table.current_line == BUSES[1]


def test_enter_opens_the_line_and_escape_is_left_to_the_page(qtbot: QtBot, window: QWidget) -> None:
    table, _ = shown(window)
    table.begin()
    with qtbot.waitSignal(table.activated):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_signs_and_alarms_stand_where_the_columns_say(window: QWidget) -> None:
    _, model = shown(window)
    sign, colour = Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ForegroundRole
    assert model.index(0, 0).data(sign) is not None
    assert model.index(0, 1).data(sign) is None
    assert model.index(0, 1).data(colour) is None
    assert model.index(1, 1).data(colour) is not None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Passengers"


def test_another_line_takes_a_rows_place(window: QWidget) -> None:
    table, model = shown(window)
    row = model.row_where(lambda bus: bus.plate == "沪C54321")
    assert row == 1
    model.put(row, Bus("沪C54321", 44))
    assert table.line(table.model().index(1, 0)).people == 44
    assert model.row_where(lambda bus: bus.people == 45) is None
