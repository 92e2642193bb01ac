"""Rows of the default policy's table: places, freight, children, roster, leaving, emergencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from checkpoint_app.domain.credential import NatResult, NucleicAcidTest
from checkpoint_app.domain.inspection import (
    City,
    Direction,
    Journey,
    Symptom,
)
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.person import Person

from .table_people import (
    CHILD,
    CONSIGNED,
    COUNTY,
    FREIGHT,
    HOUR,
    HOURS_48,
    MINUTE,
    NEWBORN,
    NO_HITS,
    PUDONG,
    RISK,
    RISKY,
    SHANGHAI,
    TESTED,
    TOWN,
    UNTIMELY,
    Row,
    lives,
    person,
    stopped,
    takes,
    through,
)
from .travellers import (
    HAND_OVER,
    HOLD,
    INCOMPLETE,
    NOW,
    PASS,
    REGISTER,
    RETEST,
    TURN_BACK,
    WHO,
    C,
    S,
    cities,
    code,
    sampled,
)

PLACES: list[Row] = [
    # listed by division code, whichever holds the other
    *(
        ({**through(place), "local": False}, ListHits(risk_areas=frozenset({listed})), TURN_BACK,
         (C.RISK_AREA_NOT_LOCAL,))
        for place, listed in (
            (PUDONG, PUDONG), (PUDONG, SHANGHAI), (SHANGHAI, PUDONG), (SHANGHAI, TOWN),
            (TOWN, PUDONG), ("310100", SHANGHAI), (SHANGHAI, "31"),
        )
    ),
    ({**through("330100"), "local": False}, RISK, PASS, ()),
    ({**through("310104"), "local": False}, RISK, PASS, ()),
    ({**through(PUDONG), "local": False}, NO_HITS, PASS, ()),
    ({"itinerary": cities(City("上海市")), "local": False}, RISK, PASS, ()),  # not known by a code
    # a star alone asks; the answer settles it
    ({"itinerary": cities(City("上海市", starred=True))}, NO_HITS, INCOMPLETE,
     (C.STAR_UNANSWERED,)),
    ({"itinerary": cities(City("上海市", True, None, False))}, NO_HITS, PASS, ()),
    ({"itinerary": cities(City("上海市", True, None, True)), "local": False}, NO_HITS, TURN_BACK,
     (C.RISK_AREA_NOT_LOCAL,)),
    ({"itinerary": cities(City("上海市", True, SHANGHAI)), "local": False}, RISK, TURN_BACK,
     (C.RISK_AREA_NOT_LOCAL,)),
    ({"itinerary": cities(City("上海市", True, SHANGHAI, False)), "local": False}, RISK, PASS, ()),
    ({"itinerary": cities(City("浦东", True, PUDONG, False)), "local": False}, RISK, TURN_BACK,
     (C.RISK_AREA_NOT_LOCAL,)),
    ({"itinerary": cities(City("西安市", True), City("浦东", False, PUDONG)), "local": False},
     RISK, INCOMPLETE, (C.STAR_UNANSWERED, C.RISK_AREA_NOT_LOCAL)),
    # a listed street of the site's own county tells nothing of who lives there; of a wider place,
    # where exactly is asked
    (lives(COUNTY), ListHits(risk_areas=frozenset({f"{COUNTY}100"})), PASS, ()),
    (lives("410300"), ListHits(risk_areas=frozenset({"410305"})), INCOMPLETE,
     (C.RESIDENCE_UNKNOWN,)),
    ({"itinerary": cities(City("上海市", starred=True)), **TESTED}, NO_HITS, INCOMPLETE,
     (C.STAR_UNANSWERED,)),
    # where they come from and where they live count too
    ({"journey": Journey(origin="上海", origin_code=SHANGHAI), "local": False}, RISK, TURN_BACK,
     (C.RISK_AREA_NOT_LOCAL,)),
    ({"journey": Journey(origin="上海"), "local": False}, RISK, PASS, ()),
    (lives(PUDONG), RISK, TURN_BACK, (C.RISK_AREA_NOT_LOCAL,)),
    (lives(SHANGHAI), RISK, TURN_BACK, (C.RISK_AREA_NOT_LOCAL,)),
    (lives("410326100000"), ListHits(risk_areas=frozenset({COUNTY})), HOLD,
     (C.RISK_AREA_LOCAL_NOT_ACCEPTED,)),
    # a listed part of the site's own county makes nobody a suspect who just lives there
    (lives(COUNTY), ListHits(risk_areas=frozenset({"410326100000"})), PASS, ()),
    (lives(COUNTY), ListHits(risk_areas=frozenset({COUNTY})), HOLD,
     (C.RISK_AREA_LOCAL_NOT_ACCEPTED,)),
    ({"journey": Journey(origin="上海", origin_code=SHANGHAI), "local": False,
      "itinerary": cities(City("上海市", True, SHANGHAI, False))}, RISK, PASS, ()),
    # a plate is no itinerary
    ({"journey": Journey(plate="沪A12345")}, RISK, PASS, (C.PLATE_REGION,)),
    ({"journey": Journey(plate="豫C12345")}, RISK, PASS, ()),
    ({"journey": Journey(plate="豫A12345")}, ListHits(risk_areas=frozenset({"410105"})), PASS, ()),
]  # fmt: skip

RISK_AREAS: list[Row] = [
    # tested in time, local, accepted
    *(
        ({**RISKY, "test": test, "local": local, "community_acceptance": accepted}, RISK, outcome,
         (reason,))
        for test in (None, sampled(HOURS_48 + MINUTE), sampled(-MINUTE))
        for local, accepted, outcome, reason in (
            (True, True, REGISTER, C.RISK_AREA_ACCEPTED),
            (True, False, HOLD, C.RISK_AREA_LOCAL_NOT_ACCEPTED),
            (True, None, HOLD, C.RISK_AREA_LOCAL_NOT_ACCEPTED),
            (False, True, TURN_BACK, C.RISK_AREA_NOT_LOCAL),
            (False, None, TURN_BACK, C.RISK_AREA_NOT_LOCAL),
            (None, True, INCOMPLETE, C.RESIDENCE_UNKNOWN),
            (None, None, INCOMPLETE, C.RESIDENCE_UNKNOWN),
        )
    ),
    *(
        ({**RISKY, "test": sampled(age), "local": local}, RISK, REGISTER, (C.RISK_AREA_TESTED,))
        for age in (timedelta(0), HOURS_48 - MINUTE, HOURS_48)
        for local in (True, False, None)
    ),
    ({**RISKY, "test": sampled(HOUR, NatResult.UNKNOWN), "local": False}, RISK, TURN_BACK,
     (C.RISK_AREA_NOT_LOCAL,)),
    ({**RISKY, "test": sampled(None), "local": False}, RISK, TURN_BACK, (C.RISK_AREA_NOT_LOCAL,)),
    ({**RISKY, "test": NucleicAcidTest(NatResult.NEGATIVE, within_hours=48), "local": False},
     RISK, REGISTER, (C.RISK_AREA_TESTED,)),
    ({**RISKY, "test": NucleicAcidTest(NatResult.NEGATIVE, within_hours=72), "local": False},
     RISK, TURN_BACK, (C.RISK_AREA_NOT_LOCAL,)),
    ({**RISKY, "test": sampled(HOUR, NatResult.POSITIVE), "local": False}, RISK, HAND_OVER,
     (C.POSITIVE_TEST, C.RISK_AREA_NOT_LOCAL)),
    # local is who lives in the county, as far as that is known
    ({**RISKY, **lives("410326100000")}, RISK, HOLD, (C.RISK_AREA_LOCAL_NOT_ACCEPTED,)),
    ({**RISKY, **lives("410327")}, RISK, TURN_BACK, (C.RISK_AREA_NOT_LOCAL,)),
    ({**RISKY, **lives("410300")}, RISK, INCOMPLETE, (C.RESIDENCE_UNKNOWN,)),
    ({**RISKY, **lives(None)}, RISK, INCOMPLETE, (C.RESIDENCE_UNKNOWN,)),
    ({**RISKY, **lives("410327"), "local": True}, RISK, HOLD, (C.RISK_AREA_LOCAL_NOT_ACCEPTED,)),
    # an ID number of this county says where somebody was registered first, no more
    ({**RISKY, "person": person(date(1980, 1, 1))}, RISK, INCOMPLETE, (C.RESIDENCE_UNKNOWN,)),
    # with what else may be wrong
    ({**RISKY, "local": False, "mask": False}, RISK, INCOMPLETE,
     (C.NO_MASK, C.RISK_AREA_NOT_LOCAL)),
    ({**RISKY, "local": False, **takes(37.3)}, RISK, RETEST,
     (C.FEVER_UNCONFIRMED, C.RISK_AREA_NOT_LOCAL)),
    ({**RISKY, "local": False, **takes(37.3, 37.3)}, RISK, HAND_OVER,
     (C.FEVER_CONFIRMED, C.RISK_AREA_NOT_LOCAL)),
    ({**RISKY, "local": False, "health_code": code(S.YELLOW)}, RISK, HOLD,
     (C.YELLOW_CODE, C.RISK_AREA_NOT_LOCAL)),
    ({**RISKY, "local": False, "health_code": code(S.GREY)}, RISK, INCOMPLETE,
     (C.GREY_CODE, C.RISK_AREA_NOT_LOCAL)),
    ({**RISKY, **TESTED, "symptoms": (Symptom.COUGH,)}, RISK, HOLD,
     (C.SYMPTOMS, C.RISK_AREA_TESTED)),
    ({**RISKY, **TESTED, **takes(37.5, 36.6)}, RISK, REGISTER,
     (C.FEVER_RULED_OUT, C.RISK_AREA_TESTED)),
]  # fmt: skip

CARRYING: list[Row] = [
    ({"journey": FREIGHT}, NO_HITS, PASS, ()),
    ({**RISKY, "journey": FREIGHT, "local": False}, RISK, INCOMPLETE, (C.FREIGHT_TEST_DUE,)),
    ({**RISKY, "journey": FREIGHT, "local": None}, RISK, INCOMPLETE, (C.FREIGHT_TEST_DUE,)),
    ({**RISKY, "journey": FREIGHT, "local": False, **UNTIMELY}, RISK, INCOMPLETE,
     (C.FREIGHT_TEST_DUE,)),
    ({**RISKY, "journey": FREIGHT, "local": False, **TESTED}, RISK, REGISTER,
     (C.RISK_AREA_TESTED, C.POINT_TO_POINT)),
    ({**RISKY, "journey": CONSIGNED, "local": False, **TESTED}, RISK, REGISTER,
     (C.RISK_AREA_TESTED, C.POINT_TO_POINT)),
    ({**RISKY, "journey": FREIGHT, "local": True}, RISK, HOLD, (C.RISK_AREA_LOCAL_NOT_ACCEPTED,)),
    ({**RISKY, "journey": replace(FREIGHT, purpose="探亲"), "local": False}, RISK, TURN_BACK,
     (C.RISK_AREA_NOT_LOCAL,)),
    ({**RISKY, "journey": replace(FREIGHT, purpose="freight"), "local": False}, RISK, INCOMPLETE,
     (C.FREIGHT_TEST_DUE,)),
    ({"journey": FREIGHT, "health_code": code(S.RED)}, NO_HITS, HAND_OVER, (C.RED_CODE,)),
]  # fmt: skip

CHILDREN: list[Row] = [
    (CHILD, stopped(PASS), PASS, ()),
    (CHILD, stopped(REGISTER), REGISTER, (C.FOLLOWS_GUARDIAN,)),
    (CHILD, stopped(TURN_BACK), TURN_BACK, (C.FOLLOWS_GUARDIAN,)),
    (CHILD, stopped(INCOMPLETE), INCOMPLETE, (C.FOLLOWS_GUARDIAN,)),
    (CHILD, stopped(RETEST), INCOMPLETE, (C.FOLLOWS_GUARDIAN,)),
    (CHILD, stopped(HOLD), HOLD, (C.FOLLOWS_GUARDIAN,)),
    (CHILD, stopped(HAND_OVER), HOLD, (C.FOLLOWS_GUARDIAN,)),
    ({**CHILD, "health_code": code(S.NONE)}, stopped(PASS), REGISTER, (C.NO_PHONE,)),
    ({**CHILD, "health_code": code(S.NONE), "person": Person(birth_date="2023-05-01")},
     stopped(PASS), REGISTER, (C.NO_PHONE,)),
    # alone, too old, or of unknown age: judged like anyone
    (CHILD, NO_HITS, INCOMPLETE, (C.HEALTH_CODE_MISSING, C.ITINERARY_MISSING)),
    ({**CHILD, "person": WHO}, stopped(PASS), INCOMPLETE,
     (C.HEALTH_CODE_MISSING, C.ITINERARY_MISSING)),
    ({**CHILD, "person": Person()}, stopped(PASS), INCOMPLETE,
     (C.HEALTH_CODE_MISSING, C.ITINERARY_MISSING)),
    # the day before the 14th birthday, and the day itself
    ({**CHILD, "person": person(date(2012, 11, 24))}, stopped(PASS), PASS, ()),
    ({**CHILD, "person": person(date(2012, 11, 23))}, stopped(PASS), INCOMPLETE,
     (C.HEALTH_CODE_MISSING, C.ITINERARY_MISSING)),
    ({**CHILD, "person": person(NEWBORN)}, stopped(PASS), PASS, ()),
    # what is wrong with the child itself still counts
    ({**CHILD, "health_code": code(S.RED)}, stopped(PASS), HAND_OVER,
     (C.RED_CODE, C.ITINERARY_MISSING)),
    ({**CHILD, **takes(38.0, 38.5)}, stopped(PASS), HAND_OVER, (C.FEVER_CONFIRMED,)),
    ({**CHILD, "mask": None}, stopped(PASS), INCOMPLETE, (C.MASK_MISSING,)),
    (CHILD, ListHits(guardian=PASS, watch="x"), HOLD, (C.ON_WATCH_LIST,)),
]  # fmt: skip


def staff(role: str | None, tested: timedelta | None, every: int | None = None) -> ListHits:
    """Somebody on the roster, tested so long ago."""
    at = NOW - tested if tested is not None else None
    member = RosterEntry(name="李建国", role=role, test_every_h=every, tested_at=at)
    return ListHits(on_roster=True, member=member)


HOURS_72, WEEK = timedelta(hours=72), timedelta(days=7)
ROSTER: list[Row] = [
    ({}, staff("门卫", None), PASS, ()),
    ({}, staff("门卫", None, 72), REGISTER, (C.TEST_OVERDUE,)),
    ({}, staff("门卫", HOURS_72, 72), PASS, ()),
    ({}, staff("门卫", HOURS_72 + MINUTE, 72), REGISTER, (C.TEST_OVERDUE,)),
    ({}, staff("教师", WEEK, 168), PASS, ()),
    ({}, staff("教师", WEEK + MINUTE, 168), REGISTER, (C.TEST_OVERDUE,)),
    ({"test": sampled(HOUR)}, staff("门卫", None, 72), PASS, ()),
    ({"test": sampled(HOURS_72 + MINUTE)}, staff("门卫", None, 72), REGISTER, (C.TEST_OVERDUE,)),
    ({"test": sampled(HOUR, NatResult.UNKNOWN)}, staff("门卫", None, 72), REGISTER,
     (C.TEST_OVERDUE,)),
    ({}, staff("门卫", -MINUTE, 72), REGISTER, (C.TEST_OVERDUE,)),
    ({}, ListHits(test_overdue="72 h"), REGISTER, (C.TEST_OVERDUE,)),
    ({}, ListHits(on_roster=False), PASS, ()),  # a road asks for no roster
]  # fmt: skip

OUT = {"direction": Direction.OUT}
LEAVING: list[Row] = [
    ({**OUT, "health_code": None, "itinerary": None, "temperatures": (), "mask": None}, NO_HITS,
     PASS, ()),
    ({**OUT, "health_code": code(S.RED)}, NO_HITS, HAND_OVER, (C.RED_CODE,)),
    ({**OUT, "health_code": code(S.YELLOW)}, NO_HITS, HOLD, (C.YELLOW_CODE,)),
    ({**OUT, "health_code": code(S.GREY)}, NO_HITS, PASS, ()),
    ({**OUT, "health_code": code(S.FAILED)}, NO_HITS, PASS, ()),
    (OUT, ListHits(watch="x"), HOLD, (C.ON_WATCH_LIST,)),
    (OUT, ListHits(companion="x"), PASS, ()),
    (OUT, stopped(TURN_BACK), PASS, ()),
    ({**OUT, **RISKY, "local": False}, RISK, PASS, ()),
    ({**OUT, **takes(38.0, 38.0)}, NO_HITS, PASS, ()),
    ({**OUT, "mask": False}, NO_HITS, PASS, ()),
    ({**OUT, "test": sampled(HOUR, NatResult.POSITIVE)}, NO_HITS, PASS, ()),
    ({**OUT, "symptoms": (Symptom.COUGH,)}, NO_HITS, PASS, ()),
]  # fmt: skip

URGENT = {"emergency": True}
EMERGENCIES: list[Row] = [
    (URGENT, NO_HITS, REGISTER, (C.EMERGENCY,)),
    ({**URGENT, "health_code": None, "temperatures": (), "person": Person()}, NO_HITS, REGISTER,
     (C.EMERGENCY,)),
    ({**URGENT, "health_code": code(S.RED)}, NO_HITS, REGISTER, (C.EMERGENCY, C.RED_CODE)),
    (URGENT, ListHits(watch="x"), REGISTER, (C.EMERGENCY, C.ON_WATCH_LIST)),
    ({**URGENT, **takes(39.0, 39.0)}, NO_HITS, REGISTER, (C.EMERGENCY, C.FEVER_CONFIRMED)),
    ({**URGENT, **RISKY, "local": False}, RISK, REGISTER, (C.EMERGENCY,)),
    ({**URGENT, "direction": Direction.OUT}, NO_HITS, REGISTER, (C.EMERGENCY,)),
]  # fmt: skip
