"""Sheets as files: which forms there are, what a file is called, and the note that it left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checkpoint_app.desk.sheets import SheetOrder, sealed_table
from checkpoint_app.domain.sheet import Sheet, Table
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings
from checkpoint_app.store.sealed_sheets import Handout
from checkpoint_app.store.station import Seal, Station

FORMS = ("pdf", "xlsx", "csv", "json")
ENDINGS = {"pdf": ".pdf", "xlsx": ".xlsx", "csv": ".csv", "json": ".jsonl"}
PRINT = "print"  # the form of a handout that went to a printer

# Names of the sheets, as they are chosen and as files are called.
NAMES: dict[Sheet, str] = {
    Sheet.DAILY: "Daily register",
    Sheet.ABNORMAL: "Abnormal persons",
    Sheet.TEMPERATURES: "Abnormal temperatures",
    Sheet.UNVACCINATED: "Unvaccinated persons",
    Sheet.TURNED_BACK: "Vehicles turned back",
    Sheet.VISITORS: "Visitors",
    Sheet.RISK_CONTACTS: "Persons from risk areas",
    Sheet.OVERDUE_TESTS: "Tests overdue",
    Sheet.SUMMARY: "Daily summary",
    Sheet.ZERO: "Zero report",
    Sheet.BLANK: "Blank forms",
}


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A sheet as a file's content."""

    body: bytes
    seal: Seal
    rows: int
    form: str


def is_typed(form: str) -> bool:
    """Whether a form wants values instead of text."""
    return form != "pdf"


def as_file(
    table: Table,
    form: str,
    settings: Settings,
    translate: Translate,
    fonts: Any = None,
) -> bytes:
    """A table in a form. Needs no store, and takes a second or two for a long day.

    `fonts` is an empty dict that is handed on from sheet to sheet, where several are drawn.
    """
    if form == "xlsx":
        from checkpoint_app.registers.workbook import render_xlsx

        return render_xlsx(table, translate)
    if form == "csv":
        from checkpoint_app.registers.plain_files import render_csv

        return render_csv(table, translate, encoding=settings.csv_encoding)
    if form == "json":
        from checkpoint_app.registers.plain_files import render_json_lines

        return render_json_lines(table, translate)
    from checkpoint_app.registers import render_pdf

    return render_pdf(table, translate, archival=settings.archival_pdf, fonts=fonts)


def sheet_file(
    station: Station,
    order: SheetOrder,
    form: str,
    settings: Settings,
    translate: Translate,
    now: datetime,
) -> SheetFile:
    """Seal the period, make the file and note that it left the desk. Raises StoreFault."""
    table, seal = sealed_table(station, order, settings, translate, now, typed=is_typed(form))
    body = as_file(table, form, settings, translate)
    note_handout(station, order, seal, form, len(table.rows), now)
    return SheetFile(body, seal, len(table.rows), form)


def note_handout(
    station: Station, order: SheetOrder, seal: Seal, form: str, rows: int, now: datetime
) -> None:
    """Put on record that a sheet left the desk, and to whom. Raises StoreFault."""
    station.sheets.note(
        Handout(
            order.sheet,
            order.period,
            seal.code,
            seal.version,
            form,
            order.mask.value,
            rows,
            order.operator,
            order.recipient,
        ),
        now,
    )


def file_stem(sheet: Sheet, day: date, translate: Translate) -> str:
    """2026-11-23-异常人员: the name of a sheet's file."""
    word = "Register" if sheet is Sheet.DAILY else NAMES[sheet]
    name = re.sub(r"[\s/\\:*?\"<>|]+", "-", translate(word))
    return f"{day:%Y-%m-%d}-{name}"
