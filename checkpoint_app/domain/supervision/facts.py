"""What supervision looks at in a record: when, by whom, what was measured and what was missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkpoint_app.domain.fever import Fever, read, tenths
from checkpoint_app.domain.inspection import (
    CodeStatus,
    Direction,
    Outcome,
    RecordedInspection,
    Requirement,
    TemperatureSource,
)
from checkpoint_app.domain.policy import SitePolicy

LET_GO = frozenset({Outcome.PASS, Outcome.REGISTER, Outcome.TURN_BACK})
FAILED = frozenset({CodeStatus.FAILED, CodeStatus.TIMED_OUT})
CODES = frozenset({Requirement.HEALTH_CODE, Requirement.ITINERARY})


@dataclass(frozen=True, slots=True)
class Fact:
    """One inspection as supervision sees it; nobody's name."""

    id: UUID
    opened_at: datetime
    at: datetime
    operator: str
    first_tenths: int | None = None  # first temperature, in tenths of a degree
    by_hand: bool = True  # no lane and no thermometer line did it by itself, and not from paper
    code_missing: bool = False  # let through although a code that the site asks for was not seen
    code_failed: bool = False  # shown, and no answer came: the network, not the hand
    unretested: bool = False  # a fever, and let go with no valid second reading


def fact_of(recorded: RecordedInspection, policy: SitePolicy) -> Fact:
    """The facts of one record, in its newest version."""
    inspection = recorded.inspection
    readings = inspection.temperatures
    watched = inspection.direction is Direction.IN and not inspection.emergency
    let_go = watched and recorded.outcome in LET_GO
    through = let_go and recorded.outcome is not Outcome.TURN_BACK
    code, paper = inspection.health_code, recorded.back_entry
    serial = bool(readings) and readings[0].source is TemperatureSource.SERIAL
    return Fact(
        id=inspection.id,
        opened_at=inspection.opened_at,
        at=recorded.confirmed_at,
        operator=paper.author if paper is not None else recorded.operator,
        first_tenths=tenths(readings[0].celsius) if readings else None,
        by_hand=not serial and recorded.lane is None and paper is None,
        code_missing=through and bool(CODES & set(recorded.verdict.missing)),
        code_failed=code is not None and code.status in FAILED,
        unretested=let_go and read(readings, policy).fever is Fever.OPEN,
    )


def facts_of(records: Iterable[RecordedInspection], policy: SitePolicy) -> list[Fact]:
    """The facts of a period by time, without what was taken back."""
    found = [fact_of(each, policy) for each in records if not each.void]
    return sorted(found, key=lambda fact: fact.at)
