"""How many people are inside, and when it is too many. Pure counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from checkpoint_app.domain.inspection import Direction, Outcome, RecordedInspection

WARN_AT = 80  # percent of the capacity
FULL_AT = 100

# Who goes on their way, in or out; everyone else stays at the gate or turns round.
GOES_ON = frozenset({Outcome.PASS, Outcome.REGISTER})


class CrowdLevel(StrEnum):
    """How full the place is."""

    FREE = "free"
    NEAR = "near"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Crowd:
    """Counts since the place was last closed. `corrected` is what officers added or took away."""

    entered: int = 0
    left: int = 0
    corrected: int = 0

    @property
    def inside(self) -> int:
        """How many are inside; never fewer than none, whoever forgot to be counted."""
        return max(0, self.entered - self.left + self.corrected)

    def level(self, capacity: int) -> CrowdLevel:
        """How full that is; a capacity of 0 is none at all."""
        if capacity <= 0 or self.inside * 100 < WARN_AT * capacity:
            return CrowdLevel.FREE
        full = self.inside * 100 >= FULL_AT * capacity
        return CrowdLevel.FULL if full else CrowdLevel.NEAR

    def percent(self, capacity: int) -> int:
        """How full in percent, rounded down; 0 where there is no capacity."""
        return self.inside * 100 // capacity if capacity > 0 else 0


def movement(recorded: RecordedInspection) -> int:
    """What one recorded person changes: 1 came in, -1 left, 0 neither."""
    if recorded.void or recorded.outcome not in GOES_ON:
        return 0
    return 1 if recorded.inspection.direction is Direction.IN else -1


def counted_since(now: datetime, closes_at: time) -> datetime:
    """The closing hour since which people are counted, in the moment's own local time."""
    closed = now.replace(
        hour=closes_at.hour, minute=closes_at.minute, second=closes_at.second, microsecond=0
    )
    return closed if closed <= now else closed - timedelta(days=1)
