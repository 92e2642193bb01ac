"""News after the fact: what arrives for somebody who has gone becomes a case and a strip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from checkpoint_app.codes import Trust
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import Surface, policy_of
from checkpoint_app.devices.ports import OnlineAnswer
from checkpoint_app.domain.case import Event, Stage, Step
from checkpoint_app.domain.credential import Colour, NatResult
from checkpoint_app.domain.inspection import City, CodeStatus, Itinerary, Outcome
from checkpoint_app.domain.page import Page, PageKind, ShownCity, ShownTest
from checkpoint_app.domain.reasons import Code
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from tests.desk.conftest import START, Clock

A, B = (f"https://h5.dingtalk.com/healthCode/{letter * 24}" for letter in "ab")
RED = OnlineAnswer("red")


class Gate:
    """A desk whose province answers when the test says so."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.settings = Settings(language="en", county_code="410326")
        self.station = Station.open(folder, now=self.clock())
        self.asked: dict[str, Callable[[OnlineAnswer], None]] = {}
        self.desk = self.new_desk()

    def new_desk(self) -> Desk:
        surface = Surface(
            Database(self.station), self.clock, translator("en"), self.settings,
            policy_of(self.settings), Trust.empty(), look_up=self.asked.__setitem__,
        )  # fmt: skip
        desk = Desk(surface, "王芳", lambda: None)
        desk.load()
        return desk

    def ready(self, text: str = A) -> None:
        """A usual traveller in a car, all but confirmed."""
        self.desk.scan(text, "qr", Colour.GREEN)
        self.desk.set_itinerary(Itinerary(shown=True))
        for digit in "365":
            self.desk.type_digit(digit)
        for name, text_of in (("phone", "13812348888"), ("plate", "豫A88888")):
            self.desk.set_field(name, text_of)
        self.desk.set_field("destination", "城关镇")

    def through(self, text: str = A) -> None:
        """And gone."""
        self.ready(text)
        self.desk.confirm()
        assert self.desk.last_recorded.outcome is Outcome.PASS
        self.clock.wait(seconds=30)

    @property
    def recalls(self):
        return [each for each in self.station.cases.cases() if each.recall]

    @property
    def strip(self) -> str:
        found = [each for each in self.desk.state.strips if each.code == "recall"]
        return found[0].sentence if found else ""


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "station")
    yield made
    made.station.close()


def test_a_late_red_answer_calls_the_person_back(gate: Gate) -> None:
    gate.through()
    gate.asked[A](RED)
    (case,) = gate.recalls
    assert (case.why, case.outcome, case.stage) == (Code.RED_CODE, Outcome.PASS, Stage.FOUND)
    for part in ("called back", "13812348888", "豫A·88888", "城关镇", "Red code"):
        assert part in gate.strip
    assert gate.desk.recalled == case.id
    assert gate.desk.state.card.tone.value == "idle"  # nobody else is stopped for it
    gate.desk.strip_action("recall")
    assert gate.strip == ""
    gate.clock.wait(seconds=60)
    gate.desk.tick()
    assert gate.strip == ""  # put away; the case stays
    assert gate.station.verify().ok


def test_the_next_person_is_not_touched(gate: Gate) -> None:
    gate.through()
    gate.ready(B)
    before = gate.desk.state
    gate.asked[A](RED)
    after = gate.desk.state
    assert (after.inspection, after.verdict) == (before.inspection, before.verdict)
    assert len(gate.recalls) == 1


def test_an_answer_in_time_is_a_verdict_and_no_news(gate: Gate) -> None:
    gate.ready()
    gate.asked[A](RED)
    assert gate.desk.state.verdict.outcome is Outcome.HAND_OVER
    assert gate.station.cases.cases() == []


def test_somebody_in_the_tray_is_told_too(gate: Gate) -> None:
    gate.ready()
    gate.desk.park()
    gate.asked[A](RED)
    assert gate.recalls == []
    gate.desk.reopen(gate.desk.state.tray[0].id)
    assert gate.desk.state.inspection.health_code.status is CodeStatus.RED
    assert [p.inspection.health_code.status for p in gate.station.unfinished()] == [CodeStatus.RED]


@pytest.mark.parametrize("status", ["green", "failed", "timed_out"])
def test_good_news_and_no_answer_are_no_news(gate: Gate, status: str) -> None:
    gate.through()
    gate.asked[A](OnlineAnswer(status))
    assert gate.station.cases.cases() == []
    assert gate.strip == ""


@pytest.mark.parametrize("status", ["yellow", "not_found", "expired"])
def test_what_would_have_stopped_them_is_news(gate: Gate, status: str) -> None:
    gate.through()
    gate.asked[A](OnlineAnswer(status))
    assert len(gate.recalls) == 1


def test_what_was_taken_back_is_nobody(gate: Gate) -> None:
    gate.ready()
    gate.desk.confirm()
    gate.desk.undo()
    gate.desk.clear()
    gate.asked[A](RED)
    assert gate.station.cases.cases() == []


def test_a_person_already_stopped_has_no_second_case(gate: Gate) -> None:
    gate.desk.scan(A, "qr", Colour.RED)
    gate.desk.set_itinerary(Itinerary(shown=True))
    for digit in "365":
        gate.desk.type_digit(digit)
    gate.desk.hand_over()
    gate.asked[A](RED)
    (case,) = gate.station.cases.cases()
    assert not case.recall
    assert gate.strip == ""


CODE_PAGE = Page(PageKind.HEALTH_CODE, colour=Colour.GREEN)
POSITIVE = ShownTest(NatResult.POSITIVE, 24, START.replace(tzinfo=None) - timedelta(hours=2))
CARD = Page(PageKind.ITINERARY_CARD, colour=Colour.GREEN, cities=(ShownCity("上海市", True),))


def test_a_positive_test_read_late(gate: Gate) -> None:
    gate.ready()
    seen_at = gate.clock()
    gate.desk.confirm()
    gate.clock.wait(seconds=2)
    gate.desk.see_page(replace(CODE_PAGE, test=POSITIVE), seen_at, (A,))
    assert [case.why for case in gate.recalls] == [Code.POSITIVE_TEST]


def test_a_card_read_late_by_the_moment_of_its_picture(gate: Gate) -> None:
    gate.ready()
    seen_at = gate.clock()
    gate.desk.confirm()
    gate.clock.wait(seconds=1)
    gate.ready(B)
    gate.desk.see_page(CARD, seen_at)
    assert [case.why for case in gate.recalls] == [Code.STAR_UNANSWERED]
    assert gate.desk.state.inspection.itinerary == Itinerary(shown=True)  # the next one's own


def test_cities_that_were_asked_about_are_no_news(gate: Gate) -> None:
    gate.ready()
    asked = City("上海市", True, in_risk_area=False)
    gate.desk.set_itinerary(Itinerary(True, (asked,)))
    seen_at = gate.clock()
    gate.desk.confirm()
    gate.desk.see_page(CARD, seen_at)
    assert gate.station.cases.cases() == []


def test_one_slip_of_reading_is_no_news(gate: Gate) -> None:
    gate.ready()
    seen_at = gate.clock()
    gate.desk.confirm()
    page = replace(CODE_PAGE, colour_word="红码", colour_told=Colour.RED, name="李*国",
                   clock=START.replace(tzinfo=None) - timedelta(days=3))  # fmt: skip
    gate.desk.see_page(page, seen_at, (A,))
    assert gate.station.cases.cases() == []


def test_news_from_elsewhere_is_told_here_within_seconds(gate: Gate) -> None:
    gate.through()
    whose = gate.desk.last_recorded.inspection.id
    gate.station.cases.raise_case(whose, Code.ON_WATCH_LIST, None, "名单", gate.clock())
    gate.clock.wait(seconds=20)
    gate.desk.tick()
    assert "13812348888" in gate.strip
    gate.through(B)
    gate.asked[B](RED)
    assert "1 more" in gate.strip


def test_reporting_ends_the_strip_and_a_start_brings_it_back_until_then(gate: Gate) -> None:
    gate.through()
    gate.asked[A](RED)
    gate.desk = gate.new_desk()
    assert "13812348888" in gate.strip
    (case,) = gate.recalls
    gate.station.cases.step(case.id, Step(Event.REPORTED, "王芳", unit="城关镇"), gate.clock())
    gate.clock.wait(seconds=20)
    gate.desk.tick()
    assert gate.strip == ""


def test_a_late_step_is_a_quiet_chip(gate: Gate) -> None:
    gate.desk.scan(A, "qr", Colour.RED)
    gate.desk.set_itinerary(Itinerary(shown=True))
    for digit in "365":
        gate.desk.type_digit(digit)
    gate.desk.hand_over()
    assert "cases_late" not in [chip.code for chip in gate.desk.state.chips]
    gate.clock.wait(minutes=31)
    gate.desk.tick()
    (chip,) = [chip for chip in gate.desk.state.chips if chip.code == "cases_late"]
    assert (chip.text, chip.page) == ("1 case late", "ledger")
    assert gate.strip == ""
