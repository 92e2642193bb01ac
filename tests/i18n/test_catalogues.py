"""All words of the program: nothing empty, fuzzy, broken, contradicting or left in English."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import checkpoint_app
from checkpoint_app.i18n import translator
from checkpoint_app.i18n.sentences import FAULTS
from checkpoint_app.resources import resource

PROGRAM = Path(checkpoint_app.__file__).parent
CATALOGUES = sorted(resource("locale", "zh_CN").glob("*.po"))
ROOMS = sorted(
    each.relative_to(PROGRAM).as_posix()
    for each in PROGRAM.iterdir()
    if each.suffix == ".py" or (each.is_dir() and each.name != "__pycache__")
)
CALLS = {"translate", "_translate", "say", "tr"}


def _messages(file: Path) -> dict[str, str]:
    with file.open("rb") as source:
        catalogue = read_po(source, locale="zh_CN", abort_invalid=True)
    return {str(each.id): str(each.string) for each in catalogue if each.id}


def _values(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.name)
def test_a_catalogue_is_whole(file: Path) -> None:
    with file.open("rb") as source:
        catalogue = read_po(source, locale="zh_CN", abort_invalid=True)
    assert not [each.id for each in catalogue if each.id and each.fuzzy]
    assert not catalogue.obsolete
    for message, text in _messages(file).items():
        assert text.strip(), message
        assert _values(message) == _values(text), message
        assert all(_values(message)) or not _values(message), f"unnamed value: {message}"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.name)
def test_no_message_stands_twice_in_a_catalogue(file: Path) -> None:
    ids = [line for line in file.read_text("utf-8").splitlines() if line.startswith('msgid "')]
    single = [each for each in ids if each != 'msgid ""']
    assert sorted(single) == sorted(set(single))


def test_one_message_has_one_chinese_text() -> None:
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for file in CATALOGUES:
        for message, text in _messages(file).items():
            texts[message][file.name] = text
    assert not {m: by_file for m, by_file in texts.items() if len(set(by_file.values())) > 1}


def _literals(file: Path) -> Iterator[tuple[int, str | None]]:
    """Line and text of every literal passed to a translate function; None: an f-string."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in CALLS:
            yield from ((node.lineno, each) for each in _texts(node.args[0]))


def _texts(argument: ast.expr) -> Iterator[str | None]:
    if isinstance(argument, ast.IfExp):
        yield from _texts(argument.body)
        yield from _texts(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.JoinedStr):
        yield None  # an f-string is another message each time


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_of_a_room_has_chinese(room: str) -> None:
    known = {message for file in CATALOGUES for message in _messages(file)}
    place = PROGRAM / room
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    lacking = [
        f"{file.relative_to(PROGRAM)}:{line}: {text!r}"
        for file in files
        for line, text in _literals(file)
        if text is None or (text and text not in known)
    ]
    assert not lacking


FAULTS_RAISED = {"StoreFault", "DeviceFault"}


def test_every_fault_that_can_be_raised_has_a_sentence() -> None:
    raised = {
        each.value
        for file in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FAULTS_RAISED
        for each in node.args[:1]
        if isinstance(each, ast.Constant)
    }
    assert raised
    assert not raised - set(FAULTS)


def test_english_is_the_message_itself() -> None:
    assert translator("en")("Pass") == "Pass"
    assert translator("zh_CN")("Pass") == "放行"
    assert translator("zh_CN")("Nobody wrote this message") == "Nobody wrote this message"


def test_values_are_put_in_as_they_are() -> None:
    translate = translator("zh_CN")
    assert translate("{city}: ask for street and date", city="{x}%s").startswith("{x}%s")
