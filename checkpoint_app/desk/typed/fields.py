"""The fields of a typed person, taken out of a JSON object one by one, strictly.

A field that is missing or null is not known. Anything else of another kind than asked for is
refused by name: a person must never be judged by a value that was read differently than meant.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)

LONGEST = 200  # characters of a text
MOST = 100  # entries of a list
_YEARS = range(1971, 9000)


class FieldFault(Exception):
    """A field that cannot be taken; raised inside reading a line and nowhere else."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object; `within` names it where it stands in another one."""

    data: Mapping[str, Any]
    zone: tzinfo | None
    within: str = ""

    def _fault(self, name: str) -> FieldFault:
        return FieldFault(f"{self.within}{name}")

    def text(self, name: str) -> str | None:
        """A text; a whole number is one too (phones, codes). Empty: not known."""
        value = self.data.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            return None
        if not (isinstance(value, str) and _is_text(value)):
            raise self._fault(name)
        return value.strip() or None

    def flag(self, name: str) -> bool | None:
        """True or false."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, bool):
            raise self._fault(name)
        return value

    def count(self, name: str, most: int) -> int | None:
        """A whole number from 0."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise self._fault(name)
        return value

    def word(self, name: str, kind: type[E]) -> E | None:
        """One of a kind's words."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or value not in {each.value for each in kind}:
            raise self._fault(name)
        return kind(value)

    def items(self, name: str, most: int = MOST) -> Sequence[Any] | None:
        """A list."""
        value = self.data.get(name)
        if value is not None and not (isinstance(value, list) and len(value) <= most):
            raise self._fault(name)
        return value

    def texts(self, name: str) -> tuple[str, ...] | None:
        """A list of texts."""
        found = self.items(name)
        if found is None:
            return None
        if not all(map(_is_text, found)):
            raise self._fault(name)
        return tuple(found)

    def numbers(self, name: str, most: int) -> tuple[float, ...]:
        """A list of numbers, or one; none where it is missing."""
        value = self.data.get(name)
        found = [value] if isinstance(value, int | float) else self.items(name, most) or ()
        for each in found:
            number = isinstance(each, int | float) and not isinstance(each, bool)
            if not number or abs(each) > 1e6 or not math.isfinite(each):
                raise self._fault(name)
        return tuple(float(each) for each in found)

    def part(self, name: str) -> Fields | None:
        """An object in the object."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self._fault(name)
        return Fields(value, self.zone, f"{self.within}{name}.")

    def moment(self, name: str) -> datetime | None:
        """A moment in ISO 8601; one without an offset is in the station's own."""
        value = self.data.get(name)
        if value is None:
            return None
        try:
            found = datetime.fromisoformat(value)
            found = found if found.tzinfo is not None else found.replace(tzinfo=self.zone)
            known = found.year in _YEARS and found.utcoffset() is not None
        except (TypeError, ValueError, OverflowError):
            known = False
        if not known:
            raise self._fault(name)
        return found

    def day(self, name: str) -> date | None:
        """A day, or a moment's day."""
        found = self.moment(name)
        return found.date() if found is not None else None


def _is_text(value: Any) -> bool:
    """A text that is not too long and can be kept: JSON also writes halves of characters."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    return not any("\ud800" <= each <= "\udfff" for each in value)
