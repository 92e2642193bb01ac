"""保存与权利: erase by hand, print notices and one's own records, see who looked, end it all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.desk.rights.door import Ended, Paper
from checkpoint_app.domain.roles import Role
from checkpoint_app.ui.pages.settings.rights.group import RightsGroup
from tests.ui.room import PIN, Room


@pytest.fixture
def room(room: Room) -> Room:
    room.travellers()
    room.window.show_page("settings")
    return room


@pytest.fixture
def rights(room: Room) -> RightsGroup:
    return opened(room)


def opened(room: Room) -> RightsGroup:
    room.pages.settings.open("rights")
    found = room.pages.settings.groups["rights"]
    assert isinstance(found, RightsGroup)
    return found


def test_what_is_due_is_said_before_anything_is_pressed(room: Room, rights: RightsGroup) -> None:
    assert rights.due.text() == "Nothing is due to be erased"
    room.at += timedelta(days=22)
    rights = opened(room)
    assert "records of" in rights.due.text()
    assert "Inspections of persons" in rights.due.text()


def test_erasing_asks_once_more_and_tells_what_came_of_it(room: Room, rights: RightsGroup) -> None:
    room.at += timedelta(days=22)
    rights = opened(room)
    assert not rights.sure_button.isVisible()
    rights.erase_button.click()
    assert rights.sure_button.isVisible()
    assert rights.not_yet_button.hasFocus()
    assert rights.answer.text() == "This cannot be undone."
    rights.sure_button.click()
    assert "records erased" in rights.answer.text()
    assert rights.due.text() == "Nothing is due to be erased"
    assert room.station.verify().erased > 0


def test_only_the_officer_in_charge_erases(room: Room, rights: RightsGroup) -> None:
    room.at += timedelta(days=22)
    room.office.acting.enter(room.station.operators()[0])
    room.office.acting.role = Role.OPERATOR
    rights.erase()
    assert rights.answer.text() == "This is for the officer in charge"
    assert room.station.verify().erased == 0


def test_a_notice_goes_to_the_printer(qtbot: QtBot, room: Room, rights: RightsGroup) -> None:
    rights.desk.paper(
        Paper.NOTICE, lambda pdf: rights.paper_out.print(pdf, "notice", rights.paper_answer)
    )
    qtbot.waitUntil(lambda: rights.paper_answer.text() == "Sent to the printer")
    assert room.printer.jobs[-1].pdf.startswith(b"%PDF")


def test_own_records_wait_for_a_look_at_the_document(
    qtbot: QtBot, room: Room, rights: RightsGroup
) -> None:
    rights.own.number.setText("410103197611238836")
    rights.own.print_button.click()
    assert rights.own.answer.text() == "Look at the identity document first, and say which it was"
    rights.own.checked.show_value("id_card")
    rights.own.print_button.click()
    qtbot.waitUntil(lambda: rights.own.answer.text() == "Sent to the printer")
    assert room.printer.jobs
    room.pages.settings.open("station")
    assert rights.own.number.text() == ""


def test_looks_are_shown_masked(room: Room, rights: RightsGroup) -> None:
    assert rights.looks.answer.text() == "Nobody has looked at full data in the last 30 days"
    one = next(iter(room.station.search("张伟")))
    room.station.log_look(one.id, "王芳", "shown", room.at)
    rights = opened(room)
    assert rights.looks.model.rowCount() == 1
    assert rights.looks.model.line(0).name == "张*"


def test_the_end_is_dead_until_the_word_stands_there(room: Room, rights: RightsGroup) -> None:
    card = rights.ending
    assert not card.button.isEnabled()
    card.word.setText("DESTROY")
    assert card.button.isEnabled()
    card.reason.setText("order 9")
    card.pin.setText(PIN)
    card.witness_pin.setText("0000")
    card.button.click()
    assert card.answer.text() == "The witness's PIN is wrong"
    assert card.pin.text() == card.witness_pin.text() == ""
    assert room.station.verify().ok


def test_the_end_leaves_a_paper_and_covers_the_window(room: Room, rights: RightsGroup) -> None:
    ended: list[Ended] = []
    room.pages.ended.connect(ended.append)
    card = rights.ending
    card.word.setText("DESTROY")
    card.reason.setText("order 9")
    card.pin.setText(PIN)
    card.witness_pin.setText(PIN)
    card.button.click()
    assert len(ended) == 1
    room.pages.show_ended(ended[0], "/data/destroyed.pdf")
    assert room.window.covered
