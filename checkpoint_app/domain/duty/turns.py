"""Turns of duty: who was at the post from when until when, in which shift, and fit or not.

A turn begins when somebody signs in who is not on duty yet, and ends when the post is handed over
or they go off duty. Whoever comes back sooner than a rest has not rested: their hours go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from checkpoint_app.domain.fever import tenths

REST = timedelta(hours=4)  # shorter than this off duty and the hours on duty go on
FIT_HOLDS = timedelta(hours=12)  # one's own temperature is asked for again after this
DAY_LONG = timedelta(hours=24)  # hours on duty are summed over so long
FORGOTTEN = timedelta(hours=24)  # a turn open longer than this was never ended


class ShiftName(StrEnum):
    """Which part of the day a shift is."""

    DAY = "day"  # 白班
    NIGHT = "night"  # 夜班


class Skip(StrEnum):
    """Why somebody began with no temperature of their own."""

    NO_THERMOMETER = "no_thermometer"
    QUEUE = "queue"
    OTHER = "other"


class Ending(StrEnum):
    """How a turn ended."""

    HANDED_OVER = "handed_over"
    OFF_DUTY = "off_duty"


@dataclass(frozen=True, slots=True)
class Fitness:
    """What somebody said of themselves at the beginning: temperature and last test's day."""

    operator: str
    at: datetime
    celsius: float | None = None
    tested_on: date | None = None
    skipped: Skip | None = None

    def has_fever(self, threshold_c: float) -> bool:
        """Whether the person themselves should not stand at the gate."""
        own, limit = tenths(self.celsius or 0.0), tenths(threshold_c)
        return self.celsius is not None and own is not None and limit is not None and own >= limit


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's time on duty; still on where `ended_at` is None."""

    id: UUID
    operator: str
    shift: ShiftName
    began_at: datetime
    ended_at: datetime | None = None
    ending: Ending | None = None

    def until(self, now: datetime) -> datetime:
        """Its end, or now; one never ended counts for a day at most."""
        return self.ended_at or min(now, self.began_at + FORGOTTEN)

    def covers(self, moment: datetime) -> bool:
        """Whether the person was on duty then."""
        return self.began_at <= moment and moment < (self.ended_at or self.began_at + FORGOTTEN)


def shift_at(moment: datetime, day_from: time, night_from: time) -> ShiftName:
    """The shift that a local time belongs to."""
    at = moment.time().replace(tzinfo=None)
    if day_from <= night_from:
        return ShiftName.DAY if day_from <= at < night_from else ShiftName.NIGHT
    return ShiftName.NIGHT if night_from <= at < day_from else ShiftName.DAY


def on_duty(turns: Iterable[Turn], now: datetime) -> list[Turn]:
    """Whoever is on duty now, longest first; one begun long ago and never ended is not."""
    current = [each for each in turns if each.ended_at is None and each.covers(now)]
    return sorted(current, key=lambda turn: turn.began_at)


def on_duty_for(turns: Iterable[Turn], operator: str, now: datetime) -> timedelta:
    """How long somebody has been at it without a rest, up to now."""
    own = sorted((t for t in turns if t.operator == operator), key=lambda t: t.began_at)
    worked, last_end = timedelta(), None
    for turn in own:
        if last_end is not None and turn.began_at - last_end >= REST:
            worked = timedelta()
        worked += turn.until(now) - max(turn.began_at, last_end or turn.began_at)
        last_end = max(turn.until(now), last_end or turn.until(now))
    if last_end is not None and now - last_end >= REST:
        return timedelta()
    return worked


def worked_within(
    turns: Iterable[Turn], operator: str, now: datetime, span: timedelta = DAY_LONG
) -> timedelta:
    """How long somebody has been on duty in the last hours, all turns together, up to now.

    Overlapping turns count once. A break in between does not make the day shorter: what tires is
    the sum.
    """
    own = sorted((t for t in turns if t.operator == operator), key=lambda t: t.began_at)
    worked, counted = timedelta(), now - span
    for turn in own:
        start, end = max(turn.began_at, counted), min(turn.until(now), now)
        if start < end:
            worked += end - start
            counted = end
    return worked


def fitness_of(said: Sequence[Fitness], operator: str, now: datetime) -> Fitness | None:
    """What somebody said of themselves last, as long as it holds. `said` in the order of saying."""
    own = [f for f in said if f.operator == operator and timedelta() <= now - f.at <= FIT_HOLDS]
    return sorted(own, key=lambda each: each.at)[-1] if own else None


def shift_began(turns: Sequence[Turn], now: datetime) -> datetime | None:
    """When the team that is on duty now began: the first of those still here."""
    current = on_duty(turns, now)
    return current[0].began_at if current else None
