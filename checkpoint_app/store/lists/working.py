"""The pushed lists as they are worked: states, who was met at the gate, how much is done.

Every change is a record of the ledger; what is shown is derived from it. States belong to a person
on the lists of one source, so that a newer list of that source goes on where the older one was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Row,
    Text,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.lists import ListKind, wanted_of
from checkpoint_app.domain.person import plain_text
from checkpoint_app.domain.worklist import DONE, Coverage, WorkRow, WorkState
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.lists import looking
from checkpoint_app.store.lists.rows import decoded
from checkpoint_app.store.moments import micros, moment

LONGEST_NOTE = 200
_lists, _entries, _work = tables.lists, tables.list_entries, tables.list_work
_DONE = [state.value for state in DONE]
_on_its_own = and_(_work.c.source == _lists.c.source, _work.c.mark == _entries.c.mark)


@dataclass(frozen=True, slots=True)
class Change:
    """A new state of one person, or that they were met at the gate."""

    source: str
    mark: int
    state: WorkState
    operator: str
    note: str | None = None
    found_us: int | None = None


def change(connection: Connection, device: str, wanted: Change, now: datetime) -> None:
    """Put a state into the ledger and show it."""
    note = plain_text(wanted.note or "", LONGEST_NOTE) or None
    said = {
        "source": wanted.source,
        "state": wanted.state.value,
        "operator": wanted.operator,
        "found_us": wanted.found_us,
    }
    personal = ledger.encoded({"mark": wanted.mark, "note": note})
    draft = Draft(Kind.LIST_WORK, now, ledger.encoded(said), personal)
    _show(connection, ledger.place(connection, device, draft).link, draft.plain, personal)


def project(connection: Connection, row: Any) -> None:
    """Show what a stored record says; an erased one tells of nobody."""
    if row.body is not None:
        _show(connection, row, row.plain, row.body)


def _show(connection: Connection, record: Any, plain: bytes, personal: bytes) -> None:
    said, more = msgspec.json.decode(plain), msgspec.json.decode(personal)
    whose = and_(_work.c.source == said["source"], _work.c.mark == more["mark"])
    before = connection.execute(select(_work.c.found_us).where(whose)).scalar()
    connection.execute(delete(_work).where(whose))
    connection.execute(
        insert(_work).values(
            source=said["source"],
            mark=more["mark"],
            state=said["state"],
            at_us=record.at_us,
            offset_s=record.offset_s,
            operator=said["operator"],
            note=more["note"],
            found_us=before or said["found_us"],
        )
    )


def note_found(
    connection: Connection, device: str, recorded: RecordedInspection, now: datetime
) -> int:
    """Whoever stands at the gate and on a pushed list is found; how many entries that were."""
    if recorded.void:
        return 0
    lists = {row.number: row for row in looking.in_force(connection) if row.kind == ListKind.WATCH}
    found = looking.entries_of(connection, wanted_of(recorded.inspection), lists)
    marks = {(lists[row.list].source, row.mark) for row in found}
    met_at, operator = recorded.confirmed_at, recorded.operator
    return sum(
        note_met(connection, device, Met(source, mark, met_at, operator), now)
        for source, mark in sorted(marks)
    )


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody of a pushed list stood at this gate."""

    source: str
    mark: int
    at: datetime
    operator: str


def note_met(connection: Connection, device: str, met: Met, now: datetime) -> bool:
    """Note the first time that a pushed person was met; False where that is known already."""
    whose = and_(_work.c.source == met.source, _work.c.mark == met.mark)
    row = connection.execute(select(_work).where(whose)).first()
    if row is not None and row.found_us is not None:
        return False
    state = WorkState(row.state) if row is not None else WorkState.UNCHECKED
    if state not in DONE:
        state = WorkState.CHECKING
    note = row.note if row is not None else None
    found = Change(met.source, met.mark, state, met.operator, note, micros(met.at))
    change(connection, device, found, now)
    return True


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the work-list is wanted: a piece of text, states; nothing given is all of it."""

    text: str = ""
    states: frozenset[WorkState] = frozenset()
    due_after: timedelta = timedelta(hours=24)  # where the list names no deadline itself


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows that fit, out of a stretch of the lists; `rest` is where to go on, None = done."""

    rows: list[WorkRow]
    rest: tuple[int, int] | None


def rows(
    connection: Connection, asked: Asked, after: tuple[int, int] = (0, 0), stretch: int = 20_000
) -> Slice:
    """The rows that fit among the next `stretch` entries: short, however long the lists are."""
    numbers = _watch_numbers(connection)
    place = (_entries.c.list, _entries.c.number)
    later = or_(
        _entries.c.list > after[0],
        and_(_entries.c.list == after[0], _entries.c.number > after[1]),
    )
    window = (
        select(*place)
        .where(_entries.c.list.in_(numbers), later)
        .order_by(*place)
        .limit(1)
        .offset(stretch - 1)
    )
    last = connection.execute(window).first()
    query = _joined().where(_entries.c.list.in_(numbers), later).order_by(*place)
    if last is not None:
        query = query.where(
            or_(
                _entries.c.list < last.list,
                and_(_entries.c.list == last.list, _entries.c.number <= last.number),
            )
        )
    found = connection.execute(_fitting(query, asked))
    rest = (last.list, last.number) if last is not None else None
    return Slice([_row(row, asked.due_after) for row in found], rest)


def one(connection: Connection, row: WorkRow) -> WorkRow | None:
    """The row again, as it is now."""
    whose = (_entries.c.list == row.list, _entries.c.number == row.number)
    found = connection.execute(_joined().where(*whose)).first()
    return replace(_row(found, timedelta()), due=row.due) if found is not None else None


def coverage(connection: Connection, due_after: timedelta, now: datetime) -> Coverage:
    """How much of the lists in force is done."""
    lists = [row for row in looking.in_force(connection) if row.kind == ListKind.WATCH]
    states = dict.fromkeys(WorkState, 0)
    found = late = 0
    for each in lists:
        of_list = _counted(connection, each)
        touched = sum(number for number, _ in of_list.values())
        states[WorkState.UNCHECKED] += each.entries - touched
        for state, (number, met) in of_list.items():
            states[state] += number
            found += met
        late += _late(connection, each, due_after, now)
    return Coverage(sum(each.entries for each in lists), found, states, late)


def _counted(connection: Connection, listed: Row[Any]) -> dict[WorkState, tuple[int, int]]:
    """Of one list: persons in each state that was ever noted, and how many of them were met."""
    keys = tables.list_keys
    stands = exists().where(keys.c.list == listed.number, keys.c.key == _work.c.mark)
    query = (
        select(_work.c.state, func.count(), func.count(_work.c.found_us))
        .where(_work.c.source == listed.source, stands)
        .group_by(_work.c.state)
    )
    return {WorkState(state): (number, met) for state, number, met in connection.execute(query)}


def _late(connection: Connection, listed: Row[Any], due_after: timedelta, now: datetime) -> int:
    """How many of a list should have been checked by now: those that are due, less the done."""
    past = _entries.c.due_us < micros(now)
    if now > moment(listed.imported_us) + due_after:
        past = or_(past, _entries.c.due_us.is_(None))
    due = select(func.count()).select_from(_entries).where(_entries.c.list == listed.number, past)
    keys = tables.list_keys
    done = (
        select(func.count())
        .select_from(_work)
        .join(keys, and_(keys.c.list == listed.number, keys.c.key == _work.c.mark))
        .join(
            _entries,
            and_(
                _entries.c.list == keys.c.list,
                _entries.c.number == keys.c.number,
                _entries.c.mark == _work.c.mark,
            ),
        )
        .where(_work.c.source == listed.source, _work.c.state.in_(_DONE), past)
    )
    return connection.execute(due).scalar_one() - connection.execute(done).scalar_one()


def _watch_numbers(connection: Connection) -> list[int]:
    return [row.number for row in looking.in_force(connection) if row.kind == ListKind.WATCH]


def _joined() -> Any:
    return (
        select(
            _entries,
            _lists.c.source,
            _lists.c.imported_us,
            _lists.c.offset_s.label("list_offset_s"),
            _work.c.state,
            _work.c.at_us,
            _work.c.offset_s,
            _work.c.operator,
            _work.c.note,
            _work.c.found_us,
        )
        .join(_lists, _lists.c.number == _entries.c.list)
        .outerjoin(_work, _on_its_own)
    )


def _fitting(query: Any, asked: Asked) -> Any:
    if asked.states:
        wanted = [state.value for state in asked.states]
        state = case((_work.c.state.is_(None), WorkState.UNCHECKED.value), else_=_work.c.state)
        query = query.where(state.in_(wanted))
    for word in asked.text.split()[:4]:
        like = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.where(cast(_entries.c.body, Text).like(f"%{like}%", escape="\\"))
    return query


def _row(row: Row[Any], due_after: timedelta) -> WorkRow:
    entry = decoded(row.body, WatchEntry)
    due = entry.due or moment(row.imported_us, row.list_offset_s) + due_after
    fresh = WorkRow(row.list, row.number, row.source, row.mark, entry, WorkState.UNCHECKED, due)
    if row.state is None:
        return fresh
    return replace(
        fresh,
        state=WorkState(row.state),
        at=moment(row.at_us, row.offset_s),
        operator=row.operator,
        note=row.note,
        found_at=moment(row.found_us, row.offset_s) if row.found_us else None,
    )
