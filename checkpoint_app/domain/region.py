"""Administrative divisions: codes of GB/T 2260 and which of them lies inside which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# first two digits of a division code -> short name, as on number plates
PROVINCES = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙",
    "21": "辽", "22": "吉", "23": "黑",
    "31": "沪", "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁",
    "41": "豫", "42": "鄂", "43": "湘", "44": "粤", "45": "桂", "46": "琼",
    "50": "渝", "51": "川", "52": "贵", "53": "云", "54": "藏",
    "61": "陕", "62": "甘", "63": "青", "64": "宁", "65": "新",
    "71": "台", "81": "港", "82": "澳",
}  # fmt: skip
TAIWAN_PERMITS = "83"  # stands on residence permits alone, not in GB/T 2260

_CODE = re.compile(r"[1-9]\d(\d{2}|\d{4}|\d{7}|\d{10})?", re.ASCII)


def is_province(two_digits: str) -> bool:
    """Whether an identity number may begin so."""
    return two_digits in PROVINCES or two_digits == TAIWAN_PERMITS


def contains(outer: str, inner: str) -> bool:
    """Whether division `inner` is `outer` or lies inside it.

    Codes have 2, 4, 6, 9 or 12 digits; zeros at the end stand for the whole (410000 is Henan).
    Anything else contains nothing and lies nowhere.
    """
    if not (_CODE.fullmatch(outer) and _CODE.fullmatch(inner)):
        return False
    return inner.startswith(_significant(outer))


def _significant(code: str) -> str:
    for length in (2, 4, 6, 9):
        if len(code) > length and not code[length:].strip("0"):
            return code[:length]
    return code


@dataclass(frozen=True, slots=True)
class Divisions:
    """Many divisions at once: asking takes as long for thousands as for one."""

    _codes: frozenset[str]  # without the zeros that stand for the whole
    _wider: frozenset[str]  # what holds one of them

    def contain(self, code: str) -> bool:
        """Whether a division is one of these or lies inside one."""
        return any(each in self._codes for each in _holders(code))

    def lie_in(self, code: str) -> bool:
        """Whether a division is one of these or holds one."""
        return bool(_CODE.fullmatch(code)) and _significant(code) in self._wider

    def touch(self, code: str) -> bool:
        """Whether either holds the other."""
        return self.contain(code) or self.lie_in(code)


@lru_cache(maxsize=8)
def divisions(codes: frozenset[str]) -> Divisions:
    """These codes, made ready to be asked; what is no code is left out."""
    bare = frozenset(_significant(code) for code in codes if _CODE.fullmatch(code))
    return Divisions(bare, frozenset(each for code in bare for each in _holders(code)))


def _holders(code: str) -> list[str]:
    """A division and all that it lies in, each without the zeros at the end."""
    if not _CODE.fullmatch(code):
        return []
    bare = _significant(code)
    return [*(bare[:length] for length in (2, 4, 6, 9) if length < len(bare)), bare]


def lies_in(county: str, place: str | None) -> bool | None:
    """Whether a place lies in the county; None where either is unknown or the place is wider."""
    if not county or not place or (contains(place, county) and not contains(county, place)):
        return None
    known = _CODE.fullmatch(county) and _CODE.fullmatch(place)
    return contains(county, place) if known else None
