"""Charts as pictures, workbooks and pages: what stands in the figures stands there too."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import openpyxl
import pypdf
import pytest
from PIL import Image

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.tally import Chart, Coverage, Front, Tally
from checkpoint_app.i18n import translator
from checkpoint_app.i18n.reasons import outcome_word
from checkpoint_app.registers.chart import PAPER, Ink, picture
from checkpoint_app.registers.chart_files import pages, workbook
from checkpoint_app.shipped_rules import shipped
from tests.store.travellers import DAY, MORNING, recorded

ZH = translator("zh_CN")
FRONT = Front("查验统计", "城北高速口卡点", "2022-03-14", "王芳 2022-03-15 08:00")


@pytest.fixture(scope="module")
def tally() -> Tally:
    made = Tally(DAY, shipped("road"), {each: outcome_word(each, ZH) for each in Outcome}, "其他")
    for minute in range(40):
        record = recorded(minute=3 * minute)
        journey = replace(record.inspection.journey, origin=f"=SUM({minute % 3})$上海市")
        made.add(replace(record, inspection=replace(record.inspection, journey=journey)))
    return made


@pytest.fixture(scope="module")
def charts(tally: Tally) -> tuple[Chart, ...]:
    return tally.charts((Coverage("省推送", 40, 10),))


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def test_a_picture_has_its_size_and_its_colours(charts: tuple[Chart, ...]) -> None:
    ink = replace(PAPER, ground="#16242A", series=("#4FB6C1", "#F0B24A"))
    found = pixels(picture(charts[0], ZH, ink, (600, 400), scale=1.5))
    assert found.shape == (600, 900, 3)
    assert tuple(found[0, 0]) == (0x16, 0x24, 0x2A)
    assert (found == (0x4F, 0xB6, 0xC1)).all(axis=2).sum() > 1000


@pytest.mark.parametrize("size", [(1, 1), (90, 4000), (300, 160)])
def test_any_size_can_be_drawn(charts: tuple[Chart, ...], size: tuple[int, int]) -> None:
    for each in charts:
        assert pixels(picture(each, ZH, PAPER, size)).shape[0] >= 240


def test_an_svg_scales(charts: tuple[Chart, ...]) -> None:
    assert b"<svg" in picture(charts[1], ZH, PAPER, (600, 400), form="svg")


def test_series_are_told_apart_by_lightness_too() -> None:
    """Whoever sees no colours at all still sees two kinds of bars."""

    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert isinstance(PAPER, Ink)
    assert abs(lightness(PAPER.series[0]) - lightness(PAPER.series[1])) > 50


def test_the_workbook_holds_numbers_and_no_formula(tally: Tally, charts: tuple[Chart, ...]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(charts, tally.headlines(), FRONT, ZH)))
    assert book.sheetnames[:3] == ["查验统计", "每小时人次", "处置结果"]
    hours = book["每小时人次"]
    assert hours.freeze_panes == "B2"
    assert [cell.value for cell in hours["B"][:11]] == ["进入", *[0] * 8, 20, 20]
    origins = book["来源地"]
    assert origins["A2"].value.startswith("=SUM")
    assert origins["A2"].data_type == "s"


def test_two_charts_of_one_name_have_sheets_of_their_own(charts: tuple[Chart, ...]) -> None:
    twins = (charts[0], replace(charts[0], key="again"))
    names = openpyxl.load_workbook(io.BytesIO(workbook(twins, (), FRONT, ZH))).sheetnames
    assert len(set(names)) == 3


def test_the_pages_say_what_the_table_says(tally: Tally, charts: tuple[Chart, ...]) -> None:
    found = pypdf.PdfReader(io.BytesIO(pages(charts, tally.headlines(), FRONT, ZH, MORNING)))
    texts = [each.extract_text() for each in found.pages]
    assert len(texts) == sum(not each.empty for each in charts)
    assert "城北高速口卡点" in texts[0]
    assert "每小时人次" in texts[0]
    assert f"第 1 页 共 {len(texts)} 页" in " ".join(texts[0].split())


def test_printing_can_be_stopped_and_an_empty_day_is_a_page(charts: tuple[Chart, ...]) -> None:
    assert pages(charts, (), FRONT, ZH, MORNING, lambda done, of: False) == b""
    nothing = Tally(DAY, shipped("road"), {each: each.value for each in Outcome})
    found = pypdf.PdfReader(io.BytesIO(pages(nothing.charts(), (), FRONT, ZH, MORNING)))
    assert "这段时间没有查验记录" in found.pages[0].extract_text()


def test_every_word_of_the_charts_is_chinese(tally: Tally, charts: tuple[Chart, ...]) -> None:
    said = [each.words for each in tally.headlines()]
    for each in charts:
        said += [each.title, each.labelled, each.threshold_words, *(s.heading for s in each.series)]
        said += each.labels if each.words else ()
    week = Tally(replace(DAY, end=DAY.end.replace(day=20)), shipped("road"), {})
    said += [week.headlines()[-1].words]
    assert [each for each in said if each not in ("", "℃") and ZH(each) == each] == []


def test_a_saved_picture_says_what_it_is_and_who_took_it(charts: tuple[Chart, ...]) -> None:
    words = "城北卡点    报送：沱江镇人民政府   操作：王芳"
    marked = picture(charts[0], ZH, PAPER, (800, 500), form="svg", below=words)
    assert len(marked) > len(picture(charts[0], ZH, PAPER, (800, 500), form="svg"))
    seen = pixels(picture(charts[0], ZH, PAPER, (800, 500), below=words))
    assert seen.shape[:2] == (500, 800)
