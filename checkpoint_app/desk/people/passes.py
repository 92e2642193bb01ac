"""Passes for the roster and for visitors: signed, handed out, drawn, revoked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.codes import Fault
from checkpoint_app.desk.passes import NewPass, issue
from checkpoint_app.domain.badge import LABEL, Badge
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.visiting import Visit
from checkpoint_app.i18n import Translate
from checkpoint_app.store.station import Station
from checkpoint_app.store.visiting.passes import HandedOut

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Member:
    """Someone of the roster, and the pass that counts for them now, if any."""

    key: str  # what stands for them on a pass
    entry: RosterEntry
    handed_out: HandedOut | None = None


@dataclass(frozen=True, slots=True)
class PassOrder:
    """What passes are made for: how long they count, by whom, for what site."""

    days: float
    operator: str
    site: str
    label: bool = False


def roster(station: Station) -> Iterator[RosterEntry]:
    """Everyone on the rosters in force."""
    for info in station.lists.shown():
        if info.kind is not ListKind.ROSTER:
            continue
        after = 0
        while page := station.lists.entries(info.number, after, _PAGE):
            yield from (each for each in page if isinstance(each, RosterEntry))
            after += len(page)


def members(station: Station, now: datetime, wanted: str = "") -> list[Member]:
    """The roster with its passes; `wanted` is a piece of a name, unit or number."""
    chosen = {entry.pass_key: entry for entry in roster(station) if _fits(entry, wanted)}
    counted: dict[str, HandedOut] = {}
    for each in station.passes.of(chosen, now):
        if not each.revoked:
            counted.setdefault(each.roster_id, each)
    return [Member(key, entry, counted.get(key)) for key, entry in chosen.items()]


def _fits(entry: RosterEntry, wanted: str) -> bool:
    within = " ".join(filter(None, (entry.name, entry.unit, entry.roster_id, entry.role)))
    return all(word in within.casefold() for word in wanted.casefold().split())


def make_passes(
    station: Station,
    chosen: Sequence[Member],
    order: PassOrder,
    translate: Translate,
    now: datetime,
) -> list[Badge] | Fault:
    """Sign a new pass for each; the earlier one of the same person counts no more.

    Raises StoreFault. Either all are made or none.
    """
    badges, handed = [], []
    for member in chosen:
        entry = member.entry
        new = NewPass(entry.name, member.key, timedelta(days=order.days))
        made = issue(station, new, now)
        if isinstance(made, Fault):
            return made
        handed.append(HandedOut(made.pass_id, member.key, now, made.until, order.operator))
        photo = station.portraits.of(member.key)
        badges.append(_badge(entry, (made.text, made.until, photo), order, translate))
    for member in chosen:
        if member.handed_out is not None:
            station.revoke_pass(member.handed_out.pass_id, now)
    if handed:
        station.passes.hand_out(handed, now)
    return badges


def revoke(station: Station, chosen: Iterable[Member], now: datetime) -> int:
    """Revoke the passes of these people; how many there were."""
    passes = [each.handed_out.pass_id for each in chosen if each.handed_out is not None]
    for each in passes:
        station.revoke_pass(each, now)
    return len(passes)


def sheet(badges: Sequence[Badge], *, label: bool) -> bytes:
    """The badges on A4, ten a page, or each on a label."""
    from checkpoint_app.registers.badges import render_badges  # slow to load, rarely used

    return render_badges(badges, LABEL if label else None)


def visitors_pass(
    station: Station, visit: Visit, hours: float, site: str, translate: Translate, now: datetime
) -> tuple[str, Badge] | Fault:
    """A day pass for a visitor, and its label."""
    made = issue(
        station, NewPass(visit.name, f"v{visit.id.hex[-10:]}", timedelta(hours=hours)), now
    )
    if isinstance(made, Fault):
        return made
    handed = HandedOut(made.pass_id, f"v{visit.id.hex[-10:]}", now, made.until, visit.operator)
    station.passes.hand_out([handed], now)
    whom = translate("Visits: {host}", host=visit.host) if visit.host else ""
    persons = translate("{count} persons", count=visit.persons) if visit.persons > 1 else ""
    until = translate("until {time}", time=f"{made.until:%m-%d %H:%M}")
    badge = Badge(
        site, translate("Visitor"), visit.name, (visit.unit, whom, persons), until, made.text
    )
    return made.pass_id, badge


def _badge(
    entry: RosterEntry,
    signed: tuple[str, datetime, bytes | None],
    order: PassOrder,
    translate: Translate,
) -> Badge:
    text, until, photo = signed
    numbered = " ".join(filter(None, (entry.role, entry.roster_id)))
    lines = tuple(filter(None, (entry.unit, numbered, entry.window)))
    counts = translate("until {time}", time=f"{until:%Y-%m-%d}")
    return Badge(order.site, translate("Pass card"), entry.name, lines, counts, text, photo)
