"""Dates and times as pages print them, and the page's own running clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from checkpoint_app.vision.page.layout import Layout, Print, gaps, owner, same_row
from checkpoint_app.vision.page.tables import Tables

_SURE = 0.8  # of a digit's score; below it the field is uncertain

ACROSS_NEW_YEAR = timedelta(days=31)
_DAY = r"(?:(?P<year>20\d\d) ?[-./年] ?)?(?P<month>\d{1,2}) ?[-./月] ?(?P<day>\d{1,2})日?"
_TIME = r"(?P<hour>\d{1,2}) ?[:时;] ?(?P<minute>\d{2})(?: ?[:分;] ?(?P<second>\d{2}))?"
_DAY_TIME = re.compile(rf"(?<![\d.]){_DAY} {{0,3}}{_TIME}(?!\d)")
_TIME_DAY = re.compile(rf"(?<![\d:]){_TIME} {{0,3}}{_DAY}(?!\d)")
_DAY_HOUR = re.compile(rf"(?<![\d.]){_DAY} {{0,3}}(?P<hour>\d{{1,2}})时(?!\d)")
_DAY_ALONE = re.compile(rf"(?<![\d.]){_DAY}(?![\d.:])")
_TIME_ALONE = re.compile(rf"(?<![\d:]){_TIME}(?!\d)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed moment; `day` or `at` None where only the other is printed."""

    day: date | None
    at: time | None
    ticks: bool  # seconds are printed
    sure: bool
    whole_year: bool = True

    @property
    def value(self) -> datetime | date | None:
        if self.day is None or self.at is None:
            return self.day
        return datetime.combine(self.day, self.at)


def moments(line: Print, now: datetime) -> Iterator[Moment]:
    """Every moment in a line, from the left; `now` (naive, local) gives a missing year."""
    text = line.text
    at = 0
    while True:
        found = [shape.search(text, at) for shape in (_DAY_TIME, _TIME_DAY, _DAY_HOUR)]
        match = min((each for each in found if each), key=lambda each: each.start(), default=None)
        if match is None:
            break
        moment = _moment(line, match, now)
        if moment is not None:
            yield moment
        at = match.end()
    if at == 0:
        for shape in (_DAY_ALONE, _TIME_ALONE):
            singles = (_moment(line, match, now) for match in shape.finditer(text))
            yield from (each for each in singles if each is not None)


def _moment(line: Print, match: re.Match[str], now: datetime) -> Moment | None:
    parts = {key: int(value) for key, value in match.groupdict().items() if value}
    day = _day(parts, now) if "day" in parts else None
    if "day" in parts and day is None:
        return None
    at = None
    if "hour" in parts:
        try:
            at = time(parts["hour"], parts.get("minute", 0), parts.get("second", 0))
        except ValueError:
            return None
    sure = line.sure(match.start(), match.end(), "0123456789") >= _SURE
    return Moment(day, at, "second" in parts, sure, "year" in parts)


def _day(parts: dict[str, int], now: datetime) -> date | None:
    """The day; without a printed year that of now, or across New Year the one next to now."""
    years = [parts["year"]] if "year" in parts else [now.year - 1, now.year, now.year + 1]
    days = []
    for year in years:
        try:
            days.append(date(year, parts["month"], parts["day"]))
        except ValueError:
            continue
    nearest = min(days, key=lambda each: abs(each - now.date()), default=None)
    if nearest is None or abs(nearest - now.date()) <= ACROSS_NEW_YEAR:
        return nearest
    return next((each for each in days if each.year == now.year), nearest)


@dataclass(frozen=True, slots=True)
class Clock:
    """The page's own clock and the lines that it was read from."""

    value: datetime
    ticks: bool
    sure: bool
    lines: tuple[Print, ...]


def clock(layout: Layout, tables: Tables, now: datetime) -> Clock | None:
    """The page's clock: with seconds the largest; without them only beside a word for it."""
    candidates = [*_whole(layout, now), *_in_two(layout, now)]
    ticking = [each for each in candidates if each.ticks and not _of_a_test(each, layout, tables)]
    labelled = [each for each in candidates if _labelled(each, layout, tables)]
    plain = [each for each in candidates if _stands_out(each, layout, tables)]
    for kind in (ticking, labelled, plain):
        if kind:
            return max(kind, key=lambda each: each.lines[0].height)
    return _time_alone(layout, tables, now)


def _whole(layout: Layout, now: datetime) -> Iterator[Clock]:
    for line in layout.lines:
        for each in moments(line, now):
            if each.day is not None and each.at is not None:
                value = datetime.combine(each.day, each.at)
                yield Clock(value, each.ticks, each.sure, (line,))


def _in_two(layout: Layout, now: datetime) -> Iterator[Clock]:
    """A day and a time of day in two lines of one row, or one right under the other."""
    single = [
        (line, found[0])
        for line in layout.lines
        if len(found := list(moments(line, now))) == 1
        and (found[0].day is None or found[0].at is None)
    ]
    for day_line, day in single:
        for time_line, at in single:
            if day.day is None or at.at is None or not _belong(day_line, time_line):
                continue
            value = datetime.combine(day.day, at.at)
            yield Clock(value, at.ticks, day.sure and at.sure, (time_line, day_line))


def _belong(one: Print, two: Print) -> bool:
    across, down = gaps(one.line, two.line)
    if same_row(one.line, two.line):
        return across < 5 * max(one.height, two.height)
    return across == 0 and down < 0.8 * max(one.height, two.height)


def _of_a_test(clock: Clock, layout: Layout, tables: Tables) -> bool:
    """Whether a test's or a vaccination's words stand in the same line."""
    return any(
        tables.has(kind, line.text)
        for line in clock.lines
        for kind in ("test.about", "test.dated", "vaccination.about")
    )


def _labelled(clock: Clock, layout: Layout, tables: Tables) -> bool:
    beside = [
        each
        for line in clock.lines
        for each in layout.lines
        if each is line or (same_row(each.line, line.line) and each.line.right <= line.line.left)
    ]
    told = any(tables.has("labels.clock", each.text) for each in beside)
    return told and not _of_a_test(clock, layout, tables)


def _stands_out(clock: Clock, layout: Layout, tables: Tables) -> bool:
    """A clock without seconds: larger than most print, close to the code, under no heading."""
    if layout.code is None or _of_a_test(clock, layout, tables):
        return False
    heights = sorted(each.height for each in layout.lines)
    line = clock.lines[0]
    if line.height < 1.15 * heights[len(heights) // 2]:
        return False
    side = layout.code.right - layout.code.left
    across, down = gaps(line.line, layout.code)
    return across == 0 and down < 0.4 * side


def _time_alone(layout: Layout, tables: Tables, now: datetime) -> Clock | None:
    """A time of day with seconds and no day: the day that brings it nearest to now."""
    found = [
        (line, each)
        for line in layout.lines
        for each in moments(line, now)
        if each.day is None and each.at is not None and each.ticks
    ]
    if not found:
        return None
    line, moment = max(found, key=lambda each: each[0].height)
    assert moment.at is not None
    days = [now.date() + timedelta(days=each) for each in (-1, 0, 1)]
    values = [datetime.combine(day, moment.at) for day in days]
    value = min(values, key=lambda each: abs(each - now))
    return Clock(value, True, moment.sure, (line,))


def dated(
    layout: Layout, heads: list[Print], kinds: list[Print], clock: Clock | None, now: datetime
) -> list[tuple[Print, Moment]]:
    """Moments that belong to one of `kinds` among all `heads` of the page, the clock left out.

    A missing year is the clock's; what lies after it is none of the bearer's past.
    """
    taken = clock.lines if clock is not None else ()
    now = clock.value if clock is not None else now
    return [
        (line, moment)
        for line in layout.lines
        if not any(line is each for each in taken)
        if line in kinds or owner(line.line, heads) in kinds
        for moment in moments(line, now)
        if moment.day is not None and moment.day <= now.date() + timedelta(days=1)
    ]
