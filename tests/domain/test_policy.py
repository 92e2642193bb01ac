"""Lists, directions, emergencies, hospitals, and the weighing of it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from checkpoint_app.domain.credential import NatResult, NucleicAcidTest
from checkpoint_app.domain.inspection import (
    STRENGTH,
    CodeStatus,
    Direction,
    ListVersions,
    Outcome,
)
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.shipped_rules import shipped

from .travellers import (
    ALL,
    HAND_OVER,
    HOLD,
    INCOMPLETE,
    NORMAL,
    NOW,
    PASS,
    REGISTER,
    RETEST,
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
    reading,
    sampled,
)

# ---- lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hits", "outcome", "reasons"),
    [
        (ListHits(), PASS, ()),
        (ListHits(watch="公安 12 号"), HOLD, (Reason(C.ON_WATCH_LIST, "公安 12 号"),)),
        (ListHits(watch=""), HOLD, (Reason(C.ON_WATCH_LIST),)),
        (ListHits(household="王*"), REGISTER, (Reason(C.HOUSEHOLD_STOPPED, "王*"),)),
        (ListHits(companion="陈*"), HOLD, (Reason(C.COMPANION_STOPPED, "陈*"),)),
        (ListHits(returnee="SHA 03-11"), HAND_OVER, (Reason(C.RETURNEE_FROM_ABROAD, "SHA 03-11"),)),
        (
            ListHits(returnee="", certificates_missing=("解除隔离证明", "a|b")),
            HAND_OVER,
            (
                Reason(C.RETURNEE_FROM_ABROAD),
                Reason(C.CERTIFICATE_MISSING, "解除隔离证明"),
                Reason(C.CERTIFICATE_MISSING, "a/b"),
            ),
        ),
        (ListHits(certificates_missing=("x",)), PASS, ()),
        (ListHits(test_overdue="72 h"), REGISTER, (Reason(C.TEST_OVERDUE, "72 h"),)),
        (ListHits(on_roster=False), PASS, ()),
    ],
)
def test_hits(hits: ListHits, outcome: Outcome, reasons: tuple[Reason, ...]) -> None:
    verdict = judge(hits=hits)
    assert (verdict.outcome, verdict.reasons) == (outcome, reasons)


@pytest.mark.parametrize(
    "facts",
    [{}, {"test": sampled(minutes(5))}, {"health_code": code(S.CERTIFICATE)}, {"local": True}],
)
def test_nothing_clears_a_listed_person(facts: Facts) -> None:
    assert judge(hits=ListHits(watch="甲"), **facts).outcome is HOLD


@pytest.mark.parametrize(
    ("status", "on_roster", "outcome"),
    [
        (S.GREEN, True, PASS),
        (S.GREEN, False, TURN_BACK),
        (S.GREEN, None, PASS),  # a station without a roster proves nothing about anyone
        (S.NONE, False, TURN_BACK),
        (S.SITE_PASS, True, PASS),
        (S.SITE_PASS, None, PASS),
        (S.SITE_PASS, False, PASS),  # the pass is the proof
    ],
)
def test_roster_only(status: CodeStatus, on_roster: bool | None, outcome: Outcome) -> None:
    school = shipped("school")
    verdict = judge(school, ListHits(on_roster=on_roster), health_code=code(status))
    assert verdict.outcome is outcome


def test_a_site_pass_asks_for_no_itinerary_where_it_is_accepted() -> None:
    school = shipped("school")
    assert judge(school, health_code=code(S.SITE_PASS), itinerary=None).outcome is PASS
    assert judge(school, itinerary=None).missing == (R.ITINERARY,)


# ---- directions, emergencies, hospitals ---------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "hits", "outcome", "reasons"),
    [
        ({}, ListHits(), PASS, ()),
        ({"health_code": None, "itinerary": None, "temperatures": ()}, ListHits(), PASS, ()),
        ({"health_code": code(S.RED)}, ListHits(), HAND_OVER, (C.RED_CODE,)),
        ({"health_code": code(S.YELLOW)}, ListHits(), HOLD, (C.YELLOW_CODE,)),
        ({"health_code": code(S.GREY)}, ListHits(), PASS, ()),
        ({"health_code": code(S.FORGED)}, ListHits(), PASS, ()),
        ({"health_code": code(S.NONE), "person": Person()}, ListHits(), PASS, ()),
        ({"mask": False}, ListHits(), PASS, ()),
        ({"temperatures": (reading(39.0), reading(39.0, 9))}, ListHits(), PASS, ()),
        ({"itinerary": RISKY, "local": False}, ListHits(), PASS, ()),
        ({"itinerary": STARRED}, ListHits(), PASS, ()),
        ({}, ListHits(watch="甲"), HOLD, (C.ON_WATCH_LIST,)),
        ({}, ListHits(returnee="x"), HAND_OVER, (C.RETURNEE_FROM_ABROAD,)),
        ({}, ListHits(on_roster=False, test_overdue="72 h", companion="c"), PASS, ()),
    ],
)
def test_leaving_is_counted_only(
    facts: Facts, hits: ListHits, outcome: Outcome, reasons: tuple[Code, ...]
) -> None:
    verdict = judge(ALL, hits, direction=Direction.OUT, **facts)
    assert (verdict.outcome, codes(verdict), verdict.missing) == (outcome, reasons, ())
    assert verdict.would_be is outcome


@pytest.mark.parametrize(
    ("facts", "hits", "reasons"),
    [
        ({}, ListHits(), ()),
        ({"health_code": None, "itinerary": None, "temperatures": ()}, ListHits(), ()),
        ({"mask": False}, ListHits(), ()),
        ({"temperatures": (reading(38.0),)}, ListHits(), ()),
        ({"health_code": code(S.RED)}, ListHits(), (C.RED_CODE,)),
        ({"health_code": code(S.RED)}, ListHits(watch="甲"), (C.RED_CODE, C.ON_WATCH_LIST)),
        ({"temperatures": (reading(39.0), reading(39.0, 9))}, ListHits(), (C.FEVER_CONFIRMED,)),
        ({"itinerary": RISKY, "local": False}, ListHits(), ()),
        ({"health_code": code(S.NONE), "person": Person()}, ListHits(), ()),
    ],
)
def test_an_emergency_goes_through_at_once(
    facts: Facts, hits: ListHits, reasons: tuple[Code, ...]
) -> None:
    verdict = judge(ALL, hits, emergency=True, **facts)
    assert (verdict.outcome, verdict.would_be) == (REGISTER, REGISTER)
    assert codes(verdict) == (C.EMERGENCY, *reasons)
    assert verdict.missing == ()


@pytest.mark.parametrize("direction", Direction)
def test_an_ambulance_is_not_kept_in_either(direction: Direction) -> None:
    verdict = judge(emergency=True, direction=direction, health_code=code(S.RED))
    assert verdict.outcome is REGISTER
    assert codes(verdict) == (C.EMERGENCY, C.RED_CODE)


def test_a_hospital_turns_nobody_back() -> None:
    hospital = shipped("hospital")
    facts: Facts = {"itinerary": RISKY, "local": False, "symptoms": ()}
    verdict = judge(hospital, **facts)
    assert (verdict.outcome, codes(verdict)) == (HOLD, (C.RISK_AREA_NOT_LOCAL,))
    only_roster = replace(hospital, roster_only=True)
    assert judge(only_roster, ListHits(on_roster=False), symptoms=()).outcome is HOLD
    assert judge(hospital, **facts, temperatures=()).would_be is HOLD


# ---- weighing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "hits", "outcome", "reasons"),
    [
        (
            {"health_code": code(S.NONE), "temperatures": (reading(37.8),), "mask": False},
            ListHits(),
            RETEST,
            (C.FEVER_UNCONFIRMED, C.NO_MASK, C.NO_PHONE),
        ),
        (
            {"health_code": code(S.GREY), "itinerary": RISKY, "local": False},
            ListHits(),
            INCOMPLETE,
            (C.GREY_CODE, C.RISK_AREA_NOT_LOCAL),
        ),
        (
            {"health_code": code(S.YELLOW), "test": sampled(None, NatResult.POSITIVE)},
            ListHits(watch="甲", test_overdue="7 d"),
            HAND_OVER,
            (C.POSITIVE_TEST, C.YELLOW_CODE, C.ON_WATCH_LIST, C.TEST_OVERDUE),
        ),
        (
            {"temperatures": (reading(37.8), reading(36.9, 6)), "itinerary": RISKY, "local": True},
            ListHits(),
            HOLD,
            (C.RISK_AREA_LOCAL_NOT_ACCEPTED, C.FEVER_RULED_OUT),
        ),
        (
            {"health_code": code(S.RED), "temperatures": (reading(39.0), reading(39.0, 5))},
            ListHits(returnee="x"),
            HAND_OVER,
            (C.RETURNEE_FROM_ABROAD, C.RED_CODE, C.FEVER_CONFIRMED),
        ),
    ],
)
def test_every_reason_is_told_strongest_first(
    facts: Facts, hits: ListHits, outcome: Outcome, reasons: tuple[Code, ...]
) -> None:
    verdict = judge(hits=hits, **facts)
    assert (verdict.outcome, codes(verdict)) == (outcome, reasons)


@pytest.mark.parametrize("strong", STRENGTH)
@pytest.mark.parametrize("weak", STRENGTH)
def test_the_stronger_of_two_wins(strong: Outcome, weak: Outcome) -> None:
    causes: dict[Outcome, tuple[Facts, Facts]] = {
        HAND_OVER: ({"test": sampled(None, NatResult.POSITIVE)}, {}),
        HOLD: ({"contact": True}, {}),
        RETEST: ({"temperatures": (reading(38.0),)}, {}),
        INCOMPLETE: ({"mask": False}, {}),
        TURN_BACK: ({}, {"on_roster": False}),
        REGISTER: ({}, {"test_overdue": "72 h"}),
        PASS: ({}, {}),
    }
    facts = causes[strong][0] | causes[weak][0]
    hits = ListHits(**(causes[strong][1] | causes[weak][1]))
    verdict = judge(replace(ROAD, roster_only=True), hits, **facts)
    assert verdict.outcome is min(strong, weak, key=STRENGTH.index)


def test_versions_are_on_the_verdict() -> None:
    versions = ListVersions("default-1", trust="7", watch="3")
    assert decide(NORMAL, ROAD, now=NOW, versions=versions).versions == versions
    assert decide(NORMAL, ROAD, now=NOW).versions == ListVersions("default-1")


def test_moments_without_an_offset_are_taken_as_utc() -> None:
    naive = datetime(2026, 11, 22, 19, 0)  # noqa: DTZ001
    verdict = judge(itinerary=RISKY, local=False, test=NucleicAcidTest(NatResult.NEGATIVE, naive))
    assert codes(verdict) == (C.RISK_AREA_TESTED,)
