"""Tables as a PDF, the same bytes for the same table. A page is drawn, packed and forgotten: fifty
thousand rows take no more memory than their own text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from reportlab.pdfgen.canvas import Canvas

from checkpoint_app.domain.sheet import Table
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.canvas import SheetCanvas
from checkpoint_app.registers.frame import SEAL_HEIGHT, Frame, Place
from checkpoint_app.registers.grid import Grid, Row, lay_out, paginate
from checkpoint_app.registers.pen import Pen
from checkpoint_app.registers.pieces import row_operators
from checkpoint_app.registers.typeface import Fonts

_ZERO_HEIGHT = 90.0

Progress = Callable[[int], None]  # pages drawn so far; may raise to stop


def _unwatched(pages: int) -> None:
    """Nobody waits."""


def render_pdf(
    table: Table,
    translate: Translate,
    *,
    archival: bool = False,
    progress: Progress = _unwatched,
    fonts: Fonts | None = None,
) -> bytes:
    """The register as a PDF: headings, site, period, signatures and check code on every page.

    Text stays text (it can be searched and copied), whatever a cell holds; what no font can show
    looks like "□". `archival` gives PDF/A-2b. Raises nothing for odd content.
    """
    return render_tables((table,), translate, archival=archival, progress=progress, fonts=fonts)


def render_tables(
    tables: Sequence[Table],
    translate: Translate,
    *,
    archival: bool = False,
    progress: Progress = _unwatched,
    fonts: Fonts | None = None,
) -> bytes:
    """Several sheets in one PDF, each with page numbers of its own."""
    file = io.BytesIO()
    canvas = SheetCanvas(file, translate(tables[0].title) if tables else "", archival=archival)
    pen = canvas.pen(fonts)
    for number, table in enumerate(tables):
        draw_table_pages(pen, table, translate, f"-{number}", progress)
    canvas.save()
    return file.getvalue()


def draw_table_pages(
    pen: Pen, table: Table, translate: Translate, name: str, progress: Progress = _unwatched
) -> None:
    """Draw a sheet on a canvas that is open; `name` tells it from the others there."""
    frame = Frame(pen, table, translate, Place.on(table.paper), name)
    frame.prepare()
    place = frame.place
    grid = lay_out(table, translate, pen.face, pen.bold, place.left, place.right)
    body = frame.body_top - frame.footer_top - grid.heading.height
    pages = _telling_last(paginate(grid.rows, body, body - SEAL_HEIGHT))
    for number, (rows, last) in enumerate(pages, 1):
        pen.canvas.setPageSize((place.width, place.height))
        frame.page(number)
        bottom = _draw_table(pen.canvas, grid, rows, frame.body_top)
        if last:
            _close(frame, bottom)
            frame.finish(number)
        pen.canvas.showPage()
        progress(number)


def _telling_last(pages: Iterator[list[Row]]) -> Iterator[tuple[list[Row], bool]]:
    """Every page, and whether it is the last one."""
    ready = next(pages)
    for page in pages:
        yield ready, False
        ready = page
    yield ready, True


def _close(frame: Frame, bottom: float) -> None:
    if not frame.table.rows:
        frame.zero(bottom, bottom - _ZERO_HEIGHT)
    else:
        frame.end_mark(bottom)
    frame.seal(frame.footer_top + SEAL_HEIGHT)


def _draw_table(canvas: Canvas, grid: Grid, rows: list[Row], top: float) -> float:
    """Draw heading and rows; gives the y of the lower edge."""
    shown = [grid.heading, *rows]
    tops = [top - down for down in accumulate((row.height for row in shown), initial=0.0)]
    left, right = grid.edges[0], grid.edges[-1]
    canvas.addLiteral(
        f"0.925 g {left:.2f} {tops[1]:.2f} {right - left:.2f} {grid.heading.height:.2f} re f"
    )
    canvas.addLiteral(_rules(grid.edges, tops))
    canvas.addLiteral("\n".join(map(row_operators, shown, tops)))
    return tops[-1]


def _rules(edges: tuple[float, ...], tops: list[float]) -> str:
    left, right, top, bottom = edges[0], edges[-1], tops[0], tops[-1]
    across = (f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l" for y in tops[2:-1])
    down = (f"{x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l" for x in edges[1:-1])
    box = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re"
    under = f"{left:.2f} {tops[1]:.2f} m {right:.2f} {tops[1]:.2f} l"
    return f"0.55 G 0.35 w {' '.join((*across, *down))} S 0 G 0.8 w {box} {under} S"
