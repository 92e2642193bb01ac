"""Who lives with somebody on the roster (同住人), as the roster writes it. Pure.

The column is free text: 王强 13800001234；李芳（母）. A number says who is meant; a name alone does
not, for there are many of each, so it leads only to others of the roster who live there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import match_keys
from checkpoint_app.domain.person import narrow, plain_text, tidy_name

MOST = 12  # people of one household
_LONGEST_NAME = 20
_PARTS = re.compile(r"[；;，,、/|\n]+")
_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{15})(?!\d)", re.ASCII)
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d{9})(?!\d)", re.ASCII)
_RELATION = re.compile(
    r"[(（][^)）]*[)）]|共?\s*\d+\s*[口人]?|[:：]|"
    r"父亲|母亲|爸爸|妈妈|配偶|妻子|丈夫|爱人|儿子|女儿|子女|爷爷|奶奶|祖父|祖母|"
    r"外公|外婆|姥姥|姥爷|哥哥|姐姐|弟弟|妹妹|岳父|岳母|公公|婆婆|室友|同住人?|电话|手机"
)


@dataclass(frozen=True, slots=True)
class Kin:
    """One of a household: a name, numbers, or both."""

    name: str | None = None
    id_number: str | None = None
    phone: str | None = None

    def keys(self) -> frozenset[str]:
        """The texts under which they are found on a list of persons."""
        return frozenset(match_keys(self.id_number, self.phone, None))


def kin_of(text: str | None) -> tuple[Kin, ...]:
    """The people that a roster's column names, as far as it can be read."""
    parts = _PARTS.split(narrow(text or ""))
    return tuple(_kin(parts))[:MOST]


def _kin(parts: list[str]) -> Iterator[Kin]:
    for part in parts:
        number = _NUMBER.search(part)
        rest = _NUMBER.sub(" ", part)
        phone = _PHONE.search(rest)
        words = plain_text(_RELATION.sub(" ", _PHONE.sub(" ", rest))).split(" ")
        name = tidy_name(" ".join(words))
        kin = Kin(
            name if name is not None and 2 <= len(name) <= _LONGEST_NAME else None,
            number[1].upper() if number else None,
            phone[1] if phone else None,
        )
        if kin != Kin():
            yield kin


def live_together(one: RosterEntry, other: RosterEntry) -> bool:
    """Whether two of one roster share a home: the same address or household, or the other names
    them back."""
    if other.name == one.name and other.id_number == one.id_number:
        return False
    for mine, theirs in ((one.residence, other.residence), (one.household, other.household)):
        if mine and theirs and _bare(mine) == _bare(theirs):
            return True
    return any(each.name == one.name for each in kin_of(other.household))


def _bare(text: str) -> str:
    return "".join(narrow(text).split())
