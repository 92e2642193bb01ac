"""The desk by its keys and codes, over a real store."""

from __future__ import annotations

import pytest

from checkpoint_app.desk import LampState, Tone
from checkpoint_app.devices.ports import Sound
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    Direction,
    Itinerary,
    Outcome,
    Requirement,
    TemperatureSource,
)
from tests.desk.conftest import Post

A, B, C = (f"https://h5.dingtalk.com/healthCode/{letter * 24}" for letter in "abc")


def lamp(post: Post, requirement: Requirement) -> LampState:
    return next(each.state for each in post.desk.state.lamps if each.requirement is requirement)


def outcomes(post: Post) -> list[Outcome]:
    return [row.outcome for row in post.station.day_rows(post.desk.period, 50) if not row.void]


def test_nobody_at_the_desk(post: Post) -> None:
    state = post.desk.state
    assert state.inspection is None
    assert state.card.tone is Tone.IDLE
    assert not state.can_confirm
    post.desk.confirm()
    assert outcomes(post) == []


def test_a_green_code_is_no_pass_until_nothing_is_missing(post: Post) -> None:
    post.show(A)
    assert post.desk.state.card.tone is Tone.ASK
    assert not post.desk.state.can_confirm
    post.desk.set_itinerary(Itinerary(shown=True))
    state = post.desk.state
    assert state.card.headline == "Take temperature"
    assert "Pass" in state.card.subline
    post.desk.confirm()
    assert outcomes(post) == []
    post.type("365")
    assert post.desk.state.card.tone is Tone.PASS
    post.desk.confirm()
    assert outcomes(post) == [Outcome.PASS]
    assert post.desk.state.inspection is None


def test_after_code_itinerary_and_thermometer_one_key_is_enough(post: Post) -> None:
    post.show(A)
    post.desk.set_itinerary(Itinerary(shown=True))
    post.desk.take_reading(36.4, TemperatureSource.SERIAL)
    post.desk.confirm()
    (recorded,) = post.station.recorded(post.desk.period)
    assert recorded.inspection.mask is True
    assert recorded.inspection.symptoms == ()
    assert recorded.operator == "王芳"


def test_a_red_code_stops_at_once(post: Post) -> None:
    post.show(A, Colour.RED)
    state = post.desk.state
    assert state.verdict is not None
    assert state.verdict.outcome is Outcome.HAND_OVER
    assert state.card.tone is Tone.STOP
    assert state.card.phone == "Dr Wang 12345"
    assert state.can_confirm
    assert post.heard.sounds[-1] is Sound.STOP


def test_a_code_that_stays_in_the_picture_is_seen_once(post: Post) -> None:
    post.green(A)
    post.desk.confirm()
    for _ in range(10):
        post.clock.wait(seconds=1)
        post.show(A)
    assert post.desk.state.inspection is None
    assert outcomes(post) == [Outcome.PASS]


def test_the_same_code_later_says_what_became_of_it(post: Post) -> None:
    post.green(A)
    post.desk.confirm()
    post.clock.wait(minutes=3)
    post.show(A)
    state = post.desk.state
    assert state.inspection is None
    assert state.card.headline == "Already: Pass"
    assert "03:12" in state.card.subline
    post.desk.clear()
    assert post.desk.state.card.tone is Tone.IDLE
    assert outcomes(post) == [Outcome.PASS]


def test_the_same_code_later_may_be_inspected_again(post: Post) -> None:
    post.green(A)
    post.desk.confirm()
    post.clock.wait(minutes=3)
    post.show(A)
    post.desk.confirm()
    assert post.desk.state.inspection is not None
    post.clock.wait(minutes=30)
    post.desk.clear()
    post.show(A)
    assert post.desk.state.inspection is not None


def test_the_earlier_outcome_is_known_after_a_restart(post: Post) -> None:
    post.show(A, Colour.YELLOW)
    post.desk.confirm()
    post.clock.wait(minutes=2)
    post.restart()
    post.show(A, Colour.GREEN)
    assert post.desk.state.card.tone is Tone.STOP
    assert post.desk.state.inspection is None


def test_two_people_are_never_mixed(post: Post) -> None:
    post.show(A)
    post.show(B, Colour.RED)
    state = post.desk.state
    assert state.inspection is not None
    assert state.inspection.health_code is not None
    assert state.inspection.health_code.status is CodeStatus.GREEN
    assert [strip.code for strip in state.strips] == ["another_code"]
    post.desk.strip_action("another_code")
    state = post.desk.state
    assert len(state.tray) == 1
    assert state.inspection is not None
    assert state.inspection.health_code is not None
    assert state.inspection.health_code.status is CodeStatus.RED


def test_the_next_code_is_taken_as_soon_as_the_last_person_is_done(post: Post) -> None:
    post.green(A)
    post.show(B)
    post.desk.confirm()
    state = post.desk.state
    assert outcomes(post) == [Outcome.PASS]
    assert state.inspection is not None
    assert not state.strips


def test_fever_waits_in_the_tray_and_is_confirmed_after_five_minutes(post: Post) -> None:
    post.show(A)
    post.desk.set_itinerary(Itinerary(shown=True))
    post.type("379")
    assert post.desk.state.card.headline == "Measure again"
    assert not post.desk.state.can_confirm
    post.desk.retest()
    (waiting,) = post.desk.state.tray
    assert waiting.due_at is not None
    assert (waiting.due_at - post.clock()).total_seconds() == 300
    post.clock.wait(minutes=5)
    post.show(A)
    assert post.desk.state.tray == ()
    post.type("381")
    post.desk.confirm()
    assert outcomes(post) == [Outcome.HAND_OVER]


def test_a_slip_of_the_finger_is_taken_back(post: Post) -> None:
    post.green(A)
    post.desk.backspace()
    assert post.desk.state.temperature_entry == "36."
    assert lamp(post, Requirement.TEMPERATURE) is LampState.WAITING
    post.desk.type_digit("8")
    assert post.desk.state.inspection is not None
    assert [each.celsius for each in post.desk.state.inspection.temperatures] == [36.8]


def test_undo_takes_the_record_back_and_keeps_both(post: Post) -> None:
    post.green(A)
    post.desk.confirm()
    post.clock.wait(seconds=9)
    post.desk.undo()
    assert outcomes(post) == []
    assert dict(post.desk.state.counts)[Outcome.PASS] == 0
    assert post.desk.state.can_confirm
    post.desk.toggle_mask()
    assert not post.desk.state.can_confirm
    post.desk.toggle_mask()
    post.desk.confirm()
    assert outcomes(post) == [Outcome.PASS]
    assert post.station.verify().ok


def test_undo_ends_after_ten_seconds(post: Post) -> None:
    post.green(A)
    post.desk.confirm()
    post.clock.wait(seconds=10)
    assert post.desk.state.undo_until is None
    post.desk.undo()
    assert outcomes(post) == [Outcome.PASS]


def test_undo_with_the_next_person_at_the_desk_parks_the_last(post: Post) -> None:
    post.green(A)
    post.desk.confirm()
    post.clock.wait(seconds=2)
    post.show(B)
    post.desk.undo()
    assert len(post.desk.state.tray) == 1
    assert post.desk.state.inspection is not None


def test_another_outcome_needs_a_reason(post: Post) -> None:
    post.green(A)
    told: list[str] = []
    post.desk.change_outcome(Outcome.REGISTER, "  ", refused=told.append)
    assert len(told) == 1
    assert outcomes(post) == []
    post.desk.change_outcome(Outcome.REGISTER, "no plate seen", refused=told.append)
    (recorded,) = post.station.recorded(post.desk.period)
    assert recorded.outcome is Outcome.REGISTER
    assert recorded.verdict.outcome is Outcome.PASS
    assert recorded.change is not None
    assert recorded.change.reason == "no plate seen"


def test_leaving_a_hold_needs_a_second_officer_or_a_call_back(post: Post) -> None:
    second = post.station.add_operator("李明", "8642")
    first = post.station.add_operator("王芳", "1357")
    told: list[str] = []
    post.show(A, Colour.YELLOW)
    change = post.desk.change_outcome
    change(Outcome.PASS, "cleared by phone", refused=told.append)
    change(Outcome.PASS, "cleared", second=(second.id, "0000"), refused=told.append)
    change(Outcome.PASS, "cleared", second=(first.id, "1357"), refused=told.append)
    assert len(told) == 3
    assert outcomes(post) == []
    change(Outcome.PASS, "cleared", second=(second.id, "8642"), refused=told.append)
    (recorded,) = post.station.recorded(post.desk.period)
    assert recorded.change is not None
    assert recorded.change.second_officer == "李明"


def test_alone_at_night_a_call_back_is_recorded(post: Post) -> None:
    post.show(A, Colour.YELLOW)
    post.desk.change_outcome(Outcome.PASS, "cleared", call_back="Director Li, 03:20")
    (recorded,) = post.station.recorded(post.desk.period)
    assert recorded.change is not None
    assert recorded.change.call_back == "Director Li, 03:20"


def test_a_key_for_a_stronger_outcome_asks_for_the_reason(post: Post) -> None:
    post.green(A)
    post.desk.turn_back()
    assert post.desk.state.asking is Outcome.TURN_BACK
    assert outcomes(post) == []
    post.desk.clear()
    assert post.desk.state.asking is None
    assert post.desk.state.inspection is not None


def test_no_phone_needs_a_name_and_a_number_that_checks(post: Post) -> None:
    desk = post.desk
    desk.set_health_code(CodeStatus.NONE)
    desk.set_itinerary(Itinerary(shown=False))
    post.type("362")
    desk.set_field("name", "王𬍛")
    desk.set_field("id_number", "410105195409221018")
    assert not desk.state.can_confirm
    desk.set_field("id_number", "410105195409221017")
    state = desk.state
    assert state.can_confirm
    assert state.inspection is not None
    assert state.inspection.person.birth_date == "1954-09-22"
    desk.confirm()
    assert outcomes(post) == [Outcome.REGISTER]


def test_a_power_cut_loses_neither_the_person_nor_the_tray(post: Post) -> None:
    post.show(A)
    post.type("379")
    post.desk.park()
    post.show(B)
    post.desk.set_field("name", "赵敏")
    desk = post.restart()
    state = desk.state
    assert len(state.tray) == 1
    assert state.inspection is not None
    assert state.inspection.person.name == "赵敏"
    desk.set_itinerary(Itinerary(shown=True))
    post.type("364")
    desk.confirm()
    assert outcomes(post) == [Outcome.PASS]
    assert len(post.restart().state.tray) == 1


def test_a_person_reopened_from_the_tray_sends_the_other_there(post: Post) -> None:
    post.show(A)
    post.desk.park()
    post.show(B)
    (first,) = post.desk.state.tray
    post.desk.reopen(first.id)
    (second,) = post.desk.state.tray
    assert second.id != first.id
    assert post.desk.state.inspection is not None
    assert post.desk.state.inspection.id == first.id


def test_leaving_is_only_counted_but_a_red_code_still_stops(post: Post) -> None:
    post.desk.set_direction(Direction.OUT)
    post.show(A)
    assert post.desk.state.can_confirm
    post.desk.confirm()
    post.show(B, Colour.RED)
    assert post.desk.state.card.tone is Tone.STOP
    assert outcomes(post) == [Outcome.PASS]


def test_an_emergency_passes_with_one_key_whatever_is_missing(post: Post) -> None:
    post.desk.let_emergency_through()
    (recorded,) = post.station.recorded(post.desk.period)
    assert recorded.outcome is Outcome.REGISTER
    assert recorded.inspection.emergency
    assert post.desk.state.inspection is None


def test_the_itinerary_key_never_wipes_out_what_was_noted(post: Post) -> None:
    post.show(A)
    post.desk.set_itinerary(Itinerary(shown=True, cities=(City("上海市", starred=True),)))
    post.desk.pass_itinerary()
    assert post.desk.state.inspection is not None
    assert post.desk.state.inspection.itinerary is not None
    assert post.desk.state.inspection.itinerary.cities


def test_esc_never_loses_a_person_who_was_stopped(post: Post) -> None:
    post.show(A, Colour.RED)
    post.desk.clear()
    assert post.desk.state.inspection is None
    assert len(post.desk.state.tray) == 1
    post.show(B, Colour.GREEN)
    post.desk.clear()
    assert len(post.desk.state.tray) == 1


def test_the_code_of_someone_in_the_tray_brings_them_back_once_the_desk_is_free(
    post: Post,
) -> None:
    post.show(A)
    post.desk.park()
    post.clock.wait(seconds=30)
    post.show(B)
    post.show(A)
    post.type("365")
    post.desk.set_itinerary(Itinerary(shown=True))
    (first,) = post.desk.state.tray
    post.desk.confirm()
    assert post.desk.state.tray == ()
    assert post.desk.state.inspection is not None
    assert post.desk.state.inspection.id == first.id


@pytest.mark.parametrize("text", ["", " ", "https://shop.example/x", "x" * 20_000, "\ud800", "\0"])
def test_what_is_no_health_code_opens_no_inspection(post: Post, text: str) -> None:
    post.show(text, Colour.GREEN)
    assert post.desk.state.inspection is None
    assert post.desk.state.card.notice


def test_a_colour_seen_too_late_is_made_good(post: Post) -> None:
    post.show(A, Colour.UNKNOWN)
    assert lamp(post, Requirement.HEALTH_CODE) is LampState.ATTENTION
    post.clock.wait(seconds=0.1)
    post.show(A, Colour.GREEN)
    assert lamp(post, Requirement.HEALTH_CODE) is LampState.OK


def test_a_new_day_begins_by_itself(post: Post) -> None:
    post.green(A)
    post.desk.confirm()
    post.clock.wait(hours=22)
    post.desk.tick()
    assert post.desk.state.lines == ()
    assert sum(count for _, count in post.desk.state.counts) == 0


def test_midnight_takes_nobody_out_of_the_tray(post: Post) -> None:
    post.show(A)
    post.desk.park()
    post.show(B)
    post.clock.wait(hours=22)
    post.desk.tick()
    assert len(post.desk.state.tray) == 1
    assert post.desk.state.inspection is not None


def test_the_stop_sound_ends_with_the_person(post: Post) -> None:
    post.show(A, Colour.RED)
    before = post.heard.stopped
    post.desk.park()
    assert post.heard.stopped == before + 1


def test_names_in_the_list_are_masked(post: Post) -> None:
    post.green(A)
    post.desk.set_field("name", "欧阳建国")
    post.desk.confirm()
    (line,) = post.desk.state.lines
    assert "建" not in line.title
    assert "*" in line.title
