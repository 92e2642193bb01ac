"""Screening, registers, verifying, backing up and passes by the command line, on one station."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.resources import resource
from checkpoint_app.store.station import Station
from tests.store.inside import raw
from tests.store.travellers import MORNING, recorded


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[dict[str, Any]]:
    assert main([*arguments, "--json"]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@dataclass(frozen=True)
class Screened:
    """A station that has gone through the demo footage once, and what it answered."""

    folder: Path
    answers: list[dict[str, Any]]


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    folder, said = tmp_path_factory.mktemp("station"), io.StringIO()
    with contextlib.redirect_stdout(said):
        assert main(["screen", "demo", "--data", str(folder), "--json"]) == 0
    return Screened(folder, [json.loads(line) for line in said.getvalue().splitlines()])


def story() -> list[dict[str, Any]]:
    told = json.loads(resource("demo", "story.json").read_text("utf-8"))
    return [each for each in told["travellers"] if each["recorded"]]


def test_the_demo_comes_out_as_its_story_says(screened: Screened) -> None:
    *found, register = screened.answers
    assert [each["outcome"] for each in found] == [each["outcome"] for each in story()]
    assert [each["verdict"] for each in found] == [each["verdict"] for each in story()]
    assert register["rows"] == len(found)
    assert Path(register["register"]).stat().st_size > 10_000


def test_the_chain_verifies_and_a_backup_restores(
    capsys: pytest.CaptureFixture[str], screened: Screened, tmp_path: Path
) -> None:
    (before,) = run(capsys, "verify", "--data", str(screened.folder))
    assert before["ok"]
    assert before["records"] >= len(story())
    (written,) = run(capsys, "backup", str(tmp_path / "copies"), "--data", str(screened.folder))
    fresh = tmp_path / "fresh"
    run(capsys, "restore", written["file"], "--data", str(fresh))
    (after,) = run(capsys, "verify", "--data", str(fresh))
    assert after["ok"]
    assert after["records"] > before["records"]  # the new epoch names the old one's head


@pytest.mark.parametrize("kind", ["daily", "abnormal"])
def test_a_register_is_written_for_a_day(
    capsys: pytest.CaptureFixture[str], screened: Screened, tmp_path: Path, kind: str
) -> None:
    day = screened.answers[0]["at"][:10]
    file = tmp_path / "out" / f"{kind}.pdf"
    order = ("--date", day, "--kind", kind, "--out", str(file), "--mask", "none")
    (done,) = run(capsys, "register", *order, "--data", str(screened.folder))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert done["check_code"] in text
    assert done["rows"] == (len(story()) if kind == "daily" else done["rows"]) > 0


def test_what_was_changed_is_told_in_one_sentence(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    with Station.open(data_folder, now=MORNING) as station:
        station.record(recorded(), None)
    with raw(data_folder) as inside:
        inside.execute("UPDATE records SET at_us = at_us + 1 WHERE seq = 2")
    for arguments in (["verify"], ["verify", "--json"]):
        assert main(arguments) == 1
        said = capsys.readouterr()
        assert said.err.strip() == "记录被改动：有记录被改写（1/2）"
    assert json.loads(said.out)["problem"] == "edited:1/2"


def test_a_station_that_is_not_there_is_not_made_by_looking(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["verify", "--data", str(tmp_path / "nowhere")]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not (tmp_path / "nowhere").exists()


def test_a_pass_is_issued_read_and_revoked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = ("--data", str(tmp_path / "station"))
    picture = tmp_path / "pass.png"
    (issued,) = run(capsys, "pass", "issue", "--name", "龚䶮", "--out", str(picture), *data)
    (read,) = run(capsys, "read", str(picture), *data)
    (code,) = read["codes"]
    assert (code["format"], code["authenticity"]) == ("site_pass", "valid")
    assert code["holder"]["name"] == "龚䶮"
    assert main(["pass", "revoke", "ABC", *data]) == 1
    capsys.readouterr()
    run(capsys, "pass", "revoke", issued["pass"], *data)
    (read,) = run(capsys, "read", str(picture), *data)
    assert read["codes"][0]["authenticity"] == "revoked"


def test_screening_a_source_that_is_not_there_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = str(tmp_path / "no film.mp4")
    assert main(["screen", missing, "--data", str(tmp_path / "station")]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_what_a_file_does_not_let_be_done_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path
) -> None:
    none, secret = str(tmp_path / "none"), tmp_path / "secret"
    secret.write_bytes(b"\xff\xfe\x00")
    Station.open(data_folder, now=MORNING).close()
    for arguments, begins in (
        (["screen", "--person", none], "没有这个文件"),
        (["screen", "--person", str(tmp_path)], "这是文件夹"),
        (["restore", none], "这里没有备份"),
        (["verify", "--passphrase-file", none], "没有这个文件"),
        (["verify", "--passphrase-file", str(secret)], "不是文本文件"),
    ):
        assert main(arguments) == 1
        assert capsys.readouterr().err.startswith(begins)
    assert main(["read", none]) == 0
    assert "文件无法读取" in capsys.readouterr().out
