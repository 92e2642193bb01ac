"""Every code in both languages, and the sentences with what they are told."""

from __future__ import annotations

import re

import pytest

from checkpoint_app.domain.inspection import CodeStatus, Outcome, Requirement, Symptom
from checkpoint_app.domain.person import NumberFault
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.i18n import translator
from checkpoint_app.i18n.reasons import (
    action_for,
    fault_text,
    outcome_word,
    placeholders,
    reason_text,
    requirement_word,
    say_for,
    sheet_wording,
    status_word,
    symptom_word,
)
from checkpoint_app.i18n.sentences import FAULTS, SENTENCES

english, chinese = translator("en"), translator("zh_CN")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("code", Code)
def test_every_reason_has_both_languages(code: Code) -> None:
    most = max(len(placeholders(sentence)) for sentence in SENTENCES[code])
    for count in range(most + 1):
        values = [f"<{number}>" for number in range(count)]
        reason = Reason(code, "|".join(values) or None)
        for translate in (english, chinese):
            text = reason_text(reason, translate)
            assert "{" not in text
            assert text
        assert HAN.search(reason_text(reason, chinese))
        assert not HAN.search(reason_text(reason, english))
    for value in values:
        assert value in reason_text(reason, chinese)
        assert value in reason_text(reason, english)


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize(
    "detail", ["", "|", "a|b|c|d|e|f", "{}", "{0}|{name}|{", "%s", "<b>|&amp;"]
)
def test_no_detail_breaks_a_sentence(code: Code, detail: str) -> None:
    assert reason_text(Reason(code, detail), chinese)


def test_sentences_of_one_code_have_different_numbers_of_values() -> None:
    for code, sentences in SENTENCES.items():
        counts = [len(placeholders(each)) for each in sentences]
        assert counts == sorted(set(counts)), code
        assert counts[0] == 0, code


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Reason(Code.FEVER_UNCONFIRMED, "37.8|47"), "47 分钟前体温 37.8 ℃，未复测"),
        (Reason(Code.FEVER_UNCONFIRMED, "37.8|03:12|03:17"), "03:12 体温 37.8 ℃，03:17 起可复测"),
        (Reason(Code.FEVER_UNCONFIRMED), "体温偏高，未复测"),
        (Reason(Code.SYMPTOMS, "cough,fatigue"), "症状：干咳、乏力"),
        (Reason(Code.SYMPTOMS, "牙疼"), "症状：牙疼"),
        (Reason(Code.SYMPTOMS), "有症状"),
        (Reason(Code.RISK_AREA_TESTED, "上海市"), "到过上海市（风险地区），有有效核酸阴性"),
        (Reason(Code.STAR_UNANSWERED, "{city}"), "{city}带星号，请问到过的街道和日期"),
    ],
)
def test_sentences_at_the_gate(reason: Reason, text: str) -> None:
    assert reason_text(reason, chinese) == text


def test_outcome_words() -> None:
    words = [outcome_word(each, chinese) for each in Outcome]
    assert words == ["移交", "临时留观", "复测", "待核验", "劝返", "登记放行", "放行"]
    assert outcome_word(Outcome.TURN_BACK, chinese, venue=True) == "不予进入"


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("translate", [english, chinese])
def test_every_outcome_has_an_action_and_a_sentence_to_say(outcome: Outcome, translate) -> None:
    for venue in (False, True):
        assert action_for(outcome, translate, venue=venue)
        said = say_for(outcome, translate, venue=venue)
        assert (said is None) == (outcome is Outcome.PASS)
    assert action_for(outcome, translate, hospital=True)


def test_nobody_is_asked_to_stay_in_a_car_at_a_venue() -> None:
    said = [say_for(each, chinese, venue=True) or "" for each in Outcome]
    assert not any("车" in each for each in said)
    assert "车内" in (say_for(Outcome.HAND_OVER, chinese) or "")


def test_a_hospital_sends_to_the_fever_clinic() -> None:
    assert "发热门诊" in action_for(Outcome.HOLD, chinese, hospital=True)


@pytest.mark.parametrize("translate", [english, chinese])
def test_states_requirements_and_symptoms_have_words_of_their_own(translate) -> None:
    for kinds, word in (
        (CodeStatus, status_word),
        (Requirement, requirement_word),
        (Symptom, symptom_word),
    ):
        words = [word(each, translate) for each in kinds]
        assert all(words)
        assert len(set(words)) == len(words)


def test_status_words_fit_a_lamp() -> None:
    assert all(len(status_word(each, chinese)) <= 4 for each in CodeStatus)


@pytest.mark.parametrize("code", [*FAULTS, *NumberFault, *Code])
def test_every_fault_has_both_languages(code: str) -> None:
    assert HAN.search(fault_text(code, chinese))
    assert not HAN.search(fault_text(code, english))


def test_an_unknown_fault_is_told_with_its_code() -> None:
    assert fault_text("flux_capacitor", chinese) == "出了问题（flux_capacitor）"
    assert fault_text("{0}", chinese) == "出了问题（{0}）"


def test_wording_for_sheets_knows_everything() -> None:
    wording = sheet_wording(chinese, venue=True)
    assert wording.text(wording.outcomes[Outcome.TURN_BACK]) == "不予进入"
    assert set(wording.outcomes) == set(Outcome)
    assert set(wording.statuses) == set(CodeStatus)
    assert set(wording.symptoms) == set(Symptom)
    assert wording.reason(Reason(Code.RED_CODE)) == "红码"
