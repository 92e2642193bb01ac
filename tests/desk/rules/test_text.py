"""A policy's file: the shipped one word for word, a county's own whole there and back."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta

import pytest

from checkpoint_app.desk.rules import policy_text, read_policy_text
from checkpoint_app.domain.inspection import CodeStatus, Requirement
from checkpoint_app.domain.policy_data import OUTCOMES, as_data
from checkpoint_app.domain.site import SiteKind
from checkpoint_app.shipped_rules import shipped, shipped_file


@pytest.mark.parametrize("kind", SiteKind)
def test_the_shipped_rules_are_their_file(kind: SiteKind) -> None:
    assert policy_text(shipped(kind)) == shipped_file(kind).read_text("utf-8")


@pytest.mark.parametrize("kind", SiteKind)
def test_a_countys_own_rules_come_back_whole(kind: SiteKind) -> None:
    usual = shipped(kind)
    own = replace(
        usual,
        fever_threshold_c=37.5,
        retest_after=timedelta(minutes=10),
        required=frozenset({Requirement.MASK}),
        accepted_codes=frozenset({CodeStatus.GREEN}),
        gate_mode=not usual.gate_mode,
        pass_at_once=(*usual.pass_at_once, "产检", 'of "two"'),
        outcomes=tuple((code, choices[0]) for code, choices in OUTCOMES.items()),
        test_every=(("冷链", timedelta(hours=72)), ("cook", timedelta(days=7))),
    )
    text = policy_text(own)
    assert read_policy_text(text) == own
    assert tomllib.loads(text) == as_data(own)
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert comments == [
        line for line in shipped_file(kind).read_text("utf-8").splitlines() if line.startswith("#")
    ]
    assert "# 黄码" in text
