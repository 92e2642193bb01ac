"""The tables that pages are read by: words, issuers' names, divisions. Data that staff can extend.

A station's own `pages/words.toml` and `pages/issuers.toml` add to what comes with the program. A
table that cannot be read adds nothing; its name stands in `Tables.refused`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from checkpoint_app.divisions import by_name, names
from checkpoint_app.resources import resource

_LONGEST = 40  # characters of a word or name in a station's own table
_MOST = 2000  # words of one kind

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """`words` by "section.kind"; `titles` as printed; `divisions` name -> codes, whole names and
    those without their last word (上海市, 上海)."""

    words: Mapping[str, Words]
    titles: Words
    divisions: Mapping[str, Words]
    names: Mapping[str, str]  # division code -> name
    refused: Words = ()

    def has(self, kind: str, text: str) -> bool:
        """Whether a word of this kind stands in the text."""
        return any(word in text for word in self.words[kind])

    def first(self, kind: str, text: str) -> str | None:
        """The longest word of this kind that stands in the text."""
        return max((word for word in self.words[kind] if word in text), key=len, default=None)


def load_tables(folder: Path | None = None) -> Tables:
    """The shipped tables and, before them, those of a station's data folder."""
    shipped = _shipped()
    if folder is None:
        return shipped
    own, no_words = _words(folder / "pages" / "words.toml")
    titles, no_titles = _titles(folder / "pages" / "issuers.toml")
    words = {kind: own.get(kind, ()) + known for kind, known in shipped.words.items()}
    refused = tuple(each for each in (no_words, no_titles) if each)
    return Tables(words, titles + shipped.titles, shipped.divisions, shipped.names, refused)


@cache
def _shipped() -> Tables:
    words, _ = _words(resource("pages", "words.toml"))
    titles, _ = _titles(resource("pages", "issuers.toml"))
    return Tables(words, titles, by_name(), names())


def _words(file: Path) -> tuple[dict[str, Words], str]:
    """Words by kind, and the file's name where it was refused."""
    table, fault = _table(file)
    found = {
        f"{section}.{kind}": _listed(value)
        for section, kinds in table.items()
        if isinstance(kinds, dict)
        for kind, value in kinds.items()
    }
    return found, fault


def _titles(file: Path) -> tuple[Words, str]:
    table, fault = _table(file)
    rows = table.get("issuer", [])
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple(title for row in rows for title in _listed(row.get("titles"))), fault


def _table(file: Path) -> tuple[dict[str, Any], str]:
    try:
        return tomllib.loads(file.read_text("utf-8")), ""
    except FileNotFoundError:
        return {}, ""
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}, file.name


def _listed(value: Any) -> Words:
    """A list of words, or the single characters of a text."""
    each = "".join(value.split()) if isinstance(value, str) else value
    if not isinstance(each, list | str):
        return ()
    return tuple(
        word for word in each[:_MOST] if isinstance(word, str) and 0 < len(word) <= _LONGEST
    )
