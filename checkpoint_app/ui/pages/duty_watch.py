"""Keeps the quiet signs of duty in the top bar true: every minute, and when something is done."""

from __future__ import annotations

from PySide6.QtCore import QObject

from checkpoint_app.desk.duty.book import DutyBook
from checkpoint_app.desk.duty.roll import Roll
from checkpoint_app.desk.duty.signs import duty_chips
from checkpoint_app.desk.duty.words import SHIFTS
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.window import MainWindow

EVERY = 60  # seconds


class DutyWatch(QObject):
    """Asks the duty book and shows what it says; a fault there is told elsewhere, not by a sign."""

    def __init__(self, window: MainWindow, look: Look, book: DutyBook) -> None:
        super().__init__(window)
        self._window, self._look, self._book = window, look, book
        self._roll: Roll | None = None
        self._seconds = 0
        look.changed.connect(self._show)

    def tick(self) -> None:
        """Once a second."""
        self._seconds += 1
        if self._seconds % EVERY == 0:
            self.refresh()

    def refresh(self) -> None:
        """Ask how the post stands."""
        self._book.roll(self._take, lambda sentence: None)

    def _take(self, roll: Roll) -> None:
        self._roll = roll
        self._show()

    def _show(self) -> None:
        if self._roll is not None:
            operator, translate = self._book.operator, self._look.translate
            own = self._roll.of(operator)
            self._window.show_shift(translate(SHIFTS[own.turn.shift]) if own else "")
            self._window.show_duty(duty_chips(self._roll, operator, translate))
