"""Whoever stands on a list is stopped at once, and never let through before the lists answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from checkpoint_app.codes import Trust
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import Surface, policy_of
from checkpoint_app.devices.ports import Sound
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import Itinerary, Outcome
from checkpoint_app.domain.list_entries import RiskEntry, RosterEntry, WatchEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.reasons import Code
from checkpoint_app.i18n import translator
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station
from tests.desk.conftest import Clock, Heard, Post, english

A, B = (f"https://h5.dingtalk.com/healthCode/{letter * 24}" for letter in "ab")
PHONE = "13800138000"
LISTED = WatchEntry(name="王强", phone=PHONE, source="市疾控")


class SlowPost:
    """A desk whose database answers only when it is let."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.heard = Clock(), Heard()
        self.answers: list[Callable[[], None]] = []
        self.station = Station.open(folder, now=self.clock())
        self.database = Database(self.station, self.answers.append)
        settings = english()
        surface = Surface(
            self.database, self.clock, translator("en"), settings, policy_of(settings),
            Trust.empty(), self.heard,
        )  # fmt: skip
        self.desk = Desk(surface, "王芳", lambda: None)
        self.desk.load()
        self.let_answer()

    def let_answer(self) -> None:
        self.database.settle()
        while self.answers:
            self.answers.pop(0)()
            self.database.settle()

    def green(self) -> None:
        self.desk.scan(A, "qr", Colour.GREEN)
        self.desk.set_itinerary(Itinerary(shown=True))
        for digit in "365":
            self.desk.type_digit(digit)


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[SlowPost]:
    made = SlowPost(tmp_path / "station")
    yield made
    made.database.close()


def listed(station: Station, clock: Clock) -> None:
    new = NewList(ListKind.WATCH, "0323", clock(), "王芳")
    station.lists.put(new, [LISTED], clock())


def test_a_listed_person_is_held_whatever_the_code(post: Post) -> None:
    listed(post.station, post.clock)
    post.green(A)
    assert post.desk.state.can_confirm
    post.desk.set_field("phone", PHONE)
    verdict = post.desk.state.verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.HOLD
    assert (verdict.reasons[0].code, verdict.reasons[0].detail) == (Code.ON_WATCH_LIST, "市疾控")
    assert post.heard.sounds[-1] is Sound.STOP
    post.desk.confirm()
    recorded = post.desk.last_recorded
    assert recorded is not None
    assert recorded.outcome is Outcome.HOLD
    lists = post.station.lists.versions()
    assert lists.watch is not None
    assert recorded.verdict.versions.watch == lists.watch.text
    assert recorded.verdict.versions.risk is None


def test_enter_waits_for_the_lists_and_confirms_when_they_are_silent(slow: SlowPost) -> None:
    slow.green()
    slow.let_answer()
    slow.desk.set_field("phone", PHONE)
    assert slow.desk.is_asking
    assert slow.desk.state.card.headline == "Searching the lists"
    slow.desk.confirm()
    assert slow.desk.last_recorded is None
    slow.let_answer()
    recorded = slow.desk.last_recorded
    assert recorded is not None
    assert recorded.outcome is Outcome.PASS


def test_enter_pressed_too_early_lets_no_listed_person_through(slow: SlowPost) -> None:
    listed(slow.station, slow.clock)
    slow.green()
    slow.let_answer()
    slow.desk.set_field("phone", PHONE)
    slow.desk.confirm()
    slow.let_answer()
    assert slow.desk.last_recorded is None
    verdict = slow.desk.state.verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.HOLD
    assert slow.desk.state.can_confirm


def test_an_answer_about_somebody_who_has_gone_goes_nowhere(slow: SlowPost) -> None:
    listed(slow.station, slow.clock)
    slow.green()
    slow.desk.set_field("phone", PHONE)
    slow.desk.park()
    slow.desk.scan(B, "qr", Colour.GREEN)
    slow.let_answer()
    assert slow.desk.state.verdict is not None
    assert Code.ON_WATCH_LIST not in {each.code for each in slow.desk.state.reasons}
    (parked,) = slow.desk.state.tray
    slow.desk.reopen(parked.id)
    slow.let_answer()
    assert Code.ON_WATCH_LIST in {each.code for each in slow.desk.state.reasons}


def test_a_stronger_key_waits_too_and_an_ambulance_only_for_the_answer(slow: SlowPost) -> None:
    listed(slow.station, slow.clock)
    slow.green()
    slow.let_answer()
    slow.desk.set_field("phone", PHONE)
    slow.desk.turn_back()
    refused: list[str] = []
    slow.desk.change_outcome(Outcome.REGISTER, "known", refused=refused.append)
    assert len(refused) == 1
    slow.desk.let_emergency_through()
    slow.let_answer()
    recorded = slow.desk.last_recorded
    assert recorded is not None
    assert recorded.inspection.emergency
    assert Code.ON_WATCH_LIST in {each.code for each in recorded.verdict.reasons}


def test_a_list_that_comes_in_while_somebody_stands_there_counts_within_a_second(
    post: Post,
) -> None:
    post.green(A)
    post.desk.set_field("phone", PHONE)
    listed(post.station, post.clock)
    post.desk.tick()
    verdict = post.desk.state.verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.HOLD


def test_the_top_bar_says_of_which_day_the_lists_are(post: Post) -> None:
    assert not {"risk", "watch"} & {chip.code for chip in post.desk.state.chips}
    new = NewList(ListKind.RISK, "国家", post.clock() - timedelta(hours=2))
    post.station.lists.put(new, [RiskEntry(code="310115")], post.clock())
    post.desk.tick()
    (chip,) = (chip for chip in post.desk.state.chips if chip.code == "risk")
    assert chip.text == "Risk list today 01:12"
    post.clock.wait(days=3)
    (old,) = (chip for chip in post.desk.state.chips if chip.code == "risk")
    assert old.tone != chip.tone
    post.green(A)
    assert post.desk.state.can_confirm  # an old list is a note, never a stop
    assert Code.LIST_OLD in {each.code for each in post.desk.state.reasons}


def test_a_person_reopened_after_a_power_cut_is_looked_up_again(post: Post) -> None:
    post.desk.set_field("phone", PHONE)
    listed(post.station, post.clock)
    desk = post.restart()
    assert Code.ON_WATCH_LIST in {each.code for each in desk.state.reasons}


def test_time_window_and_household_of_the_roster_count(post: Post) -> None:
    pupil = RosterEntry(name="王小明", phone="13900139000", window="07:10-07:40", household=PHONE)
    roster = NewList(ListKind.ROSTER, "0323", post.clock(), "王芳")
    post.station.lists.put(roster, [pupil], post.clock())
    post.green(A)
    post.desk.set_field("phone", "13900139000")
    early = post.desk.state.verdict
    assert early is not None
    assert (early.outcome, early.reasons[0].code) == (Outcome.PASS, Code.OUTSIDE_WINDOW)
    post.desk.clear()
    listed(post.station, post.clock)
    post.green(B)
    post.desk.set_field("phone", "13900139000")
    verdict = post.desk.state.verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.REGISTER
    assert verdict.reasons[0].code is Code.HOUSEHOLD_STOPPED
    post.desk.confirm()
    (recorded,) = post.station.recorded(post.desk.period)
    assert recorded.outcome is Outcome.REGISTER
