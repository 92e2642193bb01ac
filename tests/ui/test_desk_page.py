"""The desk by its keys, its fingers and its words."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from checkpoint_app.desk import Tone
from checkpoint_app.domain.inspection import (
    Direction,
    Outcome,
)
from tests.ui.conftest import MakeHand
from tests.ui.hands import choice, click, press
from tests.ui.scenes import NOW, Night

NIGHT = Night()


# ---- the numeric pad alone ----------------------------------------------------------------------


def test_digits_go_to_the_temperature(make_hand: MakeHand) -> None:
    hand = make_hand()
    press(hand, "3", "6", ".", "5", Qt.Key.Key_Backspace)
    assert hand.asked("type_digit") == [("3",), ("6",), (".",), ("5",)]
    assert hand.asked("backspace") == [()]


@pytest.mark.parametrize(
    ("key", "method"),
    [
        ("-", "park"),
        ("*", "hold"),
        ("/", "turn_back"),
        ("+", "retest"),
        ("m", "toggle_mask"),
        ("i", "pass_itinerary"),
        ("e", "let_emergency_through"),
    ],
)
def test_a_sign_decides(make_hand: MakeHand, key: str, method: str) -> None:
    hand = make_hand()
    press(hand, key)
    assert hand.asked(method) == [()]


@pytest.mark.parametrize(
    ("key", "method"),
    [
        (Qt.Key.Key_F5, "retest"),
        (Qt.Key.Key_F6, "turn_back"),
        (Qt.Key.Key_F7, "hand_over"),
        (Qt.Key.Key_F8, "ask_change"),
    ],
)
def test_f_keys_decide_even_from_a_field(make_hand: MakeHand, key: Qt.Key, method: str) -> None:
    hand = make_hand()
    hand.page.by_hand()
    press(hand, key)
    assert hand.asked(method) == [()]


def test_the_keypad_on_the_screen_types_the_same(make_hand: MakeHand) -> None:
    hand = make_hand()
    for face in ("3", "7", ".", "⌫"):
        click(hand.page.temperature.keys[face])
    assert hand.asked("type_digit") == [("3",), ("7",), (".",)]
    assert hand.asked("backspace") == [()]


# ---- Enter --------------------------------------------------------------------------------------


def test_enter_confirms_what_can_be_confirmed(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.passing())
    press(hand, Qt.Key.Key_Enter)
    assert hand.asked("confirm") == [()]


def test_enter_is_dead_while_something_is_missing(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.star())
    press(hand, Qt.Key.Key_Return)
    assert hand.asked("confirm") == []


def test_enter_is_dead_just_after_the_verdict_changed(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.star())
    hand.show(NIGHT.passing())
    hand.at += 0.2
    press(hand, Qt.Key.Key_Return)
    assert hand.asked("confirm") == []
    hand.at += 0.3
    press(hand, Qt.Key.Key_Return)
    assert hand.asked("confirm") == [()]


def test_enter_on_a_button_presses_that_button_only(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.passing())
    hand.page.decide.buttons["hold"].setFocus()
    press(hand, Qt.Key.Key_Return)
    assert (hand.asked("hold"), hand.asked("confirm")) == ([()], [])
    assert hand.page.hasFocus()  # the next Enter is the next person's


# ---- fields -------------------------------------------------------------------------------------


def test_by_hand_types_name_then_number_then_goes_home(qtbot: QtBot, make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.idle())
    press(hand, Qt.Key.Key_F3)
    for text in ("王小明", "410103197611238839"):
        field = hand.window.focusWidget()
        assert isinstance(field, QLineEdit)
        field.insert(text)
        field.textEdited.emit(text)
        press(hand, Qt.Key.Key_Return)
    assert hand.asked("set_field") == [
        ("name", "王小明"),
        ("id_number", "410103197611238839"),
    ]
    assert hand.page.hasFocus()


def test_digits_in_a_field_stay_in_the_field(make_hand: MakeHand) -> None:
    hand = make_hand()
    hand.page.form.start("phone")
    press(hand, "1", "3", "-", Qt.Key.Key_Escape)
    assert hand.asked("type_digit") == []
    assert hand.asked("park") == []
    assert hand.asked("set_field") == [("phone", "13-")]


def test_what_is_typed_counts_before_a_key_that_decides(make_hand: MakeHand) -> None:
    hand = make_hand()
    hand.page.form.start("plate")
    press(hand, "A", Qt.Key.Key_F7)
    names = [call[0] for call in hand.desk.calls]
    assert names.index("set_field") < names.index("hand_over")


def test_the_next_person_never_inherits_a_half_typed_field(make_hand: MakeHand) -> None:
    hand = make_hand()
    hand.page.form.start("phone")
    press(hand, "9", "9")
    person = NIGHT.star().inspection
    assert person is not None
    hand.show(replace(NIGHT.star(), inspection=replace(person, id=UUID(int=77))))
    assert hand.page.form.fields["phone"].edit.text() == "13812348888"
    hand.page.form.commit()
    assert hand.asked("set_field") == []


def test_markup_in_a_name_is_only_text(make_hand: MakeHand) -> None:
    hand = make_hand()
    person = NIGHT.star().inspection
    assert person is not None
    evil = "<img src=x><b>王</b>"
    named = replace(person, person=replace(person.person, name=evil))
    card = replace(NIGHT.star().card, headline=evil, reasons=(evil,), say=evil, notice=evil)
    hand.show(replace(NIGHT.star(), inspection=named, card=card))
    assert hand.page.form.fields["name"].edit.text() == evil
    hand.window.grab()


# ---- change of outcome --------------------------------------------------------------------------


def test_a_change_leaves_a_stop_only_with_a_second_officer(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.stop())
    officer = UUID(int=5)
    hand.page.set_officers([(officer, "李四")])
    hand.show(NIGHT.changing())
    panel = hand.page.change
    assert panel.isVisible()
    assert not panel.pin.isVisible()  # a hand-over stays a stop
    click(panel.outcomes[Outcome.REGISTER])
    assert panel.pin.isVisible()
    click(panel.chips[0])
    panel.pin.setText("2468")
    hand.desk.refusal = "PIN 不对"
    click(panel.submit)
    assert hand.asked("change_outcome") == [(Outcome.REGISTER, "负责人同意", (officer, "2468"), "")]
    assert panel.isVisible()
    assert panel.pin.text() == ""


def test_nothing_is_decided_under_the_open_panel(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.changing())
    press(hand, "3", "-", "*", "m")
    for method in ("type_digit", "park", "hold", "toggle_mask", "confirm"):
        assert hand.asked(method) == []
    press(hand, Qt.Key.Key_Escape)
    assert hand.asked("cancel_change") == [()]


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Tab])
def test_no_key_walks_out_of_the_open_panel(make_hand: MakeHand, key: Qt.Key) -> None:
    hand = make_hand(NIGHT.changing())
    for _ in range(16):
        press(hand, key)
        focus = hand.window.focusWidget()
        assert focus is not None
        assert hand.page.change.isAncestorOf(focus)


def test_the_keyboard_comes_home_when_the_panel_closes(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.changing())
    hand.show(NIGHT.stop())
    assert not hand.page.change.isVisible()
    assert hand.page.hasFocus()


# ---- tray, day, strips, direction ---------------------------------------------------------------


def test_a_parked_person_comes_back_by_click_or_number(make_hand: MakeHand) -> None:
    hand = make_hand()
    click(hand.page.tray.cells[1])
    QTest.keyClick(hand.page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(hand.page, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    items = NIGHT.tray()
    assert hand.asked("reopen") == [(items[1].id,), (items[2].id,)]


def test_undo_is_there_for_its_seconds_only(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.idle())
    assert hand.page.day.undo.isVisible()
    QTest.keyClick(hand.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    click(hand.page.day.undo)
    assert hand.asked("undo") == [(), ()]
    hand.show(replace(NIGHT.idle(), undo_until=NOW))
    assert not hand.page.day.undo.isVisible()


def test_the_gravest_strip_comes_first_with_its_action(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.stop())
    line = hand.window.strips.lines[0]
    click(choice(line, "重试"))
    assert hand.asked("strip_action") == [("store_disk_full",)]


def test_leaving_recolours_the_bar(make_hand: MakeHand) -> None:
    hand = make_hand()
    assert hand.window.top_bar.property("leaving") is False
    hand.window.top_bar.direction_chosen.emit(Direction.OUT)
    assert hand.asked("set_direction") == [(Direction.OUT,)]
    hand.show(replace(NIGHT.star(), direction=Direction.OUT))
    assert hand.window.top_bar.property("leaving") is True


def test_found_codes_are_outlined_by_the_desks_answer(make_hand: MakeHand) -> None:
    from checkpoint_app.vision import FoundCode

    hand = make_hand()
    hand.desk.tone = Tone.STOP
    corners = ((1.0, 1.0), (9.0, 1.0), (9.0, 9.0), (1.0, 9.0))
    hand.page.show_found((FoundCode("text", "qr", corners),))
    assert hand.asked("scan") == [("text",)]
