"""A token of the county's list at the desk: held until the office has said who is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from checkpoint_app.desk.hub.county import (
    Asked,
    catch_up,
    keep_asking,
    look_back,
    open_questions,
    settle,
    told_by_office,
)
from checkpoint_app.desk.lists.asking import OFFICE
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.list_matching import OfficeTold
from checkpoint_app.domain.lists import CountyToken
from checkpoint_app.domain.reasons import Code
from checkpoint_app.hub.listing import publish_county
from checkpoint_app.sync.faults import SyncFault
from tests.desk.conftest import START, Post
from tools.soak.office import Clock, Office

A = "https://h5.dingtalk.com/healthCode/" + "a" * 24
PHONE = "13800138000"
ONE = WatchEntry(name="王强", phone=PHONE, source="市疾控")


class Line:
    """The way to the office; questions wait until the test lets them be answered."""

    def __init__(self) -> None:
        self.asked: list[tuple[frozenset[CountyToken], Callable[[OfficeTold | None], None]]] = []

    def __call__(self, tokens, answered) -> None:
        self.asked.append((frozenset(tokens), answered))

    def answer(self, told: OfficeTold | None) -> None:
        for _, answered in self.asked:
            answered(told)
        self.asked.clear()


@pytest.fixture
def office(tmp_path: Path, post: Post) -> Iterator[Office]:
    made = Office(tmp_path / "office", clock=Clock(START))
    made.enrol(post.station, "东卡点")
    publish_county(made.store, [ONE], START)
    made.exchange(post.station)
    yield made
    made.close()


@pytest.fixture
def line(post: Post) -> Line:
    made = Line()
    post.desk.join(replace(post.surface(), ask_office=made))
    return made


def stands(post: Post) -> None:
    post.green(A)
    post.desk.set_field("phone", PHONE)


def reasons(post: Post) -> set[Code]:
    verdict = post.desk.state.verdict
    assert verdict is not None
    return {each.code for each in verdict.reasons}


def outcome(post: Post) -> Outcome:
    verdict = post.desk.state.verdict
    assert verdict is not None
    return verdict.outcome


def test_who_is_meant_is_held_for_the_list_they_stand_on(
    post: Post, office: Office, line: Line
) -> None:
    stands(post)
    assert (outcome(post), reasons(post)) == (Outcome.HOLD, {Code.MAY_BE_LISTED})
    ((tokens, _),) = line.asked
    told = told_by_office(post.station.sync, office.post, tokens)
    line.answer(told)
    assert (outcome(post), reasons(post)) == (Outcome.HOLD, {Code.ON_WATCH_LIST})
    assert len(office.store.users.looks()) == 1
    post.desk.set_field("name", "王强")  # looked up again: the office is not asked twice
    assert line.asked == []
    assert reasons(post) == {Code.ON_WATCH_LIST}
    post.desk.confirm()
    assert open_questions(post.station) == []


def test_whose_token_only_looks_like_it_goes_on(post: Post, office: Office, line: Line) -> None:
    stands(post)
    ((tokens, _),) = line.asked
    line.answer(dict.fromkeys(tokens, (replace(ONE, phone="13900000001"),)))
    assert (outcome(post), reasons(post)) == (Outcome.PASS, set())
    assert OFFICE not in {each.code for each in post.desk.state.strips}


def test_no_answer_is_never_a_pass(post: Post, office: Office, line: Line) -> None:
    stands(post)
    line.answer(None)
    assert (outcome(post), reasons(post)) == (Outcome.HOLD, {Code.MAY_BE_LISTED})
    (said,) = (each.sentence for each in post.desk.state.strips if each.code == OFFICE)
    assert "12345" in said
    post.desk.confirm()
    assert OFFICE not in {each.code for each in post.desk.state.strips}
    (asked,) = open_questions(post.station)
    told = told_by_office(post.station.sync, office.post, asked.tokens)
    settle(post.station, asked, told, post.clock())
    case = post.station.cases.of_inspection(asked.inspection)
    assert case is not None
    assert (case.why, case.recall) == (Code.ON_WATCH_LIST, False)
    assert open_questions(post.station) == []


def test_who_was_let_go_meanwhile_is_called_back(post: Post, office: Office, line: Line) -> None:
    stands(post)
    post.desk.confirm()
    (asked,) = open_questions(post.station)
    recorded = post.station.row(asked.inspection)
    assert recorded is not None
    went = replace(recorded, outcome=Outcome.PASS, supersedes=asked.inspection)
    post.station.record(went, None)
    told = told_by_office(post.station.sync, office.post, asked.tokens)
    settle(post.station, asked, told, post.clock())
    (case,) = post.station.cases.recalls()
    assert case.why is Code.ON_WATCH_LIST


def test_who_was_not_meant_has_it_in_the_case(post: Post, office: Office, line: Line) -> None:
    stands(post)
    post.desk.confirm()
    (asked,) = open_questions(post.station)
    settle(post.station, asked, dict.fromkeys(asked.tokens, ()), post.clock())
    case = post.station.cases.of_inspection(asked.inspection)
    assert case is not None
    story = post.station.cases.story(case.id)
    assert story is not None
    assert story.told[-1].step.note == "The command office: not on the county's list"
    assert case.is_open  # it is the officer who closes


def test_a_list_that_comes_later_finds_who_went_through(post: Post, office: Office) -> None:
    post.green(A)
    post.desk.set_field("phone", "13900000001")
    post.desk.confirm()
    assert list(look_back(post.station, "", post.clock())) == [0]
    assert list(look_back(post.station, "", post.clock())) == []  # the same list
    later = replace(ONE, phone="13900000001")
    publish_county(office.store, [ONE, later], START + timedelta(minutes=5))
    office.exchange(post.station)
    assert list(look_back(post.station, "", post.clock())) == [1]
    (asked,) = open_questions(post.station)
    told = told_by_office(post.station.sync, office.post, asked.tokens)
    settle(post.station, asked, told, post.clock())
    (case,) = post.station.cases.recalls()
    assert (case.why, case.inspection_id) == (Code.ON_WATCH_LIST, asked.inspection)


def test_an_answer_for_somebody_else_changes_nothing(
    post: Post, office: Office, line: Line
) -> None:
    stands(post)
    post.desk.park()
    ((tokens, answered),) = line.asked
    line.asked.clear()
    post.green("https://h5.dingtalk.com/healthCode/" + "b" * 24)
    answered(dict.fromkeys(tokens, (ONE,)))
    assert outcome(post) is Outcome.PASS


def test_what_gets_no_answer_waits_behind_the_others(
    post: Post, office: Office, line: Line
) -> None:
    stands(post)
    post.desk.confirm()
    (first,) = open_questions(post.station)
    above = Asked(uuid4(), (CountyToken("above-1", 7),), "王芳", "")
    keep_asking(post.station, above)
    keep_asking(post.station, first)
    catch_up(lambda job: job(post.station), post.station.sync, office.post, "", post.clock)
    assert open_questions(post.station) == [above]  # the office has no hub above it
    case = post.station.cases.of_inspection(first.inspection)
    assert case is not None
    assert case.why is Code.ON_WATCH_LIST


def test_an_office_that_nobody_can_reach_answers_nothing(post: Post, office: Office) -> None:
    def cut(_path: str, _body: bytes) -> bytes:
        raise SyncFault("hub_unreachable")

    with pytest.raises(SyncFault, match="hub_unreachable"):
        told_by_office(post.station.sync, cut, [CountyToken("county", 1)])
