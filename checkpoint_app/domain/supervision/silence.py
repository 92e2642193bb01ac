"""Long silence in opening hours, and people written down afterwards: somebody was on duty, people
come at that hour, and nobody was inspected; or many were, all at once, when the silence ended.

What is usual is told by the days before, hour by hour, days of work and free days apart; without
them by the day itself. A road on which nobody drives at night is silent and honest: what counts is
how many would have come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from checkpoint_app.domain.duty.turns import Turn
from checkpoint_app.domain.opening import Opening
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.supervision.facts import Fact
from checkpoint_app.domain.supervision.signals import Finding, Signal, Thresholds

_HOUR = timedelta(hours=1)
Rates = tuple[float, ...]  # 24 values, people an hour


@dataclass(frozen=True, slots=True)
class Hours:
    """When a site is open, and how many people usually come in each hour of the day.

    `usual` is for a day of work, `free` for one on which work rests; None where it is not known.
    """

    opening: Opening = field(default_factory=Opening)
    usual: Rates | None = None
    free: Rates | None = None

    def of(self, day: date) -> Rates | None:
        """What is usual on a day."""
        return self.usual if self.opening.is_working(day) else self.free


def silences(
    facts: Sequence[Fact],
    turns: Sequence[Turn],
    period: Period,
    hours: Hours,
    thresholds: Thresholds,
) -> list[Finding]:
    """The silences of a period; `period` ends now where the day is not over yet."""
    instead = _of_the_day(facts, period, hours, thresholds)
    found = []
    for start, end in _gaps(facts, period, hours):
        there = _on_duty(turns, start, end)
        expected = _expected(start, end, hours, instead)
        if there and end - start >= thresholds.silence and expected >= thresholds.silence_people:
            found.append(Finding(Signal.SILENCE, there, start, end, 0, expected=expected))
    return found


def afterwards(
    facts: Sequence[Fact],
    turns: Sequence[Turn],
    period: Period,
    hours: Hours,
    thresholds: Thresholds,
) -> list[Finding]:
    """People typed one upon the other after a time in which as many would have come to that hand.

    A queue that waited through a meal looks the same: the pause must be longer than a meal. Each
    is measured by their own share of the day's people, so that two at a post are told apart.
    """
    instead = _of_the_day(facts, period, hours, thresholds)
    found: list[Finding] = []
    for operator in dict.fromkeys(fact.operator for fact in facts):
        own = [fact for fact in facts if fact.operator == operator]
        for turn in turns:
            if turn.operator != operator:
                continue
            there = Period(
                max(period.start, turn.began_at), min(period.end, turn.until(period.end))
            )
            share = _share_of(own, facts, there)
            for start, end in _gaps(own, there, hours):
                expected = share * _expected(start, end, hours, instead)
                if end - start >= thresholds.batch_after and expected >= thresholds.batch_people:
                    found += _written(own, start, end, expected, thresholds)
    return found


def _share_of(own: Sequence[Fact], facts: Sequence[Fact], there: Period) -> float:
    """One's part of those who were inspected in one's turn."""
    theirs = sum(there.start <= fact.at < there.end for fact in own)
    everybodys = sum(there.start <= fact.at < there.end for fact in facts)
    return theirs / everybodys if everybodys else 0.0


def _written(
    own: Sequence[Fact], start: datetime, end: datetime, expected: float, thresholds: Thresholds
) -> Iterator[Finding]:
    behind = _burst(own, end, thresholds)
    if len(behind) < max(thresholds.batch_people, _PART * expected):
        return
    yield Finding(
        Signal.BATCH,
        behind[0].operator,
        start,
        behind[-1].at,
        len(behind),
        expected=expected,
        records=tuple(fact.id for fact in behind),
    )


_PART = 0.5  # of those who would have come


def _burst(own: Sequence[Fact], after: datetime, thresholds: Thresholds) -> list[Fact]:
    """Those typed by one hand, one upon the other, from a moment on."""
    behind: list[Fact] = []
    for fact in own:
        if fact.at < after:
            continue
        late = bool(behind) and fact.at - behind[-1].at > thresholds.batch_pause
        if late or not fact.by_hand:
            break
        behind.append(fact)
    return behind


def _on_duty(turns: Sequence[Turn], start: datetime, end: datetime) -> str:
    middle = start + (end - start) / 2
    return "、".join(dict.fromkeys(turn.operator for turn in turns if turn.covers(middle)))


def _gaps(
    facts: Sequence[Fact], period: Period, hours: Hours
) -> Iterator[tuple[datetime, datetime]]:
    """Stretches with no inspection, cut to opening hours."""
    zone = period.start.tzinfo
    moments = [period.start, *(fact.at.astimezone(zone) for fact in facts), period.end]
    opened = list(hours.opening.spans(period.start, period.end))
    for before, after in pairwise(moments):
        for opens, closes in opened:
            start, end = max(before, opens), min(after, closes)
            if start < end:
                yield start, end


def _expected(start: datetime, end: datetime, hours: Hours, instead: Rates) -> float:
    people, at = 0.0, start
    while at < end:
        until = min(end, at.replace(minute=0, second=0, microsecond=0) + _HOUR)
        usual = hours.of(at.date()) or instead
        people += usual[at.hour] * ((until - at) / _HOUR)
        at = until
    return people


def _of_the_day(
    facts: Sequence[Fact], period: Period, hours: Hours, thresholds: Thresholds
) -> Rates:
    """The day's own rate outside its long silences, for every hour alike."""
    spans = [end - start for start, end in _gaps(facts, period, hours)]
    busy = sum((span for span in spans if span < thresholds.silence), timedelta())
    rate = len(facts) / (busy / _HOUR) if busy >= _HOUR else 0.0
    return (rate,) * 24
