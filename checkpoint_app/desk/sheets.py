"""The day's sheets: stored inspections to a sealed table to PDF bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from checkpoint_app.desk.hub.handing import FORMS
from checkpoint_app.desk.rules import policy_in_force, policy_of
from checkpoint_app.desk.sheet_tables import Wanted, table_for
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.sheet import Period, Sheet, Table
from checkpoint_app.domain.template import Template, TemplateFault
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import sheet_wording
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Seal, Station

__all__ = [
    "PrintedSheet",
    "SheetOrder",
    "drawn",
    "looked_at",
    "period_of",
    "sealed_table",
    "sheet",
    "table_of",
    "template_in_force",
]


def period_of(day: date, starts_at: time, zone: datetime) -> Period:
    """The statistics period named by a day, in the local time of `zone`.

    With a start at midnight it is that day; with a start at 17:00 it is the 24 hours that end on
    that day at 17:00 (前日17:00–当日17:00).
    """
    start = datetime.combine(day, starts_at, zone.tzinfo)
    if starts_at != time(0):
        start -= timedelta(days=1)
    return Period(start, start + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """What is wanted on paper, by whom and for whom.

    `folder` is the station's data folder, where templates of its own may stand; `template` takes
    the place of any template in force, for one that is only being tried.
    """

    sheet: Sheet
    period: Period
    mask: Mask
    operator: str
    recipient: str = ""
    folder: Path | None = None
    template: Template | None = None
    archival: bool = False


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet ready for paper: its PDF, its seal and how many rows it has."""

    pdf: bytes
    seal: Seal
    rows: int


def sheet(
    station: Station, order: SheetOrder, settings: Settings, translate: Translate, now: datetime
) -> PrintedSheet:
    """Seal the period and draw the sheet. Raises StoreFault."""
    table, seal = sealed_table(station, order, settings, translate, now)
    return drawn(table, seal, translate, archival=order.archival)


def sealed_table(
    station: Station,
    order: SheetOrder,
    settings: Settings,
    translate: Translate,
    now: datetime,
    *,
    typed: bool = False,
) -> tuple[Table, Seal]:
    """Seal the period; the sheet as a table that carries the seal. Raises StoreFault."""
    seal = station.seal(order.period, order.sheet, now)
    table = table_of(station, order, settings, translate, now, typed=typed)
    return replace(table, check_code=seal.code, version=seal.version), seal


def drawn(
    table: Table, seal: Seal, translate: Translate, *, archival: bool = False
) -> PrintedSheet:
    """The table on paper. Needs no store, and takes seconds for a long day."""
    from checkpoint_app.registers import render_pdf  # slow to load; first needed on paper

    pdf = render_pdf(table, translate, archival=archival)
    return PrintedSheet(pdf, seal, len(table.rows))


def looked_at(table: Table, translate: Translate) -> bytes:
    """The PDF of a table that is only looked at."""
    from checkpoint_app.registers import render_pdf

    return render_pdf(table, translate)


def template_in_force(
    station: Station | None, order: SheetOrder, settings: Settings
) -> tuple[Template, TemplateFault | None]:
    """The template of an order, and what is wrong with the one that should be in force.

    Without the station the office's are left out.
    """
    from checkpoint_app.registers.templates import template_for

    if order.template is not None:
        return order.template, None
    venue = policy_of(settings).is_venue
    offices = station.handed_down.rows(FORMS) if station is not None else {}
    return template_for(order.sheet, order.folder, venue=venue, offices=offices)


def table_of(
    station: Station,
    order: SheetOrder,
    settings: Settings,
    translate: Translate,
    now: datetime,
    *,
    typed: bool = False,
) -> Table:
    """The sheet as a plain table, not sealed. Raises StoreFault."""
    policy = policy_in_force(station, settings)
    template, _ = template_in_force(station, order, settings)
    wanted = Wanted(
        order.sheet,
        template,
        settings.site_name,
        order.period,
        order.mask,
        sheet_wording(translate, venue=policy.is_venue),
        policy.fever_threshold_c,
        typed,
        now,
        policy.test_every,
    )
    return replace(
        table_for(station, wanted),
        recipient=order.recipient or None,
        operator=order.operator,
        printed_at=now,
    )
