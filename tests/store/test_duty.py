"""The duty book: turns, one's own temperature, checks, hand-overs and problems, in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from checkpoint_app.domain.duty.checks import Check
from checkpoint_app.domain.duty.handing import Counted, Draft, HandOver, Stock, Supply
from checkpoint_app.domain.duty.turns import Ending, Fitness, ShiftName, Skip
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.supervision.problems import ProblemEvent, State, Step
from checkpoint_app.store import duty_records
from checkpoint_app.store.moments import micros, offset_s
from checkpoint_app.store.station import Duty, Station, StoreFault
from tests.store.inside import raw
from tests.store.travellers import MORNING, recorded

DAY = Period(MORNING - timedelta(hours=2), MORNING + timedelta(hours=22))
HOUR = timedelta(hours=1)


@pytest.fixture
def duty(station: Station) -> Iterator[Duty]:
    yield station.duty
    assert station.verify().ok


def hand_over(coming: str = "李强") -> HandOver:
    return HandOver(
        id=uuid4(),
        at=MORNING + 8 * HOUR,
        shift=ShiftName.DAY,
        shift_to=ShiftName.NIGHT,
        began_at=MORNING,
        leaving="王芳",
        coming=coming,
        outcomes=dict.fromkeys(Outcome, 0),
        open_cases=2,
        tray=Counted(1, 1),
        held=Counted(2, 1),
        stock={Supply.MASK: Stock(100, 50, 30, 118)},
        team=("王芳", "赵敏"),
        fitness=(Fitness("王芳", MORNING, 36.1, date(2022, 3, 13)),),
        checks=4,
        notes="张三仍在留观",
    )


def test_whoever_signs_in_again_stays_in_the_same_turn(duty: Duty) -> None:
    first = duty.sign_on("王芳", ShiftName.DAY, MORNING)
    assert duty.sign_on("王芳", ShiftName.DAY, MORNING + HOUR) == first
    other = duty.sign_on("李强", ShiftName.DAY, MORNING + HOUR)
    assert duty.turns(DAY) == [first, other]


def test_a_turn_ends_once(duty: Duty) -> None:
    turn = duty.sign_on("王芳", ShiftName.DAY, MORNING)
    duty.sign_off(turn, Ending.OFF_DUTY, MORNING + HOUR)
    duty.sign_off(turn, Ending.HANDED_OVER, MORNING + 2 * HOUR)
    (ended,) = duty.turns(DAY)
    assert (ended.ended_at, ended.ending) == (MORNING + HOUR, Ending.OFF_DUTY)
    assert duty.sign_on("王芳", ShiftName.DAY, MORNING + 3 * HOUR).id != turn.id


def test_a_turn_never_ended_does_not_bind_the_next_day(duty: Duty) -> None:
    old = duty.sign_on("王芳", ShiftName.DAY, MORNING)
    later = MORNING + timedelta(days=2)
    assert duty.sign_on("王芳", ShiftName.DAY, later).id != old.id


def test_a_period_has_the_turns_that_reach_into_it(duty: Duty) -> None:
    turn = duty.sign_on("王芳", ShiftName.NIGHT, MORNING)
    duty.sign_off(turn, Ending.OFF_DUTY, MORNING + 8 * HOUR)
    late = Period(MORNING + 7 * HOUR, MORNING + 9 * HOUR)
    after = Period(MORNING + 8 * HOUR, MORNING + 9 * HOUR)
    assert [each.id for each in duty.turns(late)] == [turn.id]
    assert duty.turns(after) == []


def test_ones_own_health_is_personal(station: Station, duty: Duty) -> None:
    said = Fitness("王芳", MORNING, 36.5, date(2026, 11, 22))
    skipped = Fitness("李强", MORNING + HOUR, skipped=Skip.QUEUE)
    duty.say_fit(said)
    duty.say_fit(skipped)
    assert duty.fitness(DAY) == [said, skipped]


def test_health_and_notes_stand_in_no_plain_part(station: Station, data_folder: Path) -> None:
    station.duty.say_fit(Fitness("王芳", MORNING, 38.4, date(2026, 11, 22)))
    station.duty.hand_over(hand_over())
    found = ProblemEvent(uuid4(), uuid4(), Step.FOUND, MORNING, "督查", "张三未复测")
    station.duty.note(found)
    station.close()
    with raw(data_folder) as connection:
        plain = b"".join(row[0] for row in connection.execute("SELECT plain FROM records"))
    for told in ("38.4", "36.1", "2026-11-22", "仍在留观", "未复测"):
        assert told.encode() not in plain


def test_a_check_ticked_by_mistake_is_taken_back(duty: Duty) -> None:
    kept = duty.tick(Check.DISINFECT, "王芳", MORNING)
    slip = duty.tick(Check.VENTILATE, "王芳", MORNING + HOUR)
    duty.take_back(slip, "王芳", MORNING + HOUR)
    assert duty.ticks(DAY) == [kept]


def test_handing_over_changes_who_is_on_duty(duty: Duty) -> None:
    duty.sign_on("王芳", ShiftName.DAY, MORNING)
    duty.sign_on("赵敏", ShiftName.DAY, MORNING)
    staying = duty.sign_on("周洁", ShiftName.DAY, MORNING)
    duty.keep_draft(Draft(tray_seen=1), MORNING)
    done = hand_over()
    turn = duty.hand_over(done, stays=["周洁"])
    assert (turn.operator, turn.shift, turn.began_at) == ("李强", ShiftName.NIGHT, done.at)
    ended = {each.operator: each.ending for each in duty.turns(DAY) if each.ended_at is not None}
    assert ended == {"王芳": Ending.HANDED_OVER, "赵敏": Ending.HANDED_OVER}
    assert staying in duty.turns(DAY)
    assert duty.last_hand_over() == done
    assert duty.hand_overs(DAY) == [done]
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{4}", duty.sheet_code(done))
    assert duty.sheet_code(hand_over()) == ""
    assert duty.draft() is None


def test_whoever_takes_over_may_be_on_duty_already(duty: Duty) -> None:
    duty.sign_on("王芳", ShiftName.DAY, MORNING)
    own = duty.sign_on("李强", ShiftName.DAY, MORNING + HOUR)
    assert duty.hand_over(hand_over()) == own


def test_the_counts_so_far_are_kept(station: Station, data_folder: Path) -> None:
    draft = Draft(3, 2, {Supply.MASK: Stock(100, 0, 20, 80)}, "门口灯坏了")
    station.duty.keep_draft(draft, MORNING)
    station.close()
    with Station.open(data_folder, now=MORNING) as again:
        assert again.duty.draft() == draft


def test_a_draft_of_another_version_is_begun_anew(station: Station) -> None:
    station.remember("other", "x")
    assert station.duty.draft() is None
    assert station.duty.last_hand_over() is None


def test_a_problem_is_followed_until_closed(duty: Duty) -> None:
    problem, behind = uuid4(), (uuid4(), uuid4())
    steps = [
        ProblemEvent(uuid4(), problem, Step.FOUND, MORNING, "督查", "连续 9 人 36.5", "王芳",
                     date(2026, 11, 25), "same_run", behind),
        ProblemEvent(uuid4(), problem, Step.DONE, MORNING + HOUR, "王芳", "更换额温枪"),
        ProblemEvent(uuid4(), problem, Step.CLOSED, MORNING + 2 * HOUR, "督查"),
    ]  # fmt: skip
    for step in steps:
        duty.note(step)
    (found,) = duty.problems()
    assert (found.number, found.state, found.records) == (1, State.CLOSED, behind)
    assert (found.done, found.done_by, found.closed_by) == ("更换额温枪", "王芳", "督查")
    assert found.events == tuple(steps)


def test_what_is_too_long_is_refused_and_nothing_is_written(duty: Duty) -> None:
    with pytest.raises(StoreFault, match="not_storable"):
        duty.note(ProblemEvent(uuid4(), uuid4(), Step.FOUND, MORNING, "督查", "长" * 70_000))
    assert duty.problems() == []


def test_people_are_counted_by_the_hour_of_the_clock_at_the_gate(station: Station) -> None:
    for name in ("张三", "李四", "王五"):
        station.record(recorded(name), None)
    ((day, counted),) = station.duty.hourly(DAY).items()
    assert (day, len(counted)) == (MORNING.date(), 24)
    assert sum(counted) == 3
    assert counted[MORNING.hour] == 3


def test_the_records_stay_when_the_rest_is_derived_again(station: Station) -> None:
    turn = station.duty.sign_on("王芳", ShiftName.DAY, MORNING)
    station.rebuild()
    assert station.duty.turns(DAY) == [turn]
    assert station.verify().ok


def test_what_a_retention_rule_leaves_still_reads() -> None:
    """The personal part is gone: who, when and how much is left; health, notes, words are not."""
    said = Fitness("王芳", MORNING, 38.4, date(2022, 3, 13))
    found = ProblemEvent(uuid4(), uuid4(), Step.FOUND, MORNING, "督查", "张三未复测", "王芳")
    drafts = (
        duty_records.fitness(said),
        duty_records.handed_over(hand_over()),
        duty_records.problem_step(found),
    )
    rows: list[Any] = [
        SimpleNamespace(
            plain=each.plain, body=None, at_us=micros(each.at), offset_s=offset_s(each.at)
        )
        for each in drafts
    ]
    assert duty_records.fitness_of(rows[0]) == Fitness("王芳", MORNING)
    handed = duty_records.hand_over_of(rows[1])
    assert (handed.leaving, handed.notes, handed.fitness) == ("王芳", "", ())
    event = duty_records.problem_event(rows[2])
    assert (event.step, event.what, event.responsible) == (Step.FOUND, "", "")
