"""The day's lists as plain tables: what stands on paper, before any paper.

`build` takes recorded inspections and gives a `Table` of plain text cells; the `registers` package
turns it into PDF, XLSX or CSV bytes. Headings are message ids, translated by whoever draws; cells
are already in the reader's language, by the `Wording` passed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from checkpoint_app.domain.cells import Line, Wording, cell_text
from checkpoint_app.domain.inspection import STRENGTH, Outcome, RecordedInspection
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.reasons import Code

__all__ = [
    "COLUMNS",
    "Column",
    "Mask",
    "Period",
    "Sheet",
    "Table",
    "Wording",
    "build",
    "is_abnormal",
]


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


_BOTH = (
    Column("number", "No.", 1.6, "right"),
    Column("time", "Time", 2.4, "centre"),
    Column("name", "Name", 3.4),
)
COLUMNS: dict[Sheet, tuple[Column, ...]] = {
    Sheet.DAILY: (
        *_BOTH,
        Column("sex", "Sex", 1.6, "centre"),
        Column("id_number", "Document number", 6.4),
        Column("phone", "Phone", 4.2),
        Column("residence", "Residence", 5.0),
        Column("plate", "Plate", 3.4),
        Column("origin", "From", 3.4),
        Column("destination", "To", 3.4),
        Column("receiver", "Received by, phone", 4.2),
        Column("places", "Travelled through", 4.0),
        Column("health_code", "Health code", 2.4, "centre"),
        Column("itinerary_card", "Itinerary card", 2.4, "centre"),
        Column("temperature", "Temperature", 2.8, "centre"),
        Column("mask", "Mask", 2.0, "centre"),
        Column("test", "Test (sampled, result)", 4.2),
        Column("vaccination", "Vaccine", 3.0),
        Column("outcome", "Measure taken", 3.0),
        Column("operator", "Registered by", 2.8),
        Column("remark", "Remarks", 5.6),
    ),
    Sheet.ABNORMAL: (
        *_BOTH,
        Column("id_number", "Document number", 6.4),
        Column("phone", "Phone", 4.2),
        Column("plate", "Plate", 3.4),
        Column("destination", "To", 3.6),
        Column("companions", "Companions", 3.2),
        Column("first_reading", "First reading", 2.2, "centre"),
        Column("retest", "Retest reading", 2.4, "centre"),
        Column("symptoms", "Symptoms", 3.2),
        Column("history", "Contact, travel", 4.4),
        Column("health_code", "Code status", 2.8, "centre"),
        Column("measure", "Measure", 4.4),
        Column("reported_at", "Reported at", 2.6),
        Column("reported_to", "Reported to", 3.2),
        Column("handed_to", "Handed over to", 3.2),
        Column("handed_at", "Handed over at", 2.6),
        Column("signature", "Receiver's signature", 3.2),
        Column("result", "Final result", 3.2),
        Column("operator", "Registered by", 2.8),
    ),
}


def build(
    sheet: Sheet,
    recorded: Iterable[RecordedInspection],
    *,
    site: str,
    period: Period,
    mask: Mask,
    wording: Wording,
) -> Table:
    """The sheet of a period from its records, oldest first, as the store gives them.

    Records taken back are left out; a corrected one stands once, as it is now, in the place and at
    the time of the first, with a remark. Times are in the offset of the period's start.
    """
    entries = _current(recorded)
    if sheet is Sheet.ABNORMAL:
        entries = [each for each in entries if is_abnormal(each.newest)]
    columns, dated = COLUMNS[sheet], _dated(period)
    rows = []
    for number, each in enumerate(entries, 1):
        at = each.at.astimezone(period.start.tzinfo)
        line = Line(number, each.newest, at, each.corrected, dated, mask, wording)
        rows.append(tuple(cell_text(line, column.key) for column in columns))
    return Table(sheet, site, period, columns, tuple(rows), _totals(entries, wording))


@dataclass(slots=True)
class _Entry:
    """A record through its versions; `at` is when the first one was confirmed."""

    at: datetime
    newest: RecordedInspection
    corrected: bool = False


def _current(recorded: Iterable[RecordedInspection]) -> list[_Entry]:
    """The newest version of each record, in the order of the first ones, without those taken back.

    A version may carry the id of the record that it supersedes, or one of its own.
    """
    entries: dict[UUID, _Entry] = {}
    for record in recorded:
        own = record.inspection.id
        earlier = entries.get(record.supersedes) if record.supersedes else entries.get(own)
        if earlier is None:
            entries[own] = _Entry(record.confirmed_at, record, record.supersedes is not None)
        else:
            earlier.newest, earlier.corrected = record, True
            entries[own] = earlier
    unique = {id(each): each for each in entries.values()}
    return [each for each in unique.values() if not each.newest.void]


def _dated(period: Period) -> bool:
    """Whether times need their date: a period from 17:00 to 17:00 has every time of day twice."""
    last = period.end - timedelta(microseconds=1)
    return last.astimezone(period.start.tzinfo).date() != period.start.date()


def _totals(entries: list[_Entry], wording: Wording) -> tuple[tuple[str, int], ...]:
    """Counts of every outcome, those that went through first; zeros stand there too."""
    outcomes = [each.newest.outcome for each in entries]
    return tuple((wording.outcomes[each], outcomes.count(each)) for each in reversed(STRENGTH))


_THROUGH = frozenset({Outcome.PASS, Outcome.REGISTER})
_STILL_ABNORMAL = frozenset(
    {
        Code.RED_CODE,
        Code.YELLOW_CODE,
        Code.POSITIVE_TEST,
        Code.ON_WATCH_LIST,
        Code.RETURNEE_FROM_ABROAD,
        Code.FEVER_RULED_OUT,
        Code.FEVER_CONFIRMED,
        Code.RISK_AREA_TESTED,
        Code.RISK_AREA_ACCEPTED,
        Code.SYMPTOMS,
        Code.CONTACT_DECLARED,
        Code.FORGED_CODE,
        Code.CODE_OF_ANOTHER,
        Code.COMPANION_STOPPED,
    }
)


def is_abnormal(record: RecordedInspection) -> bool:
    """Whether a record belongs on the abnormal persons' list (异常人员登记表).

    Whoever was stopped, sent back, still to be measured or checked; whoever would have been, had
    no officer changed it; and of those let through, whoever came from a risk area, had a fever that
    the retest ruled out, or passed as an emergency with something grave. Not those written down
    for no phone, an overdue test or a missing vaccination: they have lists of their own.
    """
    if record.outcome not in _THROUGH or record.verdict.outcome not in _THROUGH:
        return True
    return any(reason.code in _STILL_ABNORMAL for reason in record.verdict.reasons)
