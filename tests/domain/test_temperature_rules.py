"""Readings at every border: threshold, wait, and what cannot be true."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkpoint_app.domain.inspection import (
    Outcome,
)
from checkpoint_app.domain.reasons import Code, Reason

from .travellers import (
    HAND_OVER,
    NOTHING,
    NOW,
    PASS,
    REGISTER,
    RETEST,
    ROAD,
    C,
    codes,
    judge,
    minutes,
    reading,
)

NORMAL_T, FEVER = (PASS, ()), (RETEST, (C.FEVER_UNCONFIRMED,))
CONFIRMED, RULED_OUT = (HAND_OVER, (C.FEVER_CONFIRMED,)), (REGISTER, (C.FEVER_RULED_OUT,))
ODD = (RETEST, (C.TEMPERATURE_OUT_OF_RANGE,))
ODD_AND_FEVER = (RETEST, (C.FEVER_UNCONFIRMED, C.TEMPERATURE_OUT_OF_RANGE))
ODD_AFTER_RULED_OUT = (RETEST, (C.TEMPERATURE_OUT_OF_RANGE, C.FEVER_RULED_OUT))

READINGS: list[tuple[list[tuple[float, float]], tuple[Outcome, tuple[Code, ...]]]] = [
    # one reading
    ([(36.5, 0)], NORMAL_T),
    ([(37.2, 0)], NORMAL_T),
    ([(37.24, 0)], NORMAL_T),
    ([(37.25, 0)], FEVER),  # 37.3 when written to a tenth
    ([(37.299999, 0)], FEVER),
    ([(37.3, 0)], FEVER),
    ([(37.4, 0)], FEVER),
    ([(43.0, 0)], FEVER),
    ([(43.04, 0)], FEVER),
    ([(43.05, 0)], ODD),
    ([(43.1, 0)], ODD),
    ([(34.0, 0)], NORMAL_T),
    ([(33.95, 0)], NORMAL_T),
    ([(33.9, 0)], ODD),
    ([(0.0, 0)], ODD),
    ([(-5.0, 0)], ODD),
    ([(365.0, 0)], ODD),
    ([(1e300, 0)], ODD),
    ([(float("inf"), 0)], ODD),
    ([(float("nan"), 0)], ODD),
    # 0.1 + 0.2 and friends
    ([(36.0 + 1.3, 0)], FEVER),
    ([(37.4 - 0.1, 0)], FEVER),
    # a second reading
    ([(37.8, 0), (37.8, 4 + 59 / 60)], FEVER),
    ([(37.8, 0), (37.8, 5)], CONFIRMED),
    ([(37.3, 0), (37.3, 5)], CONFIRMED),
    ([(37.8, 0), (37.8, 50)], CONFIRMED),
    ([(37.8, 0), (36.9, 0)], FEVER),
    ([(37.8, 0), (36.9, 4 + 59 / 60)], FEVER),
    ([(37.8, 0), (36.9, 5)], RULED_OUT),
    ([(37.8, 0), (37.2, 5)], RULED_OUT),
    ([(37.8, 0), (36.9, 55)], RULED_OUT),
    ([(36.5, 0), (37.8, 10)], FEVER),  # a normal reading first proves nothing about the second
    ([(36.5, 0), (36.6, 1)], NORMAL_T),
    # more readings
    ([(37.8, 0), (37.8, 2), (37.8, 4)], FEVER),
    ([(37.8, 0), (37.8, 3), (37.8, 6)], CONFIRMED),
    ([(37.8, 0), (37.8, 3), (36.9, 5)], RULED_OUT),
    ([(37.8, 0), (36.9, 2), (36.9, 4)], FEVER),
    ([(37.8, 0), (36.9, 2), (36.9, 5)], RULED_OUT),
    ([(37.8, 0), (36.9, 2), (37.8, 5)], CONFIRMED),
    ([(37.8, 0), (36.9, 6), (37.8, 7)], CONFIRMED),
    ([(37.8, 0), (36.9, 6), (36.9, 7)], RULED_OUT),
    ([(36.5, 0), (37.8, 10), (36.9, 14)], FEVER),
    ([(36.5, 0), (37.8, 10), (36.9, 15)], RULED_OUT),
    # a confirmed fever stays
    ([(37.8, 0), (37.8, 5), (36.5, 30)], CONFIRMED),
    ([(37.8, 0), (37.8, 5), (20.0, 30)], CONFIRMED),
    # what cannot be true confirms nothing and rules nothing out
    ([(44.0, 0), (44.0, 5)], ODD),
    ([(33.0, 0), (33.0, 5)], ODD),
    ([(44.0, 0), (37.8, 6)], FEVER),
    ([(37.8, 0), (44.0, 6)], ODD_AND_FEVER),
    ([(37.8, 0), (33.0, 6)], ODD_AND_FEVER),
    ([(37.8, 0), (44.0, 6), (37.8, 7)], CONFIRMED),
    ([(37.8, 0), (44.0, 2), (37.8, 4)], FEVER),
    ([(37.8, 0), (33.0, 2), (36.9, 4)], FEVER),
    ([(37.8, 0), (33.0, 2), (36.9, 5)], RULED_OUT),
    ([(37.8, 0), (36.9, 5), (33.0, 6)], ODD_AFTER_RULED_OUT),
    ([(33.0, 0), (36.5, 1)], NORMAL_T),
    ([(36.5, 0), (33.0, 1)], ODD),
    # a clock set back confirms nothing
    ([(37.8, 30), (37.8, 20)], FEVER),
    ([(37.8, 30), (36.9, 20)], FEVER),
    ([(37.8, 30), (37.8, 20), (37.8, 25)], CONFIRMED),
]


@pytest.mark.parametrize(("taken", "expected"), READINGS)
def test_readings(
    taken: list[tuple[float, float]], expected: tuple[Outcome, tuple[Code, ...]]
) -> None:
    verdict = judge(temperatures=tuple(reading(*each) for each in taken))
    assert (verdict.outcome, codes(verdict)) == expected
    assert verdict.missing == ()
    assert verdict.would_be is verdict.outcome


@pytest.mark.parametrize(
    ("threshold", "celsius", "fever"),
    [
        (37.0, 36.9, False),
        (37.0, 37.0, True),
        (37.5, 37.4, False),
        (37.5, 37.5, True),
        (38.0, 37.9, False),
        (38.0, 38.0, True),
        (37.3, 37.3, True),
        (37.29999999, 37.3, True),
        (37.30000001, 37.3, True),
        # no setting switches the rule off, or stops everyone
        (99.0, 37.9, False),
        (99.0, 38.0, True),
        (20.0, 36.9, False),
        (20.0, 37.0, True),
        (float("nan"), 38.0, True),
        (float("inf"), 38.0, True),
    ],
)
def test_threshold(threshold: float, celsius: float, fever: bool) -> None:
    verdict = judge(replace(ROAD, fever_threshold_c=threshold), temperatures=(reading(celsius),))
    assert (verdict.outcome is RETEST) == fever


@pytest.mark.parametrize(
    ("wait", "apart", "outcome"),
    [(0, 0, HAND_OVER), (10, 9.9, RETEST), (10, 10, HAND_OVER), (1, 1, HAND_OVER)],
)
def test_the_wait_before_a_retest_is_a_setting(wait: float, apart: float, outcome: Outcome) -> None:
    policy = replace(ROAD, retest_after=minutes(wait))
    verdict = judge(policy, temperatures=(reading(38.0), reading(38.0, apart)))
    assert verdict.outcome is outcome


def test_fever_counts_where_no_temperature_is_asked_for() -> None:
    assert judge(NOTHING, temperatures=(reading(38.0),)).outcome is RETEST


@pytest.mark.parametrize(
    ("taken", "at", "detail"),
    [
        ([(37.8, 0)], 0, "37.8|02:12|02:17"),
        ([(37.8, 0)], 4.9, "37.8|02:12|02:17"),
        ([(37.8, 0)], 5, "37.8|5"),
        ([(37.8, 0)], 47.5, "37.8|47"),
        ([(37.75, 0), (36.5, 1)], 2, "37.8|02:12|02:17"),
    ],
)
def test_an_open_fever_says_since_when(
    taken: list[tuple[float, float]], at: float, detail: str
) -> None:
    readings = tuple(reading(*each) for each in taken)
    verdict = judge(temperatures=readings, now=NOW - minutes(60) + minutes(at))
    assert verdict.reasons == (Reason(C.FEVER_UNCONFIRMED, detail),)


@pytest.mark.parametrize(
    ("taken", "reason"),
    [
        ([(33.0, 0)], Reason(C.TEMPERATURE_OUT_OF_RANGE, "33.0")),
        ([(33.0, 0), (33.2, 1)], Reason(C.TEMPERATURE_OUT_OF_RANGE, "33.2|2")),
        ([(44.0, 0), (33.2, 1), (20, 2)], Reason(C.TEMPERATURE_OUT_OF_RANGE, "20.0|3")),
        ([(float("nan"), 0)], Reason(C.TEMPERATURE_OUT_OF_RANGE, "?")),
        ([(37.8, 0), (38.04, 6)], Reason(C.FEVER_CONFIRMED, "37.8 → 38.0")),
        ([(37.8, 0), (36.5, 1), (38.0, 6)], Reason(C.FEVER_CONFIRMED, "37.8 → 38.0")),
        ([(37.8, 0), (36.9, 6)], Reason(C.FEVER_RULED_OUT, "37.8 → 36.9")),
    ],
)
def test_readings_are_told(taken: list[tuple[float, float]], reason: Reason) -> None:
    assert judge(temperatures=tuple(reading(*each) for each in taken)).reasons == (reason,)
