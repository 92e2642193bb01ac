"""The page of figures: periods, charts, numbers, files and paper."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.room import Room


def opened(room: Room, qtbot):
    page = room.pages.figures
    room.window.show_page("figures")
    qtbot.waitUntil(lambda: page.figures is not None)
    return page


def test_the_day_is_counted_and_drawn(room: Room, qtbot) -> None:
    room.travellers(20)
    page = opened(room, qtbot)
    assert page.figures.people == 20
    assert page.title.text() == "People per hour"
    qtbot.waitUntil(lambda: page.picture.drawn, timeout=20_000)
    model = page.model
    counted = [int(model.index(row, 1).data()) for row in range(model.rowCount())]
    assert sum(counted) == 20


def test_charts_are_walked_by_the_arrow_keys(room: Room, qtbot) -> None:
    room.travellers(5)
    page = opened(room, qtbot)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Down)
    assert page.chart.key == "outcomes"
    assert page.charts["outcomes"].isChecked()
    qtbot.keyClick(page, Qt.Key.Key_Up)
    qtbot.keyClick(page, Qt.Key.Key_Up)
    assert page.chart.key == "coverage"


def test_an_empty_day_says_so_and_saves_nothing(room: Room, qtbot) -> None:
    page = opened(room, qtbot)
    assert page.chart.empty
    assert not page.save_table.isEnabled()
    assert not page.print_all.isEnabled()


def test_another_span_counts_other_days(room: Room, qtbot) -> None:
    room.travellers(5)
    page = opened(room, qtbot)
    page.span.setCurrentIndex(1)
    with qtbot.waitSignal(page.counted):
        page.span.activated.emit(1)
    assert page.figures.people == 0
    page.span.setCurrentIndex(2)
    with qtbot.waitSignal(page.counted):
        page.span.activated.emit(2)
    assert page.figures.people == 5
    assert len(page.figures.charts[0].labels) == 7
    page.span.setCurrentIndex(4)
    page.span.activated.emit(4)
    assert page.start.isVisible()


def test_saved_as_pictures_and_as_a_workbook(room: Room, qtbot, tmp_path: Path) -> None:
    room.travellers(5)
    page = opened(room, qtbot)
    book, picture = tmp_path / "figures.xlsx", tmp_path / "chart.svg"
    page.save_workbook(book)
    page.save_chart(picture)
    qtbot.waitUntil(picture.exists, timeout=20_000)
    assert "Outcomes" in openpyxl.load_workbook(book).sheetnames
    assert picture.read_bytes().lstrip().startswith(b"<?xml")


def test_a_folder_that_cannot_be_written_is_a_sentence(room: Room, qtbot, tmp_path: Path) -> None:
    room.travellers(5)
    page = opened(room, qtbot)
    page.save_workbook(tmp_path / "not there" / "figures.xlsx")
    qtbot.waitUntil(lambda: page.strip.isVisible(), timeout=20_000)


def test_printed_with_all_charts(room: Room, qtbot) -> None:
    room.travellers(5)
    page = opened(room, qtbot)
    page.print_figures()
    qtbot.waitUntil(lambda: bool(room.printer.jobs), timeout=30_000)
    assert room.printer.jobs[0].pdf.startswith(b"%PDF")


def test_the_numbers_are_copied_with_their_headings(room: Room, qtbot) -> None:
    room.travellers(5)
    page = opened(room, qtbot)
    page.choose("outcomes")
    page.numbers.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[1] == "People checked"
    assert len(lines) == 8
