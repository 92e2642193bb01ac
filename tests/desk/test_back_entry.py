"""Paper forms entered after a power cut: their own time, number and author; once only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from checkpoint_app.desk.back_entry import FIELDS, PaperForm, lacking
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.sheets import SheetOrder, period_of, table_of
from checkpoint_app.domain.case import Deadlines, Stage
from checkpoint_app.domain.inspection import CodeStatus, Outcome
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.register import Sheet
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from tests.desk.conftest import START, Clock


def form(number: str = "0012", hours_ago: float = 5, **rest: object) -> PaperForm:
    values = {"name": "李建国", "id_number": "410103197611238836", "phone": "13812348888",
              "plate": "豫A88888", "destination": "城关镇"}  # fmt: skip
    made = PaperForm(
        number, "赵强", START - timedelta(hours=hours_ago), Outcome.PASS,
        tuple(values.get(name, "") for name in FIELDS), (36.5,), CodeStatus.GREEN, True,
    )  # fmt: skip
    return replace(made, **rest)


class Desk:
    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.station = Station.open(folder, now=self.clock())
        self.settings = Settings(language="en", site_name="North")
        self.translate = translator("en")
        self.office = Office(Database(self.station), self.clock, self.translate, self.settings)
        self.said: list[str] = []

    def enter(self, one: PaperForm):
        done: list[object] = []
        self.office.enter_form(one, "王芳", done.append, self.said.append)
        return done[0] if done else None

    def sheet(self, sheet: Sheet = Sheet.DAILY, days_ago: int = 0):
        day = (self.clock() - timedelta(days=days_ago)).date()
        order = SheetOrder(sheet, period_of(day, time(0), self.clock()), Mask.NONE, "王芳")
        return table_of(self.station, order, self.settings, self.translate, self.clock())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "station")
    yield made
    made.station.close()


def test_a_form_belongs_to_the_day_of_its_own_time(desk: Desk) -> None:
    recorded = desk.enter(form())
    assert recorded.confirmed_at == START - timedelta(hours=5)  # 22:12 of the day before
    assert desk.sheet().rows == ()
    table = desk.sheet(days_ago=1)
    (row,) = table.rows
    cells = dict(zip([column.key for column in table.columns], row, strict=True))
    assert (cells["time"], cells["name"], cells["operator"]) == ("22:12", "李建国", "赵强")
    assert cells["remark"].startswith("Entered later from form 0012 by 王芳")
    assert desk.station.verify().ok


def test_a_day_that_was_closed_gets_a_new_version(desk: Desk) -> None:
    day = (START - timedelta(days=1)).date()
    period = period_of(day, time(0), START)
    before = desk.station.seal(period, Sheet.DAILY, START)
    desk.enter(form())
    after = desk.station.seal(period, Sheet.DAILY, START)
    assert (before.version, after.version) == (1, 2)
    assert desk.station.verify().ok


def test_the_same_form_is_taken_once(desk: Desk) -> None:
    assert desk.enter(form()) is not None
    assert desk.enter(form(" 00 12 ", author="张伟")) is None
    assert desk.said == ["This form was entered already; it is found under its name"]
    assert desk.enter(form("0012", hours_ago=40)) is not None  # another day's pad
    assert len(desk.station.search("李建国")) == 2


def test_what_the_paper_says_stands_and_what_the_rules_say_too(desk: Desk) -> None:
    recorded = desk.enter(form(code=CodeStatus.RED))
    assert (recorded.outcome, recorded.verdict.outcome) == (Outcome.PASS, Outcome.HAND_OVER)
    assert recorded.change.officer == "赵强"
    (case,) = desk.station.cases.cases()
    assert case.recall  # went on, and nobody could ask the lists
    assert case.opened_at == START - timedelta(hours=5)
    assert desk.station.cases.overdue(Deadlines(), START) == [case]
    before = desk.station.cases.cases()
    desk.station.rebuild()
    assert desk.station.cases.cases() == before
    assert desk.station.verify().ok


def test_a_stop_on_paper_is_a_case_that_is_no_recall(desk: Desk) -> None:
    desk.enter(form(outcome=Outcome.HAND_OVER, code=CodeStatus.RED))
    (case,) = desk.station.cases.cases()
    assert (case.recall, case.stage) == (False, Stage.FOUND)


def test_two_readings_far_enough_apart_are_a_confirmed_fever(desk: Desk) -> None:
    recorded = desk.enter(form(outcome=Outcome.HAND_OVER, readings=(37.9, 38.1)))
    assert recorded.verdict.outcome is Outcome.HAND_OVER
    assert recorded.change is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": " "}, "The number of the form is needed"),
        ({"number": "1" * 41}, "The number of the form is needed"),
        ({"author": ""}, "Say who wrote the form"),
        ({"at": START + timedelta(seconds=1)}, "The time on the form has not come yet"),
        ({"at": START - timedelta(days=61)}, "The time on the form is more than 60 days ago"),
        ({"texts": ()}, "A name or a plate is needed"),
        ({"texts": ("", "410103197611238836")}, "A name or a plate is needed"),
        ({"outcome": None}, "Say what was done with the person"),
        ({"readings": (365.0,)}, "This temperature cannot be right, measure again"),
        ({"readings": (float("nan"),)}, "This temperature cannot be right, measure again"),
        ({}, None),
        ({"texts": ("", "", "", "豫A88888")}, None),
    ],
)
def test_what_a_form_must_say(change, said):
    assert lacking(replace(form(), **change), START) == said
