"""Passes for the roster and for visitors: signed, handed out, drawn, revoked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path

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
_LARGEST_PHOTO = 20 << 20
_PICTURES = (".jpg", ".jpeg", ".png")


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
    photos: Path | None = None
    label: bool = False


def key_of(entry: RosterEntry) -> str:
    """The number of the roster; without one, something made from what is known, never the number
    of a document: a pass is carried around and read by anybody."""
    if entry.roster_id:
        return entry.roster_id
    known = "|".join((entry.id_number or "", entry.phone or "", entry.name))
    return "m" + blake2b(known.encode("utf-8", "replace"), digest_size=6).hexdigest()


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
    chosen = {key_of(entry): entry for entry in roster(station) if _fits(entry, wanted)}
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
        badges.append(_badge(entry, made.text, made.until, order, translate))
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
    entry: RosterEntry, text: str, until: datetime, order: PassOrder, translate: Translate
) -> Badge:
    numbered = " ".join(filter(None, (entry.role, entry.roster_id)))
    lines = tuple(filter(None, (entry.unit, numbered, entry.window)))
    counts = translate("until {time}", time=f"{until:%Y-%m-%d}")
    photo = _photo(order.photos, entry)
    return Badge(order.site, translate("Pass card"), entry.name, lines, counts, text, photo)


def _photo(folder: Path | None, entry: RosterEntry) -> bytes | None:
    """The picture of a person: the file that the roster names, or one called by their number."""
    if folder is None:
        return None
    names = [entry.photo] if entry.photo else []
    names += [f"{entry.roster_id}{tail}" for tail in _PICTURES if entry.roster_id]
    for name in names:
        file = folder / Path(name).name  # never out of the folder
        if file.is_file() and file.stat().st_size <= _LARGEST_PHOTO:
            return file.read_bytes()
    return None
