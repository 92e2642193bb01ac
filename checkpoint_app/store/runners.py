"""Gate-runners: the record, and the last seconds' pictures beside it in the encrypted file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, Row, and_, insert, select, update

from checkpoint_app.domain.case import Subject
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.runner import Runner, RunnerKind, Shot
from checkpoint_app.store import gate_payload, ledger, tables
from checkpoint_app.store.cases.writing import Raised, raise_case
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, moment, offset_s

_shown, _pictures = tables.runners, tables.runner_pictures
_WHY = {RunnerKind.RAN: Code.RAN_GATE, RunnerKind.REFUSED: Code.REFUSED_CHECK}
MOST_PICTURES = 120
MOST_BYTES = 6 << 20  # of all the pictures of one event


@dataclass(frozen=True, slots=True)
class Runners:
    """The gate-runners of one station."""

    engine: Engine
    device: str

    def record(
        self, runner: Runner, shots: Sequence[Shot] = (), subject: Subject | None = None
    ) -> Runner:
        """Save an event with its pictures and open its case (`case_id`), durably and together.

        The record names the pictures' digest; `subject` is whoever is known.

        More than `MOST_BYTES` of pictures: every second one is left out until they fit. With
        `supersedes` (the event's id) it is a correction. Raises `StoreFault`: not_found.
        """
        kept = fitting(shots)
        with writing(self.engine) as connection:
            before = self._before(connection, runner)
            if before is None:
                why = Raised(_WHY[runner.kind], subject=subject or Subject(plate=runner.plate))
                case = raise_case(connection, self.device, why, runner.operator, runner.at)
                made = replace(runner, pictures=len(kept), case_id=case)
            else:
                made = replace(runner, pictures=before.pictures, case_id=before.case_id)
            plain, personal = gate_payload.encode_runner(made)
            sealed = ledger.encoded({"runner": plain.decode(), "pictures": digest(kept)})
            draft = Draft(
                Kind.RUNNER,
                made.at,
                sealed,
                personal,
                before.record_id if before is not None else None,
                before.at_us if before is not None else None,
            )
            link = ledger.place(connection, self.device, draft).link
            _project(connection, link, made)
            for place, shot in enumerate(kept if before is None else ()):
                values = {"runner_id": runner.id, "place": place, "jpeg": shot.jpeg}
                connection.execute(insert(_pictures), {**values, "taken_us": micros(shot.taken_at)})
        return made

    def _before(self, connection: Connection, runner: Runner) -> Row[Any] | None:
        row = connection.execute(select(_shown).where(_shown.c.id == runner.id)).first()
        if (runner.supersedes is None) is not (row is None):
            raise StoreFault("not_found" if row is None else "already_recorded")
        return row

    def of(self, period: Period) -> list[Runner]:
        """A period's events, newest first, ones taken back too."""
        query = (
            ledger.full_rows()
            .join(_shown, _shown.c.record_id == tables.records.c.id)
            .where(
                and_(_shown.c.at_us >= micros(period.start), _shown.c.at_us < micros(period.end))
            )
            .order_by(_shown.c.at_us.desc())
        )
        with reading(self.engine) as connection:
            return [_decoded(row) for row in connection.execute(query)]

    def case_of(self, runner_id: UUID) -> UUID | None:
        """The case that an event opened."""
        query = select(_shown.c.case_id).where(_shown.c.id == runner_id)
        with reading(self.engine) as connection:
            found: UUID | None = connection.execute(query).scalar()
        return found

    def pictures(self, runner_id: UUID) -> list[Shot]:
        """The pictures of an event, oldest first."""
        query = select(_pictures).where(_pictures.c.runner_id == runner_id)
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(_pictures.c.place)).all()
        return [Shot(moment(row.taken_us), row.jpeg) for row in rows]


def fitting(shots: Sequence[Shot]) -> tuple[Shot, ...]:
    """As many pictures as may be kept, evenly over the time; the newest one always."""
    kept = tuple(shots)
    while len(kept) > 1 and (
        len(kept) > MOST_PICTURES or sum(len(each.jpeg) for each in kept) > MOST_BYTES
    ):
        kept = kept[::-1][::2][::-1]
    return kept if sum(len(each.jpeg) for each in kept) <= MOST_BYTES else ()


def digest(shots: Sequence[Shot]) -> str:
    """What ties the pictures to the record."""
    hashed = sha256()
    for shot in shots:
        hashed.update(len(shot.jpeg).to_bytes(8, "big"))
        hashed.update(shot.jpeg)
    return hashed.hexdigest()


def project(connection: Connection, row: Any) -> None:
    """Show a stored event."""
    _project(connection, row, _decoded(row))


def _decoded(row: Any) -> Runner:
    said = msgspec.json.decode(row.plain)
    return gate_payload.decode_runner(said["runner"].encode(), row.body)


def _project(connection: Connection, link: Any, runner: Runner) -> None:
    values = {
        "record_id": link.id,
        "kind": runner.kind.value,
        "pictures": runner.pictures,
        "case_id": runner.case_id,
        "void": runner.void,
        "plate": runner.plate,
    }
    changed = update(_shown).where(_shown.c.id == runner.id).values(**values)
    if connection.execute(changed).rowcount == 0:
        first = {"id": runner.id, "at_us": micros(runner.at), "offset_s": offset_s(runner.at)}
        connection.execute(insert(_shown), {**first, **values})
