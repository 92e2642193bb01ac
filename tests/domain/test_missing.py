"""What is missing, what holds a verdict, and what it would be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checkpoint_app.domain.credential import Vaccination
from checkpoint_app.domain.inspection import (
    CodeStatus,
    Outcome,
    Requirement,
    Symptom,
)
from checkpoint_app.domain.policy import SitePolicy
from checkpoint_app.domain.reasons import Code, Reason

from .travellers import (
    ALL,
    HAND_OVER,
    HOLD,
    INCOMPLETE,
    NOTHING,
    PASS,
    REGISTER,
    RISKY,
    ROAD,
    STARRED,
    TURN_BACK,
    C,
    Facts,
    R,
    S,
    code,
    codes,
    judge,
    minutes,
    needing,
    sampled,
)

# ---- what is missing ----------------------------------------------------------------------------

GIVEN: dict[Requirement, tuple[str, Any, Code]] = {
    R.HEALTH_CODE: ("health_code", None, C.HEALTH_CODE_MISSING),
    R.ITINERARY: ("itinerary", None, C.ITINERARY_MISSING),
    R.TEST: ("test", None, C.TEST_MISSING),
    R.MASK: ("mask", None, C.MASK_MISSING),
    R.SYMPTOMS: ("symptoms", None, C.SYMPTOMS_MISSING),
    R.TEMPERATURE: ("temperatures", (), C.TEMPERATURE_MISSING),
}
COMPLETE: Facts = {"test": sampled(minutes(90)), "symptoms": ()}


@pytest.mark.parametrize("requirement", Requirement)
def test_each_missing_thing_holds_the_verdict(requirement: Requirement) -> None:
    field, nothing, reason = GIVEN[requirement]
    verdict = judge(ALL, **{**COMPLETE, field: nothing})
    assert verdict.outcome is INCOMPLETE
    assert codes(verdict) == (reason,)
    assert verdict.missing == (requirement,)
    assert verdict.would_be is PASS


@pytest.mark.parametrize("requirement", Requirement)
def test_what_is_not_asked_for_is_not_missing(requirement: Requirement) -> None:
    field, nothing, _ = GIVEN[requirement]
    policy = replace(ALL, required=ALL.required - {requirement})
    verdict = judge(policy, **{**COMPLETE, field: nothing})
    assert (verdict.outcome, verdict.reasons, verdict.missing) == (PASS, (), ())


@pytest.mark.parametrize("requirement", Requirement)
def test_a_red_code_wins_at_once(requirement: Requirement) -> None:
    field, nothing, reason = GIVEN[requirement]
    if requirement is R.HEALTH_CODE:
        return
    verdict = judge(ALL, **{**COMPLETE, "health_code": code(S.RED), field: nothing})
    assert verdict.outcome is verdict.would_be is HAND_OVER
    assert codes(verdict) == (C.RED_CODE, reason)
    assert verdict.missing == (requirement,)


def test_missing_things_come_in_the_order_of_the_lamps() -> None:
    nothing = {field: value for field, value, _ in GIVEN.values()}
    verdict = judge(ALL, **nothing)
    assert verdict.missing == tuple(Requirement)
    assert verdict.would_be is PASS


@pytest.mark.parametrize(
    ("facts", "would_be"),
    [
        ({}, PASS),
        ({"health_code": code(S.YELLOW)}, HOLD),
        ({"health_code": code(S.NONE)}, REGISTER),
        ({"itinerary": RISKY, "local": False}, TURN_BACK),
        ({"itinerary": RISKY, "local": False, "test": sampled(minutes(9))}, REGISTER),
        ({"itinerary": RISKY, "local": None}, INCOMPLETE),
        ({"itinerary": STARRED}, INCOMPLETE),
        ({"symptoms": (Symptom.COUGH,)}, HOLD),
        ({"mask": False}, INCOMPLETE),
        ({"mask": None}, PASS),
        ({"health_code": None, "itinerary": None, "mask": None}, PASS),
    ],
)
def test_what_a_normal_temperature_would_make_of_it(facts: Facts, would_be: Outcome) -> None:
    verdict = judge(temperatures=(), **facts)
    assert R.TEMPERATURE in verdict.missing
    assert verdict.would_be is would_be
    assert verdict.outcome in (INCOMPLETE, HOLD)


def test_a_missing_test_would_be_a_negative_one() -> None:
    verdict = judge(needing(R.TEST), itinerary=RISKY, local=False)
    assert verdict.outcome is INCOMPLETE
    assert codes(verdict) == (C.TEST_MISSING, C.RISK_AREA_NOT_LOCAL)
    assert verdict.would_be is REGISTER


@pytest.mark.parametrize(
    ("accepted", "would_be"),
    [({S.SITE_PASS}, PASS), ({S.CERTIFICATE}, PASS), ({S.NONE}, INCOMPLETE), ({S.GREEN}, PASS)],
)
def test_a_missing_code_would_be_what_the_site_accepts(
    accepted: set[CodeStatus], would_be: Outcome
) -> None:
    policy = replace(ROAD, accepted_codes=frozenset(accepted))
    assert judge(policy, health_code=None).would_be is would_be


# ---- mask, symptoms, contact --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "policy", "outcome", "reasons"),
    [
        ({"mask": False}, ROAD, INCOMPLETE, (C.NO_MASK,)),
        ({"mask": False}, NOTHING, PASS, ()),
        ({"mask": None}, NOTHING, PASS, ()),
        ({"symptoms": ()}, ROAD, PASS, ()),
        ({"symptoms": (Symptom.COUGH,)}, ROAD, HOLD, (C.SYMPTOMS,)),
        ({"symptoms": (Symptom.OTHER,)}, NOTHING, HOLD, (C.SYMPTOMS,)),
        ({"contact": True}, ROAD, HOLD, (C.CONTACT_DECLARED,)),
        ({"contact": False}, ROAD, PASS, ()),
        ({"contact": None}, ALL, INCOMPLETE, (C.TEST_MISSING, C.SYMPTOMS_MISSING)),
        (
            {"contact": True, "symptoms": tuple(Symptom)},
            ROAD,
            HOLD,
            (C.SYMPTOMS, C.CONTACT_DECLARED),
        ),
        (
            {"contact": True, "symptoms": None},
            needing(R.SYMPTOMS),
            HOLD,
            (C.CONTACT_DECLARED, C.SYMPTOMS_MISSING),
        ),
        ({"vaccination": Vaccination(doses=0)}, ROAD, PASS, ()),
        (
            {"vaccination": Vaccination(doses=0)},
            replace(ROAD, list_unvaccinated=True),
            REGISTER,
            (C.UNVACCINATED,),
        ),
        ({"vaccination": Vaccination(doses=1)}, replace(ROAD, list_unvaccinated=True), PASS, ()),
        ({"vaccination": Vaccination()}, replace(ROAD, list_unvaccinated=True), PASS, ()),
        ({"vaccination": None}, replace(ROAD, list_unvaccinated=True), PASS, ()),
    ],
)
def test_what_the_officer_sees_and_asks(
    facts: Facts, policy: SitePolicy, outcome: Outcome, reasons: tuple[Code, ...]
) -> None:
    verdict = judge(policy, **facts)
    assert verdict.outcome is outcome
    assert set(codes(verdict)) == set(reasons)


def test_symptoms_are_named_once_each() -> None:
    verdict = judge(symptoms=(Symptom.COUGH, Symptom.FATIGUE, Symptom.COUGH))
    assert verdict.reasons == (Reason(C.SYMPTOMS, "cough,fatigue"),)
