"""Signals of box-ticking (切忌流于形式) in the records of a day. Each says what was seen, not why.

A signal is a reason to look at the records behind it, never a verdict on a person: a stuck
thermometer and a lazy hand look the same from here. Thresholds are such that an honest shift is
rarely told of; how rarely is measured on generated shifts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from math import log
from uuid import UUID

from checkpoint_app.domain.supervision.facts import Fact

_LEAST_READINGS = 40  # fewer readings say nothing about their spread
_BY_CHANCE = 0.01  # runs in a shift that chance alone may make
_RARELY = 0.01  # people let through by an officer's word: that often it is no habit
_MINUTE = timedelta(minutes=1)


class Signal(StrEnum):
    """What may be told. Values are for ever."""

    SAME_RUN = "same_run"  # identical temperatures in a row
    SAME_SHARE = "same_share"  # nearly all readings are one of two values
    PACE = "pace"  # faster than anybody can inspect by hand
    CODE_MISSING = "code_missing"  # let through with a code not seen
    NO_RETEST = "no_retest"  # a fever let go with no second reading
    SILENCE = "silence"  # nobody inspected in opening hours


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something is told. The station's settings."""

    same_run: int = 8
    same_share: float = 0.75
    pace: int = 12  # inspections by hand within one minute
    missing: int = 3
    silence: timedelta = timedelta(minutes=90)
    silence_people: float = 12.0  # as many would have come in that time, as days go here


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
    expected: float = 0.0  # people who would have come
    records: tuple[UUID, ...] = ()


def examine(facts: Sequence[Fact], thresholds: Thresholds) -> list[Finding]:
    """All that one period's records tell, operator by operator, by time. `facts` by time."""
    found: list[Finding] = []
    for own in _by_operator(facts):
        found += _same_runs(own, thresholds)
        found += _same_share(own, thresholds)
        found += _pace(own, thresholds)
        found += _code_missing(own, thresholds)
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


def _same_runs(own: Sequence[Fact], thresholds: Thresholds) -> Iterator[Finding]:
    measured = [fact for fact in own if fact.first_tenths is not None]
    counted = Counter(fact.first_tenths for fact in measured)
    for value, run in groupby(measured, key=lambda fact: fact.first_tenths):
        behind = list(run)
        if value is None or len(behind) < max(2, thresholds.same_run):
            continue
        elsewhere = counted[value] - len(behind)
        if len(behind) >= _longest_by_chance(elsewhere, len(measured) - len(behind)):
            yield _finding(Signal.SAME_RUN, behind, values=(value,))


def _longest_by_chance(times: int, readings: int) -> float:
    """The run that an honest hand has once in a hundred shifts, for a value that it met so many
    times among its other readings: a thermometer may show nearly everybody the same."""
    if readings < _LEAST_READINGS:
        return 0.0
    share = (times + 1) / (readings + 2)
    return log(_BY_CHANCE / readings) / log(share)


def _same_share(own: Sequence[Fact], thresholds: Thresholds) -> Iterator[Finding]:
    measured = [fact for fact in own if fact.first_tenths is not None]
    if len(measured) < _LEAST_READINGS:
        return
    counted = Counter(fact.first_tenths for fact in measured).most_common(2)
    values = tuple(sorted(value for value, _ in counted if value is not None))
    share = sum(count for _, count in counted) / len(measured)
    if share >= thresholds.same_share:
        behind = [fact for fact in measured if fact.first_tenths in values]
        yield _finding(Signal.SAME_SHARE, behind, values=values, share=share)


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


def _code_missing(own: Sequence[Fact], thresholds: Thresholds) -> Iterator[Finding]:
    behind = [fact for fact in own if fact.code_missing]
    if len(behind) >= max(1, thresholds.missing, len(own) * _RARELY):
        yield _finding(Signal.CODE_MISSING, behind)


def _no_retest(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Each one by itself: a single fever let go is worth a look."""
    for fact in facts:
        if fact.unretested and fact.first_tenths is not None:
            yield _finding(Signal.NO_RETEST, [fact], values=(fact.first_tenths,))
