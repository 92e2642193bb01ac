"""`checkpoint case list|show`: filters, masks, the look on record."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.domain.case import Event, Result, Step
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.taking_back import TakingBack
from checkpoint_app.store.station import Station, Use
from tests.store.travellers import MORNING, recorded


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A station with three cases: one late, one reported a moment ago, one closed."""
    now = datetime.now().astimezone()
    with Station.open(tmp_path, now=MORNING) as station:
        station.record(recorded("王小明", Outcome.HOLD, reasons=(Code.RED_CODE,)), None)
        other = station.record(recorded("李红", Outcome.TURN_BACK, minute=1), None).case_id
        report = Step(Event.REPORTED, "王芳", unit="开封市", person="刘主任", phone="13800001111")
        assert other is not None
        station.cases.step(other, report, now - timedelta(minutes=1))
        third = station.record(recorded("赵敏", Outcome.HOLD, minute=2), None).case_id
        assert third is not None
        station.cases.step(third, report, MORNING + timedelta(minutes=3))
        end = Step(Event.CLOSED, "王芳", result=Result.SETTLED, note="排除")
        station.cases.step(third, end, MORNING + timedelta(minutes=9))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main([*arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("filters", "stages"),
    [
        ((), ["found", "reported", "closed"]),
        (("--open",), ["found", "reported"]),
        (("--overdue",), ["found"]),
        (("--stage", "closed"), ["closed"]),
        (("--open", "--stage", "closed"), []),
    ],
)
def test_cases_are_listed(capsys, folder, filters, stages):
    found = run(capsys, "case", "list", "--data", str(folder), *filters)
    assert [each["stage"] for each in found] == stages


def test_a_line_says_whom_it_waits_for_and_masks_the_person(capsys, folder):
    first, second, _ = run(capsys, "case", "list", "--data", str(folder))
    assert first["due"]["step"] == "reported"
    assert first["late_minutes"] > 0
    assert (second["due"]["step"], second["late_minutes"]) == ("received", 0)
    assert (first["name"], first["phone"]) == ("王*明", "138****5678")
    assert main(["case", "list", "--data", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "王*明" in said
    assert "超时" in said


def test_a_case_is_told_whole_only_on_record(capsys, folder):
    (masked,) = run(capsys, "case", "show", "2", "--data", str(folder))
    assert [each["event"] for each in masked["story"]] == ["found", "reported"]
    assert "13800001111" not in json.dumps(masked)
    assert "410102199003078432" not in json.dumps(masked)
    with Station.open(folder, now=MORNING, use=Use.READ) as station:
        before = station.verify().records
    (whole,) = run(capsys, "case", "show", masked["number"], "--mask", "none",
                   "--data", str(folder))  # fmt: skip
    assert whole["id_number"] == "410102199003078432"
    assert "13800001111" in json.dumps(whole)
    with Station.open(folder, now=MORNING, use=Use.READ) as station:
        assert station.verify().records == before + 1


def test_a_step_taken_back_is_told_with_what_took_it_back(capsys, folder):
    with Station.open(folder, now=MORNING) as station:
        case = station.cases.named("2")
        assert case is not None
        (_, last) = station.cases.story(case.id).standing
        taking = TakingBack("王芳", reason="报错单位")
        station.cases.take_back(case.id, last.record_id, taking, datetime.now().astimezone())
    (told,) = run(capsys, "case", "show", "2", "--data", str(folder))
    assert [(each["event"], each["taken_back"]) for each in told["story"]] == [
        ("found", False), ("reported", True), ("taken_back", False),
    ]  # fmt: skip
    assert told["stage"] == "found"
    assert main(["case", "show", "2", "--data", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "已报告（已撤回）" in said
    assert "报错单位" in said


def test_an_unknown_case_is_refused(capsys, folder):
    assert main(["case", "show", "99", "--data", str(folder)]) == 1
    assert capsys.readouterr().err.strip()
