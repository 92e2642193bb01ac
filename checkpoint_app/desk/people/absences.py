"""Away and back (外出返回报备): the notice, and what is asked on the return."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from checkpoint_app.divisions import code_of
from checkpoint_app.domain.case import Subject
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.region import divisions
from checkpoint_app.domain.visiting import Absence, AbsenceState
from checkpoint_app.store.station import Station

MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Return:
    """What is said and seen on the return; `places` adds to what the notice said."""

    places: tuple[str, ...] = ()
    clearance: bool | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The notice as it stands now, and which of its places are risk areas today."""

    absence: Absence
    risky: tuple[str, ...] = ()


def notice_fault(absence: Absence) -> str | None:
    """The message of what a notice lacks."""
    if not absence.name:
        return "A name is needed"
    if not absence.places:
        return "Say where they go"
    if absence.returns_on < absence.leaves_on:
        return "The return cannot be before the leaving"
    return None


def risky_places(
    station: Station, places: tuple[str, ...], county: str, now: datetime
) -> tuple[str, ...]:
    """Those of the places that touch a risk area of today's list."""
    areas = divisions(station.lists.risk_areas(now))
    found = ((place, code_of(place, county)) for place in places)
    return tuple(place for place, code in found if code is not None and areas.touch(code))


def come_back(
    station: Station, absence: Absence, back: Return, county: str, operator: str, now: datetime
) -> Settled:
    """Settle a return. Somebody back from a risk area is a case at once. Raises StoreFault."""
    places = tuple(dict.fromkeys((*absence.places, *back.places)))[:MOST_PLACES]
    risky = risky_places(station, places, county, now)
    first = absence.state is AbsenceState.AWAY
    after = replace(
        absence,
        state=AbsenceState.RETURNED,
        returned_at=absence.returned_at or now,
        places=places,
        risk=bool(risky),
        clearance=absence.clearance if back.clearance is None else back.clearance,
        operator=operator,
    )
    station.absences.file(after, now)
    if risky and first:
        subject = Subject(absence.name, absence.phone or None)
        detail = "、".join(risky)
        station.cases.raise_case(
            None, Code.RISK_AREA_LOCAL_NOT_ACCEPTED, detail, operator, now, subject
        )
    return Settled(after, risky)


def withdraw(station: Station, absence: Absence, operator: str, now: datetime) -> Absence:
    """Take a notice back: filed by mistake, or they never went. Raises StoreFault."""
    after = replace(absence, state=AbsenceState.WITHDRAWN, operator=operator)
    station.absences.file(after, now)
    return after
