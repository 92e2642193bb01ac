"""Every shipped form with the longest values that there are: whole, and each in its own cell."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pytest

from checkpoint_app.domain.sheet import Sheet, Table
from checkpoint_app.i18n import translator
from checkpoint_app.registers import render_pdf
from checkpoint_app.registers.canvas import SheetCanvas
from checkpoint_app.registers.frame import Place
from checkpoint_app.registers.grid import lay_out
from checkpoint_app.registers.templates import template_for
from tests.registers.sheets import table

CHINESE, ENGLISH = translator("zh_CN"), translator("en")
LONG = "买买提依明·阿布都热合曼·玉素甫江·吐尔逊尼牙孜艾力"  # 25 characters
ADDRESS = (
    "湖南省湘西土家族苗族自治州凤凰县沱江镇南华社区虹桥中路一百二十八号金水湾小区第十二栋"
    "三单元一千五百零二室王家老屋旁"
)
VALUES = (
    LONG,
    ADDRESS,
    "李𠅤䶮㛃𬍛𨭎",
    "433123199003074512",
    "13812345678",
    "Anna-Maria Schmidt-Löwenstein, Block 3, Flat 12B 长安镇乌沙村",
    "湘U·A1234",
    "36.5/37.6",
)
SHEETS = [(sheet, False, CHINESE) for sheet in Sheet]
SHEETS += [(Sheet.DAILY, True, CHINESE), (Sheet.DAILY, False, ENGLISH)]


def filled(sheet: Sheet, venue: bool) -> Table:
    """A form with each of the values once in every column."""
    template, fault = template_for(sheet, None, venue=venue)
    assert fault is None
    rows = tuple(
        tuple(VALUES[(row + column) % len(VALUES)] for column in range(len(template.columns)))
        for row in range(len(VALUES))
    )
    return table(
        len(rows),
        sheet=sheet,
        title=template.title,
        columns=template.columns,
        rows=rows,
        paper=template.paper,
        statement=template.statement,
        signatures=template.signatures,
        row_mm=template.row_mm,
        totals=(),
        recipient=None,
        operator=None,
        printed_at=None,
    )


def characters(page: pdfium.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    text = page.get_textpage()
    for at in range(text.count_chars()):
        box = text.get_charbox(at)
        if box[2] > box[0]:
            yield text.get_text_range(at, 1), *box


@pytest.mark.parametrize(("sheet", "venue", "say"), SHEETS)
def test_nothing_is_cut_and_nothing_leaves_its_cell(sheet: Sheet, venue: bool, say) -> None:
    made = filled(sheet, venue)
    place = Place.on(made.paper)
    pen = SheetCanvas(io.BytesIO(), "").pen()
    edges = lay_out(made, say, pen.face, pen.bold, place.left, place.right).edges
    with pdfium.PdfDocument(render_pdf(made, say, archival=True)) as pdf:
        seen = []
        for page in pdf:
            seen.append(page.get_textpage().get_text_range())
            low, high = table_on(page, edges)
            for character, left, bottom, right, top in characters(page):
                assert 0 <= left <= right <= place.width, character
                assert 0 <= bottom <= top <= place.height, character
                if low < bottom and top < high:
                    inside = any(a - 0.6 <= left and right <= b + 0.6 for a, b in pairwise(edges))
                    assert inside, (character, left, right)
    # pdfium tells a hyphen at a line's end apart as U+FFFE
    text = re.sub(r"\s+", "", "".join(seen)).replace("\ufffe", "-")
    for row in made.rows:
        for value in row:
            assert re.sub(r"\s+", "", str(value)) in text, value


def table_on(page: pdfium.PdfPage, edges: tuple[float, ...]) -> tuple[float, float]:
    """Lower and upper edge of the table, by the page's own drawing."""
    spans = [
        (lower, upper)
        for each in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])
        for left, lower, right, upper in [each.get_bounds()]
        if abs(left - edges[0]) < 3 and abs(right - edges[-1]) < 3
    ]
    top = max(upper for _, upper in spans)
    return min(lower for lower, upper in spans if top - upper < 2), top
