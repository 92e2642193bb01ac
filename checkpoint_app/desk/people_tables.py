"""Lists that begin with other ledgers than the inspections: visits, and the roster's tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.desk.steps import Steps
from checkpoint_app.domain.cells import Value
from checkpoint_app.domain.figures import filled
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.masking import (
    mask_name,
    mask_number,
    mask_numbers_within,
    mask_phone,
    mask_plate,
)
from checkpoint_app.domain.moments import aware
from checkpoint_app.domain.person import plain_text
from checkpoint_app.domain.sheet import Order, Sheet, Table
from checkpoint_app.domain.template import Template
from checkpoint_app.domain.visiting import Visit
from checkpoint_app.store.station import Station

_PAGE = 500
MOST = 20_000  # entries of a roster that are looked through
Row = dict[str, Value]


def visitors_table(visits: Sequence[Visit], template: Template, order: Order) -> Table:
    """The register of visitors, by arrival."""
    found = sorted(visits, key=lambda each: each.arrived_at)
    rows = [_visit(number, each, order) for number, each in enumerate(found, 1)]
    return filled(Sheet.VISITORS, template, rows, order)


def _visit(number: int, visit: Visit, order: Order) -> Row:
    mask, say = order.mask, order.wording.text
    zone = order.period.start.tzinfo
    arrived = visit.arrived_at.astimezone(zone).replace(tzinfo=None)
    left = visit.left_at and visit.left_at.astimezone(zone).replace(tzinfo=None)
    companions = "、".join(mask_name(each, mask) for each in visit.companions)
    row: Row = {
        "number": number,
        "date": arrived.date() if order.typed else f"{arrived:%Y-%m-%d}",
        "time": arrived if order.typed else f"{arrived:%H:%M}",
        "name": mask_name(visit.name, mask),
        "unit": visit.unit,
        "purpose": mask_numbers_within(visit.purpose, mask),
        "id_number": mask_number(visit.id_number, mask),
        "phone": mask_phone(visit.phone, mask),
        "temperature": _celsius(visit.temperature_c, order),
        "plate": mask_plate(visit.plate, mask),
        "host": mask_numbers_within(" ".join(filter(None, (visit.host_unit, visit.host))), mask),
        "left_at": (left if order.typed else f"{left:%H:%M}") if left else "",
        "outcome": say("Let pass" if visit.admitted else "Not let in"),
        "operator": visit.operator,
        "companions": companions,
        "people": visit.persons,
        "remark": "；".join(filter(None, (companions, visit.refusal))),
    }
    return {key: plain_text(v, 300) if isinstance(v, str) else v for key, v in row.items()}


def _celsius(reading: float | None, order: Order) -> Value:
    if reading is None:
        return ""
    return reading if order.typed else f"{reading:.1f}"


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody of the roster with a test overdue, and how often one is asked for."""

    member: RosterEntry
    interval: timedelta


def overdue_tests(
    station: Station, every: dict[str, timedelta], now: datetime
) -> Steps[list[Late] | None]:
    """Who of the roster has a test overdue; None where no roster asks for tests.

    `every` is how often each role is tested, where the roster itself does not say.
    Raises StoreFault.
    """
    asked, late = False, list[Late]()
    for page in _roster(station):
        for member in page:
            hours = member.test_every_h
            interval = timedelta(hours=hours) if hours else every.get(member.role or "")
            if interval is None:
                continue
            asked = True
            if member.tested_at is None or aware(member.tested_at) + interval < now:
                late.append(Late(member, interval))
        yield
    return late if asked else None


def overdue_table(late: list[Late], template: Template, order: Order, now: datetime) -> Table:
    """The list of overdue tests."""
    rows = [
        _overdue(number, each.member, each.interval, order, now)
        for number, each in enumerate(late, 1)
    ]
    return filled(Sheet.OVERDUE_TESTS, template, rows, order)


def _overdue(
    number: int, member: RosterEntry, interval: timedelta, order: Order, now: datetime
) -> Row:
    mask, say = order.mask, order.wording.text
    tested = member.tested_at and aware(member.tested_at).astimezone(order.period.start.tzinfo)
    late = now - (aware(member.tested_at) + interval) if member.tested_at else None
    days = "" if late is None else say("{days} days").format(days=max(1, late.days))
    row: Row = {
        "number": number,
        "name": mask_name(member.name, mask),
        "unit": member.unit or "",
        "role": member.role or "",
        "phone": mask_phone(member.phone, mask),
        "id_number": mask_number(member.id_number, mask),
        "last_test": f"{tested:%Y-%m-%d %H:%M}" if tested else say("Not found in the records"),
        "overdue": days,
        "guardian": mask_name(member.guardian, mask),
    }
    return {key: plain_text(v, 300) if isinstance(v, str) else v for key, v in row.items()}


def _roster(station: Station) -> Iterator[list[RosterEntry]]:
    for info in station.lists.shown():
        if info.kind is not ListKind.ROSTER:
            continue
        for after in range(0, min(info.entries, MOST), _PAGE):
            entries = station.lists.entries(info.number, after, _PAGE)
            yield [entry for entry in entries if isinstance(entry, RosterEntry)]
