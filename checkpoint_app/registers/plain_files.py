"""A table as text for other programs: CSV (UTF-8 with BOM, or GBK), or JSON lines.

The last column says for whom the file was made, by whom and when: it breaks no other column.

A spreadsheet must neither run what a stranger typed nor round a long number: a cell that begins
with = + - @ or a tab gets an apostrophe before it, a long number a tab behind it, which is how it
stays text when the file is opened with a double click.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime

from checkpoint_app.domain.cells import Value
from checkpoint_app.domain.sheet import Table
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.pen import provenance

DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")
ENCODINGS = {"utf-8": "utf-8-sig", "gbk": "gb18030"}  # every character, GBK's by GBK's own bytes
MARK = "watermark"  # the key of the last field of a line
_LONG_NUMBER = re.compile(r"\d{12,}")


def render_csv(table: Table, translate: Translate, *, encoding: str = "utf-8") -> bytes:
    """The headings and the rows. `encoding` is "utf-8" (with its mark) or "gbk"."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    words = _mark(table, translate)
    heading = [_safe(translate(column.heading)) for column in table.columns]
    writer.writerow([*heading, *([translate("Watermark")] if words else [])])
    mark = [_safe(words)] if words else []
    writer.writerows([*map(_written, row), *mark] for row in table.rows)
    return text.getvalue().encode(ENCODINGS[encoding], "replace")


def render_json_lines(table: Table, translate: Translate) -> bytes:
    """One object a row, by the columns' stable keys; times in ISO 8601."""
    keys = [column.key for column in table.columns]
    words = _mark(table, translate)
    mark = {MARK: words} if words else {}
    lines = (
        json.dumps({**dict(zip(keys, map(_plain, row), strict=True)), **mark}, ensure_ascii=False)
        for row in table.rows
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _mark(table: Table, translate: Translate) -> str:
    """For whom, by whom, when: behind every row, so that a part of the file still says it."""
    return provenance(table.recipient, table.operator, table.printed_at, translate)


def _written(value: Value) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return _safe(value) if isinstance(value, str) else str(value)


def _safe(text: str) -> str:
    if text[:1] in DANGEROUS and text:
        return f"'{text}"
    return f"{text}\t" if _LONG_NUMBER.fullmatch(text) else text


def _plain(value: Value) -> str | int | float:
    return value.isoformat() if isinstance(value, datetime | date) else value
