"""What the lists say about one person: whom to look for, and the hits that a verdict weighs.

Who stands on a list is in `list_entries`; looking someone up is the store's business. Here stand
the question (`Wanted`) and the answer (`ListHits`), and what is in force (`ListsInForce`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from checkpoint_app.domain.inspection import Inspection, ListVersions, Outcome
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.notice import Notice
from checkpoint_app.domain.person import check_digit, read_phone, tidy_name, tidy_number
from checkpoint_app.domain.plate import tidy_plate
from checkpoint_app.domain.visiting import OpenAbsence


class ListKind(StrEnum):
    """Kinds of list that a station keeps. Values are for ever: they stand in the ledger."""

    WATCH = "watch"  # watched and pushed persons, worked as a checklist
    RISK = "risk"  # risk areas by division code
    ROSTER = "roster"  # staff, pupils, residents
    RETURNEE = "returnee"  # returnees from abroad, announced beforehand


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a person is looked up. Equal ones get equal answers, so the desk compares them."""

    name: str | None = None
    id_number: str | None = None  # of whatever document
    phone: str | None = None
    plate: str | None = None
    itinerary_phone: str | None = None
    roster_id: str | None = None  # from a pass of this site whose signature is good

    def keys(self) -> frozenset[str]:
        """Texts under which an entry of the same person is found (see `match_keys`)."""
        phones = {self.phone, self.itinerary_phone}
        known = (
            key
            for phone in phones
            for key in match_keys(self.id_number, phone, self.plate, self.name)
        )
        return frozenset((*known, *(["r" + self.roster_id] if self.roster_id else [])))


def wanted_of(inspection: Inspection) -> Wanted:
    """Whom to look for, as far as it is known. Moments are left out: answers do not age in them."""
    person, itinerary = inspection.person, inspection.itinerary
    code = inspection.health_code
    return Wanted(
        name=person.name,
        id_number=person.id_number,
        phone=person.phone,
        plate=inspection.journey.plate,
        itinerary_phone=itinerary.phone if itinerary is not None else None,
        roster_id=code.roster_id if code is not None else None,
    )


def match_keys(
    id_number: str | None, phone: str | None, plate: str | None, name: str | None = None
) -> Iterator[str]:
    """The texts that an entry and a person must share to be the same.

    A letter says what it is: i number of a document, p phone, c car, n name (of the roster alone).
    An old number of 15 digits is found under its new form too.
    """
    if number := tidy_number(id_number or ""):
        yield "i" + number
        if (longer := _in_18(number)) is not None:
            yield "i" + longer
    if found := read_phone(phone):
        yield "p" + found
    if car := tidy_plate(plate):
        yield "c" + car
    if called := tidy_name(name):
        yield "n" + called


def _in_18(number: str) -> str | None:
    """The 18-character form of a citizen's old number of 15 digits (GB 11643)."""
    if len(number) != 15 or not (number.isascii() and number.isdigit()):
        return None
    body = number[:6] + "19" + number[6:]
    return body + check_digit(body)


@dataclass(frozen=True, slots=True)
class CountyToken:
    """Under what somebody may stand on a list of tokens; the command office knows who is meant."""

    list: str
    token: int


@dataclass(frozen=True, slots=True)
class ListHits:
    """Hits of one person; the default is a station that has no lists.

    `watch` names the watched or pushed lists that the person stands on, as shown to staff,
    `companion` whoever of the same party was stopped, `household` who of the same household is
    listed or under a measure, `test_overdue` the interval that the person's role asks for ("72 h").
    `risk_areas` are division codes of the risk areas that count today. `on_roster` None: this
    station has no roster, which proves nothing about anyone; `member` is the entry that was found.
    `old` names the lists that are older than they may be, each with its day: a note, never a stop.
    `county`: somebody with one of these numbers may be on the county-wide list, whose entries only
    the command office has.
    `guardian` is what became of the guardian whom a child travels with. `absence` is the notice of
    somebody of this site who went away and whose return has not been settled.
    """

    watch: str | None = None
    companion: str | None = None
    household: str | None = None
    returnee: str | None = None
    certificates_missing: tuple[str, ...] = ()
    risk_areas: frozenset[str] = frozenset()
    on_roster: bool | None = None
    test_overdue: str | None = None
    member: RosterEntry | None = None
    old: tuple[str, ...] = ()
    guardian: Outcome | None = None
    county: bool = False
    county_tokens: tuple[CountyToken, ...] = ()  # what the office is to be asked for
    noticed: tuple[Notice, ...] = ()  # what other checkpoints told of somebody like this
    absence: OpenAbsence | None = None


NO_HITS = ListHits()


@dataclass(frozen=True, slots=True)
class ListVersion:
    """One kind of list as it is in force: `text` goes onto records and changes at every change."""

    text: str
    dated: datetime
    entries: int

    def is_old(self, now: datetime, limit: timedelta) -> bool:
        """Whether a newer one should have come by now."""
        return now - self.dated > limit


@dataclass(frozen=True, slots=True)
class ListsInForce:
    """What is in force of each kind; None = never imported (absent, not old)."""

    watch: ListVersion | None = None
    risk: ListVersion | None = None
    roster: ListVersion | None = None
    returnee: ListVersion | None = None

    def versions(self, policy: str, trust: str | None) -> ListVersions:
        """As a verdict carries them."""
        return ListVersions(
            policy,
            trust,
            self.watch.text if self.watch else None,
            self.risk.text if self.risk else None,
            self.roster.text if self.roster else None,
        )


NO_LISTS = ListsInForce()

RISK_TAIL = timedelta(days=14)


def risk_counts(starts: date | None, ends: date | None, day: date) -> bool:
    """Whether a risk area counts on a day: listed, or struck off less than 14 days before.

    Who was there in its time stays somebody from a risk area for 14 days.
    """
    if starts is not None and day < starts:
        return False
    return ends is None or day <= ends + RISK_TAIL
