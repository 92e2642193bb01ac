"""Coming on duty, one's own health, the checks and the hand-over, as the page 班次 does them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from checkpoint_app.desk.duty.book import History, celsius_of, day_of
from checkpoint_app.desk.duty.handing import Signing
from checkpoint_app.desk.duty.signs import duty_chips, duty_signs
from checkpoint_app.domain.duty.checks import Check
from checkpoint_app.domain.duty.handing import Counted, Draft, HandOver, Stock, Supply
from checkpoint_app.domain.duty.turns import Skip
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.register import Period
from checkpoint_app.i18n import translator
from tests.desk.duty.conftest import PIN, Staff
from tests.store.travellers import recorded

COUNTED = Draft(tray_seen=1, held_seen=0)


def chips(staff: Staff) -> dict[str, str]:
    found = duty_signs(staff.roll(), staff.office.acting.name, translator("en"))
    return {chip.code: chip.text for chip in found}


def sign(staff: Staff, **changed: object) -> list[HandOver]:
    values: dict[str, object] = {
        "leaving": staff.people["王芳"].id, "leaving_pin": PIN,
        "coming": staff.people["李强"].id, "coming_pin": PIN, "draft": COUNTED, "tray": 1,
        **changed,
    }  # fmt: skip
    done: list[HandOver] = []
    staff.book.hand_over(Signing(**values), done.append, staff.said.append)  # type: ignore[arg-type]
    return done


# -- on duty


def test_signing_in_is_coming_on_duty(staff: Staff) -> None:
    assert staff.roll().people == ()
    staff.enter("王芳")
    staff.clock.wait(hours=2)
    staff.enter("王芳")
    (line,) = staff.roll().people
    assert (line.turn.operator, line.worked) == ("王芳", timedelta(hours=2))


def test_who_stands_too_long_should_rest(staff: Staff) -> None:
    staff.enter("王芳")
    staff.clock.wait(hours=7, minutes=59)
    assert "rest" not in chips(staff)
    staff.clock.wait(minutes=1)
    assert chips(staff)["rest"] == "王芳: 8 h within a day"


def test_going_off_duty_is_ones_own_or_the_officers(staff: Staff) -> None:
    staff.enter("王芳")
    staff.enter("李强")
    mine = {each.turn.operator: each.turn for each in staff.roll().people}
    staff.book.leave(mine["王芳"], lambda _: pytest.fail("done"), staff.said.append)
    assert staff.refused() == "This is for the officer in charge"
    staff.book.leave(mine["李强"], lambda _: None, staff.said.append)
    assert [each.turn.operator for each in staff.roll().people] == ["王芳"]


# -- one's own health


def fit(staff: Staff, celsius: str, tested: str = "", skip: Skip | None = None) -> str:
    warnings: list[str] = []
    staff.book.say_fit(celsius, tested, skip, warnings.append, staff.said.append)
    return warnings[0] if warnings else staff.refused()


def test_ones_own_temperature_is_asked_for_quietly(staff: Staff) -> None:
    staff.enter("王芳")
    assert chips(staff)["own_health"] == "Your own temperature (F11)"
    assert fit(staff, "36.5", "11-22") == ""
    assert "own_health" not in chips(staff)
    own = staff.roll().of("王芳")
    assert own is not None
    assert own.fitness is not None
    assert (own.fitness.celsius, own.fitness.tested_on) == (36.5, date(2026, 11, 22))


def test_a_fever_of_ones_own_warns_and_is_recorded(staff: Staff) -> None:
    staff.enter("王芳")
    assert fit(staff, "376").startswith("37.6 ℃: measure again")
    assert chips(staff)["own_fever"] == "You have a fever: be relieved"
    assert fit(staff, "36.8") == ""
    assert "own_fever" not in chips(staff)


def test_without_a_thermometer_a_reason_is_enough(staff: Staff) -> None:
    staff.enter("王芳")
    assert fit(staff, "") == "Type your temperature, or choose why it is missing"
    assert fit(staff, "", "", Skip.QUEUE) == ""
    own = staff.roll().of("王芳")
    assert own is not None
    assert own.fitness is not None
    assert own.fitness.skipped is Skip.QUEUE
    assert "own_health" in chips(staff)  # still missing, still asked for


@pytest.mark.parametrize(
    ("celsius", "tested", "said"),
    [
        ("hot", "", "A temperature is written like 36.5"),
        ("50", "", "A temperature is written like 36.5"),
        ("nan", "", "A temperature is written like 36.5"),
        ("36.5", "yesterday", "A day is written like 11-22"),
        ("36.5", "2020-01-01", "A day is written like 11-22"),
    ],
)
def test_what_cannot_be(staff: Staff, celsius: str, tested: str, said: str) -> None:
    staff.enter("王芳")
    assert fit(staff, celsius, tested) == said


@pytest.mark.parametrize(
    ("text", "value"),
    [("36.5", 36.5), ("365", 36.5), ("36,5", 36.5), ("37", 37.0), ("1e3", None), ("inf", None)],
)
def test_temperatures_as_typed(text: str, value: float | None) -> None:
    assert celsius_of(text) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11-22", date(2026, 11, 22)),
        ("1122", date(2026, 11, 22)),
        ("11月22日", date(2026, 11, 22)),
        ("2026/11/22", date(2026, 11, 22)),
        ("11-24", None),  # tomorrow is last year, and too long ago
        ("2-30", None),
        ("", None),
        ("1-2-3-4", None),
    ],
)
def test_days_as_typed(text: str, day: date | None) -> None:
    assert day_of(text, date(2026, 11, 23)) == day


def test_a_test_of_last_year_in_january() -> None:
    assert day_of("12-30", date(2027, 1, 2)) == date(2026, 12, 30)


def test_the_top_bar_has_one_sign_for_all_of_duty(staff: Staff) -> None:
    staff.enter("王芳")
    say = translator("en")
    (sign,) = duty_chips(staff.roll(), "王芳", say)
    assert sign.text == "Your own temperature (F11) +1"
    assert fit(staff, "36.5") == ""
    (sign,) = duty_chips(staff.roll(), "王芳", say)
    assert sign.text.startswith("Due: ")
    for check in Check:
        staff.book.tick(check, lambda tick: None, staff.said.append)
    assert duty_chips(staff.roll(), "王芳", say) == ()


def history(staff: Staff) -> History:
    found: list[History] = []
    staff.book.history(found.append, staff.said.append)
    return found[0]


def test_who_left_with_no_hand_over_stands_in_the_history(staff: Staff) -> None:
    staff.enter("王芳")
    (line,) = staff.roll().people
    staff.clock.wait(hours=8)
    staff.book.leave(line.turn, lambda _: None, staff.said.append)
    assert [turn.id for turn in history(staff).left] == [line.turn.id]


# -- checks


def test_checks_are_due_ticked_and_due_again(staff: Staff) -> None:
    staff.enter("王芳")
    assert chips(staff)["checks"] == "Due: Disinfected, Aired, One metre apart"
    for check in Check:
        staff.book.tick(check, lambda tick: None, staff.said.append)
    assert "checks" not in chips(staff)
    staff.clock.wait(hours=2)
    assert chips(staff)["checks"] == "Due: One metre apart"


def test_a_slip_is_taken_back(staff: Staff) -> None:
    staff.enter("王芳")
    ticks = []
    staff.book.tick(Check.DISINFECT, ticks.append, staff.said.append)
    staff.book.untick(ticks[0], lambda _: None, staff.said.append)
    assert staff.roll().ticks == ()


# -- handing over


def test_the_post_changes_hands_by_two_pins(staff: Staff) -> None:
    staff.enter("王芳")
    now = staff.clock()
    person = recorded("张三", Outcome.HOLD)
    staff.station.record(
        type(person)(person.inspection, person.verdict, person.outcome, "王芳", now), None
    )
    assert fit(staff, "36.4") == ""
    staff.clock.wait(hours=5)
    stock = {Supply.MASK: Stock(None, 100, 20, 80)}
    (done,) = sign(staff, draft=Draft(1, 0, stock, " the lamp is broken "))
    assert (done.leaving, done.coming) == ("王芳", "李强")
    assert (done.outcomes[Outcome.HOLD], done.open_cases) == (1, 1)
    assert (done.tray, done.held) == (Counted(1, 1), Counted(0, 1))
    assert done.differences == ("held",)
    assert [each.celsius for each in done.fitness] == [36.4]
    assert (done.team, done.notes) == (("王芳",), "the lamp is broken")
    roll = staff.roll()
    assert [each.turn.operator for each in roll.people] == ["李强"]
    assert roll.began_at == done.at
    assert roll.outcomes[Outcome.HOLD] == 0  # the new shift counts its own
    assert roll.draft.of(Supply.MASK) == Stock(before=80)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"leaving_pin": "9999"}, "Wrong PIN of 王芳"),
        ({"coming_pin": "9999"}, "Wrong PIN of 李强"),
        ({"draft": Draft()}, "Count the people by eye first"),
        ({"draft": Draft(0, 0, {Supply.MASK: Stock(left=-1)})}, "A count is a whole number from 0"),
    ],
)
def test_what_keeps_a_post_from_changing_hands(
    staff: Staff, changed: dict[str, object], said: str
) -> None:
    staff.enter("王芳")
    assert sign(staff, **changed) == []
    assert staff.refused() == said
    assert [each.turn.operator for each in staff.roll().people] == ["王芳"]


def test_nobody_hands_over_to_themselves(staff: Staff) -> None:
    staff.enter("王芳")
    assert sign(staff, coming=staff.people["王芳"].id) == []
    assert staff.refused() == "Choose who takes over"


def test_what_was_counted_outlives_a_power_cut(staff: Staff) -> None:
    staff.enter("王芳")
    draft = Draft(2, 1, {Supply.GOWN: Stock(None, 10, 2, 8)}, "…")
    staff.book.keep_draft(draft, staff.said.append)
    kept = staff.roll().draft
    assert (kept.tray_seen, kept.held_seen, kept.of(Supply.GOWN)) == (2, 1, draft.of(Supply.GOWN))


def test_the_history_and_the_papers(staff: Staff) -> None:
    staff.enter("王芳")
    staff.book.tick(Check.DISINFECT, lambda tick: None, staff.said.append)
    (first,) = sign(staff)
    staff.clock.wait(hours=8)
    assert history(staff) == History((first,), ())
    papers: list[bytes] = []
    staff.book.sheet(first, papers.append, staff.said.append)
    day = Period(staff.clock() - timedelta(hours=24), staff.clock())
    staff.book.checklist(day, papers.append, staff.said.append)
    assert [paper[:5] for paper in papers] == [b"%PDF-"] * 2
