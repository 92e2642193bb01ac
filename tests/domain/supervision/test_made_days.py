"""The whole of supervision on made-up days: what it finds, and how seldom it is wrong.

Every day comes from its seed, so these figures are the same on every machine.
"""

from __future__ import annotations

import pytest

from checkpoint_app.domain.supervision import (
    Finding,
    Hours,
    Signal,
    Thresholds,
    examine,
    facts_of,
    silences,
)
from tools.duty_days import POLICY, Day, Trick, made_day

TELLS = {
    Trick.ONE_VALUE: Signal.SAME_RUN,
    Trick.TWO_VALUES: Signal.SAME_SHARE,
    Trick.AFTERWARDS: Signal.PACE,
    Trick.NO_ITINERARY: Signal.CODE_MISSING,
    Trick.FEVER_LET_GO: Signal.NO_RETEST,
    Trick.ASLEEP: Signal.SILENCE,
}
HONEST_DAYS, TRICK_DAYS = 60, 12


def told(day: Day) -> list[Finding]:
    facts, thresholds = facts_of(day.records, POLICY), Thresholds()
    quiet = silences(facts, day.turns, day.period, Hours(usual=day.usual), thresholds)
    return [*examine(facts, thresholds), *quiet]


@pytest.mark.parametrize("people", [120, 700])
def test_honest_shifts_are_seldom_told_of(people: int) -> None:
    """At most two false alarms in a hundred honest shifts (two to a day)."""
    alarms = [len(told(made_day(seed, people))) for seed in range(HONEST_DAYS)]
    assert sum(alarms) <= 2 * (2 * HONEST_DAYS) / 100


@pytest.mark.parametrize("trick", Trick)
def test_box_ticking_is_found(trick: Trick) -> None:
    """In at least five days of six, and laid at the door of whoever was on duty."""
    found = 0
    for seed in range(500, 500 + TRICK_DAYS):
        signals = {
            each.signal for each in told(made_day(seed, 400, trick)) if each.operator == "王芳"
        }
        found += TELLS[trick] in signals
    assert found >= TRICK_DAYS * 5 / 6


def test_every_finding_has_the_records_behind_it() -> None:
    for trick in Trick:
        day = made_day(7, 400, trick)
        ids = {each.inspection.id for each in day.records}
        for finding in told(day):
            assert set(finding.records) <= ids
            assert len(finding.records) == finding.count
            assert finding.start <= finding.end
