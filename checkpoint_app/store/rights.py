"""What a traveller has a right to know: one's own records, and who has looked at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Row, Table, and_, false, or_, select

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.visiting import Absence, Visit
from checkpoint_app.store import ledger, payload, projection, tables
from checkpoint_app.store.cases import reading as read_cases
from checkpoint_app.store.cases.reading import Story
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, moment
from checkpoint_app.store.visiting import absences, visits


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
    """All that is kept about one person here, oldest first."""

    passages: tuple[RecordedInspection, ...] = ()
    stories: tuple[Story, ...] = ()  # cases with their steps
    visits: tuple[Visit, ...] = ()
    absences: tuple[Absence, ...] = ()
    looks: tuple[Look, ...] = ()

    @property
    def total(self) -> int:
        """Passages, cases, visits and notices of absence."""
        return sum(map(len, (self.passages, self.stories, self.visits, self.absences)))


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks. A phone is shared in families, a name by strangers: under them counts only what
    has both and no other document."""

    id_number: str | None
    phone: str | None
    name: str

    @property
    def is_known(self) -> bool:
        """Whether there is enough to look for."""
        return bool(self.id_number or (self.phone and self.name))

    def maybe(self, shown: Table) -> ColumnElement[bool]:
        """Rows that may be theirs, by a table's own columns; `is_theirs` decides."""
        mine = [shown.c.id_number == self.id_number] if self.id_number else []
        if self.phone and self.name:
            mine.append(and_(shown.c.name == self.name, shown.c.id_number.is_(None)))
        return or_(false(), *mine)

    def is_theirs(self, id_number: str | None, phone: str | None, name: str | None) -> bool:
        """Whether what is kept under these is theirs."""
        if id_number:
            return id_number == self.id_number
        return bool(self.phone) and (phone, name) == (self.phone, self.name)


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
        asking = _Asking(id_number, phone, name)
        if not asking.is_known:
            return OwnRecords()
        with reading(self._engine) as connection:
            passages = tuple(_passages(connection, asking))
            about = {each.inspection.id for each in passages}
            stories = tuple(_stories(connection, asking, about))
            about |= {each.case.id for each in stories}
            return OwnRecords(
                passages,
                stories,
                tuple(_visits(connection, asking)),
                tuple(_absences(connection, asking)),
                tuple(self._looks_at(connection, about)),
            )

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


def _passages(connection: Connection, asking: _Asking) -> Iterator[RecordedInspection]:
    shown = tables.inspections
    chosen = (
        ledger.full_rows()
        .join(shown, shown.c.record_id == tables.records.c.id)
        .where(asking.maybe(shown), shown.c.void.is_(False))
        .order_by(shown.c.confirmed_us)
    )
    for row in connection.execute(chosen).all():
        recorded = payload.decode(row.plain, row.body)
        person = recorded.inspection.person
        if asking.is_theirs(person.id_number, person.phone, person.name):
            yield recorded


def _stories(connection: Connection, asking: _Asking, about: set[UUID]) -> Iterator[Story]:
    """Cases of these passages, and those that no passage began."""
    cases = tables.cases
    alone = and_(cases.c.name == asking.name, cases.c.phone == (asking.phone or ""))
    theirs = or_(cases.c.inspection_id.in_(about), and_(cases.c.inspection_id.is_(None), alone))
    found = select(cases.c.id).where(theirs).order_by(cases.c.opened_us)
    for case in connection.execute(found).scalars().all():
        story = read_cases.story(connection, case)
        if story is not None:
            yield story


def _visits(connection: Connection, asking: _Asking) -> Iterator[Visit]:
    shown = tables.visits
    chosen = select(shown.c.id).where(asking.maybe(shown)).order_by(shown.c.arrived_us)
    for each in visits.those(connection, connection.execute(chosen).scalars().all()):
        if asking.is_theirs(each.id_number, each.phone, each.name):
            yield each


def _absences(connection: Connection, asking: _Asking) -> Iterator[Absence]:
    shown = tables.absences
    chosen = select(shown.c.id).where(asking.maybe(shown)).order_by(shown.c.leaves_us)
    for each in absences.those(connection, connection.execute(chosen).scalars().all()):
        if asking.is_theirs(each.id_number, each.phone, each.name):
            yield each


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
