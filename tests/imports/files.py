"""Files as offices send them, and as hostile ones would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import xlsxwriter

from checkpoint_app.divisions import code_of
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.imports import Batch, Preview, examine, plan_of, read
from checkpoint_app.imports.rows import Knows

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2022, 3, 24, 9, 0, tzinfo=ZONE)
KNOWS = Knows(NOW.date(), ZONE, code_of)
HEADINGS = ("姓名", "证件号", "电话", "来源")
WANG = ("王强", "410102199003078432", "13800138000", "市疾控")


def csv_file(folder: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8") -> Path:
    """A CSV file."""
    file = folder / "list.csv"
    file.write_bytes("".join(",".join(row) + "\r\n" for row in rows).encode(encoding))
    return file


def xlsx_file(folder: Path, rows: Iterable[Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    """An XLSX file; `merged` are ranges that take the value of their first cell."""
    file = folder / "list.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        for area in merged:
            sheet.merge_range(area, "市疾控")
    return file


def zipped(folder: Path, parts: dict[str, bytes]) -> Path:
    """A ZIP container with these parts, named like a sheet."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file = folder / "list.xlsx"
    file.write_bytes(body.getvalue())
    return file


def looked_at(file: Path, kind: ListKind = ListKind.WATCH, **said: str) -> Preview:
    """What would happen to a file."""
    return examine(plan_of(file, kind), KNOWS, said)


def all_of(file: Path, kind: ListKind = ListKind.WATCH) -> Batch:
    """Everything that is read from a file, in one."""
    batches = list(read(plan_of(file, kind), KNOWS))
    entries = [each for batch in batches for each in batch.entries]
    return Batch(entries, [each for batch in batches for each in batch.refusals], batches[-1].part)
