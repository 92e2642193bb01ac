"""Comparing and writing moments whose offset may differ or be unknown. Nothing here raises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def aware(moment: datetime) -> datetime:
    """The moment; one without an offset is taken as UTC."""
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=UTC)


def elapsed(earlier: datetime, later: datetime) -> timedelta:
    """Time between two moments."""
    return aware(later) - aware(earlier)


def local(moment: datetime, at: datetime) -> datetime:
    """A moment in the offset of another one; at the ends of time in its own."""
    try:
        return aware(moment).astimezone(aware(at).tzinfo)
    except OverflowError:
        return moment


def shown(moment: datetime | None, at: datetime) -> str:
    """A moment as written beside another one: 11-22 07:12, with its year if that differs."""
    if moment is None:
        return ""
    there = local(moment, at)
    return f"{there:%m-%d %H:%M}" if there.year == at.year else f"{there:%Y-%m-%d %H:%M}"
