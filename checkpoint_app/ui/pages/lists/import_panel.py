"""A file on its way in: its columns to be said, what would become of its rows, then how far it is.

Nothing counts before all of it is read; Cancel at any time leaves the lists as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.lists.importing import Step, Taken
from checkpoint_app.i18n.lists import refusal_text
from checkpoint_app.imports import FIELDS, Preview, Refusal
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.drop_down import DropDown
from checkpoint_app.ui.widgets.labels import ElidedLabel, label

_REASON = 440  # pixels: why a row was refused is never cut
_SHOWN = 200  # refused rows in the table; the file has all of them
_STEPS = {"reading": "Reading", "indexing": "Sorting", "looking back": "Looking back 14 days"}


class ImportPanel(QWidget):
    """`wanted` with the list's name; `mapped` with field -> heading; `saving` the refused rows."""

    wanted = Signal(str)
    mapped = Signal(dict)
    cancelled = Signal()
    saving = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = words = Words(look, self)
        self.preview: Preview | None = None
        self.refusals: tuple[Refusal, ...] = ()
        self.title, self.verdict = ElidedLabel("page-title"), label("strong")
        self.verdict.setWordWrap(True)
        self.source = words.line("Name of the list")
        self.columns: dict[str, DropDown] = {}
        self._grid, self._holder = QGridLayout(), QWidget()
        self._holder.setLayout(self._grid)
        self.sample, self.refused = _table(), _table()
        words.name(self.sample, "First rows of the file")
        words.name(self.refused, "Refused rows")
        self.bar, self.told = QProgressBar(), label("soft")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.take = words.button("Take the list", self._take, "main")
        self.save = words.button("Save refused rows…", self.saving.emit)
        self.cancel = words.button("Cancel", self.cancelled.emit)
        self._lay_out()
        words.follow(self._retext)

    def _lay_out(self) -> None:
        names = QHBoxLayout()
        names.setSpacing(12)
        names.addWidget(self._words.label("A newer list of this name replaces it:", "soft"))
        names.addWidget(self.source, 1)
        self._names = QWidget()
        self._names.setLayout(names)
        names.setContentsMargins(0, 0, 0, 0)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setSpacing(8)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._holder)
        scroll.setFixedWidth(400)
        self._mapping = scroll
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._words.label("First rows of the file", "soft"))
        right.addWidget(self.sample, 1)
        self._refused_title = self._words.label("Refused rows", "soft")
        right.addWidget(self._refused_title)
        right.addWidget(self.refused, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(scroll)
        middle.addLayout(right, 1)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.told, 1)
        for button in (self.save, self.cancel, self.take):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.verdict)
        column.addWidget(self._names)
        column.addLayout(middle, 1)
        column.addWidget(self.bar)
        column.addLayout(below)

    # -- showing

    def show_preview(self, preview: Preview, source: str) -> None:
        """What would happen to a file."""
        fresh = self.preview is None or self.preview.plan.path != preview.plan.path
        self.preview, self.refusals = preview, preview.refusals
        if fresh:
            self.source.setText(source)
        self._ask_columns()
        self._idle()
        self._retext()
        self.take.setEnabled(preview.taken > 0)
        focus = self.take if preview.taken else next(iter(self.columns.values()), self.cancel)
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """The import has begun: nothing can be changed but given up."""
        for part in (self.take, self.save, self._mapping, self._names):
            part.setEnabled(False)
        self.bar.setRange(0, 1000)
        self.bar.setValue(0)
        self.bar.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_step(self, step: Step) -> None:
        """How far it is."""
        self.bar.setValue(int(step.part * 1000))
        say = self._words.say
        self.told.setText(
            say(
                "{step}: {taken} taken, {refused} refused",
                step=say(_STEPS[step.name]),
                taken=step.taken,
                refused=step.refused,
            )
        )

    def show_taken(self, taken: Taken) -> None:
        """It is in force; what was refused can be saved."""
        self.refusals = tuple(taken.refusals.rows)
        say = self._words.say
        sentence = say(
            "In force: {entries} entries. Refused: {refused} rows.",
            entries=taken.entries,
            refused=taken.refused,
        )
        if taken.raised:
            sentence += say(
                " {number} people of the last 14 days are in the ledger now.", number=taken.raised
            )
        if taken.photos:
            sentence += f" {taken.photos}"
        self.verdict.setText(sentence)
        restyle(self.verdict, tone=str(Tone.STOP if taken.raised else Tone.PASS))
        self._fill_refused()
        self._idle()
        self.take.hide()
        self._mapping.hide()
        self._names.hide()
        self._say_cancel("Close")
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _idle(self) -> None:
        self.bar.hide()
        self.told.clear()
        for part in (self.save, self._mapping, self._names):
            part.setEnabled(True)
        for part in (self._mapping, self._names, self.take):
            part.show()
        self._say_cancel("Cancel")
        self.save.setVisible(bool(self.refusals))

    def _say_cancel(self, message: str) -> None:
        self.cancel.setText(self._words.say(message))
        self.cancel.setAccessibleName(self._words.say(message))

    def _ask_columns(self) -> None:
        assert self.preview is not None
        while item := self._grid.takeAt(0):
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.columns = {}
        mapping = self.preview.plan.mapping
        for row, each in enumerate(FIELDS[self.preview.plan.kind]):
            name, chosen = self._words.say(each.label), mapping.columns.get(each.name)
            down = DropDown(self._look)
            down.setMinimumHeight(TARGET)  # else the rows lie over each other before they scroll
            down.setAccessibleName(name)
            down.addItem("—")
            down.addItems([heading or "·" for heading in mapping.headings])
            down.setCurrentIndex(0 if chosen is None else chosen + 1)
            down.activated.connect(lambda _: self._map())
            self._grid.addWidget(label("", name), row, 0)
            self._grid.addWidget(down, row, 1)
            self.columns[each.name] = down
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(len(self.columns), 1)

    def _map(self) -> None:
        assert self.preview is not None
        headings = self.preview.plan.mapping.headings
        said = {
            name: headings[down.currentIndex() - 1]
            for name, down in self.columns.items()
            if down.currentIndex() > 0
        }
        self.mapped.emit(said)

    def _take(self) -> None:
        self.wanted.emit(self.source.text().strip())

    # -- words

    def _retext(self) -> None:
        if self.preview is None:
            return
        say, preview = self._words.say, self.preview
        self.title.setText(Path(preview.plan.path).name)
        refused = len(preview.refusals)
        if preview.lacking:
            column = say(preview.lacking[0])
            sentence = say("No column for “{column}”: choose it below", column=column)
        elif preview.whole:
            sentence = say(
                "{taken} rows will be taken, {refused} refused",
                taken=preview.taken,
                refused=refused,
            )
        else:
            sentence = say(
                "Of the first {rows} rows {taken} will be taken, {refused} refused",
                rows=preview.taken + refused,
                taken=preview.taken,
                refused=refused,
            )
        self.verdict.setText(sentence)
        tone = Tone.STOP if not preview.taken else Tone.ATTENTION if refused else Tone.PASS
        restyle(self.verdict, tone=str(tone))
        _fill(self.sample, preview.plan.mapping.headings, preview.rows)
        self.sample.resizeColumnsToContents()
        self._fill_refused()

    def _fill_refused(self) -> None:
        say = self._words.say
        rows = [
            (
                str(each.row),
                refusal_text(each.fault.value, each.field, say),
                "  ".join(cell for cell in each.cells if cell),
            )
            for each in self.refusals[:_SHOWN]
        ]
        _fill(self.refused, (say("Row"), say("Reason"), say("As it stands")), rows)
        self.refused.setVisible(bool(rows))
        self._refused_title.setVisible(bool(rows))
        self.refused.setColumnWidth(0, 60)
        self.refused.setColumnWidth(1, _REASON)


def _table() -> QTableWidget:
    made = QTableWidget()
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.setTabKeyNavigation(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(36)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setStretchLastSection(True)
    made.horizontalHeader().setMaximumSectionSize(_REASON)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return made


def _fill(table: QTableWidget, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table.clear()
    table.setColumnCount(len(headings))
    table.setHorizontalHeaderLabels(list(headings))
    table.setRowCount(len(rows))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells[: len(headings)]):
            table.setItem(row, column, QTableWidgetItem(text))
