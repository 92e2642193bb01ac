"""From a file to entries: what kind of file, where its rows are, what becomes of each."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from checkpoint_app.domain.list_entries import Entry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.imports import sheets, texts
from checkpoint_app.imports.cells import LONGEST, Cell, text_of
from checkpoint_app.imports.faults import FileFault, Refusal, RowFault
from checkpoint_app.imports.mapping import SEARCHED, Mapping, guess
from checkpoint_app.imports.rows import Knows, RowReader, RowRefused
from checkpoint_app.imports.seen import Seen

MOST_ROWS = 2_000_000
MOST_BYTES = 1 << 30
LOOKED_AT = 5000  # rows of a preview
A_BATCH = 5000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"

Rows = Iterator[tuple[list[Cell], float]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is to be read: which columns are what, in which sheet, in which encoding.

    `laid_out` is the sheet as it was looked at: whoever reads the file first takes it, and it is
    laid out anew for the next.
    """

    path: Path
    kind: ListKind
    mapping: Mapping
    form: str  # sheet, csv, json
    sheet: str = ""
    encoding: str = ""
    laid_out: list[sheets.LaidOut] = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows read: entries to take, rows refused, and how far the file has been read."""

    entries: list[Entry]
    refusals: list[Refusal]
    part: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen: the plan, the first rows as they stand, entries and refusals among the
    rows looked at; `whole`: those were all."""

    plan: Plan
    rows: tuple[tuple[str, ...], ...]
    taken: int
    refusals: tuple[Refusal, ...]
    whole: bool

    @property
    def lacking(self) -> tuple[str, ...]:
        """Labels of columns without which nothing can be taken."""
        return self.plan.mapping.lacking(self.plan.kind)


def plan_of(path: Path, kind: ListKind) -> Plan:
    """Look at a file: its form and its headings. Raises `FileFault`."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would keep us waiting
            raise FileFault("list_file_unreadable")
        size = found.st_size
        with path.open("rb") as file:
            start = file.read(8)
    except FileNotFoundError:
        raise FileFault("file_missing") from None
    except OSError:
        raise FileFault("unreadable") from None
    if size == 0:
        raise FileFault("list_file_empty")
    if size > MOST_BYTES:
        raise FileFault("list_file_too_large")
    if start.startswith((_ZIP, _OLE)):
        return _sheet_plan(path, kind)
    if texts.looks_like_json(path):
        return _planned(path, kind, "json")
    return _planned(path, kind, "csv", encoding=texts.encoding_of(path))


def _sheet_plan(path: Path, kind: ListKind) -> Plan:
    """The first sheet whose headings will do, else the first with anything in it."""
    first: Plan | None = None
    for name in sheets.sheet_names(path)[:20]:
        try:
            plan = _planned(path, kind, "sheet", sheet=name)
        except FileFault as fault:
            if fault.code != "list_file_empty":
                raise
            continue
        if not plan.mapping.lacking(kind):
            return plan
        plan.laid_out.clear()  # one sheet in memory at a time
        first = first or plan
    if first is None:
        raise FileFault("list_file_empty")
    return first


def _planned(path: Path, kind: ListKind, form: str, *, sheet: str = "", encoding: str = "") -> Plan:
    blank = Plan(path, kind, Mapping((), {}), form, sheet, encoding)
    if form == "sheet":
        blank.laid_out.append(sheets.lay_out(path, sheet))
    looked_at = list(blank.laid_out)
    head = [_texts(cells) for cells, _ in _some(_rows(blank), SEARCHED)]
    if not any(any(cells) for cells in head):
        raise FileFault("list_file_empty")
    return Plan(path, kind, guess(head, kind), form, sheet, encoding, looked_at)


def _some(rows: Rows, most: int) -> list[tuple[list[Cell], float]]:
    return [each for each, _ in zip(rows, range(most), strict=False)]


def _rows(plan: Plan) -> Rows:
    if plan.form == "csv":
        return texts.csv_rows(plan.path, plan.encoding)
    if plan.form == "json":
        return texts.json_rows(plan.path)
    return _sheet_rows(plan)


def _sheet_rows(plan: Plan) -> Rows:
    there = plan.laid_out
    sheet = there.pop() if there else sheets.lay_out(plan.path, plan.sheet)
    height = max(sheet.height, 1)
    for number, cells in enumerate(sheet.rows(), 1):
        yield cells, number / height


def examine(plan: Plan, knows: Knows, said: Table[str, str] | None = None) -> Preview:
    """What would happen to the first rows of the file; nothing is written. Raises `FileFault`.

    Where columns are `lacking` nothing is judged: somebody has to say first which is which.
    """
    mapping = plan.mapping.with_said(said or {})
    plan = replace(plan, mapping=mapping)
    taken = 0
    refusals: list[Refusal] = []
    whole = True
    lacking = mapping.lacking(plan.kind)
    for batch in () if lacking else read(plan, knows):
        taken += len(batch.entries)
        refusals += batch.refusals
        if taken + len(refusals) >= LOOKED_AT:
            whole = batch.part >= 1
            break
    shown = [_texts(cells) for cells, _ in _some(_rows(plan), mapping.row + 8)][mapping.row :]
    rows = tuple(tuple(cells) for cells in shown)
    return Preview(plan, rows, taken, tuple(refusals), whole)


def read(plan: Plan, knows: Knows) -> Iterator[Batch]:
    """All entries and refusals, a batch at a time. Raises `FileFault`, at the latest when a damaged
    place is reached: what was read until then must not count."""
    lacking = plan.mapping.lacking(plan.kind)
    if lacking:
        raise FileFault("list_columns_missing", lacking[0])
    reader, seen = RowReader(plan.kind, plan.mapping.columns, knows), Seen()
    waiting: list[tuple[int, list[Cell]]] = []
    for number, (cells, part) in enumerate(_rows(plan), 1):
        if number <= plan.mapping.row or not any(cells):
            continue
        if number - plan.mapping.row > MOST_ROWS:
            raise FileFault("list_file_too_large")
        waiting.append((number, cells))
        if len(waiting) >= A_BATCH:
            yield _batch(waiting, reader, seen, part)
            waiting = []
    yield _batch(waiting, reader, seen, 1.0)


def _batch(rows: list[tuple[int, list[Cell]]], reader: RowReader, seen: Seen, part: float) -> Batch:
    entries: list[tuple[int, Entry]] = []
    refused: dict[int, RowRefused] = {}
    for place, (_, cells) in enumerate(rows):
        try:
            entries.append((place, reader.entry(cells)))
        except RowRefused as fault:
            refused[place] = fault
    fresh = seen.take([hash(reader.identity(entry)) for _, entry in entries])
    taken = [entry for (_, entry), is_new in zip(entries, fresh, strict=True) if is_new]
    for (place, _), is_new in zip(entries, fresh, strict=True):
        if not is_new:
            refused[place] = RowRefused(RowFault.DUPLICATE)
    refusals = [
        Refusal(rows[place][0], fault.fault, fault.field, tuple(_texts(rows[place][1])))
        for place, fault in sorted(refused.items())
    ]
    return Batch(taken, refusals, part)


def _texts(cells: list[Cell]) -> list[str]:
    return [text_of(cell[:LONGEST] if isinstance(cell, str) else cell)[:LONGEST] for cell in cells]


def digest_of(path: Path) -> str:
    """SHA-256 of the file, as the ledger names it. Raises `FileFault`."""
    hashed = sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 22):
                hashed.update(chunk)
    except OSError:
        raise FileFault("list_file_unreadable") from None
    return hashed.hexdigest()
