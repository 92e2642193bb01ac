"""Supervision over a real store: a day's signals, and problems from finding to closing."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from checkpoint_app.desk.duty.oversight import NewProblem
from checkpoint_app.desk.duty.words import (
    CHECKS,
    PEOPLE,
    SHIFTS,
    SIGNALS,
    SKIPS,
    STATES,
    SUPPLIES,
    finding_sentence,
)
from checkpoint_app.domain.supervision import Finding, Signal
from checkpoint_app.domain.supervision.problems import Problem, State, Step
from checkpoint_app.i18n import translator
from tests.desk.conftest import START
from tests.desk.duty.conftest import Staff
from tests.store.travellers import recorded

DAY = START.date()
WORDS = (CHECKS, PEOPLE, SHIFTS, SIGNALS, SKIPS, STATES, SUPPLIES)


def not_done(_: object) -> None:
    pytest.fail("it was done")


def lazy(staff: Staff, people: int = 12) -> list[UUID]:
    """So many people at 36.5 ℃, a minute apart."""
    ids = []
    for number in range(people):
        one = recorded(f"甲{number}")
        at = START - timedelta(minutes=people - number)
        staff.station.record(type(one)(one.inspection, one.verdict, one.outcome, "李强", at), None)
        ids.append(one.inspection.id)
    return ids


def findings(staff: Staff) -> list[Finding]:
    found: list[list[Finding]] = []
    staff.oversight.findings(DAY, found.append, staff.said.append)
    return found[0]


def problems(staff: Staff) -> list[Problem]:
    found: list[list[Problem]] = []
    staff.oversight.problems(found.append, staff.said.append)
    return found[0]


def add(staff: Staff, what: str = "未复测", responsible: str = "李强") -> Problem:
    new = NewProblem(what, responsible, date(2026, 11, 25))
    staff.oversight.add(new, lambda _: None, staff.said.append)
    return problems(staff)[-1]


def step(staff: Staff, problem: Problem, to: Step, what: str = "") -> list[None]:
    done: list[None] = []
    staff.oversight.step(problem, to, what, done.append, staff.said.append)
    return done


def test_a_days_signals_have_their_records_behind_them(staff: Staff) -> None:
    staff.enter("周洁")
    ids = lazy(staff)
    (found,) = findings(staff)
    assert (found.signal, found.operator, found.records) == (Signal.SAME_RUN, "李强", tuple(ids))
    said = finding_sentence(found, translator("en"))
    assert said == "李强: 12 people in a row at 36.5 ℃, 03:00 to 03:11"


def test_an_operator_sees_no_signals_by_name(staff: Staff) -> None:
    staff.enter("李强")
    staff.oversight.findings(DAY, not_done, staff.said.append)
    assert staff.refused() == "This is for the supervisor or the officer in charge"


def test_thresholds_are_the_stations(staff: Staff) -> None:
    staff.enter("王芳")
    lazy(staff)
    settings = type(staff.office.settings)(language="en", signal_same_run=13)
    assert staff.office.take_settings(settings, staff.said.append)
    assert findings(staff) == []


def test_a_day_to_come_and_an_empty_one_tell_nothing(staff: Staff) -> None:
    staff.enter("王芳")
    found: list[list[Finding]] = []
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        staff.oversight.findings(day, found.append, staff.said.append)
    assert found == [[], []]


def test_a_problem_comes_from_a_signal_with_its_records(staff: Staff) -> None:
    staff.enter("周洁")
    ids = lazy(staff)
    (signal,) = findings(staff)
    new = NewProblem("连续相同", "李强", None, signal)
    staff.oversight.add(new, lambda _: None, staff.said.append)
    (problem,) = problems(staff)
    assert (problem.signal, problem.records) == (Signal.SAME_RUN, tuple(ids))
    assert (problem.found_by, problem.responsible) == ("周洁", "李强")


@pytest.mark.parametrize(
    ("what", "responsible", "said"),
    [(" ", "李强", "Say what the problem is"), ("未复测", " ", "Say who is responsible")],
)
def test_a_problem_needs(staff: Staff, what: str, responsible: str, said: str) -> None:
    staff.enter("周洁")
    staff.oversight.add(NewProblem(what, responsible, None), not_done, staff.said.append)
    assert staff.refused() == said


def test_whoever_is_responsible_says_what_was_done_and_no_more(staff: Staff) -> None:
    staff.enter("周洁")
    problem = add(staff)
    staff.enter("李强")
    assert step(staff, problem, Step.DONE, "已培训") == [None]
    assert step(staff, problem, Step.CLOSED) == []
    assert staff.refused() == "This is for the supervisor or the officer in charge"
    staff.oversight.add(NewProblem("x", "王芳", None), not_done, staff.said.append)
    assert staff.refused() == "This is for the supervisor or the officer in charge"
    staff.enter("周洁")
    assert step(staff, problem, Step.CLOSED) == [None]
    (closed,) = problems(staff)
    assert (closed.state, closed.closed_by) == (State.CLOSED, "周洁")


def test_closing_needs_what_was_done(staff: Staff) -> None:
    staff.enter("周洁")
    problem = add(staff)
    assert step(staff, problem, Step.CLOSED) == []
    assert staff.refused() == "A problem is closed only with what was done about it"


def test_what_another_desk_closed_meanwhile_is_told(staff: Staff) -> None:
    staff.enter("周洁")
    problem = add(staff)
    assert step(staff, problem, Step.CLOSED, "当场纠正") == [None]
    assert step(staff, problem, Step.DONE, "再次") == []  # with the value from before
    assert staff.refused() == "This problem is closed"


def test_the_list_on_paper(staff: Staff) -> None:
    staff.enter("周洁")
    add(staff)
    papers: list[bytes] = []
    staff.oversight.sheet(papers.append, staff.said.append)
    assert papers[0].startswith(b"%PDF-")


def test_every_word_and_sentence_has_chinese(staff: Staff) -> None:
    say = translator("zh_CN")
    assert [m for words in WORDS for m in words.values() if say(m) == m] == []
    for signal in Signal:
        found = Finding(signal, "王芳", START, START + timedelta(hours=2), 9, (365, 366), 0.8, 30)
        english = finding_sentence(found, translator("en"))
        assert english.startswith("王芳: ")
        assert finding_sentence(found, say) != english
