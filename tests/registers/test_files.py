"""Sheets as files: what other programs read back is what was written, and nothing runs there."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from checkpoint_app.domain.register import Column, Table
from checkpoint_app.i18n import translator
from checkpoint_app.registers import render_pdf
from checkpoint_app.registers.plain_files import render_csv, render_json_lines
from checkpoint_app.registers.workbook import render_xlsx

from .sheets import table

CHINESE = translator("zh_CN")
NUMBER = "433123199003074512"
HOSTILE = ["=1+1", "+86 138", "-2+3", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x")']
KINDS = (
    Column("number", "序号", 1, "right"),
    Column("time", "时间"),
    Column("name", "姓名"),
    Column("id_number", "证件号"),
    Column("first_reading", "初测", 1, "centre"),
    Column("date", "日期"),
)
MEMORY = Path("/dev/shm")
MARKED = "报送：凤凰县疫情防控指挥部   操作：王芳   2026-11-23 18:22"
ROW = (1, datetime(2026, 11, 23, 7, 12), "李䶮𠅤", NUMBER, 36.5, date(2026, 11, 23))  # noqa: DTZ001


@dataclass(frozen=True)
class _Free:
    free: int


def kinds(*rows: tuple[object, ...]) -> Table:
    return table(0, columns=KINDS, rows=rows)


def hostile() -> Table:
    columns = (Column("name", "姓名"), Column("note", "备注"))
    return table(0, columns=columns, rows=tuple((each, "普通") for each in HOSTILE))


def read(body: bytes):
    return openpyxl.load_workbook(io.BytesIO(body)).active


def test_a_workbook_has_real_kinds() -> None:
    sheet = read(render_xlsx(kinds(ROW), CHINESE))
    cells = sheet[4]
    assert [each.value for each in cells[:5]] == list(ROW[:5])
    assert cells[5].value == datetime(2026, 11, 23)  # noqa: DTZ001 - a date, as openpyxl reads it
    assert [each.data_type for each in cells] == ["n", "d", "s", "s", "n", "d"]
    assert cells[3].number_format == "@"


def test_a_workbook_is_ready_to_be_worked_with_and_printed() -> None:
    sheet = read(render_xlsx(table(40), CHINESE))
    assert [each.value for each in sheet[3]][:3] == ["序号", "时间", "姓名"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:U43"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "K7QF-2M9D-4T" in sheet["A2"].value
    texts = [str(cell.value) for row in sheet.iter_rows(min_row=44) for cell in row if cell.value]
    assert any(each.startswith("合计：40") for each in texts)
    assert any("值班负责人（签字）" in each for each in texts)


@pytest.mark.parametrize("roomy", [True, False])
def test_every_row_of_a_workbook_is_there_as_it_was(
    roomy: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: _Free(1 << 40 if roomy else 0))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    given, before = table(120), set(MEMORY.glob("checkpoint-*"))
    sheet = read(render_xlsx(given, CHINESE))
    rows = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(4, 123, values_only=True)]
    assert rows == [tuple(each) for each in given.rows]
    assert list(tmp_path.iterdir()) == []
    assert set(MEMORY.glob("checkpoint-*")) == before


def test_nothing_in_a_workbook_is_a_formula() -> None:
    body = render_xlsx(hostile(), CHINESE)
    sheet = read(body)
    assert [row[0].value.strip() for row in sheet.iter_rows(4, 10)] == [e.strip() for e in HOSTILE]
    assert all(row[0].quotePrefix for row in sheet.iter_rows(4, 10))
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b"hyperlink" not in xml


def test_an_empty_day_is_a_workbook_too() -> None:
    sheet = read(render_xlsx(table(0, zero="零报告。"), CHINESE))
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert "零报告。" in texts


@pytest.mark.parametrize(
    ("encoding", "codec", "mark"),
    [("utf-8", "utf-8-sig", b"\xef\xbb\xbf"), ("gbk", "gb18030", b"")],
)
def test_csv_reads_back(encoding: str, codec: str, mark: bytes) -> None:
    body = render_csv(kinds(ROW), CHINESE, encoding=encoding)
    assert body.startswith(mark)
    heading, row = csv.reader(io.StringIO(body.decode(codec)))
    assert (heading[:3], heading[-1]) == (["序号", "时间", "姓名"], "水印")
    assert row == [
        "1", "2026-11-23 07:12", "李䶮𠅤", f"{NUMBER}\t", "36.5", "2026-11-23", MARKED,
    ]  # fmt: skip


def test_what_was_made_for_nobody_has_no_column_more() -> None:
    plain = replace(kinds(ROW), recipient=None, operator=None, printed_at=None)
    heading, row = csv.reader(io.StringIO(render_csv(plain, CHINESE).decode("utf-8-sig")))
    assert len(heading) == len(row) == len(KINDS)
    assert "watermark" not in json.loads(render_json_lines(plain, CHINESE))


def test_every_file_says_for_whom_by_whom_and_when() -> None:
    assert " ".join(MARKED.split()) in read(render_xlsx(kinds(ROW), CHINESE))["A2"].value
    assert json.loads(render_json_lines(kinds(ROW), CHINESE))["watermark"] == MARKED
    nasty = replace(kinds(ROW), recipient=None, operator=None)
    nasty = replace(nasty, operator="=cmd|' /C calc'!A0")
    _, row = csv.reader(io.StringIO(render_csv(nasty, CHINESE).decode("utf-8-sig")))
    assert not row[-1].startswith("=")


def test_gbk_is_gbk_where_gbk_has_the_character() -> None:
    one = table(0, columns=(Column("a", "姓名"),), rows=(("王建国",),))
    body = render_csv(one, CHINESE, encoding="gbk")
    assert body.decode("gbk") == f"姓名,水印\r\n王建国,{MARKED}\r\n"


def test_nothing_in_a_csv_runs() -> None:
    text = render_csv(hostile(), CHINESE).decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(text))
    assert all(row[0].startswith("'") for row in rows)
    assert all(row[1] == "普通" for row in rows)


def test_json_lines_by_stable_keys() -> None:
    lines = render_json_lines(kinds(ROW, ROW), CHINESE).decode().splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0]) == {
        "number": 1,
        "time": "2026-11-23T07:12:00",
        "name": "李䶮𠅤",
        "id_number": NUMBER,
        "first_reading": 36.5,
        "date": "2026-11-23",
        "watermark": MARKED,
    }


def test_an_archival_pdf_carries_its_marks() -> None:
    body = render_pdf(table(30), CHINESE, archival=True)
    found = PdfReader(io.BytesIO(body))
    root = found.trailer["/Root"]
    (intent,) = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"]
    assert profile["/N"] == 3
    assert profile.get_data()[36:40] == b"acsp"
    packet = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in packet
    assert "疫情防控卡点（场所）登记表" in packet
    assert found.metadata.title == "疫情防控卡点（场所）登记表"
    assert "/ID" in found.trailer
    assert "/Encrypt" not in found.trailer
    assert body.count(b"endstream") == body.count(b"\nendstream")
    assert render_pdf(table(30), CHINESE, archival=True) == body


@pytest.mark.parametrize("archival", [False, True])
def test_every_font_of_a_pdf_is_embedded(archival: bool) -> None:
    found = PdfReader(io.BytesIO(render_pdf(table(30), CHINESE, archival=archival)))
    fonts = {
        name: font.get_object()
        for page in found.pages
        for name, font in page["/Resources"]["/Font"].items()
    }
    assert fonts
    for font in fonts.values():
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font
