"""What happened in the running period: counts by outcome and the newest lines, kept in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from checkpoint_app.desk.card import TONES
from checkpoint_app.desk.view import DayLine
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.masking import mask_name, mask_plate
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.register import Period
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import outcome_word, reason_text
from checkpoint_app.store.station import DayRow

LINES = 200  # lines kept at the side; older ones are found by searching


def period_at(now: datetime, starts_at: time) -> Period:
    """The statistics period that a moment belongs to, in the moment's own local time."""
    start = now.replace(
        hour=starts_at.hour, minute=starts_at.minute, second=starts_at.second, microsecond=0
    )
    if start > now:
        start -= timedelta(days=1)
    return Period(start, start + timedelta(days=1))


@dataclass(slots=True)
class Day:
    """Counts and lines of the running period, newest first."""

    counts: dict[Outcome, int] = field(default_factory=dict)
    rows: list[DayRow] = field(default_factory=list)
    saving: set[UUID] = field(default_factory=set)

    def add(self, row: DayRow) -> None:
        """One more inspection, being saved."""
        self.counts[row.outcome] = self.counts.get(row.outcome, 0) + 1
        self.rows.insert(0, row)
        del self.rows[LINES:]
        self.saving.add(row.id)

    def saved(self, inspection_id: UUID) -> None:
        """It is durable."""
        self.saving.discard(inspection_id)

    def find(self, inspection_id: UUID) -> DayRow | None:
        """A line by its inspection."""
        return next((row for row in self.rows if row.id == inspection_id), None)

    def take_back(self, inspection_id: UUID) -> None:
        """Undone: the line goes, the count goes down; the store keeps both records."""
        row = self.find(inspection_id)
        if row is not None:
            self.rows.remove(row)
            self._lower(row.outcome)

    def change(self, inspection_id: UUID, outcome: Outcome) -> None:
        """An officer changed an outcome that was already saved."""
        for place, row in enumerate(self.rows):
            if row.id == inspection_id:
                self._lower(row.outcome)
                self.counts[outcome] = self.counts.get(outcome, 0) + 1
                self.rows[place] = replace(row, outcome=outcome, corrected=True)

    def _lower(self, outcome: Outcome) -> None:
        self.counts[outcome] = max(0, self.counts.get(outcome, 0) - 1)

    def lines(self, translate: Translate, venue: bool) -> tuple[DayLine, ...]:
        """The lines as shown, names masked."""
        return tuple(day_line(row, translate, venue, row.id in self.saving) for row in self.rows)


def day_line(row: DayRow, translate: Translate, venue: bool, saving: bool = False) -> DayLine:
    """One stored inspection as one masked line."""
    return DayLine(
        id=row.id,
        at=row.confirmed_at,
        tone=TONES[row.outcome],
        title=_title(row, translate),
        detail=_detail(row, translate),
        word=outcome_word(row.outcome, translate, venue=venue),
        saving=saving,
        corrected=row.corrected,
    )


def _title(row: DayRow, translate: Translate) -> str:
    if row.name:
        return mask_name(row.name)
    return mask_plate(row.plate) if row.plate else translate("No name")


def _detail(row: DayRow, translate: Translate) -> str:
    if len(row.temperatures) > 1:
        return f"{row.temperatures[0]:.1f}→{row.temperatures[-1]:.1f} ℃"
    if row.outcome is not Outcome.PASS and row.first_reason is not None:
        return reason_text(Reason(Code(row.first_reason)), translate)
    return f"{row.temperatures[0]:.1f} ℃" if row.temperatures else ""
