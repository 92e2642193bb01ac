"""What the pages promise is there: links, pictures, command lines, keys, settings, sentences."""

from __future__ import annotations

import json
import re
import shlex
import string
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.parse import unquote

import pytest

from checkpoint_app.__main__ import parser
from checkpoint_app.i18n import translator
from checkpoint_app.i18n.sentences import FAULTS
from checkpoint_app.settings import Settings
from checkpoint_app.ui.desk_page.keys import meaning
from checkpoint_app.ui.window import KEYS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
MANUALS = {"en": DOCS / "manual.md", "zh_CN": DOCS / "manual.zh-CN.md"}
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("resources/**/*.md")])
LARGEST_PICTURE = 200_000  # bytes

# Faults that no sentence of the window or the console shows by itself, or that a field's own
# words explain where they appear.
NOT_IN_THE_TABLE = {
    "not_found",
    "already_recorded",
    "refused",
    "not_an_image",
    "no_hub",
    "database_away",
    "database_wrong",
    "code_wrong",
    "revoked",
    "password_short",
    "reason_needed",
}

ROOMS = ("checkpoint_app", "resources", "tests", "tools")
OF_THE_STATION = {"settings.toml", "issuers.toml", "keys.json"}  # written when a station begins


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def without_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def anchor(heading: str) -> str:
    """A heading's anchor as GitHub makes it."""
    kept = (each for each in heading.lower() if each in " -_" or each.isalnum())
    return "".join(kept).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {anchor(each) for each in re.findall(r"(?m)^#+ (.+)$", without_code(text_of(page)))}


def links(page: Path) -> Iterator[str]:
    yield from re.findall(r"\]\(([^)\s]+)\)", without_code(text_of(page)))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_relative_link_and_picture_is_there(page: Path) -> None:
    for link in links(page):
        if "://" in link:
            continue
        path, _, part = unquote(link).partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not part or part in anchors(target), link


def test_every_picture_is_shown_and_small() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    pictures = sorted((DOCS / "pictures").iterdir())
    assert pictures
    assert [each.name for each in pictures if each.resolve() not in shown] == []
    assert [each.name for each in pictures if each.stat().st_size > LARGEST_PICTURE] == []


def command_lines() -> Iterator[tuple[str, str]]:
    """Every whole command line in the fenced blocks of all pages, with its page."""
    for page in PAGES:
        for block in re.findall(r"```\w*\n(.*?)```", text_of(page), flags=re.DOTALL):
            for line in block.splitlines():
                if line.startswith("checkpoint "):
                    yield named(page), line


@pytest.mark.parametrize(("page", "line"), list(command_lines()))
def test_every_command_line_parses(page: str, line: str) -> None:
    assert callable(parser().parse_args(shlex.split(line, comments=True)[1:]).run)


@pytest.mark.parametrize("manual", MANUALS.values(), ids=named)
def test_every_command_is_in_the_manual(manual: Path) -> None:
    commands = re.findall(r"(?m)^    (\w+)", parser().format_help())
    assert {"desk", "read", "verify"} <= set(commands)
    for command in commands:
        assert f"\ncheckpoint {command}" in text_of(manual), command


@pytest.mark.parametrize("manual", MANUALS.values(), ids=named)
def test_every_json_shape_is_json(manual: Path) -> None:
    blocks = re.findall(r"```json\n(.*?)```", text_of(manual), flags=re.DOTALL)
    assert blocks
    for block in blocks:
        for answer in re.sub(r"\n ", " ", block).splitlines():
            assert isinstance(json.loads(answer), dict)


def keys_of(manual: Path) -> set[str]:
    """The keys in the first column of the key tables."""
    rows = re.findall(r"(?m)^\| (`[^|]*?) \|", text_of(manual).split("## 5 ")[1].split("```")[0])
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


@pytest.mark.parametrize("manual", MANUALS.values(), ids=named)
def test_the_manual_names_every_key_and_no_other(manual: Path) -> None:
    told = keys_of(manual)
    chords = {f"Ctrl+{n}" for n in range(1, 9)} | {f"Alt+{n}" for n in range(1, 10)}
    chords |= {"Ctrl+Z", "Tab"}
    texts = {"Enter": "\r", "Esc": "\x1b"}
    for key in told - set(KEYS) - chords:
        assert meaning(texts.get(key, key)) is not None, key
    assert set(KEYS) <= told
    of_the_desk = {each for each in string.printable if meaning(each) is not None}
    assert of_the_desk - set(string.digits + "." + string.whitespace) <= {
        spelt for key in told for spelt in (key, key.lower(), key.replace("−", "-"))
    } | {"\b"}


@pytest.mark.parametrize("manual", MANUALS.values(), ids=named)
def test_every_setting_in_the_manual_exists_with_its_default(manual: Path) -> None:
    text = text_of(manual)
    known = {each.name for each in fields(Settings)}
    example = re.search(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    assert example is not None
    written = tomllib.loads(example[1])
    assert written.keys() <= known
    assert written["thermometer_pattern"] == Settings().thermometer_pattern
    for name, figure in re.findall(r"`([a-z_]+)`[,，] ?(\d\d:\d\d|\d+(?:\.\d+)?)", text):
        default = getattr(Settings(), name)
        assert type(default)(figure) == default, name


@pytest.mark.parametrize(("language", "manual"), MANUALS.items())
def test_every_sentence_of_a_fault_is_explained_as_it_is_shown(language: str, manual: Path) -> None:
    text, translate = text_of(manual).replace("\n", " "), translator(language)
    flat = re.sub(r"(?<=[一-鿿，；]) (?=[一-鿿])", "", text)
    for code, sentence in FAULTS.items():
        if code not in NOT_IN_THE_TABLE:
            assert translate(sentence) in flat, code


def outline(manual: Path) -> list[int]:
    return [len(each) for each in re.findall(r"(?m)^(#+) ", without_code(text_of(manual)))]


def test_both_manuals_have_the_same_chapters() -> None:
    english, chinese = MANUALS.values()
    assert outline(english) == outline(chinese)
    numbers = [re.findall(r"(?m)^## (\d+) ", text_of(each)) for each in MANUALS.values()]
    assert numbers[0] == numbers[1] == [str(n + 1) for n in range(len(numbers[0]))]


def test_both_manuals_show_the_same_pictures_each_in_its_language() -> None:
    english, chinese = MANUALS.values()
    ours = [each for each in links(english) if each.startswith("pictures/")]
    assert [each.replace(".png", ".zh-CN.png") for each in ours] == [
        each for each in links(chinese) if each.startswith("pictures/")
    ]


def test_the_architecture_names_what_there_is() -> None:
    files = [named(each) for folder in ROOMS for each in (ROOT / folder).rglob("*")]
    files += [each.name for each in ROOT.iterdir()]
    pattern = r"`((?:\w+/)+(?:\w+\.\w+)?|\w+(?:/\w+)*\.(?:py|toml|json|po))`"
    for name in re.findall(pattern, text_of(DOCS / "architecture.md")):
        path = name.rstrip("/")
        there = any(each == path or each.endswith(f"/{path}") for each in files)
        assert there or path in OF_THE_STATION, name
