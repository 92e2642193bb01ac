"""Shifts, checks, hand-overs and problems: records of the ledger, read back by their kind.

Nothing is derived into tables: a shift has some dozens of such records, and what follows from them
is worked out by `domain.duty` and `domain.supervision` alone. What may name a traveller or tell of
somebody's health (one's own temperature, notes, what a problem is about) is in the personal part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, func, select

from checkpoint_app.domain.duty.checks import Check, Tick
from checkpoint_app.domain.duty.handing import Draft, HandOver
from checkpoint_app.domain.duty.turns import FORGOTTEN, Ending, Fitness, ShiftName, Turn, on_duty
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.supervision.problems import Problem, ProblemEvent, problems
from checkpoint_app.store import duty_records, ledger, tables, trust
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.moments import micros
from checkpoint_app.store.values import Operator

T = TypeVar("T")
_DRAFT, _DRAFT_AT = "duty.draft", "duty.draft_at"
_HOUR_US = 3_600_000_000
_EPOCH = date(1970, 1, 1)


class Duty:
    """One station's duty book. Raises `StoreFault` like `Station`."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    # -- staff

    def note_staff(self, operator: Operator, what: str, by: str, now: datetime) -> None:
        """Put on record that somebody was added, retired, taken back, given a role or a PIN."""
        self._place(duty_records.staff(operator, what, by, now))

    # -- turns

    def sign_on(self, operator: str, shift: ShiftName, now: datetime) -> Turn:
        """Begin somebody's turn; whoever is on duty already stays in the turn begun before."""
        with writing(self._engine) as connection:
            current = on_duty(self._turns(connection, _around(now)), now)
            found = next((each for each in current if each.operator == operator), None)
            return found or self._begin(connection, operator, shift, now)

    def _begin(
        self, connection: Connection, operator: str, shift: ShiftName, now: datetime
    ) -> Turn:
        turn = Turn(uuid7(now), operator, shift, now)
        ledger.place(connection, self._device, duty_records.began(turn))
        return turn

    def sign_off(self, turn: Turn, ending: Ending, now: datetime) -> None:
        """End a turn; one ended before stays as it is."""
        with writing(self._engine) as connection:
            turns = self._turns(connection, Period(turn.began_at, now + FORGOTTEN))
            if any(each.id == turn.id and each.ended_at is None for each in turns):
                ledger.place(connection, self._device, duty_records.ended(turn, ending, now))

    def turns(self, period: Period) -> list[Turn]:
        """The turns that overlap a period, by their beginning."""
        with reading(self._engine) as connection:
            return self._turns(connection, period)

    def _turns(self, connection: Connection, period: Period) -> list[Turn]:
        wide = Period(period.start - FORGOTTEN, period.end + FORGOTTEN)
        found = duty_records.turns(_rows(connection, Kind.TURN, wide))
        return [t for t in found if t.began_at < period.end and t.until(period.end) > period.start]

    def say_fit(self, fitness: Fitness) -> None:
        """Put on record what somebody said of their own health."""
        self._place(duty_records.fitness(fitness))

    def fitness(self, period: Period) -> list[Fitness]:
        """What was said in a period."""
        return self._read(Kind.FITNESS, period, duty_records.fitness_of)

    # -- the site's checks

    def tick(self, check: Check, operator: str, now: datetime) -> Tick:
        """A check was done."""
        tick = Tick(uuid7(now), check, now, operator)
        self._place(duty_records.ticked(tick))
        return tick

    def take_back(self, tick: Tick, operator: str, now: datetime) -> None:
        """A check was ticked by mistake; both stay on record."""
        self._place(duty_records.taken_back(tick, operator, now))

    def ticks(self, period: Period) -> list[Tick]:
        """The checks done in a period, by time, those taken back left out."""
        with reading(self._engine) as connection:
            return duty_records.ticks(_rows(connection, Kind.CHECK, period))

    # -- handing over

    def hand_over(self, done: HandOver, stays: Iterable[str] = ()) -> Turn:
        """The post changes hands: sheet, ended turns and the new one in one transaction.

        Everybody on duty but the coming one and those who stay goes off duty. Gives the coming
        one's turn; the draft of the counts begins anew.
        """
        staying = {done.coming, *stays}
        with writing(self._engine) as connection:
            current = on_duty(self._turns(connection, _around(done.at)), done.at)
            ledger.place(connection, self._device, duty_records.handed_over(done))
            for turn in current:
                if turn.operator not in staying:
                    draft = duty_records.ended(turn, Ending.HANDED_OVER, done.at)
                    ledger.place(connection, self._device, draft)
            trust.put_state(connection, _DRAFT, "")
            own = next((each for each in current if each.operator == done.coming), None)
            return own or self._begin(connection, done.coming, done.shift_to, done.at)

    def hand_overs(self, period: Period) -> list[HandOver]:
        """The hand-overs of a period, by time."""
        return self._read(Kind.HAND_OVER, period, duty_records.hand_over_of)

    def sheet_code(self, handed: HandOver) -> str:
        """What ties the sheet of a hand-over to its record: from the record's place in the chain.

        "" where there is no such record.
        """
        period = Period(handed.at, handed.at + timedelta(seconds=1))
        with reading(self._engine) as connection:
            rows = _rows(connection, Kind.HAND_OVER, period)
        found = (row for row in rows if duty_records.hand_over_of(row).id == handed.id)
        row = next(found, None)
        return duty_records.code_of(row.hash) if row is not None else ""

    def last_hand_over(self) -> HandOver | None:
        """The newest hand-over of all, None before the first."""
        records = tables.records
        newest = (
            ledger.full_rows()
            .where(records.c.kind == Kind.HAND_OVER)
            .order_by(records.c.belongs_us.desc(), records.c.seq.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            row = connection.execute(newest).first()
        return duty_records.hand_over_of(row) if row is not None else None

    def keep_draft(self, draft: Draft, now: datetime) -> None:
        """Keep what has been counted so far."""
        with writing(self._engine) as connection:
            trust.put_state(connection, _DRAFT, duty_records.draft_text(draft))
            trust.put_state(connection, _DRAFT_AT, now.isoformat())

    def drop_draft(self, before: datetime) -> None:
        """Forget what was counted before then and never handed over: a note may name anybody."""
        kept = trust.remembered(self._engine, _DRAFT_AT)
        if kept and datetime.fromisoformat(kept) < before:
            trust.remember(self._engine, _DRAFT, "")

    def draft(self) -> Draft | None:
        """What has been counted since the last hand-over, None where nothing was."""
        return duty_records.draft_of(trust.remembered(self._engine, _DRAFT))

    # -- problems found

    def note(self, event: ProblemEvent) -> None:
        """Add a step to a problem, or a new problem."""
        self._place(duty_records.problem_step(event))

    def problems(self) -> list[Problem]:
        """Every problem ever found, by its number."""
        with reading(self._engine) as connection:
            rows = _rows(connection, Kind.PROBLEM, None)
        return problems(map(duty_records.problem_event, rows))

    # -- figures

    def hourly(self, period: Period) -> dict[date, tuple[int, ...]]:
        """How many people were inspected in each hour of each local day of a period."""
        shown = tables.inspections
        local_us = shown.c.confirmed_us + shown.c.offset_s * 1_000_000
        counted = (
            select((local_us // _HOUR_US).label("hour"), func.count().label("people"))
            .where(
                shown.c.confirmed_us >= micros(period.start),
                shown.c.confirmed_us < micros(period.end),
                shown.c.void.is_(False),
            )
            .group_by("hour")
        )
        days: dict[date, list[int]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(counted):
                day, hour = divmod(int(row.hour), 24)
                hours = days.setdefault(_EPOCH + timedelta(days=day), [0] * 24)
                hours[hour] += int(row.people)
        return {day: tuple(hours) for day, hours in days.items()}

    # -- parts

    def _place(self, draft: ledger.Draft) -> None:
        with writing(self._engine) as connection:
            ledger.place(connection, self._device, draft)

    def _read(self, kind: Kind, period: Period, made: Callable[[Row[Any]], T]) -> list[T]:
        with reading(self._engine) as connection:
            return [made(row) for row in _rows(connection, kind, period)]


def _around(now: datetime) -> Period:
    return Period(now - FORGOTTEN, now + timedelta(seconds=1))


def _rows(connection: Connection, kind: Kind, period: Period | None) -> list[Row[Any]]:
    """A kind's records of a period, in the order in which they were written.

    Put in order here: asked for in that order, the database would walk the whole ledger.
    """
    records = tables.records
    chosen = ledger.full_rows().where(records.c.kind == kind)
    if period is not None:
        chosen = chosen.where(
            records.c.belongs_us >= micros(period.start), records.c.belongs_us < micros(period.end)
        )
    return sorted(connection.execute(chosen), key=lambda row: (row.device, row.epoch, row.seq))
