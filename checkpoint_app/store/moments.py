"""Times as the tables keep them: microseconds of UTC, with the local offset beside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

_START = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC. A naive time is a fault of the caller: ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a time without its offset cannot be kept")
    return (moment - _START) // timedelta(microseconds=1)


def offset_s(moment: datetime) -> int:
    """Local offset from UTC in seconds."""
    return int((moment.utcoffset() or timedelta()).total_seconds())


def moment(micros_utc: int, offset: int = 0) -> datetime:
    """The aware time again, in the offset (seconds) that it was kept with."""
    return (_START + timedelta(microseconds=micros_utc)).astimezone(
        timezone(timedelta(seconds=offset)) if offset else UTC
    )
