"""What every group of settings is made of: cards with rows; a row has a caption, a control, and a
line under it for a hint or for what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.entries import LONGEST, Check, anything
from checkpoint_app.desk.office import Office
from checkpoint_app.settings import Settings
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.stepper import Stepper
from checkpoint_app.ui.pages.switches import Choice, Switch
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.labels import label

REST = 600  # milliseconds without a key after which typed text counts
CAPTION = 190


class Change(Protocol):
    """Makes settings hold: `change(site_name="…")`."""

    def __call__(self, **fields: object) -> None: ...


class TextRow(QWidget):
    """A line whose text counts when it is right; what is wrong with it is said below."""

    def __init__(self, words: Words, caption: str, check: Check, take: Callable[[str], None]):
        super().__init__()
        self._words, self._check, self._take, self._last = words, check, take, ""
        self.edit = QLineEdit()
        self.edit.setMaxLength(LONGEST)
        words.name(self.edit, caption)
        self.note = label("small")
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.edit)
        column.addWidget(self.note)
        self.note.hide()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.commit)
        self.edit.textEdited.connect(lambda _: self._rest.start())
        self.edit.editingFinished.connect(self.commit)

    def show_value(self, value: str) -> None:
        """Show a value, unless somebody is typing."""
        if not self._rest.isActive() and (value != self._last or not self.edit.isModified()):
            self._last = value
            if self.edit.text() != value:
                self.edit.setText(value)

    def commit(self) -> None:
        """Take what was typed, or say what is wrong with it."""
        self._rest.stop()
        text = self.edit.text().strip()
        wrong = self._check(text)
        self.note.setVisible(wrong is not None)
        self.note.setText(self._words.say(wrong) if wrong else "")
        restyle(self.note, tone=str(Tone.STOP))
        restyle(self.edit, wrong=wrong is not None)
        if wrong is None and text != self._last:
            self._last = text
            self._take(text)


class Group(QWidget):
    """One group of settings: its cards, and how they follow what is set."""

    widest = 1000  # no wider than can be read

    def __init__(self, look: Look, office: Office, change: Change) -> None:
        super().__init__()
        self._look, self._office, self._change = look, office, change
        self._words = Words(look, self)
        self._shows: list[Callable[[Settings], None]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set now."""
        for show in self._shows:
            show(settings)

    def opened(self) -> None:
        """The group came into view."""

    def closed(self) -> None:
        """The group went out of view."""

    # -- parts

    def end(self) -> None:
        """No more cards follow."""
        self._column.addStretch(1)

    def card(self, title: str, sentence: str = "") -> QGridLayout:
        """A new card; rows go into its grid."""
        frame = QFrame()
        frame.setProperty("role", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(20, 16, 20, 18)
        column.setSpacing(8)
        column.addWidget(self._words.label(title, "title"))
        if sentence:
            column.addWidget(self._words.label(sentence, "soft", True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, CAPTION)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self._column.addWidget(frame)
        return grid

    def row(self, grid: QGridLayout, caption: str, part: QWidget, hint: str = "") -> None:
        """A caption, a control, and a hint under it."""
        at = grid.rowCount()
        said = self._words.label(caption, "", True)
        said.setMinimumHeight(TARGET)
        grid.addWidget(said, at, 0, Qt.AlignmentFlag.AlignTop)
        place = QVBoxLayout()
        place.setSpacing(2)
        place.addWidget(part)
        if hint:
            place.addWidget(self._words.label(hint, "small", True))
        grid.addLayout(place, at, 1)

    def wide(self, grid: QGridLayout, part: QWidget) -> None:
        """A part as wide as the card."""
        grid.addWidget(part, grid.rowCount(), 0, 1, 2)

    def text(
        self, grid: QGridLayout, caption: str, field: str, check: Check = anything, hint: str = ""
    ) -> TextRow:
        """A row for one text of the settings."""
        made = TextRow(self._words, caption, check, lambda text: self._change(**{field: text}))
        self._shows.append(lambda settings: made.show_value(str(getattr(settings, field))))
        self.row(grid, caption, made, hint)
        return made

    def choice(
        self, grid: QGridLayout, caption: str, field: str, values: Mapping[str, str]
    ) -> Choice:
        """A row for one of a few words."""
        made = Choice(
            self._look, self._words, caption, values, lambda of: self._change(**{field: of})
        )
        self._shows.append(lambda settings: made.show_value(str(getattr(settings, field))))
        self.row(grid, caption, left(made))
        return made

    def switch(self, grid: QGridLayout, caption: str, field: str, hint: str = "") -> Switch:
        """A row for on or off."""
        made = Switch(self._look)
        self._words.put(made.name, caption)
        made.switched.connect(lambda on: self._change(**{field: on}))
        self._shows.append(lambda settings: made.setChecked(bool(getattr(settings, field))))
        self.row(grid, caption, left(made), hint)
        return made

    def number(
        self,
        grid: QGridLayout,
        caption: str,
        field: str,
        borders: tuple[float, float, float],
        shown: Callable[[float], str],
        unit: float = 1.0,
        hint: str = "",
    ) -> Stepper:
        """A row for a number; `unit` is what one of the shown counts in the settings."""
        made = Stepper(self._words, caption, borders, shown)
        made.moved.connect(lambda value: self._change(**{field: round(value * unit, 2)}))
        self._shows.append(lambda settings: made.show_value(getattr(settings, field) / unit))
        self.row(grid, caption, made, hint)
        return made

    def result(self) -> QLabel:
        """A line for what came of a press."""
        made = label("strong")
        made.setWordWrap(True)
        made.hide()
        return made

    def minutes(self, value: float) -> str:
        """5 minutes."""
        return self._words.say("{minutes} min", minutes=f"{value:g}")


def tell(line: QLabel, sentence: str, tone: Tone) -> None:
    """Say what came of it, in the line made for that."""
    line.setText(sentence)
    line.setVisible(bool(sentence))
    restyle(line, tone=str(tone))


def left(part: QWidget) -> QWidget:
    """A part no wider than it is, at the left."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(part)
    row.addStretch(1)
    return made


def buttons(*parts: QPushButton) -> QWidget:
    """Buttons in a row, from the left."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return made
