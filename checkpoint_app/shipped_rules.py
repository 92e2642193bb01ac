"""The screening rules as they come with the program: `resources/policy`, a file a kind of site."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from checkpoint_app.domain.policy_data import PolicyFault, read_changed, read_shipped
from checkpoint_app.domain.site import SiteKind, SitePolicy
from checkpoint_app.resources import resource


class RulesFault(Exception):
    """A shipped file cannot be read: somebody has changed it, or it is gone."""

    def __init__(self, file: Path, fault: PolicyFault) -> None:
        super().__init__(f"{file.name}: {fault.code} {fault.field}")
        self.file, self.fault = file, fault


def shipped_file(kind: str) -> Path:
    """The file of a kind of site; an unknown kind has a road checkpoint's rules."""
    known = kind if kind in SiteKind.__members__.values() else SiteKind.ROAD
    return resource("policy", f"{known}.toml")


@cache
def shipped(kind: str) -> SitePolicy:
    """The shipped policy of a kind of site. Raises `RulesFault`."""
    return read_shipped_file(shipped_file(kind))


def read_shipped_file(file: Path) -> SitePolicy:
    """A whole file of rules. Raises `RulesFault`, which names file and field."""
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else None
        raise RulesFault(file, PolicyFault("policy_text", line=line)) from None
    except (OSError, UnicodeDecodeError):
        raise RulesFault(file, PolicyFault("policy_text")) from None
    found = read_shipped(data, file.stem)
    if isinstance(found, PolicyFault):
        raise RulesFault(file, found)
    return found


def read_policy(
    data: Mapping[str, Any], kind: str | None = None, default: str | None = None
) -> SitePolicy | PolicyFault:
    """The policy that data describe, over the shipped one of its kind.

    `kind` is whose policy it must be, `default` whose it is where neither says.
    """
    said = data.get("kind", kind or default)
    if said not in SiteKind.__members__.values() or (kind is not None and said != kind):
        return PolicyFault("policy_kind", "kind", kind or ", ".join(SiteKind))
    return read_changed(data, shipped(str(said)))
