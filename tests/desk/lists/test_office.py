"""Importing beside the desk: it reports, can be given up, and never keeps the store from others."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from checkpoint_app.desk.database import Database
from checkpoint_app.desk.lists.importing import Step, Taken
from checkpoint_app.desk.lists.lines import WorkLine
from checkpoint_app.desk.lists.office import ListOffice
from checkpoint_app.desk.office import Office
from checkpoint_app.domain.list_entries import RiskEntry, RiskLevel
from checkpoint_app.domain.lists import ListKind, Wanted
from checkpoint_app.domain.worklist import WorkState
from checkpoint_app.i18n import translator
from checkpoint_app.imports import Preview
from checkpoint_app.store.lists import Asked
from checkpoint_app.store.station import Station
from tests.desk.conftest import Clock, english
from tests.store.lists.people import id_number

HEADINGS = "姓名,证件号,电话,来源\n"


@dataclass
class Back:
    """A back room whose database has threads; `until` runs what comes back."""

    folder: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()
        self.station = Station.open(self.folder / "station", now=self.clock())
        self.database = Database(self.station, self.calls.put)
        office = Office(self.database, self.clock, translator("en"), english())
        self.lists = ListOffice(office)
        self.answers: list[object] = []
        self.steps: list[Step] = []

    def until(self) -> object:
        """What the newest question came to."""
        while not self.answers:
            self.calls.get(timeout=30)()
        return self.answers.pop()

    def examine(self, file: Path) -> object:
        self.lists.examine(file, ListKind.WATCH, None, self.answers.append, self.answers.append)
        return self.until()

    def take(self, preview: Preview, stop_after: int = 1000) -> object:
        def told(step: Step) -> None:
            self.steps.append(step)
            if len(self.steps) >= stop_after:
                self.lists.cancel()

        self.lists.take(preview, "市", told, self.answers.append, self.answers.append)
        return self.until()


@pytest.fixture
def back(tmp_path: Path) -> Iterator[Back]:
    made = Back(tmp_path)
    yield made
    made.database.close()


def long_file(folder: Path, rows: int) -> Path:
    file = folder / "long.csv"
    body = "".join(f"甲,{id_number(number)},,省\n" for number in range(rows))
    file.write_text(HEADINGS + body, "utf-8")
    return file


def test_a_list_comes_in_and_tells_how_far_it_is(back: Back, tmp_path: Path) -> None:
    preview = back.examine(long_file(tmp_path, 12_000))
    assert isinstance(preview, Preview)
    assert (preview.taken, preview.whole) == (5000, False)
    taken = back.take(preview)
    assert isinstance(taken, Taken)
    assert taken.entries == 12_000
    parts = [step.part for step in back.steps]
    assert parts == sorted(parts)
    assert {step.name for step in back.steps} >= {"reading", "indexing"}
    back.database.settle()
    wanted = Wanted(id_number=id_number(7))
    hits = back.database.ask(lambda store: store.lists.hits(wanted, back.clock()))
    assert hits.watch == "省"


def test_given_up_in_the_middle_nothing_has_changed(back: Back, tmp_path: Path) -> None:
    preview = back.examine(long_file(tmp_path, 30_000))
    assert isinstance(preview, Preview)
    assert back.take(preview, stop_after=1) == "Cancelled; the lists are as they were"
    assert back.database.ask(lambda store: store.lists.versions()).watch is None


def test_a_file_that_is_none_is_told_in_a_sentence(back: Back, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    assert back.examine(tmp_path / "a.xlsx") == (
        "This is no table that can be read: XLSX, CSV or JSON are"
    )


def test_lists_are_for_the_officer_in_charge_and_checking_is_everybodys(
    back: Back, tmp_path: Path
) -> None:
    preview = back.examine(long_file(tmp_path, 10))
    assert isinstance(preview, Preview)
    back.take(preview)
    acting = back.lists.office.acting
    lead = back.station.add_operator("负责人", "1234", "lead")
    acting.among([lead])
    acting.enter(back.station.add_operator("李强", "1234", "operator"))
    refused = "This is for the officer in charge"
    assert back.take(preview) == refused
    back.lists.withdraw(1, back.answers.append, back.answers.append)
    assert back.answers == [refused]
    back.answers.clear()
    back.lists.type_area("310115", RiskLevel.HIGH, back.answers.append, back.answers.append)
    assert isinstance(back.until(), RiskEntry)  # a new risk area waits for nobody
    row = back.station.lists.work_rows(Asked()).rows[0]
    back.lists.change(row, WorkState.CHECKED, "", back.answers.append, back.answers.append)
    changed = back.until()
    assert isinstance(changed, WorkLine)
    assert (changed.row.state, changed.row.operator) == (WorkState.CHECKED, "李强")
