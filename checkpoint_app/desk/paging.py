"""What a phone's page adds to an inspection: it fills what is empty and says what contradicts.

Pages are read behind the gate's back and arrive late: a page fills only empty fields, is never
believed more than seen, and never comes onto the next person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from checkpoint_app.domain.credential import Basis, Colour, NucleicAcidTest, Vaccination
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
)
from checkpoint_app.domain.page import Page, PageKind, ShownTest, ShownVaccination
from checkpoint_app.domain.page_findings import ClockWatch, findings
from checkpoint_app.domain.person import IdCard, Person, read_id_card
from checkpoint_app.domain.reasons import Code, Reason

OF_PAGES = frozenset(
    {
        Code.CLOCK_FROZEN,
        Code.CLOCK_OFF,
        Code.COLOUR_WORD_DIFFERS,
        Code.HOLDER_MISMATCH,
        Code.NAME_DIFFERS,
        Code.PHONES_DIFFER,
    }
)
_STATUS = {
    Colour.GREEN: CodeStatus.GREEN,
    Colour.YELLOW: CodeStatus.YELLOW,
    Colour.RED: CodeStatus.RED,
}


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that one person has shown so far, and whether a page's clock was seen to move."""

    code: Page | None = None
    code_at: datetime | None = None  # when it was seen, aware
    card: Page | None = None
    card_at: datetime | None = None
    watch: ClockWatch = field(default_factory=ClockWatch)
    earlier: Page | None = None  # what the same code was last shown with, by an earlier person

    def with_page(self, page: Page, seen_at: datetime) -> Pages:
        """With one more reading, the newest of its kind."""
        if page.kind is PageKind.ITINERARY_CARD:
            return replace(self, card=page, card_at=seen_at)
        watch = self.watch.after(page, seen_at)
        return replace(self, code=page, code_at=seen_at, watch=watch)

    @property
    def shown(self) -> Iterator[tuple[Page, datetime, Page | None]]:
        """Each page with the moment that its clock is judged by, and the other page."""
        if self.code is not None and self.code_at is not None:
            yield self.code, self.code_at, self.card
        if self.card is not None and self.card_at is not None:
            yield self.card, self.card_at, self.code


def absorb_page(inspection: Inspection, pages: Pages, page: Page, now: datetime) -> Inspection:
    """The inspection with what a page adds; `now` is aware, `page` the newest of `pages`."""
    if page.kind is PageKind.ITINERARY_CARD:
        filled = _with_card(inspection, page)
    else:
        filled = _with_code_page(inspection, page, now)
    return _with_findings(filled, _contradictions(inspection, pages))


def _contradictions(inspection: Inspection, pages: Pages) -> set[Code]:
    """What contradicts as of the newest readings: a slip of one reading is gone with the next."""
    # What came from a page proves nothing against a page: only what was typed or signed does.
    bases, person = dict(inspection.fields_basis), inspection.person
    entered = Person(
        name=None if bases.get("name") is Basis.OBSERVED else person.name,
        id_number=None if bases.get("id_number") is Basis.OBSERVED else person.id_number,
        phone=None if bases.get("phone") is Basis.OBSERVED else person.phone,
    )
    found = set(pages.watch.findings)
    for page, seen_at, other in pages.shown:
        local = seen_at.replace(tzinfo=None)
        found.update(findings(page, local, other, entered, pages.earlier))
    return found


def _with_findings(inspection: Inspection, found: set[Code]) -> Inspection:
    code = inspection.health_code
    if code is None:
        return inspection
    own = tuple(each for each in code.findings if each.code not in OF_PAGES)
    told = tuple(Reason(each) for each in sorted(found))
    return replace(inspection, health_code=replace(code, findings=(*own, *told)))


def _with_code_page(inspection: Inspection, page: Page, now: datetime) -> Inspection:
    filled = _with_bearer(inspection, page, now)
    return replace(
        filled,
        health_code=filled.health_code or _code_seen(page, now),
        test=filled.test or _test(page.test, now, "nat" in page.uncertain),
        vaccination=filled.vaccination or _vaccination(page.vaccination),
    )


def _with_card(inspection: Inspection, page: Page) -> Inspection:
    if inspection.itinerary is not None and inspection.itinerary.shown:
        return inspection
    cities = tuple(City(each.name, each.starred, each.division_code) for each in page.cities)
    # A card without readable cities proves only that one was held up: the officer looks.
    if not cities or "cities" in page.uncertain:
        return inspection
    return replace(inspection, itinerary=Itinerary(True, cities, Basis.OBSERVED, page.phone))


def _with_bearer(inspection: Inspection, page: Page, now: datetime) -> Inspection:
    """Name, number and phone into empty fields; a masked number is no number to keep."""
    shown = {"name": page.name, "phone": page.phone, "id_number": _whole_number(page, now.date())}
    fresh = {
        name: value
        for name, value in shown.items()
        if value and name not in page.uncertain and not getattr(inspection.person, name)
    }
    bases = {**dict(inspection.fields_basis), **dict.fromkeys(fresh, Basis.OBSERVED)}
    return replace(
        inspection,
        person=replace(inspection.person, **fresh),  # type: ignore[arg-type]
        fields_basis=tuple(sorted(bases.items())),
    )


def _whole_number(page: Page, today: date) -> str | None:
    found = read_id_card(page.id_number or "", today)
    return found.number if isinstance(found, IdCard) else None


def _code_seen(page: Page, now: datetime) -> HealthCode | None:
    """A page whose code was not read: its colour counts as seen, and only the modules' colour."""
    status = _STATUS.get(page.colour)
    if status is None:
        return None
    return HealthCode(status, Basis.OBSERVED, issuer=page.issuer, seen_at=now)


def _test(shown: ShownTest | None, now: datetime, uncertain: bool) -> NucleicAcidTest | None:
    if shown is None or uncertain:
        return None
    at = shown.at
    if at is not None and not isinstance(at, datetime):
        at = datetime.combine(at, time(0))  # a date alone: the oldest that it can be
    sampled_at = at.replace(tzinfo=now.tzinfo) if at is not None else None
    return NucleicAcidTest(
        shown.result, sampled_at, shown.laboratory, within_hours=shown.within_hours
    )


def _vaccination(shown: ShownVaccination | None) -> Vaccination | None:
    return None if shown is None else Vaccination(shown.doses, shown.complete, shown.at)
