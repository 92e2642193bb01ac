"""From a case's records to its row: each record changes the row a little, in the ledger's order.

The same functions derive the row when a record is placed, when all is derived again, and when the
ledger is verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, update

from checkpoint_app.domain.case import LEADS_TO, Event, Stage
from checkpoint_app.store import ledger, tables

Values = dict[str, Any]
_PERSONAL_ONCE = ("unit", "name", "phone", "plate")
_WITH_UNIT = frozenset({Event.REPORTED, Event.HANDED_OVER, Event.RECEIVED})


def project(connection: Connection, record: Any, plain: bytes, personal: bytes | None) -> None:
    """Show what a case's new record says; `record` has id, device, at_us and offset_s."""
    said = decoded(plain)
    case_id = UUID(said["case"])
    before = _row(connection, case_id)
    number = before["number"] if before else _next_number(connection, record.device)
    connection.execute(insert(tables.case_events), {"record_id": record.id, "case_id": case_id})
    if before is None:
        values = folded(None, number, record, said, decoded(personal))
        connection.execute(insert(tables.cases), values)
        return
    values = folded(before, number, record, said, decoded(personal))
    if said["event"] == Event.TAKEN_BACK:
        values = whole(connection, case_id, number) or values
    cases = tables.cases
    connection.execute(update(cases).where(cases.c.id == case_id).values(**values))


def project_row(connection: Connection, row: Any) -> None:
    """Show what a stored record says."""
    project(connection, row, row.plain, row.body)


def decoded(part: bytes | None) -> Values:
    """A record's part; an erased one says nothing."""
    found: Values = msgspec.json.decode(part) if part is not None else {}
    return found


def folded(before: Values | None, number: int, record: Any, said: Values, more: Values) -> Values:
    """The row after one more record: `said` is its plain part, `more` its personal one."""
    event = Event(said["event"])
    if before is None:
        return _found(number, record, said, more)
    after = {**before, "last_event": event.value}
    after.update(_CHANGES.get(event, _nothing)(before, said, more))
    if event in LEADS_TO:
        after["stage"] = LEADS_TO[event].value
        after["since_us"] = said.get("happened_us") or record.at_us
    elif event is Event.NEWS and _starts_again(before):
        after.update(stage=Stage.FOUND.value, since_us=record.at_us, void=False, result=None)
    return after


def _found(number: int, record: Any, said: Values, more: Values) -> Values:
    inspection = said.get("inspection")
    found_us = said.get("happened_us") or record.at_us  # entered later than it happened
    return {
        "id": UUID(said["case"]),
        "device": record.device,
        "number": number,
        "inspection_id": UUID(inspection) if inspection else None,
        "opened_us": found_us,
        "offset_s": record.offset_s,
        "outcome": said.get("outcome"),
        "why": said.get("why"),
        "recall": said.get("recall", False),
        "void": said.get("void", False),
        "stage": Stage.FOUND.value,
        "since_us": found_us,
        "last_event": said["event"],
        "measure": None,
        "until_us": None,
        "result": None,
        "supervisor": None,
        **{name: more.get(name) for name in _PERSONAL_ONCE},
    }


def _starts_again(before: Values) -> bool:
    return bool(before["void"]) or before["stage"] == Stage.CLOSED.value


def _nothing(before: Values, said: Values, more: Values) -> Values:
    return {}


def _corrected(before: Values, said: Values, more: Values) -> Values:
    return {"outcome": said["outcome"], "void": said["void"]}


def _news(before: Values, said: Values, more: Values) -> Values:
    recall = before["recall"] or said.get("recall", False)
    return {"why": said.get("why") or before["why"], "recall": recall}


def _with(*names: str) -> Callable[[Values, Values, Values], Values]:
    def changed(before: Values, said: Values, more: Values) -> Values:
        told = {**said, **more}
        return {name: told.get(name) for name in names}

    return changed


def _lies_with(before: Values, said: Values, more: Values) -> Values:
    return {"unit": more.get("unit") or before["unit"]}


_CHANGES: dict[Event, Callable[[Values, Values, Values], Values]] = {
    Event.CORRECTED: _corrected,
    Event.NEWS: _news,
    **dict.fromkeys(_WITH_UNIT, _lies_with),
    Event.MEASURED: _with("measure", "until_us", "supervisor"),
    Event.CLOSED: _with("result"),
    Event.REOPENED: lambda before, said, more: {"result": None},
}


def whole(connection: Connection, case_id: UUID, number: int) -> Values | None:
    """A case's row from all its records, without the steps that were taken back."""
    return folded_all(records_of(connection, case_id), number)


def folded_all(rows: Sequence[Row[Any]], number: int) -> Values | None:
    """The row that these records of one case come to."""
    taken_back, values = set(undone(rows)), None
    for row in rows:
        if row.id not in taken_back:
            values = folded(values, number, row, decoded(row.plain), decoded(row.body))
    return values


def records_of(connection: Connection, case_id: UUID) -> Sequence[Row[Any]]:
    """A case's records as they were written; those of several chains by their clocks."""
    events, records = tables.case_events, tables.records
    chosen = (
        ledger.full_rows()
        .join(events, events.c.record_id == records.c.id)
        .where(events.c.case_id == case_id)
        .order_by(records.c.device, records.c.epoch, records.c.seq)
    )
    rows = connection.execute(chosen).all()
    return rows if len({row.device for row in rows}) < 2 else sorted(rows, key=_by_clock)


def undone(rows: Iterable[Row[Any]]) -> dict[UUID, UUID]:
    """Which of a case's records were taken back, and by which. Each chain takes back its own."""
    whose = {row.id: row.device for row in rows}
    found = {}
    for row in rows:
        target = decoded(row.plain).get("taken_back")
        if target is not None and whose.get(UUID(target)) == row.device:
            found[UUID(target)] = row.id
    return found


def _by_clock(row: Row[Any]) -> tuple[int, int, int]:
    return row.at_us, row.epoch, row.seq


class Check:
    """Derives every case again beside the stored ones, for verification."""

    def __init__(self) -> None:
        self._rows: dict[UUID, Values] = {}
        self._numbers: dict[str, int] = {}
        self._records = 0
        self._taken_back: set[UUID] = set()

    def add(self, record: Row[Any]) -> None:
        """One more record of the walk."""
        self._records += 1
        said = decoded(record.plain)
        case_id = UUID(said["case"])
        before = self._rows.get(case_id)
        if before is None:
            self._numbers[record.device] = self._numbers.get(record.device, 0) + 1
        number = before["number"] if before else self._numbers[record.device]
        if said["event"] == Event.TAKEN_BACK:
            self._taken_back.add(case_id)
        self._rows[case_id] = folded(before, number, record, said, decoded(record.body))

    def differs(self, connection: Connection) -> bool:
        """Whether a stored case is not what the ledger says, or one is missing or too many."""
        for case_id in self._taken_back:
            number = self._rows[case_id]["number"]
            self._rows[case_id] = whole(connection, case_id, number) or self._rows[case_id]
        stored = {row.id: row._asdict() for row in connection.execute(select(tables.cases))}
        told = connection.execute(select(func.count()).select_from(tables.case_events)).scalar_one()
        return stored != self._rows or told != self._records


def _row(connection: Connection, case_id: UUID) -> Values | None:
    row = connection.execute(select(tables.cases).where(tables.cases.c.id == case_id)).first()
    return row._asdict() if row is not None else None


def _next_number(connection: Connection, device: str) -> int:
    cases = tables.cases
    newest = select(func.max(cases.c.number)).where(cases.c.device == device)
    return (connection.execute(newest).scalar() or 0) + 1
