"""Shifts as the clock has them, and those that ended without both signatures. Pure.

A shift goes from one border of the day to the next (day shift from, night shift from). It is signed
where the post was handed over around its end: both PINs make one hand-over. One that nobody worked,
that went on with the same people, or that ended when the site closed, has nothing to sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from checkpoint_app.domain.duty.handing import HandOver
from checkpoint_app.domain.duty.turns import ShiftName, Turn, shift_at
from checkpoint_app.domain.opening import Opening
from checkpoint_app.domain.register import Period

BEFORE, AFTER = timedelta(hours=3), timedelta(hours=2)  # of a shift's end: a hand-over is for it
GRACE = timedelta(minutes=30)  # the next ones may be late
_LEAST = timedelta(minutes=30)  # whoever was there for less did not work the shift


@dataclass(frozen=True, slots=True)
class Borders:
    """When shifts begin, and when the site is open."""

    day_from: time
    night_from: time
    opening: Opening


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift that was worked."""

    name: ShiftName
    start: datetime
    end: datetime
    team: tuple[str, ...]


def unsigned(
    period: Period,
    turns: Sequence[Turn],
    handed: Sequence[HandOver],
    borders: Borders,
    now: datetime,
) -> list[Shift]:
    """The shifts that ended in a period, were worked, and were not handed over.

    `turns` and `handed` must reach a day beyond the period at both ends.
    """
    ended = (each for each in _shifts(period, turns, borders, now) if each.end + GRACE <= now)
    return [each for each in ended if not _is_signed(each, turns, handed, borders, now)]


def _is_signed(
    shift: Shift,
    turns: Sequence[Turn],
    handed: Sequence[HandOver],
    borders: Borders,
    now: datetime,
) -> bool:
    if any(shift.end - BEFORE <= each.at <= shift.end + AFTER for each in handed):
        return True
    after = shift.end + GRACE
    goes_on = any(borders.opening.spans(shift.end, after))
    there = {each.operator for each in turns if each.began_at <= after < each.until(now)}
    return not goes_on or bool(there and there <= set(shift.team))


def _shifts(
    period: Period, turns: Sequence[Turn], borders: Borders, now: datetime
) -> Iterator[Shift]:
    zone = period.start.tzinfo
    days = range((period.end.date() - period.start.date()).days + 3)
    first = period.start.date() - timedelta(days=1)
    moments = sorted(
        datetime.combine(first + timedelta(days=day), border, zone)
        for day in days
        for border in {borders.day_from, borders.night_from}
    )
    for start, end in pairwise(moments):
        team = tuple(_team(turns, start, end, now))
        if period.start < end <= period.end and team:
            yield Shift(shift_at(start, borders.day_from, borders.night_from), start, end, team)


def _team(turns: Iterable[Turn], start: datetime, end: datetime, now: datetime) -> Iterator[str]:
    """Who worked a shift, each once."""
    worked: dict[str, timedelta] = {}
    for turn in turns:
        there = min(turn.until(now), end) - max(turn.began_at, start)
        if there > timedelta():
            worked[turn.operator] = worked.get(turn.operator, timedelta()) + there
    return (name for name, hours in worked.items() if hours >= _LEAST)
