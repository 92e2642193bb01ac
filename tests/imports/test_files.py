"""Whatever an office sends: taken, or refused row by row, or refused as a whole in one sentence."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from checkpoint_app.domain.list_entries import (
    ReturneeEntry,
    RiskEntry,
    RiskLevel,
    RosterEntry,
    WatchEntry,
)
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.i18n import translator
from checkpoint_app.i18n.lists import FIELD_LABELS, REFUSALS, refusal_text
from checkpoint_app.i18n.sentences import FAULTS
from checkpoint_app.imports import FIELDS, FileFault, plan_of
from checkpoint_app.imports.faults import RowFault
from checkpoint_app.imports.refusals import write
from tests.imports.files import (
    HEADINGS,
    NOW,
    WANG,
    ZONE,
    all_of,
    csv_file,
    looked_at,
    xlsx_file,
    zipped,
)

TAKEN = WatchEntry(name="王强", id_number=WANG[1], phone=WANG[2], source="市疾控")


def refused(*row: object, folder: Path) -> RowFault:
    found = all_of(xlsx_file(folder, [HEADINGS, row]))
    (refusal,) = found.refusals
    assert found.entries == []
    assert refusal.row == 2
    return refusal.fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_in_any_encoding_of_an_office(tmp_path: Path, encoding: str) -> None:
    found = all_of(csv_file(tmp_path, [HEADINGS, WANG], encoding))
    assert (found.entries, found.refusals) == ([TAKEN], [])


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_any_usual_separator(tmp_path: Path, separator: str) -> None:
    file = tmp_path / "list.txt"
    file.write_text("\n".join(separator.join(row) for row in (HEADINGS, WANG)), "utf-8")
    assert all_of(file).entries == [TAKEN]


def test_a_sheet_with_a_title_above_its_headings(tmp_path: Path) -> None:
    headings = ("序号", "姓 名", "证件号码（必填）", "联系电话*", "推送单位")
    rows = [("XX市推送重点人员名单",), (), headings,
            (1, *WANG), (), (2, "李红", "E12345678", 13900139000, "省")]  # fmt: skip
    found = all_of(xlsx_file(tmp_path, rows))
    assert found.entries == [
        TAKEN,
        WatchEntry(name="李红", id_number="E12345678", phone="13900139000", source="省"),
    ]


def test_json_and_json_lines(tmp_path: Path) -> None:
    row = dict(zip(HEADINGS, WANG, strict=True))
    for name, text in (
        ("a.json", json.dumps([row])),
        ("b.json", json.dumps({"entries": [row]}, indent=1)),
        ("c.jsonl", json.dumps(row) + "\n"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        assert all_of(tmp_path / name).entries == [TAKEN]
    lines = "\n".join(json.dumps({**row, "证件号": number}) for number in (WANG[1], "E12345678"))
    (tmp_path / "d.jsonl").write_text(lines, "utf-8")
    assert len(all_of(tmp_path / "d.jsonl").entries) == 2


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (410102199003078432.0, RowFault.NUMBER_LOST_DIGITS),
        ("4.10102E+17", RowFault.NUMBER_LOST_DIGITS),
        ("410102199003078433", RowFault.CHECK_DIGIT),
        ("410102199013078432", RowFault.NUMBER_WRONG),
        ("！", RowFault.NUMBER_WRONG),
        ("4" * 100_000, RowFault.TOO_LONG),
        ("#N/A", RowFault.CELL_ERROR),
    ],
)
def test_a_number_that_cannot_be_is_refused(
    tmp_path: Path, number: object, fault: RowFault
) -> None:
    if isinstance(number, str) and len(number) > 30_000:
        found = all_of(csv_file(tmp_path, [HEADINGS, ("王强", number, "", "")]))
        assert [each.fault for each in found.refusals] == [fault]
        assert all(len(cell) <= 200 for cell in found.refusals[0].cells)
    else:
        assert refused("王强", number, None, "市", folder=tmp_path) is fault


@pytest.mark.parametrize(
    "number",
    [
        '"=""410102199003078432"""',
        "'410102199003078432",
        "410102 19900307 8432",
        "410102199003078432.0",
    ],
)
def test_numbers_that_were_kept_as_text_somehow(tmp_path: Path, number: str) -> None:
    found = all_of(csv_file(tmp_path, [HEADINGS, ("王强", number, WANG[2], "市疾控")]))
    assert found.entries == [TAKEN]


def test_a_phone_that_was_a_number_is_whole(tmp_path: Path) -> None:
    found = all_of(xlsx_file(tmp_path, [HEADINGS, ("王强", None, 13800138000, None)]))
    assert found.entries == [WatchEntry(name="王强", phone="13800138000")]


def test_rows_that_nobody_could_be_found_by_and_rows_twice(tmp_path: Path) -> None:
    rows = [HEADINGS, WANG, ("王强", "", "", "省"), WANG, ("李四", "", "123", "")]
    found = all_of(csv_file(tmp_path, rows))
    assert [(each.row, each.fault) for each in found.refusals] == [
        (3, RowFault.NOTHING_TO_MATCH),
        (4, RowFault.DUPLICATE),
        (5, RowFault.PHONE_WRONG),
    ]


def test_merged_cells_stand_for_every_row_that_they_cover(tmp_path: Path) -> None:
    rows = [HEADINGS, WANG[:3], ("李红", "E12345678"), ("赵五", "E12345679")]
    found = all_of(xlsx_file(tmp_path, rows, merged=["D2:D4"]))
    assert [each.source for each in found.entries if isinstance(each, WatchEntry)] == ["市疾控"] * 3


@pytest.mark.parametrize(
    "written",
    ["2022-03-20", "2022/3/20", "2022.3.20", "2022年3月20日", "20220320", "20/03/2022", "3月20日",
     "44640", 44640, 20220320, datetime(2022, 3, 20)],  # noqa: DTZ001
)  # fmt: skip
def test_a_day_in_any_shape(tmp_path: Path, written: object) -> None:
    rows = [("行政区划代码", "地区", "等级", "起始日期"), ("310115", "浦东新区", "高风险", written)]
    found = all_of(xlsx_file(tmp_path, rows), ListKind.RISK)
    expected = RiskEntry(
        code="310115", name="浦东新区", level=RiskLevel.HIGH, starts=date(2022, 3, 20)
    )
    assert found.entries == [expected]


@pytest.mark.parametrize("written", ["昨天", "2022-13-01", "2月30日", "99999999", "31/31/2022"])
def test_what_is_no_day_is_refused(tmp_path: Path, written: str) -> None:
    rows = [("行政区划代码", "地区", "等级", "起始日期"), ("310115", "浦东新区", "高", written)]
    (refusal,) = all_of(csv_file(tmp_path, rows), ListKind.RISK).refusals
    assert (refusal.fault, refusal.field) == (RowFault.DATE_WRONG, "starts")


def test_risk_areas_by_code_or_name(tmp_path: Path) -> None:
    rows = [
        ("行政区划代码", "地区", "等级", "起始日期"),
        (310115.0, "浦东新区", "中", ""),
        ("", "河南省郑州市二七区", "低风险", ""),
        ("999999", "哪里", "高", ""),
        ("", "哪里", "高", ""),
    ]
    found = all_of(xlsx_file(tmp_path, rows), ListKind.RISK)
    assert [(each.code, each.level) for each in found.entries if isinstance(each, RiskEntry)] == [
        ("310115", RiskLevel.MEDIUM),
        ("410103", RiskLevel.LOW),
    ]
    assert [each.fault for each in found.refusals] == [RowFault.CODE_WRONG] * 2


def test_a_roster_and_returnees(tmp_path: Path) -> None:
    rows = [("姓名", "学号", "身份证号", "班级", "检测频次", "最近核酸时间"),
            ("赵小明", 2021001, "", "三年二班", "一周一测", "2022-03-20 08:30"),
            ("", 2021002, "", "", "", ""),
            ("孙丽", "", "", "", "有时", "")]  # fmt: skip
    found = all_of(xlsx_file(tmp_path, rows), ListKind.ROSTER)
    assert found.entries == [
        RosterEntry(
            name="赵小明", roster_id="2021001", unit="三年二班", test_every_h=168,
            tested_at=datetime(2022, 3, 20, 8, 30, tzinfo=ZONE),
        )
    ]  # fmt: skip
    assert [each.fault for each in found.refusals] == [
        RowFault.NAME_MISSING,
        RowFault.INTERVAL_WRONG,
    ]
    rows = [("姓名", "护照号", "来源国", "入境时间", "入境口岸", "航班"),
            ("孙丽", "e12345678", "泰国", "2022年3月25日 14时30分", "昆明", "MU2026")]  # fmt: skip
    (one,) = all_of(xlsx_file(tmp_path, rows), ListKind.RETURNEE).entries
    assert isinstance(one, ReturneeEntry)
    assert (one.id_number, one.arrives) == ("E12345678", NOW.replace(day=25, hour=14, minute=30))


def test_a_deadline_of_a_day_ends_with_the_day(tmp_path: Path) -> None:
    rows = [(*HEADINGS, "核查期限"), (*WANG, "3月25日")]
    (entry,) = all_of(csv_file(tmp_path, rows)).entries
    assert isinstance(entry, WatchEntry)
    assert entry.due == NOW.replace(day=25, hour=23, minute=59)


def test_columns_that_are_not_known_are_said_once(tmp_path: Path) -> None:
    file = csv_file(tmp_path, [("甲", "乙", "丙"), WANG[:3]])
    preview = looked_at(file)
    assert (preview.lacking, preview.taken) == (("ID or passport number",), 0)
    assert fault_of(file) == "list_columns_missing"
    preview = looked_at(file, name="甲", id_number="乙", phone="丙")
    assert preview.plan.mapping.by_heading == {"name": "甲", "id_number": "乙", "phone": "丙"}
    assert (preview.taken, preview.refusals, preview.whole) == (1, (), True)
    assert preview.rows == (WANG[:3],)
    with pytest.raises(FileFault):
        looked_at(file, phone="丁")


# --- files that are refused as a whole ------------------------------------------------------------


def fault_of(file: Path) -> str:
    with pytest.raises(FileFault) as caught:
        all_of(file)
    assert caught.value.code in FAULTS
    return caught.value.code


def test_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    assert fault_of(tmp_path / "a.csv") == "list_file_empty"
    assert fault_of(xlsx_file(tmp_path, [])) == "list_file_empty"
    assert fault_of(tmp_path / "nowhere.csv") == "file_missing"
    assert fault_of(tmp_path) == "list_file_unreadable"


@pytest.mark.parametrize(
    "body",
    [b"\xff\xff\xff\xfe\x80", b"PK\x03\x04 not really", b"{", b"[1, 2]", b'{"a": 1}\n[',
     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600],
)  # fmt: skip
def test_what_is_no_table(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(body)
    assert fault_of(tmp_path / "a.xlsx") in ("list_file_unreadable", "list_columns_missing")


def test_a_file_with_a_password(tmp_path: Path) -> None:
    """An encrypted sheet is an OLE container with the stream "EncryptedPackage"."""
    (tmp_path / "a.xlsx").write_bytes(ole_with("EncryptedPackage"))
    assert fault_of(tmp_path / "a.xlsx") == "list_file_protected"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b" " * (1 << 20))
        archive.filelist[1].file_size = 3 << 30
    assert fault_of(tmp_path / "a.xlsx") == "list_file_inflates"


def test_a_size_that_lies_is_noticed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b" " * (1 << 20))
        archive.filelist[1].file_size = 1000
    assert fault_of(tmp_path / "a.xlsx") == "list_file_unreadable"


def test_cells_at_far_corners_do_not_take_all_memory(tmp_path: Path) -> None:
    file = xlsx_file(tmp_path, [HEADINGS, WANG])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    assert fault_of(zipped(tmp_path, parts)) == "list_file_too_large"


@pytest.mark.parametrize("cut", [40, 200, -20])
def test_a_damaged_sheet_is_told(tmp_path: Path, cut: int) -> None:
    file = xlsx_file(tmp_path, [HEADINGS, WANG])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
        assert fault_of(zipped(tmp_path, {**parts, name: parts[name][:cut]})) in FAULTS


def test_every_refusal_has_a_sentence_and_can_be_saved(tmp_path: Path) -> None:
    assert REFUSALS.keys() == {fault.value for fault in RowFault}
    zh = translator("zh_CN")
    for kind in ListKind:
        for field in FIELDS[kind]:
            assert zh(field.label) != field.label
    for fault in RowFault:
        assert refusal_text(fault.value, "phone", zh).startswith("电话")
    file = csv_file(tmp_path, [HEADINGS, ("=cmd()", "410102199003078433", "", "省")])
    found = all_of(file)
    saved = tmp_path / "refused.csv"
    write(saved, plan_of(file, ListKind.WATCH).mapping.headings, found.refusals, zh)
    again = looked_at(saved)
    assert [each.fault for each in again.refusals] == [RowFault.CHECK_DIGIT]
    assert "'=cmd()" in saved.read_text("utf-8-sig")


def ole_with(stream: str) -> bytes:
    """The smallest OLE container with one stream of this name."""
    sector = 512
    header = bytearray(sector)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:32] = b"\x3e\0\x03\0\xfe\xff\x09\0"
    header[32:34] = b"\x06\0"
    header[44:48] = (1).to_bytes(4, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = header[68:72] = (0xFFFFFFFE).to_bytes(4, "little")
    header[76:80] = (0).to_bytes(4, "little")
    header[80:] = b"\xff" * (sector - 80)
    fat = (0xFFFFFFFD).to_bytes(4, "little") + (0xFFFFFFFE).to_bytes(4, "little")
    fat += b"\xff" * (sector - len(fat))

    def entry(name: str, kind: int, child: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        body = bytearray(128)
        body[: len(text)] = text
        body[64:66] = len(text).to_bytes(2, "little")
        body[66:68] = bytes((kind, 1))
        body[68:76] = b"\xff" * 8
        body[76:80] = child.to_bytes(4, "little")
        body[116:120] = (0xFFFFFFFE).to_bytes(4, "little")
        return bytes(body)

    folder = entry("Root Entry", 5, 1) + entry(stream, 2, 0xFFFFFFFF)
    return bytes(header) + fat + folder + bytes(sector - len(folder))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_no_file_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert fault_of(tmp_path / "pipe.csv") == "list_file_unreadable"


def test_every_field_of_a_refusal_has_its_name() -> None:
    assert {field.name for kind in ListKind for field in FIELDS[kind]} <= FIELD_LABELS.keys()
