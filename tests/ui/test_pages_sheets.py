"""The forms of the sheets in the settings: tried in a preview, kept, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.store.hub_lists import HeldList
from checkpoint_app.ui.pages.settings.sheets import SheetsGroup
from tests.ui.room import Room


@pytest.fixture
def room(room: Room) -> Room:
    room.travellers(3)
    room.window.show_page("settings")
    room.pages.settings.open("sheets")
    return room


def group(room: Room) -> SheetsGroup:
    found = room.pages.settings.groups["sheets"]
    assert isinstance(found, SheetsGroup)
    return found


def own(room: Room) -> Path:
    assert room.office.folder is not None
    return room.office.folder / "sheets" / "daily.toml"


def test_the_preview_follows_the_text_and_nothing_counts_until_it_is_used(
    qtbot: QtBot, room: Room
) -> None:
    forms = group(room)
    assert forms.chosen is Sheet.DAILY
    assert not forms.keep_button.isEnabled()
    qtbot.waitUntil(lambda: forms.pictures.count > 0)
    wide = forms.pictures.size.width()
    text = forms.editor.toPlainText()
    forms.editor.setPlainText(text.replace('"landscape"', '"portrait"'))
    qtbot.waitUntil(lambda: forms.pictures.size.width() < wide)
    assert forms.keep_button.isEnabled()
    assert not own(room).exists()
    forms.keep_button.click()
    assert "portrait" in own(room).read_text("utf-8")
    assert forms.problem.text() == "This form is used from now on"
    room.window.command("print")
    page = room.pages.register
    qtbot.waitUntil(lambda: 0 < page.pictures.size.width() < wide)


def test_a_mistake_is_told_and_cannot_be_kept(qtbot: QtBot, room: Room) -> None:
    forms = group(room)
    forms.editor.setPlainText(forms.editor.toPlainText().replace('"plate"', '"plaet"'))
    qtbot.waitUntil(lambda: "plaet" in forms.problem.text())
    assert not forms.keep_button.isEnabled()
    forms.keep()
    assert not own(room).exists()


def test_the_shipped_form_comes_back(qtbot: QtBot, room: Room) -> None:
    forms = group(room)
    shipped = forms.editor.toPlainText()
    forms.editor.setPlainText(shipped.replace("2.4", "2.6"))
    qtbot.waitUntil(forms.keep_button.isEnabled)
    forms.keep_button.click()
    assert forms.drop_button.isEnabled()
    forms.drop_button.click()
    assert forms.editor.toPlainText() == shipped
    assert not own(room).exists()
    assert not forms.drop_button.isEnabled()


def test_a_folder_that_cannot_be_written_is_told(qtbot: QtBot, room: Room) -> None:
    forms = group(room)
    own(room).parent.write_text("a file where the folder should be")
    forms.editor.setPlainText(forms.editor.toPlainText().replace("2.4", "2.6"))
    qtbot.waitUntil(forms.keep_button.isEnabled)
    forms.keep_button.click()
    assert "could not be written" in forms.problem.text()


def test_where_lists_go_and_how_files_are_written(qtbot: QtBot, room: Room) -> None:
    forms = group(room)
    forms.report_to.edit.setText("Town hall")
    forms.report_to.commit()
    assert room.settings.report_to == "Town hall"
    forms.period.edit.setText("17:00")
    forms.period.commit()
    assert room.settings.period_starts_at == "17:00"


def test_the_countys_form_is_shown_and_only_the_office_changes_it(qtbot: QtBot, room: Room) -> None:
    forms = group(room)
    ours = forms.editor.toPlainText().replace('title = "', 'title = "Yiyang ', 1)
    held = HeldList("templates", "rows", 1, 2, 1, room.now(), None)
    room.station.handed_down.put_forms(held, {"daily": ours.encode()}, room.now())
    forms.load()
    assert forms.editor.isReadOnly()
    assert "Yiyang" in forms.editor.toPlainText()
    assert not forms.keep_button.isEnabled()
    forms.draw()  # as it does by itself a moment later
    assert forms.problem.text() == "The county's form is in force here"
    room.station.handed_down.forget("templates")
    forms.load()
    assert not forms.editor.isReadOnly()
    assert "Yiyang" not in forms.editor.toPlainText()
