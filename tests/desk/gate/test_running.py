"""Somebody runs the gate: one key, and everything is kept."""

from __future__ import annotations

from datetime import timedelta

from checkpoint_app.desk import Tone
from checkpoint_app.domain.case import Stage
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.runner import Runner, RunnerKind, Shot
from tests.desk.conftest import Post

A = f"https://h5.dingtalk.com/healthCode/{'a' * 24}"


def only(post: Post) -> Runner:
    (runner,) = post.station.runners.of(post.desk.period)
    return runner


def test_one_key_keeps_time_plate_and_pictures_and_says_whom_to_call(post: Post) -> None:
    shots = tuple(Shot(post.clock() - timedelta(seconds=n), b"x" * 90) for n in range(20, 0, -1))
    post.pictures = shots
    post.restart(receiver_name="County CDC", receiver_phone="0379-1")
    post.desk.open_vehicle("豫A12345")
    post.desk.run_away()
    runner = only(post)
    assert (runner.kind, runner.plate, runner.at) == (RunnerKind.RAN, "豫A12345", post.clock())
    assert tuple(each.jpeg for each in post.station.runners.pictures(runner.id)) == tuple(
        each.jpeg for each in shots
    )
    (strip,) = post.desk.state.strips
    assert strip.tone is Tone.STOP
    assert strip.sentence == (
        "Ran the gate 03:12:00 豫A·12345 · 20 pictures kept · call police 110, County CDC 0379-1"
    )
    (case,) = post.station.cases.cases()
    assert (case.why, case.plate, case.stage) == (Code.RAN_GATE, "豫A12345", Stage.FOUND)
    assert case.id == runner.case_id
    assert post.desk.runs == 1
    assert post.station.verify().ok


def test_whoever_stands_at_the_desk_and_will_not_be_checked(post: Post) -> None:
    post.show(A)
    post.desk.set_field("name", "王小明")
    post.desk.run_away()
    runner = only(post)
    assert runner.kind is RunnerKind.REFUSED
    assert post.desk.state.inspection is not None
    assert runner.inspection_id == post.desk.state.inspection.id
    (case,) = post.station.cases.cases()
    assert (case.why, case.name) == (Code.REFUSED_CHECK, "王小明")


def test_more_is_told_when_there_is_time(post: Post) -> None:
    post.desk.run_away()
    told = post.desk.complete_runner(
        only(post), kind=RunnerKind.REFUSED, plate="豫 c·54321", note="往县城方向"
    )
    assert only(post) == told
    assert (told.plate, told.note) == ("豫C54321", "往县城方向")
    (case,) = post.station.cases.cases()
    story = post.station.cases.story(case.id)
    assert story is not None
    assert len(story.told) == 2
    assert post.station.verify().ok


def test_a_key_pressed_by_mistake_is_taken_back_with_a_reason(post: Post) -> None:
    said: list[str] = []
    post.desk.run_away()
    post.desk.take_runner_back(only(post), " ", said.append)
    assert said == ["Say why it is taken back"]
    post.desk.take_runner_back(only(post), "误按")
    assert only(post).void
    assert post.desk.state.strips == ()
