"""One pushed person at the side: who, how to reach them, and what became of the check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk.lists.lines import whole_facts
from checkpoint_app.domain.worklist import WorkRow, WorkState
from checkpoint_app.i18n.lists import STATES
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.choices import choice, grid_of
from checkpoint_app.ui.widgets.labels import ElidedLabel, label

WIDTH = 360


class WorkPanel(QFrame):
    """`chosen` with a new state and the note as typed; the number of a state is its key."""

    chosen = Signal(object, str)
    closed = Signal()

    def __init__(self, look: Look, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._look, self._now = look, now
        self.row: WorkRow | None = None
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH)
        self._words = words = Words(look, self)
        self.name = ElidedLabel("page-title")
        self.close_button = words.button("Close", self.closed.emit, "quiet")
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self.note = words.line("What was found out")
        self.buttons = [
            choice("", partial(self._choose, state), checked=False) for state in WorkState
        ]
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.close_button)
        inside, scroll = QWidget(), QScrollArea()
        held = QVBoxLayout(inside)
        held.setContentsMargins(0, 0, 8, 0)
        held.addLayout(self._facts)
        held.addStretch(1)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addWidget(words.label("What became of it (keys 1 to 7)", "soft"))
        column.addWidget(self.note)
        column.addLayout(grid_of(self.buttons, 2))
        words.follow(self._retext)

    def show_row(self, row: WorkRow) -> None:
        """Show a person whole; that it was looked at is on record already."""
        self.row = row
        self.note.setText(row.note or "")
        self._retext()

    def _choose(self, state: WorkState) -> None:
        self._mark()
        self.chosen.emit(state, self.note.text().strip())

    def _retext(self) -> None:
        say = self._words.say
        for number, (button, state) in enumerate(zip(self.buttons, WorkState, strict=True), 1):
            _write(button, f"{number} {say(STATES[state])}")
        self._mark()
        while item := self._facts.takeAt(0):
            if (old := item.widget()) is not None:
                old.deleteLater()
        if self.row is None:
            return
        self.name.setText(self.row.entry.name or say("No name"))
        for place, (name, text) in enumerate(whole_facts(self.row, self._now(), say)):
            said, told = label("soft", name), label("", text)
            told.setWordWrap(True)
            self._facts.addWidget(said, place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(told, place, 1)

    def _mark(self) -> None:
        state = self.row.state if self.row is not None else None
        for button, each in zip(self.buttons, WorkState, strict=True):
            button.setChecked(each is state)


def _write(button: QPushButton, text: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
