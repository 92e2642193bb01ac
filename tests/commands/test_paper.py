"""Sheets, closings and reports from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pypdf
import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.settings import Settings, save
from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING, correction, recorded

STOPPED = recorded("周红", Outcome.HOLD, minute=4)


@pytest.fixture
def data(data_folder: Path) -> Path:
    save(data_folder, Settings(site_name="城北卡点", report_to="沱江镇人民政府"))
    with Station.open(data_folder, now=MORNING) as station:
        station.record(recorded("李䶮𠅤"), None)
        station.record(STOPPED, None)
    return data_folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def register(data: Path, out: Path, *more: object, kind: str = "daily") -> tuple[object, ...]:
    return ("register", "--date", "2022-03-14", "--kind", kind, "--out", out, "--data", data, *more)


@pytest.mark.parametrize("kind", [each.value for each in Sheet])
def test_every_kind_is_written(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "sheets" / f"{kind}.xlsx"
    done = run(capsys, *register(data, out, kind=kind))
    sheet = openpyxl.load_workbook(out).active
    assert done["check_code"] in sheet["A2"].value


def test_every_form_says_the_same(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    files = {form: tmp_path / f"out.{form}" for form in ("pdf", "xlsx", "csv", "json")}
    for form, out in files.items():
        done = run(capsys, *register(data, out, "--format", form, "--mask", "none"))
        assert done["rows"] == 2
    text = "".join(page.extract_text() for page in pypdf.PdfReader(files["pdf"]).pages)
    (_, row, _) = csv.reader(io.StringIO(files["csv"].read_bytes().decode("utf-8-sig")))
    line = json.loads(files["json"].read_text("utf-8").splitlines()[0])
    cell = openpyxl.load_workbook(files["xlsx"]).active["C4"].value
    assert "李䶮𠅤" in text
    assert row[2] == line["name"] == cell == "李䶮𠅤"
    assert line["id_number"] == "410102199003078432"


def test_gbk_and_archival(capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    run(capsys, *register(data, out, "--encoding", "gbk", "--mask", "none"))
    assert "周红" in out.read_bytes().decode("gb18030")
    pdf = tmp_path / "out.pdf"
    run(capsys, *register(data, pdf, "--archival"))
    assert "/OutputIntents" in pypdf.PdfReader(pdf).trailer["/Root"]


def test_a_template_with_a_mistake_is_told_and_the_sheet_comes(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    (data / "sheets").mkdir()
    (data / "sheets" / "daily.toml").write_text('titel = "x"', "utf-8")
    assert main(list(map(str, register(data, tmp_path / "out.pdf")))) == 0
    assert "titel" in capsys.readouterr().err
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_a_sheet_is_verified_by_its_code(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    code = run(capsys, *register(data, tmp_path / "out.pdf"))["check_code"]
    same = run(capsys, "verify", "--sheet", code, "--data", data)
    assert (same["unchanged"], same["version"], same["differences"]) == (True, 1, [])
    with Station.open(data, now=MORNING) as station:
        station.record(correction(STOPPED, Outcome.HAND_OVER), None)
    other = run(capsys, "verify", "--sheet", code, "--data", data)
    assert (other["unchanged"], other["newest_version"]) == (False, 2)
    assert {"field": "处置措施", "before": "临时留观", "after": "移交"} in other["differences"][0][
        "fields"
    ]
    assert main(["verify", "--sheet", code, "--data", str(data)]) == 0
    assert "第 2 行“处置措施”：临时留观 → 移交" in capsys.readouterr().out
    assert main(["verify", "--sheet", "AAAAA-AAAA", "--data", str(data)]) == 1


def test_a_day_is_closed(capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path) -> None:
    close = ("close", "--date", "2022-03-14", "--out", tmp_path / "paper", "--data", data)
    done = run(capsys, *close)
    assert Path(str(done["file"])).exists()
    assert done["version"] == 1
    assert done["open_points"] == {"cases_not_reported": 1}
    assert done["sheets"]["abnormal"] == 1
    assert run(capsys, "verify", "--sheet", done["check_code"], "--data", data)["unchanged"]
    assert run(capsys, *close)["version"] == 1


def test_a_closing_that_cannot_write_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    words = ("close", "--date", "2022-03-14", "--out", str(tmp_path / "file"), "--data", str(data))
    assert main(list(words)) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "文件没有写成，请换一个文件夹"


def test_several_days_in_one_report(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    days = ("report", "--from", "2022-03-12", "--to", "2022-03-14", "--data", data)
    assert run(capsys, *days, "--out", tmp_path / "report.json")["days"] == 3
    lines = [
        json.loads(each) for each in (tmp_path / "report.json").read_text("utf-8").splitlines()
    ]
    assert [each["checked"] for each in lines] == [0, 0, 2, 2]
    assert lines[2]["date"] == "2022-03-14"
    run(capsys, *days, "--out", tmp_path / "report.pdf")
    assert "分日统计" in pypdf.PdfReader(tmp_path / "report.pdf").pages[0].extract_text()
    backwards = ["report", "--from", "2022-03-14", "--to", "2022-03-12", "--out", "x"]
    assert main([*backwards, "--data", str(data)]) == 1
    endless = ["report", "--from", "2000-01-01", "--to", "2022-03-12", "--out", "x"]
    assert main([*endless, "--data", str(data)]) == 1
    assert "400" in capsys.readouterr().err
