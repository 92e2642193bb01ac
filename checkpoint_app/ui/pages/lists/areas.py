"""The line by which a risk area is typed: the place, its level, one press."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkpoint_app.domain.list_entries import RiskLevel
from checkpoint_app.i18n.lists import LEVELS
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.drop_down import DropDown

_TYPED = (RiskLevel.HIGH, RiskLevel.MEDIUM)


class AreaLine(QWidget):
    """`added` with the place as typed and its level; what is empty adds nothing."""

    added = Signal(str, object)  # the place, RiskLevel

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        self._words = words
        self.place = words.line("Place or division code, for example 上海市浦东新区")
        self.level = DropDown(look)
        self.add = words.button("Add risk area", self._add)
        words.name(self.level, "Level")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self.place, 1)
        row.addWidget(self.level)
        row.addWidget(self.add)
        self.place.returnPressed.connect(self._add)
        words.follow(self._fill)

    def _fill(self) -> None:
        at = max(0, self.level.currentIndex())
        self.level.clear()
        self.level.addItems([self._words.say(LEVELS[each]) for each in _TYPED])
        self.level.setCurrentIndex(at)

    def _add(self) -> None:
        if self.place.text().strip():
            self.added.emit(self.place.text(), _TYPED[max(0, self.level.currentIndex())])
