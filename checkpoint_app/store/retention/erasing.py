"""Taking personal parts away: body and salt, what was derived from them, what waited to be sent.

The chain stays whole: a record's hash covers only a commitment, which without its salt says
nothing. What an area derives from personal parts it forgets by its own function in `FORGETS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from checkpoint_app.store import ledger, search, tables
from checkpoint_app.store.cases.erasing import after_erasing
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.visiting import absences, visits

Forget = Callable[[Connection, Sequence[UUID]], None]
_BATCH = 400


def erase(connection: Connection, ids: Sequence[UUID], erasure_id: UUID) -> None:
    """Erase the personal parts of these records in the caller's transaction."""
    for batch in _batches(ids):
        named = [{"record_id": each, "erasure_id": erasure_id} for each in batch]
        connection.execute(insert(tables.erasures), named)
        _forget_list_work(connection, batch)
        personal = tables.personal
        connection.execute(delete(personal).where(personal.c.record_id.in_(batch)))
        for forget in FORGETS:
            forget(connection, batch)


def _forget_list_work(connection: Connection, ids: Sequence[UUID]) -> None:
    """What became of entries of lists that are gone; only the personal part says which entries."""
    records, work = tables.records, tables.list_work
    chosen = ledger.full_rows().where(records.c.kind == Kind.LIST_WORK.value, records.c.id.in_(ids))
    for row in connection.execute(chosen).all():
        said, more = msgspec.json.decode(row.plain), msgspec.json.decode(row.body)
        whose = (work.c.source == said["source"], work.c.mark == more["mark"])
        connection.execute(delete(work).where(*whose))


def _forget_outgoing(connection: Connection, ids: Sequence[UUID]) -> None:
    outbox = tables.outbox
    rows = connection.execute(
        select(outbox.c.epoch, outbox.c.seq, outbox.c.body).where(outbox.c.record_id.in_(ids))
    ).all()
    for row in rows:
        place = (outbox.c.epoch == row.epoch, outbox.c.seq == row.seq)
        body = ledger.without_personal(row.body)
        connection.execute(update(outbox).where(*place).values(body=body))


def _forget_inspections(connection: Connection, ids: Sequence[UUID]) -> None:
    shown = tables.inspections
    numbers = connection.execute(select(shown.c.number).where(shown.c.record_id.in_(ids))).scalars()
    search.remove(connection, numbers.all())
    connection.execute(
        update(shown)
        .where(shown.c.record_id.in_(ids))
        .values(name=None, id_number=None, phone=None, plate=None, fingerprint=None)
    )


def _forget_cases(connection: Connection, ids: Sequence[UUID]) -> None:
    events = tables.case_events
    whose = select(events.c.case_id).where(events.c.record_id.in_(ids)).distinct()
    after_erasing(connection, connection.execute(whose).scalars().all())


def _forget_vehicles(connection: Connection, ids: Sequence[UUID]) -> None:
    passages = tables.passages
    shown = update(passages).where(passages.c.record_id.in_(ids))
    connection.execute(shown.values(plate=None))


def _forget_runners(connection: Connection, ids: Sequence[UUID]) -> None:
    runners, pictures = tables.runners, tables.runner_pictures
    whose = select(runners.c.id).where(runners.c.record_id.in_(ids))
    connection.execute(delete(pictures).where(pictures.c.runner_id.in_(whose)))
    connection.execute(update(runners).where(runners.c.record_id.in_(ids)).values(plate=None))


FORGETS: tuple[Forget, ...] = (
    _forget_outgoing,
    _forget_inspections,
    _forget_cases,
    visits.forget,
    absences.forget,
    _forget_vehicles,
    _forget_runners,
)


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
