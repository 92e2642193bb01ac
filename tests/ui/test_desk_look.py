"""How the desk looks: every state fits every size, every control is named and large enough."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from checkpoint_app.ui.theme import DARK, TARGET
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
