"""What each kind of site asks for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checkpoint_app.domain.inspection import CodeStatus, Requirement
from checkpoint_app.domain.site import SiteKind
from checkpoint_app.shipped_rules import shipped

R = Requirement
BOTH = {R.HEALTH_CODE, R.ITINERARY, R.MASK, R.TEMPERATURE}


@pytest.mark.parametrize(
    ("kind", "asks", "roster_only", "turns_back"),
    [
        ("road", BOTH, False, True),
        ("school", BOTH, True, True),
        ("hospital", BOTH | {R.SYMPTOMS}, False, False),
        ("mall", BOTH, False, True),
        ("office", BOTH, False, True),
        ("hotel", BOTH | {R.SYMPTOMS}, False, True),
        ("care_home", set(R), True, True),
        ("closed", set(R), True, True),
        ("village", BOTH, False, True),
    ],
)
def test_kinds(kind: str, asks: set[Requirement], roster_only: bool, turns_back: bool) -> None:
    policy = shipped(kind)
    assert policy.site_kind == kind
    assert policy.required == asks
    assert (policy.roster_only, policy.turns_back) == (roster_only, turns_back)
    assert policy.fever_threshold_c == 37.3
    assert policy.retest_after == timedelta(minutes=5)
    assert policy.test_valid_for == timedelta(hours=48)


@pytest.mark.parametrize("kind", SiteKind)
def test_venues_take_passes_and_list_the_unvaccinated(kind: SiteKind) -> None:
    policy = shipped(kind)
    assert policy.is_venue is (kind is not SiteKind.ROAD)
    assert (CodeStatus.SITE_PASS in policy.accepted_codes) is policy.is_venue
    assert policy.list_unvaccinated is policy.is_venue
    assert CodeStatus.GREEN in policy.accepted_codes


@pytest.mark.parametrize("kind", ["", "ROAD", "space_port"])
def test_an_unknown_kind_has_a_road_checkpoints_rules(kind: str) -> None:
    assert shipped(kind) == shipped("road")
