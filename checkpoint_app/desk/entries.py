"""What may be typed into the settings: each check takes the text and gives the message of what is
wrong with it, or None. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from enum import StrEnum
from urllib.parse import urlsplit

from checkpoint_app.devices.thermometer import line_pattern
from checkpoint_app.domain.opening import CLOSED, is_span, read_dates
from checkpoint_app.domain.region import is_province

Check = Callable[[str], str | None]

LONGEST = 200
SHORTEST_PASSPHRASE = 8


def site_name(text: str) -> str | None:
    """Every sheet of paper carries the site's name."""
    return None if text.strip() else "The site needs a name: it stands on every sheet"


def county_code(text: str) -> str | None:
    """Six digits of GB/T 2260, or nothing."""
    if not text:
        return None
    if re.fullmatch(r"[1-9]\d{5}", text, re.ASCII) and is_province(text[:2]):
        return None
    return "A county code has 6 digits, for example 410326"


def time_of_day(text: str) -> str | None:
    """HH:MM."""
    try:
        time.fromisoformat(text)
    except ValueError:
        return "A time is written like 17:00"
    return None if re.fullmatch(r"\d\d:\d\d", text, re.ASCII) else "A time is written like 17:00"


def day_hours(text: str) -> str | None:
    """Hours of one day, or a word for closed."""
    if is_span(hours_typed(text)):
        return None
    return "Hours are written like 07:00-18:00; a closed day stays empty"


def hours_typed(text: str) -> str:
    """Hours as kept, for hours as typed: a closed day may be left empty or said in words."""
    typed = text.strip().replace("：", ":")
    return CLOSED if typed in ("", "休", "休息", "关", "关闭", "不开放") else typed.casefold()


def dates(text: str) -> str | None:
    """Days with commas between, a span with ~."""
    if read_dates(text) is not None:
        return None
    return "Days are written like 2026-10-01~2026-10-07, 2027-01-01"


def pattern(text: str) -> str | None:
    """A pattern with a group named `celsius`."""
    if line_pattern(text) is not None:
        return None
    return "Not a pattern with a part named (?P<celsius>…)"


def http_address(text: str) -> str | None:
    """http:// or https:// and a host, or nothing."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "An address begins with https:// or http://"
    if not text or (parts.scheme in ("http", "https") and parts.hostname):
        return None
    return "An address begins with https:// or http://"


def capacity(text: str) -> str | None:
    """A number of people, or nothing for no limit."""
    if not text or (text.isascii() and text.isdecimal() and int(text[:7]) <= 100_000):
        return None
    return "A number of people, at most 100000"


def anything(text: str) -> str | None:
    """Nothing can be wrong with it."""
    return None


class Strength(StrEnum):
    """How well a passphrase guards."""

    TOO_SHORT = "too_short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength(passphrase: str) -> Strength:
    """A rough measure by length and variety; what is short or all alike is weak."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        return Strength.TOO_SHORT
    kinds = sum(
        any(test(letter) for letter in passphrase)
        for test in (str.islower, str.isupper, str.isdigit, _other)
    )
    weight = len(set(passphrase)) + 3 * (kinds - 1)
    if weight < 9:
        return Strength.WEAK
    return Strength.FAIR if weight < 16 else Strength.STRONG


def _other(letter: str) -> bool:
    return not letter.isascii() or not letter.isalnum()
