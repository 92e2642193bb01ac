"""The lists' quiet signs in the top bar: of which day the risk areas and the watch list are."""

from __future__ import annotations

from datetime import datetime, timedelta

from checkpoint_app.desk.view import Chip, Tone
from checkpoint_app.domain.lists import ListsInForce, ListVersion
from checkpoint_app.domain.moments import local
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings

PAGE = "lists"


def list_chips(
    lists: ListsInForce, settings: Settings, now: datetime, translate: Translate
) -> tuple[Chip, ...]:
    """A sign for each list in force; a list that was never imported has none."""
    found = (
        ("risk", "Risk list {day}", "pin", lists.risk, settings.risk_list_hours),
        ("watch", "Pushed list {day}", "people", lists.watch, settings.watch_list_hours),
    )
    return tuple(
        Chip(
            code,
            translate(message, day=day_words(each.dated, now, translate)),
            tone,
            PAGE,
            brief=_brief_day(each.dated, now, translate),
            icon=icon,
        )
        for code, message, icon, each, limit in found
        if each is not None
        for tone in (_tone(each, limit, now),)
    )


def _tone(version: ListVersion, limit: float, now: datetime) -> Tone:
    old = limit > 0 and version.is_old(now, timedelta(hours=limit))
    return Tone.ATTENTION if old else Tone.IDLE


def day_words(at: datetime, now: datetime, translate: Translate) -> str:
    """今日 06:00, 昨日 06:00, 11月20日."""
    there = local(at, now)
    days = (now.date() - there.date()).days
    clock = f"{there:%H:%M}"
    if days == 0:
        return translate("today {time}", time=clock)
    if days == 1:
        return translate("yesterday {time}", time=clock)
    return translate("{month}/{day}", month=there.month, day=there.day)


def _brief_day(at: datetime, now: datetime, translate: Translate) -> str:
    """06:00 for today, 11/20 for another day."""
    there = local(at, now)
    if there.date() == now.date():
        return f"{there:%H:%M}"
    return translate("{month}/{day}", month=there.month, day=there.day)
