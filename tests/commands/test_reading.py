"""`checkpoint read`: one object a file or a line, in order, whatever it is given."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import cv2
import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.resources import resource
from tools import draw_pages

DEMO = resource("demo")
TRUST = [part for file in sorted((DEMO / "trust").iterdir()) for part in ("--trust", str(file))]
KEYS = {
    "symbology",
    "text",
    "format",
    "issuer",
    "authenticity",
    "basis",
    "colour",
    "holder",
    "reasons",
}


def answers(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["read", "--json", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def story_texts(kind: str, authenticity: str) -> list[str]:
    story = json.loads((DEMO / "story.json").read_text("utf-8"))
    shown = [each for traveller in story["travellers"] for each in traveller["shown"]]
    return [
        each["text"]
        for each in shown
        if each["format"] == kind and each["authenticity"] == authenticity and each["text"]
    ]


def lines(monkeypatch: pytest.MonkeyPatch, *texts: str) -> None:
    source = io.TextIOWrapper(io.BytesIO("\n".join(texts).encode("utf-8", "surrogateescape")))
    monkeypatch.setattr(sys, "stdin", source)


def test_pictures_are_answered_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(file) for file in sorted((DEMO / "codes").glob("*.png"))]
    found = answers(capsys, *files, *TRUST)
    assert [each["file"] for each in found] == files
    codes = [code for each in found for code in each["codes"]]
    assert len(codes) >= len(files) - 1
    assert all(set(code) == KEYS for code in codes)
    assert {"eu_dcc", "cn_health_code"} <= {code["format"] for code in codes}


def test_a_file_that_is_no_picture_does_not_stop_the_rest(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    good = next((DEMO / "codes").glob("*.png"))
    found = answers(capsys, str(broken), str(tmp_path / "not there.png"), str(good), *TRUST)
    assert found[0]["error"] == "not_an_image"
    assert found[1]["error"] == "unreadable"
    assert "error" not in found[2]


def test_texts_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    valid, forged = story_texts("eu_dcc", "valid")[0], story_texts("eu_dcc", "bad_signature")[0]
    lines(monkeypatch, valid, "", "  ", forged, "hello")
    found = [each["codes"][0] for each in answers(capsys, "-", *TRUST)]
    assert [code["authenticity"] for code in found] == ["valid", "bad_signature", "unverifiable"]
    assert found[0]["basis"] == "signed"
    assert found[0]["symbology"] is None
    assert found[2]["format"] == "unknown"


def test_parts_of_a_card_join_across_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [text for text in story_texts("smart_health_card", "valid") if text.count("/") > 1]
    assert len(parts) == 2
    lines(monkeypatch, *reversed(parts))
    first, second = (each["codes"][0] for each in answers(capsys, "-", *TRUST))
    assert first["reasons"] == ["chunk_missing"]
    assert second["authenticity"] == "valid"
    assert second["holder"]["name"]


@pytest.mark.parametrize("at", ["2027-01-01", "2027-01-01T12:00", "2027-01-01T20:00+08:00"])
def test_a_moment_without_an_offset_is_utc(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    lines(monkeypatch, story_texts("eu_dcc", "valid")[0])
    (found,) = answers(capsys, "-", *TRUST, "--at", at)
    assert found["codes"][0]["authenticity"] == "valid"


def test_a_code_outlives_its_date(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines(monkeypatch, story_texts("eu_dcc", "valid")[0])
    (found,) = answers(capsys, "-", *TRUST, "--at", "2099-01-01")
    assert found["codes"][0]["authenticity"] == "expired"


def test_with_no_trust_list_nothing_is_valid(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines(monkeypatch, story_texts("eu_dcc", "valid")[0])
    (found,) = answers(capsys, "-")
    assert found["codes"][0]["authenticity"] == "unverifiable"
    assert found["codes"][0]["reasons"] == ["no_trust_list"]


def test_an_old_imported_list_makes_a_valid_code_unverifiable(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    files = [str(file) for file in sorted((DEMO / "trust").iterdir())]
    assert main(["trust", "import", *files, "--data", str(data_folder)]) == 0
    capsys.readouterr()
    text = story_texts("eu_dcc", "valid")[0]
    lines(monkeypatch, text)
    (fresh,) = answers(capsys, "-", "--data", str(data_folder))
    assert fresh["codes"][0]["authenticity"] == "valid"
    lines(monkeypatch, text)
    (old,) = answers(capsys, "-", "--data", str(data_folder), "--at", "2030-01-01")
    assert old["codes"][0]["authenticity"] == "unverifiable"
    assert old["codes"][0]["reasons"] == ["list_too_old"]


def test_a_trust_file_that_is_none_refuses_the_call(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}")
    assert main(["read", "-", "--trust", str(wrong)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_wrong_usage_is_told_apart() -> None:
    with pytest.raises(SystemExit) as left:
        main(["read"])
    assert left.value.code == 2


def test_a_phones_page_is_told_beside_its_code(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    drawn, file = draw_pages.TUNED[2], tmp_path / "page.png"
    cv2.imwrite(str(file), draw_pages.page(drawn))
    (found,) = answers(capsys, str(file), "--at", "2022-07-08T11:12:00+08:00")
    page = found["page"]
    assert page["kind"] == "health_code"
    assert (page["issuer"], page["name"], page["colour"]) == (drawn.title, drawn.name, "green")
    assert page["clock"] == "2022-07-08T11:11:39"
    assert page["nat"]["result"] == "negative"
    assert page["findings"] == []


def test_a_signed_code_stands_on_no_health_code_page(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = answers(capsys, str(DEMO / "codes" / "eu_dcc_valid.png"), *TRUST)
    assert found["page"] is None
