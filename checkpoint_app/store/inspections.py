"""Reading inspections: one, a day's, the ones that fit a search. Newest versions only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, Row, Select, and_, func, or_, select, text

from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.register import Period
from checkpoint_app.store import ledger, payload, projection, search, tables
from checkpoint_app.store.engine import reading
from checkpoint_app.store.moments import micros, moment
from checkpoint_app.store.values import DayRow

_PAGE = 200
_shown = tables.inspections


def newest(connection: Connection, any_id: UUID) -> RecordedInspection | None:
    """The newest version of an inspection, named by its own id or any of its records'."""
    number = projection.number_of(connection, any_id)
    row = connection.execute(_full().where(_shown.c.number == number)).first()
    return payload.decode(row.plain, row.body) if row is not None else None


def day_rows(connection: Connection, period: Period, limit: int) -> list[DayRow]:
    """A period's inspections, newest first, taken-back ones too."""
    chosen = select(_shown).where(_within(period))
    ordered = chosen.order_by(_shown.c.confirmed_us.desc(), _shown.c.number.desc()).limit(limit)
    return [_day_row(row) for row in connection.execute(ordered)]


def some(connection: Connection, ids: Sequence[UUID]) -> list[DayRow]:
    """These inspections by time; ones that are not there are left out."""
    found: list[DayRow] = []
    for start in range(0, len(ids), _PAGE):
        chosen = select(_shown).where(_shown.c.id.in_(ids[start : start + _PAGE]))
        found += [_day_row(row) for row in connection.execute(chosen)]
    return sorted(found, key=lambda row: row.confirmed_at)


def day_counts(connection: Connection, period: Period) -> dict[Outcome, int]:
    """How many of each outcome, taken-back ones left out; every outcome is a key."""
    counted = (
        select(_shown.c.outcome, func.count())
        .where(_within(period), _shown.c.void.is_(False))
        .group_by(_shown.c.outcome)
    )
    found = {Outcome(outcome): number for outcome, number in connection.execute(counted)}
    return {outcome: found.get(outcome, 0) for outcome in Outcome}


def earlier_showing(connection: Connection, fingerprint: str, since: datetime) -> DayRow | None:
    """The newest inspection, not taken back, at which the same code was shown."""
    row = connection.execute(
        select(_shown)
        .where(_shown.c.fingerprint == fingerprint, _shown.c.void.is_(False))
        .where(_shown.c.confirmed_us >= micros(since))
        .order_by(_shown.c.confirmed_us.desc())
        .limit(1)
    ).first()
    return _day_row(row) if row is not None else None


def find(connection: Connection, asked: str, limit: int) -> list[DayRow]:
    """Inspections with a piece of a name, number, phone or plate; newest entered first."""
    query = search.query_of(asked)
    if query is None:
        return []
    found = text(
        "SELECT inspections.* FROM inspection_terms "
        "JOIN inspections ON inspections.number = inspection_terms.rowid "
        "WHERE inspection_terms MATCH :query ORDER BY inspection_terms.rowid DESC LIMIT :limit"
    ).columns(*_shown.c)
    rows = connection.execute(found, {"query": query, "limit": limit})
    return [_day_row(row) for row in rows]


def recorded(engine: Engine, period: Period) -> Iterator[RecordedInspection]:
    """A period's inspections by time, newest versions; read a page at a time.

    A corrected one carries the time of its first version, where it stands on paper.
    """
    place = (_shown.c.confirmed_us, _shown.c.number)
    query = _full().where(_within(period)).order_by(*place).limit(_PAGE)
    after = None
    while True:
        page = query if after is None else query.where(after)
        with reading(engine) as connection:
            rows = connection.execute(page).all()
        for row in rows:
            at = moment(row.confirmed_us, row.shown_offset_s)
            yield replace(payload.decode(row.plain, row.body), confirmed_at=at)
        if len(rows) < _PAGE:
            return
        last = rows[-1]
        after = or_(
            _shown.c.confirmed_us > last.confirmed_us,
            and_(_shown.c.confirmed_us == last.confirmed_us, _shown.c.number > last.number),
        )


def _full() -> Select[Any]:
    return (
        ledger.full_rows()
        .join(_shown, _shown.c.record_id == tables.records.c.id)
        .add_columns(
            _shown.c.number, _shown.c.confirmed_us, _shown.c.offset_s.label("shown_offset_s")
        )
    )


def _within(period: Period) -> Any:
    return and_(
        _shown.c.confirmed_us >= micros(period.start), _shown.c.confirmed_us < micros(period.end)
    )


def _day_row(row: Row[Any]) -> DayRow:
    return DayRow(
        id=row.id,
        confirmed_at=moment(row.confirmed_us, row.offset_s),
        name=row.name,
        id_number=row.id_number,
        phone=row.phone,
        plate=row.plate,
        outcome=Outcome(row.outcome),
        temperatures=tuple(msgspec.json.decode(row.temperatures)),
        first_reason=row.first_reason,
        operator=row.operator,
        corrected=row.corrected,
        void=row.void,
    )
