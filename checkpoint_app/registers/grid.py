"""The table of a sheet: how wide the columns are, how the cells break, which rows go on which page.

Widths follow the content first (a phone number or a plate stays whole if it can) and the columns'
weights where there is room to give away. Text shrinks a little, then wraps; it is never cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from checkpoint_app.domain.register import Column, Table
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.typeface import Typeface
from checkpoint_app.registers.wrap import longest_piece, wrap

SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)  # the largest that fits is taken
SMALLEST = 6.5
LEADING = 1.26  # line height in font sizes
CENTRE = 0.38  # from the baseline to the middle of a Han character, in font sizes
SIDE, ABOVE = 2.2, 2.4  # padding of a cell, points
LOWEST_ROW = 15.0
LONGEST_CELL = 2000  # characters; what is longer is a mistake or an attack, and ends in "…"
_USUAL_LINES = 2.2  # lines that nine values of ten should do with
_SHORT = 4.2  # ems: values like 未出示 or 36.5 stay on one line
_CROWDED = 4  # a cell of more lines is set in the smallest size
_SAMPLE = 400  # values of a column that its width is judged by
_WHOLE = 6.5  # widest word kept whole by widening its column, in ems: a phone number fits

Line = tuple[float, str]  # x in points, PDF operators
Cell = tuple[float, tuple[Line, ...]]  # font size, lines


@dataclass(frozen=True, slots=True)
class Row:
    """One row, broken into lines. `height` in points."""

    height: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be drawn; `edges` are the x of the column borders."""

    edges: tuple[float, ...]
    heading: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Demand:
    """What a column needs at least and what would show each value on one line, both in ems."""

    floor: float
    want: float


def lay_out(
    table: Table, translate: Translate, face: Typeface, bold: Typeface, left: float, right: float
) -> Grid:
    """Break a table into rows of lines between two x positions."""
    headings = [bold.clean(translate(column.heading)) for column in table.columns]
    rows = [[face.clean(_bounded(text)) for text in row] for row in table.rows]
    demands = [
        _demand(heading, _sample([row[number] for row in rows]), face, bold)
        for number, heading in enumerate(headings)
    ]
    size = _size(demands, right - left)
    widths = _widths(demands, [column.weight for column in table.columns], size, right - left)
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    builder = _Builder(table.columns, tuple(edges), size)
    heading = builder.row(headings, bold, heading=True)
    return Grid(tuple(edges), heading, tuple(builder.row(row, face) for row in rows))


def paginate(rows: Sequence[Row], body: float, last_body: float) -> list[list[Row]]:
    """The rows of each page; `body` is the height for rows, `last_body` that of the last page.

    A row higher than a page goes on on the next one. There is always at least one page.
    """
    pages: list[list[Row]] = [[]]
    used = 0.0
    for row in chain.from_iterable(_parts(each, min(body, last_body)) for each in rows):
        if pages[-1] and used + row.height > body:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += row.height
    if used > last_body:
        pages.append([])
        pages[-1].append(pages[-2].pop())
    return pages


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…"


def _sample(values: list[str]) -> list[str]:
    distinct = list(dict.fromkeys(values))
    return distinct[:: max(1, len(distinct) // _SAMPLE)]


def _demand(heading: str, values: list[str], face: Typeface, bold: Typeface) -> _Demand:
    natural = sorted(max(map(face.width, value.split("\n"))) / 1000 for value in values)
    widest = max((longest_piece(value, face.width) / 1000 for value in values), default=0.0)
    usual = natural[len(natural) * 9 // 10] if natural else 0.0
    heading_piece = longest_piece(heading, bold.width) / 1000
    floor = max(
        min(max(widest, heading_piece), _WHOLE),
        usual if usual <= _SHORT else min(usual / _USUAL_LINES, 10.0),
        bold.width(heading) / 3000,
    )
    want = max(floor, min(natural[-1] if natural else 0.0, 40.0), heading_piece)
    return _Demand(max(floor, 1.1), max(want, 1.1))


def _size(demands: Sequence[_Demand], room: float) -> float:
    for size in SIZES:
        if sum(each.floor * size + 2 * SIDE for each in demands) <= room:
            return size
    return SMALLEST


def _widths(
    demands: Sequence[_Demand], weights: Sequence[float], size: float, room: float
) -> list[float]:
    widths = [each.floor * size + 2 * SIDE + 0.1 for each in demands]
    wants = [each.want * size + 2 * SIDE + 0.1 for each in demands]
    spare = room - sum(widths)
    while spare > 0.5:
        short = [n for n, width in enumerate(widths) if width < wants[n] - 0.01]
        if not short:
            break
        share = spare / sum(max(weights[n], 0.1) for n in short)
        for n in short:
            widths[n] = min(wants[n], widths[n] + share * max(weights[n], 0.1))
        spare = room - sum(widths)
    factor = room / sum(widths)
    return [width * factor for width in widths]


def _parts(row: Row, room: float) -> list[Row]:
    """The row, or where it is higher than the room, its lines in portions that fit."""
    if row.height <= room:
        return [row]
    fit = max(1, int((room - 2 * ABOVE) / (max(size for size, _ in row.cells) * LEADING)))
    count = -(-max(len(lines) for _, lines in row.cells) // fit)
    portions = (
        tuple((size, lines[fit * n : fit * (n + 1)]) for size, lines in row.cells)
        for n in range(count)
    )
    return [Row(_height(cells), cells) for cells in portions]


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
                    self._known[number][text] = cell
            cells.append(cell)
        done = tuple(cells)
        return Row(_height(done), done)

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
            for smaller in (max(size - 0.5, SMALLEST), SMALLEST)[: 1 + (len(lines) > _CROWDED)]:
                closer = wrap(text, room * 1000 / smaller, face.width)
                if len(closer) < len(lines):
                    size, lines = smaller, closer
        return size, lines


def _start(align: str, left: float, right: float, width: float) -> float:
    if align == "right":
        return right - width
    return (left + right - width) / 2 if align == "centre" else left
