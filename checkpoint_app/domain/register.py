"""The day's lists as plain tables: what stands on paper, before any paper.

`build` takes recorded inspections and gives a `Table` of plain text cells; the `registers` package
turns it into PDF, XLSX or CSV bytes. Headings are message ids, translated by whoever draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checkpoint_app.domain.masking import Mask

__all__ = ["Column", "Mask", "Period", "Sheet", "Table"]


class Sheet(StrEnum):
    """The kinds of sheet."""

    DAILY = "daily"
    ABNORMAL = "abnormal"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is stable, `heading` a message id, `weight` its share of the width."""

    key: str
    heading: str
    weight: float
    align: str = "left"  # left, right, centre


@dataclass(frozen=True, slots=True)
class Period:
    """A statistics period: from inclusive, until exclusive, both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's content. Every row has as many cells as there are columns; "" = nothing known."""

    sheet: Sheet
    site: str
    period: Period
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, int], ...]  # outcome word (message id) -> count
    check_code: str | None = None
    version: int = 1
    recipient: str | None = None  # watermark: for whom
    operator: str | None = None  # watermark: by whom
    printed_at: datetime | None = None
