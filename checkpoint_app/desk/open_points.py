"""What should be seen to before a period is closed. None of it keeps it from being closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.desk.duty.roll import unsigned_shifts
from checkpoint_app.desk.steps import Steps, at_once
from checkpoint_app.domain.case import Stage
from checkpoint_app.domain.sheet import Period
from checkpoint_app.settings import Settings
from checkpoint_app.store.sealing import CLOSING
from checkpoint_app.store.station import Station

_LOOKED_BACK = 7  # periods whose lists must have been handed over as they stand now


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that is missing at a closing: a stable code, and how many of it."""

    code: str
    count: int = 1


# In the order in which it is told.
OPEN_POINTS: dict[str, str] = {
    "site_without_name": "The site has no name: it would be missing on every sheet",
    "period_running": "The period is still running: whoever comes until its end raises its version",
    "tray": "{count} persons still wait in the tray",
    "cases_not_reported": "{count} cases of this period have not been reported",
    "shift_unsigned": "{count} shifts ended with no hand-over signed by both",
    "lists_not_addressed": "No unit is set that the lists are sent to",
    "lists_not_at_hub": "{count} records of this period have not reached the command office yet",
    "lists_unsent": "The lists of {count} earlier days were not handed over as they stand now",
    "day_before_open": "The period before has not been closed",
}


def missing(
    station: Station, period: Period, settings: Settings, now: datetime
) -> tuple[OpenPoint, ...]:
    """All that is missing. Raises StoreFault."""
    return at_once(missing_steps(station, period, settings, now))


def missing_steps(
    station: Station, period: Period, settings: Settings, now: datetime
) -> Steps[tuple[OpenPoint, ...]]:
    """The same in short steps."""
    counts = {
        "site_without_name": int(not settings.site_name),
        "period_running": int(now < period.end),
        "tray": sum(each.parked_at is not None for each in station.unfinished()),
        "cases_not_reported": _not_reported(station, period),
        "shift_unsigned": len(unsigned_shifts(station, settings, period, now)),
        "lists_not_addressed": int(not settings.report_to),
        "lists_not_at_hub": _not_at_hub(station, period),
    }
    yield
    counts["lists_unsent"] = yield from _unsent(station, period)
    counts["day_before_open"] = int(
        not station.sheets.closings(_earlier(period, 1)) and _any(station, _earlier(period, 1))
    )
    return tuple(OpenPoint(code, counts[code]) for code in OPEN_POINTS if counts[code])


def _earlier(period: Period, periods: int) -> Period:
    span = (period.end - period.start) * periods
    return Period(period.start - span, period.end - span)


def _any(station: Station, period: Period) -> bool:
    return any(station.day_counts(period).values())


def _not_reported(station: Station, period: Period) -> int:
    found = station.cases.cases((Stage.FOUND,), since=period.start)
    return sum(each.opened_at < period.end for each in found)


def _not_at_hub(station: Station, period: Period) -> int:
    """Records that the office has not said it has; none where this station has no office."""
    return station.sync.waiting_of(period) if station.sync.hub() is not None else 0


def _unsent(station: Station, period: Period) -> Steps[int]:
    """Earlier periods whose lists lie with nobody as they stand now: changed after they were
    closed, or (the one before is told by itself) never closed though people came."""
    count = 0
    for ago in range(1, _LOOKED_BACK + 1):
        before = _earlier(period, ago)
        handed = station.sheets.newest(CLOSING, before)
        if handed is not None and station.sheets.closings(before):
            count += not station.sheets.is_current(handed)
        elif ago > 1:
            count += _any(station, before)
        yield
    return count
