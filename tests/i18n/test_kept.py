"""The compiled words beside their sources: used, renewed and never needed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checkpoint_app.i18n import read_catalogue

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def _write(folder: Path, chinese: str, name: str = "desk.po") -> Path:
    file = folder / name
    file.write_text(f'{HEAD}msgid "Find"\nmsgstr "{chinese}"\n', "utf-8")
    return file


def _find(folder: Path) -> str:
    return read_catalogue(folder, "zh_CN").gettext("Find")


def test_what_is_compiled_is_kept_and_used(tmp_path: Path) -> None:
    _write(tmp_path, "查找")
    assert _find(tmp_path) == "查找"
    (kept,) = tmp_path.glob("*.mo")
    kept.write_bytes(kept.read_bytes().replace("查找".encode(), "寻找".encode()))
    assert _find(tmp_path) == "寻找"


def test_a_changed_file_counts_even_when_it_is_older(tmp_path: Path) -> None:
    _write(tmp_path, "查找")
    _find(tmp_path)
    os.utime(_write(tmp_path, "寻找"), (1, 1))
    assert _find(tmp_path) == "寻找"
    assert len(list(tmp_path.glob("*.mo"))) == 1


def test_all_files_stand_in_one_catalogue(tmp_path: Path) -> None:
    _write(tmp_path, "查找")
    (tmp_path / "paper.po").write_text(f'{HEAD}msgid "Page"\nmsgstr "页"\n', "utf-8")
    assert read_catalogue(tmp_path, "zh_CN").gettext("Page") == "页"
    assert _find(tmp_path) == "查找"


@pytest.mark.parametrize("harm", [b"", bytes(400), b"\xde\x12\x04\x95"])
def test_a_harmed_one_is_made_anew(tmp_path: Path, harm: bytes) -> None:
    _write(tmp_path, "查找")
    _find(tmp_path)
    (kept,) = tmp_path.glob("*.mo")
    kept.write_bytes(harm)
    assert _find(tmp_path) == "查找"
    assert kept.read_bytes() != harm


def test_a_folder_that_cannot_be_written_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, "查找")

    def refuse(self: Path, *how: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    assert _find(tmp_path) == "查找"
    assert list(tmp_path.glob("*.mo")) == []


def test_a_language_without_words_speaks_as_it_is_written(tmp_path: Path) -> None:
    assert _find(tmp_path) == "Find"
