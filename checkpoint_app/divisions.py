"""China's administrative divisions down to counties, by code and by name; what a place means.

The table stands in `resources/pages/divisions.csv`. A name that means several divisions means none
of them, unless what stands before it or the site's own county tells which.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache

from checkpoint_app.domain.person import narrow, plain_text
from checkpoint_app.domain.region import contains
from checkpoint_app.resources import resource

_CODE = re.compile(r"[1-9]\d{5}|[1-9]\d{8}|[1-9]\d{11}", re.ASCII)
_SUFFIXES = (
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "地区",
    "省",
    "市",
    "盟",
)
# Left out only behind a wider place: 上海浦东 is clear, 浦东 alone may be a name of anything.
_SMALL_SUFFIXES = ("自治县", "自治旗", "新区", "林区", "特区", "区", "县", "旗")
_BETWEEN = re.compile(r"^[\s,，、·\-/]*(市辖区|省直辖县级行政区划|中国)?[\s,，、·\-/]*")
_LONGEST = 100


@cache
def names() -> Mapping[str, str]:
    """Division code (six digits) -> name."""
    with resource("pages", "divisions.csv").open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(_rows(file))}


@cache
def by_name() -> Mapping[str, tuple[str, ...]]:
    """Name, whole or without its last word (上海市, 上海) -> codes."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in names().items():
        for each in {name, short_name(name)}:
            found[each] = (*found.get(each, ()), code)
    return found


def short_name(name: str) -> str:
    """上海 for 上海市, 广西 for 广西壮族自治区; one character alone is left to no name."""
    return _without(name, _SUFFIXES)


def code_of(text: str | None, county: str = "") -> str | None:
    """The division that a typed place means: a code, a name, or an address that begins with one.

    `county` is the site's own: of several divisions of one name, the one nearest to it is meant.
    None where the place is not known or not clear.
    """
    place = plain_text(narrow(text or ""), _LONGEST)
    if _CODE.fullmatch(place):
        return place
    found: str | None = None
    while True:
        place = _BETWEEN.sub("", place)
        code, length = _next(place, found, county)
        if code is None:
            return found
        found, place = code, place[length:]


def _next(place: str, within: str | None, county: str) -> tuple[str | None, int]:
    """The division that the text begins with, inside `within`, and how long its name is."""
    known = by_name() if within is None else _inside(within)
    for length in range(min(len(place), 20), 1, -1):
        codes = known.get(place[:length], ())
        code = _only(codes, county)
        if code is not None and code != within:
            return code, length
    return None, 0


@cache
def _inside(outer: str) -> Mapping[str, tuple[str, ...]]:
    """The divisions inside one, by whole and by short names."""
    found: dict[str, tuple[str, ...]] = {}
    shared = re.sub(r"(00)+$", "", outer)
    for code, name in names().items():
        if code != outer and code.startswith(shared):
            for each in {name, short_name(name), _without(name, _SMALL_SUFFIXES)}:
                found[each] = (*found.get(each, ()), code)
    return found


def _only(codes: tuple[str, ...], county: str) -> str | None:
    """The one that is meant: the only one, the widest that holds all others, or the nearest."""
    for code in codes:
        if all(contains(code, other) for other in codes):
            return code
    cities = [code for code in codes if code.endswith("00")]
    if len(cities) == 1:
        return cities[0]
    for digits in (6, 4, 2):
        near = [code for code in codes if county and code[:digits] == county[:digits]]
        if len(near) == 1:
            return near[0]
    return None


def _without(name: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name


def _rows(lines: Iterator[str]) -> Iterator[str]:
    return (line for line in lines if not line.startswith("#"))
