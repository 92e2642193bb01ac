"""A lane waits for the province's answer, for a bounded time, and never goes by a colour alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.codes import Trust
from checkpoint_app.desk import Tone
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import Surface, policy_of
from checkpoint_app.devices.ports import OnlineAnswer
from checkpoint_app.domain.credential import Basis, Colour
from checkpoint_app.domain.inspection import (
    CodeStatus,
    Itinerary,
    Outcome,
    RecordedInspection,
    TemperatureSource,
)
from checkpoint_app.domain.list_entries import RosterEntry, WatchEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station
from tests.desk.conftest import Clock

GREEN, RED = OnlineAnswer("green"), OnlineAnswer("red")


def code(number: int) -> str:
    return f"https://h5.dingtalk.com/healthCode/{number:024d}"


class School:
    """A school's gate whose province answers when the test says so."""

    def __init__(self, folder: Path, *, service: bool = True, online_first: bool = False) -> None:
        self.clock = Clock()
        settings = Settings(language="en", site_kind="school")
        self.station = Station.open(folder, now=self.clock())
        self.asked: dict[str, Callable[[OnlineAnswer], None]] = {}
        policy = replace(policy_of(settings), online_first=online_first)
        self.desk = Desk(
            Surface(
                Database(self.station), self.clock, translator("en"), settings, policy,
                Trust.empty(), look_up=self.asked.__setitem__ if service else None,
            ),
            "王芳",
            lambda: None,
        )  # fmt: skip
        self.desk.load()

    def comes(self, number: int, celsius: float = 36.5) -> None:
        self.clock.wait(seconds=1)
        self.desk.scan(code(number), "qr", Colour.GREEN)
        self.desk.set_itinerary(Itinerary(shown=True))
        self.desk.take_reading(celsius, TemperatureSource.SERIAL)

    def gone(self) -> list[RecordedInspection]:
        return list(self.station.recorded(self.desk.period))


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., School]]:
    made: list[School] = []

    def school(**given: bool) -> School:
        made.append(School(tmp_path / "station", **given))
        return made[-1]

    yield school
    for each in made:
        each.station.close()


@pytest.fixture
def school(make: Callable[..., School]) -> School:
    one = make()
    one.desk.set_gate_mode(True)
    return one


def test_a_green_goes_on_with_the_answer_and_not_before(school: School) -> None:
    school.comes(1)
    state = school.desk.state
    assert school.gone() == []
    assert (state.card.headline, state.card.tone) == ("Looking up online", Tone.IDLE)
    assert not state.can_confirm
    school.asked[code(1)](GREEN)
    (gone,) = school.gone()
    assert (gone.outcome, gone.lane) == (Outcome.PASS, "gate")
    assert gone.inspection.health_code is not None
    assert gone.inspection.health_code.basis is Basis.ONLINE


@pytest.mark.parametrize("status", ["red", "yellow"])
def test_a_bad_answer_stops_who_showed_green(school: School, status: str) -> None:
    school.comes(1)
    school.asked[code(1)](OnlineAnswer(status))
    assert school.gone() == []
    (parked,) = school.desk.state.tray
    assert "lane_stop" in {each.code for each in school.desk.state.strips}
    assert parked.tone is Tone.STOP


@pytest.mark.parametrize("status", ["failed", "timed_out", "not_found", "expired", "nonsense"])
def test_no_answer_lets_nobody_pass_by_themselves(school: School, status: str) -> None:
    school.comes(1)
    school.asked[code(1)](OnlineAnswer(status))
    assert school.gone() == []
    assert not school.desk.state.can_confirm
    school.comes(2)
    school.asked[code(2)](GREEN)
    assert len(school.gone()) == 1  # the lane went on without the one who waits in the tray
    assert len(school.desk.state.tray) == 1


def test_the_wait_is_bounded(school: School) -> None:
    school.comes(1)
    for _ in range(2):
        school.clock.wait(seconds=1)
        school.desk.tick()
    assert school.desk.state.card.headline == "Looking up online"
    school.clock.wait(seconds=1)
    school.desk.tick()
    verdict = school.desk.state.verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.INCOMPLETE
    assert school.gone() == []
    school.asked[code(1)](GREEN)  # late, but it is the answer
    assert [each.outcome for each in school.gone()] == [Outcome.PASS]


def test_the_answer_for_a_code_held_up_early_is_not_lost(make: Callable[..., School]) -> None:
    gate = make(online_first=True)
    gate.comes(1)
    gate.desk.scan(code(2), "qr", Colour.GREEN)
    gate.asked[code(2)](RED)
    gate.asked[code(1)](GREEN)
    gate.desk.confirm()
    verdict = gate.desk.state.verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.HAND_OVER


def test_without_a_service_a_lane_goes_by_the_colour_unless_the_rules_ask(
    make: Callable[..., School],
) -> None:
    gate = make(service=False)
    gate.desk.set_gate_mode(True)
    gate.comes(1)
    assert [each.outcome for each in gate.gone()] == [Outcome.PASS]


def test_where_the_rules_ask_and_there_is_no_service_nobody_goes_by_the_colour(
    make: Callable[..., School],
) -> None:
    gate = make(service=False, online_first=True)
    gate.desk.set_gate_mode(True)
    gate.comes(1)
    assert gate.gone() == []
    inspection = gate.desk.state.inspection
    assert inspection is not None
    assert inspection.health_code is not None
    assert inspection.health_code.status is CodeStatus.FAILED


def test_where_the_rules_ask_enter_waits_at_any_desk(make: Callable[..., School]) -> None:
    gate = make(online_first=True)
    gate.comes(1)
    gate.desk.confirm()
    assert gate.gone() == []
    assert gate.desk.state.confirm_caption == "Waiting for the answer"
    gate.asked[code(1)](GREEN)
    gate.desk.confirm()
    assert [each.outcome for each in gate.gone()] == [Outcome.PASS]


def test_a_listed_person_stops_whatever_the_province_says(school: School) -> None:
    watch = NewList(ListKind.WATCH, "县", school.clock(), "王芳")
    school.station.lists.put(
        watch, [WatchEntry(name="王小明", phone="13800138000")], school.clock()
    )
    roster = NewList(ListKind.ROSTER, "高一", school.clock(), "王芳")
    school.station.lists.put(
        roster, [RosterEntry(name="王小明", phone="13800138000")], school.clock()
    )
    school.desk.tick()
    school.desk.scan(code(1), "qr", Colour.GREEN)
    school.desk.set_field("phone", "13800138000")
    school.desk.set_itinerary(Itinerary(shown=True))
    school.asked[code(1)](GREEN)
    school.desk.take_reading(36.5, TemperatureSource.SERIAL)
    assert school.gone() == []
    assert [each.tone for each in school.desk.state.tray] == [Tone.STOP]


def test_somebody_who_is_no_longer_on_the_roster_is_unknown(school: School) -> None:
    roster = NewList(ListKind.ROSTER, "高一", school.clock(), "王芳")
    school.station.lists.put(roster, [RosterEntry(name="李红", phone="139")], school.clock())
    school.desk.tick()
    school.clock.wait(seconds=2)
    school.desk.scan(code(1), "qr", Colour.GREEN)
    school.desk.set_field("phone", "13800138000")
    school.desk.set_itinerary(Itinerary(shown=True))
    school.asked[code(1)](GREEN)
    school.desk.take_reading(36.5, TemperatureSource.SERIAL)
    assert school.gone() == []
    assert len(school.desk.state.tray) == 1


def test_a_feverish_pupil_stops(school: School) -> None:
    school.comes(1, celsius=37.6)
    school.asked[code(1)](GREEN)
    assert school.gone() == []
    assert [each.tone for each in school.desk.state.tray] == [Tone.ATTENTION]
