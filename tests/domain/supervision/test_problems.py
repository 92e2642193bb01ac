"""A problem from finding to closing: nothing is closed without what was done about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest

from checkpoint_app.domain.supervision.problems import (
    Problem,
    ProblemEvent,
    State,
    Step,
    lacking,
    problems,
)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=8)))
DUE = date(2026, 11, 25)
ONE = UUID(int=1)


def event(step: Step, what: str = "", minutes: float = 0, **rest: object) -> ProblemEvent:
    values: dict[str, object] = {
        "id": uuid4(), "problem": ONE, "step": step, "at": NOW + timedelta(minutes=minutes),
        "by": "督查", "what": what, **rest,
    }  # fmt: skip
    return ProblemEvent(**values)  # type: ignore[arg-type]


def problem(*events: ProblemEvent) -> Problem:
    (found,) = problems([event(Step.FOUND, "未复测", responsible="王芳", due=DUE), *events])
    return found


def test_a_problem_found_is_open() -> None:
    found = problem()
    assert (found.state, found.what, found.responsible, found.due) == (
        State.OPEN, "未复测", "王芳", DUE,
    )  # fmt: skip


def test_done_waits_to_be_looked_at() -> None:
    found = problem(event(Step.DONE, "已培训", 5, by="王芳"))
    assert (found.state, found.done, found.done_by) == (State.DONE, "已培训", "王芳")
    assert found.is_overdue(DUE + timedelta(days=1))


def test_closed_with_what_was_done() -> None:
    found = problem(event(Step.DONE, "已培训", 5, by="王芳"), event(Step.CLOSED, minutes=9))
    assert (found.state, found.done, found.closed_by) == (State.CLOSED, "已培训", "督查")
    assert not found.is_overdue(DUE + timedelta(days=9))


def test_closed_and_done_in_one() -> None:
    found = problem(event(Step.CLOSED, "当场纠正"))
    assert (found.state, found.done, found.done_by) == (State.CLOSED, "当场纠正", "督查")


def test_opened_again_it_is_open_with_all_that_was() -> None:
    again = date(2026, 11, 30)
    found = problem(event(Step.CLOSED, "当场纠正"), event(Step.REOPENED, "仍未复测", 9, due=again))
    assert (found.state, found.done, found.closed_at, found.due) == (State.OPEN, "", None, again)
    assert len(found.events) == 3


def test_given_to_somebody_else() -> None:
    found = problem(event(Step.ASSIGNED, responsible="李强", due=None))
    assert (found.responsible, found.due) == ("李强", None)
    assert not found.is_overdue(DUE + timedelta(days=99))


@pytest.mark.parametrize(("today", "late"), [(DUE, False), (DUE + timedelta(days=1), True)])
def test_the_due_day_itself_is_in_time(today: date, late: bool) -> None:
    assert problem().is_overdue(today) is late


def test_numbers_follow_the_finding() -> None:
    events = [event(Step.FOUND, str(n), problem=UUID(int=n)) for n in range(1, 4)]
    assert [each.number for each in problems(events)] == [1, 2, 3]


def test_a_step_of_nothing_and_a_second_finding_change_nothing() -> None:
    stray = event(Step.DONE, "x", problem=UUID(int=9))
    assert problems([stray]) == []
    assert problem(event(Step.FOUND, "other")).what == "未复测"


@pytest.mark.parametrize(
    ("events", "step", "what", "allowed"),
    [
        ((), Step.DONE, "已培训", True),
        ((), Step.DONE, "  ", False),
        ((), Step.CLOSED, "", False),
        ((), Step.CLOSED, "当场纠正", True),
        ((event(Step.DONE, "已培训"),), Step.CLOSED, "", True),
        ((event(Step.DONE, "已培训"),), Step.REOPENED, "没有", True),
        ((event(Step.DONE, "已培训"),), Step.REOPENED, "", False),
        ((), Step.REOPENED, "没有", False),
        ((event(Step.CLOSED, "x"),), Step.DONE, "y", False),
        ((event(Step.CLOSED, "x"),), Step.CLOSED, "y", False),
        ((event(Step.CLOSED, "x"),), Step.ASSIGNED, "", False),
        ((event(Step.CLOSED, "x"),), Step.REOPENED, "没有", True),
    ],
)
def test_what_a_step_needs(
    events: tuple[ProblemEvent, ...], step: Step, what: str, allowed: bool
) -> None:
    assert (lacking(problem(*events), step, what) is None) is allowed
