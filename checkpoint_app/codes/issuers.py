"""The table of Chinese health code issuers by pattern: data in a file, rows added by staff.

A row never proves anything: it names who seems to have issued a code. Patterns are plain words,
not regular expressions, so that no row can make reading slow.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from checkpoint_app.codes.unpack import plain
from checkpoint_app.resources import resource

_ALPHABETS: Mapping[str, frozenset[str]] = {
    "any": frozenset(),
    "hex_upper": frozenset(string.digits + "ABCDEF"),
    "hex_lower": frozenset(string.digits + "abcdef"),
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row: texts that begin so, made of these characters, of this length."""

    issuer: str
    begins: str = ""
    characters: str = "any"  # any, hex_upper, hex_lower
    shortest: int = 1
    longest: int = 4096

    def fits(self, text: str) -> bool:
        """Whether the text follows the pattern."""
        if not self.shortest <= len(text) <= self.longest or not text.startswith(self.begins):
            return False
        allowed = _ALPHABETS[self.characters]
        return not allowed or (set(text) <= allowed and not text.isdecimal())


@dataclass(frozen=True, slots=True)
class Issuers:
    """The rows in force, first match first; `refused` are the numbers of rows not understood."""

    patterns: tuple[Pattern, ...] = ()
    refused: tuple[int, ...] = ()

    def of(self, text: str) -> str | None:
        """The issuer that the text seems to come from, or None."""
        return next((each.issuer for each in self.patterns if each.fits(text)), None)


@cache
def shipped_issuers() -> Issuers:
    """The table that comes with the program."""
    return _read(resource("issuers.toml"))


def load_issuers(folder: Path) -> Issuers:
    """The station's own rows (`issuers.toml` in its data folder) before the shipped ones."""
    own = _read(folder / "issuers.toml")
    return Issuers(own.patterns + shipped_issuers().patterns, own.refused)


def _read(file: Path) -> Issuers:
    try:
        rows = tomllib.loads(file.read_text("utf-8")).get("issuer", [])
    except FileNotFoundError:
        return Issuers()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Issuers(refused=(0,))
    read = [_pattern(row) for row in rows] if isinstance(rows, list) else [None]
    return Issuers(
        tuple(each for each in read if each),
        tuple(number for number, each in enumerate(read, 1) if each is None),
    )


def _pattern(row: Any) -> Pattern | None:
    """A row, or None where it says something not understood or would fit every text."""
    if not isinstance(row, dict) or not row.keys() <= set(Pattern.__slots__):
        return None
    kinds = {"shortest": int, "longest": int}
    if any(type(value) is not kinds.get(key, str) for key, value in row.items()):
        return None
    name = plain(row.get("issuer"), 60)
    if name is None or row.get("characters", "any") not in _ALPHABETS:
        return None
    pattern = Pattern(**{**row, "issuer": name})
    return pattern if pattern.begins or pattern.characters != "any" else None
