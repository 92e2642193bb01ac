"""A county's own forms: the text of a template, tried before it is kept."""

from __future__ import annotations

import re
from pathlib import Path

from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.domain.template import Template, TemplateFault
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text

# What columns hold that no shipped form has.
_NOT_ON_OURS = {
    "carriage": "Train or flight, plate",
    "means": "Means of transport",
    "moment": "Date and time",
    "case_number": "Case no.",
}


def columns_of(sheet: Sheet, translate: Translate) -> tuple[str, ...]:
    """The columns that a sheet can have, besides `hand_…` ones: each key with what it holds."""
    from checkpoint_app.registers.templates import keys_of, template_for

    headings = dict(_NOT_ON_OURS)
    for each in Sheet:
        template, _ = template_for(each, None, venue=False)
        headings = {column.key: column.heading for column in template.columns} | headings
    keys = sorted(keys_of(sheet))
    return tuple(f"{key} {translate(headings.get(key, ''))}".rstrip() for key in keys)


def template_text(
    sheet: Sheet, folder: Path | None, translate: Translate, *, venue: bool
) -> tuple[str, bool]:
    """The template in force as it is written, and whether it is the station's own.

    The shipped one has its words in the reader's language, to be changed where they stand.
    """
    from checkpoint_app.registers.templates import own_file, shipped_text

    if folder is not None:
        try:
            return own_file(folder, sheet, venue=venue).read_text("utf-8-sig"), True
        except (OSError, UnicodeDecodeError):
            pass
    return _in_words(shipped_text(sheet, venue=venue), translate), False


_WORDS = re.compile(r'^(title|zero|statement|heading) = "([^"\\]*)"$', re.MULTILINE)
_ABOUT = "Columns from left to right; width is a share of the page, width_mm fixes it"


def _in_words(text: str, translate: Translate) -> str:
    _, _, body = text.partition("\n")  # its first line tells the same in English
    said = _WORDS.sub(lambda found: f'{found[1]} = "{translate(found[2])}"', body)
    return f"# {translate(_ABOUT)}\n{said}"


def tried(text: str, sheet: Sheet) -> Template | TemplateFault:
    """The template that a text describes, or what is wrong with it."""
    from checkpoint_app.registers.templates import read_template

    return read_template(text, sheet)


def keep_template(text: str, sheet: Sheet, folder: Path, *, venue: bool) -> None:
    """Make a text the station's own template. Raises OSError."""
    from checkpoint_app.desk.files import write_whole
    from checkpoint_app.registers.templates import own_file

    file = own_file(folder, sheet, venue=venue)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, text.encode("utf-8"))


def drop_template(sheet: Sheet, folder: Path, *, venue: bool) -> None:
    """Go back to the shipped template. Raises OSError."""
    from checkpoint_app.registers.templates import own_file

    own_file(folder, sheet, venue=venue).unlink(missing_ok=True)


def template_problem(fault: TemplateFault, translate: Translate) -> str:
    """What is wrong with a template, in one sentence."""
    said = fault_text(fault.code, translate)
    return translate("{problem}: {detail}", problem=said, detail=fault.detail or "—")
