"""Every kind of site has its file of rules; a file that is no such thing is refused by name."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from checkpoint_app.domain.policy_data import as_data
from checkpoint_app.domain.site import SiteKind
from checkpoint_app.resources import resource
from checkpoint_app.shipped_rules import RulesFault, read_shipped_file, shipped, shipped_file


@pytest.mark.parametrize("kind", SiteKind)
def test_every_kind_ships_a_whole_file(kind: SiteKind) -> None:
    data = tomllib.loads(shipped_file(kind).read_text("utf-8"))
    assert data == as_data(shipped(kind))
    assert list(data) == list(as_data(shipped(kind)))


def test_there_is_no_other_file() -> None:
    assert {each.stem for each in resource("policy").iterdir()} == set(SiteKind)


ROAD = shipped_file("road").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        (ROAD.replace("gate_mode =", "gate_mood ="), "policy_missing", "gate_mode"),
        (ROAD.replace("symptoms = ", "sym = "), "policy_missing", "outcomes.symptoms"),
        (ROAD + "x = 0\n", "policy_number", "test_every_hours"),
        ("more = 1\n" + ROAD, "policy_field", "more"),
        (ROAD.replace("= 37.3", "= '37.3'"), "policy_number", "fever_threshold_c"),
        (ROAD.replace("= 37.3", "= 38.1"), "policy_number", "fever_threshold_c"),
        (ROAD.replace('"road"', '"school"'), "policy_kind", "kind"),
        (ROAD.replace("kind = ", "kind : "), "policy_text", ""),
        ("", "policy_missing", "kind"),
        ("\udcff", "policy_text", ""),
    ],
)
def test_a_spoilt_file_is_refused_by_name(tmp_path: Path, text: str, code: str, field: str) -> None:
    file = tmp_path / "road.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(RulesFault) as refused:
        read_shipped_file(file)
    assert refused.value.file == file
    assert (refused.value.fault.code, refused.value.fault.field) == (code, field)
