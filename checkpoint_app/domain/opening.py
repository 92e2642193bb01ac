"""When a site is open: hours of each weekday, days closed and days open all the same (调休). Pure.

As text, for the settings: seven spans from Monday, `07:00-18:00` or `closed`, with commas between;
one span alone is every day; nothing is what is usual for the kind of site. The same time twice is
day and night; a span that ends before it begins runs over midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from checkpoint_app.domain.site import SiteKind

CLOSED = "closed"
ALL_DAY = "00:00-00:00"
_WEEK = 7
_SPAN = re.compile(r"(\d{1,2}:\d\d)\s*[-–~—至到]\s*(\d{1,2}:\d\d)", re.ASCII)
_DAY = timedelta(days=1)
_LONGEST = 400  # days that one span of dates may have

Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Opening:
    """A site's week and its exceptions. `week` from Monday; None is a closed day."""

    week: tuple[Span | None, ...] = ((time(0), time(0)),) * _WEEK
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()  # worked on although the weekday is closed

    @property
    def always(self) -> bool:
        """Open day and night, every day."""
        return not self.closed and all(span and span[0] == span[1] for span in self.week)

    def hours(self, day: date) -> Span | None:
        """The hours of one day, None where it is closed."""
        if day in self.closed:
            return None
        own = self.week[day.weekday()]
        if own is None and day in self.open:
            return next((span for span in self.week if span is not None), None)
        return own

    def is_working(self, day: date) -> bool:
        """A day like those from Monday to Friday: what is usual differs from that of the others."""
        if day in self.open:
            return True
        return day not in self.closed and day.weekday() < 5

    def spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of a time in which the site is open, in order."""
        day = start.date() - _DAY
        last: tuple[datetime, datetime] | None = None
        while day <= end.date():
            found = self._of_day(day, start.tzinfo)
            day += _DAY
            if found is None:
                continue
            begins, ends = max(found[0], start), min(found[1], end)
            if begins >= ends:
                continue
            if last is not None and begins <= last[1]:
                last = (last[0], max(last[1], ends))
                continue
            if last is not None:
                yield last
            last = (begins, ends)
        if last is not None:
            yield last

    def last_closing(self, now: datetime) -> datetime | None:
        """When it closed last, None where it did not within a fortnight."""
        for back in range(2 * _WEEK + 1):
            found = self._of_day(now.date() - back * _DAY, now.tzinfo)
            if found is not None and found[1] <= now:
                return found[1]
        return None

    def _of_day(self, day: date, zone: tzinfo | None) -> tuple[datetime, datetime] | None:
        hours = self.hours(day)
        if hours is None:
            return None
        opens, closes = hours
        until = day if opens < closes else day + _DAY
        return datetime.combine(day, opens, zone), datetime.combine(until, closes, zone)


_WORKDAYS = {SiteKind.SCHOOL: "06:30-19:00", SiteKind.OFFICE: "07:30-18:30"}
_EVERY_DAY = {SiteKind.MALL: "08:00-22:00"}


def usual_week(kind: str) -> str:
    """What is usual for a kind of site: a road never closes, a school does at weekends."""
    if kind in _WORKDAYS:
        return ",".join([_WORKDAYS[SiteKind(kind)]] * 5 + [CLOSED] * 2)
    return _EVERY_DAY.get(SiteKind(kind), ALL_DAY) if kind in set(SiteKind) else ALL_DAY


def opening(text: str, kind: str, closed: str = "", worked: str = "") -> Opening:
    """The opening hours of a site from its settings; what cannot be read is as usual."""
    week = read_week(text or usual_week(kind)) or read_week(usual_week(kind)) or Opening().week
    return Opening(week, read_dates(closed) or frozenset(), read_dates(worked) or frozenset())


def read_week(text: str) -> tuple[Span | None, ...] | None:
    """Seven spans, None where the text is none; a closed day is None in its place."""
    parts = [part.strip() for part in re.split("[,，;；]", text)]
    if len(parts) == 1:
        parts *= _WEEK
    if len(parts) != _WEEK or not all(is_span(part) for part in parts):
        return None
    return tuple(_span(part) for part in parts)


def is_span(text: str) -> bool:
    """Whether one day's hours can be read."""
    try:
        return text in ("", CLOSED) or _span(text) is not None
    except ValueError:
        return False


def spans_of(text: str, kind: str) -> tuple[str, ...]:
    """Seven texts, one a day from Monday, of a setting or of what is usual."""
    week = read_week(text) if text else None
    return tuple(_span_text(each) for each in week or read_week(usual_week(kind)) or ())


def _span_text(span: Span | None) -> str:
    if span is None:
        return CLOSED
    if span[0] == span[1]:
        return "00:00-24:00" if span[0] == time(0) else f"{span[0]:%H:%M}-{span[1]:%H:%M}"
    return f"{span[0]:%H:%M}-{span[1]:%H:%M}".replace("-00:00", "-24:00")


def read_dates(text: str) -> frozenset[date] | None:
    """Days, and spans of days with `~` between; None where something is no day."""
    days: set[date] = set()
    for part in re.split(r"[,，;；、\s]+", text.strip()):
        if not part:
            continue
        try:
            ends = [date.fromisoformat(each) for each in re.split(r"[~～至]", part)]
        except ValueError:
            return None
        if len(ends) > 2 or not timedelta() <= ends[-1] - ends[0] <= _LONGEST * _DAY:
            return None
        days.update(ends[0] + n * _DAY for n in range((ends[-1] - ends[0]).days + 1))
    return frozenset(days)


def _span(text: str) -> Span | None:
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    first, last = (
        time.fromisoformat(each.zfill(5).replace("24:00", "00:00")) for each in found.groups()
    )
    return first, last
