"""`checkpoint purge` and `checkpoint pass sheet`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.app.opening import erase_restored
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.settings import Settings
from checkpoint_app.store.lists.staging import NewList
from checkpoint_app.store.station import Station, Use
from tests.store.retention.pages import traces
from tests.store.travellers import MORNING, recorded


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A station whose only passage is years old."""
    with Station.open(tmp_path / "data", now=MORNING) as station:
        station.record(recorded(), None)
    return tmp_path / "data"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == 0
    (answer,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    return answer


def test_a_dry_run_only_counts(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    told = run(capsys, "purge", "--dry-run", "--data", str(folder))
    assert (told["dry_run"], told["erased"], told["from"]) == (True, 1, "2022-03-14")
    assert traces(folder, "王小明") == ["王小明"]


def test_it_erases_and_writes_its_record(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "out" / "record.pdf"
    told = run(capsys, "purge", "--by", "李四", "--out", str(sheet), "--data", str(folder))
    assert (told["erased"], told["records"], told["clean"]) == (1, {"inspection": 1}, True)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert traces(folder, "王小明", "13812345678") == []
    with Station.open(folder, now=MORNING, use=Use.READ) as station:
        assert station.verify().ok
        assert station.retention.past()[0].by == "李四"
    assert run(capsys, "purge", "--data", str(folder))["erased"] == 0


def test_a_restore_says_what_it_brought_back_and_the_desk_erases_it_before_it_opens(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    copy = run(capsys, "backup", str(tmp_path / "stick"), "--data", str(folder))["file"]
    run(capsys, "purge", "--data", str(folder))
    assert run(capsys, "restore", copy, "--data", str(folder))["due"] == 1
    with Station.open(folder, now=MORNING) as station:
        erase_restored(station, Settings())
        assert not station.retention.restored
        assert station.search("王") == []
        erase_restored(station, Settings())
        assert len(station.retention.past()) == 1


def test_it_never_begins_a_station(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["purge", "--data", str(tmp_path / "none")]) == 1
    assert not (tmp_path / "none").exists()
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_backup_from_the_command_line_is_remembered(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    run(capsys, "backup", str(tmp_path / "stick"), "--data", str(folder))
    with Station.open(folder, now=MORNING, use=Use.READ) as station:
        assert [each.path.parent for each in station.retention.copies()] == [tmp_path / "stick"]


def test_badge_sheets_for_a_class(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    with Station.open(folder, now=MORNING, use=Use.COMMAND) as station:
        pupils = [RosterEntry(name=f"学生{n}", roster_id=f"S-{n}", unit="一班") for n in range(3)]
        station.lists.put(NewList(ListKind.ROSTER, "花名册", MORNING), pupils, MORNING)
    sheet = tmp_path / "a.pdf"
    common = ("pass", "sheet", "--out", str(sheet), "--data", str(folder))
    assert run(capsys, *common, "--find", "一班")["passes"] == 3
    assert sheet.read_bytes().startswith(b"%PDF")
    assert main([*common, "--new"]) == 1  # everybody has one
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run(capsys, *common, "--label", "--find", "学生1")["passes"] == 1
    with Station.open(folder, now=MORNING, use=Use.READ) as station:
        assert len(station.revoked_passes()) == 1
