"""One application with the program's typeface, for every test of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.desk import DeskState
from checkpoint_app.ui.fonts import load_fonts
from tests.ui.hands import Hand
from tests.ui.room import Room
from tests.ui.scenes import Night


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True, scope="session")
def typeface(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    load_fonts()


MakeHand = Callable[..., Hand]


@pytest.fixture
def make_hand(qtbot: QtBot) -> MakeHand:
    """Makes a shown window over a state."""

    def make(
        state: DeskState | None = None,
        language: str = "zh_CN",
        width: int = 1366,
        height: int = 768,
    ) -> Hand:
        hand = Hand(state or Night(language).star(), language, width, height)
        qtbot.addWidget(hand.window)
        hand.window.show()
        hand.window.activateWindow()
        qtbot.waitUntil(hand.window.isActiveWindow)
        hand.page.go_home()
        return hand

    return make


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    """A station's window with an officer signed in; a file's own `room` goes on from here."""
    made = Room(tmp_path / "station")
    made.window.resize(1366, 768)
    made.window.show()
    made.enter()
    yield made
    made.close()
