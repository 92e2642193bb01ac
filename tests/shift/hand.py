"""A person's hand on a window: keys at human speed, a pointer that hits what lies on top."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

BEAT = 50  # milliseconds between two keys: a hand scanner is faster, no officer is
PATIENCE = 60_000  # milliseconds; a busy machine may be slow, a right one never forgets
PLAIN = Qt.KeyboardModifier.NoModifier


class Hand:
    """Everything goes through the window system, as far as Qt, and is counted."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self._qtbot, self._window = qtbot, window
        self.keys = 0  # pressed so far, input method and pointer left out

    def rest(self, milliseconds: int = BEAT) -> None:
        """Let the window live."""
        self._qtbot.wait(milliseconds)

    def until(self, so: Callable[[], bool]) -> None:
        """Wait for what must come."""
        self._qtbot.waitUntil(so, timeout=PATIENCE)

    def key(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key, wherever the keyboard is."""
        QTest.keyClick(self._handle, key, modifier)  # type: ignore[arg-type]
        self.keys += 1
        self.rest()

    def type(self, text: str) -> None:
        """Keys one after another."""
        for each in text:
            self.key(each)

    def write(self, text: str) -> None:
        """What an input method types: Chinese has no keys."""
        focus = QApplication.focusWidget()
        assert focus is not None
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QCoreApplication.sendEvent(focus, typed)
        self.rest()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Press with the pointer; what lies on top of it must be the widget itself."""
        place = widget.mapTo(self._window, at or widget.rect().center())
        hit = self._window.childAt(place)
        assert hit is widget or (hit is not None and widget.isAncestorOf(hit)), widget
        assert widget.isEnabled(), widget
        QTest.mouseClick(self._handle, Qt.MouseButton.LeftButton, PLAIN, place)
        self.rest()

    def choose(self, panel: QWidget, text: str) -> None:
        """Press the button of a panel that says this."""
        buttons = panel.findChildren(QAbstractButton)
        found = [each for each in buttons if each.isVisible() and each.accessibleName() == text]
        assert len(found) == 1, text
        self.click(found[0])

    @property
    def _handle(self) -> QWindow:
        handle = self._window.windowHandle()
        assert handle is not None
        return handle
