"""A period's ledgers as they were at a place of the chain: what a sheet said when it was sealed.

Nothing is derived from the shown tables, only from records, in short reads: between two pages a
save may come in, and what comes at or after the place is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, tuple_

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.passage import RecordedPassage
from checkpoint_app.domain.sheet import Period
from checkpoint_app.domain.visiting import Visit
from checkpoint_app.store import gate_payload, ledger, payload, tables
from checkpoint_app.store.cases import reading as cases
from checkpoint_app.store.cases.reading import Story
from checkpoint_app.store.engine import reading
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.moments import micros
from checkpoint_app.store.visiting.visits import visit_of

Place = tuple[int, int]  # (epoch, seq)
PAGE = 100  # records of one read: some ten milliseconds


class Past:
    """Of one station. `before` None is now, everywhere."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def inspections(
        self, period: Period, before: Place | None = None
    ) -> Iterator[list[RecordedInspection]]:
        """Every version of a period's inspections, by the time of the first, corrections behind
        it; a page at a time."""
        for page in self._pages(Kind.INSPECTION, period, before):
            yield [payload.decode(row.plain, row.body) for row in page]

    def passages(self, period: Period, before: Place | None = None) -> list[RecordedPassage]:
        """A period's vehicles by time, without those taken back."""
        newest: dict[UUID, RecordedPassage] = {}
        for page in self._pages(Kind.PASSAGE, period, before):
            for row in page:
                recorded = gate_payload.decode_passage(row.plain, row.body)
                newest[recorded.passage.id] = recorded
        return [each for each in newest.values() if not each.void]

    def visits(self, period: Period, before: Place | None = None) -> list[Visit]:
        """A period's visitors by arrival."""
        newest: dict[UUID, Visit] = {}
        for page in self._pages(Kind.VISIT, period, before):
            newest |= {visit.id: visit for visit in map(visit_of, page)}
        return list(newest.values())

    def story(self, case_id: UUID, before: Place | None = None) -> Story | None:
        """A case as far as it had come; None where it had not begun."""
        with reading(self._engine) as connection:
            return cases.story(connection, case_id, before)

    def _pages(self, kind: Kind, period: Period, before: Place | None) -> Iterator[list[Row[Any]]]:
        records = tables.records
        order = (records.c.belongs_us, records.c.epoch, records.c.seq)
        chosen = (
            ledger.full_rows()
            .where(records.c.kind == kind.value)
            .where(records.c.belongs_us >= micros(period.start))
            .where(records.c.belongs_us < micros(period.end))
            .order_by(*order)
            .limit(PAGE)
        )
        last: Row[Any] | None = None
        while True:
            after = (
                chosen
                if last is None
                else chosen.where(tuple_(*order) > (last.belongs_us, last.epoch, last.seq))
            )
            with reading(self._engine) as connection:
                page = list(connection.execute(after).all())
            yield [row for row in page if before is None or (row.epoch, row.seq) < before]
            if len(page) < PAGE:
                return
            last = page[-1]
