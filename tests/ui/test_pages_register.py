"""The day's sheets in the window: looked at, printed, saved, and what goes wrong."""

from __future__ import annotations

import errno
import io
import os
import re
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from checkpoint_app.desk.files import sentence_for, write_whole
from checkpoint_app.devices.ports import PrintJob
from checkpoint_app.domain.register import Mask, Sheet
from checkpoint_app.i18n import translator
from checkpoint_app.ui.pages.print_card import page_range
from tests.ui.room import TRAVELLERS, Room

PLACE = {Mask.PARTIAL: 0, Mask.NONE: 1}


def open_page(qtbot: QtBot, room: Room, count: int = len(TRAVELLERS)) -> None:
    room.travellers(count)
    room.window.command("print")
    drawn(qtbot, room)


def drawn(qtbot: QtBot, room: Room) -> None:
    page = room.pages.register
    qtbot.waitUntil(lambda: page.pictures.count > 0 and page.card.save_button.isEnabled())


def text_of(pdf: bytes) -> str:
    # Not by pdfium: the window's own thread is using it, and it is not made for two at once.
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def printed(qtbot: QtBot, room: Room) -> PrintJob:
    room.pages.register.card.print_button.click()
    qtbot.waitUntil(lambda: bool(room.printer.jobs))
    return room.printer.jobs[-1]


def said(room: Room) -> str:
    return room.pages.register.strip.lines[0].accessibleName()


def test_the_sheet_is_seen_as_it_will_be_printed(qtbot: QtBot, room: Room) -> None:
    open_page(qtbot, room, 60)
    page = room.pages.register
    assert page.pictures.count > 2
    assert page.place.text() == f"1 / {page.pictures.count}"
    qtbot.waitUntil(lambda: page.pictures.nearest(1) is not None)
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.place.text().startswith("2 /")
    assert page.small.page == 2


def test_looking_seals_nothing_and_printing_does(qtbot: QtBot, room: Room) -> None:
    room.travellers()
    before = room.station.verify().records
    room.window.command("close_day")
    drawn(qtbot, room)
    assert room.station.verify().records == before
    job = printed(qtbot, room)
    assert room.station.verify().records == before + 2  # the seal, and that it was printed
    assert job.title == "2026-11-23-Register"
    qtbot.waitUntil(lambda: room.pages.register.strip.isVisible())
    code = re.search(r"check code (\S+)", said(room))
    assert code is not None
    assert code[1] in text_of(job.pdf)


def test_copies_pages_and_both_sides_go_to_the_printer(qtbot: QtBot, room: Room) -> None:
    open_page(qtbot, room)
    card = room.pages.register.card
    qtbot.waitUntil(lambda: card.printer.count() == 2)
    card.copies.more.click()
    card.pages.setText("1-2")
    card.both.click()
    card.printer.setCurrentIndex(1)
    job = printed(qtbot, room)
    assert (job.copies, job.pages, job.duplex) == (2, (1, 2), True)
    assert job.printer == "Office printer"


def test_a_page_range_that_is_none_is_told(qtbot: QtBot, room: Room) -> None:
    open_page(qtbot, room)
    room.pages.register.card.pages.setText("five")
    room.pages.register.card.print_button.click()
    assert said(room) == "Pages are written like 2-5"
    assert not room.printer.jobs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("3", (3, 3)),
        ("2-5", (2, 5)),
        (" 2 – 5 ", (2, 5)),
        ("4-", (4, 9999)),
        ("5-2", None),
        ("0", None),
        ("-3", None),
        ("1,3", None),
    ],
)
def test_page_ranges(text: str, expected: tuple[int, int] | None) -> None:
    assert page_range(text) == expected


def test_a_printer_that_is_gone_is_told_and_the_page_goes_on(qtbot: QtBot, room: Room) -> None:
    open_page(qtbot, room)
    room.printer.fault = "printer_gone"
    room.pages.register.card.print_button.click()
    qtbot.waitUntil(lambda: room.pages.register.strip.isVisible())
    assert said(room).startswith("The printer does not answer")
    assert room.pages.register.card.print_button.isEnabled()


def test_without_a_printer_only_saving_is_left(qtbot: QtBot, room: Room) -> None:
    room.printer.names().clear()
    open_page(qtbot, room)
    card = room.pages.register.card
    qtbot.waitUntil(lambda: card.printer.currentText() == "No printer found")
    assert not card.print_button.isEnabled()
    assert card.save_button.isEnabled()


def test_masked_by_default_whole_only_for_someone(qtbot: QtBot, room: Room) -> None:
    open_page(qtbot, room)
    page, whole = room.pages.register, TRAVELLERS[0][1]
    assert whole not in text_of(printed(qtbot, room).pdf).replace("\r\n", "")
    page.choice.masking.segment.chosen.emit(PLACE[Mask.NONE])
    assert not page.card.save_button.isEnabled()
    assert page.state.text() == "Say for whom the whole numbers are"
    page.choice.recipient.insert("County office")
    qtbot.waitUntil(lambda: page.card.print_button.isEnabled())
    room.printer.jobs.clear()
    text = re.sub(r"\s", "", text_of(printed(qtbot, room).pdf))
    assert whole in text
    assert page.choice.chosen.recipient == "County office"  # stands across it as a drawing


def test_another_day_and_sheet_are_drawn(qtbot: QtBot, room: Room) -> None:
    room.record(20, 60 * 24)
    open_page(qtbot, room)
    page = room.pages.register
    page.choice.sheet.setCurrentIndex(1)
    page.choice.sheet.activated.emit(1)
    page.choice.day.segment.chosen.emit(1)
    assert page.choice.chosen.sheet is Sheet.ABNORMAL
    assert page.choice.chosen.day == date(2026, 11, 22)
    assert page.file_name() == "2026-11-22-Abnormal-persons.pdf"
    page.choice.day.segment.chosen.emit(2)
    assert page.choice.date.isVisible()
    page.choice.date.setDate(QDate(2026, 11, 20))
    drawn(qtbot, room)
    assert page.file_name().startswith("2026-11-20")


def test_an_empty_day_shows_the_sheet_that_says_so(qtbot: QtBot, room: Room) -> None:
    room.window.command("print")
    drawn(qtbot, room)
    assert "Zero report" in text_of(printed(qtbot, room).pdf)


def test_the_sheet_is_saved_as_a_file(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    open_page(qtbot, room)
    target = tmp_path / room.pages.register.file_name()
    room.pages.register.save(target)
    qtbot.waitUntil(lambda: room.pages.register.strip.isVisible())
    assert said(room) == "Saved: 2026-11-23-Register.pdf"
    assert "Epidemic control checkpoint register" in text_of(target.read_bytes())


def test_a_folder_that_is_not_there_is_told(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    open_page(qtbot, room)
    room.pages.register.save(tmp_path / "missing" / "sheet.pdf")
    qtbot.waitUntil(lambda: room.pages.register.strip.isVisible())
    assert said(room) == "The file could not be written; choose another folder"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.EACCES, "Nothing can be written to this folder; choose another"),
        (errno.EROFS, "Nothing can be written to this folder; choose another"),
        (errno.ENOSPC, "The disk is full; free some space or choose another"),
    ],
)
def test_what_a_disk_refuses_is_one_sentence(number: int, expected: str) -> None:
    assert sentence_for(OSError(number, os.strerror(number)), translator("en")) == expected


def test_half_a_file_never_stays(tmp_path: Path) -> None:
    folder = tmp_path / "sheet.pdf"
    folder.mkdir()
    with pytest.raises(OSError, match="sheet"):
        write_whole(folder, b"%PDF")
    assert [each.name for each in tmp_path.iterdir()] == ["sheet.pdf"]


def test_sizes_go_up_and_down(qtbot: QtBot, room: Room) -> None:
    open_page(qtbot, room)
    page = room.pages.register
    page.actual.click()
    assert page.roll.shown_zoom() == pytest.approx(1.0, abs=0.01)
    page.more.click()
    assert page.roll.shown_zoom() == pytest.approx(1.25, abs=0.01)
    page.less.click()
    page.fit.click()
    assert page.roll.page_width() < page.roll.viewport().width()


def test_a_press_on_a_small_page_goes_there(qtbot: QtBot, room: Room) -> None:
    open_page(qtbot, room, 60)
    page = room.pages.register
    page.small.pressed.emit(3)
    assert page.roll.page == 3
    qtbot.keyClick(page.small, Qt.Key.Key_Up)
    assert page.roll.page == 2
