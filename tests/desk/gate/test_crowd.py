"""How many are inside: counted, warned of, stopped, corrected, and begun anew at closing."""

from __future__ import annotations

from datetime import time

from checkpoint_app.desk import Tone
from checkpoint_app.devices.ports import Sound
from checkpoint_app.domain.crowd import CrowdLevel
from checkpoint_app.domain.inspection import Direction
from tests.desk.conftest import Post

A, B = (f"https://h5.dingtalk.com/healthCode/{letter * 24}" for letter in "ab")


def mall(post: Post, capacity: int = 10, **settings: object) -> None:
    post.restart(site_kind="mall", capacity=capacity, **settings)


def inside(post: Post) -> int:
    crowd = post.desk.state.crowd
    assert crowd is not None
    return crowd.inside


def test_no_gauge_without_a_limit(post: Post) -> None:
    post.desk.count_one()
    assert post.desk.state.crowd is None


def test_recorded_people_and_counted_ones_add_up(post: Post) -> None:
    mall(post)
    post.green(A)
    post.desk.confirm()
    post.desk.count_one()
    assert inside(post) == 2
    post.desk.set_direction(Direction.OUT)
    post.desk.count_one()
    post.show(A)
    assert inside(post) == 1
    post.restart()
    assert inside(post) == 1


def test_undo_is_counted_too(post: Post) -> None:
    mall(post)
    post.green(A)
    post.desk.confirm()
    post.desk.undo()
    assert inside(post) == 0


def test_a_warning_at_80_percent_and_a_stop_when_full(post: Post) -> None:
    mall(post)
    for _ in range(7):
        post.desk.count_one()
    assert post.desk.state.strips == ()
    post.desk.count_one()
    (strip,) = post.desk.state.strips
    assert strip.sentence == "8 of 10 inside: slow down"
    assert post.heard.sounds == [Sound.ATTENTION]
    post.desk.count_one()
    post.desk.count_one()
    (strip,) = post.desk.state.strips
    assert (strip.sentence, strip.tone) == ("10 of 10 inside: full, let nobody in", Tone.STOP)
    assert post.heard.sounds == [Sound.ATTENTION, Sound.STOP]
    post.desk.count_one(-1)
    assert [strip.code for strip in post.desk.state.strips] == ["crowd_near"]
    assert len(post.heard.sounds) == 2


def test_a_correction_is_recorded_with_its_reason(post: Post) -> None:
    said: list[str] = []
    mall(post)
    post.desk.count_one()
    post.desk.correct_crowd(6, " ", said.append)
    post.desk.correct_crowd(1, "x", said.append)
    post.desk.correct_crowd(-4, "x", said.append)
    assert said == [
        "Say why the count is corrected", "The count is already 1", "The count is already 0",
    ]  # fmt: skip
    post.desk.correct_crowd(6, "后门有人未计")
    assert inside(post) == 6
    crowd = post.station.crowd.since(post.desk.period.start, post.desk.period.end)
    assert (crowd.entered, crowd.corrected) == (1, 5)


def test_everybody_has_left_at_closing(post: Post) -> None:
    closes_at = time(4, 0)
    mall(post, opening_hours=f"08:00-{closes_at:%H:%M}")
    for _ in range(9):
        post.desk.count_one()
    assert post.desk.state.crowd is not None
    assert post.desk.state.crowd.level is CrowdLevel.NEAR
    post.clock.wait(hours=1)
    post.desk.tick()
    assert inside(post) == 0
    assert post.desk.state.strips == ()
