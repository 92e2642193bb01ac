"""The running desk: erases when nobody is there, and ends with a paper when all is destroyed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.app import DeskApp, Outside
from checkpoint_app.domain.retention import Erasure
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from tests.fakes import FakeBattery, FakePrinter
from tests.store.travellers import MORNING, recorded

LATER = MORNING + timedelta(days=30)
PINS = {"王芳": "1234", "李强": "5678"}


@pytest.fixture
def running(qtbot: QtBot, data_folder: Path) -> Iterator[DeskApp]:
    station = Station.open(data_folder, now=MORNING)
    station.record(recorded(), None)
    for name, pin in PINS.items():
        station.add_operator(name, pin, "lead")
    outside = Outside(now=lambda: LATER, printer=FakePrinter(), battery=FakeBattery())
    made = DeskApp(data_folder, Settings(language="en", sound=False), station, outside)
    made.start(str(data_folder / "none.mp4"))
    yield made
    made.window.close()


def test_while_the_window_is_locked_what_is_due_goes(qtbot: QtBot, running: DeskApp) -> None:
    found: list[list[Erasure]] = []

    def erased() -> bool:
        running.office.database.run(lambda store: store.retention.past(), found.append)
        return any(found)

    running.erase_if_due()
    qtbot.waitUntil(erased, timeout=10_000)
    past = next(each for each in found if each)
    assert [(each.why, each.took.total) for each in past] == [("schedule", 1)]


def test_after_the_end_the_paper_stands_in_the_folder(
    qtbot: QtBot, running: DeskApp, data_folder: Path
) -> None:
    running.settle()
    me = next(
        e for e in running.office.database.ask(lambda store: store.operators()) if e.name == "王芳"
    )
    running.pages.sign_in.signed_in.emit(me)
    card = running.pages.settings.rights.ending
    running.window.show_page("settings")
    running.pages.settings.open("rights")
    qtbot.waitUntil(lambda: card.witness.currentData() is not None, timeout=10_000)
    for line, text in (
        (card.reason, "order 9"),
        (card.pin, "1234"),
        (card.witness_pin, "5678"),
        (card.word, "DESTROY"),
    ):
        line.setText(text)
    card.button.click()
    qtbot.waitUntil(lambda: running.window.covered, timeout=20_000)
    (paper,) = data_folder.glob("destroyed-*.pdf")
    assert paper.read_bytes().startswith(b"%PDF")
    assert not (data_folder / "keys.json").exists()
