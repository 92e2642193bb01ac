"""来访: register by keyboard, refuse, leave; file a notice and settle it; passes for a class."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.store.lists.staging import NewList
from checkpoint_app.ui.pages.people.page import TABS
from tests.ui.room import Room

NUMBER = "410102196003078435"


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "station")
    made.office.venue = True
    made.window.resize(1366, 768)
    made.window.show()
    made.enter()
    made.window.show_page("people")
    yield made
    made.close()


def typed(room: Room, **texts: str) -> None:
    form = room.pages.people.visitors.form
    for name, text in texts.items():
        form.lines[name].setText(text)


def test_by_the_road_nobody_visits(qtbot: QtBot, tmp_path: Path) -> None:
    made = Room(tmp_path / "road")
    made.window.show()
    made.enter()
    assert not made.window.rail.buttons["people"].isVisible()
    assert "people" not in made.window.rail.offered
    made.close()


def test_nothing_is_wider_than_the_window(room: Room) -> None:
    for name in TABS:
        room.pages.people.open(name)
        assert room.pages.people.minimumSizeHint().width() <= room.window.pages.width(), name


def test_a_visitor_is_registered_by_keyboard_alone(qtbot: QtBot, room: Room) -> None:
    form = room.pages.people.visitors.form
    assert form.lines["id_number"].hasFocus()
    for name, text in (
        ("id_number", NUMBER),
        ("name", "孙立军"),
        ("phone", "13912345678"),
        ("unit", "Water works"),
        ("host", "Head"),
        ("purpose", "repair"),
        ("plate", ""),
        ("temperature", "36,4"),
        ("companions", "甲、乙"),
    ):
        assert form.lines[name].hasFocus(), name
        qtbot.keyClicks(form.lines[name], text) if text.isascii() else form.lines[name].setText(
            text
        )
        qtbot.keyClick(form.lines[name], Qt.Key.Key_Return)
    (visit,) = room.station.visits.inside()
    assert (visit.persons, visit.temperature_c, visit.host) == (3, 36.4, "Head")
    qtbot.waitUntil(lambda: len(room.printer.jobs) == 1)
    assert form.text("name") == ""
    assert room.pages.people.visitors.inside.text() == "Visitors inside: 3"


def test_what_is_lacking_is_said_and_nothing_is_lost(room: Room) -> None:
    tab = room.pages.people.visitors
    typed(room, name="孙立军", purpose="repair")
    tab.register_button.click()
    assert tab.form.answer.text().startswith("Whom do they visit?")
    assert tab.form.text("name") == "孙立军"
    typed(room, host="Head", phone="12")
    tab.register_button.click()
    assert tab.form.answer.text() == "That can be no phone number"
    assert room.station.visits.inside() == []


def test_who_was_here_before_is_known_by_the_number(room: Room) -> None:
    tab = room.pages.people.visitors
    typed(room, id_number=NUMBER, name="孙立军", host="Head", purpose="repair")
    tab.register_button.click()
    typed(room, id_number=NUMBER)
    tab.form.lines["id_number"].editingFinished.emit()
    assert (tab.form.text("name"), tab.form.text("host")) == ("孙立军", "Head")


def test_a_visitor_leaves_and_one_is_sent_away(room: Room) -> None:
    tab = room.pages.people.visitors
    typed(room, name="孙立军", host="Head", purpose="repair")
    tab.register_button.click()
    typed(room, name="钱某", purpose="selling")
    tab.refuse_button.click()
    rows = [tab.table.item(row, 6).text() for row in range(tab.table.rowCount())]
    assert sorted(rows) == ["", "Not admitted"]
    tab.table.selectRow(rows.index(""))
    assert tab.left_button.isEnabled()
    tab.left_button.click()
    assert room.station.visits.inside() == []
    assert not tab.left_button.isEnabled()


def test_a_notice_is_filed_and_settled(room: Room) -> None:
    room.pages.people.open("away")
    tab = room.pages.people.away
    for name, text in (
        ("name", "赵一鸣"),
        ("places", "郑州市，西安市"),
        ("leaves", "11-20"),
        ("returns", "tomorrow"),
    ):
        tab.form.lines[name].setText(text)
    tab.file_button.click()
    assert tab.form.answer.text() == "Dates as month and day: 11-25"
    tab.form.lines["returns"].setText("11月28日")
    tab.file_button.click()
    (notice,) = room.station.absences.open_ones()
    assert notice.places == ("郑州市", "西安市")
    assert notice.returns_on.isoformat() == "2026-11-28"
    assert not tab.back_button.isEnabled()
    tab.table.selectRow(0)
    assert not tab.seen.isVisible()
    tab.back_button.click()
    assert tab.answer.text() == "赵*鸣 is back; no place is a risk area today"
    assert room.station.absences.open_ones() == []


def test_photos_are_kept_and_what_is_refused_is_said(room: Room, tmp_path: Path) -> None:
    pupils = [RosterEntry(name="Pupil", roster_id="S-1")]
    room.station.lists.put(NewList(ListKind.ROSTER, "roster", room.at), pupils, room.at)
    room.pages.people.open("passes")
    tab = room.pages.people.passes
    for name in ("S-1.png", "S-2.png"):
        Image.new("RGB", (90, 120), "teal").save(tmp_path / name)
    tab.use_photos(str(tmp_path / "S-1.png"))  # any picture stands for its folder
    assert tab.answer.text() == (
        "Photos kept: 1. Refused: 1: S-2.png (Nobody on the roster is called so)"
    )
    assert tab.photo_button.text() == "Photos…"
    assert room.station.portraits.of("S-1") is not None


def test_passes_for_a_class(qtbot: QtBot, room: Room) -> None:
    room.pages.people.open("passes")
    tab = room.pages.people.passes
    assert tab.hint.text().startswith("No roster yet")
    pupils = [RosterEntry(name=f"Pupil {n}", roster_id=f"S-{n}", unit=f"{n % 2}") for n in range(4)]
    room.station.lists.put(NewList(ListKind.ROSTER, "roster", room.at), pupils, room.at)
    tab.opened()
    assert tab.table.rowCount() == 4
    assert not tab.print_button.isEnabled()
    tab.all_button.click()
    assert tab.count.text() == "Chosen: 4"
    tab.print_button.click()
    qtbot.waitUntil(lambda: len(room.printer.jobs) == 1)
    assert tab.table.item(0, 4).text().startswith("until 20")
    tab.table.selectRow(1)
    tab.revoke_button.click()
    assert tab.answer.text() == "1 pass revoked"
    assert len(room.station.revoked_passes()) == 1
