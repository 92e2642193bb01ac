"""同步: joining an office, and how the exchange stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from checkpoint_app.desk.hub.handing import Refused
from checkpoint_app.desk.hub.view import HubView, ListHeld, RefusedRecord
from checkpoint_app.sync.enrolling import Invitation
from checkpoint_app.ui.pages.sync.tables import ListsTable
from tests.ui.room import Room


class Link:
    """What the page asks of a link, noted."""

    def __init__(self) -> None:
        self.view = HubView()
        self.asked: list[object] = []

    def enrol(self, invited: Invitation, settings: object, done: Callable[[str], None],
              failed: Callable[[str], None], say: object) -> None:  # fmt: skip
        self.asked.append(invited)
        (done if invited.code == "GOOD" else failed)("东卡点")

    def hurry(self) -> None:
        self.asked.append("now")

    def write_file(self, target: Path, done: Callable[[int], None], *_: object) -> None:
        done(12)

    def take_file(self, source: Path, done: Callable[[int], None], *_: object) -> None:
        done(2)


@pytest.fixture
def room(room: Room) -> Room:
    room.pages.sync.link = Link()
    room.window.show_page("sync")
    return room


def enrolled(room: Room) -> HubView:
    return HubView(
        enrolled=True,
        name="东卡点",
        url="https://hub.example",
        pending=3,
        sent=1200,
        last_contact=room.now() - timedelta(minutes=2),
        lists=(ListHeld("risk", "1.7", 1200, room.now()),),
        refused=(RefusedRecord("1/17", "unreadable"),),
    )


def test_joining_by_keyboard(room: Room, qtbot) -> None:
    page = room.pages.sync
    qtbot.waitUntil(page.address.hasFocus)
    qtbot.keyClicks(page.address, "https://hub.example")
    qtbot.keyClick(page.address, Qt.Key.Key_Return)
    assert page.code.hasFocus()
    page.code.setText("BAD")
    page.fingerprint.setText("DDDD")
    qtbot.keyClick(page.fingerprint, Qt.Key.Key_Return)
    assert page.strip.isVisible()
    page.code.setText("GOOD")
    page.join.click()
    assert page.link.asked[-1] == Invitation("https://hub.example", "GOOD", "DDDD")


def test_a_scanned_code_fills_the_form_and_joins_nothing(room: Room) -> None:
    page = room.pages.sync
    page.invite(Invitation("https://hub.example", "AAAA", "BBBB"))
    assert page.code.text() == "AAAA"
    assert page.join.hasFocus()
    assert page.link.asked == []


def test_how_the_exchange_stands(room: Room, qtbot) -> None:
    page = room.pages.sync
    page.show_view(enrolled(room))
    assert page.figures["pending"].text() == "3"
    assert page.figures["sent"].text() == "1,200"
    assert "Last contact" in page.state.text()
    assert page.lists.item(0, 1).text() == "1.7"
    assert page.refused.item(0, 0).text() == "1/17"
    page.send.click()
    assert page.link.asked == ["now"]
    page.show_view(replace(enrolled(room), frozen=True))
    assert "phone the office" in page.state.text()
    page.show_view(replace(enrolled(room), busy=True))
    assert not page.send.isEnabled()


def test_by_usb(room: Room, tmp_path: Path) -> None:
    page = room.pages.sync
    page.show_view(enrolled(room))
    page.write_file(tmp_path / "a.cdsync")
    assert page.strip.isVisible()
    page.take_file(tmp_path / "a.cdsync")
    assert page.strip.isVisible()


def test_the_language_changes_what_stands(room: Room) -> None:
    page = room.pages.sync
    page.show_view(replace(enrolled(room), refused=(), lists=()))
    room.look.use(language="zh_CN")
    assert page.lists.item(0, 0).text() == "指挥部还没有下发名单"


def test_lists_from_the_office_are_told_in_words(room: Room, qtbot) -> None:
    page = room.pages.sync
    table = page.findChild(ListsTable)
    held = [ListHeld(name, "1.7", 5, room.now()) for name in ("risk", "watch@A1", "other")]
    table.show_lists(held, room.now())
    assert [table.item(row, 0).text() for row in range(3)] == [
        "Pushed persons", "Risk areas", "other",
    ]  # fmt: skip


def test_what_cannot_be_used_is_said_with_what_counts(room: Room) -> None:
    page = room.pages.sync
    wrong = Refused("policy_number", "road", "fever_threshold_c", "37–38")
    held = ListHeld("policy", "1.5", 2, room.now(), "1.4", wrong)
    page.show_view(replace(enrolled(room), lists=(held,)))
    assert page.problem.isVisible()
    assert "37–38" in page.problem.text()
    assert page.lists.item(0, 4).text() == "Not used, 1.4 counts"
    page.show_view(enrolled(room))
    assert not page.problem.isVisible()
