"""Which codes are before the camera, and which were already decided.

A code that stays in the picture is one showing however often it is read. Held in memory only, as
keyed fingerprints; loaded from the store at start, so a restart forgets nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from checkpoint_app.domain.inspection import Outcome

ONE_SHOWING = timedelta(seconds=4)
_MOST = 5_000  # recorded showings kept; far more than any gate sees in the time that counts


@dataclass(frozen=True, slots=True)
class Earlier:
    """A code that was decided before: what became of it, and when."""

    inspection_id: UUID
    outcome: Outcome
    at: datetime
    title: str


@dataclass(slots=True)
class Showings:
    """Memory of shown codes by fingerprint."""

    within: timedelta
    _seen: dict[str, datetime] = field(default_factory=dict)
    _decided: dict[str, Earlier] = field(default_factory=dict)

    def is_new(self, fingerprint: str, now: datetime) -> bool:
        """Whether a new showing begins; called at every reading of the code."""
        last = self._seen.pop(fingerprint, None)
        self._seen[fingerprint] = now
        self._forget_old(now)
        return last is None or not timedelta(0) <= now - last <= ONE_SHOWING

    def _forget_old(self, now: datetime) -> None:
        while self._seen:
            oldest = next(iter(self._seen))
            if now - self._seen[oldest] <= ONE_SHOWING:
                return
            del self._seen[oldest]

    def decide(self, fingerprint: str, earlier: Earlier) -> None:
        """Remember what became of a code."""
        self._decided.pop(fingerprint, None)
        self._decided[fingerprint] = earlier
        if len(self._decided) > _MOST:
            del self._decided[next(iter(self._decided))]

    def undo(self, inspection_id: UUID) -> None:
        """Forget a decision that was taken back."""
        for fingerprint, earlier in list(self._decided.items()):
            if earlier.inspection_id == inspection_id:
                del self._decided[fingerprint]

    def earlier(self, fingerprint: str, now: datetime) -> Earlier | None:
        """The decision on this code, if it is recent enough to count as the same passage."""
        found = self._decided.get(fingerprint)
        return found if found is not None and abs(now - found.at) <= self.within else None
