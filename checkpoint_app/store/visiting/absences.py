"""Notices of absence (外出报备) and returns. Each change is a record of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, tzinfo
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, insert, or_, select, update

from checkpoint_app.domain.visiting import Absence, AbsenceState, OpenAbsence
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, offset_s
from checkpoint_app.store.visiting.parts import joined, split

_shown = tables.absences
PERSONAL = (
    "name",
    "id_number",
    "phone",
    "unit",
    "roster_id",
    "places",
    "companions",
    "reason",
)
_WAITING = "clearance"  # back, and the document still to be seen


class Absences:
    """Who of one station's roster is away."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    def file(self, absence: Absence, now: datetime) -> None:
        """Save a notice or its next state, durably. Raises `StoreFault`: not_storable."""
        plain, own = split(absence, PERSONAL, "absence")
        with writing(self._engine) as connection:
            before = connection.execute(select(_shown).where(_shown.c.id == absence.id)).first()
            draft = Draft(
                Kind.ABSENCE, now, plain, own, before.record_id if before is not None else None
            )
            placed = ledger.place(connection, self._device, draft)
            _project(connection, placed.link.id, absence)

    def absence(self, absence_id: UUID) -> Absence | None:
        """The newest state of a notice."""
        found = self._read(_full().where(_shown.c.id == absence_id))
        return found[0] if found else None

    def open_ones(self) -> list[Absence]:
        """Who is away or not settled yet, the one due first."""
        return self._read(_full().where(_is_open()).order_by(_shown.c.returns_us))

    def newest(self, limit: int = 200) -> list[Absence]:
        """The last notices, settled or not."""
        return self._read(_full().order_by(_shown.c.leaves_us.desc()).limit(limit))

    def of_person(self, id_number: str | None, name: str | None) -> OpenAbsence | None:
        """What the gate must know of somebody, by document, or by name where there is none."""
        if not id_number and not name:
            return None
        with reading(self._engine) as connection:
            mine = _BY_DOCUMENT if id_number else _BY_NAME
            asked = {"document": _whole(id_number), "called": _whole(name)}
            found = connection.execute(mine, asked).all()
        for each in map(_absence, found):
            returned = each.state is AbsenceState.RETURNED
            missing = each.illness and not each.clearance
            return OpenAbsence(each.leaves_on, each.places, returned, missing)
        return None

    def _read(self, chosen: Any) -> list[Absence]:
        with reading(self._engine) as connection:
            rows = connection.execute(chosen).all()
        return [_absence(row) for row in rows]


def those(connection: Connection, ids: Sequence[UUID]) -> list[Absence]:
    """The newest state of these notices, by their time."""
    chosen = _full().where(_shown.c.id.in_(ids)).order_by(_shown.c.leaves_us)
    return [_absence(row) for row in connection.execute(chosen)]


def project(connection: Connection, row: Any) -> None:
    """Show a stored notice."""
    _project(connection, row.id, _absence(row))


def forget(connection: Connection, ids: Sequence[UUID]) -> None:
    """Show no more of erased records than they still say."""
    gone = update(_shown).where(_shown.c.record_id.in_(ids))
    connection.execute(gone.values(name=None, id_number=None))


def _whole(text: str | None) -> str:
    """The text without halves of characters, which no row can have."""
    return (text or "").encode("utf-8", "replace").decode()


def _is_open() -> Any:
    return _shown.c.state.in_((AbsenceState.AWAY.value, _WAITING))


def _absence(row: Any) -> Absence:
    return joined(row.plain, row.body, Absence, PERSONAL)


def _full() -> Any:
    return ledger.full_rows().join(_shown, _shown.c.record_id == tables.records.c.id)


# Made once: somebody is looked up at every change of who they are.
_OPEN_ONES = _full().where(_is_open()).order_by(_shown.c.leaves_us)
_BY_NAME = _OPEN_ONES.where(_shown.c.name == bindparam("called"))
_BY_DOCUMENT = _OPEN_ONES.where(
    or_(
        _shown.c.id_number == bindparam("document"),
        (_shown.c.id_number.is_(None)) & (_shown.c.name == bindparam("called")),
    )
)


def _project(connection: Connection, record_id: UUID, absence: Absence) -> None:
    zone = absence.filed_at.tzinfo
    back = absence.returned_at or _end_of(absence, zone)
    waits = absence.state is AbsenceState.RETURNED and absence.is_open
    values = {
        "record_id": record_id,
        "leaves_us": micros(datetime.combine(absence.leaves_on, time(), zone)),
        "returns_us": micros(back),
        "state": _WAITING if waits else absence.state.value,
        "operator": absence.operator,
        "name": absence.name or None,
        "id_number": absence.id_number or None,
    }
    changed = update(_shown).where(_shown.c.id == absence.id).values(**values)
    if connection.execute(changed).rowcount == 0:
        first = {"id": absence.id, "offset_s": offset_s(absence.filed_at)}
        connection.execute(insert(_shown), {**first, **values})


def _end_of(absence: Absence, zone: tzinfo | None) -> datetime:
    return datetime.combine(absence.returns_on, time(23, 59), zone)
