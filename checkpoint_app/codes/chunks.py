"""Joining SMART Health Cards that were cut into several QR codes.

The parts of one card carry no common mark: parts of equal count are gathered, and a part that
contradicts the gathered ones begins a new set. The signature tells in the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from checkpoint_app.codes.smart_health_card import Part, part_of
from checkpoint_app.codes.unpack import MAX_TEXT
from checkpoint_app.domain.reasons import Code, Reason

MAX_PARTS = 16
MAX_AGE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a shown text came to.

    `text` is the whole text, or None while parts are missing; `have` of `of` parts are here. A
    part that can't belong to any set is refused: `reason` says why, and `text` is the part itself.
    """

    text: str | None
    have: int = 1
    of: int = 1
    reason: Reason | None = None


@dataclass
class ChunkJoiner:
    """Gathers the parts of one card at a time; texts of any other kind pass through."""

    _parts: dict[int, str] = field(default_factory=dict)
    _of: int = 0
    _last: datetime | None = None

    def join(self, text: str, at: datetime | None = None) -> Joined:
        """Take in a shown text; `at` is aware. Without it a set never grows too old."""
        part = part_of(text.strip()) if text[:64].lstrip()[:5].lower() == "shc:/" else None
        if part is None or part.whole:
            return Joined(text)
        if not 1 <= part.number <= part.of <= MAX_PARTS:
            detail = f"{part.number}/{part.of}"
            return Joined(text, reason=Reason(Code.CHUNK_MISSING, detail))
        if len(text) > MAX_TEXT:
            return Joined(text, reason=Reason(Code.TOO_LARGE))
        self._gather(part, at)
        return self._joined()

    def forget(self) -> None:
        """Drop the parts gathered so far."""
        self._parts, self._of, self._last = {}, 0, None

    def _gather(self, part: Part, at: datetime | None) -> None:
        stale = bool(at and self._last and at - self._last > MAX_AGE)
        other = self._parts.get(part.number, part.digits) != part.digits
        if stale or other or part.of != self._of:
            self.forget()
        self._parts[part.number], self._of, self._last = part.digits, part.of, at

    def _joined(self) -> Joined:
        have, of = len(self._parts), self._of
        if have < of:
            return Joined(None, have, of)
        text = "shc:/" + "".join(self._parts[number] for number in range(1, of + 1))
        self.forget()
        return Joined(text, have, of)
