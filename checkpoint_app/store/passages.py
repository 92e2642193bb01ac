"""Vehicles: those that left the gate, as ledger records, and those that still stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, and_, delete, insert, select, update

from checkpoint_app.domain.passage import (
    PassageEnd,
    RecordedPassage,
    VehiclePassage,
    VehicleUse,
)
from checkpoint_app.domain.register import Period
from checkpoint_app.store import gate_payload, ledger, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, moment, offset_s

_shown, _open = tables.passages, tables.open_passages


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One vehicle of the day's list, newest version only."""

    id: UUID
    closed_at: datetime
    plate: str | None
    use: VehicleUse
    end: PassageEnd
    people: int
    turned_back: int
    operator: str
    corrected: bool
    void: bool


@dataclass(frozen=True, slots=True)
class PassageCounts:
    """A period's vehicles, ones taken back left out. A party on foot is none of them."""

    vehicles: int = 0
    people: int = 0
    turned_back_vehicles: int = 0
    turned_back_people: int = 0
    held: int = 0
    without_plate: int = 0  # of the vehicles
    turned_back_without_plate: int = 0
    parties_on_foot: int = 0
    people_on_foot: int = 0


@dataclass(frozen=True, slots=True)
class Passages:
    """The vehicles of one station."""

    engine: Engine
    device: str

    def record(self, recorded: RecordedPassage) -> None:
        """Save a vehicle, or a correction (`supersedes` is the passage's id), durably.

        The same again changes nothing. Raises `StoreFault`: already_recorded, not_found,
        not_storable, and what a disk may do.
        """
        plain, personal = gate_payload.encode_passage(recorded)
        with writing(self.engine) as connection:
            row = _row(connection, recorded.passage.id)
            if recorded.supersedes is None and row is not None and not row.void:
                _same_again(connection, row, plain)
                return
            if recorded.supersedes is not None and row is None:
                raise StoreFault("not_found")
            draft = Draft(
                Kind.PASSAGE,
                recorded.closed_at,
                plain,
                personal,
                row.record_id if row is not None else None,
                row.closed_us if row is not None else None,
            )
            placed = ledger.place(connection, self.device, draft)
            _project(connection, placed.link, recorded)
            connection.execute(delete(_open).where(_open.c.id == recorded.passage.id))

    def keep_open(self, passages: Sequence[VehiclePassage]) -> None:
        """Make these the vehicles at the gate, in this order; free when nothing changed."""
        wanted = {
            each.id: (place, gate_payload.encode_open(each)) for place, each in enumerate(passages)
        }
        with reading(self.engine) as connection:
            kept = {row.id: (row.place, row.body) for row in connection.execute(select(_open))}
        if kept == wanted:
            return
        with writing(self.engine) as connection:
            connection.execute(delete(_open))
            for key, (place, body) in wanted.items():
                connection.execute(insert(_open).values(id=key, place=place, body=body))

    def open_ones(self) -> list[VehiclePassage]:
        """The vehicles at the gate as last kept, less those recorded since."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(_open).order_by(_open.c.place)).all()
        return [gate_payload.decode_open(row.body) for row in rows]

    def newest(self, passage_id: UUID) -> RecordedPassage | None:
        """The newest version of a recorded vehicle."""
        with reading(self.engine) as connection:
            row = connection.execute(_full().where(_shown.c.id == passage_id)).first()
        return gate_payload.decode_passage(row.plain, row.body) if row is not None else None

    def rows(self, period: Period, limit: int = 500) -> list[PassageRow]:
        """A period's vehicles, newest first; ones taken back carry `void`."""
        query = select(_shown).where(_within(period)).order_by(_shown.c.closed_us.desc())
        with reading(self.engine) as connection:
            return [_passage_row(row) for row in connection.execute(query.limit(limit))]

    def recorded(self, period: Period) -> list[RecordedPassage]:
        """A period's vehicles by time, newest versions, ones taken back left out."""
        query = _full().where(_within(period), _shown.c.void.is_(False))
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(_shown.c.closed_us)).all()
        return [gate_payload.decode_passage(row.plain, row.body) for row in rows]

    def counts(self, period: Period) -> PassageCounts:
        """A period's figures: vehicles and people, turned back and held."""
        stands = [row for row in self.rows(period, -1) if not row.void]
        rows = [row for row in stands if row.use is not VehicleUse.FOOT]
        walked = [row for row in stands if row.use is VehicleUse.FOOT]
        back = [row for row in rows if row.end is PassageEnd.TURNED_BACK]
        return PassageCounts(
            vehicles=len(rows),
            people=sum(row.people for row in rows),
            turned_back_vehicles=len(back),
            turned_back_people=sum(row.turned_back for row in back),
            held=sum(row.end is PassageEnd.HELD for row in rows),
            without_plate=sum(not row.plate for row in rows),
            turned_back_without_plate=sum(not row.plate for row in back),
            parties_on_foot=len(walked),
            people_on_foot=sum(row.people for row in walked),
        )


def project(connection: Connection, row: Any) -> None:
    """Show a stored vehicle record."""
    _project(connection, row, gate_payload.decode_passage(row.plain, row.body))


def differs(connection: Connection, row: Any) -> bool:
    """Whether what is shown for a record that is the newest of its vehicle is not its content."""
    recorded = gate_payload.decode_passage(row.plain, row.body)
    shown = _row(connection, recorded.passage.id)
    if shown is None:
        return True
    expected = _values(row.id, recorded)
    if shown.record_id != row.id:
        return False
    return any(getattr(shown, name) != value for name, value in expected.items() if row.body)


def _project(connection: Connection, link: Any, recorded: RecordedPassage) -> None:
    values = _values(link.id, recorded)
    changed = update(_shown).where(_shown.c.id == recorded.passage.id).values(**values)
    if connection.execute(changed).rowcount == 0:
        first = {
            "id": recorded.passage.id,
            "closed_us": micros(recorded.closed_at),
            "offset_s": offset_s(recorded.closed_at),
        }
        connection.execute(insert(_shown), {**first, **values})


def _values(record_id: UUID, recorded: RecordedPassage) -> dict[str, Any]:
    return {
        "record_id": record_id,
        "use": recorded.passage.use.value,
        "end": recorded.end.value,
        "people": recorded.passage.people,
        "turned_back": recorded.turned_back,
        "operator": recorded.operator,
        "corrected": recorded.supersedes is not None,
        "void": recorded.void,
        "plate": recorded.passage.plate,
    }


def _same_again(connection: Connection, row: Row[Any], plain: bytes) -> None:
    records = tables.records
    kept = connection.execute(select(records.c.plain).where(records.c.id == row.record_id)).scalar()
    if kept != plain:
        raise StoreFault("already_recorded")


def _row(connection: Connection, passage_id: UUID) -> Row[Any] | None:
    return connection.execute(select(_shown).where(_shown.c.id == passage_id)).first()


def _full() -> Any:
    return ledger.full_rows().join(_shown, _shown.c.record_id == tables.records.c.id)


def _within(period: Period) -> Any:
    return and_(_shown.c.closed_us >= micros(period.start), _shown.c.closed_us < micros(period.end))


def _passage_row(row: Row[Any]) -> PassageRow:
    return PassageRow(
        id=row.id,
        closed_at=moment(row.closed_us, row.offset_s),
        plate=row.plate,
        use=VehicleUse(row.use),
        end=PassageEnd(row.end),
        people=row.people,
        turned_back=row.turned_back,
        operator=row.operator,
        corrected=row.corrected,
        void=row.void,
    )
