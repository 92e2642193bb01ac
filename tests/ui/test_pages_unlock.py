"""The window before the desk: passphrase, recovery key, and data that can't be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from checkpoint_app.store.station import Station, StoreFault
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.unlock import UnlockWindow, wait_after
from tests.ui.scenes import NOW

SECRET = "north gate 2026"


class Tries:
    """Opens a real protected store, and counts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.given = folder, list[str | None]()

    def __call__(self, passphrase: str | None) -> Station:
        self.given.append(passphrase)
        return Station.open(self.folder, passphrase=passphrase, now=NOW)


@pytest.fixture
def protected(tmp_path: Path) -> tuple[Path, str]:
    folder = tmp_path / "station"
    with Station.open(folder, now=NOW) as station:
        return folder, station.set_passphrase(SECRET)


def ask(window: UnlockWindow, *steps: Callable[[], None]) -> Station | None:
    """Run the window; each step once the one before it has been answered."""
    waiting = list(steps)

    def go_on() -> None:
        if waiting and window.again.isEnabled():
            waiting.pop(0)()
        timer.start(20)

    timer = QTimer(singleShot=True)
    timer.timeout.connect(go_on)
    timer.start(20)
    try:
        return window.ask()
    finally:
        timer.stop()


def look() -> Look:
    return Look(language="en")


def test_the_passphrase_opens(qtbot: QtBot, protected: tuple[Path, str]) -> None:
    folder, _ = protected
    window = UnlockWindow(look(), Tries(folder), StoreFault("passphrase_needed"))

    def type_it() -> None:
        qtbot.keyClicks(window.secret, SECRET)
        qtbot.keyClick(window.secret, Qt.Key.Key_Return)

    station = ask(window, type_it)
    assert station is not None
    assert station.protected
    station.close()


def test_a_wrong_one_is_told_and_waits_longer_each_time(
    qtbot: QtBot, protected: tuple[Path, str]
) -> None:
    folder, recovery = protected
    clock, said = [0.0], list[str]()
    window = UnlockWindow(
        look(), Tries(folder), StoreFault("passphrase_needed"), clock=lambda: clock[0]
    )

    def wrong() -> None:
        window.secret.setText("south gate")
        window.try_now()

    def later() -> None:
        said.append(window.sentence.text())
        window.secret.setText(recovery)
        window.try_now()

    def pass_time() -> None:
        if not window.again.isEnabled() and "wait" in window.sentence.text():
            said.append(window.sentence.text())
            clock[0] += 2.0

    second = QTimer()
    second.timeout.connect(pass_time)
    second.start(50)
    station = ask(window, wrong, later)
    second.stop()
    assert station is not None
    assert said[0] == "Wrong passphrase or recovery key · wait 1 s"
    assert said[-1] == "Wrong passphrase or recovery key"
    station.close()


def test_waits_grow_and_end_growing() -> None:
    assert [wait_after(wrong) for wrong in (0, 1, 2, 3, 5, 6, 60)] == [0, 1, 2, 4, 16, 30, 30]


def test_what_is_typed_can_be_seen(protected: tuple[Path, str]) -> None:
    window = UnlockWindow(look(), Tries(protected[0]), StoreFault("passphrase_needed"))
    assert window.secret.echoMode() is QLineEdit.EchoMode.Password
    window.shown.click()
    assert window.secret.echoMode() is QLineEdit.EchoMode.Normal
    assert ask(window, window.quit.click) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("in_use", "Another window of this program is using the data"),
        ("corrupt", "The data file is damaged; restore the newest backup"),
        ("newer_schema", "The data was written by a newer version of this program"),
        ("keys_missing", "The key file of the data is missing; restore it from a backup"),
        ("read_only", "The data folder cannot be written to"),
        ("disk_full", "The disk is full"),
    ],
)
def test_other_faults_are_one_sentence(qtbot: QtBot, tmp_path: Path, code: str, said: str) -> None:
    def fails(passphrase: str | None) -> Station:
        raise StoreFault(code)

    window = UnlockWindow(look(), fails, StoreFault(code))
    assert window.sentence.text().startswith(said)
    assert window.secret.isHidden()
    assert window.again.text() == "Try again"
    assert ask(window, window.again.click, window.quit.click) is None


def test_trying_again_opens_once_the_fault_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "station"
    first = Station.open(folder, now=NOW)
    tries = Tries(folder)
    window = UnlockWindow(look(), tries, StoreFault("in_use"))

    def free() -> None:
        first.close()
        window.again.click()

    station = ask(window, window.again.click, free)
    assert station is not None
    assert tries.given == [None, None]
    station.close()
