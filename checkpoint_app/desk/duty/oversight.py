"""Supervision: a day's signals with the records behind them, and the ledger of problems found.

Signals by name are for the supervisor and the officer in charge. Whoever is responsible may write
down what they did; only a supervisor or the officer in charge finds, assigns and closes (销号).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from uuid import UUID

from checkpoint_app.desk.duty.paper import Letterhead, drawn, problems_document
from checkpoint_app.desk.office import Done, Failed, Office
from checkpoint_app.desk.opening import opening_of
from checkpoint_app.desk.rules.in_force import policy_in_force
from checkpoint_app.desk.sheets import period_of
from checkpoint_app.desk.steps import Steps, at_once
from checkpoint_app.domain.document import Document
from checkpoint_app.domain.duty.turns import Turn
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.roles import Right
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.domain.supervision import (
    Fact,
    Finding,
    Hours,
    Thresholds,
    afterwards,
    examine,
    facts_of,
    silences,
)
from checkpoint_app.domain.supervision.problems import Problem, ProblemEvent, Step, lacking
from checkpoint_app.settings import Settings
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.station import Station

USUAL_DAYS, _LEAST_DAYS = timedelta(days=28), 3
_A_STEP = 100  # records
DUE_AFTER = timedelta(days=3)
LONGEST = 2000  # characters of a problem or of what was done
_ANYBODYS = frozenset({Step.DONE})


def thresholds_of(settings: Settings) -> Thresholds:
    """From where on something is told, as the station has it set."""
    return Thresholds(
        same_run=int(settings.signal_same_run),
        same_share=settings.signal_same_share,
        pace=int(settings.signal_pace),
        missing=int(settings.signal_missing),
        silence=timedelta(seconds=settings.signal_silence),
    )


def findings(store: Station, settings: Settings, day: date, now: datetime) -> list[Finding]:
    """What a day's records tell, up to now where it is not over. Raises StoreFault."""
    return at_once(gathered(store, settings, day, now)).told()


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a day's signals come from."""

    facts: Sequence[Fact]
    before: Sequence[Fact]  # the day before, to know the thermometer by
    turns: Sequence[Turn]
    period: Period
    hours: Hours
    thresholds: Thresholds

    def told(self) -> list[Finding]:
        """The signals, by time. Pure, and called where nobody waits."""
        found = [
            *examine(self.facts, self.thresholds, self.before),
            *silences(self.facts, self.turns, self.period, self.hours, self.thresholds),
            *afterwards(self.facts, self.turns, self.period, self.hours, self.thresholds),
        ]
        return sorted(found, key=lambda each: each.start)


def gathered(store: Station, settings: Settings, day: date, now: datetime) -> Steps[Gathered]:
    """Read it, in short steps: a long day has thousands of records. Raises StoreFault."""
    whole = period_of(day, time.fromisoformat(settings.period_starts_at), now)
    period = Period(whole.start, max(whole.start, min(whole.end, now)))
    policy = policy_in_force(store, settings)
    facts = yield from _facts(store, period, policy)
    earlier = Period(period.start - timedelta(days=1), period.start)
    before = yield from _facts(store, earlier, policy)
    hours = _hours(store, settings, period.start)
    turns = store.duty.turns(period)
    return Gathered(facts, before, turns, period, hours, thresholds_of(settings))


def _facts(store: Station, period: Period, policy: SitePolicy) -> Steps[list[Fact]]:
    found: list[Fact] = []
    records = store.recorded(period)
    while some := list(islice(records, _A_STEP)):
        found += facts_of(some, policy)
        yield
    return sorted(found, key=lambda fact: fact.at)


def _hours(store: Station, settings: Settings, until: datetime) -> Hours:
    """Opening hours, and people an hour on the days before: days of work and free days apart."""
    opening = opening_of(settings)
    counted = store.duty.hourly(Period(until - USUAL_DAYS, until))
    whole = {day: hours for day, hours in counted.items() if day < until.date()}
    work = [hours for day, hours in whole.items() if opening.is_working(day)]
    free = [hours for day, hours in whole.items() if not opening.is_working(day)]
    return Hours(opening, _rates(work), _rates(free))


def _rates(days: Sequence[Sequence[int]]) -> tuple[float, ...] | None:
    """The mean of each hour, None where there are too few days to tell."""
    if len(days) < _LEAST_DAYS:
        return None
    return tuple(sum(hour) / len(days) for hour in zip(*days, strict=True))


@dataclass(frozen=True, slots=True)
class NewProblem:
    """A problem as it is written down; `finding`: the signal that it comes from."""

    what: str
    responsible: str
    due: date | None
    finding: Finding | None = None


@dataclass(slots=True)
class Oversight:
    """What the page 督查 does; answers like `Office`."""

    office: Office

    def findings(self, day: date, done: Done[list[Finding]], failed: Failed) -> None:
        """A day's signals, for whoever may supervise."""
        if self.office.allows(Right.SUPERVISE, failed):
            office, settings, now = self.office, self.office.settings, self.office.now()
            office.stepwise(
                lambda store: gathered(store, settings, day, now),
                lambda all_: office.database.beside(lambda _: all_.told(), done),
                failed,
            )

    def problems(self, done: Done[list[Problem]], failed: Failed) -> None:
        """Every problem; whoever must mend one has to see it."""
        self.office.ask(lambda store: store.duty.problems(), done, failed)

    def add(self, new: NewProblem, done: Done[None], failed: Failed) -> None:
        """Write a problem down."""
        say = self.office.translate
        if not self.office.allows(Right.SUPERVISE, failed):
            return
        if not new.what.strip():
            failed(say("Say what the problem is"))
            return
        if not new.responsible.strip():
            failed(say("Say who is responsible"))
            return
        number = uuid7(self.office.now())
        event = self._event(number, Step.FOUND, new.what, new.responsible, new.due)
        found = new.finding
        if found is not None:
            event = replace(event, signal=found.signal, records=found.records)
        self.office.ask(lambda store: store.duty.note(event), done, failed)

    def step(
        self,
        problem: Problem,
        step: Step,
        what: str,
        done: Done[None],
        failed: Failed,
        due: date | None = None,
    ) -> None:
        """Take a problem a step on; what the step lacks is told to `failed`."""
        if step not in _ANYBODYS and not self.office.allows(Right.SUPERVISE, failed):
            return
        say = self.office.translate
        event = self._event(problem.id, step, what, problem.responsible, due or problem.due)

        def take(store: Station) -> str | None:
            newest = next((p for p in store.duty.problems() if p.id == problem.id), problem)
            lacks = lacking(newest, step, what)
            if lacks is None:
                store.duty.note(event)
            return lacks

        def taken(lacks: str | None) -> None:
            if lacks is None:
                done(None)
            else:
                failed(say(lacks))

        self.office.ask(take, taken, failed)

    def sheet(self, done: Done[bytes], failed: Failed) -> None:
        """The list of problems as PDF."""
        office, today = self.office, self.office.now().date()
        say = office.translate
        head = Letterhead(office.settings.site_name, office.acting.name, office.now(), say)

        def draw(document: Document) -> None:
            office.database.beside(lambda _: drawn(document, say), done)

        office.ask(lambda s: problems_document(s.duty.problems(), today, head), draw, failed)

    def _event(
        self, problem: UUID, step: Step, what: str, responsible: str, due: date | None
    ) -> ProblemEvent:
        now = self.office.now()
        return ProblemEvent(
            id=uuid7(now),
            problem=problem,
            step=step,
            at=now,
            by=self.office.acting.name,
            what=what.strip()[:LONGEST],
            responsible=responsible.strip()[:LONGEST],
            due=due,
        )
