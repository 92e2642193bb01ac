"""The hand-overs of the last month, pressed to show one again with its sheet; and who went off duty
with none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.duty.book import History
from checkpoint_app.desk.duty.words import SHIFTS, clock
from checkpoint_app.domain.duty.handing import HandOver
from checkpoint_app.domain.duty.shifts import AFTER, BEFORE, Shift
from checkpoint_app.domain.duty.turns import Turn
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.labels import label


class HistoryCard(QFrame):
    """A line a hand-over, newest first."""

    chosen = Signal(object)  # HandOver

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words = words = Words(look, self)
        self._history = History((), ())
        self.setProperty("role", "card")
        self.lines: list[QWidget] = []
        inside, self._column = QWidget(), QVBoxLayout()
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(2)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.setLayout(self._column)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 8, 10)
        column.setSpacing(6)
        column.addWidget(words.label("Earlier hand-overs", "title"))
        column.addWidget(scroll, 1)
        words.follow(self._redraw)

    def show_history(self, history: History) -> None:
        """Show these."""
        self._history = history
        self._redraw()

    def _redraw(self) -> None:
        for old in self.lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = [line for _, line in sorted(self._dated(), key=_when, reverse=True)]
        if not self.lines:
            self.lines = [label("soft", self._words.say("None yet"))]
        for line in self.lines:
            self._column.addWidget(line)

    def _dated(self) -> Iterator[tuple[datetime, QWidget]]:
        for handed in self._history.handed:
            yield handed.at, self._line(handed)
        for turn in self._history.left:
            if turn.ended_at is not None and not self._is_told(turn, turn.ended_at):
                yield turn.ended_at, self._left(turn, turn.ended_at)

        for shift in self._history.unsigned:
            yield shift.end, self._lacking(shift)

    def _is_told(self, turn: Turn, at: datetime) -> bool:
        """Whether a shift that nobody signed says it already."""
        return any(
            turn.operator in shift.team and shift.end - BEFORE <= at <= shift.end + AFTER
            for shift in self._history.unsigned
        )

    def _lacking(self, shift: Shift) -> QWidget:
        """A shift that ended without both signatures: somebody should ask why."""
        say, at = self._words.say, shift.end
        day = say("{month}/{day}", month=at.month, day=at.day)
        text = say("not signed by both: {names}", names="、".join(shift.team))
        made = label("soft", f"! {day} {clock(at)}  {say(SHIFTS[shift.name])}  {text}")
        made.setWordWrap(True)
        made.setContentsMargins(12, 6, 0, 6)
        restyle(made, tone=str(Tone.ATTENTION))
        return made

    def _left(self, turn: Turn, at: datetime) -> QWidget:
        say = self._words.say
        day = say("{month}/{day}", month=at.month, day=at.day)
        shift = say(SHIFTS[turn.shift])
        text = say("{name}, off duty with no hand-over", name=turn.operator)
        made = label("soft", f"{day} {clock(at)}  {shift}  {text}")
        made.setContentsMargins(12, 6, 0, 6)
        return made

    def _line(self, handed: HandOver) -> QWidget:
        say = self._words.say
        day = say("{month}/{day}", month=handed.at.month, day=handed.at.day)
        mark = "  ≠" if handed.differences else ""
        made = QPushButton(
            f"{day} {clock(handed.at)}  {say(SHIFTS[handed.shift])}  "
            f"{handed.leaving} → {handed.coming}{mark}".replace("&", "&&")
        )
        made.setProperty("role", "nav")
        made.clicked.connect(partial(self._chosen, handed))
        return made

    def _chosen(self, handed: HandOver, _checked: bool = False) -> None:
        self.chosen.emit(handed)


def _when(dated: tuple[datetime, QWidget]) -> datetime:
    return dated[0]
