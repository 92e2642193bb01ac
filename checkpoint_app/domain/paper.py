"""Sizes of paper, and the columns of a table on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """The size of a sheet in millimetres, as it is held for reading."""

    width_mm: float
    height_mm: float

    @property
    def turned(self) -> Paper:
        """The same sheet lying the other way."""
        return Paper(self.height_mm, self.width_mm)

    @property
    def is_label(self) -> bool:
        """Whether it is too small for a footer: a badge, a sticker."""
        return min(self.width_mm, self.height_mm) < 100


A4 = Paper(210, 297)
A4_LANDSCAPE = A4.turned
BADGE = Paper(90, 54)
PAPERS = {"A3": Paper(297, 420), "A4": A4, "A5": Paper(148, 210), "B5": Paper(182, 257)}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is stable, `heading` a message id, `weight` its share of the width.

    `width_mm` fixes the width, as a county's own form has it.
    """

    key: str
    heading: str
    weight: float = 3.0
    align: str = "left"  # left, right, centre
    width_mm: float | None = None
