"""The whole of supervision on made-up days: what it finds, and how seldom it is wrong.

Every day comes from its seed, so these figures are the same on every machine.
"""

from __future__ import annotations

import pytest

from checkpoint_app.domain.supervision import Signal
from tools.bench.supervision import is_found, likely, told, told_of_post
from tools.duty_days import Trick, made_day
from tools.duty_posts import HIDDEN, Habit, post_day

TELLS = {
    Trick.ONE_VALUE: {Signal.SAME_RUN},
    Trick.TWO_VALUES: {Signal.SAME_SHARE},
    Trick.AFTERWARDS: {Signal.PACE, Signal.BATCH},
    Trick.NO_ITINERARY: {Signal.CODE_MISSING},
    Trick.FEVER_LET_GO: {Signal.NO_RETEST},
    Trick.ASLEEP: {Signal.SILENCE},
}
HONEST_DAYS, TRICK_DAYS = 60, 12


@pytest.mark.parametrize("people", [120, 700])
def test_honest_shifts_are_seldom_told_of(people: int) -> None:
    """At most two false alarms in a hundred honest shifts (two to a day)."""
    alarms = [len(told(made_day(seed, people))) for seed in range(HONEST_DAYS)]
    assert sum(alarms) <= 2 * (2 * HONEST_DAYS) / 100


@pytest.mark.parametrize("trick", Trick)
def test_box_ticking_is_found(trick: Trick) -> None:
    """In at least three days of four, and laid at the door of whoever was on duty."""
    found = 0
    for seed in range(500, 500 + TRICK_DAYS):
        signals = {
            each.signal for each in told(made_day(seed, 400, trick)) if each.operator == "王芳"
        }
        found += bool(TELLS[trick] & signals)
    assert found >= TRICK_DAYS * 3 / 4


def test_every_finding_has_the_records_behind_it() -> None:
    for trick in Trick:
        day = made_day(7, 400, trick)
        ids = {each.inspection.id for each in day.records}
        for finding in told(day):
            assert set(finding.records) <= ids
            assert len(finding.records) == finding.count
            assert finding.start <= finding.end


POSTS, HABIT_DAYS = 12, 4
# Absence shows only where people would have come; invented numbers look like measured ones.
LEAST = {Habit.ABSENT: 0.0, Habit.LATER: 0.5, **dict.fromkeys(HIDDEN, 0.0)}


def test_honest_shifts_of_the_other_maker_are_seldom_told_of() -> None:
    """Hardly ever; thermometers that round or stick, cold, queues, no network."""
    days = [post_day(2 * number + 1) for number in range(POSTS)]
    alarmed = sum(len({each.operator for each in told_of_post(day)}) for day in days)
    assert alarmed <= 0.06 * sum(len(day.turns) for day in days)


@pytest.mark.parametrize("habit", Habit)
def test_habits_of_the_other_maker_are_found(habit: Habit) -> None:
    """Most of each that leaves a trace at all."""
    days = [post_day(300_001 + 2 * number, habit) for number in range(HABIT_DAYS)]
    found = sum(is_found(day, habit) for day in days)
    assert found >= LEAST.get(habit, 0.75) * HABIT_DAYS


def test_a_seed_is_always_the_same_day() -> None:
    assert post_day(5).records == post_day(5).records


def test_the_interval_of_a_rate() -> None:
    assert likely(0, 100) == "0.0–3.7 %"
    assert likely(50, 100) == "40.4–59.6 %"
