"""Which records' personal parts are due.

An inspection counts from its own day, unless it has a case: then from the case's closing. What is
about a case or an inspection (its events, who looked at it) goes with it; a visit counts from
leaving, a notice of absence from the return; any other personal part from its own day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, Select, func, select

from checkpoint_app.domain.case import Stage
from checkpoint_app.domain.retention import Reckoning, Terms
from checkpoint_app.store import projection, tables
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.moments import micros, moment

_PAGE = 1000


@dataclass(slots=True)
class Due:
    """The records whose time has come, counted."""

    ids: list[UUID] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    span: tuple[int, int] | None = None
    waiting: int = 0
    more: bool = False

    def take(self, rows: Sequence[Row[Any]]) -> None:
        """Some more, which go together."""
        for row in rows:
            self.ids.append(row.id)
            self.kinds[row.kind] += 1
            first, last = self.span or (row.belongs_us, row.belongs_us)
            self.span = min(first, row.belongs_us), max(last, row.belongs_us)

    def reckoning(self, connection: Connection, zone: tzinfo | None) -> Reckoning:
        """In numbers; the days as they were in a zone."""
        ends = (moment(each).astimezone(zone) for each in self.span or ())
        first, last = ends if self.span else (None, None)
        parked = connection.execute(select(func.count()).select_from(tables.unfinished))
        counts = tuple(sorted(self.kinds.items()))
        return Reckoning(counts, first, last, self.waiting, parked.scalar_one())


def due(connection: Connection, terms: Terms, now: datetime, limit: int | None = None) -> Due:
    """What is due now, oldest first, about `limit` at most (`more` says that there is more).

    A case's records go together or not at all: while the office lacks one of them, all wait.
    """
    found, judge = Due(), _Judge(connection, terms, now)
    enrolled, cases = hub_enrolled(connection), set[UUID]()
    for row in connection.execute(_candidates(judge.before_us)).yield_per(_PAGE):
        case = judge.case_of(row)
        if case in cases or not judge.is_due(row):
            continue
        together = [row] if case is None else _of_case(connection, case)
        cases.update([case] if case is not None else [])
        if enrolled and any(_waits(each) for each in together):
            found.waiting += len(together)
        elif limit is not None and found.ids and len(found.ids) + len(together) > limit:
            found.more = True
            break
        else:
            found.take(together)
    return found


def hub_enrolled(connection: Connection) -> bool:
    """Whether an office takes this station's records: then what it has not got yet must wait."""
    state = tables.state
    return connection.execute(select(state).where(state.c.name == "hub")).first() is not None


def _waits(row: Row[Any]) -> bool:
    return row.sent is not None and row.acknowledged_us is None


def _with_personal() -> Select[Any]:
    records, outbox = tables.records, tables.outbox
    versions, shown = tables.versions, tables.inspections
    return (
        select(
            records.c.id,
            records.c.kind,
            records.c.plain,
            records.c.at_us,
            records.c.belongs_us,
            outbox.c.seq.label("sent"),
            outbox.c.acknowledged_us,
            shown.c.id.label("inspection_id"),
            shown.c.confirmed_us,
        )
        .join(tables.personal, tables.personal.c.record_id == records.c.id)
        .outerjoin(outbox, outbox.c.record_id == records.c.id)
        .outerjoin(versions, versions.c.record_id == records.c.id)
        .outerjoin(shown, shown.c.number == versions.c.number)
        .order_by(records.c.belongs_us, records.c.id)
    )


def _candidates(before_us: int) -> Select[Any]:
    return _with_personal().where(tables.records.c.belongs_us < before_us)


def _of_case(connection: Connection, case: UUID) -> Sequence[Row[Any]]:
    events = tables.case_events
    chosen = _with_personal().join(events, events.c.record_id == tables.records.c.id)
    return connection.execute(chosen.where(events.c.case_id == case)).all()


class _Judge:
    """Knows for one moment how old is old enough."""

    def __init__(self, connection: Connection, terms: Terms, now: datetime) -> None:
        self._connection = connection
        self._passed = micros(now - terms.passages)
        self._closed = micros(now - terms.cases)
        self.before_us = max(self._passed, self._closed)
        cases = connection.execute(select(tables.cases)).all()
        self._cases = {row.id: _closing(row) for row in cases}
        self._case_of = {row.inspection_id: row.id for row in cases if row.inspection_id}
        self._open_problems = _open_problems(connection)
        lists = tables.lists
        used = select(lists.c.source).where(lists.c.state == "in_force")
        self._lists = set(connection.execute(used).scalars())

    def case_of(self, row: Row[Any]) -> UUID | None:
        """Whose event a record is."""
        if row.kind != Kind.CASE_EVENT:
            return None
        return UUID(msgspec.json.decode(row.plain)["case"])

    def is_due(self, row: Row[Any]) -> bool:
        """Whether a record's personal part may go."""
        if row.inspection_id is not None:
            return self._passed_by(row.inspection_id, row.confirmed_us)
        if row.kind == Kind.INSPECTION:
            return False  # at a hub, received and not shown yet: nobody knows of its case
        said = msgspec.json.decode(row.plain)
        case = self._runners_case(said) if row.kind == Kind.RUNNER else said.get("case")
        if case:
            return self._case(UUID(str(case)))
        if said.get("problem") in self._open_problems:
            return False
        if row.kind == Kind.LIST_WORK and said["source"] in self._lists:
            return False  # the list is still worked
        if said.get("inspection"):
            return self._inspection(UUID(said["inspection"]), row.belongs_us)
        return self._ended(said, row) < self._passed

    def _runners_case(self, said: dict[str, Any]) -> UUID | None:
        runners, whose = tables.runners, msgspec.json.decode(said["runner"])["id"]
        found = select(runners.c.case_id).where(runners.c.id == UUID(whose))
        return self._connection.execute(found).scalar()

    def _inspection(self, any_id: UUID, belongs_us: int) -> bool:
        if any_id in self._cases:  # a look at a case that no inspection opened
            return self._case(any_id)
        number = projection.number_of(self._connection, any_id)
        shown = tables.inspections
        row = self._connection.execute(
            select(shown.c.id, shown.c.confirmed_us).where(shown.c.number == number)
        ).first()
        if row is None:
            return belongs_us < self._passed
        return self._passed_by(row.id, row.confirmed_us)

    def _passed_by(self, inspection_id: UUID, confirmed_us: int) -> bool:
        case = self._case_of.get(inspection_id)
        return self._case(case) if case is not None else confirmed_us < self._passed

    def _case(self, case: UUID) -> bool:
        closed = self._cases.get(case)
        return closed is not None and closed < self._closed

    def _ended(self, said: dict[str, Any], row: Row[Any]) -> int:
        """When what the record is about was over."""
        for name, table, columns in _LASTING:
            if said.get(name):
                lasted = select(*columns).where(table.c.id == UUID(said[name]))
                found = self._connection.execute(lasted).first()
                ends: list[int] = [each for each in found or () if each is not None]
                return max([*ends, int(row.at_us)])
        return int(max(row.belongs_us, row.at_us))


_PROBLEM_CLOSED = "closed"
_LASTING = (
    ("visit", tables.visits, (tables.visits.c.arrived_us, tables.visits.c.left_us)),
    ("absence", tables.absences, (tables.absences.c.returns_us,)),
)


def _open_problems(connection: Connection) -> set[str]:
    """Problems that a supervisor found and nobody has closed yet (未销号)."""
    records = tables.records
    steps = select(records.c.plain).where(records.c.kind == Kind.PROBLEM.value)
    found: set[str] = set()
    for body in connection.execute(steps.order_by(records.c.epoch, records.c.seq)).scalars():
        said = msgspec.json.decode(body)
        if said["step"] == _PROBLEM_CLOSED:
            found.discard(said["problem"])
        else:
            found.add(said["problem"])
    return found


def _closing(case: Row[Any]) -> int | None:
    """When a case was closed or taken back; None while it is open."""
    over = case.void or case.stage == Stage.CLOSED.value
    return int(case.since_us) if over else None
