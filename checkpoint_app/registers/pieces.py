"""The blocks of a document as pieces: strips of paper of a known height, that know how to be drawn.

A piece never asks which page it stands on. What is higher than a page is cut into pieces before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from checkpoint_app.domain.document import (
    Block,
    Cut,
    Fact,
    Facts,
    Gap,
    Heading,
    Lines,
    NewPage,
    Paragraph,
    Rows,
    Seal,
    Signatures,
    Square,
    Tick,
    Ticks,
    Together,
)
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.grid import CENTRE, LEADING, Row, lay_out_rows, portions
from checkpoint_app.registers.pen import SMALLEST, SOFT, Pen
from checkpoint_app.registers.typeface import Typeface

MM = 72 / 25.4
_PAD = 4.0
_LONGEST = 20_000  # characters of one text; more is a mistake or an attack
_CONTENT = 1200  # characters that a QR code is made of at most


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip. `draw` gets the y of its upper edge; `keep` is the room needed below it too."""

    height: float
    draw: Callable[[float], None]
    heading: Piece | None = None  # drawn again where this begins a page
    keep: float = 0.0
    breaks: bool = False  # a new page begins here


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the blocks are set: between two x, on pages with so much room, at a scale."""

    pen: Pen
    translate: Translate
    left: float
    right: float
    room: float
    scale: float

    @property
    def width(self) -> float:
        """Width of the text."""
        return self.right - self.left

    def size(self, points: float) -> float:
        """A type size at this scale."""
        return max(points * self.scale, SMALLEST)


def pieces_of(blocks: Sequence[Block], setting: Setting) -> list[Piece]:
    """The strips of all blocks, in order."""
    found: list[Piece] = []
    for block in blocks:
        found.extend(_pieces(block, setting))
    for number in range(len(found) - 2, -1, -1):  # a heading stays with what it heads
        if found[number].keep < 0:
            found[number] = replace(found[number], keep=_with(found[number + 1]))
    return found


def _with(piece: Piece) -> float:
    return piece.height + max(piece.keep, 0.0)


def _pieces(block: Block, setting: Setting) -> list[Piece]:
    match block:
        case Heading():
            return _heading(block, setting)
        case Paragraph():
            face = setting.pen.bold if block.bold else setting.pen.face
            return _running(block.text, block.size, face, block.align, setting)
        case Facts():
            return list(_facts(block, setting))
        case Ticks():
            return list(_ticks(block, setting))
        case Rows():
            return _rows(block, setting)
        case Lines():
            return [_ruled(setting) for _ in range(block.count)]
        case Signatures():
            return [_signatures(block, setting)]
        case Seal():
            return [_seal(block, setting)]
        case Square():
            return [_square(block, setting)]
        case Cut():
            return [_cut(block, setting)]
        case Gap():
            return [Piece(block.mm * MM * setting.scale, _nothing)]
        case NewPage():
            return [Piece(0.0, _nothing, breaks=True)]
        case Together():
            return _together(pieces_of(block.blocks, setting), setting)


def _nothing(top: float) -> None:
    """White space has nothing to draw."""


def _together(pieces: list[Piece], setting: Setting) -> list[Piece]:
    whole = sum(each.height for each in pieces)
    if pieces and whole <= setting.room:
        first = pieces[0]
        pieces[0] = replace(first, keep=max(first.keep, whole - first.height))
    return pieces


# --- text ---------------------------------------------------------------------------------------


def _heading(block: Heading, setting: Setting) -> list[Piece]:
    made = _running(block.text, 12.0, setting.pen.bold, "left", setting)
    gap = Piece(6 * setting.scale, _nothing, keep=-1)
    return [gap, *(replace(each, keep=-1) for each in made)]


def _running(text: str, points: float, face: Typeface, align: str, setting: Setting) -> list[Piece]:
    pen, size = setting.pen, setting.size(points)
    x = {"left": setting.left, "right": setting.right}.get(
        align, (setting.left + setting.right) / 2
    )

    def strip(line: str) -> Piece:
        def draw(top: float) -> None:
            pen.text(x, top - size * 1.1, line, size, face, align)

        return Piece(size * 1.5, draw)

    return [strip(line) for line in pen.lines(text[:_LONGEST], setting.width, size, face)]


# --- facts --------------------------------------------------------------------------------------


def _facts(block: Facts, setting: Setting) -> Iterator[Piece]:
    size = setting.size(10.0)
    across = max(1, block.across)
    labels = [setting.pen.bold.width(setting.pen.bold.clean(each.label)) for each in block.facts]
    share = setting.width / across
    longest = max(labels, default=0.0) * size / 1000 + 2 * _PAD + 2
    label = min(longest, share * 0.38)
    for row in _fact_rows(block.facts, across):
        yield from _fact_row(row, label, share, size, setting)


def _fact_rows(facts: Sequence[Fact], across: int) -> Iterator[list[Fact]]:
    row: list[Fact] = []
    for fact in facts:
        if row and (fact.wide or len(row) == across):
            yield row
            row = []
        row.append(fact)
        if fact.wide:
            yield row
            row = []
    if row:
        yield row


def _fact_row(
    row: list[Fact], label: float, share: float, size: float, setting: Setting
) -> Iterator[Piece]:
    """One row of the grid; the last fact of it reaches to the right edge."""
    pen, cells = setting.pen, []
    for number, fact in enumerate(row):
        left = setting.left + share * number
        right = setting.right if number == len(row) - 1 else left + share
        names = pen.lines(fact.label, label - 2 * _PAD, size, pen.bold)
        values = pen.lines(fact.value[:_LONGEST], right - left - label - 2 * _PAD, size)
        cells.append((left, right, names, values))
    most = max(1, int((setting.room - 2 * _PAD) / (size * LEADING)))
    tallest = max(max(len(names), len(values)) for _, _, names, values in cells)
    for start in range(0, tallest, most):
        part = [(a, b, n[start : start + most], v[start : start + most]) for a, b, n, v in cells]
        count = max(max(len(names), len(values)) for _, _, names, values in part)
        height = max(count * size * LEADING + 2 * _PAD, 22 * setting.scale)
        yield Piece(height, _fact_drawer(part, label, size, height, pen))


def _fact_drawer(
    cells: list[tuple[float, float, list[str], list[str]]],
    label: float,
    size: float,
    height: float,
    pen: Pen,
) -> Callable[[float], None]:
    def draw(top: float) -> None:
        for left, right, names, values in cells:
            pen.box(left, top - height, label, height, 0.94)
            pen.box(left + label, top - height, right - left - label, height)
            _stack(pen, left + _PAD, top - height / 2, names, size, pen.bold)
            _stack(pen, left + label + _PAD, top - height / 2, values, size, pen.face)

    return draw


def _stack(
    pen: Pen, x: float, middle: float, lines: list[str], size: float, face: Typeface
) -> None:
    y = middle + (len(lines) - 1) * size * LEADING / 2 - size * CENTRE
    for line in lines:
        if line:
            pen.text(x, y, line, size, face)
        y -= size * LEADING


# --- lists to tick, tables, lines to write on ---------------------------------------------------


def _ticks(block: Ticks, setting: Setting) -> Iterator[Piece]:
    across = max(1, block.across)
    for start in range(0, len(block.ticks), across):
        yield _tick_row(block.ticks[start : start + across], setting.width / across, setting)


def _tick_row(ticks: Sequence[Tick], share: float, setting: Setting) -> Piece:
    pen, size = setting.pen, setting.size(10.5)
    box = size * 1.05
    texts = [f"{each.text}  {each.note}".rstrip() for each in ticks]
    broken = [pen.lines(text[:_LONGEST], share - box - 14, size) for text in texts]
    height = max(map(len, broken)) * size * 1.35 + 4 * setting.scale

    def draw(top: float) -> None:
        for number, (each, lines) in enumerate(zip(ticks, broken, strict=True)):
            x, y = setting.left + share * number, top - size * 1.25
            pen.box(x + 1, y - size * 0.14, box, box)
            if each.ticked is not None:
                sign = "✓" if each.ticked else "×"
                pen.text(x + 1 + box / 2, y, sign, size, pen.bold, "centre")
            for down, line in enumerate(lines):
                pen.text(x + box + 8, y - down * size * 1.35, line, size)

    return Piece(height, draw)


def _rows(block: Rows, setting: Setting) -> list[Piece]:
    pen = setting.pen
    headings = [pen.bold.clean(each.heading) for each in block.columns]
    edges = (setting.left, setting.right)
    grid = lay_out_rows(block.columns, headings, block.rows, pen.face, pen.bold, edges)
    top = Piece(grid.heading.height, _row_drawer(grid.heading, grid.edges, pen, 0.925))
    room = setting.room - top.height
    lowest = block.lowest_mm * MM * setting.scale
    body = [
        replace(part, height=max(part.height, lowest))
        for row in grid.rows
        for part in portions(row, room)
    ]
    made = [Piece(row.height, _row_drawer(row, grid.edges, pen), heading=top) for row in body]
    return [replace(top, keep=made[0].height if made else 0.0), *made]


def _row_drawer(
    row: Row, edges: tuple[float, ...], pen: Pen, ground: float | None = None
) -> Callable[[float], None]:
    def draw(top: float) -> None:
        bottom = top - row.height
        for left, right in pairwise(edges):
            pen.box(left, bottom, right - left, row.height, ground)
        pen.canvas.addLiteral(row_operators(row, top))

    return draw


def row_operators(row: Row, top: float) -> str:
    """PDF operators that show a row's text, its upper edge at `top`."""
    parts, middle = ["BT 0 g"], top - row.height / 2
    for size, lines in row.cells:
        y = middle + (len(lines) - 1) * size * LEADING / 2 - size * CENTRE
        for x, shown in lines:
            parts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {shown}")
            y -= size * LEADING
    return " ".join((*parts, "ET"))


def _ruled(setting: Setting) -> Piece:
    height = 24 * setting.scale
    return Piece(
        height, lambda top: setting.pen.rule(setting.left, top - height + 3, setting.right)
    )


# --- signatures, seal, code, cut ----------------------------------------------------------------


def _signatures(block: Signatures, setting: Setting) -> Piece:
    pen, size = setting.pen, setting.size(10.0)
    share = setting.width / max(1, len(block.labels))
    broken = [pen.lines(each, share * 0.62, size) for each in block.labels]
    deep = max(map(len, broken), default=1) * size * 1.3
    height = deep + (34 if block.dated else 16) * setting.scale
    date = setting.translate("Date:      year      month      day")
    small = pen.fitted(date, share - 14, 1, (size, size * 0.9, size * 0.8, SMALLEST))[0]

    def draw(top: float) -> None:
        foot = top - 8 * setting.scale - deep
        for number, lines in enumerate(broken):
            x = setting.left + share * number
            for up, line in enumerate(reversed(lines)):
                pen.text(x, foot + 2 + up * size * 1.3, line, size)
            wide = pen.face.width(pen.face.clean(lines[-1])) * size / 1000
            pen.rule(x + wide + 3, foot, x + share - 14)
            if block.dated:
                pen.text(x, foot - size * 1.7, date, small, ink=SOFT)

    return Piece(height, draw)


def _seal(block: Seal, setting: Setting) -> Piece:
    """The right third: unit, room for a round seal of 42 mm, date."""
    pen, size, height = setting.pen, setting.size(10.0), 126.0 * setting.scale
    wide = min(setting.width, 226.0)
    x = setting.right - wide
    points, lines = pen.fitted(block.unit, wide, 4, (size, max(size - 1, SMALLEST), SMALLEST))

    def draw(top: float) -> None:
        pen.text(x, top - size * 1.5, setting.translate("Unit (seal):"), size, pen.bold)
        for number, line in enumerate(lines):
            pen.text(x, top - size * (3.0 + 1.3 * number), line, points)
        foot = top - height + size
        pen.text(x, foot, setting.translate("Date:      year      month      day"), size, ink=SOFT)

    return Piece(height, draw)


def _square(block: Square, setting: Setting) -> Piece:
    pen, size = setting.pen, setting.size(10.0)
    side = min(block.size_mm * MM * setting.scale, setting.width, setting.room - 10)
    x = setting.left + side + 12
    lines = [
        line for each in block.lines for line in pen.lines(each, setting.right - x, size)
    ] if setting.right - x > 4 * size else []  # fmt: skip
    height = max(side + 10, len(lines) * size * 1.4 + 10)

    def draw(top: float) -> None:
        pen.square(setting.left + 4, top - 5 - side + 4, side - 4, block.content[:_CONTENT])
        for down, line in enumerate(lines):
            pen.text(x, top - 5 - size - down * size * 1.4, line, size)

    return Piece(height, draw)


def _cut(block: Cut, setting: Setting) -> Piece:
    pen, size = setting.pen, setting.size(8.0)
    height = 22 * setting.scale

    def draw(top: float) -> None:
        y = top - height / 2
        middle = (setting.left + setting.right) / 2
        pen.rule(setting.left - 12, y, setting.right + 12, 0.6, "4 3")
        words = f"✂ {block.text}".rstrip()
        wide = pen.face.width(pen.face.clean(words)) * size / 1000
        ground = f"{middle - wide / 2 - 4:.2f} {y - 4:.2f} {wide + 8:.2f} 8 re f"
        pen.canvas.addLiteral(f"q 1 g {ground} Q")
        pen.text(middle, y - size * CENTRE, words, size, align="centre", ink=SOFT)

    return Piece(height, draw)
