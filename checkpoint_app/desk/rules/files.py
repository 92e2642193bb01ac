"""A policy from a file (TOML, or JSON); what is wrong is told with its line."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from checkpoint_app.domain.policy_data import PolicyFault
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.shipped_rules import read_policy

LARGEST = 64 * 1024  # bytes; a policy has some 5000


def read_policy_file(
    file: Path, kind: str | None = None, default: str | None = None
) -> SitePolicy | PolicyFault:
    """The policy in a file. Raises OSError where the file cannot be read."""
    with file.open("rb") as source:
        body = source.read(LARGEST + 1)
    if len(body) > LARGEST:
        return PolicyFault("policy_large")
    try:
        return read_policy_text(body.decode("utf-8-sig"), kind, default)
    except UnicodeDecodeError:
        return PolicyFault("policy_text")


def read_policy_text(
    text: str, kind: str | None = None, default: str | None = None
) -> SitePolicy | PolicyFault:
    """The policy that a text describes, or what is wrong with it and in which line."""
    try:
        data: Any = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except json.JSONDecodeError as error:
        return PolicyFault("policy_text", line=error.lineno)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        return PolicyFault("policy_text", line=int(at[1]) if at else None)
    except RecursionError:
        return PolicyFault("policy_text")
    found = read_policy(data, kind, default)
    if isinstance(found, PolicyFault):
        return replace(found, line=_line_of(found.field, text))
    return found


def _line_of(field: str, text: str) -> int | None:
    named = re.compile(rf'^\s*[\["{{]*\s*{re.escape(field.rpartition(".")[2])}\b')
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if named.match(line)), None)
