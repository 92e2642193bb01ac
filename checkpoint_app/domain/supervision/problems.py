"""The rectification ledger (台账式管理、清单式销号): a problem from finding it to closing it.

Each step is an event that is only ever added. A problem is closed only with what was done about
it, and a closed one can be opened again; nothing is taken out of the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Step(StrEnum):
    """What happened to a problem."""

    FOUND = "found"  # 发现
    ASSIGNED = "assigned"  # 交办: to whom, until when
    DONE = "done"  # 整改: what was done
    CLOSED = "closed"  # 销号
    REOPENED = "reopened"  # 退回


class State(StrEnum):
    """How a problem stands."""

    OPEN = "open"
    DONE = "done"  # said to be mended, not yet looked at
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ProblemEvent:
    """One step. `what` is the finding, what was done, or why it was opened again."""

    id: UUID
    problem: UUID
    step: Step
    at: datetime
    by: str
    what: str = ""
    responsible: str = ""
    due: date | None = None
    signal: str = ""  # code of the signal that found it
    records: tuple[UUID, ...] = ()  # inspections behind it


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as its events leave it."""

    id: UUID
    number: int  # on the list, from 1
    found_at: datetime
    found_by: str
    what: str
    signal: str = ""
    records: tuple[UUID, ...] = ()
    responsible: str = ""
    due: date | None = None
    done: str = ""
    done_by: str = ""
    done_at: datetime | None = None
    closed_by: str = ""
    closed_at: datetime | None = None
    state: State = State.OPEN
    events: tuple[ProblemEvent, ...] = ()

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it is not closed."""
        return self.state is not State.CLOSED and self.due is not None and today > self.due


def problems(events: Iterable[ProblemEvent]) -> list[Problem]:
    """Every problem, in the order in which they were found."""
    found: dict[UUID, Problem] = {}
    for event in events:
        if event.step is Step.FOUND and event.problem not in found:
            found[event.problem] = _begun(event, len(found) + 1)
        elif event.problem in found and event.step is not Step.FOUND:
            found[event.problem] = _after(found[event.problem], event)
    return list(found.values())


def lacking(problem: Problem, step: Step, what: str) -> str | None:
    """The message of what a step still needs, None where it may be taken."""
    if problem.state is State.CLOSED and step is not Step.REOPENED:
        return "This problem is closed"
    if problem.state is not State.CLOSED and step is Step.REOPENED and not problem.done:
        return "This problem is open already"
    if step is Step.DONE and not what.strip():
        return "Say what was done"
    if step is Step.REOPENED and not what.strip():
        return "Say what is still wrong"
    if step is Step.CLOSED and not (problem.done or what.strip()):
        return "A problem is closed only with what was done about it"
    return None


def _begun(event: ProblemEvent, number: int) -> Problem:
    return Problem(
        id=event.problem,
        number=number,
        found_at=event.at,
        found_by=event.by,
        what=event.what,
        signal=event.signal,
        records=event.records,
        responsible=event.responsible,
        due=event.due,
        events=(event,),
    )


def _after(problem: Problem, event: ProblemEvent) -> Problem:
    moved = replace(problem, events=(*problem.events, event))
    if event.step is Step.ASSIGNED:
        return replace(moved, responsible=event.responsible, due=event.due)
    if event.step is Step.DONE:
        return _done(moved, event)
    if event.step is Step.CLOSED:
        mended = _done(moved, event) if event.what else moved
        return replace(mended, closed_by=event.by, closed_at=event.at, state=State.CLOSED)
    return replace(
        moved,
        done="",
        done_by="",
        done_at=None,
        closed_by="",
        closed_at=None,
        state=State.OPEN,
        due=event.due or moved.due,
    )


def _done(problem: Problem, event: ProblemEvent) -> Problem:
    said = replace(problem, done=event.what, done_by=event.by, done_at=event.at)
    return replace(said, state=State.DONE)
