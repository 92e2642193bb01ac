"""Whoever comes to see somebody, and whoever of the roster goes away and comes back.

A visit and a notice of absence each grow by records: registered, left; filed, returned. Unknown is
empty, never presumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

MOST_COMPANIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visitor with their companions. `admitted` False: written down and not let in."""

    id: UUID
    arrived_at: datetime
    name: str
    operator: str
    id_number: str = ""
    phone: str = ""
    unit: str = ""  # where they come from
    purpose: str = ""
    host: str = ""  # 被访人
    host_unit: str = ""
    plate: str = ""
    companions: tuple[str, ...] = ()
    head_count: int = 0  # kept when the names are erased
    temperature_c: float | None = None
    pass_id: str = ""
    admitted: bool = True
    refusal: str = ""  # why not, where they were not
    left_at: datetime | None = None

    @property
    def persons(self) -> int:
        """The visitor and whoever came along."""
        return max(1 + len(self.companions), self.head_count)

    @property
    def inside(self) -> bool:
        """Whether they are still here, as far as anybody wrote down."""
        return self.admitted and self.left_at is None


class AbsenceState(StrEnum):
    """How a notice of absence stands."""

    AWAY = "away"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"  # filed by mistake, or never went


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """外出报备: who goes where from when to when, and what was found on the return.

    `risk`: whether one of the places was a risk area when they came back; None: not asked yet.
    `clearance`: whether the document that ends an illness was seen; asked for where `illness`.
    """

    id: UUID
    filed_at: datetime
    name: str
    operator: str
    leaves_on: date
    returns_on: date
    id_number: str = ""
    phone: str = ""
    unit: str = ""
    roster_id: str = ""
    places: tuple[str, ...] = ()
    companions: str = ""  # 同行人
    reason: str = ""
    illness: bool = False
    state: AbsenceState = AbsenceState.AWAY
    returned_at: datetime | None = None
    risk: bool | None = None
    clearance: bool | None = None

    @property
    def is_open(self) -> bool:
        """Whether the return has not been settled yet."""
        waits_for_paper = self.illness and not self.clearance
        back = self.state is AbsenceState.RETURNED and not waits_for_paper
        return self.state is not AbsenceState.WITHDRAWN and not back

    def late(self, today: date) -> bool:
        """Whether they should have been back before today."""
        return self.state is AbsenceState.AWAY and self.returns_on < today


@dataclass(frozen=True, slots=True)
class OpenAbsence:
    """What the gate must know of somebody who is away, or back without the document."""

    since: date
    places: tuple[str, ...]
    returned: bool
    clearance_missing: bool


class VisitFault(StrEnum):
    """Why a visit is not registered."""

    NAME = "visit_name"
    HOST = "visit_host"
    PURPOSE = "visit_purpose"
    NOT_ADMITTED = "visit_not_admitted"


@dataclass(frozen=True, slots=True)
class VisitRules:
    """What a site asks of visitors."""

    admitted: bool = True  # False: nobody but the roster
    host_needed: bool = True


def visit_fault(visit: Visit, rules: VisitRules) -> VisitFault | None:
    """The first thing that keeps a visit from being registered."""
    if not visit.name:
        return VisitFault.NAME
    if not visit.admitted:
        return None  # who was sent away is written down with whatever is known
    if not rules.admitted:
        return VisitFault.NOT_ADMITTED
    if rules.host_needed and not visit.host:
        return VisitFault.HOST
    if not visit.purpose:
        return VisitFault.PURPOSE
    return None
