"""The table of a sheet: how its cells break into lines and which rows go on which page.

Text wraps, and shrinks a little where that saves a line; it is never cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from checkpoint_app.domain.paper import Column
from checkpoint_app.domain.sheet import Table
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.columns import SAMPLE, SIDE, SIZES, fit_columns
from checkpoint_app.registers.typeface import Typeface
from checkpoint_app.registers.wrap import wrap

LEADING = 1.26  # line height in font sizes
CENTRE = 0.38  # from the baseline to the middle of a Han character, in font sizes
ABOVE = 2.4  # padding above and below, points
LOWEST_ROW = 18.0  # room for a pen
LONGEST_CELL = 2000  # characters; what is longer is a mistake or an attack, and ends in "…"
_KEPT = 600  # distinct values of a column that are kept broken
_CROWDED = 4  # a cell of more lines is set in the smallest size

Line = tuple[float, str]  # x in points, PDF operators
Cell = tuple[float, tuple[Line, ...]]  # font size, lines


@dataclass(frozen=True, slots=True)
class Row:
    """One row, broken into lines. `height` in points."""

    height: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be drawn; `edges` are the x of the column borders.

    `rows` are broken into lines as they are asked for, once: a long table is never whole in memory.
    """

    edges: tuple[float, ...]
    heading: Row
    rows: Iterator[Row]


def lay_out(
    table: Table, translate: Translate, face: Typeface, bold: Typeface, left: float, right: float
) -> Grid:
    """Break a table into rows of lines between two x positions."""
    headings = [bold.clean(translate(column.heading)) for column in table.columns]
    grid = lay_out_rows(table.columns, headings, table.rows, face, bold, (left, right))
    lowest = table.row_mm * 72 / 25.4
    return replace(grid, rows=(replace(r, height=max(r.height, lowest)) for r in grid.rows))


def lay_out_rows(
    columns: Sequence[Column],
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    face: Typeface,
    bold: Typeface,
    sides: tuple[float, float],
) -> Grid:
    """The same where `headings` are ready to be shown."""
    sample = [_cleaned(row, face) for row in rows[:: max(1, len(rows) // SAMPLE)]]
    size, widths = fit_columns(columns, headings, sample, sides[1] - sides[0], face, bold)
    edges = [sides[0]]
    for width in widths:
        edges.append(edges[-1] + width)
    builder = _Builder(columns, tuple(edges), size)
    heading = builder.row(headings, bold, heading=True)
    return Grid(tuple(edges), heading, (builder.row(_cleaned(row, face), face) for row in rows))


def _cleaned(row: Sequence[object], face: Typeface) -> list[str]:
    return [face.clean(_bounded(str(cell))) for cell in row]


def paginate(rows: Iterable[Row], body: float, last_body: float) -> Iterator[list[Row]]:
    """The rows of each page; `body` is the height for rows, `last_body` that of the last page.

    A row higher than a page goes on on the next one. There is always at least one page.
    """
    page: list[Row] = []
    used = 0.0
    for row in chain.from_iterable(portions(each, min(body, last_body)) for each in rows):
        if page and used + row.height > body:
            yield page
            page, used = [], 0.0
        page.append(row)
        used += row.height
    if used > last_body:
        yield page[:-1]
        page = page[-1:]
    yield page


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…"


def portions(row: Row, room: float) -> list[Row]:
    """The row, or where it is higher than the room, its lines in portions that fit."""
    if row.height <= room:
        return [row]
    fit = max(1, int((room - 2 * ABOVE) / (max(size for size, _ in row.cells) * LEADING)))
    count = -(-max(len(lines) for _, lines in row.cells) // fit)
    cut = (
        tuple((size, lines[fit * n : fit * (n + 1)]) for size, lines in row.cells)
        for n in range(count)
    )
    return [Row(_height(cells), cells) for cells in cut]


def _height(cells: tuple[Cell, ...]) -> float:
    tallest = max((len(lines) * size for size, lines in cells), default=0.0)
    return max(tallest * LEADING + 2 * ABOVE, LOWEST_ROW)


class _Builder:
    """Breaks rows into lines, each distinct value of a column once."""

    def __init__(self, columns: Sequence[Column], edges: tuple[float, ...], size: float) -> None:
        self._columns = columns
        self._edges = edges
        self._size = size
        self._known: list[dict[str, Cell]] = [{} for _ in columns]

    def row(self, texts: Sequence[str], face: Typeface, heading: bool = False) -> Row:
        cells = []
        for number, text in enumerate(texts):
            cell = None if heading else self._known[number].get(text)
            if cell is None:
                cell = self._cell(number, text, face, "centre" if heading else None)
                if not heading:
                    self._keep(number, text, cell)
            cells.append(cell)
        done = tuple(cells)
        return Row(_height(done), done)

    def _keep(self, number: int, text: str, cell: Cell) -> None:
        if len(self._known[number]) >= _KEPT:
            self._known[number].clear()
        self._known[number][text] = cell

    def _cell(self, number: int, text: str, face: Typeface, align: str | None) -> Cell:
        if not text:
            return self._size, ()
        left, right = self._edges[number] + SIDE, self._edges[number + 1] - SIDE
        size, lines = self._lines(text, right - left, face, shrink=align is None)
        align = align or self._columns[number].align
        return size, tuple(
            (_start(align, left, right, face.width(line) * size / 1000), face.show(line, size))
            for line in lines
        )

    def _lines(
        self, text: str, room: float, face: Typeface, shrink: bool
    ) -> tuple[float, list[str]]:
        size, lines = self._size, wrap(text, room * 1000 / self._size, face.width)
        if shrink and len(lines) > 1:
            for smaller in (max(size - 0.5, SIZES[-1]), SIZES[-1])[: 1 + (len(lines) > _CROWDED)]:
                closer = wrap(text, room * 1000 / smaller, face.width)
                if len(closer) < len(lines):
                    size, lines = smaller, closer
        return size, lines


def _start(align: str, left: float, right: float, width: float) -> float:
    if align == "right":
        return right - width
    return (left + right - width) / 2 if align == "centre" else left
