"""What a phone's page shows: a health-code page or the itinerary card, as staff read it.

Everything here was seen on a screen (basis `observed`): anyone can draw such a page. Fields that
are not shown, or could not be read, are None; those read without certainty are named in
`Page.uncertain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from checkpoint_app.domain.credential import Colour, NatResult
from checkpoint_app.domain.reasons import Code


class PageKind(StrEnum):
    """Which of the two pages it is."""

    HEALTH_CODE = "health_code"
    ITINERARY_CARD = "itinerary_card"


@dataclass(frozen=True, slots=True)
class ShownTest:
    """A nucleic-acid test as the page states it; `at` is local time, a date alone where no time
    of day stands there."""

    result: NatResult
    within_hours: int | None = None
    at: datetime | date | None = None
    laboratory: str | None = None


@dataclass(frozen=True, slots=True)
class ShownVaccination:
    """Vaccination as the page states it; `doses` and `complete` None: vaccinated, no more said."""

    doses: int | None = None
    complete: bool | None = None
    booster: bool = False
    at: date | None = None


@dataclass(frozen=True, slots=True)
class ShownCity:
    """A city as printed, without its star; `division_code` has six digits (GB/T 2260)."""

    name: str
    starred: bool = False
    division_code: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page, read.

    `colour` is that of the code's modules, on the card that of its arrow; `colour_word` the word
    as printed (绿码) and `colour_told` what it means. Name, numbers and cities are as printed,
    masked or whole. `clock` is the page's own time: naive, of the place where it is shown;
    `clock_ticks` tells that it shows seconds and so must be seen to move (a card's does not).
    """

    kind: PageKind
    issuer: str | None = None
    colour: Colour = Colour.UNKNOWN
    colour_word: str | None = None
    colour_told: Colour | None = None
    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    clock: datetime | None = None
    clock_ticks: bool = False
    test: ShownTest | None = None
    vaccination: ShownVaccination | None = None
    cities: tuple[ShownCity, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Code, ...] = ()
    uncertain: frozenset[str] = frozenset()


def as_object(page: Page) -> dict[str, Any]:
    """The page as plain JSON values; None where something is not shown."""
    return {
        "kind": page.kind.value,
        "issuer": page.issuer,
        "colour": page.colour.value,
        "colour_word": page.colour_word,
        "name": page.name,
        "id_number": page.id_number,
        "phone": page.phone,
        "clock": _iso(page.clock),
        "nat": _test(page.test),
        "vaccination": _vaccination(page.vaccination),
        "cities": [{"name": each.name, "starred": each.starred} for each in page.cities],
        "findings": [each.value for each in page.findings],
        "uncertain": sorted(page.uncertain),
    }


def _iso(moment: datetime | date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _test(test: ShownTest | None) -> dict[str, Any] | None:
    if test is None:
        return None
    hours, at = test.within_hours, _iso(test.at)
    return {"result": test.result.value, "within_hours": hours, "at": at}


def _vaccination(shown: ShownVaccination | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    return {"doses": shown.doses, "complete": shown.complete, "at": _iso(shown.at)}
