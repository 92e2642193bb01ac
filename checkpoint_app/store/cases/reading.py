"""Reading cases: the board, one case, its whole story."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from checkpoint_app.domain.case import (
    GOES_BY_ITSELF,
    Case,
    Deadlines,
    Event,
    Measure,
    Result,
    Stage,
    Step,
    allowed,
)
from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.taking_back import Done
from checkpoint_app.store import inspections, tables
from checkpoint_app.store.cases import folding
from checkpoint_app.store.moments import micros, moment

_cases, _shown = tables.cases, tables.inspections


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture that belongs to a step."""

    id: UUID
    digest: str  # SHA-256, hex
    bytes: int


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a case's story: the step and when it was written down."""

    step: Step
    at: datetime
    record_id: UUID
    why: Code | None = None
    detail: str | None = None
    outcome: Outcome | None = None
    attachment: Attachment | None = None
    erased: bool = False  # a retention rule has erased who and where
    taken_back_by: UUID | None = None  # the record that says this step was a mistake

    @property
    def happened_at(self) -> datetime:
        """When it was done."""
        return self.step.happened_at or self.at


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of a case."""

    case: Case
    told: tuple[Told, ...]
    inspection: RecordedInspection | None

    @property
    def standing(self) -> tuple[Told, ...]:
        """What was done and stands: without mistakes and without what took them back."""
        return tuple(
            each
            for each in self.told
            if each.taken_back_by is None and each.step.event is not Event.TAKEN_BACK
        )

    def done(self, told: Told) -> Done:
        """A step, as whoever takes it back must see it."""
        last = self.standing[-1].record_id if self.standing else None
        return Done(told.step.event, told.step.operator, told.at, told.record_id == last)


def some(
    connection: Connection,
    *,
    stages: Collection[Stage] | None = None,
    since: datetime | None = None,
    limit: int | None = None,
) -> list[Case]:
    """Cases by number, newest first; withdrawn ones too unless stages are asked for."""
    query = _query().order_by(_cases.c.opened_us.desc(), _cases.c.number.desc())
    if stages is not None:
        names = [each.value for each in stages]
        query = query.where(_cases.c.stage.in_(names), _cases.c.void.is_(False))
    if limit is not None:
        query = query.limit(limit)
    found = [case_of(row) for row in connection.execute(query)]
    return [case for case in found if since is None or case.opened_at >= since]


def one(connection: Connection, case_id: UUID) -> Case | None:
    """A case by its id."""
    row = connection.execute(_query().where(_cases.c.id == case_id)).first()
    return case_of(row) if row is not None else None


def counts(connection: Connection) -> dict[Stage, int]:
    """How many cases stand at each stage, withdrawn ones left out; every stage is a key."""
    counted = (
        select(_cases.c.stage, func.count())
        .where(_cases.c.void.is_(False))
        .group_by(_cases.c.stage)
    )
    found = {Stage(stage): number for stage, number in connection.execute(counted)}
    return {stage: found.get(stage, 0) for stage in Stage}


def late(connection: Connection, deadlines: Deadlines, now: datetime) -> int:
    """How many open cases have a step that is late, counted where they stand: it is asked often."""
    by_itself = _cases.c.outcome.in_([each.value for each in GOES_BY_ITSELF])
    reported, now_us = _cases.c.stage == Stage.REPORTED.value, micros(now)

    def since_before(span: timedelta) -> Any:
        return _cases.c.since_us < now_us - span // timedelta(microseconds=1)

    told = [
        and_(_cases.c.stage == stage.value, since_before(allowed(stage, None, deadlines)))
        for stage in (Stage.FOUND, Stage.HANDED_OVER, Stage.RECEIVED)
    ]
    # an outcome that is not known is no outcome by which somebody goes on
    told += [
        and_(reported, by_itself, since_before(deadlines.receive)),
        and_(reported, by_itself.is_not(True), since_before(deadlines.hand_over)),
        and_(_cases.c.stage == Stage.UNDER_MEASURE.value, _cases.c.until_us < now_us),
        and_(
            _cases.c.stage == Stage.UNDER_MEASURE.value,
            _cases.c.until_us.is_(None),
            since_before(deadlines.close),
        ),
    ]
    counted = select(func.count()).select_from(_cases).where(_cases.c.void.is_(False), or_(*told))
    return int(connection.execute(counted).scalar_one())


def recalls(connection: Connection, most: int) -> list[Case]:
    """People who went through and are not reported yet, newest first."""
    query = (
        _query()
        .where(_cases.c.recall.is_(True), _cases.c.void.is_(False))
        .where(_cases.c.stage == Stage.FOUND.value)
        .order_by(_cases.c.opened_us.desc(), _cases.c.number.desc())
        .limit(most)
    )
    return [case_of(row) for row in connection.execute(query)]


def story(
    connection: Connection, case_id: UUID, before: tuple[int, int] | None = None
) -> Story | None:
    """A case with every record of it, in the order in which they were written.

    `before` leaves out what came at or after that (epoch, seq): the case as it was then.
    """
    case = one(connection, case_id)
    if case is None:
        return None
    rows = folding.records_of(connection, case_id)
    if before is not None:
        rows = [row for row in rows if (row.epoch, row.seq) < before]
        values = folding.folded_all(rows, case.number)
        if values is None:
            return None
        case = _as_it_was(case, values)
    by = folding.undone(rows)
    told = tuple(_told(row, by.get(row.id)) for row in rows)
    whole = inspections.newest(connection, case.inspection_id) if case.inspection_id else None
    return Story(case, told, whole)


def _as_it_was(case: Case, values: dict[str, Any]) -> Case:
    return replace(
        case,
        withdrawn=values["void"],
        stage=Stage(values["stage"]),
        measure=Measure(values["measure"]) if values["measure"] else None,
        result=Result(values["result"]) if values["result"] else None,
        unit=values["unit"],
    )


def case_of(row: Row[Any]) -> Case:
    """A row of `_query` as a case."""
    return Case(
        id=row.id,
        device=row.device,
        number=row.number,
        inspection_id=row.inspection_id,
        opened_at=moment(row.opened_us, row.offset_s),
        outcome=Outcome(row.outcome) if row.outcome else None,
        why=Code(row.why or row.first_reason) if row.why or row.first_reason else None,
        recall=row.recall,
        withdrawn=row.void,
        stage=Stage(row.stage),
        since=moment(row.since_us, row.offset_s),
        measure=Measure(row.measure) if row.measure else None,
        until=moment(row.until_us, row.offset_s) if row.until_us is not None else None,
        result=Result(row.result) if row.result else None,
        unit=row.unit,
        supervisor=row.supervisor,
        name=row.name or row.shown_name,
        id_number=row.shown_id_number,
        phone=row.phone or row.shown_phone,
        plate=row.plate or row.shown_plate,
    )


def _query() -> Select[Any]:
    whose = ("name", "id_number", "phone", "plate")
    return select(
        _cases,
        _shown.c.first_reason,
        *(_shown.c[name].label(f"shown_{name}") for name in whose),
    ).outerjoin(_shown, _shown.c.id == _cases.c.inspection_id)


def _told(row: Row[Any], taken_back_by: UUID | None) -> Told:
    said, more = folding.decoded(row.plain), folding.decoded(row.body)
    picture = more.get("attachment")
    step = Step(
        event=Event(said["event"]),
        operator=said.get("operator", ""),
        happened_at=_moment(said.get("happened_us"), row.offset_s),
        measure=Measure(said["measure"]) if "measure" in said else None,
        until=_moment(said.get("until_us"), row.offset_s),
        result=Result(said["result"]) if "result" in said else None,
        **{name: more.get(name) for name in _TYPED},
    )
    return Told(
        step=step,
        at=moment(row.at_us, row.offset_s),
        record_id=row.id,
        why=Code(said["why"]) if said.get("why") else None,
        detail=more.get("detail"),
        outcome=Outcome(said["outcome"]) if said.get("outcome") else None,
        attachment=_attachment(picture) if picture else None,
        erased=row.commitment is not None and row.body is None,
        taken_back_by=taken_back_by,
    )


_TYPED = ("unit", "person", "phone", "receipt", "vehicle", "note", "supervisor")


def _attachment(said: dict[str, Any]) -> Attachment:
    return Attachment(UUID(said["id"]), said["digest"], said["bytes"])


def _moment(us: int | None, offset_s: int) -> datetime | None:
    return moment(us, offset_s) if us is not None else None
