"""Signals of box-ticking (切忌流于形式) in the records of a day. Each says what was seen, not why.

A signal is a reason to look at the records behind it, never a verdict on a person: a stuck
thermometer and a lazy hand look the same from here. Thresholds are such that an honest shift is
rarely told of; how rarely is measured on generated shifts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from math import log, sqrt
from uuid import UUID

from checkpoint_app.domain.supervision.facts import Fact

_LEAST_READINGS = 40  # fewer readings say nothing about their spread
_BY_CHANCE = 0.003  # runs in a shift that chance alone may make
_RARELY = 0.01  # people let through by an officer's word: that often it is no habit
_MINUTE = timedelta(minutes=1)


class Signal(StrEnum):
    """What may be told. Values are for ever."""

    SAME_RUN = "same_run"  # identical temperatures in a row
    SAME_SHARE = "same_share"  # nearly all readings are one of two values
    AS_BEFORE = "as_before"  # the person before typed once more, again and again
    PACE = "pace"  # faster than anybody can inspect by hand
    CODE_MISSING = "code_missing"  # let through with a code not seen
    NO_RETEST = "no_retest"  # a fever let go with no second reading
    SILENCE = "silence"  # nobody inspected in opening hours
    BATCH = "batch"  # many at once after a silence: written down afterwards


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something is told. The station's settings."""

    same_run: int = 8
    same_share: float = 0.75
    pace: int = 13  # inspections by hand within one minute
    missing: int = 3
    silence: timedelta = timedelta(minutes=90)
    silence_people: float = 12.0  # as many would have come in that time, as days go here
    as_before: float = 0.2  # so much more often like the one before than like those around
    above_usual: float = 0.15  # two values: so much more than others here have of them
    batch_after: timedelta = timedelta(minutes=45)  # longer than a meal
    batch_people: int = 10
    batch_pause: timedelta = timedelta(seconds=60)  # a longer one between two ends the burst


@dataclass(frozen=True, slots=True)
class Finding:
    """One signal: when, whose, the figures of its sentence, and the records behind it."""

    signal: Signal
    operator: str
    start: datetime
    end: datetime
    count: int
    values: tuple[int, ...] = ()  # temperatures in tenths
    share: float = 0.0
    expected: float = 0.0  # people who would have come; AS_BEFORE: share alike further apart
    records: tuple[UUID, ...] = ()


def examine(
    facts: Sequence[Fact], thresholds: Thresholds, before: Sequence[Fact] = ()
) -> list[Finding]:
    """All that one period's records tell, operator by operator, by time. `facts` by time.

    `before`: what was inspected here in the days before, to know the thermometer by.
    """
    found: list[Finding] = []
    measured = [fact for fact in (*before, *facts) if fact.first_tenths is not None]
    cut_off = _cut_off(facts)
    for own in _by_operator(facts):
        others = [fact for fact in measured if fact.operator != own[0].operator]
        found += _same_runs(own, others, thresholds)
        found += _same_share(own, others, thresholds)
        found += _as_before(own, thresholds)
        found += _pace(own, thresholds)
        found += _code_missing(own, cut_off, thresholds)
    found += _no_retest(facts)
    return sorted(found, key=lambda finding: (finding.start, finding.signal))


def _by_operator(facts: Iterable[Fact]) -> list[list[Fact]]:
    own: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        own[fact.operator].append(fact)
    return list(own.values())


def _finding(signal: Signal, behind: Sequence[Fact], **figures: object) -> Finding:
    return Finding(
        signal,
        behind[0].operator,
        behind[0].at,
        behind[-1].at,
        len(behind),
        records=tuple(fact.id for fact in behind),
        **figures,  # type: ignore[arg-type]
    )


def _same_runs(
    own: Sequence[Fact], others: Sequence[Fact], thresholds: Thresholds
) -> Iterator[Finding]:
    measured = [fact for fact in own if fact.first_tenths is not None]
    counted = Counter(fact.first_tenths for fact in measured)
    theirs = Counter(fact.first_tenths for fact in others)
    for value, run in groupby(measured, key=lambda fact: fact.first_tenths):
        behind = list(run)
        if value is None or len(behind) < max(2, thresholds.same_run):
            continue
        elsewhere, rest = counted[value] - len(behind), len(measured) - len(behind)
        least = max(
            _longest_by_chance(elsewhere, rest), _longest_by_chance(theirs[value], len(others))
        )
        if len(behind) >= least:
            yield _finding(Signal.SAME_RUN, behind, values=(value,))


def _longest_by_chance(times: int, readings: int) -> float:
    """The run that an honest hand has once in some hundred shifts, for a value met so many times
    among other readings, one's own or the others': a thermometer may show nearly everybody the
    same."""
    if readings < _LEAST_READINGS:
        return 0.0
    share = (times + 1) / (readings + 2)
    return log(_BY_CHANCE / readings) / log(share)


def _same_share(
    own: Sequence[Fact], others: Sequence[Fact], thresholds: Thresholds
) -> Iterator[Finding]:
    """Hardly any spread, and clearly less than others have at the same post.

    A thermometer that rounds to half degrees says nothing here; one that shows nearly everybody
    the same does so for everybody.
    """
    measured = [fact for fact in own if fact.first_tenths is not None]
    if len(measured) < _LEAST_READINGS or _is_coarse(measured):
        return
    share, values = _two_commonest(measured)
    usual = _two_commonest(others)[0] if len(others) >= _LEAST_READINGS else 0.0
    if share >= min(_ALL_BUT, max(thresholds.same_share, usual + thresholds.above_usual)):
        behind = [fact for fact in measured if fact.first_tenths in values]
        yield _finding(Signal.SAME_SHARE, behind, values=values, share=share)


_ALL_BUT = 0.98  # no thermometer shows so many the same by itself, whatever others have here


def _two_commonest(measured: Sequence[Fact]) -> tuple[float, tuple[int, ...]]:
    counted = Counter(fact.first_tenths for fact in measured).most_common(2)
    values = tuple(sorted(value for value, _ in counted if value is not None))
    return sum(count for _, count in counted) / len(measured), values


def _is_coarse(measured: Sequence[Fact]) -> bool:
    """Whether the thermometer rounds to half degrees, and more than one of them was seen."""
    values = {fact.first_tenths for fact in measured if fact.first_tenths is not None}
    return len(values) > 1 and all(value % 5 == 0 for value in values)


def _as_before(own: Sequence[Fact], thresholds: Thresholds) -> Iterator[Finding]:
    """The reading of the person before, typed again: neighbours are alike far more often than
    people some places apart, who came in the same weather past the same thermometer."""
    measured = [fact for fact in own if fact.first_tenths is not None]
    readings = [fact.first_tenths for fact in measured]
    pairs = len(readings) - 1
    if pairs < _LEAST_READINGS:
        return
    alike = sum(readings[n] == readings[n + 1] for n in range(pairs)) / pairs
    apart = sum(_alike_at(readings, lag) for lag in _APART) / len(_APART)
    doubt = sqrt(max(apart * (1 - apart), 0.01) / pairs)
    if alike - apart >= max(thresholds.as_before, _DOUBTS * doubt):
        behind = [b for a, b in pairwise(measured) if a.first_tenths == b.first_tenths]
        yield _finding(Signal.AS_BEFORE, behind, share=alike, expected=apart)


_APART = range(4, 10)
_DOUBTS = 4.0  # standard errors


def _alike_at(readings: Sequence[int | None], lag: int) -> float:
    pairs = len(readings) - lag
    return sum(readings[n] == readings[n + lag] for n in range(pairs)) / pairs


def _pace(own: Sequence[Fact], thresholds: Thresholds) -> Iterator[Finding]:
    """People begun by hand within one minute; overlapping minutes are one finding.

    Counted by when each person was begun: a vehicle's people are let go together.
    """
    begun = sorted((fact for fact in own if fact.by_hand), key=lambda fact: fact.opened_at)
    spans: list[tuple[int, int]] = []
    first = 0
    for last, fact in enumerate(begun):
        while fact.opened_at - begun[first].opened_at >= _MINUTE:
            first += 1
        if last - first + 1 <= max(1, thresholds.pace):
            continue
        start = spans.pop()[0] if spans and spans[-1][1] >= first else first
        spans.append((start, last))
    for start, last in spans:
        yield _finding(Signal.PACE, begun[start : last + 1])


def _code_missing(
    own: Sequence[Fact], cut_off: Sequence[datetime], thresholds: Thresholds
) -> Iterator[Finding]:
    """Not told of while codes got no answer: then a card does not load on anybody's phone."""
    missing = [fact for fact in own if fact.code_missing]
    behind = [fact for fact in missing if not _near(fact.at, cut_off)]
    if len(behind) >= max(1, thresholds.missing, len(own) * _RARELY):
        yield _finding(Signal.CODE_MISSING, behind)


_AROUND = timedelta(minutes=15)


def _cut_off(facts: Iterable[Fact]) -> list[datetime]:
    """When codes got no answer, in order."""
    return sorted(fact.at for fact in facts if fact.code_failed)


def _near(at: datetime, moments: Sequence[datetime]) -> bool:
    """Whether at least two of the moments are near: one may be that phone's own fault."""
    first = bisect_left(moments, at - _AROUND)
    return bisect_right(moments, at + _AROUND) - first >= 2


def _no_retest(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Each one by itself: a single fever let go is worth a look."""
    for fact in facts:
        if fact.unretested and fact.first_tenths is not None:
            yield _finding(Signal.NO_RETEST, [fact], values=(fact.first_tenths,))
