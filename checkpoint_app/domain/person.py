"""A person as a checkpoint knows one: names, numbers and their checks.

What stands here says only whether a number *can* be one of its kind: nobody's existence is proved.
Hiding parts of names and numbers is the business of `masking`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul

from checkpoint_app.domain.region import is_province

NAME_LIMIT = 60  # characters; the longest names on ID cards have some 30
NUMBER_LIMIT = 40


class DocumentKind(StrEnum):
    """What the number is a number of."""

    ID_CARD = "id_card"
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel_permit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands there; every field may be unknown (None)."""

    name: str | None = None
    sex: str | None = None  # "M" or "F"
    id_number: str | None = None
    document: DocumentKind = DocumentKind.ID_CARD
    birth_date: str | None = None
    phone: str | None = None
    residence: str | None = None
    unit: str | None = None
    residence_code: str | None = None  # division code, where the residence is known by one
    guardian: str | None = None  # 监护人, with their phone


class NumberFault(StrEnum):
    """Why a text is no citizen identity number."""

    LENGTH = "number_length"
    CHARACTERS = "number_characters"
    REGION = "number_region"
    BIRTH_DATE = "number_birth_date"
    CHECK_DIGIT = "number_check_digit"


@dataclass(frozen=True, slots=True)
class IdCard:
    """A citizen identity number that holds together, and what it says of its bearer."""

    number: str  # 18 characters with X in upper case, or 15 digits of the old form
    region: str  # division code of the first registration, six digits
    birth_date: date
    sex: str  # "M" or "F"


# ---- text ---------------------------------------------------------------------------------------

_DOTS = dict.fromkeys(map(ord, "·•‧∙⋅・･·᛫●﹒"), "·")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as their plain forms; Han characters are not touched.

    Not NFKC: that would replace the rare compatibility characters that some names are written with.
    """
    return text.translate(_NARROW)


def plain_text(text: str, limit: int = 200) -> str:
    """One line without control, formatting or half characters, at most `limit` long."""
    kept = (" " if each.isspace() else each for each in text[: limit * 4] if not _unfit(each))
    return " ".join("".join(kept).split())[:limit].rstrip()


def _unfit(character: str) -> bool:
    if character in "\t\n\r":
        return False
    code = ord(character)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return True  # never characters; other unassigned ones may be newer than our tables
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def _han(character: str) -> bool:
    return unicodedata.category(character) in {"Lo", "Co", "Cn"} and ord(character) >= 0x2E80


def tidy_name(text: str | None) -> str | None:
    """A name as it is kept: one form of middle dot, no spaces inside a Chinese name.

    Characters beyond the basic plane and private ones stay. None where nothing is left.
    """
    if not text:
        return None
    name = _dotted(plain_text(narrow(text).translate(_DOTS), NAME_LIMIT))
    name = re.sub(r"\s*·[\s·]*", "·", name).strip("· ")
    words = name.split(" ")
    tidy = words[0]
    for word in words[1:]:
        joined = bool(tidy) and bool(word) and _han(tidy[-1]) and _han(word[0])
        tidy += word if joined else " " + word
    return tidy or None


def _dotted(name: str) -> str:
    """A full stop between two Han characters was meant as the middle dot."""

    def dot(found: re.Match[str]) -> str:
        return f"{found[1]}·" if _han(found[1]) and _han(found[2]) else found[0]

    return re.sub(r"(\S)\s*\.\s*(?=(\S))", dot, name)


def tidy_number(text: str) -> str:
    """A document's number as it is compared: no spaces, no hyphens, upper case; nothing judged."""
    if text.isascii() and text.isalnum() and len(text) <= NUMBER_LIMIT:
        return text.upper()  # nearly all of them, and lists have a million
    return re.sub(r"[\s\-·–—]+", "", plain_text(narrow(text))).upper()


# ---- citizen identity numbers (GB 11643) --------------------------------------------------------

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NOUGHTS = ord("0") * sum(_WEIGHTS)
_CHECKS = "10X98765432"


def check_digit(first_17: str) -> str:
    """Check character of a citizen identity number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if len(first_17) != len(_WEIGHTS):
        raise ValueError("a check digit belongs to 17 digits")
    weighed = sum(map(mul, _WEIGHTS, first_17.encode("ascii")))
    return _CHECKS[(weighed - _NOUGHTS) % 11]


def read_id_card(text: str, today: date) -> IdCard | NumberFault:
    """A citizen identity number as typed or scanned, or the first thing wrong with it.

    Takes 18 characters (GB 11643-1999) and 15 digits (the form issued until 1999), full-width
    digits, spaces and a small x. Residence permits of Hong Kong, Macao and Taiwan residents and
    foreigners' permanent residence cards of the same form are read too.
    """
    number = tidy_number(text)
    if len(number) not in (15, 18):
        return NumberFault.LENGTH
    body = number[:-1] if len(number) == 18 else number
    if not (body.isascii() and body.isdigit()) or number[-1] not in "0123456789X":
        return NumberFault.CHARACTERS
    if not _plausible_region(number):
        return NumberFault.REGION
    born = _birth_date(number, today)
    if born is None:
        return NumberFault.BIRTH_DATE
    if len(number) == 18 and check_digit(body) != number[-1]:
        return NumberFault.CHECK_DIGIT
    sex = "M" if int(body[-1]) % 2 else "F"
    return IdCard(number, number[:6], born, sex)


def _plausible_region(number: str) -> bool:
    # 81, 82, 83: residence permits; 9 and a province: foreigners with permanent residence
    if number[0] == "9":
        return is_province(number[1:3])
    return is_province(number[:2])


def _birth_date(number: str, today: date) -> date | None:
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if today.year - 130 <= born.year and born <= today else None


def born_on(person: Person, today: date) -> date | None:
    """The birth date by identity number, else as given; None where neither tells a whole date."""
    card = read_id_card(person.id_number or "", today)
    if isinstance(card, IdCard) and person.document is DocumentKind.ID_CARD:
        return card.birth_date
    try:
        return date.fromisoformat(person.birth_date or "")
    except ValueError:
        return None


def age_on(birth_date: date, day: date) -> int:
    """Whole years on a day; someone born on 29 February is a year older on 1 March."""
    before = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before


# ---- other documents and phones -----------------------------------------------------------------

_LOOSE = {
    DocumentKind.PASSPORT: re.compile(r"[A-Z0-9]{5,15}"),
    # H or M and 8 or 10 digits (Hong Kong, Macao); 8 digits or 10 and a letter (Taiwan)
    DocumentKind.TRAVEL_PERMIT: re.compile(r"[HM]\d{8}(\d{2})?|\d{8}|\d{10}[A-Z]?"),
    DocumentKind.OTHER: re.compile(r"[^\W_][\w/().]{0,39}"),
}


def read_document(kind: DocumentKind, text: str | None, today: date) -> str | None:
    """The number as it is kept, or None where it cannot be one of its kind.

    Only citizen identity numbers are checked strictly; the others by their shape, loosely.
    """
    if not text:
        return None
    if kind is DocumentKind.ID_CARD:
        found = read_id_card(text, today)
        return found.number if isinstance(found, IdCard) else None
    number = tidy_number(text)
    return number if len(number) <= NUMBER_LIMIT and _LOOSE[kind].fullmatch(number) else None


def identified(person: Person, today: date) -> bool:
    """Whether a name and a number that can be one stand there: enough to replace a code."""
    return bool(tidy_name(person.name)) and bool(
        read_document(person.document, person.id_number, today)
    )


_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3})(\d{7,8})")
_ABROAD = re.compile(r"\+\d{7,15}")


def read_phone(text: str | None) -> str | None:
    """A phone number as it is kept, or None: mainland mobile, landline with area code, or abroad.

    Spaces, hyphens and the mainland's own prefix (+86, 0086, 86) are dropped; numbers of other
    places keep theirs (+852…).
    """
    if text and text.isascii() and _MOBILE.fullmatch(text):
        return text  # nearly all of them
    number = re.sub(r"[\s\-()–—]+", "", plain_text(narrow(text or "")))
    number = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", number)
    number = re.sub(r"^00(?=[1-9])", "+", number)
    for shape in (_MOBILE, _LANDLINE, _ABROAD):
        if shape.fullmatch(number) and number.isascii():
            return number
    return None
