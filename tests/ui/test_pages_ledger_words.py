"""The ledger and the paper forms in Chinese, every button with a name and large enough."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.case import Event
from checkpoint_app.ui.theme import DARK, ROOMY, TARGET
from tests.ui.room import Room
from tests.ui.test_pages_words import english


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "station", language="zh_CN")
    made.window.resize(1366, 768)
    made.window.show()
    made.enter()
    made.travellers()
    yield made
    made.close()


def check(page: QWidget, room: Room) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was there before
    device = room.station.device[:4]
    assert [text for text in english(page) if device not in text] == []
    for button in page.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName(), button
            assert button.height() >= TARGET - 2, button.accessibleName()


def test_the_ledger_in_every_state(room: Room) -> None:
    room.window.show_page("ledger")
    page = room.pages.ledger
    check(page, room)
    page.open_case(page.shown[0].id)
    check(page, room)
    for event in (Event.REPORTED, Event.MEASURED, Event.CLOSED, Event.NOTED):
        page.panel.open_form(event)
        check(page, room)
        page.panel.cancel_form()
    for button in (page.panel.photo, page.panel.paper):
        button.click()
        check(page, room)
        page.panel.cancel_form()
    page.views.chosen.emit(1)
    check(page, room)
    room.look.use(theme=DARK, metrics=ROOMY, language="en")
    room.look.use(language="zh_CN")
    check(page, room)


def test_the_paper_forms(room: Room) -> None:
    room.window.show_page("find")
    room.pages.find.enter_forms.click()
    check(room.pages.find.forms, room)
