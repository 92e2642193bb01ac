"""What is still owed after somebody was let through first: emergencies to be completed within 24
hours (先行后补), look-ups to be made again once the line is back (断网模式). Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from checkpoint_app.domain.inspection import CodeStatus, RecordedInspection
from checkpoint_app.domain.moments import elapsed
from checkpoint_app.domain.person import identified
from checkpoint_app.domain.reasons import Code

COMPLETE_WITHIN = timedelta(hours=24)
_NO_ANSWER = frozenset({CodeStatus.FAILED, CodeStatus.TIMED_OUT})


class Debt(StrEnum):
    """What is owed."""

    COMPLETION = "completion"  # who it was, and the code
    LOOK_UP = "look_up"  # the code, asked for again


@dataclass(frozen=True, slots=True)
class Owed:
    """One inspection that something is owed on; `due` None: as soon as it can be done."""

    recorded: RecordedInspection
    debt: Debt
    since: datetime
    due: datetime | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.due is not None and elapsed(self.due, now) > timedelta(0)


def owed(recorded: RecordedInspection, first_at: datetime) -> Owed | None:
    """What is owed on the newest version of an inspection, first recorded at that moment.

    An officer who changed the outcome afterwards has settled it, with a reason; so has a version
    that names the person, or that has an answer.
    """
    if recorded.void or recorded.change is not None:
        return None
    given, codes = recorded.inspection, {each.code for each in recorded.verdict.reasons}
    known = identified(given.person, recorded.confirmed_at.date())
    if given.emergency and not (known and given.health_code is not None):
        return Owed(recorded, Debt.COMPLETION, first_at, first_at + COMPLETE_WITHIN)
    code = given.health_code
    if Code.OFFLINE_MODE in codes and code is not None and code.status in _NO_ANSWER:
        return Owed(recorded, Debt.LOOK_UP, first_at)
    return None
