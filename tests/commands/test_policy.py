"""`checkpoint policy`: what is shown can be set again, what is wrong is told with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.domain.site import SiteKind
from checkpoint_app.shipped_rules import shipped_file

Out = pytest.CaptureFixture[str]


def run(capsys: Out, folder: Path, *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["policy", *arguments, "--data", str(folder)]) == code
    found = capsys.readouterr()
    return found.out if code == 0 else found.err


def test_the_shipped_rules_are_shown_where_none_were_saved(capsys: Out, data_folder: Path) -> None:
    shown = json.loads(run(capsys, data_folder, "show", "--kind", "school", "--json"))
    assert (shown["version"], shown["kind"], shown["roster_only"]) == ("default-1", "school", True)
    assert list(data_folder.iterdir()) == []


def test_what_is_shown_can_be_set_again(capsys: Out, data_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    text = run(capsys, data_folder, "show").replace(
        "test_valid_hours = 48", "test_valid_hours = 24"
    )
    file.write_text(text, "utf-8")
    assert "road-1" in run(capsys, data_folder, "set", str(file))
    assert json.loads(run(capsys, data_folder, "show", "--json"))["test_valid_hours"] == 24
    shipped = json.loads(run(capsys, data_folder, "show", "--json", "--default"))
    assert shipped["test_valid_hours"] == 48
    history = run(capsys, data_folder, "show", "--history", "--json").splitlines()
    assert [json.loads(each)["version"] for each in history] == ["road-1"]
    assert "road-1" in run(capsys, data_folder, "show", "--history")


def test_the_figures_of_the_settings_are_shown_as_they_hold(capsys: Out, data_folder: Path) -> None:
    data_folder.mkdir(exist_ok=True)
    (data_folder / "settings.toml").write_text("fever_threshold_c = 37.5\n", "utf-8")
    assert "fever_threshold_c = 37.5" in run(capsys, data_folder, "show")
    assert "fever_threshold_c = 37.3" in run(capsys, data_folder, "show", "--default")
    assert "fever_threshold_c = 37.3" in run(capsys, data_folder, "show", "--kind", "mall")


def test_what_is_shown_is_the_shipped_file(capsys: Out, data_folder: Path) -> None:
    for kind in SiteKind:
        shown = run(capsys, data_folder, "show", "--kind", kind)
        assert shown == "# default-1\n" + shipped_file(kind).read_text("utf-8")


def test_json_is_taken_too_and_one_field_is_enough(
    capsys: Out, data_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "policy.json"
    file.write_text('{"test_every_hours": {"冷链": 72}}', "utf-8")
    run(capsys, data_folder, "set", str(file), "--kind", "mall")
    shown = json.loads(run(capsys, data_folder, "show", "--kind", "mall", "--json"))
    assert shown["test_every_hours"] == {"冷链": 72}
    assert shown["list_unvaccinated"] is True


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind = 'road'\ntest_valid_hours = 0\n", ("test_valid_hours", "1–336", "2")),
        ("kind = 'road'\n\nfever = 38\n", ("fever", "3")),
        ("kind = 'road'\nthis is nothing", ("TOML", "2")),
        ('{"kind": "road",\n}', ("JSON", "2")),
        ("kind = 'hospital'\nturns_back = true", ("turns_back", "2")),
        ("kind = 'moon'", ("kind", "road")),
        ("x = '" + "y" * 70_000 + "'", ()),
        ("{" * 30_000, ()),
    ],
)
def test_a_wrong_file_is_refused_with_field_and_line(
    capsys: Out, data_folder: Path, tmp_path: Path, text: str, says: tuple[str, ...]
) -> None:
    file = tmp_path / "policy"
    file.write_text(text, "utf-8")
    told = run(capsys, data_folder, "set", str(file), code=1)
    assert told.count("\n") == 1
    assert all(each in told for each in says)
    assert not (data_folder / "keys.json").exists()


def test_a_file_that_is_not_there(capsys: Out, data_folder: Path) -> None:
    assert run(capsys, data_folder, "set", "/nowhere/policy.toml", code=1)


def test_a_saved_policy_is_what_persons_are_judged_by(
    capsys: Out, data_folder: Path, tmp_path: Path
) -> None:
    file, people = tmp_path / "policy.toml", tmp_path / "people"
    file.write_text("kind = 'road'\nrequired = []\n", "utf-8")
    people.write_text('{"at": "2026-11-23T03:12:00+08:00"}', "utf-8")
    run(capsys, data_folder, "set", str(file))
    capsys.readouterr()
    assert main(["screen", "--person", str(people), "--json", "--data", str(data_folder)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["outcome"], answer["versions"]["policy"]) == ("pass", "road-1")
