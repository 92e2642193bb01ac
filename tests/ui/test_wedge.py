"""A scanner's burst is caught whole; a human's typing arrives whole, whatever the two do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.ui.wedge import LONGEST, Burst, Fate, Pace, WedgeFilter

PACE = Pace()
FAST = st.floats(0.0005, PACE.hold * 0.9)
SLOW = st.floats(PACE.gap * 1.2, 0.6)
CHARACTERS = st.characters(min_codepoint=33, max_codepoint=126)


class Typist:
    """Feeds a `Burst` and writes down what comes out, in order."""

    def __init__(self) -> None:
        self.burst: Burst[str] = Burst(PACE)
        self.typed = ""
        self.scans: list[str] = []
        self.at = 0.0

    def _take(self, ruling: object, passed: str) -> None:
        self.typed += "".join(ruling.released)  # type: ignore[attr-defined]
        if ruling.scanned is not None:  # type: ignore[attr-defined]
            self.scans.append(ruling.scanned)  # type: ignore[attr-defined]
        if ruling.fate is Fate.PASS:  # type: ignore[attr-defined]
            self.typed += passed

    def key(self, text: str, after: float) -> None:
        self.at += after
        if text == "\r":
            self._take(self.burst.terminator(self.at), text)
        else:
            self._take(self.burst.character(text, text, self.at), text)

    def rest(self) -> None:
        self._take(self.burst.pause(float("inf")), "")


@given(st.lists(st.tuples(CHARACTERS, SLOW), max_size=40))
def test_typing_at_human_pace_arrives_whole(keys: list[tuple[str, float]]) -> None:
    typist = Typist()
    for text, after in keys:
        typist.key(text, after)
    typist.rest()
    assert typist.typed == "".join(text for text, _ in keys)
    assert typist.scans == []


@given(st.text(CHARACTERS, min_size=6, max_size=60), st.data())
def test_a_burst_is_caught_whole_with_its_enter(code: str, data: st.DataObject) -> None:
    if len(set(code)) == 1:
        code += "x" if code[0] != "x" else "y"
    typist = Typist()
    for character in code:
        typist.key(character, data.draw(FAST))
    typist.key("\r", data.draw(FAST))
    typist.rest()
    assert (typist.scans, typist.typed) == ([code], "")


@given(
    st.text(CHARACTERS, max_size=8),
    st.text(CHARACTERS, min_size=8, max_size=30).filter(lambda code: len(set(code)) > 1),
    st.text(CHARACTERS, max_size=8),
    st.data(),
)
def test_typing_before_and_after_a_burst_is_kept(
    before: str, code: str, after: str, data: st.DataObject
) -> None:
    typist = Typist()
    for character in before:
        typist.key(character, data.draw(SLOW))
    for place, character in enumerate(code):
        typist.key(character, data.draw(FAST) if place else 0.2)
    for character in after:
        typist.key(character, data.draw(SLOW))
    typist.rest()
    assert (typist.scans, typist.typed) == ([code], before + after)


@given(st.lists(st.tuples(CHARACTERS | st.just("\r"), st.floats(0, 0.2)), max_size=60))
def test_nothing_is_lost_or_doubled_whatever_the_pace(keys: list[tuple[str, float]]) -> None:
    typist = Typist()
    for text, after in keys:
        typist.key(text, after)
    typist.rest()
    given_text = "".join(text for text, _ in keys if text != "\r")
    left = list(given_text)
    for character in typist.typed.replace("\r", "") + "".join(typist.scans):
        left.remove(character)
    assert not left


def test_two_keys_rolled_together_are_typing() -> None:
    typist = Typist()
    for text, after in (("t", 0.3), ("h", 0.012), ("e", 0.02), ("\r", 0.015)):
        typist.key(text, after)
    assert (typist.typed, typist.scans) == ("the\r", [])


def test_a_key_held_down_is_no_scanner() -> None:
    typist = Typist()
    for _ in range(30):
        typist.key("0", 0.02)
    typist.rest()
    assert (typist.typed, typist.scans) == ("0" * 30, [])


def test_a_pause_ends_a_burst_without_enter() -> None:
    typist = Typist()
    for character in "HC1:ABCDEF":
        typist.key(character, 0.005)
    typist.rest()
    assert typist.scans == ["HC1:ABCDEF"]


def test_a_burst_without_end_is_cut_not_kept_growing() -> None:
    typist = Typist()
    for place in range(LONGEST * 2):
        typist.key("ab"[place % 2], 0.001)
    typist.rest()
    assert len(typist.scans[0]) == LONGEST + 1


class Form(QWidget):
    """A field and a button, as any page has them."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.button = QLineEdit(), QPushButton("&Send")
        self.pressed = 0
        self.keys: list[str] = []
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.resize(300, 120)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.button.clicked.connect(self._count)

    def _count(self) -> None:
        self.pressed += 1

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.keys.append(event.text())


@pytest.fixture
def caught(qapp: QApplication) -> Iterator[tuple[WedgeFilter, list[str]]]:
    scans: list[str] = []
    wedge = WedgeFilter(scans.append)
    qapp.installEventFilter(wedge)
    yield wedge, scans
    qapp.removeEventFilter(wedge)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


CODE = "HC1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8"


def burst(target: QObject, text: str, enter: bool = True) -> None:
    """Keys as a scanner sends them, through the window as the system does."""
    window = target.window().windowHandle()  # type: ignore[attr-defined]
    for character in text:
        QTest.keyClick(window, character)
    if enter:
        QTest.keyClick(window, Qt.Key.Key_Return)


def test_a_burst_into_a_field_leaves_it_empty(
    qtbot: QtBot, form: Form, caught: tuple[WedgeFilter, list[str]]
) -> None:
    form.field.setFocus()
    burst(form.field, CODE)
    qtbot.waitUntil(lambda: len(caught[1]) == 1)
    qtbot.wait(60)
    assert caught[1] == [CODE]
    assert form.field.text() == ""


def test_a_burst_presses_no_button_and_reaches_no_page(
    qtbot: QtBot, form: Form, caught: tuple[WedgeFilter, list[str]]
) -> None:
    form.button.setFocus()
    burst(form.button, "AB 12 34 m/*-+")
    qtbot.waitUntil(lambda: len(caught[1]) == 1)
    qtbot.wait(60)
    assert (form.pressed, form.keys) == (0, [])


def test_human_typing_arrives_whole_with_shift_and_digits(
    qtbot: QtBot, form: Form, caught: tuple[WedgeFilter, list[str]]
) -> None:
    form.field.setFocus()
    for character in "Ab3 /9":
        QTest.keyClick(form.windowHandle(), character)
        qtbot.wait(45)
    qtbot.waitUntil(lambda: form.field.text() == "Ab3 /9")
    assert caught[1] == []


def test_digits_of_the_pad_reach_the_page(
    qtbot: QtBot, form: Form, caught: tuple[WedgeFilter, list[str]]
) -> None:
    form.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    form.setFocus()
    for character in "365":
        QTest.keyClick(form.windowHandle(), character, Qt.KeyboardModifier.KeypadModifier)
    qtbot.waitUntil(lambda: form.keys == ["3", "6", "5"])


def test_editing_keys_keep_their_order(
    qtbot: QtBot, form: Form, caught: tuple[WedgeFilter, list[str]]
) -> None:
    form.field.setFocus()
    window = form.windowHandle()
    for key in ("a", "b", Qt.Key.Key_Backspace, "c", Qt.Key.Key_Left, "d"):
        QTest.keyClick(window, key)
    qtbot.waitUntil(lambda: form.field.text() == "adc")


def test_chinese_from_an_input_method_arrives_in_order(
    qtbot: QtBot, form: Form, caught: tuple[WedgeFilter, list[str]]
) -> None:
    form.field.setFocus()
    QTest.keyClick(form.windowHandle(), "A")
    commit = QInputMethodEvent()
    commit.setCommitString("王小明𬍛")
    QApplication.sendEvent(form.field, commit)
    assert form.field.text() == "A王小明𬍛"


def test_a_repeating_key_is_typing(
    qtbot: QtBot, form: Form, caught: tuple[WedgeFilter, list[str]]
) -> None:
    form.field.setFocus()
    window = form.windowHandle()
    for repeated in (False, True, True, True, True, True, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_A,
            Qt.KeyboardModifier.NoModifier,
            "a",
            repeated,
        )
        QApplication.sendEvent(window, event)
    qtbot.waitUntil(lambda: form.field.text() == "a" * 8)
    assert caught[1] == []


def test_commands_pass_at_once(
    qtbot: QtBot, form: Form, caught: tuple[WedgeFilter, list[str]]
) -> None:
    form.field.setFocus()
    form.field.setText("whole")
    QTest.keyClick(form.windowHandle(), "a", Qt.KeyboardModifier.ControlModifier)
    assert form.field.selectedText() == "whole"
    form.keys.clear()
    QTest.keyClick(form.windowHandle(), Qt.Key.Key_F5)
    assert form.keys == [""]


def test_a_field_that_is_gone_swallows_what_was_held(
    qtbot: QtBot, caught: tuple[WedgeFilter, list[str]]
) -> None:
    field = QLineEdit()
    field.show()
    qtbot.waitUntil(lambda: field.windowHandle() is not None)
    QTest.keyClick(field.windowHandle(), "a")
    field.deleteLater()
    qtbot.wait(80)
    assert caught[1] == []
