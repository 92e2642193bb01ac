"""Rows of the default policy's table: codes, readings, lists, returnees; and how rows are made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.inspection import (
    City,
    Direction,
    HealthCode,
    Journey,
    Outcome,
    Replacement,
    Symptom,
)
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.person import DocumentKind, Person, check_digit
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.returnee import Abroad, Certificate

from .travellers import (
    HAND_OVER,
    HOLD,
    INCOMPLETE,
    PASS,
    REGISTER,
    RETEST,
    TURN_BACK,
    WHO,
    C,
    S,
    cities,
    code,
    reading,
    sampled,
)

COUNTY = "410326"  # 汝阳县
SHANGHAI, PUDONG, TOWN = "310000", "310115", "310115003000"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HOURS_48 = timedelta(hours=48)
NO_HITS = ListHits()
RISK = ListHits(risk_areas=frozenset({PUDONG}))
Row = tuple[dict[str, Any], ListHits, Outcome, tuple[Code, ...]]


def person(born: date | None = None, **changes: Any) -> Person:
    """The usual person, born on another day where the row says so."""
    if born is not None:
        body = f"410326{born:%Y%m%d}002"
        changes["id_number"] = body + check_digit(body)
    return replace(WHO, **changes)


def lives(place: str | None) -> dict[str, Any]:
    return {"person": person(residence=place, residence_code=place)}


def through(*codes_: str, **more: Any) -> dict[str, Any]:
    """Somebody whose card shows these divisions."""
    return {"itinerary": cities(*(City(each, division_code=each) for each in codes_)), **more}


def takes(*celsius: float, apart: float = 6) -> dict[str, Any]:
    """Readings, so many minutes apart."""
    return {"temperatures": tuple(reading(each, at * apart) for at, each in enumerate(celsius))}


def fails(seen: S | None = S.GREEN, status: S = S.FAILED, *findings: Code) -> dict[str, Any]:
    """A look-up that failed behind a code whose colour was seen."""
    made = HealthCode(status, seen=seen, findings=tuple(Reason(each) for each in findings))
    return {"health_code": made}


FREIGHT = Journey(plate="豫C12345", purpose="货运")
CONSIGNED = replace(FREIGHT, receiver="李主任 13900000000")
RISKY = through(PUDONG)
TESTED = {"test": sampled(HOUR)}
UNTIMELY = {"test": sampled(HOURS_48 + MINUTE)}
NEWBORN, TODDLER = date(2026, 11, 20), date(2023, 5, 1)
CHILD = {"person": person(TODDLER), "health_code": None, "itinerary": None}
ALL_PAPERS = tuple(Certificate)


def stopped(outcome: Outcome) -> ListHits:
    return ListHits(guardian=outcome)


CODES: list[Row] = [
    ({}, NO_HITS, PASS, ()),
    ({"health_code": code(S.RED)}, NO_HITS, HAND_OVER, (C.RED_CODE,)),
    ({"health_code": code(S.YELLOW)}, NO_HITS, HOLD, (C.YELLOW_CODE,)),
    ({"health_code": code(S.FORGED)}, NO_HITS, HOLD, (C.FORGED_CODE,)),
    (
        {"health_code": code(S.FORGED, C.BAD_SIGNATURE)},
        NO_HITS,
        HOLD,
        (C.FORGED_CODE, C.BAD_SIGNATURE),
    ),
    ({"health_code": code(S.GREEN, C.CODE_OF_ANOTHER)}, NO_HITS, HOLD, (C.CODE_OF_ANOTHER,)),
    ({"health_code": code(S.GREY)}, NO_HITS, INCOMPLETE, (C.GREY_CODE,)),
    ({"health_code": code(S.EXPIRED)}, NO_HITS, INCOMPLETE, (C.CODE_EXPIRED,)),
    ({"health_code": code(S.NOT_FOUND)}, NO_HITS, INCOMPLETE, (C.CODE_NOT_FOUND,)),
    ({"health_code": code(S.FAILED)}, NO_HITS, INCOMPLETE, (C.CODE_FAILED,)),
    ({"health_code": code(S.TIMED_OUT)}, NO_HITS, INCOMPLETE, (C.CODE_TIMED_OUT,)),
    ({"health_code": code(S.UNVERIFIED)}, NO_HITS, INCOMPLETE, (C.CODE_UNVERIFIED,)),
    ({"health_code": code(S.UNKNOWN)}, NO_HITS, INCOMPLETE, (C.CODE_COLOUR_UNKNOWN,)),
    ({"health_code": code(S.CERTIFICATE)}, NO_HITS, PASS, ()),
    ({"health_code": code(S.GREEN, C.HOLDER_MISMATCH)}, NO_HITS, INCOMPLETE, (C.HOLDER_MISMATCH,)),
    ({"health_code": code(S.GREEN, C.CLOCK_FROZEN)}, NO_HITS, INCOMPLETE, (C.CLOCK_FROZEN,)),
    ({"health_code": code(S.GREEN, C.CLOCK_OFF)}, NO_HITS, INCOMPLETE, (C.CLOCK_OFF,)),
    ({"health_code": code(S.GREEN, C.SEEN_ONLY)}, NO_HITS, PASS, ()),
    ({"health_code": None}, NO_HITS, INCOMPLETE, (C.HEALTH_CODE_MISSING,)),
    # a bad colour is never talked away, whatever else is good
    ({"health_code": code(S.RED), **TESTED}, NO_HITS, HAND_OVER, (C.RED_CODE,)),
    ({"health_code": code(S.YELLOW), **TESTED}, NO_HITS, HOLD, (C.YELLOW_CODE,)),
]

WITHOUT_A_PHONE: list[Row] = [
    ({"health_code": code(S.NONE)}, NO_HITS, REGISTER, (C.NO_PHONE,)),
    ({"health_code": code(S.NONE), "itinerary": cities(shown=False)}, NO_HITS, REGISTER,
     (C.NO_PHONE,)),
    ({"health_code": code(S.NONE), "itinerary": None}, NO_HITS, INCOMPLETE,
     (C.ITINERARY_MISSING, C.NO_PHONE)),
    ({"health_code": code(S.NONE), "person": Person()}, NO_HITS, INCOMPLETE,
     (C.IDENTITY_MISSING, C.NO_PHONE)),
    ({"health_code": code(S.NONE), "person": Person(name="李建国")}, NO_HITS, INCOMPLETE,
     (C.IDENTITY_MISSING, C.NO_PHONE)),
    ({"health_code": code(S.NONE), "person": person(id_number="110105194912310021")}, NO_HITS,
     INCOMPLETE, (C.IDENTITY_MISSING, C.NO_PHONE)),
    *(
        ({"health_code": code(S.NONE), "person": person(id_number="户 0123",
          document=DocumentKind.OTHER), "replacement": each}, NO_HITS, REGISTER, (C.NO_PHONE,))
        for each in (Replacement.ID_CARD, Replacement.HOUSEHOLD_REGISTER,
                     Replacement.SOCIAL_SECURITY)
    ),
    # a document must be written down; who speaks for somebody replaces it
    *(
        ({"health_code": code(S.NONE), "person": Person(), "replacement": each}, NO_HITS,
         INCOMPLETE, (C.IDENTITY_MISSING, C.NO_PHONE))
        for each in (Replacement.ID_CARD, Replacement.HOUSEHOLD_REGISTER,
                     Replacement.SOCIAL_SECURITY, Replacement.VOUCHER)
    ),
    *(
        ({"health_code": code(S.NONE), "person": Person(), "replacement": each}, NO_HITS,
         REGISTER, (C.NO_PHONE,))
        for each in (Replacement.PROXY_CODE, Replacement.PAPER_PROOF)
    ),
    ({"health_code": code(S.NONE), "person": Person(), "replacement": Replacement.VOUCHER,
      "vouched_by": "张支书"}, NO_HITS, REGISTER, (C.NO_PHONE,)),
    ({"health_code": code(S.NONE), "person": Person(), "replacement": Replacement.VOUCHER,
      "vouched_by": " "}, NO_HITS, INCOMPLETE, (C.IDENTITY_MISSING, C.NO_PHONE)),
    ({"health_code": code(S.NONE), **takes(37.3)}, NO_HITS, RETEST,
     (C.FEVER_UNCONFIRMED, C.NO_PHONE)),
    ({"health_code": code(S.NONE), "itinerary": cities(City("浦东", division_code=PUDONG),
      shown=False), "local": False}, RISK, TURN_BACK, (C.RISK_AREA_NOT_LOCAL, C.NO_PHONE)),
]  # fmt: skip

OFFLINE: list[Row] = [
    (fails(S.GREEN, S.FAILED, C.OFFLINE_MODE), NO_HITS, REGISTER, (C.OFFLINE_MODE,)),
    (fails(S.GREEN, S.TIMED_OUT, C.OFFLINE_MODE), NO_HITS, REGISTER, (C.OFFLINE_MODE,)),
    # not declared
    (fails(S.GREEN, S.FAILED), NO_HITS, INCOMPLETE, (C.CODE_FAILED,)),
    (fails(S.GREEN, S.TIMED_OUT), NO_HITS, INCOMPLETE, (C.CODE_TIMED_OUT,)),
    # no green was seen
    *(
        (fails(seen, S.FAILED, C.OFFLINE_MODE), NO_HITS, INCOMPLETE,
         (C.CODE_FAILED, C.OFFLINE_MODE))
        for seen in (None, S.UNKNOWN, S.YELLOW, S.GREY)
    ),
    # the service did answer
    (fails(S.GREEN, S.NOT_FOUND, C.OFFLINE_MODE), NO_HITS, INCOMPLETE,
     (C.CODE_NOT_FOUND, C.OFFLINE_MODE)),
    (fails(S.GREEN, S.EXPIRED, C.OFFLINE_MODE), NO_HITS, INCOMPLETE,
     (C.CODE_EXPIRED, C.OFFLINE_MODE)),
    (fails(S.GREEN, S.RED, C.OFFLINE_MODE), NO_HITS, HAND_OVER, (C.RED_CODE, C.OFFLINE_MODE)),
    # nobody wrote down who it is
    ({**fails(S.GREEN, S.FAILED, C.OFFLINE_MODE), "person": Person()}, NO_HITS, INCOMPLETE,
     (C.IDENTITY_MISSING, C.OFFLINE_MODE)),
    ({**fails(S.GREEN, S.FAILED, C.OFFLINE_MODE), "contact": True}, NO_HITS, HOLD,
     (C.CONTACT_DECLARED, C.OFFLINE_MODE)),
]  # fmt: skip

TEMPERATURES: list[Row] = [
    ({"temperatures": ()}, NO_HITS, INCOMPLETE, (C.TEMPERATURE_MISSING,)),
    (takes(37.2), NO_HITS, PASS, ()),
    (takes(37.24), NO_HITS, PASS, ()),
    (takes(37.25), NO_HITS, RETEST, (C.FEVER_UNCONFIRMED,)),
    (takes(37.3), NO_HITS, RETEST, (C.FEVER_UNCONFIRMED,)),
    (takes(43.0), NO_HITS, RETEST, (C.FEVER_UNCONFIRMED,)),
    (takes(34.0), NO_HITS, PASS, ()),
    (takes(33.9), NO_HITS, RETEST, (C.TEMPERATURE_OUT_OF_RANGE,)),
    (takes(43.1), NO_HITS, RETEST, (C.TEMPERATURE_OUT_OF_RANGE,)),
    (takes(33.9, 33.5), NO_HITS, RETEST, (C.TEMPERATURE_OUT_OF_RANGE,)),
    (takes(33.9, 36.5), NO_HITS, PASS, ()),
    (takes(36.5, 33.9), NO_HITS, RETEST, (C.TEMPERATURE_OUT_OF_RANGE,)),
    (takes(37.3, 37.3), NO_HITS, HAND_OVER, (C.FEVER_CONFIRMED,)),
    (takes(37.3, 37.2), NO_HITS, REGISTER, (C.FEVER_RULED_OUT,)),
    (takes(37.3, 37.3, apart=5), NO_HITS, HAND_OVER, (C.FEVER_CONFIRMED,)),
    (takes(37.3, 37.3, apart=4.99), NO_HITS, RETEST, (C.FEVER_UNCONFIRMED,)),
    (takes(37.3, 37.2, apart=4.99), NO_HITS, RETEST, (C.FEVER_UNCONFIRMED,)),
    (takes(37.3, 37.2, apart=5), NO_HITS, REGISTER, (C.FEVER_RULED_OUT,)),
    (takes(36.5, 37.3), NO_HITS, RETEST, (C.FEVER_UNCONFIRMED,)),
    (takes(36.5, 37.3, 37.4), NO_HITS, HAND_OVER, (C.FEVER_CONFIRMED,)),
    (takes(37.5, 36.5, 37.6), NO_HITS, HAND_OVER, (C.FEVER_CONFIRMED,)),
    # readings outside the range count toward nothing
    (takes(37.5, 43.1), NO_HITS, RETEST, (C.FEVER_UNCONFIRMED, C.TEMPERATURE_OUT_OF_RANGE)),
    (takes(43.1, 37.5), NO_HITS, RETEST, (C.FEVER_UNCONFIRMED,)),
    (takes(43.1, 44.0), NO_HITS, RETEST, (C.TEMPERATURE_OUT_OF_RANGE,)),
    (takes(37.5, 33.0, 36.8), NO_HITS, REGISTER, (C.FEVER_RULED_OUT,)),
    (takes(37.5, 33.0, 37.4), NO_HITS, HAND_OVER, (C.FEVER_CONFIRMED,)),
    # a fever of anyone
    ({**takes(38.0, 38.0), "local": True, **TESTED}, NO_HITS, HAND_OVER, (C.FEVER_CONFIRMED,)),
    ({**takes(38.0, 38.0), "health_code": code(S.CERTIFICATE)}, NO_HITS, HAND_OVER,
     (C.FEVER_CONFIRMED,)),
]  # fmt: skip

SEEN_AND_ASKED: list[Row] = [
    ({"mask": None}, NO_HITS, INCOMPLETE, (C.MASK_MISSING,)),
    ({"mask": False}, NO_HITS, INCOMPLETE, (C.NO_MASK,)),
    ({"itinerary": None}, NO_HITS, INCOMPLETE, (C.ITINERARY_MISSING,)),
    ({"itinerary": cities(shown=False)}, NO_HITS, INCOMPLETE, (C.ITINERARY_MISSING,)),
    *(({"symptoms": (each,)}, NO_HITS, HOLD, (C.SYMPTOMS,)) for each in Symptom),
    ({"contact": True}, NO_HITS, HOLD, (C.CONTACT_DECLARED,)),
    ({"contact": False, "symptoms": ()}, NO_HITS, PASS, ()),
    ({"symptoms": (Symptom.COUGH,), "contact": True}, NO_HITS, HOLD,
     (C.SYMPTOMS, C.CONTACT_DECLARED)),
    ({"test": sampled(HOUR, NatResult.POSITIVE)}, NO_HITS, HAND_OVER, (C.POSITIVE_TEST,)),
    ({"test": sampled(timedelta(days=9), NatResult.POSITIVE)}, NO_HITS, HAND_OVER,
     (C.POSITIVE_TEST,)),
    ({"test": sampled(None, NatResult.POSITIVE)}, NO_HITS, HAND_OVER, (C.POSITIVE_TEST,)),
    (
        {"health_code": None, "itinerary": None, "temperatures": (), "mask": None},
        NO_HITS,
        INCOMPLETE,
        (C.TEMPERATURE_MISSING, C.HEALTH_CODE_MISSING, C.ITINERARY_MISSING, C.MASK_MISSING),
    ),
]  # fmt: skip

WATCHED: list[Row] = [
    ({}, ListHits(watch="公安"), HOLD, (C.ON_WATCH_LIST,)),
    # whatever the colour, whatever the test
    (TESTED, ListHits(watch="公安"), HOLD, (C.ON_WATCH_LIST,)),
    ({"health_code": code(S.CERTIFICATE), **TESTED}, ListHits(watch="省推送"), HOLD,
     (C.ON_WATCH_LIST,)),
    ({"health_code": code(S.RED)}, ListHits(watch="x"), HAND_OVER, (C.RED_CODE, C.ON_WATCH_LIST)),
    ({"health_code": code(S.YELLOW)}, ListHits(watch="x"), HOLD, (C.YELLOW_CODE, C.ON_WATCH_LIST)),
    ({"health_code": code(S.NONE)}, ListHits(watch="x"), HOLD, (C.ON_WATCH_LIST, C.NO_PHONE)),
    ({**RISKY, **TESTED}, ListHits(watch="x", risk_areas=RISK.risk_areas), HOLD,
     (C.ON_WATCH_LIST, C.RISK_AREA_TESTED)),
    ({}, ListHits(companion="陈*"), HOLD, (C.COMPANION_STOPPED,)),
    (TESTED, ListHits(companion="陈*"), HOLD, (C.COMPANION_STOPPED,)),
    ({"health_code": code(S.RED)}, ListHits(companion="陈*"), HAND_OVER,
     (C.RED_CODE, C.COMPANION_STOPPED)),
    # somebody of the same household is listed or under a measure: let in, and written down
    ({}, ListHits(household="王*"), REGISTER, (C.HOUSEHOLD_STOPPED,)),
    (TESTED, ListHits(household="王*"), REGISTER, (C.HOUSEHOLD_STOPPED,)),
    ({"health_code": code(S.SITE_PASS), "itinerary": None}, ListHits(household="王*"), INCOMPLETE,
     (C.HEALTH_CODE_MISSING, C.HOUSEHOLD_STOPPED)),
    ({"health_code": code(S.YELLOW)}, ListHits(household="王*"), HOLD,
     (C.YELLOW_CODE, C.HOUSEHOLD_STOPPED)),
    ({}, ListHits(watch="x", household="王*"), HOLD, (C.ON_WATCH_LIST, C.HOUSEHOLD_STOPPED)),
    ({"direction": Direction.OUT}, ListHits(household="王*"), PASS, ()),
    ({}, ListHits(old=("risk 11-19",)), PASS, (C.LIST_OLD,)),
    ({}, ListHits(old=("risk 11-19", "watch 11-01")), PASS, (C.LIST_OLD, C.LIST_OLD)),
    ({"direction": Direction.OUT}, ListHits(old=("risk 11-19",)), PASS, (C.LIST_OLD,)),
    ({"health_code": code(S.GREY)}, ListHits(old=("risk 11-19",)), INCOMPLETE,
     (C.GREY_CODE, C.LIST_OLD)),
]  # fmt: skip

MISSING = C.CERTIFICATE_MISSING
ABROAD: list[Row] = [
    ({}, ListHits(returnee="上海浦东"), HAND_OVER, (C.RETURNEE_FROM_ABROAD,)),
    ({}, ListHits(returnee="x", certificates_missing=ALL_PAPERS), HAND_OVER,
     (C.RETURNEE_FROM_ABROAD, MISSING, MISSING, MISSING)),
    # what was seen at the gate is worth more than what the list awaits
    ({"abroad": Abroad(None, ALL_PAPERS)}, ListHits(returnee="x", certificates_missing=ALL_PAPERS),
     HAND_OVER, (C.RETURNEE_FROM_ABROAD,)),
    ({"abroad": Abroad()}, NO_HITS, HAND_OVER,
     (C.RETURNEE_FROM_ABROAD, MISSING, MISSING, MISSING)),
    ({"abroad": Abroad(date(2026, 11, 20), ALL_PAPERS)}, NO_HITS, HAND_OVER,
     (C.RETURNEE_FROM_ABROAD,)),
    *(
        ({"abroad": Abroad(None, (each,))}, NO_HITS, HAND_OVER,
         (C.RETURNEE_FROM_ABROAD, MISSING, MISSING))
        for each in Certificate
    ),
    ({"abroad": Abroad(None, ALL_PAPERS), **TESTED, "local": True}, NO_HITS, HAND_OVER,
     (C.RETURNEE_FROM_ABROAD,)),
    ({"direction": Direction.OUT}, ListHits(returnee="x"), HAND_OVER, (C.RETURNEE_FROM_ABROAD,)),
    ({"direction": Direction.OUT, "abroad": Abroad(None, ALL_PAPERS)}, NO_HITS, PASS, ()),
]  # fmt: skip
