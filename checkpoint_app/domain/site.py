"""What each kind of site asks for: the figures and switches of the screening rules.

Their shipped values are data and stand in `resources/policy`, one file a kind of site; they are
fetched by `checkpoint_app.shipped_rules`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from checkpoint_app.domain.inspection import CodeStatus, Outcome, Requirement
from checkpoint_app.domain.reasons import Code


class SiteKind(StrEnum):
    """Kinds of site that have rules of their own."""

    ROAD = "road"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    MALL = "mall"
    OFFICE = "office"
    HOTEL = "hotel"
    CARE_HOME = "care_home"
    CLOSED = "closed"  # closed management: nobody but the roster
    VILLAGE = "village"


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePolicy:
    """The rules' figures for one kind of site.

    A fever threshold outside 37.0 to 38.0 ℃ is taken as the nearer end: no setting switches the
    rule off.
    """

    version: str = "default-1"
    site_kind: str
    fever_threshold_c: float  # settable 37.0 to 38.0
    plausible_from_c: float
    plausible_to_c: float
    retest_after: timedelta
    required: frozenset[Requirement]
    test_valid_for: timedelta
    list_unvaccinated: bool
    accepted_codes: frozenset[CodeStatus]
    roster_only: bool
    turns_back: bool  # a hospital never turns anyone back
    gate_mode: bool  # people may pass by themselves with a pass or green code
    online_first: bool  # a green counts only once the province's service has answered
    whole_place_counts: bool  # a city with a risk area in it, until they say where they were
    child_under: int  # years; below, somebody follows their guardian
    pass_at_once: tuple[str, ...]  # purposes that save lives: through at once, completed later
    freight: tuple[str, ...]  # purposes that are goods: never turned back
    outcomes: tuple[tuple[Code, Outcome], ...]  # what a county may settle, rule by rule
    test_every: tuple[tuple[str, timedelta], ...] = ()  # roster role -> a test at least so often
    county_code: str = ""  # the site's own; who lives there is local

    @property
    def is_venue(self) -> bool:
        """Everything but a road checkpoint; venues say 不予进入 where roads say 劝返."""
        return self.site_kind != SiteKind.ROAD

    def outcome_of(self, code: Code) -> Outcome:
        """What a rule comes to here."""
        return dict(self.outcomes)[code]
