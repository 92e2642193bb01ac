"""Who is on duty and what a day's records tell, by the command line."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.domain.duty.turns import ShiftName
from checkpoint_app.store.station import Station
from tests.store.travellers import recorded

NOW = datetime.now().astimezone()


def test_the_post_and_the_signals_of_a_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noon = NOW.replace(hour=0, minute=30, second=0, microsecond=0) - timedelta(days=1)
    with Station.open(tmp_path, now=NOW) as station:
        station.duty.sign_on("王芳", ShiftName.DAY, NOW - timedelta(hours=1))
        for number in range(9):
            one = recorded(f"甲{number}")
            at = noon + timedelta(minutes=number)
            record = type(one)(one.inspection, one.verdict, one.outcome, "李强", at)
            station.record(record, None)
    data = ["--data", str(tmp_path)]
    assert main(["shift", "show", "--json", *data]) == 0
    post = json.loads(capsys.readouterr().out)
    assert [each["operator"] for each in post["on_duty"]] == ["王芳"]
    assert post["on_duty"][0]["hours"] == pytest.approx(1, abs=0.1)
    assert post["checks"]["disinfect"]["due"] is True
    assert main(["supervise", "--date", f"{noon:%Y-%m-%d}", "--json", *data]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["signal"], found["count"], len(found["records"])) == ("same_run", 9, 9)
    assert main(["shift", "show", *data]) == 0
    assert "王芳" in capsys.readouterr().out
    quiet = f"{noon - timedelta(days=3):%Y-%m-%d}"
    assert main(["supervise", "--date", quiet, *data]) == 0
    assert capsys.readouterr().out.strip() == "当日记录未见异常"


def test_no_station_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shift", "show", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err.strip()
