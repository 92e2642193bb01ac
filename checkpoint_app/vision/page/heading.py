"""Which page it is: its kind, its issuer's name and the colour word that it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.page import PageKind
from checkpoint_app.domain.region import PROVINCES
from checkpoint_app.vision.page.bearer import Read
from checkpoint_app.vision.page.layout import Area, Layout, Print, gaps
from checkpoint_app.vision.page.moments import Clock
from checkpoint_app.vision.page.tables import Tables

_SURE = 0.8
_TOP = 0.3  # of the sheet's height in which a page's name stands where there is no code
_HEAD = 0.12  # in which it stands where nobody knows it
_SHORT = 14  # characters of a line that states a colour
_COLOURS = {"green": Colour.GREEN, "yellow": Colour.YELLOW, "red": Colour.RED}
_HAN = re.compile(r"[\u3400-\u9fffi]+")


@dataclass(frozen=True, slots=True)
class ColourWord:
    """The word as printed and what it means."""

    word: str
    told: Colour
    sure: bool


def issuer(layout: Layout, tables: Tables) -> Read | None:
    """The name of the page's issuer as printed at its top."""
    for line in layout.lines:
        if not _at_top(line, layout):
            continue
        title = _title(line.text, tables) or _stranger(line, layout, tables)
        if title is not None:
            return Read(title, line, line.sure(where=title) >= _SURE)
    begun = [(line, _begun(line.text, tables)) for line in layout.lines if _at_top(line, layout)]
    return next((Read(title, line, False) for line, title in begun if title), None)


def _stranger(line: Print, layout: Layout, tables: Tables) -> str | None:
    """A title of no place that is known: the first large line of a page, ending as titles do."""
    bare = "".join(_HAN.findall(line.text))
    if (
        line.line.bottom > layout.top + _HEAD * (layout.height - layout.top)
        or not 4 <= len(bare) <= 9
        or bare != line.text.strip()
    ):
        return None
    for ending in tables.words["titles.endings"]:
        named = bare.removesuffix(ending)
        if named != bare and len(named) >= 2 and not tables.has("titles.nobody", named):
            return bare
    return None


def _begun(text: str, tables: Tables) -> str | None:
    """The one title of which a line has nearly all, its end lost in the picture behind it."""
    bare = "".join(_HAN.findall(text))
    fit = {each for each in tables.titles if each.startswith(bare) and len(each) - len(bare) <= 2}
    return fit.pop() if len(fit) == 1 and len(bare) >= 4 else None


def _at_top(line: Print, layout: Layout) -> bool:
    if layout.code is not None:
        return line.line.bottom <= layout.code.top + 0.1 * (layout.code.bottom - layout.code.top)
    return line.line.bottom <= _TOP * layout.height


def _title(text: str, tables: Tables) -> str | None:
    """A title in a line that holds little else: a colour word, a sign, a menu's points."""
    bare = "".join(_HAN.findall(text))
    for kind in _COLOURS:
        for word in tables.words[f"colours.{kind}"]:
            bare = bare.removesuffix(word)
    for title in sorted(tables.titles, key=len, reverse=True):
        if title in bare and len(bare) <= len(title) + 3:
            return title
    for ending in tables.words["titles.endings"]:
        if bare.endswith(ending) and _is_place(bare.removesuffix(ending), tables):
            return bare
    return None


def _is_place(text: str, tables: Tables) -> bool:
    """福建, 深圳, 湖南省, or the one character that stands for a province."""
    return text in tables.divisions or text in PROVINCES.values()


def colour_word(layout: Layout, tables: Tables) -> ColourWord | None:
    """The colour word nearest to the code; where lines near it disagree it is not certain."""
    found: list[tuple[float, ColourWord]] = []
    for line in layout.lines:
        words = _words_in(line.text, tables)
        if len(words) != 1 or len(line.text) > _SHORT or _says_else(line.text, tables):
            continue
        word, told = words[0]
        sure = line.sure(where=word) >= _SURE
        found.append((_apart(line, layout.code), ColourWord(word, told, sure)))
    if not found:
        return None
    nearest = min(found, key=lambda each: each[0])[1]
    agreed = len({each.told for _, each in found}) == 1
    return ColourWord(nearest.word, nearest.told, nearest.sure and agreed)


def _says_else(text: str, tables: Tables) -> bool:
    """Whether a line explains something, or gives another field's value."""
    return any(tables.has(kind, text) for kind in ("notices.words", "labels.name"))


def _words_in(text: str, tables: Tables) -> list[tuple[str, Colour]]:
    return [
        (word, told)
        for kind, told in _COLOURS.items()
        if (word := tables.first(f"colours.{kind}", text)) is not None
    ]


def _apart(line: Print, code: Area | None) -> float:
    return line.line.top if code is None else sum(gaps(line.line, code))


def kind(
    layout: Layout,
    tables: Tables,
    named: Read | None,
    numbers: list[Read],
    clock: Clock | None,
) -> PageKind | None:
    """The page that this is, or None where too little speaks for either.

    A card: the words before its cities with its phone line or its time. A health-code page: a
    code, with what is someone's own and a title, a colour word or a test; where the code could
    not be decoded nearly all of these.
    """
    if _is_card(layout, tables, clock):
        return PageKind.ITINERARY_CARD
    titled = named is not None or _has_title(layout, tables)
    words = colour_word(layout, tables) is not None
    about = bool(layout.where(lambda text: tables.has("test.about", text)))
    ticking = clock is not None and clock.ticks
    if layout.code is None:
        return None
    of_someone = words or ticking or bool(numbers)
    marks = [titled, words, about, ticking, bool(numbers)]
    enough = sum(marks) >= (2 if layout.code.decoded else 4)
    return PageKind.HEALTH_CODE if (titled or words or about) and of_someone and enough else None


def _has_title(layout: Layout, tables: Tables) -> bool:
    return any(
        tables.has("titles.general", line.text)
        and len(line.text) <= 9
        and _at_top(line, layout)
        and not tables.has("notices.words", line.text)
        for line in layout.lines
    )


def _is_card(layout: Layout, tables: Tables, clock: Clock | None) -> bool:
    def printed(word: str) -> bool:
        return bool(layout.where(lambda text: tables.has(word, text)))

    coded = layout.code is not None and layout.code.decoded
    if coded or not printed("card.cities"):
        return False
    signs = [printed("card.phone"), printed("card.titles"), clock is not None]
    return sum(signs) >= 2
