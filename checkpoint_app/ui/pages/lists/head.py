"""The head of the lists page: which kind, whom to find, what is in force, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.domain.lists import ListKind
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.drop_down import DropDown
from checkpoint_app.ui.widgets.labels import ElidedLabel, label
from checkpoint_app.ui.widgets.segment import Segment

KINDS = (ListKind.WATCH, ListKind.RISK, ListKind.ROSTER, ListKind.RETURNEE)
_TABS = ("Pushed persons", "Risk areas", "Roster", "Returnees")
_SCOPES = ("To be checked", "All")


class ListsHead(QFrame):
    """Two rows: what is asked for, and how the lists stand."""

    def __init__(
        self, look: Look, words: Words, bring: Callable[[], None], away: Callable[[], None]
    ) -> None:
        super().__init__()
        self._look, self._words = look, words
        self.setProperty("role", "card")
        self.kinds, self.scopes = Segment(look, self), Segment(look, self)
        self.line = words.line("Name, number, source")
        self.bring = words.button("Import…", bring, "main")
        self.state, self.coverage = ElidedLabel("soft"), label("strong")
        self.which = DropDown(look)
        self.away = words.button("Withdraw", away)
        words.name(self.which, "Lists in force")
        self._second = QWidget()
        first, second = QHBoxLayout(), QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        for row in (first, second):
            row.setSpacing(12)
        first.addWidget(words.label("Lists", "page-title"))
        first.addWidget(self.kinds)
        first.addWidget(self.scopes)
        first.addWidget(self.line, 1)
        first.addWidget(self.bring)
        second.addWidget(self.state, 1)
        second.addWidget(self.coverage)
        second.addWidget(self.which)
        second.addWidget(self.away)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 10)
        column.addLayout(first)
        column.addWidget(self._second)

    def show_choice(self, kind: ListKind, everybody: bool) -> None:
        """Which kind is in view, and whether those who are finished are too."""
        say = self._words.say
        self.kinds.show_choice(tuple(map(say, _TABS)), KINDS.index(kind), say("Lists"))
        self.scopes.show_choice(tuple(map(say, _SCOPES)), int(everybody), say("Pushed persons"))
        self.scopes.setVisible(kind is ListKind.WATCH)

    def show_lists(
        self, names: Sequence[str], entries: int, newest: datetime | None, now: datetime
    ) -> None:
        """The lists in force of this kind; the one that was chosen stays chosen."""
        chosen = max(0, self.which.currentIndex())
        self.which.clear()
        self.which.addItems(list(names))
        self.which.setCurrentIndex(min(chosen, len(names) - 1))
        self.which.setVisible(bool(names))
        self.away.setVisible(bool(names))
        if newest is None:
            self.state.clear()
            return
        sentence = "{lists} in force, {entries} entries, newest of {time}"
        time = time_text(newest, now, self._look)
        self.state.setText(self._words.say(sentence, lists=len(names), entries=entries, time=time))

    def show_coverage(self, text: str) -> None:
        """How far the work is. Where there is no list there is no empty line either."""
        self.coverage.setText(text)
        self._second.setVisible(bool(text) or self.which.count() > 0)
