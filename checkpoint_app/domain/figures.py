"""The figures of the daily summary (日报表) and the zero report (零报告).

Counted in one pass over the records, so that a whole winter needs no more memory than a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from checkpoint_app.domain.cells import Value
from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.inspection import CodeStatus, Outcome, RecordedInspection
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.selection import stands_on
from checkpoint_app.domain.sheet import Order, Period, Sheet, Table, titled
from checkpoint_app.domain.template import Template

# Stable keys in the order of the sheet, and their words.
ITEMS: dict[str, str] = {
    "checked": "Persons checked",
    "passed": "Let pass",
    "registered": "Registered and let pass",
    "held": "Held and reported",
    "handed_over": "Handed over",
    "turned_back": "Persons turned back",
    "open": "To be measured or checked again",
    "vehicles": "Vehicles checked",
    "vehicles_back": "Vehicles turned back",
    "abnormal": "Abnormal persons",
    "abnormal_codes": "Abnormal health codes (yellow, red)",
    "temperatures": "Abnormal temperatures",
    "positive": "Positive tests",
    "risk_contacts": "Persons from risk areas",
    "unvaccinated": "Unvaccinated persons",
    "overdue_tests": "Tests overdue",
    "visitors": "Visitors",
    "changed": "Outcomes changed by an officer",
    "listed": "Found of pushed lists",
    "cases": "Cases opened",
    "reported": "Of these reported",
    "central_isolation": "In central isolation",
    "home_isolation": "In home isolation",
    "health_monitoring": "Under health monitoring",
    "closed": "Cases closed",
}
LISTS: dict[Sheet, str] = {
    Sheet.ABNORMAL: "abnormal",
    Sheet.TEMPERATURES: "temperatures",
    Sheet.RISK_CONTACTS: "risk_contacts",
    Sheet.UNVACCINATED: "unvaccinated",
    Sheet.TURNED_BACK: "turned_back",
    Sheet.OVERDUE_TESTS: "overdue_tests",
    Sheet.VISITORS: "visitors",
}
_OUTCOMES = {
    Outcome.PASS: "passed",
    Outcome.REGISTER: "registered",
    Outcome.HOLD: "held",
    Outcome.HAND_OVER: "handed_over",
    Outcome.TURN_BACK: "turned_back",
    Outcome.RETEST: "open",
    Outcome.INCOMPLETE: "open",
}
_ONE_PASSAGE = timedelta(minutes=30)

Figures = Mapping[str, int]


class Counting:
    """Counts one record after another; voids are left out."""

    def __init__(self, order: Order) -> None:
        self.figures = Counter[str]()
        self._order = order
        self._plates: dict[tuple[str, bool], datetime] = {}

    def add(self, record: RecordedInspection) -> None:
        """One more record, the newest version of it."""
        if record.void:
            return
        self.figures["checked"] += 1
        self.figures[_OUTCOMES[record.outcome]] += 1
        self.figures["changed"] += record.change is not None
        _count_lists(self.figures, record, self._order)
        _count_vehicle(self.figures, self._plates, record)


def counted(recorded: Iterable[RecordedInspection], order: Order) -> Counter[str]:
    """What the newest versions of a period's records come to."""
    counting = Counting(order)
    for record in recorded:
        counting.add(record)
    return counting.figures


def _count_lists(figures: Counter[str], record: RecordedInspection, order: Order) -> None:
    for sheet, key in LISTS.items():
        if sheet is not Sheet.TURNED_BACK:
            figures[key] += stands_on(sheet, record, order)
    inspection = record.inspection
    code, test = inspection.health_code, inspection.test
    figures["abnormal_codes"] += code is not None and code.status in (
        CodeStatus.YELLOW,
        CodeStatus.RED,
    )
    figures["positive"] += test is not None and test.result is NatResult.POSITIVE
    reasons = {reason.code for reason in record.verdict.reasons}
    figures["listed"] += bool(reasons & {Code.ON_WATCH_LIST, Code.RETURNEE_FROM_ABROAD})


def _count_vehicle(
    figures: Counter[str], plates: dict[tuple[str, bool], datetime], record: RecordedInspection
) -> None:
    """A plate seen within half an hour is the same vehicle, with more of its people."""
    plate, back = record.inspection.journey.plate, record.outcome is Outcome.TURN_BACK
    if not plate:
        return
    for turned in {False, back}:
        seen = plates.get((plate, turned))
        if seen is None or record.confirmed_at - seen > _ONE_PASSAGE:
            figures["vehicles_back" if turned else "vehicles"] += 1
        plates[(plate, turned)] = record.confirmed_at


def summary(template: Template, period: Figures, in_all: Figures, order: Order) -> Table:
    """The daily summary: every figure of the period, and of everything up to its end."""
    rows: list[dict[str, Value]] = [
        {
            "number": number,
            "item": order.wording.text(word),
            "period_count": period.get(key, 0),
            "total_count": in_all.get(key, 0),
        }
        for number, (key, word) in enumerate(ITEMS.items(), 1)
    ]
    return filled(Sheet.SUMMARY, template, rows, order)


def zero_report(template: Template, period: Figures, order: Order) -> Table:
    """The zero report: each list with its count. Where one is not zero, it says so."""
    say = order.wording.text
    rows: list[dict[str, Value]] = [
        {"number": number, "item": say(ITEMS[key]), "period_count": period.get(key, 0)}
        for number, key in enumerate(LISTS.values(), 1)
    ]
    none = not any(period.get(key, 0) for key in LISTS.values())
    message = (
        "{count} persons were checked in this period; none stands on any list. Zero report."
        if none
        else "{count} persons were checked in this period. Not everything is zero: see the lists."
    )
    statement = template.statement or say(message).format(count=period.get("checked", 0))
    table = filled(Sheet.ZERO, template, rows, order)
    return replace(table, statement=statement)


def blank_form(template: Template, first: str, order: Order) -> Table:
    """Numbered rows to be written on by hand; `first` begins every paper number."""
    rows: list[dict[str, Value]] = [
        {"number": number, "paper_number": f"{first}{number:03d}"}
        for number in range(1, max(template.rows, 1) + 1)
    ]
    return filled(Sheet.BLANK, template, rows, order)


def filled(sheet: Sheet, template: Template, rows: list[dict[str, Value]], order: Order) -> Table:
    """A table of rows by column; what a template does not name is left out."""
    cells = [
        tuple(
            value if order.typed else str(value)
            for value in (row.get(each.key, "") for each in template.columns)
        )
        for row in rows
    ]
    table = titled(sheet, template, order.site, order.period)
    return replace(table, rows=tuple(cells), total=len(cells))


def everything_until(period: Period) -> Period:
    """All that was recorded up to the end of a period."""
    return Period(datetime(1971, 1, 2, tzinfo=period.end.tzinfo), period.end)
