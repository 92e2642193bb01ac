"""What a traveller has a right to know: one's own records, and who has looked at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, Row, and_, or_, select

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.register import Period
from checkpoint_app.store import ledger, payload, projection, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, moment


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at a person's full data. `name` None: of nobody known any more.

    `source` is the list where it was an entry of a list that was looked at.
    """

    at: datetime
    operator: str
    reason: str
    inspection_id: UUID | None
    name: str | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class OwnRecords:
    """All that is kept about one person's passages here, oldest first."""

    passages: tuple[RecordedInspection, ...] = ()
    looks: tuple[Look, ...] = ()


class Rights:
    """Looks and requests of one open store."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    def looks(self, period: Period, limit: int = 500) -> list[Look]:
        """Who looked at full data in a period, newest first."""
        records = tables.records
        chosen = (
            ledger.full_rows()
            .where(records.c.kind == Kind.LOOK.value)
            .where(records.c.at_us >= micros(period.start), records.c.at_us < micros(period.end))
            .order_by(records.c.at_us.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(chosen).all()
            return [_look(connection, row) for row in rows]

    def records_of(self, id_number: str | None, phone: str | None, name: str) -> OwnRecords:
        """What is kept under a document number, newest versions, voids left out.

        A phone is shared in families: under it counts only what has the name and no other number.
        """
        shown = tables.inspections
        asked = [shown.c.id_number == id_number] if id_number else []
        if phone and name:
            theirs = or_(shown.c.id_number.is_(None), shown.c.id_number == (id_number or ""))
            asked.append(and_(shown.c.phone == phone, shown.c.name == name, theirs))
        if not asked:
            return OwnRecords()
        chosen = (
            ledger.full_rows()
            .join(shown, shown.c.record_id == tables.records.c.id)
            .where(or_(*asked), shown.c.void.is_(False))
            .order_by(shown.c.confirmed_us)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(chosen).all()
            passages = tuple(payload.decode(row.plain, row.body) for row in rows)
            about = {each.inspection.id for each in passages}
            return OwnRecords(passages, tuple(self._looks_at(connection, about)))

    def note_request(self, operator: str, checked: str, whose: str, now: datetime) -> None:
        """Put on record that somebody was given their own records, and how they were identified."""
        said = ledger.encoded({"operator": operator, "checked": checked})
        draft = Draft(Kind.OWN_RECORDS, now, said, ledger.encoded({"whose": whose}))
        with writing(self._engine) as connection:
            ledger.place(connection, self._device, draft)

    def _looks_at(self, connection: Connection, about: set[UUID]) -> list[Look]:
        records = tables.records
        chosen = ledger.full_rows().where(records.c.kind == Kind.LOOK.value)
        rows = connection.execute(chosen.order_by(records.c.at_us))
        looks = (_look(connection, row) for row in rows if _whose(row) in about)
        return list(looks)


def _whose(row: Row[Any]) -> UUID | None:
    said = msgspec.json.decode(row.plain).get("inspection")
    return UUID(said) if said else None


def _look(connection: Connection, row: Row[Any]) -> Look:
    plain = msgspec.json.decode(row.plain)
    own = msgspec.json.decode(row.body) if row.body is not None else {}
    why, whose = own.get("reason") or plain.get("reason") or "", _whose(row)
    at = moment(row.at_us, row.offset_s)
    name = _name_of(connection, whose) if whose is not None else None
    return Look(at, plain["operator"], str(why), whose, name, plain.get("source", ""))


def _name_of(connection: Connection, any_id: UUID) -> str | None:
    """Whose inspection or case it was."""
    shown, cases = tables.inspections, tables.cases
    number = projection.number_of(connection, any_id)
    if number is None:
        named = select(cases.c.name).where(cases.c.id == any_id)
    else:
        named = select(shown.c.name).where(shown.c.number == number)
    return connection.execute(named).scalar()
