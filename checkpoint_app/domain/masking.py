"""Hiding parts of names and numbers, and comparing what others have hidden.

Screens mask everyone but the person at the desk; sheets mask by choice. A mask never shows how
long a hidden part of a name in letters was.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from checkpoint_app.domain.person import narrow, tidy_name
from checkpoint_app.domain.plate import plate_text, tidy_plate

HIDDEN = "***"
COMPARED = 60  # characters; nothing that is compared is longer


class Mask(StrEnum):
    """How much of names and numbers is hidden."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


def mask_name(name: str | None, mask: Mask = Mask.PARTIAL) -> str:
    """王*明, 王*, 欧**华; of several parts the first one: 吾麦尔江·***, Anna ***."""
    tidy = tidy_name(name)
    if tidy is None:
        return ""
    if mask is not Mask.PARTIAL:
        return tidy if mask is Mask.NONE else HIDDEN
    parts = re.split(r"([· ])", tidy, maxsplit=1)
    if len(parts) == 3:
        return parts[0] + parts[1] + HIDDEN
    characters = _characters(tidy)
    if tidy.isascii():
        return characters[0] + HIDDEN
    if len(characters) < 3:
        return characters[0] + "*" if len(characters) == 2 else "*"
    return characters[0] + "*" * (len(characters) - 2) + characters[-1]


def _characters(text: str) -> list[str]:
    """Characters as seen: variation selectors and accents stay with what they belong to."""
    found: list[str] = []
    for each in text:
        if found and unicodedata.category(each) in {"Mn", "Me", "Mc"}:
            found[-1] += each
        else:
            found.append(each)
    return found


def mask_number(number: str | None, mask: Mask = Mask.PARTIAL) -> str:
    """410***********8836: of long numbers the first three and last four, of short ones fewer."""
    head, tail = (3, 4) if len(number or "") >= 15 else (1, 3) if len(number or "") >= 8 else (1, 1)
    return _ends(number, mask, head, tail)


def mask_phone(phone: str | None, mask: Mask = Mask.PARTIAL) -> str:
    """138****8888; of short numbers the first and last two digits."""
    head, tail = (3, 4) if len(phone or "") >= 10 else (2, 2)
    return _ends(phone, mask, head, tail)


def mask_plate(plate: str | None, mask: Mask = Mask.PARTIAL) -> str:
    """豫A·5**21: where from, the first and the last two; anything else by its ends."""
    if not plate:
        return ""
    if mask is not Mask.PARTIAL:
        return plate_text(plate) if mask is Mask.NONE else HIDDEN
    bare = tidy_plate(plate)
    return plate_text(_ends(bare, mask, 3 if len(bare) >= 7 else 1, 2 if len(bare) >= 7 else 1))


def mask_numbers_within(text: str | None, mask: Mask = Mask.PARTIAL) -> str:
    """Free text with every phone or document number in it masked (李主任 138****8888)."""
    if mask is Mask.NONE or not text:
        return text or ""
    return _NUMBERS.sub(lambda found: mask_phone(narrow(found[0]), mask), text)


# any long run of digits, and a mobile's number written in groups
_NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d[ -]\d{4}[ -]\d{4}|\d{7,}[XxＸｘ]?)(?!\d)")


def _ends(text: str | None, mask: Mask, head: int, tail: int) -> str:
    if not text:
        return ""
    if mask is not Mask.PARTIAL:
        return text if mask is Mask.NONE else HIDDEN
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


def fits_masked(masked: str, whole: str) -> bool:
    """Whether what a page shows (王*明, 150****3634) can be this whole name or number.

    In a number each star hides one character. In a name a run of stars hides at least one: pages
    of different provinces put one star or several for the same name. Without stars: the same.
    """
    if max(len(masked), len(whole)) > COMPARED:
        return False
    pattern, text = _comparable(masked), _comparable(whole)
    if not pattern or not text:
        return False
    if any(each.isdigit() for each in text):
        return len(pattern) == len(text) and all(
            p in ("*", t) for p, t in zip(pattern, text, strict=True)
        )
    return _fits(pattern.split("*"), text)


def _comparable(text: str) -> str:
    stars = unicodedata.normalize("NFKC", text).translate(_STARS)
    return re.sub(r"\s+", "", tidy_name(stars) or "").casefold()


_STARS = dict.fromkeys(map(ord, "＊∗﹡✱※×"), "*")


def _fits(parts: list[str], text: str) -> bool:
    """Parts in this order, at least one character between neighbours that a run separates."""
    if len(parts) == 1:
        return parts[0] == text
    first, last = parts[0], parts[-1]
    if not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for middle in filter(None, parts[1:-1]):
        found = text.find(middle, at + 1, end)
        if found < 0:
            return False
        at = found + len(middle)
    return at < end
