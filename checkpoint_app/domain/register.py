"""The day's lists as plain tables: what stands on paper, before any paper.

`build` takes recorded inspections and gives a `Table` of plain cells; the `registers` package
turns it into PDF, XLSX, CSV or JSON lines. Headings are message ids, translated by whoever writes;
cells are already in the reader's language, by the `Wording` passed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from checkpoint_app.domain.cells import Line, Value, Wording
from checkpoint_app.domain.inspection import STRENGTH, RecordedInspection
from checkpoint_app.domain.list_cells import AGE_GROUPS, NO_AGE, OLDEST, age_group, cell
from checkpoint_app.domain.masking import Mask, mask_name
from checkpoint_app.domain.paper import Column
from checkpoint_app.domain.selection import is_abnormal, stands_on
from checkpoint_app.domain.sheet import Order, Period, Sheet, Table, Totals, titled
from checkpoint_app.domain.template import Template

__all__ = [
    "Column",
    "Mask",
    "Order",
    "Period",
    "Sheet",
    "Table",
    "Totals",
    "Value",
    "Wording",
    "build",
    "is_abnormal",
    "newest_of",
    "rows_by_record",
    "titled",
]


def build(
    sheet: Sheet, template: Template, recorded: Iterable[RecordedInspection], order: Order
) -> Table:
    """The sheet of a period from its records, oldest first, as the store gives them.

    Records taken back are left out; a corrected one stands once, as it is now, in the place and at
    the time of the first, with a remark. Times are in the offset of the period's start.
    """
    groups = _groups(sheet, recorded, order)
    entries = [each for group in groups for each in group]
    rows, ages, units = [], Counter[str](), Counter[str]()
    for line in _lines(groups, order):
        rows.append(tuple(cell(line, each.key, order.typed) for each in template.columns))
        if sheet is Sheet.UNVACCINATED:
            ages[age_group(line)] += 1
            units[line.inspection.person.unit or ""] += 1
    table = titled(sheet, template, order.site, order.period)
    totals, total = _totals(entries, order.wording), len(entries)
    if sheet is Sheet.TURNED_BACK:
        totals = (
            ("Vehicles", sum(_in_vehicle(g[0], order) for g in groups)),
            ("Persons", len(entries)),
        )
    subtotals = _by_age_and_unit(ages, units) if sheet is Sheet.UNVACCINATED else ()
    return replace(table, rows=tuple(rows), totals=totals, total=total, subtotals=subtotals)


def rows_by_record(
    sheet: Sheet, template: Template, recorded: Iterable[RecordedInspection], order: Order
) -> dict[UUID, tuple[Value, ...]]:
    """The same rows by the inspection that each begins with, to be compared with other ones."""
    groups = _groups(sheet, recorded, order)
    return {
        group[0].id: tuple(cell(line, each.key, order.typed) for each in template.columns)
        for group, line in zip(groups, _lines(groups, order), strict=True)
    }


def newest_of(recorded: Iterable[RecordedInspection]) -> list[RecordedInspection]:
    """The newest version of each record, without those taken back."""
    return [each.newest for each in _current(recorded)]


@dataclass(slots=True)
class _Entry:
    """A record through its versions; `at` is when the first one was confirmed."""

    id: UUID
    at: datetime
    newest: RecordedInspection
    corrected: bool = False


def _current(recorded: Iterable[RecordedInspection]) -> list[_Entry]:
    """The newest version of each record, in the order of the first ones, without those taken back.

    A version may carry the id of the record that it supersedes, or one of its own.
    """
    entries: dict[UUID, _Entry] = {}
    for record in recorded:
        own = record.inspection.id
        earlier = entries.get(record.supersedes) if record.supersedes else entries.get(own)
        if earlier is None:
            entries[own] = _Entry(
                record.supersedes or own, record.confirmed_at, record, record.supersedes is not None
            )
        else:
            earlier.newest, earlier.corrected = record, True
            entries[own] = earlier
    unique = {id(each): each for each in entries.values()}
    return [each for each in unique.values() if not each.newest.void]


def _groups(
    sheet: Sheet, recorded: Iterable[RecordedInspection], order: Order
) -> list[list[_Entry]]:
    entries = [each for each in _current(recorded) if stands_on(sheet, each.newest, order)]
    return _vehicles(entries) if sheet is Sheet.TURNED_BACK else [[each] for each in entries]


def _lines(groups: list[list[_Entry]], order: Order) -> Iterator[Line]:
    dated = _dated(order.period)
    for number, group in enumerate(groups, 1):
        yield _line(number, group, dated, order)


def _line(number: int, group: list[_Entry], dated: bool, order: Order) -> Line:
    first = group[0]
    at = first.at.astimezone(order.period.start.tzinfo)
    extra = order.extras(first.newest)
    if len(group) > 1:
        names = [mask_name(each.newest.inspection.person.name, order.mask) for each in group]
        extra = {**extra, "people": len(group), "people_names": "、".join(filter(None, names))}
    return Line(number, first.newest, at, first.corrected, dated, order.mask, order.wording, extra)


def _came_in(entry: _Entry) -> str:
    """The vehicle by its plate; without one, whoever was scanned together belongs together."""
    inspection = entry.newest.inspection
    return inspection.journey.plate or inspection.party or ""


def _in_vehicle(entry: _Entry, order: Order) -> bool:
    """Whether somebody came in a vehicle; one without a plate is known from its own ledger."""
    record = entry.newest
    return bool(record.inspection.journey.plate or order.extras(record).get(IN_VEHICLE))


def _vehicles(entries: list[_Entry]) -> list[list[_Entry]]:
    """Who came in one vehicle, or together on foot, stands in one row."""
    groups: list[list[_Entry]] = []
    latest: dict[str, list[_Entry]] = {}
    for each in entries:
        plate = _came_in(each)
        group = latest.get(plate) if plate else None
        if group is not None and each.at - group[-1].at <= _ONE_PASSAGE:
            group.append(each)
        else:
            groups.append([each])
            latest[plate] = groups[-1]
    return groups


_ONE_PASSAGE = timedelta(minutes=30)
IN_VEHICLE = "in_vehicle"  # among the extras: true for a vehicle without a plate


def _dated(period: Period) -> bool:
    """Whether times need their date: a period from 17:00 to 17:00 has every time of day twice."""
    last = period.end - timedelta(microseconds=1)
    return last.astimezone(period.start.tzinfo).date() != period.start.date()


def _totals(entries: list[_Entry], wording: Wording) -> Totals:
    """Counts of every outcome, those that went through first; zeros stand there too."""
    outcomes = Counter(each.newest.outcome for each in entries)
    return tuple((wording.outcomes[each], outcomes[each]) for each in reversed(STRENGTH))


def _by_age_and_unit(ages: Counter[str], units: Counter[str]) -> tuple[tuple[str, Totals], ...]:
    words = [word for _, word in AGE_GROUPS] + [OLDEST, NO_AGE]
    by_age = tuple((word, ages[word]) for word in words if ages[word])
    by_unit = tuple((unit or "No unit", count) for unit, count in units.most_common())
    return tuple(
        (caption, counts)
        for caption, counts in (("By age", by_age), ("By unit", by_unit))
        if counts
    )
