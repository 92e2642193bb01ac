"""The shipped rules, fixed case by case: whatever changes here changes who may pass.

Every row is one traveller with whom all is normal but for what the row says, judged by the shipped
policy of a kind of site: what is given, what the lists say, the outcome, and every reason in order.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from checkpoint_app.domain.credential import NatResult, NucleicAcidTest, Vaccination
from checkpoint_app.domain.inspection import (
    Journey,
    Outcome,
    Symptom,
    TemperatureReading,
)
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.notice import Notice, NoticeKind
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.policy_data import OUTCOMES
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.site import SiteKind, SitePolicy
from checkpoint_app.domain.visiting import OpenAbsence
from checkpoint_app.shipped_rules import shipped

from .table_people import (
    ABROAD,
    CHILD,
    CODES,
    CONSIGNED,
    COUNTY,
    FREIGHT,
    HOUR,
    HOURS_48,
    MINUTE,
    NO_HITS,
    OFFLINE,
    RISK,
    RISKY,
    SEEN_AND_ASKED,
    TEMPERATURES,
    TESTED,
    WATCHED,
    WITHOUT_A_PHONE,
    Row,
    person,
    stopped,
    takes,
)
from .table_places import CARRYING, CHILDREN, EMERGENCIES, LEAVING, PLACES, RISK_AREAS, ROSTER
from .travellers import (
    BEIJING,
    HAND_OVER,
    HOLD,
    INCOMPLETE,
    NORMAL,
    NOW,
    PASS,
    REGISTER,
    RETEST,
    ROAD,
    TURN_BACK,
    C,
    R,
    S,
    code,
    sampled,
)

BY_THE_ROAD = [
    *CODES, *WITHOUT_A_PHONE, *OFFLINE, *TEMPERATURES, *SEEN_AND_ASKED, *WATCHED, *ABROAD,
    *PLACES, *RISK_AREAS, *CARRYING, *CHILDREN, *ROSTER, *LEAVING, *EMERGENCIES,
]  # fmt: skip

STRANGER = ListHits(on_roster=False)
KNOWN = ListHits(on_roster=True)


def away(*, returned: bool = False, missing: bool = False) -> ListHits:
    """Somebody of the site whose return has not been settled."""
    notice = OpenAbsence(date(2022, 3, 1), ("郑州市",), returned, missing)
    return ListHits(on_roster=True, absence=notice)


RAN = Notice("1", NoticeKind.RAN, NOW, "西卡点", "豫A12345")


def in_window(window: str) -> ListHits:
    """Somebody of the roster with a time of their own."""
    return ListHits(on_roster=True, member=RosterEntry(name="王小明", window=window))


UNVACCINATED = {"vaccination": Vaccination(doses=0)}
AT_SITES: list[tuple[SiteKind, Row]] = [
    *((kind, ({}, NO_HITS, PASS, ())) for kind in SiteKind),
    # the unvaccinated are listed at venues, and never refused
    (SiteKind.ROAD, (UNVACCINATED, NO_HITS, PASS, ())),
    *(
        (kind, (UNVACCINATED, KNOWN, REGISTER, (C.UNVACCINATED,)))
        for kind in SiteKind
        if kind is not SiteKind.ROAD
    ),
    (SiteKind.MALL, ({"vaccination": Vaccination(doses=1)}, NO_HITS, PASS, ())),
    (SiteKind.MALL, ({"vaccination": Vaccination()}, NO_HITS, PASS, ())),
    # back from elsewhere: the return is registered first, after an illness with the document
    (SiteKind.SCHOOL, ({}, away(), INCOMPLETE, (C.ABSENCE_OPEN,))),
    (SiteKind.SCHOOL, ({}, away(returned=True, missing=True), INCOMPLETE, (C.CLEARANCE_MISSING,))),
    (SiteKind.SCHOOL, (
        {}, away(missing=True), INCOMPLETE, (C.CLEARANCE_MISSING, C.ABSENCE_OPEN),
    )),
    # a number of the county's list: whether it is this person only the office can say
    (SiteKind.ROAD, ({}, ListHits(county=True), HOLD, (C.MAY_BE_LISTED,))),
    # another checkpoint tells of this person or car
    (SiteKind.ROAD, ({}, ListHits(noticed=(RAN,)), HOLD, (C.NOTICED_ELSEWHERE,))),
    (SiteKind.SCHOOL, ({}, ListHits(noticed=(RAN, RAN)), HOLD, (C.NOTICED_ELSEWHERE,))),
    # early or late for their own time: a note, never a stop
    (SiteKind.SCHOOL, ({}, in_window("00:00-00:01"), PASS, (C.OUTSIDE_WINDOW,))),
    (SiteKind.SCHOOL, ({}, in_window("00:00-23:59"), PASS, ())),
    (SiteKind.SCHOOL, ({}, in_window("whenever"), PASS, ())),
    # only the roster is admitted
    *(
        (kind, ({}, STRANGER, TURN_BACK, (C.NOT_ON_ROSTER,)))
        for kind in (SiteKind.SCHOOL, SiteKind.CARE_HOME, SiteKind.CLOSED)
    ),
    *(
        (kind, ({}, STRANGER, PASS, ()))
        for kind in (SiteKind.ROAD, SiteKind.MALL, SiteKind.OFFICE, SiteKind.HOTEL,
                     SiteKind.HOSPITAL, SiteKind.VILLAGE)
    ),
    (SiteKind.SCHOOL, ({}, KNOWN, PASS, ())),
    (SiteKind.SCHOOL, ({"health_code": code(S.SITE_PASS)}, STRANGER, PASS, ())),
    (SiteKind.SCHOOL, ({"health_code": code(S.SITE_PASS), "itinerary": None}, KNOWN, PASS, ())),
    (SiteKind.ROAD, ({"health_code": code(S.SITE_PASS)}, NO_HITS, INCOMPLETE,
                     (C.HEALTH_CODE_MISSING,))),
    (SiteKind.SCHOOL, ({"journey": FREIGHT}, STRANGER, INCOMPLETE, (C.POINT_TO_POINT,))),
    (SiteKind.SCHOOL, ({"journey": CONSIGNED}, STRANGER, REGISTER, (C.POINT_TO_POINT,))),
    # a hospital turns nobody back: to the fever clinic or the buffer
    (SiteKind.HOSPITAL, ({**RISKY, "local": False}, RISK, HOLD, (C.RISK_AREA_NOT_LOCAL,))),
    (SiteKind.HOSPITAL, ({**RISKY, "local": False, **TESTED}, RISK, REGISTER,
                         (C.RISK_AREA_TESTED,))),
    (SiteKind.HOSPITAL, (takes(38.0, 38.0), NO_HITS, HAND_OVER, (C.FEVER_CONFIRMED,))),
    (SiteKind.HOSPITAL, ({"symptoms": None}, NO_HITS, INCOMPLETE, (C.SYMPTOMS_MISSING,))),
    (SiteKind.HOTEL, ({"symptoms": None}, NO_HITS, INCOMPLETE, (C.SYMPTOMS_MISSING,))),
    (SiteKind.MALL, ({"symptoms": None}, NO_HITS, PASS, ())),
    # where a test is asked for
    *(
        (kind, ({"test": test}, KNOWN, INCOMPLETE, (C.TEST_MISSING,)))
        for kind in (SiteKind.CARE_HOME, SiteKind.CLOSED)
        for test in (None, sampled(HOURS_48 + MINUTE), sampled(HOUR, NatResult.UNKNOWN))
    ),
    (SiteKind.CLOSED, ({"test": sampled(HOURS_48)}, KNOWN, PASS, ())),
    (SiteKind.MALL, ({**RISKY, "local": False}, RISK, TURN_BACK, (C.RISK_AREA_NOT_LOCAL,))),
    (SiteKind.VILLAGE, ({"health_code": code(S.YELLOW)}, NO_HITS, HOLD, (C.YELLOW_CODE,))),
]  # fmt: skip


def at_home(kind: SiteKind) -> SitePolicy:
    """The shipped policy, at a site in 汝阳县."""
    return replace(shipped(kind), county_code=COUNTY)


def check(kind: SiteKind, row: Row, now: datetime = NOW) -> None:
    facts, hits, outcome, reasons = row
    asked = kind in (SiteKind.CARE_HOME, SiteKind.CLOSED)
    usual: dict[str, Any] = {"symptoms": (), "test": sampled(HOUR) if asked else None}
    verdict = decide(replace(NORMAL, **{**usual, **facts}), at_home(kind), now=now, hits=hits)
    assert (verdict.outcome, codes_of(verdict.reasons)) == (outcome, reasons)


def codes_of(reasons: tuple[Reason, ...]) -> tuple[Code, ...]:
    return tuple(each.code for each in reasons)


@pytest.mark.parametrize("row", BY_THE_ROAD)
def test_on_the_road(row: Row) -> None:
    check(SiteKind.ROAD, row)


@pytest.mark.parametrize(("kind", "row"), AT_SITES)
def test_at_each_kind_of_site(kind: SiteKind, row: Row) -> None:
    check(kind, row)


# ---- what a county may settle -------------------------------------------------------------------

SETTLED: list[tuple[Code, dict[str, Any], ListHits]] = [
    (C.YELLOW_CODE, {"health_code": code(S.YELLOW)}, NO_HITS),
    (C.ON_WATCH_LIST, {}, ListHits(watch="公安")),
    (C.SYMPTOMS, {"symptoms": (Symptom.COUGH,)}, NO_HITS),
    (C.CONTACT_DECLARED, {"contact": True}, NO_HITS),
    (C.HOUSEHOLD_STOPPED, {}, ListHits(household="王*")),
    (C.RISK_AREA_LOCAL_NOT_ACCEPTED, {**RISKY, "local": True}, RISK),
    (C.RISK_AREA_NOT_LOCAL, {**RISKY, "local": False}, RISK),
    (C.RISK_AREA_TESTED, {**RISKY, "test": sampled(HOUR)}, RISK),
    (C.RISK_AREA_ACCEPTED, {**RISKY, "local": True, "community_acceptance": True}, RISK),
    (C.TEST_OVERDUE, {}, ListHits(on_roster=True, test_overdue="72 h")),
    (C.PLATE_REGION, {"journey": Journey(plate="沪A12345")}, RISK),
    (
        C.OUTSIDE_WINDOW,
        {},
        ListHits(on_roster=True, member=RosterEntry(name="李建国", window="03:13-03:14")),
    ),
]


def test_all_that_may_be_settled_is_tried() -> None:
    assert {each for each, _, _ in SETTLED} == set(OUTCOMES)


@pytest.mark.parametrize(("rule", "facts", "hits"), SETTLED)
def test_a_rule_comes_to_what_is_settled(rule: Code, facts: dict[str, Any], hits: ListHits) -> None:
    for outcome in OUTCOMES[rule]:
        outcomes = tuple((each, outcome if each is rule else of) for each, of in ROAD.outcomes)
        policy = replace(ROAD, outcomes=outcomes)
        verdict = decide(replace(NORMAL, **facts), policy, now=NOW, hits=hits)
        assert (verdict.outcome, codes_of(verdict.reasons)) == (outcome, (rule,))


# ---- the calendar's own borders -----------------------------------------------------------------

NEW_YEAR = datetime(2027, 1, 1, 0, 0, tzinfo=BEIJING)
LEAP = datetime(2028, 3, 1, 0, 30, tzinfo=BEIJING)
CALENDAR = [
    # 48 hours over midnight, the turn of a year, a leap day; the offset does not matter
    (NEW_YEAR, datetime(2026, 12, 30, 0, 0, tzinfo=BEIJING), True),
    (NEW_YEAR, datetime(2026, 12, 29, 23, 59, tzinfo=BEIJING), False),
    (NEW_YEAR, datetime(2026, 12, 29, 16, 0, tzinfo=UTC), True),
    (NEW_YEAR, datetime(2026, 12, 29, 15, 59, tzinfo=UTC), False),
    (LEAP, datetime(2028, 2, 28, 0, 30, tzinfo=BEIJING), True),
    (LEAP, datetime(2028, 2, 28, 0, 29, tzinfo=BEIJING), False),
    (LEAP, datetime(2028, 2, 29, 23, 59, tzinfo=BEIJING), True),
    (datetime(2027, 3, 1, 0, 30, tzinfo=BEIJING), datetime(2027, 2, 27, 0, 30, tzinfo=BEIJING),
     True),
    (datetime(2027, 3, 1, 0, 30, tzinfo=BEIJING), datetime(2027, 2, 27, 0, 29, tzinfo=BEIJING),
     False),
]  # fmt: skip


@pytest.mark.parametrize(("now", "sampled_at", "counts"), CALENDAR)
def test_48_hours_by_the_calendar(now: datetime, sampled_at: datetime, counts: bool) -> None:
    facts = {
        **RISKY,
        "local": False,
        "test": NucleicAcidTest(NatResult.NEGATIVE, sampled_at),
        "temperatures": (TemperatureReading(36.5, now),),
    }
    row: Row = (facts, RISK, REGISTER, (C.RISK_AREA_TESTED,))
    if not counts:
        row = (facts, RISK, TURN_BACK, (C.RISK_AREA_NOT_LOCAL,))
    check(SiteKind.ROAD, row, now)


@pytest.mark.parametrize(
    ("now", "is_child"),
    [
        (datetime(2026, 2, 28, 23, 59, tzinfo=BEIJING), True),  # born on 29 February 2012
        (datetime(2026, 3, 1, 0, 0, tzinfo=BEIJING), False),
    ],
)
def test_a_leap_day_child_is_14_on_the_first_of_march(now: datetime, is_child: bool) -> None:
    facts = {
        **CHILD,
        "person": person(date(2012, 2, 29)),
        "temperatures": (TemperatureReading(36.5, now),),
    }
    missing = (C.HEALTH_CODE_MISSING, C.ITINERARY_MISSING)
    row: Row = (facts, stopped(PASS), PASS, ()) if is_child else (
        facts, stopped(PASS), INCOMPLETE, missing
    )  # fmt: skip
    check(SiteKind.ROAD, row, now)


def test_a_fever_is_confirmed_over_midnight() -> None:
    now = datetime(2026, 11, 24, 0, 3, tzinfo=BEIJING)
    for minutes, outcome, reason in (
        (5, HAND_OVER, C.FEVER_CONFIRMED),
        (4, RETEST, C.FEVER_UNCONFIRMED),
    ):
        first = TemperatureReading(37.3, now - timedelta(minutes=minutes))
        facts = {"temperatures": (first, TemperatureReading(37.3, now))}
        check(SiteKind.ROAD, (facts, NO_HITS, outcome, (reason,)), now)


# ---- the table itself ---------------------------------------------------------------------------

# Said of a code or by the desk's own hand; they come with the rules that are tried above.
_NOT_CONCLUDED = {
    C.ALREADY_SHOWN, C.OUTCOME_CHANGED, C.LIST_TOO_OLD, C.NO_TRUST_LIST, C.UNKNOWN_ISSUER,
    C.UNKNOWN_KEY, C.CERTIFICATE_EXPIRED, C.CERTIFICATE_NOT_YET_VALID, C.KEY_USAGE_WRONG,
    C.SIGNER_EXPIRED, C.ISSUED_IN_FUTURE, C.REVOKED, C.MALFORMED, C.TOO_LARGE, C.INFLATES_TOO_FAR,
    C.CONTENT_NOT_SUPPORTED, C.CHUNK_MISSING, C.SEEN_ONLY, C.ISSUER_BY_PATTERN,
    C.NOT_A_HEALTH_CODE, C.SERVICE_ANSWER_WRONG,
    # of a record later on: gate-runners, new lists
    C.NEW_RISK_AREA, C.NEWLY_LISTED, C.RAN_GATE, C.REFUSED_CHECK,
    # of a phone's page: tests/domain/test_code_rules.py
    C.COLOUR_WORD_DIFFERS, C.PHONES_DIFFER, C.NAME_DIFFERS,
}  # fmt: skip


def test_the_table_is_complete() -> None:
    rows = [*BY_THE_ROAD, *(row for _, row in AT_SITES)]
    assert len(rows) >= 200
    told = {reason for _, _, _, reasons in rows for reason in reasons}
    assert set(Code) - told - _NOT_CONCLUDED == set()
    assert {outcome for _, _, outcome, _ in rows} == set(Outcome)
    assert {kind for kind, _ in AT_SITES} == set(SiteKind)


def test_every_row_of_the_table_is_another_one() -> None:
    rows = [repr(row) for row in BY_THE_ROAD]
    assert [each for each in rows if rows.count(each) > 1] == []


def test_nothing_that_is_asked_for_is_forgotten() -> None:
    asked = {requirement for kind in SiteKind for requirement in shipped(kind).required}
    assert asked == set(R)
