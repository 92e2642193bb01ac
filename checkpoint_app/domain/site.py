"""What each kind of site asks for: the figures and switches of the screening rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from checkpoint_app.domain.inspection import CodeStatus, Requirement


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


_BOTH_CODES = frozenset(
    {Requirement.HEALTH_CODE, Requirement.ITINERARY, Requirement.MASK, Requirement.TEMPERATURE}
)
_ROAD_CODES = frozenset({CodeStatus.GREEN, CodeStatus.CERTIFICATE, CodeStatus.NONE})


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """The rules' figures for one kind of site. The default is a road checkpoint's.

    A fever threshold outside 37.0 to 38.0 ℃ is taken as the nearer end: no setting switches the
    rule off.
    """

    version: str = "default-1"
    site_kind: str = "road"
    fever_threshold_c: float = 37.3  # settable 37.0 to 38.0
    plausible_from_c: float = 34.0
    plausible_to_c: float = 43.0
    retest_after: timedelta = timedelta(minutes=5)
    required: frozenset[Requirement] = _BOTH_CODES
    test_valid_for: timedelta = timedelta(hours=48)
    list_unvaccinated: bool = False
    accepted_codes: frozenset[CodeStatus] = _ROAD_CODES
    roster_only: bool = False
    turns_back: bool = True  # a hospital never turns anyone back
    gate_mode: bool = False  # people may pass by themselves with a pass or green code
    whole_place_counts: bool = True  # a city with a risk area in it, until they say where they were
    child_under: int = 14  # years; below, somebody follows their guardian
    test_every: tuple[tuple[str, timedelta], ...] = ()  # roster role -> a test at least so often
    county_code: str = ""  # the site's own; who lives there is local

    @property
    def is_venue(self) -> bool:
        """Everything but a road checkpoint; venues say 不予进入 where roads say 劝返."""
        return self.site_kind != SiteKind.ROAD

    @classmethod
    def for_site(cls, kind: str) -> SitePolicy:
        """The default policy of a kind of site; an unknown kind has a road checkpoint's rules."""
        return _DEFAULTS.get(kind, _ROAD)


_ROAD = SitePolicy()
_VENUE = replace(
    _ROAD,
    accepted_codes=_ROAD_CODES | {CodeStatus.SITE_PASS},
    list_unvaccinated=True,
)
_GATED = replace(_VENUE, gate_mode=True)
_ASKED = _BOTH_CODES | {Requirement.SYMPTOMS}
_STRICT = _ASKED | {Requirement.TEST}

_DEFAULTS: dict[str, SitePolicy] = {
    kind: replace(policy, site_kind=kind.value)
    for kind, policy in {
        SiteKind.ROAD: _ROAD,
        SiteKind.SCHOOL: replace(_GATED, roster_only=True),
        SiteKind.HOSPITAL: replace(_VENUE, required=_ASKED, turns_back=False),
        SiteKind.MALL: _GATED,
        SiteKind.OFFICE: _GATED,
        SiteKind.HOTEL: replace(_VENUE, required=_ASKED),
        SiteKind.CARE_HOME: replace(_VENUE, required=_STRICT, roster_only=True),
        SiteKind.CLOSED: replace(_GATED, required=_STRICT, roster_only=True),
        SiteKind.VILLAGE: _VENUE,
    }.items()
}
