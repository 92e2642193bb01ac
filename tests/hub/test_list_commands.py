"""`checkpoint hub list` and `hub staff`: what the office hands down, by the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.desk.rules import policy_text
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.registers.templates import shipped_text
from checkpoint_app.shipped_rules import shipped

Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs a command of a fresh hub; its answers, or (refused) the sentence."""
    folder = str(tmp_path / "hub")

    def call(*words: str, code: int = 0) -> list[dict[str, Any]]:
        assert main([*words, "--data", folder, "--json"]) == code
        said = capsys.readouterr()
        if code == 1 and said.err:
            return [{"refused": said.err.strip()}]
        return [json.loads(line) for line in said.out.splitlines()]

    call("hub", "init", "--name", "县指挥部")
    return call


def file(tmp_path: Path, name: str, text: str) -> str:
    made = tmp_path / name
    made.write_text(text, "utf-8")
    return str(made)


def test_rules_and_forms_are_ordered_and_taken_back(run: Run, tmp_path: Path) -> None:
    rules = policy_text(shipped("road"))
    rules = rules.replace("fever_threshold_c = 37.3", "fever_threshold_c = 37.0")
    path = file(tmp_path, "road.toml", rules)
    (preview,) = run("hub", "list", "put", "policy", path, "--preview")
    assert preview["changes"] == [["fever_threshold_c", "37.3", "37"]]
    assert run("hub", "list", "show") == []
    (put,) = run("hub", "list", "put", "policy", path)
    assert (put["name"], put["rows"], put["number"]) == ("policy", 1, 1)
    wrong = file(tmp_path, "wrong.toml", rules.replace("37.0", "45.0"))
    (refused,) = run("hub", "list", "put", "policy", wrong, code=1)
    assert "37" in refused["refused"]
    form = file(tmp_path, "abnormal.toml", shipped_text(Sheet.ABNORMAL, venue=False))
    run("hub", "list", "put", "form", form)
    run("hub", "list", "put", "form", form, "--sheet", "nothing", code=1)
    (dropped,) = run("hub", "list", "drop", "policy", "road")
    assert dropped["rows"] == 0
    run("hub", "list", "drop", "policy", "road", code=1)
    names = {each["name"]: each["rows"] for each in run("hub", "list", "show")}
    assert names == {"policy": 0, "templates": 1}


def test_lists_of_persons_and_areas_are_handed_down(run: Run, tmp_path: Path) -> None:
    watch = file(tmp_path, "watch.csv", "姓名,证件号,电话\n李明,410102199203078437,13800001111\n")
    (preview,) = run("hub", "list", "put", "county", watch, "--preview")
    assert (preview["would_take"], preview["would_refuse"]) == (1, 0)
    (put,) = run("hub", "list", "put", "county", watch)
    assert (put["name"], put["rows"]) == ("county", 2)
    run("hub", "list", "put", "watch", watch, code=1)  # for which station?
    run("hub", "list", "put", "watch", watch, "--station", "东卡点", code=1)
    risk = file(tmp_path, "risk.csv", "区划代码,风险等级\n410102,高风险\n")
    (put,) = run("hub", "list", "put", "risk", risk)
    assert (put["name"], put["rows"]) == ("risk", 1)


def test_operators_are_let_in_and_shut_out(run: Run, tmp_path: Path) -> None:
    pin = file(tmp_path, "pin", "4321\n")
    run("hub", "staff", "add", "李梅", "--role", "lead", "--pin-file", pin)
    (shown,) = run("hub", "staff", "show")
    assert shown == {"name": "李梅", "role": "lead", "active": True}
    run("hub", "staff", "shut-out", "李梅")
    (shown,) = run("hub", "staff", "show")
    assert shown["active"] is False
    run("hub", "staff", "shut-out", "王五", code=1)
    run("hub", "staff", "add", "王五", "--pin-file", file(tmp_path, "short", "1"), code=1)
