"""The first minute of a fresh station: its name, its kind, and the first person who signs in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone, entries
from checkpoint_app.desk.office import Office
from checkpoint_app.i18n.sites import SITE_KINDS
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.drop_down import DropDown
from checkpoint_app.ui.widgets.labels import label

LEAD = "lead"


def fill_kinds(words: Words, box: DropDown) -> None:
    """Write the kinds of site into a list; what is chosen stays chosen."""

    def write() -> None:
        chosen = max(box.currentIndex(), 0)
        box.blockSignals(True)
        box.clear()
        for kind, message in SITE_KINDS.items():
            box.addItem(words.say(message), str(kind))
        box.setCurrentIndex(chosen)
        box.blockSignals(False)

    words.follow(write)


class FirstSteps(QWidget):
    """One screen, one button. `settings_changed` comes first, then `made` with the operator."""

    made = Signal(object)  # Operator
    settings_changed = Signal(object)  # Settings

    def __init__(self, look: Look, office: Office) -> None:
        super().__init__()
        self._office = office
        self._words = words = Words(look, self)
        self.site, self.name = words.line("Name of the site", 60), words.line("Your name", 40)
        self.pin, self.again = words.line("PIN, at least 4 digits"), words.line("PIN again")
        self.kind = DropDown(look)
        words.name(self.kind, "Kind of site")
        fill_kinds(words, self.kind)
        self.problem = label("strong")
        self.problem.setWordWrap(True)
        restyle(self.problem, tone=str(Tone.STOP))
        self.begin = words.button("Begin", self.submit, "main")
        for edit in (self.pin, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
            edit.setMaxLength(12)
        for edit in (self.site, self.name, self.pin, self.again):
            edit.returnPressed.connect(self._next)
        self._lay_out()

    def _lay_out(self) -> None:
        words = self._words
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        pairs = (
            ("The site", self.site, "Kind of site", self.kind),
            ("Who is on duty", self.name, "", None),
            ("PIN", self.pin, "The PIN once more", self.again),
        )
        for row, (left, one, right, other) in enumerate(pairs):
            grid.addWidget(words.label(left, "small"), 2 * row, 0)
            grid.addWidget(one, 2 * row + 1, 0)
            if other is not None:
                grid.addWidget(words.label(right, "small"), 2 * row, 1)
                grid.addWidget(other, 2 * row + 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            words.label("Welcome. Fill this in, then the desk is ready.", "page-title")
        )
        column.addWidget(
            words.label("The name stands on every sheet; the PIN opens the desk.", "soft", True)
        )
        column.addLayout(grid)
        column.addWidget(self.problem)
        column.addWidget(self.begin)

    def start(self) -> None:
        """Put the keyboard where to begin; a name that is already set stays."""
        settings = self._office.settings
        self.site.setText(settings.site_name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(settings.site_kind)))
        (self.name if settings.site_name else self.site).setFocus()

    def _next(self) -> None:
        order = (self.site, self.name, self.pin, self.again)
        empty = next((edit for edit in order if not edit.text()), None)
        if empty is None:
            self.submit()
        else:
            empty.setFocus(Qt.FocusReason.TabFocusReason)

    def submit(self) -> None:
        """Make the operator, if everything is right."""
        lacks = entries.site_name(self.site.text())
        if lacks is None and self.pin.text() != self.again.text():
            lacks = "The two PINs are not the same"
        if lacks is not None:
            self._refuse(self._words.say(lacks))
            return
        self.begin.setEnabled(False)
        self._office.add_operator(
            self.name.text(), self.pin.text(), LEAD, self._added, self._refuse
        )

    def _added(self, operator: object) -> None:
        self.begin.setEnabled(True)
        self.problem.clear()
        for edit in (self.name, self.pin, self.again):
            edit.clear()
        self.settings_changed.emit(
            replace(
                self._office.settings,
                site_name=self.site.text().strip(),
                site_kind=self.kind.currentData(),
            )
        )
        self.made.emit(operator)

    def _refuse(self, sentence: str) -> None:
        self.begin.setEnabled(True)
        self.problem.setText(sentence)
