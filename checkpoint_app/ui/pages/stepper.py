"""A number that is moved by large buttons, for gloves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.labels import label


class Stepper(QWidget):
    """A number between two borders, moved by large buttons or arrow keys. Counts in `step`s."""

    moved = Signal(float)

    def __init__(
        self,
        words: Words,
        caption: str,
        borders: tuple[float, float, float],
        shown: Callable[[float], str],
        width: int = 110,
    ) -> None:
        super().__init__()
        self._borders, self._shown, self.value = borders, shown, borders[0]
        self.less = words.button("−", lambda: self._move(-1))
        self.more = words.button("+", lambda: self._move(1))
        words.put(lambda text: self.less.setAccessibleName(f"{text} −"), caption)
        words.put(lambda text: self.more.setAccessibleName(f"{text} +"), caption)
        self.figure = label("title")
        self.figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.figure.setMinimumWidth(width)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.less, self.more):
            button.setFixedWidth(TARGET + 8)
            button.setAutoRepeat(True)
        for part in (self.less, self.figure, self.more):
            row.addWidget(part)
        row.addStretch(1)
        words.follow(lambda: self.show_value(self.value))

    def show_value(self, value: float) -> None:
        """Show a value; one outside the borders is shown at the nearer one."""
        lowest, highest, _ = self._borders
        self.value = min(max(value, lowest), highest)
        self.figure.setText(self._shown(self.value))
        self.less.setEnabled(self.value > lowest)
        self.more.setEnabled(self.value < highest)

    def _move(self, by: int) -> None:
        self.show_value(round(self.value + by * self._borders[2], 2))
        self.moved.emit(self.value)
