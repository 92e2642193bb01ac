"""What on a page contradicts itself, the desk's clock, another page or the person entered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.masking import fits_masked
from checkpoint_app.domain.page import Page, PageKind
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Code

CLOCK_TOLERANCE = timedelta(minutes=2)
WATCHED = timedelta(seconds=4)  # how long a clock must have stood before it counts as frozen
_FORGOTTEN = timedelta(seconds=20)  # a longer gap between two looks begins a new watch


def findings(
    page: Page,
    now: datetime,
    other: Page | None = None,
    person: Person | None = None,
    earlier: Page | None = None,
) -> tuple[Code, ...]:
    """All contradictions of a page.

    `now` is the desk's local time (naive). `other` is the other page of the same person (card or
    code), `earlier` the page that the same code text was last seen on. What was read without
    certainty contradicts nothing.
    """
    found = [*_of_itself(page, now), *_with_other(page, other)]
    found += [*_with_person(page, person), *_with_earlier(page, earlier)]
    return tuple(dict.fromkeys(found))


def _of_itself(page: Page, now: datetime) -> Iterator[Code]:
    told, seen = page.colour_told, page.colour
    known = told is not None and Colour.UNKNOWN not in (told, seen)
    if known and told is not seen and "colour_word" not in page.uncertain:
        yield Code.COLOUR_WORD_DIFFERS
    clock = None if "clock" in page.uncertain else page.clock
    if clock is not None and abs(clock - now.replace(tzinfo=None)) > CLOCK_TOLERANCE:
        yield Code.CLOCK_OFF


def _with_other(page: Page, other: Page | None) -> Iterator[Code]:
    if other is None or other.kind is page.kind:
        return
    if _differ(_sure(page, "phone"), _sure(other, "phone")):
        yield Code.PHONES_DIFFER


def _with_person(page: Page, person: Person | None) -> Iterator[Code]:
    if person is None:
        return
    pairs = [
        (_sure(page, "name"), person.name),
        (_sure(page, "id_number"), person.id_number),
        (_sure(page, "phone"), person.phone if page.kind is PageKind.ITINERARY_CARD else None),
    ]
    if any(_differ(shown, entered) for shown, entered in pairs):
        yield Code.HOLDER_MISMATCH


def _with_earlier(page: Page, earlier: Page | None) -> Iterator[Code]:
    if earlier is None or earlier.kind is not page.kind:
        return
    if _differ(_sure(page, "name"), _sure(earlier, "name")):
        yield Code.NAME_DIFFERS


def _sure(page: Page, field: str) -> str | None:
    value: str | None = getattr(page, field)
    return None if field in page.uncertain else value


def _differ(one: str | None, two: str | None) -> bool:
    """Whether two showings, either of them masked or whole, cannot be of the same thing."""
    if not one or not two:
        return False
    if any(each.isdigit() for each in one + two):
        return not _numbers_agree(one, two)
    return not (fits_masked(one, two) or fits_masked(two, one) or _ends_agree(one, two))


def _numbers_agree(one: str, two: str) -> bool:
    """Digits shown in both agree; where the lengths differ, one is masked with fewer stars."""
    one, two = (re.sub(r"\s", "", each).upper() for each in (one, two))
    if len(one) == len(two):
        return all(a == b or "*" in (a, b) for a, b in zip(one, two, strict=True))
    return "*" in one + two and _ends_agree(one, two)


def _ends_agree(one: str, two: str) -> bool:
    """Whether two masked texts agree in what both show before and after their stars."""
    if "*" not in one or "*" not in two:
        return False
    heads = [each.partition("*")[0] for each in (one, two)]
    tails = [each.rpartition("*")[2][::-1] for each in (one, two)]
    return all(a.startswith(b) or b.startswith(a) for a, b in (heads, tails))


@dataclass(frozen=True, slots=True)
class ClockWatch:
    """Whether the clock of the page shown moves; give it every reading of the same page.

    `moves` is None as long as nothing can be told. A clock without seconds is not watched.
    """

    clock: datetime | None = None  # the page's time since `since`
    since: datetime | None = None
    last: datetime | None = None
    moves: bool | None = None

    def after(self, page: Page, at: datetime) -> ClockWatch:
        """The watch after a reading taken at `at` (the desk's time, any one zone)."""
        if page.clock is None or not page.clock_ticks or "clock" in page.uncertain:
            return self
        if (
            self.last is None
            or self.since is None
            or not timedelta() <= at - self.last < _FORGOTTEN
        ):
            return ClockWatch(page.clock, at, at)
        if page.clock != self.clock:
            moved = self.clock is not None and self._as_time_does(page.clock, at)
            return ClockWatch(page.clock, at, at, True if moved else self.moves)
        frozen = self.moves is None and at - self.since >= WATCHED
        stopped = self.moves is True and at - self.since >= WATCHED
        return replace(self, last=at, moves=False if frozen or stopped else self.moves)

    def _as_time_does(self, clock: datetime, at: datetime) -> bool:
        """Whether the page's clock went on as long as the desk's did, give or take."""
        assert self.clock is not None
        assert self.since is not None
        went = (clock - self.clock).total_seconds()
        return 0 < went <= (at - self.since).total_seconds() + 3

    @property
    def findings(self) -> tuple[Code, ...]:
        """`clock_frozen` once the clock was seen to stand still."""
        return (Code.CLOCK_FROZEN,) if self.moves is False else ()
