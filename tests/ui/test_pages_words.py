"""No word of the pages is left in English, every key of the window is in the help, and the pages
are the same in every look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.desk import Tone
from checkpoint_app.ui.pages import help_words
from checkpoint_app.ui.pages.settings.page import NAMES
from checkpoint_app.ui.theme import DARK, ROOMY, TARGET
from checkpoint_app.ui.window import KEYS
from tests.ui.room import Room

# names of things that are the same in Chinese
SAME = (
    "Shift "
    "English PDF Enter Esc Ctrl PIN COM ttyUSB dev socket rtsp http https SMART CSCA CRL celsius "
    "Zhao Min Anna Schmidt Desk Office printer photo jpg json pem Alt Source North "
    "CSV Excel JSON UTF GBK"
)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "station", language="zh_CN")
    made.window.resize(1366, 768)
    made.window.show()
    yield made
    made.close()


def said(widget: QWidget) -> Iterator[str]:
    for each in widget.findChildren(QWidget):
        yield each.accessibleName()
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text()
        elif isinstance(each, QLineEdit):
            yield each.placeholderText()
        elif isinstance(each, QComboBox):
            yield from (each.itemText(place) for place in range(each.count()))


def english(widget: QWidget) -> list[str]:
    known = set(SAME.split())
    return sorted(
        {
            text
            for text in said(widget)
            if any(word not in known for word in re.findall(r"[A-Za-z]{3,}", text))
        }
    )


def test_no_page_is_left_in_english(room: Room) -> None:
    room.pages.lock()
    assert english(room.pages.sign_in.first) == []
    room.enter()
    room.travellers()
    assert english(room.pages.sign_in) == []
    for name in ("find", "vehicles", "register", "help"):
        room.window.show_page(name)
    for page in (room.pages.find, room.pages.vehicles, room.pages.register, room.pages.help):
        assert english(page) == []
    room.window.show_page("settings")
    for name in NAMES:
        room.pages.settings.open(name)
    names = ("celsius", "hand_")  # a pattern's and a form's own names
    left = [text for text in english(room.pages.settings) if not any(n in text for n in names)]
    assert left == []
    assert english(room.window.rail) == []
    assert english(room.window.footer) == []


def test_every_key_of_the_window_is_in_the_help() -> None:
    told = {key for _, keys in help_words.GROUPS for key, _ in keys}
    assert set(KEYS) <= told


def test_every_sign_is_in_the_help() -> None:
    assert {tone for tone, _, _ in help_words.SIGNS} == set(Tone) - {Tone.IDLE}


def test_what_is_pressed_has_a_name_and_is_large(qtbot: QtBot, room: Room) -> None:
    room.enter()
    for name in ("find", "vehicles", "register", "help", "settings"):
        room.window.show_page(name)
        page = room.window.pages.currentWidget()
        assert page is not None
        for button in page.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.accessibleName(), (name, button)
                assert button.height() >= TARGET - 2, (name, button.accessibleName())


def test_pages_take_another_look_at_any_time(qtbot: QtBot, room: Room) -> None:
    room.enter()
    room.travellers()
    for name in ("find", "vehicles", "register", "help", "settings"):
        room.window.show_page(name)
        room.look.use(theme=DARK, metrics=ROOMY, language="en")
        room.look.use(language="zh_CN")
    assert not room.window.grab().isNull()
