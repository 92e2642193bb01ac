"""A lane that passes people by itself: who goes on, who goes aside, who is waited for. Pure.

A bus (code, beep, next) and gate mode (a school at 7:40) use the same lane. Only a verdict of
`pass` goes on; whatever else was concluded goes into the tray, and the lane never stops for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.credential import Basis
from checkpoint_app.domain.inspection import (
    CodeStatus,
    Direction,
    Inspection,
    Outcome,
    Requirement,
    TemperatureSource,
    Verdict,
)
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.policy import SitePolicy


class Lane(StrEnum):
    """Which lane is open; the value is on the record of everyone who passed by it."""

    GATE = "gate"
    BUS = "bus"


class Step(StrEnum):
    """What the lane does with the person before it."""

    GO = "go"
    ASIDE = "aside"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Before:
    """Who stands before the lane, and what is known of them."""

    inspection: Inspection
    verdict: Verdict
    policy: SitePolicy
    hits: ListHits
    answered: bool  # the lists have answered about this very person
    full: bool = False  # the place is: nobody goes in by themselves
    looked_up: bool = False  # a code counts only once the province has answered about it


_SHOWN = frozenset({CodeStatus.GREEN, CodeStatus.SITE_PASS})


def step(lane: Lane, before: Before) -> Step:
    """What happens to the person next."""
    if not before.answered:
        return Step.WAIT
    outcome = before.verdict.outcome
    if outcome is Outcome.INCOMPLETE:
        return Step.WAIT
    if outcome is not Outcome.PASS or is_unknown(lane, before):
        return Step.ASIDE
    if before.full and before.inspection.direction is Direction.IN:
        return Step.WAIT
    return Step.GO if _by_itself(before) else Step.WAIT


def is_unknown(lane: Lane, before: Before) -> bool:
    """Whether gate mode does not know the person: not on the roster where there is one, or nothing
    that a list could be asked about."""
    if lane is not Lane.GATE:
        return False
    if before.hits.on_roster is not None:
        return not before.hits.on_roster  # a pass may have outlived its entry
    if _has_pass(before.inspection):
        return False
    person, versions = before.inspection.person, before.verdict.versions
    nameless = not (person.name or person.id_number or person.phone)
    return nameless and bool(versions.watch or versions.roster)


def _has_pass(inspection: Inspection) -> bool:
    code = inspection.health_code
    return code is not None and code.status is CodeStatus.SITE_PASS


def _by_itself(before: Before) -> bool:
    """A pass or a green showing, and the thermometer's own reading: no hand had to judge."""
    code = before.inspection.health_code
    if code is None or code.status not in _SHOWN:
        return False
    if before.looked_up and code.basis is Basis.OBSERVED and not _has_pass(before.inspection):
        return False
    readings = before.inspection.temperatures
    if Requirement.TEMPERATURE not in before.policy.required:
        return True
    if not readings or readings[-1].source is not TemperatureSource.SERIAL:
        return False
    # A reading from before the code may be of the one who stood there before.
    return code.seen_at is None or readings[-1].taken_at >= code.seen_at
