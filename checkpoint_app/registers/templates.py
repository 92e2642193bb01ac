"""The sheets' templates: the command office's before the station's own, in `sheets/` of its data
folder, and that before the shipped ones.

One with a mistake in it is told of, and the shipped one is used: the sheet comes anyway.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from checkpoint_app.domain.list_cells import known_keys
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.domain.template import Template, TemplateFault, template_of
from checkpoint_app.resources import resource

LARGEST = 100_000  # bytes of a template
_OWN_KEYS = {
    Sheet.SUMMARY: frozenset({"number", "item", "period_count", "total_count"}),
    Sheet.ZERO: frozenset({"number", "item", "period_count", "total_count"}),
    Sheet.BLANK: frozenset({"paper_number", "number"}),
}


def template_name(sheet: Sheet, *, venue: bool) -> str:
    """The file's name without its ending: the daily register has a form for venues."""
    return "daily_venue" if venue and sheet is Sheet.DAILY else sheet.value


def keys_of(sheet: Sheet) -> frozenset[str]:
    """The columns that a sheet can have."""
    return _OWN_KEYS.get(sheet) or known_keys()


def own_file(folder: Path, sheet: Sheet, *, venue: bool) -> Path:
    """Where a station's own template of a sheet stands, if it has one."""
    return folder / "sheets" / f"{template_name(sheet, venue=venue)}.toml"


def shipped_text(sheet: Sheet, *, venue: bool) -> str:
    """The shipped template as it is written."""
    name = template_name(sheet, venue=venue)
    return resource("sheets", f"{name}.toml").read_text("utf-8")


def read_template(text: str, sheet: Sheet) -> Template | TemplateFault:
    """The template that a text describes."""
    if len(text) > LARGEST:
        return TemplateFault("template_large")
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return TemplateFault("template_unreadable", str(error)[:80])
    return template_of(values, keys_of(sheet))


def template_for(
    sheet: Sheet, folder: Path | None, *, venue: bool, offices: Mapping[str, bytes] | None = None
) -> tuple[Template, TemplateFault | None]:
    """The template in force, and what is wrong with the one that should be where it is not that.

    `offices` are those that the command office handed down, by name.
    """
    shipped = read_template(shipped_text(sheet, venue=venue), sheet)
    assert isinstance(shipped, Template), shipped  # a test reads every shipped one
    name = template_name(sheet, venue=venue)
    try:
        if offices and name in offices:
            text = offices[name].decode("utf-8-sig")
        elif folder is not None:
            text = own_file(folder, sheet, venue=venue).read_text("utf-8-sig")
        else:
            return shipped, None
    except FileNotFoundError:
        return shipped, None
    except (OSError, UnicodeDecodeError):
        return shipped, TemplateFault("template_unreadable")
    own = read_template(text, sheet)
    return (own, None) if isinstance(own, Template) else (shipped, own)
