"""A card at the left: captions over lines, and the buttons that take them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.labels import label

Field = tuple[str, str]  # name, caption
WIDTH = 348
LONGEST = 80


class Form(QFrame):
    """Lines by name; Enter goes to the next one, in the last it presses the main button."""

    def __init__(self, words: Words, title: str) -> None:
        super().__init__()
        self._words = words
        self.lines: dict[str, QLineEdit] = {}
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 8, 12, 4)
        self._column.setSpacing(3)
        self._column.addWidget(words.label(title, "title"))
        self.answer = label("strong")
        self.answer.setWordWrap(True)
        self.answer.hide()
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 4, 0, 12)
        self._outer.setSpacing(6)
        self._outer.addWidget(scroll, 1)

    def row(self, *fields: Field) -> None:
        """Lines beside each other, each under its caption."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, caption in fields:
            made = QLineEdit()
            made.setMaxLength(LONGEST)
            made.setMinimumWidth(40)
            self._words.name(made, caption)
            place = QVBoxLayout()
            place.setSpacing(3)
            place.addWidget(self._words.label(caption, "small"))
            place.addWidget(made)
            row.addLayout(place, 1)
            self.lines[name] = made
        self._column.addLayout(row)

    def part(self, caption: str, part: QWidget) -> None:
        """Any other control under its caption."""
        self._column.addWidget(self._words.label(caption, "small"))
        self._column.addWidget(part)

    def finish(self, main: QPushButton, *others: QPushButton) -> None:
        """The buttons under the lines, always in view."""
        self._column.addStretch(1)
        order = list(self.lines.values())
        for at, line in enumerate(order[:-1]):
            line.returnPressed.connect(partial(self._go_to, order[at + 1]))
        order[-1].returnPressed.connect(main.click)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 12, 0)
        foot.setSpacing(6)
        for part in (self.answer, main, *others):
            foot.addWidget(part)
        self._outer.addLayout(foot)

    def _go_to(self, line: QLineEdit) -> None:
        line.setFocus()
        self._scroll.ensureWidgetVisible(line, 0, TARGET)  # Qt sees to the cursor, not the line

    def text(self, name: str) -> str:
        """What stands in a line."""
        return self.lines[name].text().strip()

    def clear(self) -> None:
        """Nobody's data stay in the lines."""
        for line in self.lines.values():
            line.clear()
