"""The signs of the top bar: the strongest stand, the rest is one press away, the time is whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from checkpoint_app.desk import Chip, Tone
from checkpoint_app.ui.shell.signs import FoldedList, SignRow, strongest
from tests.ui.conftest import MakeHand
from tests.ui.hands import Hand, choice, click, press
from tests.ui.scenes import Night

HUB = Chip("hub", "Online, 3 waiting", Tone.PASS, "sync")
RISK = Chip("risk", "Risk list today 06:00", Tone.IDLE, "settings")
LATE = Chip("cases_late", "2 cases late", Tone.ATTENTION, "find")
TRUST = Chip("trust", "Trust list too old: 9 days", Tone.ATTENTION, "settings")
FEVER = Chip("own_fever", "You have a fever: be relieved", Tone.STOP, "shift")
FROZEN = Chip("hub", "Stopped by the hub", Tone.STOP, "sync")
OPEN = Chip("unprotected", "Data not protected", Tone.ATTENTION, "settings", kept=True)


def shown(hand: Hand, *chips: Chip, language: str = "en") -> SignRow:
    hand.window.add_page("settings", QWidget(), "settings", "Settings")
    hand.show(replace(Night(language).idle(), chips=chips))
    hand.settle()
    return hand.window.top_bar.signs


@pytest.mark.parametrize(
    ("chips", "most", "left"),
    [
        ((HUB, RISK, LATE), 3, (HUB, RISK, LATE)),
        ((RISK, HUB, LATE, TRUST), 2, (LATE, TRUST)),
        ((RISK, HUB), 1, (HUB,)),
        ((LATE, TRUST, OPEN, RISK), 2, (LATE, OPEN)),
        ((LATE, FEVER, OPEN, FROZEN), 2, (FEVER, OPEN, FROZEN)),
        ((LATE, FEVER, HUB), 0, (FEVER,)),
    ],
)
def test_the_strongest_stand_and_what_stops_always_does(
    chips: tuple[Chip, ...], most: int, left: tuple[Chip, ...]
) -> None:
    assert strongest(chips, most) == left


def test_three_signs_stand_as_they_are(make_hand: MakeHand) -> None:
    signs = shown(make_hand(language="en", width=1920, height=1080), HUB, RISK, OPEN)
    assert signs.shown == (HUB, RISK, OPEN)
    assert not signs.more.isVisible()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (1240, 700)])
def test_signs_lie_side_by_side_and_the_time_is_whole(
    make_hand: MakeHand, width: int, height: int
) -> None:
    hand = make_hand(language="en", width=width, height=height)
    signs = shown(hand, LATE, HUB, FEVER, RISK, TRUST, OPEN)
    assert {FEVER, OPEN} <= set(signs.shown)
    assert len(signs.shown) <= 3
    assert signs.more.caption == f"{6 - len(signs.shown)} more"
    views = [each for each in signs.children() if each.isWidgetType() and each.isVisible()]
    boxes = sorted((each.geometry() for each in views), key=lambda box: box.left())
    assert all(a.right() < b.left() for a, b in pairwise(boxes))
    assert signs.rect().contains(boxes[0])
    assert signs.rect().contains(boxes[-1])
    clock = next(each for each in hand.window.top_bar.children() if _is_clock(each))
    assert clock.width() >= clock.sizeHint().width()


def _is_clock(each: object) -> bool:
    return getattr(each, "caption", "") == "03:12"


def test_the_folded_signs_are_one_press_away(make_hand: MakeHand) -> None:
    hand = make_hand(language="en")
    signs = shown(hand, HUB, RISK, LATE, TRUST, OPEN)
    click(signs.more)
    (opened,) = hand.window.findChildren(FoldedList)
    assert [each.text() for each in opened.buttons()] == [each.text for each in opened_order(signs)]
    press(hand, Qt.Key.Key_Escape)
    assert not opened.isVisible()
    click(signs.more)
    (opened,) = [each for each in hand.window.findChildren(FoldedList) if each.isVisible()]
    QTest.mouseClick(choice(opened, RISK.text), Qt.MouseButton.LeftButton)
    assert hand.window.current == "settings"
    assert not opened.isVisible()


def opened_order(signs: SignRow) -> list[Chip]:
    """Attention first, then what is well, then what is only told."""
    order = {Tone.ATTENTION: 0, Tone.PASS: 1, Tone.IDLE: 2}
    return sorted(signs.folded, key=lambda chip: order[chip.tone])


def test_the_list_closes_when_nothing_is_folded_any_more(make_hand: MakeHand) -> None:
    hand = make_hand(language="en")
    signs = shown(hand, HUB, RISK, LATE, TRUST, OPEN)
    click(signs.more)
    (opened,) = hand.window.findChildren(FoldedList)
    hand.show(replace(hand.desk.state, chips=(HUB,)))
    assert not opened.isVisible()
    assert not signs.more.isVisible()
    assert signs.shown == (HUB,)


def test_a_long_name_of_the_site_is_shortened_before_a_sign_is(make_hand: MakeHand) -> None:
    hand = make_hand(language="en")
    hand.window.show_station("North motorway joint checkpoint of the county " * 2, "Wang Fang " * 3)
    signs = shown(hand, LATE, HUB, FEVER, RISK, OPEN)
    views = [each for each in signs.children() if each.isWidgetType() and each.isVisible()]
    assert [each.width() >= each.sizeHint().width() for each in views] == [True] * 3
    assert signs.shown == (FEVER, OPEN)


BRIEF = (
    replace(HUB, brief="3 to send"),
    replace(RISK, brief="Risk 06:00"),
    replace(LATE, brief="2 late"),
    replace(OPEN, brief="Open"),
    Chip("battery", "On battery: 64 %", brief="64 %", icon="battery"),
)


def test_where_there_is_little_room_signs_stand_in_few_words(make_hand: MakeHand) -> None:
    hand = make_hand(language="en", width=1366, height=768)
    signs = shown(hand, *BRIEF)
    assert signs.shown == BRIEF
    assert not signs.more.isVisible()
    views = [each for each in signs.children() if each.isWidgetType() and each.isVisible()]
    assert [each.words for each in views] == [chip.brief for chip in BRIEF]
    assert [each.caption for each in views] == [chip.text for chip in BRIEF]
    assert [each.toolTip() for each in views] == [chip.text for chip in BRIEF]
    assert all(each.width() >= each.sizeHint().width() for each in views)


def test_with_room_they_stand_in_whole_words(make_hand: MakeHand) -> None:
    signs = shown(make_hand(language="en", width=1920, height=1080), *BRIEF[:3])
    views = [each for each in signs.children() if each.isWidgetType() and each.isVisible()]
    assert [each.words for each in views] == [chip.text for chip in BRIEF[:3]]
