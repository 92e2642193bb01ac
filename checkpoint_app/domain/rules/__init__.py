"""The screening rules, one small function each: what is special about this traveller.

A rule looks at the facts and gives findings: a reason, and the outcome that it calls for. No rule
knows of another; weighing them is the business of `policy.decide`.
"""

from __future__ import annotations

from checkpoint_app.domain.rules.code import (
    code_findings,
    health_code,
    no_phone,
    offline_mode,
    red_or_yellow_code,
)
from checkpoint_app.domain.rules.facts import Facts, Finding, Rule
from checkpoint_app.domain.rules.health import mask, symptoms, temperature, unvaccinated
from checkpoint_app.domain.rules.lists import (
    absence,
    cadence,
    companion,
    guardian,
    household,
    listed_person,
    listed_returnee,
    noticed,
    old_lists,
    returnee,
    roster,
    time_window,
)
from checkpoint_app.domain.rules.travel import (
    itinerary,
    plate_region,
    positive_test,
    risk_area,
    star,
    test_needed,
)

__all__ = ["ON_THE_WAY_IN", "ON_THE_WAY_OUT", "Facts", "Finding"]

# Within one outcome, reasons are told in this order.
ON_THE_WAY_IN: tuple[Rule, ...] = (
    returnee,
    positive_test,
    red_or_yellow_code,
    temperature,
    listed_person,
    noticed,
    companion,
    household,
    guardian,
    health_code,
    code_findings,
    symptoms,
    risk_area,
    star,
    itinerary,
    test_needed,
    mask,
    roster,
    absence,
    no_phone,
    offline_mode,
    cadence,
    unvaccinated,
    plate_region,
    time_window,
    old_lists,
)

# Leaving is counted only; a red, yellow or listed person still stops.
ON_THE_WAY_OUT: tuple[Rule, ...] = (
    listed_returnee,
    red_or_yellow_code,
    listed_person,
    noticed,
    old_lists,
)
