"""The day's sheets: stored inspections to a sealed table to PDF bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from checkpoint_app.desk.hub.handing import FORMS
from checkpoint_app.desk.rules import policy_in_force, policy_of
from checkpoint_app.desk.sheet_tables import Drawn, Wanted, table_steps
from checkpoint_app.desk.steps import Steps, at_once
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.sheet import Period, Sheet, Table
from checkpoint_app.domain.template import Template, TemplateFault
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import sheet_wording
from checkpoint_app.settings import Settings
from checkpoint_app.store.past import Place
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
    made = at_once(sealed_steps(station, order, settings, translate, now))
    return made.table(typed), made.seal


@dataclass(frozen=True, slots=True)
class SealedReading:
    """What a sheet was read as, with its seal. `table` is pure: any thread may call it."""

    seal: Seal
    table: Drawn


def sealed_steps(
    station: Station, order: SheetOrder, settings: Settings, translate: Translate, now: datetime
) -> Steps[SealedReading]:
    """Seal the period, then read what the seal was put on, in short steps. Raises StoreFault."""
    seal = station.seal(order.period, order.sheet, now)
    sealed = station.sheets.by_code(seal.code)
    yield
    before = sealed.place if sealed is not None else None
    table = yield from table_steps_of(station, order, settings, translate, now, before=before)

    def carrying(typed: bool) -> Table:
        return replace(table(typed), check_code=seal.code, version=seal.version)

    return SealedReading(seal, carrying)


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
    return at_once(table_steps_of(station, order, settings, translate, now))(typed)


def table_steps_of(
    station: Station,
    order: SheetOrder,
    settings: Settings,
    translate: Translate,
    now: datetime,
    *,
    before: Place | None = None,
) -> Steps[Drawn]:
    """Read a sheet in short steps, as of a place of the ledger where one is given."""
    wanted = wanted_of(station, order, settings, translate, now, before)
    table = yield from table_steps(station, wanted)

    def marked(typed: bool) -> Table:
        return replace(
            table(typed),
            recipient=order.recipient or None,
            operator=order.operator,
            printed_at=now,
        )

    return marked


def wanted_of(
    station: Station,
    order: SheetOrder,
    settings: Settings,
    translate: Translate,
    now: datetime,
    before: Place | None,
) -> Wanted:
    """What an order asks for, by the template and the rules in force."""
    policy = policy_in_force(station, settings)
    template, _ = template_in_force(station, order, settings)
    return Wanted(
        order.sheet,
        template,
        settings.site_name,
        order.period,
        order.mask,
        sheet_wording(translate, venue=policy.is_venue),
        policy.fever_threshold_c,
        now,
        policy.test_every,
        before,
    )
