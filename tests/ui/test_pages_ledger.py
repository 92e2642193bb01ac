"""The ledger by keys: finding a case, leading it to its end, paper, a picture, what is late."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.case import Event, Measure, Result, Stage, Step
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.reasons import Code
from tests.ui.room import NAMES, TRAVELLERS, Room

RED = 1  # place of the traveller with the red code
WHOLE = TRAVELLERS[RED][1]


@pytest.fixture
def filled(room: Room) -> Room:
    """A red and a yellow code four minutes ago, and others who passed."""
    room.travellers()
    room.window.show_page("ledger")
    return room


def texts(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel)]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(focused(), key)


def write(qtbot: QtBot, text: str) -> None:
    focused().insert(text)  # type: ignore[attr-defined]  # as an input method does
    press(qtbot, Qt.Key.Key_Return)


def test_an_empty_ledger_says_how_cases_come(room: Room) -> None:
    room.window.show_page("ledger")
    assert room.pages.ledger.hint.isVisible()
    assert room.pages.ledger.hint.text().startswith("No case yet.")


def test_stopped_people_stand_on_the_board_masked(filled: Room) -> None:
    page = filled.pages.ledger
    found = page.board.columns[Stage.FOUND].cards.lines
    assert [(each.title, each.why) for each in found] == [
        ("王*明", "Red code"), ("𠅤*", "Yellow code"),
    ]  # fmt: skip
    assert page.count.text() == "2 cases"
    assert page.late.text() == ""


def test_what_is_late_is_told_with_how_long(filled: Room) -> None:
    page = filled.pages.ledger
    filled.at += timedelta(hours=3)
    page.refresh()
    assert page.late.text() == "2 late"
    column = page.board.columns[Stage.FOUND]
    assert [each.late_text for each in column.cards.lines] == [
        "late by 2 h 34 min", "late by 2 h 32 min",
    ]  # fmt: skip
    page.views.chosen.emit(1)
    assert page.table.isVisible()
    assert page.table.model().index(0, 8).data() == "late by 2 h 34 min"


def test_a_case_is_led_from_found_to_closed_by_keys_alone(qtbot: QtBot, filled: Room) -> None:
    page = filled.pages.ledger
    press(qtbot, Qt.Key.Key_Return)  # the first card has the keyboard
    assert page.panel.isVisible()
    assert focused() is page.panel.main
    press(qtbot, Qt.Key.Key_Space)
    assert page.panel.form.lines["unit"].text() == "County CDC"  # the receiver set for this site
    for text in ("Director Liu", "", "R-17", "", "03:10"):
        write(qtbot, text)
    assert case(page).stage is Stage.REPORTED
    press(qtbot, Qt.Key.Key_Space)
    for text in ("Dr Zhao", "", "豫C120急", "", ""):
        write(qtbot, text)
    assert case(page).stage is Stage.HANDED_OVER
    press(qtbot, Qt.Key.Key_Space)
    for text in ("Dr Zhao", "", "H-0314", "", ""):
        write(qtbot, text)
    assert case(page).stage is Stage.RECEIVED
    press(qtbot, Qt.Key.Key_Space)
    page.panel.form.measures[Measure.HOME_ISOLATION].setFocus()
    press(qtbot, Qt.Key.Key_Space)
    for text in ("Li Mei", "", "", ""):
        write(qtbot, text)
    assert (case(page).measure, case(page).supervisor) == (Measure.HOME_ISOLATION, "Li Mei")
    press(qtbot, Qt.Key.Key_Space)
    page.panel.form.results[Result.RELEASED].setFocus()
    press(qtbot, Qt.Key.Key_Space)
    for text in ("Two negative tests", ""):
        write(qtbot, text)
    assert case(page).result is Result.RELEASED
    assert [each.stage for each in page.shown] == [Stage.FOUND]  # the other one
    press(qtbot, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    assert filled.station.verify().ok


def case(page):
    return page.casework.office.database.station.cases.case(page.panel.view.case.id)


def test_a_step_that_lacks_something_says_so_and_stays(qtbot: QtBot, filled: Room) -> None:
    page = filled.pages.ledger
    press(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Space)
    form = page.panel.form
    form.lines["unit"].clear()
    form.submit()
    assert form.fault.text() == "Say to which unit"
    form.lines["unit"].setText("County CDC")
    form.lines["time"].setText("soon")
    form.submit()
    assert form.fault.text() == "A time is written like 17:00"
    form.lines["time"].setText("02:00")  # before the person was found
    form.submit()
    assert form.fault.text().startswith("The time lies before")
    assert case(page).stage is Stage.FOUND
    press(qtbot, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert page.panel.isVisible()


def test_a_step_just_taken_by_mistake_is_taken_back_by_keys(qtbot: QtBot, filled: Room) -> None:
    page = filled.pages.ledger
    press(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Space)
    for text in ("Director Liu", "", "", "", ""):
        write(qtbot, text)
    assert case(page).stage is Stage.REPORTED
    qtbot.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert case(page).stage is Stage.FOUND
    said = texts(page.panel.timeline)
    assert "Reported (taken back)" in said
    assert "Step taken back" in said
    qtbot.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [each.event for each in page.panel.view.chapters[1:]] == [
        Event.REPORTED, Event.TAKEN_BACK,
    ]  # fmt: skip
    assert filled.station.verify().ok


def test_later_the_step_is_taken_back_with_a_reason(qtbot: QtBot, filled: Room) -> None:
    page = filled.pages.ledger
    press(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Space)
    for text in ("Director Liu", "", "", "", ""):
        write(qtbot, text)
    filled.at += timedelta(minutes=11)
    page.panel.timeline.taking_back.emit()
    assert page.panel.form.title.text() == "Take the step back"
    write(qtbot, "")
    assert page.panel.form.fault.text() == "Say why the step is taken back"
    write(qtbot, "The wrong person")
    assert case(page).stage is Stage.FOUND
    assert "The wrong person" in texts(page.panel.timeline)


def test_arrows_walk_over_the_board(qtbot: QtBot, filled: Room) -> None:
    page, cases = filled.pages.ledger, filled.station.cases
    first = cases.cases()[-1]
    cases.step(first.id, Step(Event.REPORTED, NAMES[0], unit="CDC"), filled.now())
    page.refresh()
    page.board.begin()
    press(qtbot, Qt.Key.Key_Right)
    assert focused() is page.board.columns[Stage.REPORTED]
    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert focused() is page.board.columns[Stage.FOUND]


def test_the_filter_works_as_one_types(filled: Room) -> None:
    page = filled.pages.ledger
    page.line.insert("yellow")
    page.line.textEdited.emit("yellow")
    assert [each.why for each in page.shown] == ["Yellow code"]
    page.line.clear()
    page.line.insert("nobody")
    page.line.textEdited.emit("nobody")
    assert page.hint.text() == "No case fits “nobody”."


def test_closed_and_withdrawn_cases_stand_under_all(qtbot: QtBot, filled: Room) -> None:
    page, cases = filled.pages.ledger, filled.station.cases
    one = cases.cases()[0]
    cases.step(one.id, Step(Event.REPORTED, NAMES[0], unit="CDC"), filled.now())
    end = Step(Event.CLOSED, NAMES[0], result=Result.SETTLED, note="ruled out")
    cases.step(one.id, end, filled.now())
    page.refresh()
    assert len(page.shown) == 1
    page.scopes.chosen.emit(1)
    assert len(page.shown) == 2
    assert page.board.columns[Stage.CLOSED].isVisible()


def test_the_person_is_whole_only_while_held_and_on_record(qtbot: QtBot, filled: Room) -> None:
    page, before = filled.pages.ledger, filled.station.verify().records
    press(qtbot, Qt.Key.Key_Return)
    assert WHOLE not in texts(page.panel)
    qtbot.mousePress(page.panel.whole, Qt.MouseButton.LeftButton)
    assert WHOLE in texts(page.panel)
    assert filled.station.verify().records == before + 1
    qtbot.mouseRelease(page.panel.whole, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: WHOLE not in texts(page.panel))


def test_paper_is_printed_and_saved_and_the_slip_stands_in_the_story(
    qtbot: QtBot, filled: Room, tmp_path: Path
) -> None:
    page = filled.pages.ledger
    press(qtbot, Qt.Key.Key_Return)
    page.panel.paper.click()
    page.panel.papers.slip.click()
    qtbot.waitUntil(lambda: len(filled.printer.jobs) == 1)
    assert filled.printer.jobs[0].pdf.startswith(b"%PDF")
    assert "Transfer slip issued" in texts(page.panel)
    made: list[bytes] = []
    page.casework.sheet(page.panel.view.case.id, NAMES[0], made.append, pytest.fail)
    page.save(tmp_path / "case.pdf", made[0])
    qtbot.waitUntil(lambda: (tmp_path / "case.pdf").exists())
    assert filled.station.verify().ok


def test_a_photo_is_attached_and_shown(qtbot: QtBot, filled: Room, tmp_path: Path) -> None:
    page, photo = filled.pages.ledger, tmp_path / "paper.png"
    noise = np.random.default_rng(7).integers(0, 255, (2400, 3000, 3), np.uint8)
    Image.fromarray(noise).save(photo)
    press(qtbot, Qt.Key.Key_Return)
    page.panel.attach(photo)
    chapter = page.panel.view.chapters[-1]
    assert chapter.event is Event.ATTACHED
    kept = filled.station.cases.picture(chapter.attachment)
    assert kept is not None
    assert len(kept) < 1_500_000
    page.panel.timeline.picture_asked.emit(chapter.attachment)
    shown = [
        each for each in page.panel.timeline.findChildren(QLabel) if not each.pixmap().isNull()
    ]
    assert len(shown) == 1
    (tmp_path / "no.png").write_bytes(b"no picture")
    page.panel.attach(tmp_path / "no.png")
    assert page.panel.fault.text() == "The file is no picture"


def test_who_went_through_stands_first(filled: Room) -> None:
    page = filled.pages.ledger
    passed = filled.record(25, 1)
    assert passed.outcome is Outcome.PASS
    why = Code.ON_WATCH_LIST
    filled.station.cases.raise_case(passed.inspection.id, why, None, NAMES[0], filled.now())
    page.refresh()
    assert page.shown[0].title == "张*"
    assert page.shown[0].awaits == "Went through, to be called back"


def test_both_languages_and_the_lock(filled: Room, qtbot: QtBot) -> None:
    page = filled.pages.ledger
    press(qtbot, Qt.Key.Key_Return)
    filled.look.use(language="zh_CN")
    assert page.panel.main.text() == "报告"
    qtbot.mousePress(page.panel.whole, Qt.MouseButton.LeftButton)
    filled.pages.lock()
    qtbot.waitUntil(lambda: WHOLE not in texts(page.panel))


def test_a_recall_at_the_desk_opens_its_case(filled: Room) -> None:
    passed = filled.record(25, 1)
    why = Code.ON_WATCH_LIST
    filled.station.cases.raise_case(passed.inspection.id, why, None, NAMES[0], filled.now())
    filled.window.show_page("desk")
    filled.desk.see_ledger()
    (line,) = [each for each in filled.window.strips.lines if each.isVisible()]
    assert "called back" in line.accessibleName()
    line.acted.emit("recall")
    assert filled.window.current == "ledger"
    assert filled.pages.ledger.panel.view.line.recall


def test_the_rail_and_the_top_bar_tell_what_is_late(filled: Room) -> None:
    filled.at += timedelta(hours=3)
    filled.desk.tick()
    assert filled.desk.state.late_cases == 2
    assert "2 cases late" in [chip.text for chip in filled.desk.state.chips]


def test_a_record_leads_to_its_case(filled: Room) -> None:
    find = filled.pages.find
    case = filled.station.cases.cases()[-1]
    find.open_record(case.inspection_id)
    find.panel.case.click()
    assert filled.window.current == "ledger"
    assert filled.pages.ledger.panel.view.case.id == case.id
    passed = filled.record(25, 1)
    filled.window.show_page("find")
    find.open_record(passed.inspection.id)
    find.panel.case.click()
    assert find.panel.fault.text() == "This person has no case"


def test_what_the_camera_sees_is_attached(qtbot: QtBot, filled: Room) -> None:
    panel = filled.pages.ledger.panel
    press(qtbot, Qt.Key.Key_Return)
    panel.photo.click()
    assert not panel.photos.take.isEnabled()  # no camera in this room
    press(qtbot, Qt.Key.Key_Escape)
    panel.newest_frame = lambda: np.full((480, 640, 3), 200, np.uint8)
    panel.photo.click()
    press(qtbot, Qt.Key.Key_Space)
    chapter = panel.view.chapters[-1]
    assert chapter.event is Event.ATTACHED
    assert filled.station.cases.picture(chapter.attachment)[:2] == b"\xff\xd8"
