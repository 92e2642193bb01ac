"""A period closed in the window: told, stopped, looked at, printed; the desk goes on meanwhile."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.register import Sheet
from tests.ui.room import Room


@pytest.fixture
def room(room: Room) -> Room:
    room.travellers(3)
    return room


def closed(qtbot: QtBot, room: Room) -> Path:
    room.window.command("close_day")
    panel = room.pages.register.closing
    with qtbot.waitSignal(panel.finished, timeout=30_000) as told:
        qtbot.mouseClick(panel.begin_button, Qt.MouseButton.LeftButton)
    return told.args[0].bound.folder


def test_one_key_leads_to_the_closing_and_says_what_is_missing(qtbot: QtBot, room: Room) -> None:
    room.window.command("close_day")
    page = room.pages.register
    assert page.closing_shown
    assert page.closing.begin_button.hasFocus()
    assert any("still running" in each for each in page.closing.points)
    assert page.closing.before.text() == "Not closed yet"
    room.window.command("print")
    assert not page.closing_shown


def test_a_period_is_closed_and_looked_at(qtbot: QtBot, room: Room) -> None:
    folder = closed(qtbot, room)
    page = room.pages.register
    assert folder.parent == room.office.folder / "closings"
    assert "check code" in page.closing.said.text()
    assert page.closing.before.text().startswith("Closed at")
    assert not page.closing.busy
    page.closing.view_button.click()
    qtbot.waitUntil(lambda: page.pictures.count > 5)
    assert not page.closing_shown
    assert room.printer.jobs == []


def test_everything_is_printed_if_asked(qtbot: QtBot, room: Room) -> None:
    room.window.command("close_day")
    room.pages.register.closing.both.click()
    closed(qtbot, room)
    qtbot.waitUntil(lambda: bool(room.printer.jobs))
    pages = pypdf.PdfReader(io.BytesIO(room.printer.jobs[0].pdf)).pages
    assert len(pages) > 5
    assert "Covering sheet" in pages[0].extract_text()


def test_a_folder_that_cannot_be_written_is_told_and_can_be_changed(
    qtbot: QtBot, room: Room, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    room.pages.settings.change(closing_folder=str(tmp_path / "file"))
    room.window.command("close_day")
    panel = room.pages.register.closing
    panel.begin_button.click()
    assert "could not be written" in panel.said.text()
    panel.folder_chosen.emit(str(tmp_path / "other"))
    assert closed(qtbot, room).parent == tmp_path / "other"


def test_the_form_of_the_file_is_chosen(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.window.command("print")
    page = room.pages.register
    qtbot.waitUntil(lambda: page.card.save_button.isEnabled())
    page.card.format.setCurrentIndex(1)
    assert page.file_name().endswith(".xlsx")
    page.save(tmp_path / "out.xlsx")
    qtbot.waitUntil((tmp_path / "out.xlsx").exists)
    assert (tmp_path / "out.xlsx").read_bytes()[:2] == b"PK"
    qtbot.waitUntil(lambda: page.card.save_button.isEnabled())


@pytest.mark.parametrize("place", range(11))
def test_every_sheet_is_seen(qtbot: QtBot, room: Room, place: int) -> None:
    room.window.command("print")
    page = room.pages.register
    page.choice.sheet.setCurrentIndex(place)
    page.choice.sheet.activated.emit(place)
    assert page.choice.chosen.sheet is list(Sheet)[place]
    qtbot.waitUntil(lambda: page.pictures.count > 0 and page.card.save_button.isEnabled())


def test_the_targets_are_large_enough_for_gloves(qtbot: QtBot, room: Room) -> None:
    room.window.command("close_day")
    panel = room.pages.register.closing
    for button in (panel.begin_button, panel.where, panel.back_button):
        assert button.height() >= 44
        assert panel.rect().contains(button.mapTo(panel, QPoint(0, 0)))
