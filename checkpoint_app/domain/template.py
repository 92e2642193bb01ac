"""How one sheet looks: title, paper, columns, signatures, as values read from a county's own file.

Pure: reading the file is the business of `registers.templates`. What is wrong with a file is a
value, `TemplateFault`, in the words of whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkpoint_app.domain.list_cells import BY_HAND
from checkpoint_app.domain.paper import A4_LANDSCAPE, PAPERS, Column, Paper

SIGNATURES = ("Registrar (signature):", "Officer on duty (signature):")
ZERO = "Nothing in this period. Zero report."
MOST_COLUMNS = 40
_LONGEST = 120  # characters of a title or a heading
_ALIGNS = ("left", "right", "centre")
_FIELDS = frozenset({
    "title", "zero", "paper", "orientation", "signatures", "statement", "row_mm", "rows", "columns",
})  # fmt: skip
_COLUMN_FIELDS = frozenset({"key", "heading", "width", "width_mm", "align"})


@dataclass(frozen=True, slots=True)
class Template:
    """One sheet's looks. Texts are message ids of our own sheets, or a county's own words."""

    title: str
    columns: tuple[Column, ...]
    zero: str = ZERO
    paper: Paper = A4_LANDSCAPE
    signatures: tuple[str, ...] = SIGNATURES
    statement: str = ""
    row_mm: float = 0.0  # least height of a row
    rows: int = 0  # empty rows of a form to be written on by hand


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong: a stable code, and the word of the file that it is about."""

    code: str
    detail: str = ""


class _Wrong(Exception):
    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(code)
        self.fault = TemplateFault(code, str(detail)[:80])


def template_of(values: Mapping[str, Any], keys: frozenset[str]) -> Template | TemplateFault:
    """The template that a file's values describe; `keys` are the columns that the sheet knows."""
    try:
        return _template(values, keys)
    except _Wrong as wrong:
        return wrong.fault


def _template(values: Mapping[str, Any], keys: frozenset[str]) -> Template:
    _only(values, _FIELDS)
    columns = values.get("columns")
    if not isinstance(columns, list) or not 0 < len(columns) <= MOST_COLUMNS:
        raise _Wrong("template_no_columns")
    made = tuple(_column(each, keys) for each in columns)
    double = {each.key for each in made if [c.key for c in made].count(each.key) > 1}
    if double:
        raise _Wrong("template_column_twice", min(double))
    signatures = values.get("signatures", list(SIGNATURES))
    if not isinstance(signatures, list) or len(signatures) > 4:
        raise _Wrong("template_value", "signatures")
    return Template(
        title=_text(values, "title"),
        columns=made,
        zero=_text(values, "zero", ZERO),
        paper=_paper(values),
        signatures=tuple(_text({"signatures": each}, "signatures") for each in signatures),
        statement=_text(values, "statement", ""),
        row_mm=_number(values, "row_mm", 0.0, (0, 60)),
        rows=int(_number(values, "rows", 0, (0, 500))),
    )


def _paper(values: Mapping[str, Any]) -> Paper:
    name = values.get("paper", "A4")
    if name not in PAPERS:
        raise _Wrong("template_value", "paper")
    lies = values.get("orientation", "landscape")
    if lies not in ("portrait", "landscape"):
        raise _Wrong("template_value", "orientation")
    return PAPERS[name] if lies == "portrait" else PAPERS[name].turned


def _column(values: object, keys: frozenset[str]) -> Column:
    if not isinstance(values, dict):
        raise _Wrong("template_value", "columns")
    _only(values, _COLUMN_FIELDS)
    key = _text(values, "key")
    if key not in keys and not key.startswith(BY_HAND):
        raise _Wrong("template_column", key)
    align = values.get("align", "left")
    if align not in _ALIGNS:
        raise _Wrong("template_value", "align")
    fixed = _number(values, "width_mm", 0.0, (4, 400)) if "width_mm" in values else None
    share = _number(values, "width", 3.0, (0.1, 100))
    return Column(key, _text(values, "heading"), share, align, fixed)


def _only(values: Mapping[str, Any], known: frozenset[str]) -> None:
    strange = sorted(str(each) for each in values if each not in known)
    if strange:
        raise _Wrong("template_field", strange[0])


def _text(values: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = values.get(name, default)
    if not isinstance(value, str) or len(value) > _LONGEST * (4 if name == "statement" else 1):
        raise _Wrong("template_value", name)
    return value


def _number(
    values: Mapping[str, Any], name: str, default: float, borders: tuple[float, float]
) -> float:
    value = values.get(name, default)
    sound = isinstance(value, int | float) and not isinstance(value, bool)
    if not sound or (name in values and not borders[0] <= value <= borders[1]):
        raise _Wrong("template_value", name)
    return float(value)
