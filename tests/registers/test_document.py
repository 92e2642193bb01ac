"""Forms on paper: whole, whatever they hold, on any size of paper."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from checkpoint_app.domain.document import (
    A4,
    A4_LANDSCAPE,
    BADGE,
    Cut,
    Document,
    Fact,
    Facts,
    Gap,
    Heading,
    Lines,
    Mark,
    NewPage,
    Paper,
    Paragraph,
    Rows,
    Seal,
    Signatures,
    Square,
    Tick,
    Ticks,
    Together,
)
from checkpoint_app.domain.register import Column
from checkpoint_app.i18n import translator
from checkpoint_app.registers import render_document, render_documents
from checkpoint_app.registers.preview import page_count, raster

CHINESE = translator("zh_CN")
NAME = "买买提依明·阿布都热合曼·玉素甫江·吐尔逊尼牙"
ADDRESS = (
    "湖南省湘西土家族苗族自治州凤凰县沱江镇南华社区虹桥中路一百二十八号金水湾小区第十二栋三单元"
)
COLUMNS = (
    Column("number", "序号", 1, "right"),
    Column("name", "姓名", 3),
    Column("sign", "签字", 3),
)


def texts(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]


def slip(part: str) -> Together:
    return Together(
        (
            Cut(part),
            Facts(
                (
                    Fact("姓名", NAME),
                    Fact("电话", "13812345678"),
                    Fact("现住址", ADDRESS, wide=True),
                )
            ),
            Ticks((Tick("解除集中医学观察证明", True), Tick("双采双检证明", False, "缺失")), 2),
            Signatures(("移交人（签字）：", "接收人（签字）："), dated=True),
        )
    )


def test_a_slip_of_three_parts_stands_whole_on_one_page() -> None:
    document = Document(
        "转运交接单", (slip("一"), slip("二"), slip("三")), number="20261123-007", one_page=True,
        check_code="K7QF-2M9D-4T", mark=Mark("", "", datetime(2026, 11, 23, 18, 22, tzinfo=UTC)),
    )  # fmt: skip
    (page,) = texts(render_document(document, CHINESE))
    for words in (NAME, ADDRESS, "13812345678", "✓解除集中医学观察证明", "×双采双检证明缺失"):
        assert page.count(words) == 3
    for words in ("编号：20261123-007", "校验码：K7QF-2M9D-4T", "打印时间：2026-11-2318:22"):
        assert words in page
    assert "第1页共1页" in page


def test_a_long_table_repeats_its_heading_and_loses_no_row() -> None:
    rows = tuple((str(n), f"{NAME}{n}", "") for n in range(1, 90))
    pages = texts(render_document(Document("清单", (Rows(COLUMNS, rows),)), CHINESE))
    assert len(pages) > 2
    assert all("序号姓名签字" in page for page in pages)
    assert [n for n in range(1, 90) if f"{n}{NAME}{n}" not in "".join(pages)] == []
    assert f"第2页共{len(pages)}页" in pages[1]


def test_a_heading_stays_with_what_it_heads_and_together_is_not_torn() -> None:
    blocks = (Gap(215), Heading("一、台账"), Together((Paragraph("甲"), Gap(30), Paragraph("乙"))))
    pages = texts(render_document(Document("", blocks), CHINESE))
    assert "一、台账甲乙" in pages[1]
    assert "台账" not in pages[0]


def test_texts_higher_than_a_page_go_on() -> None:
    lines = [f"第{n}行" for n in range(150)]
    long = "\n".join(lines)
    blocks = (Paragraph(long), NewPage(), Facts((Fact("备注", long),)))
    text = "".join(texts(render_document(Document("长", blocks), CHINESE)))
    assert [line for line in lines if text.count(line) != 2] == []


def test_several_forms_in_one_file_are_counted_each_for_itself() -> None:
    one = Document("告知书", (Paragraph("甲"),))
    two = Document("消毒记录", (Paragraph("乙"), NewPage(), Lines(2), Seal("凤凰县城北卡点")))
    pages = texts(render_documents((one, two), CHINESE))
    assert ["第1页共1页" in pages[0], "第2页共2页" in pages[2]] == [True, True]
    assert "单位（盖章）：" in pages[2]


def test_a_badge_fits_its_label_and_its_code_is_read() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    square = Square(
        "CD:pass:0123456789", (NAME, "凤凰县第一中学", "高一(3)班", ADDRESS, "有效期至 2027-01-31")
    )
    pdf = render_document(Document("出入证", (square,), paper=BADGE, number="0007"), CHINESE)
    (page,) = texts(pdf)
    assert NAME in page
    assert ADDRESS in page
    width, height, pixels = raster(pdf, 1, 300)
    assert (round(width / 300 * 25.4), round(height / 300 * 25.4)) == (90, 54)
    (found,) = zxingcpp.read_barcodes(Image.frombytes("RGB", (width, height), pixels))
    assert found.text == "CD:pass:0123456789"


@pytest.mark.parametrize("paper", [A4, A4_LANDSCAPE, Paper(148, 210)])
def test_nothing_stands_outside_the_paper(paper: Paper) -> None:
    rows = tuple((str(n), NAME, ADDRESS) for n in range(30))
    blocks = (
        slip("一"),
        Rows(COLUMNS, rows),
        Seal(ADDRESS),
        Signatures((ADDRESS, NAME, "丙"), True),
    )
    pdf = render_document(Document(ADDRESS, blocks, paper=paper), CHINESE)
    wide, high = paper.width_mm * 72 / 25.4, paper.height_mm * 72 / 25.4
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (round(wide), round(high))
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(number) for number in range(text.count_chars())]
            assert all(left >= 20 and right <= wide - 20 for left, _, right, _ in boxes)
            assert all(bottom >= 20 and top <= high - 20 for _, bottom, _, top in boxes)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300), st.floats(1, 400), st.floats(1, 400))
def test_no_text_and_no_paper_breaks_a_form(text: str, width: float, height: float) -> None:
    blocks = (
        Heading(text), Paragraph(text), Facts((Fact(text, text),)), Ticks((Tick(text),)),
        Rows((Column("a", text, 1.0),), ((text,),)), Signatures((text,), True), Signatures(()),
        Seal(text), Square(text or "-", (text,)), Cut(text), Together((Lines(1),)),
    )  # fmt: skip
    document = Document(text, blocks, text, text, Paper(width, height), check_code=text)
    assert page_count(render_document(document, CHINESE)) >= 1
