"""Tests and risk areas, by time, residence, acceptance and list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checkpoint_app.domain.credential import NatResult, NucleicAcidTest
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    Outcome,
)
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.policy import SitePolicy
from checkpoint_app.domain.reasons import Code, Reason

from .travellers import (
    ALL,
    HAND_OVER,
    HOLD,
    HOURS_48,
    INCOMPLETE,
    NOTHING,
    NOW,
    PASS,
    REGISTER,
    RISKY,
    ROAD,
    TURN_BACK,
    C,
    R,
    S,
    cities,
    code,
    codes,
    judge,
    needing,
    sampled,
)

# ---- tests --------------------------------------------------------------------------------------

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)

TESTS: list[tuple[NucleicAcidTest | None, bool]] = [
    (None, False),
    (sampled(timedelta(0)), True),
    (sampled(timedelta(hours=1)), True),
    (sampled(HOURS_48 - SECOND), True),
    (sampled(HOURS_48), True),
    (sampled(HOURS_48 + timedelta(microseconds=1)), False),
    (sampled(HOURS_48 + SECOND), False),
    (sampled(HOURS_48 + MINUTE), False),
    (sampled(timedelta(days=30)), False),
    (sampled(-SECOND), False),  # sampled in the future
    (sampled(-timedelta(days=1)), False),
    (sampled(None), False),
    (sampled(timedelta(hours=1), NatResult.UNKNOWN), False),
    (NucleicAcidTest(NatResult.NEGATIVE, None, within_hours=24), True),
    (NucleicAcidTest(NatResult.NEGATIVE, None, within_hours=48), True),
    (NucleicAcidTest(NatResult.NEGATIVE, None, within_hours=49), False),
    (NucleicAcidTest(NatResult.NEGATIVE, None, within_hours=72), False),
    (NucleicAcidTest(NatResult.NEGATIVE, None, within_hours=0), False),
    (NucleicAcidTest(NatResult.NEGATIVE, None, within_hours=-1), False),
    # the time of sampling is worth more than a window
    (NucleicAcidTest(NatResult.NEGATIVE, NOW - timedelta(hours=49), within_hours=24), False),
    (NucleicAcidTest(NatResult.UNKNOWN, None, within_hours=24), False),
    (NucleicAcidTest(NatResult.NEGATIVE, (NOW - HOURS_48).astimezone(UTC)), True),
]


@pytest.mark.parametrize(("test", "counts"), TESTS)
def test_a_test_counts_for_a_risk_area(test: NucleicAcidTest | None, counts: bool) -> None:
    verdict = judge(itinerary=RISKY, local=False, test=test)
    assert codes(verdict) == ((C.RISK_AREA_TESTED,) if counts else (C.RISK_AREA_NOT_LOCAL,))
    assert verdict.outcome is (REGISTER if counts else TURN_BACK)


@pytest.mark.parametrize(("test", "counts"), TESTS)
def test_a_test_counts_where_one_is_asked_for(test: NucleicAcidTest | None, counts: bool) -> None:
    verdict = judge(needing(R.TEST), test=test)
    assert codes(verdict) == (() if counts else (C.TEST_MISSING,))
    assert verdict.missing == (() if counts else (R.TEST,))
    assert verdict.would_be is PASS


@pytest.mark.parametrize("hours", [24, 72])
def test_how_long_a_test_counts_is_a_setting(hours: int) -> None:
    policy = replace(needing(R.TEST), test_valid_for=timedelta(hours=hours))
    assert judge(policy, test=sampled(timedelta(hours=hours))).outcome is PASS
    assert judge(policy, test=sampled(timedelta(hours=hours) + SECOND)).outcome is INCOMPLETE


@pytest.mark.parametrize("age", [timedelta(0), timedelta(days=99), -timedelta(days=1), None])
@pytest.mark.parametrize("policy", [ROAD, ALL, NOTHING])
def test_a_positive_test_hands_over(age: timedelta | None, policy: SitePolicy) -> None:
    verdict = judge(policy, symptoms=(), test=sampled(age, NatResult.POSITIVE))
    assert (verdict.outcome, codes(verdict)) == (HAND_OVER, (C.POSITIVE_TEST,))
    assert verdict.missing == ()


# ---- risk areas ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tested", "local", "accepted", "outcome", "reason"),
    [
        (tested, local, accepted, outcome, reason)
        for tested, local, outcome, reason in [
            (True, True, REGISTER, C.RISK_AREA_TESTED),
            (True, False, REGISTER, C.RISK_AREA_TESTED),
            (True, None, REGISTER, C.RISK_AREA_TESTED),
            (False, False, TURN_BACK, C.RISK_AREA_NOT_LOCAL),
            (False, None, INCOMPLETE, C.RESIDENCE_UNKNOWN),
        ]
        for accepted in (True, False, None)
    ]
    + [
        (False, True, True, REGISTER, C.RISK_AREA_ACCEPTED),
        (False, True, False, HOLD, C.RISK_AREA_LOCAL_NOT_ACCEPTED),
        (False, True, None, HOLD, C.RISK_AREA_LOCAL_NOT_ACCEPTED),
    ],
)
def test_risk_area(
    tested: bool, local: bool | None, accepted: bool | None, outcome: Outcome, reason: Code
) -> None:
    test = sampled(HOURS_48 if tested else HOURS_48 + MINUTE)
    verdict = judge(itinerary=RISKY, local=local, community_acceptance=accepted, test=test)
    assert verdict.outcome is outcome
    assert verdict.reasons == (Reason(reason, "上海市"),)


@pytest.mark.parametrize("local", [True, False, None])
@pytest.mark.parametrize("accepted", [True, False, None])
def test_residence_is_not_asked_where_nothing_depends_on_it(
    local: bool | None, accepted: bool | None
) -> None:
    assert judge(local=local, community_acceptance=accepted).outcome is PASS


SHANGHAI = "310000"
PUDONG = "310115"


@pytest.mark.parametrize(
    ("city", "listed", "reasons"),
    [
        (City("上海市"), (), ()),
        (City("上海市", starred=True), (), (C.STAR_UNANSWERED,)),
        (City("上海市", starred=True, in_risk_area=False), (), ()),
        (City("上海市", starred=True, in_risk_area=True), (), (C.RISK_AREA_NOT_LOCAL,)),
        (City("上海市", in_risk_area=True), (), (C.RISK_AREA_NOT_LOCAL,)),
        (City("上海市", in_risk_area=False), (), ()),
        # listed by division code: at once, whatever is answered
        (City("上海市", division_code=SHANGHAI), (SHANGHAI,), (C.RISK_AREA_NOT_LOCAL,)),
        (City("上海市", division_code="310100"), (SHANGHAI,), (C.RISK_AREA_NOT_LOCAL,)),
        (City("浦东", division_code=PUDONG), (SHANGHAI,), (C.RISK_AREA_NOT_LOCAL,)),
        (City("浦东", True, PUDONG, False), (SHANGHAI,), (C.RISK_AREA_NOT_LOCAL,)),
        (City("浦东", True, PUDONG, None), (SHANGHAI,), (C.RISK_AREA_NOT_LOCAL,)),
        (City("杭州市", division_code="330100"), (SHANGHAI,), ()),
        # a part of it is listed: at once, until the traveller has said where in it they were
        (City("上海市", division_code=SHANGHAI), (PUDONG,), (C.RISK_AREA_NOT_LOCAL,)),
        (City("上海市", True, SHANGHAI), (PUDONG,), (C.RISK_AREA_NOT_LOCAL,)),
        (City("上海市", False, SHANGHAI, False), (PUDONG,), ()),
        (City("上海市", False, SHANGHAI, True), (PUDONG,), (C.RISK_AREA_NOT_LOCAL,)),
        # a name without a code matches no list
        (City("上海市"), (SHANGHAI, PUDONG), ()),
        (City("上海市", division_code="nonsense"), (SHANGHAI,), ()),
        (City("上海市", division_code=SHANGHAI), ("nonsense", ""), ()),
    ],
)
def test_stars_and_listed_areas(
    city: City, listed: tuple[str, ...], reasons: tuple[Code, ...]
) -> None:
    hits = ListHits(risk_areas=frozenset(listed))
    assert codes(judge(hits=hits, itinerary=cities(city), local=False)) == reasons


def test_several_places_are_named_together_and_an_open_star_is_still_asked_for() -> None:
    passed = cities(
        City("上海市", in_risk_area=True),
        City("西安市", starred=True),
        City("北京市", True, None, True),
    )
    verdict = judge(itinerary=passed, local=False)
    assert verdict.outcome is Outcome.INCOMPLETE
    assert verdict.reasons == (
        Reason(C.STAR_UNANSWERED, "西安市"),
        Reason(C.RISK_AREA_NOT_LOCAL, "上海市、北京市"),
    )


def test_each_open_star_is_asked_for() -> None:
    verdict = judge(itinerary=cities(City("上海市", starred=True), City("西安市", starred=True)))
    assert verdict.outcome is INCOMPLETE
    assert verdict.reasons == (
        Reason(C.STAR_UNANSWERED, "上海市"),
        Reason(C.STAR_UNANSWERED, "西安市"),
    )


@pytest.mark.parametrize(
    ("status", "shown", "missing"),
    [
        (S.GREEN, True, False),
        (S.GREEN, False, True),  # who has a phone shows the card
        (S.RED, False, True),
        (S.NONE, False, False),
        (S.NONE, None, True),
        (S.CERTIFICATE, False, False),
        (S.CERTIFICATE, None, True),
        (None, False, True),
    ],
)
def test_a_declaration_replaces_the_card_for_who_has_none(
    status: CodeStatus | None, shown: bool | None, missing: bool
) -> None:
    verdict = judge(
        health_code=None if status is None else code(status),
        itinerary=None if shown is None else cities(shown=shown),
    )
    assert (R.ITINERARY in verdict.missing) == missing


def test_a_declared_risk_area_counts_before_the_card_is_shown() -> None:
    declared = cities(City("上海市", in_risk_area=True), shown=False)
    verdict = judge(itinerary=declared, local=True)
    assert codes(verdict) == (C.RISK_AREA_LOCAL_NOT_ACCEPTED, C.ITINERARY_MISSING)


def test_a_place_without_a_name_counts_too() -> None:
    verdict = judge(itinerary=cities(City("", in_risk_area=True)), local=False)
    assert verdict.reasons == (Reason(C.RISK_AREA_NOT_LOCAL),)


def test_a_test_is_told_in_local_time_and_with_its_year() -> None:
    asked = needing(R.TEST)
    for sampled_at, told in (
        (datetime(2026, 11, 19, 16, 30, tzinfo=UTC), "11-20 00:30"),
        (datetime(2025, 12, 31, 16, 30, tzinfo=UTC), "01-01 00:30"),
        (datetime(2025, 12, 31, 15, 30, tzinfo=UTC), "2025-12-31 23:30"),
    ):
        verdict = judge(asked, test=NucleicAcidTest(NatResult.NEGATIVE, sampled_at))
        assert verdict.reasons == (Reason(C.TEST_MISSING, told),)
