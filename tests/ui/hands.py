"""A window in a test's hands: shown over a fake desk, pressed, clicked and asked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from checkpoint_app.desk import DeskState
from checkpoint_app.ui.desk_page.page import DeskPage
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.theme import LIGHT, metrics_for
from checkpoint_app.ui.window import MainWindow
from tests.fakes import FakeDesk
from tests.ui.scenes import NOW


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


def press(hand: Hand, *keys: object) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        target = hand.window.focusWidget() or hand.page
        QTest.keyClick(target, key)  # type: ignore[call-overload]


def click(widget: QWidget) -> None:
    """Press a widget with the finger."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choice(panel: QWidget, text: str) -> QAbstractButton:
    """The button of a panel with this name."""
    found = [each for each in panel.findChildren(QAbstractButton) if each.accessibleName() == text]
    assert found, text
    return found[0]
