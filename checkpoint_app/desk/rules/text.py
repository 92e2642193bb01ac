"""A policy as its file: the shipped one of its kind, word for word, with its own values."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from checkpoint_app.domain.policy_data import as_data
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.shipped_rules import shipped_file

_ROLES = "test_every_hours"  # the last table: any role may stand there
_ENTRY = re.compile(r"^(\w+) = (.*?)(  # .*)?$")
_LINE = 96
_A_ROW = 8  # words


def policy_text(policy: SitePolicy) -> str:
    """The policy as a TOML file that can be read again, with the shipped file's explanations."""
    text = shipped_file(policy.site_kind).read_text("utf-8")
    wanted = as_data(policy)
    roles = (f"{_key(role)} = {hours}" for role, hours in wanted[_ROLES].items())
    return "\n".join([*_lines(text, wanted), *roles]) + "\n"


def _lines(text: str, wanted: dict[str, Any]) -> Iterator[str]:
    """The shipped lines; one whose value is another says the policy's instead."""
    table, skipping = "", False
    shipped = tomllib.loads(text)
    for line in text.splitlines():
        if skipping:  # the rest of an array that was written anew
            skipping = line != "]"
            continue
        if line.startswith("["):
            table = line.strip("[]")
        entry = _ENTRY.match(line)
        if entry is None:
            yield line
            continue
        key, rest, comment = entry[1], entry[2], entry[3] or ""
        before, after = (each[table] if table else each for each in (shipped, wanted))
        if table == _ROLES:
            continue
        if before[key] == after[key]:
            yield line
        else:
            skipping = rest == "["
            yield f"{key} = {_value(after[key])}{comment}"


def _key(role: str) -> str:
    return role if re.fullmatch(r"[A-Za-z0-9_-]+", role) else json.dumps(role, ensure_ascii=False)


def _value(value: Any) -> str:
    """A value as TOML writes it: JSON's words, texts and arrays are TOML's too."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) <= _LINE or not isinstance(value, list):
        return text
    items = [f"{json.dumps(each, ensure_ascii=False)}," for each in value]
    rows = (items[start : start + _A_ROW] for start in range(0, len(items), _A_ROW))
    return "\n".join(["[", *("    " + " ".join(row) for row in rows), "]"])
