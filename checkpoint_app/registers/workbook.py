"""A table as an XLSX workbook: numbers are numbers, times are times, an ID number is text.

Rows go to the file as they come (XlsxWriter's constant memory); what is laid down meanwhile stands
in a private folder that no disk holds, or, where there is none such, in this process. No cell is
ever a formula.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

from checkpoint_app.domain.cells import Value
from checkpoint_app.domain.paper import Column
from checkpoint_app.domain.person import plain_text
from checkpoint_app.domain.sheet import Table
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.frame import period_words
from checkpoint_app.registers.pen import provenance
from checkpoint_app.registers.plain_files import DANGEROUS

_PAPERS: dict[tuple[float, float], int] = {
    (210, 297): 9,
    (297, 420): 8,
    (148, 210): 11,
    (182, 257): 13,
}
_SAMPLE = 200  # rows that column widths are judged by
_NARROWEST, _WIDEST = 5, 42  # characters
_HEADING_ROW = 2
_LIMIT = 32_000  # characters that a cell may have
_MEMORY = "/dev/shm"  # noqa: S108 - Linux: files that lie in memory; a folder of our own in it
_ROOM = 512 << 20  # bytes that must be free there


def render_xlsx(table: Table, translate: Translate) -> bytes:
    """The table as a workbook. Best of a table that was built `typed`.

    In memory alone: rows in files of the system's folder for such would be names in the clear.
    """
    file = BytesIO()
    room = _room_in_memory()
    if room is None:
        _write(file, table, translate, {"in_memory": True})
    else:
        with tempfile.TemporaryDirectory(prefix="checkpoint-", dir=room) as folder:
            _write(file, table, translate, {"constant_memory": True, "tmpdir": folder})
    return file.getvalue()


def _room_in_memory() -> str | None:
    """A folder that no disk holds, where rows may lie that would crowd this process."""
    try:
        free = shutil.disk_usage(_MEMORY).free if os.access(_MEMORY, os.W_OK) else 0
    except OSError:
        return None
    return _MEMORY if free > _ROOM else None


def _write(file: BytesIO, table: Table, translate: Translate, how: dict[str, Any]) -> None:
    import xlsxwriter

    options = how | {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": _short(translate(table.title)), "author": "Checkpoint Desk"})
    if table.printed_at is not None:
        book.set_properties({"created": table.printed_at.replace(tzinfo=None)})
    _Sheet(book, table, translate).write()
    book.close()


class _Sheet:
    """One worksheet being written, from the top down."""

    def __init__(self, book: Any, table: Table, translate: Translate) -> None:
        self._table, self._say = table, translate
        self._sheet = book.add_worksheet(_tab(translate(table.title)))
        cell = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_size": 10}
        self._title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self._plain = book.add_format({"font_size": 10})
        self._heading = book.add_format(
            {**cell, "bold": True, "align": "center", "bg_color": "#EBEBEB"}
        )
        self._text = self._by_align(book, {**cell, "num_format": "@"})
        self._quoted = book.add_format({**cell, "num_format": "@", "quote_prefix": True})
        self._kinds = {
            int: self._by_align(book, {**cell, "num_format": "0"}),
            float: self._by_align(book, {**cell, "num_format": "0.0"}),
            datetime: self._by_align(book, {**cell, "num_format": "yyyy-mm-dd hh:mm"}),
            date: self._by_align(book, {**cell, "num_format": "yyyy-mm-dd"}),
        }

    @staticmethod
    def _by_align(book: Any, properties: dict[str, Any]) -> dict[str, Any]:
        words = {"left": "left", "right": "right", "centre": "center"}
        return {a: book.add_format({**properties, "align": w}) for a, w in words.items()}

    def write(self) -> None:
        """Title, facts, heading, rows, totals."""
        self._lay_out()
        columns, sheet, say = self._table.columns, self._sheet, self._say
        last = len(columns) - 1
        sheet.write_string(0, 0, _short(say(self._table.title)), self._title)
        sheet.write_string(1, 0, self._facts(), self._plain)
        for at, column in enumerate(columns):
            sheet.write_string(_HEADING_ROW, at, _short(say(column.heading)), self._heading)
        at = _HEADING_ROW
        for at, row in enumerate(self._table.rows, _HEADING_ROW + 1):
            for place, (value, column) in enumerate(zip(row, columns, strict=True)):
                self._cell(at, place, value, column)
        sheet.autofilter(_HEADING_ROW, 0, at, last)
        self._end(at + 2)

    def _cell(self, row: int, place: int, value: Value, column: Column) -> None:
        if isinstance(value, str):
            quoted = value[:1] in DANGEROUS and value
            style = self._quoted if quoted else self._text[column.align]
            self._sheet.write_string(row, place, value[:_LIMIT], style)
        elif isinstance(value, datetime | date):
            style = self._kinds[datetime if isinstance(value, datetime) else date][column.align]
            self._sheet.write_datetime(row, place, value, style)
        else:
            self._sheet.write_number(row, place, value, self._kinds[type(value)][column.align])

    def _facts(self) -> str:
        table, say = self._table, self._say
        parts = [
            say("Site: {site}", site=_short(table.site)),
            say("Period: {period}", period=period_words(table.period, say)),
        ]
        if table.check_code:
            parts.append(say("Check code: {code}", code=table.check_code))
            parts.append(say("Version {version}", version=table.version))
        parts.append(plain_text(self._mark(), 400))
        return "    ".join(filter(None, parts))

    def _mark(self) -> str:
        """For whom, by whom, when: seen on the screen as on paper."""
        table = self._table
        return provenance(table.recipient, table.operator, table.printed_at, self._say)

    def _end(self, at: int) -> None:
        table, say = self._table, self._say
        lines = []
        if table.statement:
            lines.append(say(table.statement))
        if table.totals:
            counts = "  ".join(f"{say(word)} {count}" for word, count in table.totals)
            lines.append(f"{say('Total: {count}', count=table.counted)}  {counts}")
        for caption, totals in table.subtotals:
            counts = "  ".join(f"{say(word)} {count}" for word, count in totals)
            lines.append(f"{say(caption)}{say(': ')}{counts}")
        if not table.rows:
            lines.insert(0, say(table.zero))
        lines.append("          ".join(map(say, table.signatures)))
        lines.append(say("Unit (seal):"))
        for down, line in enumerate(lines):
            self._sheet.write_string(at + down, 0, plain_text(line, 2000), self._plain)

    def _lay_out(self) -> None:
        """Frozen heading, heading on every page, paper, who it is for."""
        table, sheet = self._table, self._sheet
        sheet.freeze_panes(_HEADING_ROW + 1, 0)
        sheet.repeat_rows(0, _HEADING_ROW)
        upright = table.paper.width_mm < table.paper.height_mm
        (sheet.set_portrait if upright else sheet.set_landscape)()
        size = tuple(sorted((table.paper.width_mm, table.paper.height_mm)))
        sheet.set_paper(_PAPERS.get((size[0], size[1]), 9))
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.set_header(f"&R&8{plain_text(self._mark(), 180).replace('&', '&&')}")
        sheet.set_footer(f"&C&8{self._say('Page {page} of {pages}', page='&P', pages='&N')}")
        sheet.set_row(0, 24)
        for place, width in enumerate(self._widths()):
            sheet.set_column(place, place, width)

    def _widths(self) -> list[float]:
        rows = self._table.rows[:: max(1, len(self._table.rows) // _SAMPLE)]
        return [
            max(
                _NARROWEST,
                min(
                    _WIDEST,
                    max((_width(row[place]) for row in rows), default=0) + 2,
                ),
                min(_width(self._say(column.heading)) + 2, 14),
            )
            for place, column in enumerate(self._table.columns)
        ]


def _width(value: Value) -> int:
    """Characters, Han ones counted twice."""
    if isinstance(value, datetime):
        return 16
    text = str(value)
    return len(text) + sum(ord(each) > 0x2E80 for each in text)


def _short(text: str) -> str:
    return plain_text(text, 200)


def _tab(title: str) -> str:
    """A worksheet's name: at most 31 characters, some of them not allowed."""
    kept = "".join(" " if each in "[]:*?/\\'" else each for each in _short(title))
    return kept[:31].strip() or "1"
