"""Backups, and whether anything was changed behind the program's back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QProgressBar

from checkpoint_app.desk import Tone
from checkpoint_app.desk.office import Office
from checkpoint_app.i18n.verified import problem_text
from checkpoint_app.store.station import Verification
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import Change, Group, buttons, tell
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.widgets.labels import label

LastBackup = tuple[datetime, Path] | None


class KeepingGroup(Group):
    """Two things to press, each with what came of it."""

    def __init__(
        self, look: Look, office: Office, change: Change, now: Callable[[], datetime]
    ) -> None:
        super().__init__(look, office, change)
        self._now = now
        card = self.card(
            "Backup",
            "An encrypted copy that the same passphrase opens. The desk goes on meanwhile.",
        )
        self.last, self.written = label("soft"), self.result()
        self.last.setWordWrap(True)
        self.copying = _bar()
        self.backup_button = self._words.button("Back up to a folder…", self._browse, "main")
        for part in (self.last, buttons(self.backup_button), self.copying, self.written):
            self.wide(card, part)
        check = self.card(
            "Check the records", "Walks through every record: none edited, removed or moved."
        )
        self.checking, self.checked = _bar(), self.result()
        self.check_button = self._words.button("Check now", self.check)
        for part in (buttons(self.check_button), self.checking, self.checked):
            self.wide(check, part)
        self.end()
        look.changed.connect(self.opened)

    def opened(self) -> None:
        """Tell of the last backup."""
        self._office.last_backup(self._show_last, self._not_written)

    def _show_last(self, found: LastBackup) -> None:
        say = self._words.say
        if found is None:
            self.last.setText(say("No backup was written from here yet"))
        else:
            when = time_text(found[0], self._now(), self._look)
            self.last.setText(say("Last backup: {when}, {file}", when=when, file=found[1]))

    # -- backup

    def _browse(self) -> None:
        dialog = QFileDialog(self.window(), self._words.say("Back up to a folder…"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.back_up(Path(chosen)))
        dialog.open()

    def back_up(self, folder: Path) -> None:
        """Write a copy into a folder."""
        self._working(True)
        tell(self.written, "", Tone.IDLE)
        self._office.backup(folder, self._written, self._not_written)

    def _written(self, copy: Path) -> None:
        self._working(False)
        tell(self.written, self._words.say("Written: {file}", file=copy), Tone.PASS)
        self.opened()

    def _not_written(self, sentence: str) -> None:
        self._working(False)
        tell(self.written, sentence, Tone.STOP)

    def _working(self, on: bool) -> None:
        self.backup_button.setEnabled(not on)
        self.copying.setVisible(on)

    # -- checking

    def check(self) -> None:
        """Walk the whole chain."""
        self.check_button.setEnabled(False)
        self.checking.show()
        tell(self.checked, self._words.say("Checking every record…"), Tone.IDLE)
        self._office.verify(self._verified, self._not_verified)

    def _verified(self, found: Verification) -> None:
        say = self._words.say
        if found.ok:
            sentence = say("{records} records, nothing changed", records=found.records)
            self._checked(sentence, Tone.PASS)
        else:
            self._checked(problem_text(found.problem or "", say), Tone.STOP)

    def _not_verified(self, sentence: str) -> None:
        self._checked(sentence, Tone.STOP)

    def _checked(self, sentence: str, tone: Tone) -> None:
        self.check_button.setEnabled(True)
        self.checking.hide()
        tell(self.checked, sentence, tone)


def _bar() -> QProgressBar:
    made = QProgressBar()
    made.setRange(0, 0)  # how long it takes is not known
    made.setTextVisible(False)
    made.setFixedHeight(6)
    made.hide()
    return made
