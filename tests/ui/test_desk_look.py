"""How the desk looks: every state fits every size, every control is named and large enough."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from checkpoint_app.desk import Tone
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.ui.desk_page.lamps import two_lines
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import width_of
from checkpoint_app.ui.theme import DARK, LIGHT, TARGET
from checkpoint_app.ui.widgets.fitted import FittedLine
from tests.ui.conftest import MakeHand
from tests.ui.scenes import Night

NIGHT = Night()

SIZES = pytest.mark.parametrize(("width", "height"), [(1280, 690), (1366, 768), (1920, 1080)])


@SIZES
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", list(NIGHT.all()))
def test_every_state_fits_and_draws(
    make_hand: MakeHand, name: str, language: str, width: int, height: int
) -> None:
    hand = make_hand(Night(language).all()[name], language, width, height)
    assert (hand.window.width(), hand.window.height()) == (width, height)
    hand.settle()
    parts = [hand.page.card, hand.page.form, hand.page.tray, hand.page.decide]
    places = [QRect(part.pos(), part.size()) for part in parts]
    for above, below in pairwise(places):
        assert above.bottom() < below.top()
    assert places[-1].bottom() <= hand.page.height()
    assert not hand.window.grab().isNull()


@pytest.mark.parametrize("name", ["idle", "star"])
def test_the_words_of_the_tray_have_room(make_hand: MakeHand, name: str) -> None:
    hand = make_hand(Night("en").all()[name], "en")
    hand.settle()
    shown = [each for each in hand.page.tray.findChildren(QLabel) if each.isVisible()]
    assert shown
    for each in shown:
        assert each.height() >= each.sizeHint().height(), each.text()


@pytest.mark.parametrize("pixels", [24, 48, 72])
def test_a_headline_is_not_cut_above_or_below(qtbot: QtBot, pixels: int) -> None:
    line = FittedLine(Look(LIGHT), 24)
    qtbot.addWidget(line)
    line.show_text("gjpqy bdl 国", pixels, Tone.IDLE)
    line.resize(800, line.sizeHint().height())
    shown = line.grab().toImage()
    ground = shown.pixelColor(799, 0)
    for y in (0, shown.height() - 1):
        assert all(shown.pixelColor(x, y) == ground for x in range(shown.width()))


@pytest.mark.parametrize("width", [1280, 1366, 1920])
@pytest.mark.parametrize("outcome", [Outcome.REGISTER, Outcome.HAND_OVER])
def test_an_outcome_to_choose_is_never_cut(
    make_hand: MakeHand, outcome: Outcome, width: int
) -> None:
    state = replace(Night("en").changing(), asking=outcome)
    hand = make_hand(state, "en", width, 690)
    hand.settle()
    panel = hand.page.change
    assert panel.geometry().right() < hand.page.width()
    for button in panel.outcomes.values():
        bold = width_of(button.text(), hand.look.metrics.text, bold=True)
        assert button.width() >= bold + button.iconSize().width() + 2 * 14, button.text()


def test_a_long_word_of_a_lamp_takes_two_lines() -> None:
    assert two_lines("Nothing special") == ["Nothing", "special"]
    assert two_lines("No phone at all") == ["No phone", "at all"]
    assert two_lines("呼和浩特市*") == ["呼和浩", "特市*"]
    assert two_lines("") == ["", ""]


def test_language_and_theme_change_while_someone_stands_there(make_hand: MakeHand) -> None:
    hand = make_hand()
    hand.look.use(theme=DARK, language="en")
    assert hand.page.decide.buttons["park"].caption == "Park"
    assert hand.page.form.fields["name"].edit.text() == "李建国"
    hand.look.use(language="zh_CN")
    assert hand.page.decide.buttons["park"].caption == "暂放"


def test_every_control_has_a_name_and_is_large_enough(make_hand: MakeHand) -> None:
    hand = make_hand()
    for control in hand.window.findChildren(QAbstractButton):
        if control.isVisible():
            assert control.accessibleName() or control.text(), control
            assert control.height() >= TARGET, control.accessibleName()
            assert control.width() >= TARGET, control.accessibleName()
    for field in hand.window.findChildren(QLineEdit):
        assert field.accessibleName()


def test_tab_reaches_every_part(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.passing())
    reached = set()
    for _ in range(60):
        QTest.keyClick(hand.window.focusWidget() or hand.page, Qt.Key.Key_Tab)
        widget = hand.window.focusWidget()
        if widget is not None:
            reached.add(widget.accessibleName())
    for name in ("姓名", "暂放", "确认放行", "查验", "今日查验"):
        assert name in reached
