"""Joining SMART Health Cards that were cut into several QR codes.

The parts of one card carry no common mark: parts of equal count are gathered, newer ones push out
those that they contradict, and the signature tells in the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from checkpoint_app.codes.smart_health_card import Part, opened, part_of
from checkpoint_app.codes.unpack import MAX_TEXT, Fault
from checkpoint_app.domain.reasons import Code, Reason

MAX_PARTS = 16
MAX_AGE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a shown text came to.

    `text` is the whole text, or None while parts are missing; `have` of `of` parts are here. A
    part that can't belong to any set is `refused`, with itself as `text`, for `read` to answer.
    """

    text: str | None
    have: int = 1
    of: int = 1
    refused: Reason | None = None


@dataclass
class ChunkJoiner:
    """Gathers the parts of one card at a time; texts of any other kind pass through.

    A card that is complete stays so: any of its parts, shown again, gives the whole once more.
    """

    _parts: dict[int, str] = field(default_factory=dict)  # digits by number, last seen last
    _of: int = 0
    _last: datetime | None = None
    _mixed: bool = False  # parts of two cards may be among them

    def join(self, text: str, at: datetime | None = None) -> Joined:
        """Take in a shown text; `at` is aware. Without it a set never grows too old."""
        part = part_of(text.strip()) if len(text) <= MAX_TEXT else None
        if part is None or part.whole:
            return Joined(text)
        if not 1 <= part.number <= part.of <= MAX_PARTS:
            detail = f"{part.number}/{part.of}"
            return Joined(text, refused=Reason(Code.MALFORMED, detail))
        stale = bool(at and self._last and at - self._last > MAX_AGE)
        if stale or part.of != self._of:
            self._parts, self._mixed = {}, False
        self._of, self._last = part.of, at
        self._take(part)
        return self._joined()

    def _take(self, part: Part) -> None:
        """Add a part; where it contradicts an older one, that one and all before it go."""
        if self._parts.get(part.number, part.digits) != part.digits:
            order = list(self._parts)
            for number in order[: order.index(part.number) + 1]:
                del self._parts[number]
            self._mixed = True
        self._parts.pop(part.number, None)
        self._parts[part.number] = part.digits

    def _joined(self) -> Joined:
        have, of = len(self._parts), self._of
        if have < of:
            return Joined(None, have, of)
        digits = "".join(self._parts[number] for number in range(1, of + 1))
        if self._mixed and isinstance(opened(digits), Fault):
            del self._parts[next(iter(self._parts))]  # of another card, most likely
            return Joined(None, have - 1, of)
        self._mixed = False
        return Joined("shc:/" + digits, have, of)
