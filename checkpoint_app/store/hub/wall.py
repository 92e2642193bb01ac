"""What the command office looks at: every station's state, records found, cases and their age.

Reading only. Personal fields come whole; masking and noting a look are the pages' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, func, or_, select

from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.register import Period
from checkpoint_app.store import payload, tables
from checkpoint_app.store.hub import devices
from checkpoint_app.store.hub.values import Device
from checkpoint_app.store.moments import micros, moment

_shown = tables.inspections
_origins = tables.hub_origins
_OVER = ("closed",)


@dataclass(frozen=True, slots=True)
class StationState:
    """One station on the wall."""

    device: Device
    people: int
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    open_cases: int = 0
    behind: int = 0  # records received and not shown yet


@dataclass(frozen=True, slots=True)
class Met:
    """One inspection in a search or a day's list, with the station it is from."""

    id: UUID
    device: str
    station: str
    confirmed_at: datetime
    outcome: Outcome
    name: str | None
    id_number: str | None
    phone: str | None
    plate: str | None
    first_reason: str | None
    operator: str
    corrected: bool
    void: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for. Empty fields ask nothing; `text` is a name, number, phone or plate."""

    text: str = ""
    devices: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, and as of when: as long as nothing new is shown, it stays true."""

    period: Period
    reached: tuple[int, int]
    outcomes: dict[str, dict[Outcome, int]]
    open_cases: dict[str, int]


def states(connection: Connection, period: Period) -> list[StationState]:
    """Every station with its people and outcomes of a period."""
    return states_with(connection, counted(connection, period, None))


def counted(connection: Connection, period: Period, before: Counted | None) -> Counted:
    """The counts of a period; those from before where nothing has been shown since."""
    shown = tables.hub_projected
    asked = select(func.count(), func.coalesce(func.sum(shown.c.seq), 0))
    chains, seq = connection.execute(asked).one()
    reached = (int(chains), int(seq))
    if before is not None and (before.period, before.reached) == (period, reached):
        return before
    return Counted(period, reached, _outcomes(connection, period), _open_cases(connection))


def _outcomes(connection: Connection, period: Period) -> dict[str, dict[Outcome, int]]:
    within = (_origins.c.confirmed_us >= micros(period.start)) & (
        _origins.c.confirmed_us < micros(period.end)
    )
    found: dict[str, dict[Outcome, int]] = {}
    rows = connection.execute(
        select(_origins.c.device, _shown.c.outcome, func.count())
        .join(_shown, _shown.c.number == _origins.c.number)
        .where(within, ~_shown.c.void)
        .group_by(_origins.c.device, _shown.c.outcome)
    )
    for device, outcome, count in rows:
        found.setdefault(device, {})[Outcome(outcome)] = count
    return found


def states_with(connection: Connection, told: Counted) -> list[StationState]:
    """Every station as it is now, with what was counted."""
    waits = _behind(connection)
    return [
        StationState(
            each,
            sum(told.outcomes.get(each.device, {}).values()),
            told.outcomes.get(each.device, {}),
            told.open_cases.get(each.device, 0),
            waits.get(each.device, 0),
        )
        for each in devices.listed(connection)
    ]


def _open_cases(connection: Connection) -> dict[str, int]:
    cases = tables.cases
    rows = connection.execute(
        select(cases.c.device, func.count())
        .where(~cases.c.void, cases.c.stage.not_in(_OVER))
        .group_by(cases.c.device)
    )
    return {row[0]: row[1] for row in rows}


def _behind(connection: Connection) -> dict[str, int]:
    heads, shown = tables.heads, tables.hub_projected
    same = and_(shown.c.device == heads.c.device, shown.c.epoch == heads.c.epoch)
    rows = connection.execute(
        select(heads.c.device, func.sum(heads.c.seq - func.coalesce(shown.c.seq, 0)))
        .select_from(heads.outerjoin(shown, same))
        .group_by(heads.c.device)
    )
    return {row[0]: int(row[1]) for row in rows}


def found(connection: Connection, asked: Asked, limit: int = 200, after: int = 0) -> list[Met]:
    """Inspections that answer a question, newest first; `after` skips so many."""
    names = tables.hub_devices
    rows = connection.execute(
        select(_shown, _origins.c.device.label("device"), names.c.name.label("station"))
        .join(_origins, _origins.c.number == _shown.c.number)
        .join(names, names.c.device == _origins.c.device)
        .where(*_conditions(asked))
        .order_by(_origins.c.confirmed_us.desc(), _shown.c.number.desc())
        .limit(limit)
        .offset(after)
    )
    return [_met(row) for row in rows]


def _conditions(asked: Asked) -> list[Any]:
    conditions: list[Any] = []
    if asked.devices:
        conditions.append(_origins.c.device.in_(asked.devices))
    if asked.start is not None:
        conditions.append(_origins.c.confirmed_us >= micros(asked.start))
    if asked.end is not None:
        conditions.append(_origins.c.confirmed_us < micros(asked.end))
    if asked.outcomes:
        conditions.append(_shown.c.outcome.in_([each.value for each in asked.outcomes]))
    for word in asked.text.split()[:6]:
        conditions.append(_any_field(word[:40]))
    return conditions


def _any_field(word: str) -> Any:
    """A piece of a name, the beginning or end of a number, phone or plate; taken literally."""
    upper = word.upper()
    return or_(
        _shown.c.name.contains(word, autoescape=True),
        *(
            way
            for column in (_shown.c.id_number, _shown.c.phone, _shown.c.plate)
            for way in (
                column.startswith(upper, autoescape=True),
                column.endswith(upper, autoescape=True),
            )
        ),
    )


def recorded(
    connection: Connection, period: Period, of: Sequence[str] = ()
) -> list[tuple[str, RecordedInspection]]:
    """A period's inspections with their station's device, for sheets; newest versions."""
    records, personal = tables.records, tables.personal
    asked = (
        select(_origins.c.device, records.c.plain, personal.c.body)
        .join(_shown, _shown.c.number == _origins.c.number)
        .join(records, records.c.id == _shown.c.record_id)
        .outerjoin(personal, personal.c.record_id == records.c.id)
        .where(_origins.c.confirmed_us >= micros(period.start))
        .where(_origins.c.confirmed_us < micros(period.end))
        .order_by(_origins.c.confirmed_us)
    )
    if of:
        asked = asked.where(_origins.c.device.in_(of))
    return [
        (row.device, payload.decode(bytes(row.plain), bytes(row.body) if row.body else None))
        for row in connection.execute(asked)
    ]


def one(connection: Connection, inspection_id: UUID) -> tuple[str, RecordedInspection] | None:
    """The newest version of an inspection and whose it is."""
    records, personal = tables.records, tables.personal
    row = connection.execute(
        select(records.c.device, records.c.plain, personal.c.body)
        .join(_shown, _shown.c.record_id == records.c.id)
        .outerjoin(personal, personal.c.record_id == records.c.id)
        .where(_shown.c.id == inspection_id)
    ).first()
    if row is None:
        return None
    body = bytes(row.body) if row.body else None
    return row.device, payload.decode(bytes(row.plain), body)


def cases(
    connection: Connection, *, units: tuple[str, ...] | None = None, open_only: bool = True
) -> list[dict[str, Any]]:
    """Cases with their station's name, longest in their stage first.

    `units`: only those that were reported or handed over to one of these (a township's own).
    """
    table, names = tables.cases, tables.hub_devices
    asked = (
        select(table, names.c.name.label("station"))
        .outerjoin(names, names.c.device == table.c.device)
        .where(~table.c.void)
        .order_by(table.c.since_us)
    )
    if open_only:
        asked = asked.where(table.c.stage.not_in(_OVER))
    if units is not None:
        asked = asked.where(table.c.unit.in_(units))
    return [dict(row._mapping) for row in connection.execute(asked)]


def _met(row: Row[Any]) -> Met:
    return Met(
        row.id,
        row.device,
        row.station,
        moment(row.confirmed_us, row.offset_s),
        Outcome(row.outcome),
        row.name,
        row.id_number,
        row.phone,
        row.plate,
        row.first_reason,
        row.operator,
        row.corrected,
        row.void,
    )
