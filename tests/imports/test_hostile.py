"""Whatever bytes a file holds: entries, refusals, or one fault with a code; nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.domain.lists import ListKind
from checkpoint_app.i18n.sentences import FAULTS
from checkpoint_app.imports import Batch, FileFault
from checkpoint_app.imports.faults import RowFault
from tests.imports.files import all_of, csv_file

CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["410102199003078432", "1e999", "4.1E+17", "２-0-0", "9" * 40, "=1", "٣"]),
)


def taken(body: bytes, kind: ListKind) -> Batch | None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list"
        file.write_bytes(body)
        try:
            return all_of(file, kind)
        except FileFault as met:
            fault = met
    assert fault.code in FAULTS
    return None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"[", b"{", b"\xff\xfe"]))
def test_any_bytes(body: bytes, start: bytes) -> None:
    taken(start + body, ListKind.WATCH)


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        (ListKind.WATCH, "姓名,证件号,电话,来源,车牌号,核查期限"),
        (ListKind.RISK, "行政区划代码,地区,等级,起始日期,截止日期"),
        (ListKind.ROSTER, "姓名,学号,证件号,检测频次,最近核酸时间,电话"),
        (ListKind.RETURNEE, "姓名,护照号,入境时间,入境口岸,电话,车牌号"),
    ],
)
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=7), max_size=5))
def test_any_cells(kind: ListKind, headings: str, rows: list[list[str]]) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    text = "\n".join([headings, *lines])
    found = taken(text.encode("utf-8", "surrogatepass"), kind)
    if found is not None:
        assert all(isinstance(each.fault, RowFault) for each in found.refusals)


def test_a_row_of_its_own_length_each(tmp_path: Path) -> None:
    rows = [("姓名", "证件号"), ("王强",), (), ("李红", "E12345678", "x", "y"), ("",) * 400]
    found = all_of(csv_file(tmp_path, rows))
    assert len(found.entries) == 1
    assert [each.fault for each in found.refusals] == [RowFault.NOTHING_TO_MATCH]
