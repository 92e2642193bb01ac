"""One application with the program's typeface, for every test of the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.desk import DeskState
from checkpoint_app.ui.desk_page.page import DeskPage
from checkpoint_app.ui.fonts import load_fonts
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.theme import LIGHT, metrics_for
from checkpoint_app.ui.window import MainWindow
from tests.fakes import FakeDesk
from tests.ui.scenes import NOW, Night


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True, scope="session")
def typeface(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    load_fonts()


class Hand:
    """A window over a fake desk, and a clock that the test moves."""

    def __init__(self, state: DeskState, language: str, width: int, height: int) -> None:
        self.desk = FakeDesk(state)
        self.at = 100.0
        self.look = Look(LIGHT, metrics_for(width, height), language)
        self.page = DeskPage(self.look, self.desk, lambda: NOW, monotonic=lambda: self.at)
        self.window = MainWindow(self.look, self.desk, self.page, lambda: NOW)
        self.window.resize(width, height)
        self.window.show_station("城北高速口卡点", "夜班 · 王芳")
        self.window.show_state(state)
        self.at += 1

    def show(self, state: DeskState) -> None:
        """Another state of the desk, as the desk would tell it."""
        self.desk.state = state
        self.window.show_state(state)

    def settle(self) -> None:
        """Let layouts come to rest."""
        for _ in range(4):
            QApplication.processEvents()

    def asked(self, name: str) -> list[tuple[object, ...]]:
        """What the desk was asked to do, by method."""
        return [call[1:] for call in self.desk.calls if call[0] == name]


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
