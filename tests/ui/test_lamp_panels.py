"""What can be set by eye at the lamps, by finger and by key."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from checkpoint_app.domain.credential import Basis, NatResult, Vaccination
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    Replacement,
    Requirement,
    Symptom,
    Unvaccinated,
)
from checkpoint_app.domain.returnee import Abroad, Certificate
from tests.ui.conftest import MakeHand
from tests.ui.hands import Hand, choice, click, press
from tests.ui.scenes import NOW, Night

NIGHT = Night()


def _open(hand: Hand, requirement: Requirement) -> QWidget:
    click(hand.page.lamps.lamps[requirement])
    return hand.page.popover


def test_a_code_seen_by_eye(make_hand: MakeHand) -> None:
    hand = make_hand()
    click(choice(_open(hand, Requirement.HEALTH_CODE), "黄码"))
    assert hand.asked("set_health_code") == [(CodeStatus.YELLOW,)]
    assert not hand.page.popover.isVisible()
    assert hand.page.hasFocus()


def test_a_panel_by_the_keyboard_alone(make_hand: MakeHand) -> None:
    hand = make_hand()
    lamp = hand.page.lamps.lamps[Requirement.HEALTH_CODE]
    lamp.setFocus(Qt.FocusReason.TabFocusReason)
    press(hand, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert hand.asked("set_health_code") == [(CodeStatus.YELLOW,)]
    assert hand.asked("confirm") == []


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_Backtab]
)
@pytest.mark.parametrize(
    "requirement",
    [Requirement.HEALTH_CODE, Requirement.ITINERARY, Requirement.TEST, Requirement.SYMPTOMS],
)
def test_no_key_walks_out_of_an_open_panel(
    make_hand: MakeHand, requirement: Requirement, key: Qt.Key
) -> None:
    hand = make_hand()
    panel = _open(hand, requirement)
    for _ in range(16):
        press(hand, key)
        focus = hand.window.focusWidget()
        assert focus is not None
        assert panel.isAncestorOf(focus)


def test_left_of_the_first_button_is_the_last_one_and_enter_presses_it(make_hand: MakeHand) -> None:
    hand = make_hand()
    lamp = hand.page.lamps.lamps[Requirement.SYMPTOMS]
    lamp.setFocus(Qt.FocusReason.TabFocusReason)
    press(hand, Qt.Key.Key_Space)
    first = choice(hand.page.popover, hand.look.translate("No symptoms, no contact"))
    first.setFocus()
    press(hand, Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert hand.asked("set_symptoms") == [((), True)]  # contact with a case: the last of them
    assert (hand.asked("reopen"), hand.asked("confirm")) == ([], [])


def test_an_answer_by_key_keeps_the_keyboard_at_the_answers(make_hand: MakeHand) -> None:
    hand = make_hand()
    panel = _open(hand, Requirement.ITINERARY)
    choice(panel, "是").setFocus()
    press(hand, Qt.Key.Key_Return)
    focus = hand.window.focusWidget()
    assert focus is not None
    assert (focus.accessibleName(), hand.asked("set_itinerary")) == ("是", [])


def test_esc_closes_a_panel_and_nothing_else(make_hand: MakeHand) -> None:
    hand = make_hand()
    _open(hand, Requirement.TEST)
    press(hand, Qt.Key.Key_Escape)
    assert not hand.page.popover.isVisible()
    assert hand.asked("clear") == []
    press(hand, Qt.Key.Key_Escape)
    assert hand.asked("clear") == [()]


def test_a_city_with_a_star_and_what_it_asks(make_hand: MakeHand) -> None:
    hand = make_hand(NIGHT.idle())
    panel = _open(hand, Requirement.ITINERARY)
    field = panel.findChild(QLineEdit)
    assert field is not None
    field.setText("郑州市*")
    click(choice(panel, "带*加入"))
    click(choice(panel, "未到过"))
    click(choice(panel, "是"))
    starred = City("郑州市", starred=True)
    assert hand.asked("set_itinerary") == [
        (Itinerary(True, (starred,)),),
        (Itinerary(True, (replace(starred, in_risk_area=False),)),),
    ]
    assert hand.asked("set_answers") == [({"local": True},)]


def test_nothing_special_on_the_itinerary(make_hand: MakeHand) -> None:
    hand = make_hand()
    click(choice(_open(hand, Requirement.ITINERARY), "已看，无异常"))
    assert hand.asked("set_itinerary") == [(Itinerary(True),)]


def test_a_test_sampled_yesterday(make_hand: MakeHand) -> None:
    hand = make_hand()
    click(choice(_open(hand, Requirement.TEST), "昨天"))
    ((test,),) = hand.asked("set_test")
    assert test.result is NatResult.NEGATIVE  # type: ignore[attr-defined]
    assert (NOW - test.sampled_at).days == 1  # type: ignore[attr-defined]


def test_symptoms_and_contact(make_hand: MakeHand) -> None:
    hand = make_hand()
    panel = _open(hand, Requirement.SYMPTOMS)
    for text in ("干咳", "接触过病例", "完成"):
        click(choice(panel, text))
    assert hand.asked("set_symptoms")[-1] == ((Symptom.COUGH,), True)


def test_who_came_from_abroad_is_asked_for_three_papers(make_hand: MakeHand) -> None:
    hand = make_hand()
    panel = _open(hand, Requirement.ITINERARY)
    click(choice(panel, "从境外返回"))
    click(choice(panel, "“双采双检”证明"))
    assert hand.asked("set_answers") == [
        ({"abroad": Abroad()},),
        ({"abroad": Abroad(None, (Certificate.DOUBLE_SAMPLING,))},),
    ]
    click(choice(panel, "从境外返回"))
    assert hand.asked("set_answers")[-1] == ({"abroad": None},)


def test_without_a_phone_something_else_is_shown_instead(make_hand: MakeHand) -> None:
    scene = NIGHT.idle()
    nobody = Inspection(UUID(int=1), NOW, health_code=HealthCode(CodeStatus.NONE))
    hand = make_hand(replace(scene, inspection=nobody))
    panel = _open(hand, Requirement.HEALTH_CODE)
    click(choice(panel, "同行人代办码"))
    click(choice(panel, "他人担保"))
    voucher = panel.findChild(QLineEdit)
    assert isinstance(voucher, QLineEdit)
    voucher.setText("张支书")
    voucher.editingFinished.emit()
    assert hand.asked("set_answers") == [
        ({"replacement": Replacement.PROXY_CODE},),
        ({"replacement": Replacement.VOUCHER},),
        ({"vouched_by": "张支书"},),
    ]


def test_no_vaccine_and_why(make_hand: MakeHand) -> None:
    hand = make_hand()
    panel = _open(hand, Requirement.TEST)
    click(choice(panel, "0"))
    none = Vaccination(0, basis=Basis.DECLARED)
    assert hand.asked("set_answers") == [({"vaccination": none, "unvaccinated": None},)]
    click(choice(panel, "暂缓"))
    told = ({"vaccination": none, "unvaccinated": Unvaccinated.POSTPONED},)
    assert hand.asked("set_answers")[-1] == told
    click(choice(panel, "2"))
    two = Vaccination(2, basis=Basis.DECLARED)
    assert hand.asked("set_answers")[-1] == ({"vaccination": two, "unvaccinated": None},)
    click(choice(panel, "2"))  # a slip of the finger: not known again
    assert hand.asked("set_answers")[-1] == ({"vaccination": None, "unvaccinated": None},)
