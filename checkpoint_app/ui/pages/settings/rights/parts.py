"""What a card of this group needs of the group that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rights.paper import PaperOut
from checkpoint_app.ui.pages.words import Words


class Cards(Protocol):
    """A group that cards are put into."""

    def card(self, title: str, sentence: str = "") -> QGridLayout: ...

    def row(self, grid: QGridLayout, caption: str, part: QWidget, hint: str = "") -> None: ...

    def wide(self, grid: QGridLayout, part: QWidget) -> None: ...

    def result(self) -> QLabel: ...


@dataclass(frozen=True, slots=True)
class CardHost:
    """The group, its words and its way to the printer."""

    group: Cards
    widget: QWidget
    look: Look
    words: Words
    paper_out: PaperOut

    def card(self, title: str, sentence: str = "") -> QGridLayout:
        """A new card."""
        return self.group.card(title, sentence)

    def row(self, grid: QGridLayout, caption: str, part: QWidget, hint: str = "") -> None:
        """A caption and a control."""
        self.group.row(grid, caption, part, hint)

    def wide(self, grid: QGridLayout, part: QWidget) -> None:
        """A part as wide as the card."""
        self.group.wide(grid, part)

    def result(self) -> QLabel:
        """A line for what came of a press."""
        return self.group.result()
