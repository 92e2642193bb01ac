"""A moment as a page says it."""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.ui.look import Look


def time_text(at: datetime, now: datetime, look: Look) -> str:
    """14:03 of today, else 11月22日 14:03; with the year where it is another one."""
    there = at.astimezone(now.tzinfo)
    if there.date() == now.date():
        return f"{there:%H:%M}"
    day = look.translate("{month}/{day}", month=there.month, day=there.day)
    year = f"{there.year} " if there.year != now.year else ""
    return f"{year}{day} {there:%H:%M}"
