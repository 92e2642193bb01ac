"""A policy as data: whole there and back, and refused by name where it is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from checkpoint_app.domain.inspection import CodeStatus, Outcome, Requirement
from checkpoint_app.domain.policy_data import FIGURES, OUTCOMES, WORDS, PolicyFault, as_data
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.site import SiteKind, SitePolicy
from checkpoint_app.shipped_rules import read_policy, shipped


@pytest.mark.parametrize("kind", SiteKind)
def test_every_shipped_policy_comes_back_as_it_was(kind: SiteKind) -> None:
    policy = shipped(kind)
    assert read_policy(as_data(policy)) == policy
    assert read_policy({}, kind) == policy
    assert read_policy({"kind": kind.value}) == policy


def test_every_field_comes_back_changed() -> None:
    changed = replace(
        shipped("road"),
        fever_threshold_c=37.5,
        plausible_from_c=34.5,
        plausible_to_c=42.0,
        retest_after=timedelta(minutes=10),
        required=frozenset({Requirement.MASK, Requirement.TEST}),
        test_valid_for=timedelta(hours=24),
        list_unvaccinated=True,
        accepted_codes=frozenset({CodeStatus.GREEN}),
        roster_only=True,
        turns_back=False,
        gate_mode=True,
        online_first=True,
        whole_place_counts=False,
        child_under=12,
        pass_at_once=(*shipped("road").pass_at_once, "产检"),
        freight=(*shipped("road").freight, "冷链车"),
        outcomes=tuple((code, choices[0]) for code, choices in OUTCOMES.items()),
        test_every=(("冷链", timedelta(hours=72)), ("后勤", timedelta(days=7))),
    )
    assert read_policy(as_data(changed)) == changed


@pytest.mark.parametrize("name", FIGURES)
def test_each_figure_has_both_its_borders(name: str) -> None:
    figure = FIGURES[name]
    for value in (figure.low, figure.high):
        found = read_policy({name: value}, "road")
        assert isinstance(found, SitePolicy)
        assert figure.of(found) == value
    for value in (figure.low - figure.step, figure.high + figure.step, "37", True, None):
        refused = read_policy({name: value}, "road")
        assert isinstance(refused, PolicyFault)
        assert (refused.code, refused.field) == ("policy_number", name)


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"kind": "moon"}, "policy_kind", "kind"),
        ({"kind": "school"}, "policy_kind", "kind"),
        ({"fever": 38}, "policy_field", "fever"),
        ({"county_code": "410326"}, "policy_field", "county_code"),
        ({"version": "x"}, "policy_field", "version"),
        ({"roster_only": "yes"}, "policy_value", "roster_only"),
        ({"required": ["temperature", "horoscope"]}, "policy_value", "required"),
        ({"required": "temperature"}, "policy_value", "required"),
        ({"required": [1]}, "policy_value", "required"),
        ({"accepted_codes": ["red"]}, "policy_value", "accepted_codes"),
        ({"accepted_codes": []}, "policy_value", "accepted_codes"),
        ({"outcomes": "hold"}, "policy_value", "outcomes"),
        ({"outcomes": {"red_code": "pass"}}, "policy_field", "outcomes.red_code"),
        ({"outcomes": {"symptoms": ["hold"]}}, "policy_value", "outcomes.symptoms"),
        ({"pass_at_once": "急救"}, "policy_words", "pass_at_once"),
        ({"pass_at_once": []}, "policy_words", "pass_at_once"),
        ({"freight": ["x"]}, "policy_words", "freight"),
        ({"freight": [1]}, "policy_words", "freight"),
        ({"test_every_hours": {"冷链": 0}}, "policy_number", "test_every_hours"),
        ({"test_every_hours": {"": 72}}, "policy_number", "test_every_hours"),
        ({"test_every_hours": {"x" * 21: 72}}, "policy_number", "test_every_hours"),
        ({"test_every_hours": {"a\nb": 72}}, "policy_number", "test_every_hours"),
        ({"test_every_hours": [72]}, "policy_number", "test_every_hours"),
        (
            {"test_every_hours": {str(role): 72 for role in range(51)}},
            "policy_number",
            "test_every_hours",
        ),
    ],
)
def test_what_is_no_policy_is_refused_by_name(data: dict[str, Any], code: str, field: str) -> None:
    found = read_policy(data, "road")
    assert isinstance(found, PolicyFault)
    assert (found.code, found.field) == (code, field)


@pytest.mark.parametrize("code", OUTCOMES)
def test_a_rule_comes_to_what_may_be_settled_of_it_and_to_nothing_else(code: Code) -> None:
    for outcome in Outcome:
        found = read_policy({"outcomes": {code.value: outcome.value}}, "road")
        if outcome in OUTCOMES[code]:
            assert isinstance(found, SitePolicy)
            assert found.outcome_of(code) is outcome
        else:
            assert isinstance(found, PolicyFault)
            assert (found.code, found.field) == ("policy_value", f"outcomes.{code}")


@pytest.mark.parametrize("name", WORDS)
def test_words_that_save_lives_are_added_to_and_never_taken_out(name: str) -> None:
    words = list(getattr(shipped("road"), name))
    assert isinstance(read_policy({name: [*words, "产检"]}, "road"), SitePolicy)
    refused = read_policy({name: words[1:]}, "road")
    assert isinstance(refused, PolicyFault)
    assert (refused.code, refused.field, refused.wanted) == ("policy_life", name, words[0])


def test_a_policy_must_say_whose_it_is() -> None:
    found = read_policy({"test_valid_hours": 24})
    assert isinstance(found, PolicyFault)
    assert found.code == "policy_kind"


def test_a_hospital_that_turns_people_back_is_refused() -> None:
    found = read_policy({"turns_back": True}, "hospital")
    assert isinstance(found, PolicyFault)
    assert found.code == "policy_hospital"
    assert isinstance(read_policy({"turns_back": False}, "hotel"), SitePolicy)


def test_nothing_asked_for_is_a_policy_too() -> None:
    found = read_policy({"required": []}, "mall")
    assert found == replace(shipped("mall"), required=frozenset())
