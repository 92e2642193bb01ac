"""The cities of an itinerary card, as printed, matched to administrative divisions."""

from __future__ import annotations

import re

from checkpoint_app.domain.page import ShownCity
from checkpoint_app.domain.region import contains
from checkpoint_app.vision.found import Corners
from checkpoint_app.vision.page.layout import Layout, Print
from checkpoint_app.vision.page.tables import Tables

_MOST = 40
_ARROW = 0.55  # of the sheet's width that the square around the arrow may take at most
_SURE = 0.7
_STAR = re.compile(r"[(\[]?[*★☆][)\]]?|[(\[]\*?[)\]]")
_PLACE = re.compile(r"[\u3400-\u9fff]{2,20}")


def cities(layout: Layout, tables: Tables) -> tuple[tuple[ShownCity, ...], bool]:
    """The cities listed after "到达或途经", and whether all of them were read with certainty."""
    block = _block(layout, tables)
    text = "".join(_said(line, tables) for line in block)
    names = [each for each in re.split(r"[,、;.。 ]+", text) if each]
    found = [city for each in names[:_MOST] if (city := _city(each, tables)) is not None]
    known = all(each.division_code is not None for each in found)
    sure = all(line.sure(where="".join(each.name for each in found)) >= _SURE for line in block)
    clean = len(found) == len(names)
    return tuple(found), known and sure and clean


def arrow(layout: Layout, tables: Tables) -> Corners | None:
    """The square that holds the card's arrow: between its time and its cities."""
    listed = layout.where(lambda text: tables.first("card.cities", text) is not None)
    if not listed:
        return None
    bottom = listed[0].line.top
    over = [each.line.bottom for each in layout.lines if each.line.bottom < bottom]
    top = max(over, default=0.0)
    side = min(0.94 * (bottom - top), _ARROW * layout.width)
    x, y = _middle(listed[0], layout), (top + bottom) / 2
    left, right, low, high = x - side / 2, x + side / 2, y - side / 2, y + side / 2
    return ((left, low), (right, low), (right, high), (left, high)) if side >= 40 else None


def _middle(listed: Print, layout: Layout) -> float:
    """Where the card's middle is: under its centred lines over the arrow."""
    over = [each.line for each in layout.lines if each.line.bottom < listed.line.top]
    return over[-1].middle[0] if over else layout.width / 2


def _block(layout: Layout, tables: Tables) -> list[Print]:
    """The line with the words before the cities and those that go on with the list."""
    for number, line in enumerate(layout.lines):
        if tables.first("card.cities", line.text) is not None:
            return [line, *_going_on(layout, tables, number)]
    return []


def _going_on(layout: Layout, tables: Tables, number: int) -> list[Print]:
    last, more = layout.lines[number], []
    for line in layout.lines[number + 1 :]:
        apart = line.line.top - last.line.bottom
        if apart > 1.2 * last.height or tables.has("card.ends", line.text):
            break
        more.append(line)
        last = line
    return more


def _said(line: Print, tables: Tables) -> str:
    word = tables.first("card.cities", line.text)
    said = line.text.split(word, 1)[1] if word is not None else line.text
    return said.lstrip(" :")


def _city(text: str, tables: Tables) -> ShownCity | None:
    """One city, or None for what cannot be one; a star in any form is taken off."""
    starred = _STAR.search(text) is not None
    name = _STAR.sub("", text).strip(" :()")
    if not _PLACE.fullmatch(name) or tables.has("card.none", name):
        return None
    return ShownCity(name, starred, division_code(name, tables))


def division_code(name: str, tables: Tables) -> str | None:
    """The division that a name means: 山东省济南市, 济南市, 上海; None where it is not clear.

    Several divisions of the same name without a province in front mean none of them.
    """
    codes = tables.divisions.get(name, ())
    if codes:
        widest = [code for code in codes if not code.endswith("00")] if len(codes) > 1 else codes
        cities = [code for code in codes if code.endswith("00")]
        fit = cities or list(widest)
        return fit[0] if len(fit) == 1 else None
    for cut in range(len(name) - 2, 1, -1):
        for outer in tables.divisions.get(name[:cut], ()):
            inner = [code for code in tables.divisions.get(name[cut:], ()) if contains(outer, code)]
            if len(inner) == 1:
                return inner[0]
            if not inner and (code := division_code(name[cut:], tables)) and contains(outer, code):
                return code
    return None
