"""From the entries that a look-up brought up to the hits that a verdict weighs. Pure.

A watched person is hit by any number that fits: the officer finds out who uses whose phone. On the
roster is only who fits altogether, for there a hit lets somebody in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from checkpoint_app.domain.list_entries import (
    Entry,
    ReturneeEntry,
    RosterEntry,
    WatchEntry,
)
from checkpoint_app.domain.lists import CountyToken, ListHits, Wanted, match_keys
from checkpoint_app.domain.moments import elapsed, shown
from checkpoint_app.domain.person import tidy_name, tidy_number
from checkpoint_app.domain.returnee import Certificate

COUNTY = "county"  # as the source of an entry that names none itself
E = TypeVar("E", ReturneeEntry, RosterEntry)


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry that shares something with the person, and the list that it stands on."""

    source: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Around:
    """What of the lists holds for everyone: whether there is a roster, risk areas, old lists."""

    has_roster: bool = False
    risk_areas: frozenset[str] = frozenset()
    old: tuple[str, ...] = ()


def hits_of(wanted: Wanted, found: Sequence[FoundEntry], around: Around, now: datetime) -> ListHits:
    """What the lists say about this person."""
    fitting = [each for each in found if fits(wanted, each.entry)]
    watched = [each for each in fitting if isinstance(each.entry, WatchEntry)]
    returnee = _first(fitting, ReturneeEntry)
    member = _first(fitting, RosterEntry)
    return ListHits(
        watch=_watch_text(watched),
        returnee=_returnee_text(returnee, now) if returnee else None,
        certificates_missing=tuple(Certificate) if returnee else (),
        risk_areas=around.risk_areas,
        on_roster=member is not None if around.has_roster else None,
        test_overdue=_overdue(member, now) if member else None,
        member=member,
        old=around.old,
    )


OfficeTold = Mapping[CountyToken, Sequence[WatchEntry]]


def with_office(hits: ListHits, wanted: Wanted, told: OfficeTold) -> ListHits:
    """The hits with what the command office told about their tokens.

    Somebody who is meant stands on a list; a token that only looked like it clears them. Where an
    answer is missing they still may be meant.
    """
    entries = [each for token in hits.county_tokens for each in told.get(token, ())]
    meant = [FoundEntry(COUNTY, each) for each in entries if _meant(wanted, each)]
    if meant:
        listed = "、".join(filter(None, (hits.watch, _watch_text(meant))))
        return replace(hits, watch=listed, county=False)
    answered = all(token in told for token in hits.county_tokens)
    return replace(hits, county=False) if answered else hits


def _meant(wanted: Wanted, entry: WatchEntry) -> bool:
    return bool(wanted.keys() & set(match_keys(entry.id_number, entry.phone, entry.plate)))


def fits(wanted: Wanted, entry: Entry) -> bool:
    """Whether an entry that shares a key may be this person.

    The roster asks for more than a number in common: no document, and no name, may contradict.
    """
    if isinstance(entry, RosterEntry):
        return not (
            _differ(tidy_number(wanted.id_number or ""), tidy_number(entry.id_number or ""))
            or _differ(tidy_name(wanted.name), tidy_name(entry.name))
        ) and not _only_plate(wanted, entry)
    return True


def _only_plate(wanted: Wanted, entry: RosterEntry) -> bool:
    """A car on the roster says nothing about who sits in it."""
    shared = set(match_keys(entry.id_number, entry.phone, entry.plate, entry.name)) & wanted.keys()
    return bool(shared) and all(key.startswith("c") for key in shared)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one) and bool(other) and one != other


def _first(found: Iterable[FoundEntry], form: type[E]) -> E | None:
    return next((each.entry for each in found if isinstance(each.entry, form)), None)


def _watch_text(found: Sequence[FoundEntry]) -> str | None:
    """The lists that a person stands on, each once."""
    texts = dict.fromkeys(
        each.entry.source or each.source for each in found if isinstance(each.entry, WatchEntry)
    )
    return "、".join(texts) or None


def _returnee_text(entry: ReturneeEntry, now: datetime) -> str:
    parts = (entry.from_country, shown(entry.arrives, now), entry.entry_place, entry.transport)
    return " ".join(part for part in parts if part) or entry.name


def _overdue(member: RosterEntry, now: datetime) -> str | None:
    """The interval of the role, where the newest test that the roster knows of is older."""
    if member.test_every_h is None:
        return None
    interval = timedelta(hours=member.test_every_h)
    tested = member.tested_at
    if tested is not None and timedelta(0) <= elapsed(tested, now) <= interval:
        return None
    return f"{member.test_every_h} h"
