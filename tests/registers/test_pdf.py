"""What stands on the sheets, read back from the PDF by two other programs."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from checkpoint_app.domain.register import Column, Sheet, Table
from checkpoint_app.i18n import translator
from checkpoint_app.registers import render_pdf
from checkpoint_app.registers.preview import page_count, raster
from checkpoint_app.registers.templates import template_for

from .sheets import table

CHINESE, ENGLISH = translator("zh_CN"), translator("en")


def by_pypdf(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def by_pdfium(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def squeezed(text: str) -> str:
    """Without what wrapping and reading back add: spaces and line ends."""
    return re.sub(r"\s+", "", text)


def one(text: str, heading: str = "姓名") -> Table:
    """A sheet of a single cell."""
    return replace(table(0), columns=(Column("c", heading, 1.0),), rows=((text,),))


@pytest.mark.parametrize("read", [by_pypdf, by_pdfium])
def test_every_row_copies_out_as_it_is(read) -> None:
    sheet = table(120)
    text = squeezed("".join(read(render_pdf(sheet, CHINESE))))
    position = 0
    for row in sheet.rows:
        position = text.find(squeezed("".join(row)), position)
        assert position >= 0, row


@pytest.mark.parametrize("read", [by_pypdf, by_pdfium])
def test_rare_characters_copy_out(read) -> None:
    names = [f"李{character}平" for character in "䶮㛃𠅤𬍛𨭎㐂𪚥𫝀𭔥Żόж"]
    (page,) = read(render_pdf(one("\n".join(names)), CHINESE))
    assert "".join(names) in squeezed(page)


def test_rare_characters_have_shapes_of_their_own() -> None:
    characters = "䶮㛃𠅤𬍛𨭎□"
    drawn = {raster(render_pdf(one(each), CHINESE), 1, 100) for each in characters}
    assert len(drawn) == len(characters)
    assert raster(render_pdf(one("\U000f0000"), CHINESE), 1, 100) in drawn  # drawn as □


def test_an_emoji_looks_like_what_cannot_be_shown_and_copies_out_as_itself() -> None:
    sheet = render_pdf(one("😀"), CHINESE)
    assert raster(sheet, 1, 100) == raster(render_pdf(one("□"), CHINESE), 1, 100)
    assert "😀" in "".join(by_pdfium(sheet))


def test_every_page_says_what_it_is() -> None:
    pages = [squeezed(text) for text in by_pdfium(render_pdf(table(60), CHINESE))]
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        for words in (
            "疫情防控卡点（场所）登记表",
            "凤凰县城北高速口疫情防控卡点",
            "2026-11-230时—24时",
            f"第{number}页共{len(pages)}页",
            "目的地接收人及电话",
            "合计：60人次放行60劝返0",
            "登记人（签字）：",
            "值班负责人（签字）：",
            "校验码：K7QF-2M9D-4T",
            "第3版",
            "打印时间：2026-11-2318:22",
        ):
            assert words in text
    assert "单位（盖章）：" in pages[-1]
    assert "以下空白" in pages[-1]
    assert "单位（盖章）：" not in pages[0]


def test_the_watermark_is_seen_and_does_not_mix_with_the_text() -> None:
    plain = replace(table(3), recipient=None, operator=None, printed_at=None)
    marked = replace(plain, recipient="凤凰县疫情防控指挥部", operator="王芳")
    plain_pdf, marked_pdf = render_pdf(plain, CHINESE), render_pdf(marked, CHINESE)
    assert by_pdfium(plain_pdf) == by_pdfium(marked_pdf)
    assert raster(plain_pdf, 1, 60) != raster(marked_pdf, 1, 60)


def test_the_qr_names_sheet_period_version_and_code() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    width, height, pixels = raster(render_pdf(table(1), CHINESE), 1, 200)
    (found,) = zxingcpp.read_barcodes(Image.frombytes("RGB", (width, height), pixels))
    assert found.text == "CD:daily:2026-11-23T00:00:00+08:00:3:K7QF-2M9D-4T"


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (Sheet.DAILY, "本时段无登记人员，零报告。"),
        (Sheet.ABNORMAL, "本时段未发现异常人员，零报告。"),
    ],
)
def test_an_empty_day_is_a_zero_report(sheet: Sheet, words: str) -> None:
    zero = template_for(sheet, None, venue=False)[0].zero
    (page,) = by_pdfium(render_pdf(replace(table(0), sheet=sheet, zero=zero), CHINESE))
    assert words in page
    assert "单位（盖章）" in page
    assert "以下空白" not in page


def test_the_same_table_gives_the_same_bytes() -> None:
    assert render_pdf(table(40), CHINESE) == render_pdf(table(40), CHINESE)


def test_a_sheet_in_english() -> None:
    (page,) = by_pdfium(render_pdf(table(2), ENGLISH))
    assert "Page 1 of 1" in page
    assert "Officer on duty (signature):" in page


def test_a_long_site_name_is_whole_and_leaves_the_rest_alone() -> None:
    site = "湖南省湘西土家族苗族自治州凤凰县" * 5
    (page,) = by_pdfium(render_pdf(replace(table(1), site=site), CHINESE))
    assert squeezed(page).count(site) == 2  # at the head and over the seal
    assert "统计时段：2026-11-230时—24时" in squeezed(page)


def test_all_pages_are_a4_landscape() -> None:
    for page in PdfReader(io.BytesIO(render_pdf(table(60), CHINESE))).pages:
        assert abs(float(page.mediabox.width) - 841.89) < 0.1
        assert abs(float(page.mediabox.height) - 595.28) < 0.1


def test_no_text_is_smaller_than_six_and_a_half_points() -> None:
    sizes: list[float] = []
    for page in PdfReader(io.BytesIO(render_pdf(table(15), CHINESE))).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.append(size))
    assert min(size for size in sizes if size) >= 6.5


@pytest.mark.parametrize("count", range(12, 22, 3))
def test_nothing_stands_outside_the_page_or_on_the_footer(count: int) -> None:
    """Wherever the last row falls, seal, totals and rows keep their places."""
    with pdfium.PdfDocument(render_pdf(table(count), CHINESE)) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(number) for number in range(text.count_chars())]
            assert all(left >= 20 and right <= 822 for left, _, right, _ in boxes)
            assert all(bottom >= 15 and top <= 580 for _, bottom, _, top in boxes)


def test_a_cell_higher_than_a_page_goes_on_on_the_next() -> None:
    lines = [f"第{number}行" for number in range(200)]
    pdf = render_pdf(one("\n".join(lines)), CHINESE)
    assert page_count(pdf) > 2
    text = squeezed("".join(by_pdfium(pdf)))
    assert [line for line in lines if text.count(line) != 1] == []


def test_an_absurd_cell_ends_in_dots() -> None:
    text = squeezed("".join(by_pdfium(render_pdf(one("长" * 100_000), CHINESE))))
    assert text.count("长") == 2000
    assert "…" in text


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("王\x00小\x1b明", "王□小□明"),
        ("王😀明", "王😀明"),
        ("王\ud83d明", "王□明"),
        ("王\u200d\ufeff明\ufe0f", "王明"),
        ("Rene\u0301", "René"),
        ("<b>王</b>&amp;{name}", "<b>王</b>&amp;{name}"),
        ("王\u202e明", "王明"),
        ("王\ue000明", "王□明"),
    ],
)
def test_strange_characters_are_seen_as_strange(given_text: str, shown: str) -> None:
    sheet = replace(one(given_text), site=given_text, operator=given_text)
    assert squeezed("".join(by_pdfium(render_pdf(sheet, CHINESE)))).count(shown) >= 2


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(*[st.text(st.characters(), max_size=60)] * 4), max_size=3), st.text())
def test_no_text_breaks_a_sheet(rows: list[tuple[str, ...]], heading: str) -> None:
    columns = tuple(Column(str(n), heading, float(n - 1)) for n in range(4))
    sheet = replace(
        table(0), columns=columns, rows=tuple(rows),
        site=heading, recipient=heading, check_code=heading,
    )  # fmt: skip
    assert page_count(render_pdf(sheet, ENGLISH)) >= 1
