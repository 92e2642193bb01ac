"""The figures of several days in one table: what `checkpoint report` writes and 统计 shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from checkpoint_app.desk.rules import policy_in_force
from checkpoint_app.desk.sheet_tables import Wanted, figures_of
from checkpoint_app.desk.sheets import SheetOrder, period_of, template_in_force
from checkpoint_app.domain.cells import Value
from checkpoint_app.domain.figures import ITEMS
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.paper import Column
from checkpoint_app.domain.sheet import Period, Sheet, Table, titled
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import sheet_wording
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station

MOST_DAYS = 400
SHOWN = (
    "checked", "passed", "registered", "held", "handed_over", "turned_back", "vehicles",
    "vehicles_back", "abnormal", "abnormal_codes", "temperatures", "risk_contacts",
    "unvaccinated", "cases", "closed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day's figures; keys as in `domain.figures.ITEMS`."""

    day: date
    figures: Counter[str]


def days_between(first: date, last: date) -> Iterator[date]:
    """Both ends count; at most `MOST_DAYS`."""
    for number in range(min((last - first).days + 1, MOST_DAYS)):
        yield first + timedelta(days=number)


def figures_by_day(
    station: Station,
    days: Iterator[date],
    settings: Settings,
    translate: Translate,
    now: datetime,
) -> list[DayFigures]:
    """Each day's figures, a statistics period a day. Raises StoreFault."""
    starts_at = time.fromisoformat(settings.period_starts_at)
    policy = policy_in_force(station, settings)
    template, _ = template_in_force(
        None,
        SheetOrder(Sheet.SUMMARY, period_of(now.date(), starts_at, now), Mask.PARTIAL, ""),
        settings,
    )
    wording = sheet_wording(translate, venue=policy.is_venue)
    found = []
    for day in days:
        wanted = Wanted(
            Sheet.SUMMARY,
            template,
            settings.site_name,
            period_of(day, starts_at, now),
            Mask.PARTIAL,
            wording,
            policy.fever_threshold_c,
        )
        found.append(DayFigures(day, figures_of(station, wanted)))
    return found


def report_table(
    days: list[DayFigures],
    settings: Settings,
    translate: Translate,
    now: datetime,
    operator: str = "",
    *,
    typed: bool = False,
) -> Table:
    """The days below each other, their sum at the end."""
    starts_at = time.fromisoformat(settings.period_starts_at)
    whole = Period(
        period_of(days[0].day, starts_at, now).start, period_of(days[-1].day, starts_at, now).end
    )
    template, _ = template_in_force(
        None, SheetOrder(Sheet.DAILY, whole, Mask.PARTIAL, ""), settings
    )
    figures = (Column(key, ITEMS[key], 2.6, "right") for key in SHOWN)
    columns = (Column("date", "Date", 3.2, "centre"), *figures)
    rows: list[tuple[Value, ...]] = [
        _row(each.day if typed else f"{each.day:%Y-%m-%d}", each.figures, typed) for each in days
    ]
    in_all = Counter[str]()
    for each in days:
        in_all.update(each.figures)
    rows.append(_row(translate("In all"), in_all, typed))
    table = titled(Sheet.SUMMARY, replace(template, columns=columns), settings.site_name, whole)
    return replace(
        table,
        title="Report over several days",
        rows=tuple(rows),
        total=len(days),
        operator=operator or None,
        printed_at=now,
    )


def _row(first: Value, figures: Counter[str], typed: bool) -> tuple[Value, ...]:
    return (first, *(figures[key] if typed else str(figures[key]) for key in SHOWN))
