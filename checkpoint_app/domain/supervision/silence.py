"""Long silence in opening hours: somebody was on duty, people come at that hour, nobody was
inspected.

What is usual is told by the days before, hour by hour; without them by the day itself. A road on
which nobody drives at night is silent and honest: what counts is how many would have come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from checkpoint_app.domain.duty.turns import Turn
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.supervision.facts import Fact
from checkpoint_app.domain.supervision.signals import Finding, Signal, Thresholds

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """When a site is open, and how many people usually come in each hour of the day."""

    opens: time = time(0)
    closes: time = time(0)  # the same as `opens`: day and night
    usual: tuple[float, ...] | None = None  # 24 values, people an hour; None: not known yet

    def is_open(self, moment: datetime) -> bool:
        """Whether the site is open at a local time."""
        at = moment.time().replace(tzinfo=None)
        if self.opens == self.closes:
            return True
        if self.opens < self.closes:
            return self.opens <= at < self.closes
        return at >= self.opens or at < self.closes


def silences(
    facts: Sequence[Fact],
    turns: Sequence[Turn],
    period: Period,
    hours: Hours,
    thresholds: Thresholds,
) -> list[Finding]:
    """The silences of a period; `period` ends now where the day is not over yet."""
    usual = hours.usual or _of_the_day(facts, period, hours, thresholds)
    found = []
    for start, end in _gaps(facts, period, hours):
        middle = start + (end - start) / 2
        there = [turn.operator for turn in turns if turn.covers(middle)]
        expected = _expected(start, end, usual)
        if there and end - start >= thresholds.silence and expected >= thresholds.silence_people:
            whose = "、".join(dict.fromkeys(there))
            found.append(Finding(Signal.SILENCE, whose, start, end, 0, expected=expected))
    return found


def _gaps(
    facts: Sequence[Fact], period: Period, hours: Hours
) -> Iterator[tuple[datetime, datetime]]:
    """Stretches with no inspection, cut to opening hours."""
    zone = period.start.tzinfo
    moments = [period.start, *(fact.at.astimezone(zone) for fact in facts), period.end]
    for before, after in pairwise(moments):
        yield from _open_parts(before, after, hours)


def _open_parts(
    start: datetime, end: datetime, hours: Hours
) -> Iterator[tuple[datetime, datetime]]:
    if hours.opens == hours.closes:
        yield start, end
        return
    borders = sorted({start, end, *_borders(start, end, hours)})
    for before, after in pairwise(borders):
        if hours.is_open(before):
            yield before, after


def _borders(start: datetime, end: datetime, hours: Hours) -> Iterator[datetime]:
    day = start.date() - timedelta(days=1)
    while day <= end.date():
        for border in (hours.opens, hours.closes):
            moment = datetime.combine(day, border, start.tzinfo)
            if start < moment < end:
                yield moment
        day += timedelta(days=1)


def _expected(start: datetime, end: datetime, usual: Sequence[float]) -> float:
    people, at = 0.0, start
    while at < end:
        until = min(end, at.replace(minute=0, second=0, microsecond=0) + _HOUR)
        people += usual[at.hour] * ((until - at) / _HOUR)
        at = until
    return people


def _of_the_day(
    facts: Sequence[Fact], period: Period, hours: Hours, thresholds: Thresholds
) -> tuple[float, ...]:
    """The day's own rate outside its long silences, for every hour alike."""
    spans = [end - start for start, end in _gaps(facts, period, hours)]
    busy = sum((span for span in spans if span < thresholds.silence), timedelta())
    rate = len(facts) / (busy / _HOUR) if busy >= _HOUR else 0.0
    return (rate,) * 24
