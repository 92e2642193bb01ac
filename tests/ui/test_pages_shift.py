"""班次 by hand: one's own health, the checks by one key, handing over in three steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from checkpoint_app.desk.duty.roll import Roll
from checkpoint_app.desk.duty.words import PEOPLE
from checkpoint_app.domain.duty.checks import Check
from checkpoint_app.domain.duty.handing import Draft, HandOver, Stock, Supply
from checkpoint_app.i18n import translator
from checkpoint_app.ui.pages.shift import counting
from checkpoint_app.ui.pages.shift.page import COUNT, PAPER, SIGN, STEPS, ShiftPage
from checkpoint_app.ui.pages.supervision.problems import FILTERS, STEP_WORDS
from checkpoint_app.ui.widgets.chip import ChipView
from tests.ui.room import NAMES, PIN, Room
from tests.ui.scenes import NOW


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "station")
    made.window.resize(1366, 768)
    made.window.show()
    made.enter()
    made.window.command("shift")
    yield made
    assert made.station.verify().ok
    made.close()


def chips(room: Room) -> list[str]:
    QApplication.processEvents()  # new signs come into view with the next turn of the loop
    shown = room.window.top_bar.findChildren(ChipView)
    return [view.caption for view in shown if view.isVisible()]


def shown_due(page: ShiftPage) -> list[Check]:
    return [each for each, button in page.checks.buttons.items() if "due now" in button.caption]


def step(page: ShiftPage) -> int:
    return (page.counting, page.signing, page.paper).index(
        next(each for each in (page.counting, page.signing, page.paper) if each.isVisible())
    )


def hand_over(qtbot: QtBot, room: Room, coming: str = NAMES[1], pin: str = PIN) -> None:
    """Count nobody, sign for both."""
    page = room.pages.shift
    for field in page.counting.people.values():
        field.setText("0")
    page.counting.go.click()
    page.signing.coming.setCurrentText(coming)
    qtbot.keyClicks(page.signing.leaving_pin, PIN)
    qtbot.keyClick(page.signing.leaving_pin, Qt.Key.Key_Return)
    qtbot.keyClicks(page.signing.coming_pin, pin)
    qtbot.keyClick(page.signing.coming_pin, Qt.Key.Key_Return)


def test_signing_in_is_coming_on_duty_and_leaves_the_desk_free(room: Room) -> None:
    room.window.show_page("desk")
    assert not room.window.covered
    (turn,) = room.station.duty.turns(room.desk.period)
    assert turn.operator == NAMES[0]
    assert f"Night shift · {NAMES[0]}" in chips(room)


def test_ones_own_temperature_is_two_fields_and_two_enters(qtbot: QtBot, room: Room) -> None:
    own = room.pages.shift.people.own
    assert own.isVisible()
    assert "Your own temperature (F11) +1" in chips(room)
    qtbot.keyClicks(own.celsius, "364")
    qtbot.keyClick(own.celsius, Qt.Key.Key_Return)
    assert own.tested.hasFocus()
    qtbot.keyClicks(own.tested, "11-22")
    qtbot.keyClick(own.tested, Qt.Key.Key_Return)
    assert not own.isVisible()
    assert "Due: Disinfected, Aired, One metre apart" in chips(room)


def test_a_fever_of_ones_own_is_told_in_red_and_nobody_is_locked_out(room: Room) -> None:
    page = room.pages.shift
    page.people.own.celsius.setText("38.2")
    page.people.own.submit()
    assert page.people.warning.text().startswith("38.2 ℃: measure again")
    assert "You have a fever: be relieved +1" in chips(room)
    room.window.show_page("desk")
    assert room.window.current == "desk"


def test_a_reason_is_one_press(room: Room) -> None:
    own = room.pages.shift.people.own
    next(iter(own.skips.values())).click()
    (said,) = room.station.duty.fitness(room.desk.period)
    assert said.skipped is not None


def test_each_check_is_one_key(qtbot: QtBot, room: Room) -> None:
    page = room.pages.shift
    page.setFocus()
    page.people.own.submit()  # an empty field is refused and keeps nothing
    page.checks.buttons[Check.DISINFECT].setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_3):
        qtbot.keyClick(page.checks.buttons[Check.DISINFECT], key)
    assert [tick.check for tick in room.station.duty.ticks(room.desk.period)] == [
        Check.DISINFECT, Check.DISTANCE,
    ]  # fmt: skip
    assert shown_due(page) == [Check.VENTILATE]
    page.checks.undo.click()
    assert shown_due(page) == [Check.VENTILATE, Check.DISTANCE]


def test_digits_typed_into_a_field_tick_nothing(qtbot: QtBot, room: Room) -> None:
    field = room.pages.shift.counting.people["tray"]
    field.setFocus()
    qtbot.keyClicks(field, "12")
    assert field.text() == "12"
    assert room.station.duty.ticks(room.desk.period) == []


def test_counts_are_kept_as_they_are_typed_and_differences_shown(room: Room) -> None:
    count = room.pages.shift.counting
    room.station.duty.keep_draft(Draft(None, None, {Supply.MASK: Stock(100, 0, 0)}), NOW)
    room.pages.shift.refresh()
    for name, text in (("received", "50"), ("used", "30"), ("left", "118")):
        count.stock[Supply.MASK][name].setText(text)
    count.keep()
    room.pages.shift.refresh()
    assert count.differences[Supply.MASK].text() == "−2"
    kept = room.station.duty.draft()
    assert kept is not None
    assert kept.of(Supply.MASK) == Stock(100, 50, 30, 118)


def test_nobody_signs_before_the_people_are_counted(room: Room) -> None:
    page = room.pages.shift
    page.counting.go.click()
    assert step(page) == COUNT
    assert page.strip.lines[0].accessibleName() == "Count the people by eye first"


def test_the_post_changes_hands_and_the_desk_goes_on(qtbot: QtBot, room: Room) -> None:
    page = room.pages.shift
    room.desk.set_field("name", "李建国")
    person = room.desk.state.inspection
    hand_over(qtbot, room)
    assert step(page) == PAPER
    assert not room.window.covered
    assert room.desk.operator == NAMES[1]
    assert room.office.acting.name == NAMES[1]
    assert room.desk.state.inspection == person
    (handed,) = room.station.duty.hand_overs(room.desk.period)
    assert (handed.leaving, handed.coming) == (NAMES[0], NAMES[1])
    assert page.paper.title.text() == f"{NAMES[0]} → {NAMES[1]}"
    assert page.signing.leaving_pin.text() == page.signing.coming_pin.text() == ""


def test_the_sheet_is_printed_and_saved(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    hand_over(qtbot, room)
    page = room.pages.shift
    page.paper.printing.click()
    qtbot.waitUntil(lambda: len(room.printer.jobs) == 1)
    assert room.printer.jobs[0].pdf.startswith(b"%PDF-")
    page.out.save(room.printer.jobs[0].pdf, tmp_path / "a.pdf")
    qtbot.waitUntil((tmp_path / "a.pdf").exists)
    qtbot.waitUntil(lambda: "Saved: a.pdf" in [each.accessibleName() for each in page.strip.lines])


def test_a_wrong_pin_is_told_and_forgotten(qtbot: QtBot, room: Room) -> None:
    hand_over(qtbot, room, pin="9999")
    page = room.pages.shift
    assert step(page) == SIGN
    assert page.strip.lines[0].accessibleName() == f"Wrong PIN of {NAMES[1]}"
    assert page.signing.coming_pin.text() == ""
    assert room.desk.operator == NAMES[0]


def test_whoever_stays_is_still_on_duty(qtbot: QtBot, room: Room) -> None:
    third = next(each for each in room.station.operators() if each.name == NAMES[2])
    room.pages.book.arrive(third, lambda turn: None, pytest.fail)
    page = room.pages.shift
    page.refresh()
    for field in page.counting.people.values():
        field.setText("0")
    page.counting.go.click()
    page.signing.stays[NAMES[2]].click()
    page.signing.coming.setCurrentText(NAMES[1])
    page.signing.leaving_pin.setText(PIN)
    page.signing.coming_pin.setText(PIN)
    page.signing.submit()
    on = {line.turn.operator for line in _roll(room).people}
    assert on == {NAMES[1], NAMES[2]}


def _roll(room: Room) -> Roll:
    found: list[Roll] = []
    room.pages.book.roll(found.append, pytest.fail)
    return found[0]


def test_earlier_hand_overs_are_shown_again(qtbot: QtBot, room: Room) -> None:
    hand_over(qtbot, room)
    page = room.pages.shift
    page.paper.closed.emit()
    assert step(page) == COUNT
    shown: list[HandOver] = []
    page.history.chosen.connect(shown.append)
    line = page.history.lines[0]
    assert isinstance(line, QPushButton)
    line.click()
    assert shown == room.station.duty.hand_overs(room.desk.period)
    assert step(page) == PAPER


def test_who_left_with_no_hand_over_is_told(room: Room) -> None:
    page = room.pages.shift
    turn = _roll(room).people[0].turn
    page.people.own.submit()
    room.pages.book.leave(turn, lambda _: page.refresh(), pytest.fail)
    told = [line.text() for line in page.history.lines if isinstance(line, QLabel)]
    assert any("off duty with no hand-over" in text for text in told)


def test_f11_once_more_is_another_person_at_once(qtbot: QtBot, room: Room) -> None:
    qtbot.keyClick(room.window, Qt.Key.Key_F11)
    assert room.window.covered


def test_the_signs_follow_the_clock(room: Room) -> None:
    room.pages.shift.people.own.celsius.setText("36.5")
    room.pages.shift.people.own.submit()
    room.at += timedelta(hours=9)
    for _ in range(60):
        room.pages.tick()
        room.pages.touch.touched()
    assert f"{NAMES[0]}: 9 h within a day +1" in chips(room)


def test_every_fixed_word_has_chinese() -> None:
    say = translator("zh_CN")
    words = [*STEPS, *PEOPLE.values(), *STEP_WORDS.values(), *counting.COLUMNS, *FILTERS]
    assert [each for each in words if say(each) == each] == []
