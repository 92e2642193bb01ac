"""Lists by the command line: taken, shown, refused with one sentence; a kill leaves the old one."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.domain.lists import Wanted
from checkpoint_app.store.station import Station, Use
from tests.store.lists.people import id_number
from tests.store.travellers import MORNING

WATCH = "姓名,证件号,电话,来源\n王强,410102199003078432,13800138000,市疾控\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[dict[str, Any]]:
    assert main([*arguments, "--json"]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def watch(tmp_path: Path) -> Path:
    file = tmp_path / "0323.csv"
    file.write_text(WATCH + "李四,410102199003078433,,省\n", "utf-8")
    return file


def test_a_list_is_taken_shown_and_withdrawn(
    capsys: pytest.CaptureFixture[str], data_folder: Path, watch: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "refused.csv"
    (taken,) = run(capsys, "list", "import", "--kind", "watch", str(watch), "--refused", str(saved))
    assert (taken["entries"], taken["refused"], taken["source"]) == (1, 1, "0323")
    assert taken["refused_rows"] == [
        {"row": 3, "reason": "number_check_digit", "field": "id_number"}
    ]
    assert "李四" in saved.read_text("utf-8-sig")
    (shown,) = run(capsys, "list", "show")
    assert (shown["kind"], shown["version"]) == ("watch", taken["version"])
    assert run(capsys, "list", "show", "--kind", "risk") == []
    run(capsys, "list", "withdraw", str(shown["list"]))
    assert run(capsys, "list", "show") == []
    assert main(["list", "withdraw", "99"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "said",
    [
        ("--map", "id_number=号码", "--map", "name=人"),
        ("--map", "id_number=号码,name=人"),
        ("--map", "证件号=号码，姓名=人"),
    ],
)
def test_columns_are_named_one_by_one_or_together_in_either_language(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path, said: tuple[str, ...]
) -> None:
    file = tmp_path / "0325.csv"
    file.write_text("人,号码\n王强,410102199003078432\n", "utf-8")
    (taken,) = run(capsys, "list", "import", "--kind", "watch", str(file), *said)
    assert taken["entries"] == 1


def test_where_no_row_can_be_taken_the_reason_is_told_and_the_rows_are_saved(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path
) -> None:
    file, saved = tmp_path / "0324.csv", tmp_path / "refused.csv"
    file.write_text("姓名,证件号\n王强,4.10102E+17\n", "utf-8")
    assert main(["list", "import", "--kind", "watch", str(file), "--refused", str(saved)]) == 1
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "证件号" in sentence
    assert "4.10102E+17" in saved.read_text("utf-8-sig")


def test_a_report_that_cannot_be_written_takes_no_list(
    capsys: pytest.CaptureFixture[str], data_folder: Path, watch: Path, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "no folder" / "refused.csv")
    assert main(["list", "import", "--kind", "watch", str(watch), "--refused", nowhere]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run(capsys, "list", "show") == []


def test_a_dry_run_takes_nothing(
    capsys: pytest.CaptureFixture[str], data_folder: Path, watch: Path, tmp_path: Path
) -> None:
    saved = str(tmp_path / "refused.csv")
    bring = ("list", "import", "--kind", "watch", str(watch), "--refused", saved)
    (said,) = run(capsys, *bring, "--dry-run")
    assert (said["would_take"], said["would_refuse"], said["whole_file"]) == (1, 1, True)
    assert [each["row"] for each in said["refused_rows"]] == [3]
    assert "李四" in Path(saved).read_text("utf-8-sig")
    assert run(capsys, "list", "show") == []


def test_columns_are_said_once_and_remembered(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("甲,乙\n王强,410102199003078432\n", "utf-8")
    command = ("list", "import", "--kind", "watch", str(file))
    assert main([*command]) == 1
    assert "--map" in capsys.readouterr().err
    assert main([*command, "--map", "nonsense"]) == 1
    assert "id_number" in capsys.readouterr().err
    run(capsys, *command, "--map", "name=甲", "--map", "id_number=乙")
    (again,) = run(capsys, *command)
    assert again["entries"] == 1


@pytest.mark.parametrize(
    ("name", "body"), [("a.csv", b""), ("b.xlsx", b"PK\x03\x04"), ("c.csv", WATCH[:20].encode())]
)
def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path, name: str, body: bytes
) -> None:
    (tmp_path / name).write_bytes(body)
    assert main(["list", "import", "--kind", "watch", str(tmp_path / name)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    with pytest.raises(SystemExit) as ended:
        main(["list", "import", "--kind", "nobody", str(tmp_path / name)])
    assert ended.value.code == 2


def test_a_new_risk_list_raises_who_was_there(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "risk.csv"
    file.write_bytes("行政区划代码,地区,等级,起始日期\n310115,浦东,高,2022-03-01\n".encode("gbk"))
    (taken,) = run(capsys, "list", "import", "--kind", "risk", str(file))
    assert (taken["entries"], taken["raised"]) == (1, 0)
    (shown,) = run(capsys, "list", "show", "--kind", "risk")
    assert shown["version"] == taken["version"]


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by POSIX signals here")
@pytest.mark.parametrize("after", [0.1, 0.6])
def test_a_kill_in_the_middle_leaves_the_old_list_working(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path, watch: Path, after: float
) -> None:
    run(capsys, "list", "import", "--kind", "watch", str(watch))
    long = tmp_path / "long" / "0323.csv"
    long.parent.mkdir()
    rows = "".join(f"甲,{id_number(number)},,省\n" for number in range(12_000))
    long.write_text(WATCH.splitlines()[0] + "\n" + rows, "utf-8")
    command = (sys.executable, "-m", "checkpoint_app", "list", "import", "--kind", "watch")
    child = subprocess.Popen([*command, str(long)], stderr=subprocess.DEVNULL)
    staged = data_folder / "station.db-wal"
    until = time.monotonic() + 20
    while child.poll() is None and time.monotonic() < until:
        if staged.exists() and staged.stat().st_size > after * 1_000_000:
            break
        time.sleep(0.01)
    child.kill()
    child.wait()
    with Station.open(data_folder, now=MORNING, use=Use.COMMAND) as station:
        assert station.verify().ok
        hits = station.lists.hits(Wanted(phone="13800138000"), MORNING)
        (shown,) = station.lists.shown()
        assert (hits.watch is not None) == (shown.entries == 1)
        assert shown.entries in (1, 12_000)
    (again,) = run(capsys, "list", "import", "--kind", "watch", str(long))
    assert again["entries"] == 12_000
