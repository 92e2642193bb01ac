"""How the post stands: who is on duty and for how long, what is due, what was counted so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from checkpoint_app.desk.opening import opening_of
from checkpoint_app.desk.rules.in_force import policy_in_force
from checkpoint_app.domain.case import Stage
from checkpoint_app.domain.duty.checks import Check, Standing, Tick, standings
from checkpoint_app.domain.duty.handing import Draft, HandOver, Supply, carried_over
from checkpoint_app.domain.duty.shifts import Borders, Shift, unsigned
from checkpoint_app.domain.duty.turns import (
    FORGOTTEN,
    Fitness,
    ShiftName,
    Turn,
    fitness_of,
    on_duty,
    on_duty_for,
    shift_at,
    shift_began,
    worked_within,
)
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.supervision.problems import Problem
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station

_HELD = frozenset({Outcome.HOLD, Outcome.HAND_OVER})
_STILL_HERE = frozenset({Stage.FOUND, Stage.REPORTED})
_SECOND = timedelta(seconds=1)
EARLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One person at the post."""

    turn: Turn
    worked: timedelta  # in one go
    within_day: timedelta  # in the last 24 hours, all turns together
    should_rest: bool
    fitness: Fitness | None  # None: nothing said in this turn
    fever: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """All that the page 班次 shows, as of `now`."""

    now: datetime
    shift: ShiftName  # that whoever comes now begins
    began_at: datetime | None  # since when those on duty are counted; None: nobody is
    people: tuple[OnDuty, ...]
    checks: tuple[Standing, ...]
    ticks: tuple[Tick, ...]
    outcomes: dict[Outcome, int]
    open_cases: int
    held: int
    draft: Draft
    last: HandOver | None
    overdue: tuple[Problem, ...]

    def of(self, operator: str) -> OnDuty | None:
        """Somebody's own line."""
        return next((each for each in self.people if each.turn.operator == operator), None)


def shift_now(settings: Settings, now: datetime) -> ShiftName:
    """The shift that somebody begins who comes now: people come before the hour."""
    day, night = settings.day_shift_from, settings.night_shift_from
    return shift_at(now + EARLY, time.fromisoformat(day), time.fromisoformat(night))


def unsigned_shifts(
    store: Station, settings: Settings, period: Period, now: datetime
) -> list[Shift]:
    """The shifts that ended in a period without both signatures. Raises StoreFault."""
    wide = Period(period.start - FORGOTTEN, period.end + FORGOTTEN)
    borders = Borders(
        time.fromisoformat(settings.day_shift_from),
        time.fromisoformat(settings.night_shift_from),
        opening_of(settings),
    )
    turns, handed = store.duty.turns(wide), store.duty.hand_overs(wide)
    return unsigned(period, turns, handed, borders, now)


def every(settings: Settings) -> dict[Check, timedelta]:
    """How often each check is asked for; none of no time."""
    return {
        Check.DISINFECT: timedelta(seconds=settings.check_disinfect_every),
        Check.VENTILATE: timedelta(seconds=settings.check_ventilate_every),
        Check.DISTANCE: timedelta(seconds=settings.check_distance_every),
    }


def roll(store: Station, settings: Settings, now: datetime) -> Roll:
    """The post as it stands. Raises StoreFault."""
    recent = Period(now - FORGOTTEN, now + _SECOND)
    duty = store.duty
    turns, said, last = duty.turns(recent), duty.fitness(recent), duty.last_hand_over()
    began = _began(turns, last, now)
    ticks = duty.ticks(Period(began or recent.start, recent.end))
    counted = store.day_counts(Period(began or now, recent.end))
    limits = _Limits(settings.rest_after, fever_from(store, settings))
    return Roll(
        now=now,
        shift=shift_now(settings, now),
        began_at=began,
        people=tuple(_line(turn, turns, said, limits, now) for turn in on_duty(turns, now)),
        checks=standings(duty.ticks(recent), every(settings), began),
        ticks=tuple(ticks),
        outcomes=counted,
        open_cases=_open_cases(store),
        held=_held(store, now),
        draft=_draft(duty.draft(), last),
        last=last,
        overdue=_overdue(duty.problems(), now),
    )


def _began(turns: list[Turn], last: HandOver | None, now: datetime) -> datetime | None:
    """Since the last hand-over, or since the first of those here came, whichever was later."""
    began = shift_began(turns, now)
    if began is None or last is None:
        return began
    return max(began, last.at) if last.at <= now else began


@dataclass(frozen=True, slots=True)
class _Limits:
    """From where on somebody should rest (seconds), or be relieved (degrees)."""

    rest_after: float
    fever_c: float


def fever_from(store: Station, settings: Settings) -> float:
    """The threshold of the rules in force: it holds for those who measure, too."""
    return policy_in_force(store, settings).fever_threshold_c


def _line(
    turn: Turn, turns: list[Turn], said: list[Fitness], limits: _Limits, now: datetime
) -> OnDuty:
    within_day = worked_within(turns, turn.operator, now)
    fitness = fitness_of(said, turn.operator, now)
    return OnDuty(
        turn,
        on_duty_for(turns, turn.operator, now),
        within_day,
        limits.rest_after > 0 and within_day >= timedelta(seconds=limits.rest_after),
        fitness,
        fitness is not None and fitness.has_fever(limits.fever_c),
    )


def _open_cases(store: Station) -> int:
    return sum(count for stage, count in store.cases.counts().items() if stage is not Stage.CLOSED)


def _held(store: Station, now: datetime) -> int:
    """People stopped within a day whom nobody has fetched yet: they should be in 留观."""
    here = store.cases.cases(_STILL_HERE, since=now - FORGOTTEN)
    return sum(case.outcome in _HELD for case in here)


def _draft(kept: Draft | None, last: HandOver | None) -> Draft:
    """What was counted so far, on top of what the last hand-over left."""
    before = carried_over(last)
    if kept is None:
        return Draft(stock=before)
    return Draft(
        kept.tray_seen,
        kept.held_seen,
        {each: kept.stock.get(each, before[each]) for each in Supply},
        kept.notes,
    )


def _overdue(problems: list[Problem], now: datetime) -> tuple[Problem, ...]:
    return tuple(each for each in problems if each.is_overdue(now.date()))
