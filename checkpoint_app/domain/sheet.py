"""The kinds of sheet, and a sheet's content as a plain table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checkpoint_app.domain.cells import NOTHING, Value, Wording
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.paper import A4_LANDSCAPE, Column, Paper
from checkpoint_app.domain.template import SIGNATURES, Template


class Sheet(StrEnum):
    """The kinds of sheet. Values are for ever: seals name them."""

    DAILY = "daily"
    ABNORMAL = "abnormal"
    TEMPERATURES = "temperatures"
    UNVACCINATED = "unvaccinated"
    TURNED_BACK = "turned_back"
    VISITORS = "visitors"
    RISK_CONTACTS = "risk_contacts"
    OVERDUE_TESTS = "overdue_tests"
    SUMMARY = "summary"
    ZERO = "zero"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Period:
    """A statistics period: from inclusive, until exclusive, both aware."""

    start: datetime
    end: datetime


Totals = tuple[tuple[str, int], ...]  # word (message id) -> count


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's content. Every row has as many cells as there are columns; "" = nothing known.

    Cells are text, or values where the table was built `typed`. `subtotals` are further counts by
    a caption: by age group, by unit.
    """

    sheet: Sheet
    site: str
    period: Period
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    totals: Totals
    title: str = ""
    zero: str = ""
    statement: str = ""
    paper: Paper = A4_LANDSCAPE
    signatures: tuple[str, ...] = SIGNATURES
    row_mm: float = 0.0
    total: int | None = None  # None: the sum of the totals
    subtotals: tuple[tuple[str, Totals], ...] = ()
    check_code: str | None = None
    version: int = 1
    recipient: str | None = None  # watermark: for whom
    operator: str | None = None  # watermark: by whom
    printed_at: datetime | None = None

    @property
    def counted(self) -> int:
        """How many persons (or vehicles) stand on it."""
        return sum(count for _, count in self.totals) if self.total is None else self.total


Extras = Callable[[RecordedInspection], Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class Order:
    """How a sheet is built: for which site and period, how masked, in whose words.

    `extras` tells what other ledgers know of an inspection; `typed` wants values, not text;
    `fever_from` is the threshold of the abnormal temperatures.
    """

    site: str
    period: Period
    mask: Mask
    wording: Wording
    extras: Extras = lambda _: NOTHING
    typed: bool = False
    fever_from: float = 37.3


def titled(sheet: Sheet, template: Template, site: str, period: Period) -> Table:
    """A table with a template's looks and nothing on it."""
    return Table(
        sheet,
        site,
        period,
        template.columns,
        (),
        (),
        title=template.title,
        zero=template.zero,
        statement=template.statement,
        paper=template.paper,
        signatures=template.signatures,
        row_mm=template.row_mm,
    )
