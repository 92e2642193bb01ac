"""Templates: the shipped ones read, a county's own hold, and a mistake in one stops nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from checkpoint_app.domain.paper import A4, A4_LANDSCAPE
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.domain.template import Template, TemplateFault
from checkpoint_app.i18n import translator
from checkpoint_app.i18n.sentences import FAULTS
from checkpoint_app.registers import render_pdf
from checkpoint_app.registers.templates import (
    keys_of,
    own_file,
    read_template,
    shipped_text,
    template_for,
)

from .sheets import table

chinese = translator("zh_CN")
OWN = """
title = "凤凰县入口登记簿"
paper = "A4"
orientation = "portrait"
signatures = ["登记人：", "带班领导："]
row_mm = 9

[[columns]]
key = "name"
heading = "姓名"
width_mm = 40

[[columns]]
key = "hand_note"
heading = "备注"
"""


@pytest.mark.parametrize("venue", [False, True])
@pytest.mark.parametrize("sheet", Sheet)
def test_every_shipped_template_is_sound_and_chinese(sheet: Sheet, venue: bool) -> None:
    template, fault = template_for(sheet, None, venue=venue)
    assert fault is None
    said = [template.title, *(column.heading for column in template.columns), *template.signatures]
    said += [each for each in (template.statement, template.zero) if each]
    assert [each for each in said if chinese(each) == each] == []


def test_a_venue_has_a_daily_form_of_its_own() -> None:
    road, venue = (template_for(Sheet.DAILY, None, venue=each)[0] for each in (False, True))
    assert chinese(venue.title) == "疫情防控场所登记表"
    assert "plate" in {each.key for each in road.columns}
    assert "plate" not in {each.key for each in venue.columns}


def test_a_station_s_own_form_takes_the_place(tmp_path: Path) -> None:
    file = own_file(tmp_path, Sheet.VISITORS, venue=True)
    file.parent.mkdir()
    file.write_text(OWN, "utf-8")
    template, fault = template_for(Sheet.VISITORS, tmp_path, venue=True)
    assert fault is None
    assert (template.title, template.paper, template.row_mm) == ("凤凰县入口登记簿", A4, 9)
    assert [each.key for each in template.columns] == ["name", "hand_note"]
    assert template_for(Sheet.DAILY, tmp_path, venue=True)[0].paper == A4_LANDSCAPE


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("title", "titel"), TemplateFault("template_field", "titel")),
        (('key = "name"', 'key = "nmae"'), TemplateFault("template_column", "nmae")),
        (('key = "hand_note"', 'key = "name"'), TemplateFault("template_column_twice", "name")),
        (('"A4"', '"A9"'), TemplateFault("template_value", "paper")),
        (("portrait", "upright"), TemplateFault("template_value", "orientation")),
        (("row_mm = 9", "row_mm = 900"), TemplateFault("template_value", "row_mm")),
        (("width_mm = 40", "width_mm = true"), TemplateFault("template_value", "width_mm")),
        (('heading = "备注"', "heading = 7"), TemplateFault("template_value", "heading")),
        (("width_mm = 40", "colour = 1"), TemplateFault("template_field", "colour")),
        (("[[columns]]", "[[colums]]"), TemplateFault("template_field", "colums")),
    ],
)
def test_a_mistake_is_told_and_the_shipped_one_is_used(
    tmp_path: Path, change: tuple[str, str], fault: TemplateFault
) -> None:
    file = own_file(tmp_path, Sheet.DAILY, venue=False)
    file.parent.mkdir()
    file.write_text(OWN.replace(*change), "utf-8")
    template, found = template_for(Sheet.DAILY, tmp_path, venue=False)
    assert found == fault
    assert found.code in FAULTS
    assert template == template_for(Sheet.DAILY, None, venue=False)[0]


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"title = ", b"a" * 200_000, b"[" * 5000])
def test_what_is_no_template_stops_nothing(tmp_path: Path, body: bytes) -> None:
    file = own_file(tmp_path, Sheet.DAILY, venue=False)
    file.parent.mkdir()
    file.write_bytes(body)
    template, fault = template_for(Sheet.DAILY, tmp_path, venue=False)
    assert fault is not None
    assert fault.code in FAULTS
    assert template.title


@pytest.mark.parametrize("sheet", Sheet)
def test_every_key_that_a_sheet_knows_can_stand_in_a_template(sheet: Sheet) -> None:
    columns = "".join(
        f'[[columns]]\nkey = "{key}"\nheading = "x"\n' for key in sorted(keys_of(sheet))[:40]
    )
    assert isinstance(read_template(f'title = "x"\n{columns}', sheet), Template)


def test_fixed_widths_are_kept_on_paper() -> None:
    template = read_template(OWN, Sheet.DAILY)
    assert isinstance(template, Template)
    rows = (("买买提依明·阿布都热合曼·玉素甫江·吐尔逊尼牙", ""), ("王", ""))
    sheet = table(0, title=template.title, columns=template.columns, rows=rows, paper=A4)
    pdf = render_pdf(sheet, chinese)
    assert pdf.startswith(b"%PDF")
    assert render_pdf(sheet, chinese, archival=True) != pdf


def test_a_shipped_template_is_a_plain_file_to_copy() -> None:
    for sheet in Sheet:
        assert "columns" in tomllib.loads(shipped_text(sheet, venue=False))
