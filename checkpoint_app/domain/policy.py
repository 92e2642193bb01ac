"""The screening rules: facts in, verdict out. Pure.

`decide` is the only place where an outcome is concluded. Every rule that applies adds its reason;
the outcome is the strongest of them in the order of `Outcome`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.domain.inspection import (
    CodeStatus,
    Inspection,
    ListVersions,
    Requirement,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """The rules' figures for one kind of site. The default is a road checkpoint's."""

    version: str = "default-1"
    site_kind: str = "road"
    fever_threshold_c: float = 37.3  # settable 37.0 to 38.0
    plausible_from_c: float = 34.0
    plausible_to_c: float = 43.0
    retest_after: timedelta = timedelta(minutes=5)
    required: frozenset[Requirement] = frozenset(
        {
            Requirement.HEALTH_CODE,
            Requirement.ITINERARY,
            Requirement.MASK,
            Requirement.TEMPERATURE,
        }
    )
    test_valid_for: timedelta = timedelta(hours=48)
    list_unvaccinated: bool = False
    accepted_codes: frozenset[CodeStatus] = frozenset(
        {CodeStatus.GREEN, CodeStatus.CERTIFICATE, CodeStatus.NONE}
    )
    roster_only: bool = False
    turns_back: bool = True  # a hospital never turns anyone back


def decide(
    inspection: Inspection,
    policy: SitePolicy,
    *,
    now: datetime,
    versions: ListVersions | None = None,
) -> Verdict:
    """Judge one inspection by the policy; `now` is aware. Never raises on odd facts."""
    raise NotImplementedError
