"""A file on its way into the lists: chosen, looked at, taken or given up, refusals saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.lists.importing import Taken
from checkpoint_app.desk.lists.office import ListOffice, source_of
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.imports import Preview
from checkpoint_app.imports.refusals import write
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.files import sentence_for
from checkpoint_app.ui.pages.lists.areas import AreaLine
from checkpoint_app.ui.pages.lists.import_panel import ImportPanel
from checkpoint_app.ui.pages.words import Words

_FILES = "XLSX, CSV, JSON (*.xlsx *.xls *.csv *.txt *.json *.jsonl)"


class Importing(QWidget):
    """The import's share of `page.ListsPage`, which lays out and shows."""

    kind: ListKind
    lists: ListOffice
    importing: ImportPanel
    _words: Words
    _behind: Background
    _stack: QStackedWidget
    _areas: AreaLine
    _now: Callable[[], datetime]

    def _tell(self, sentence: str, tone: Tone = Tone.IDLE) -> None:
        raise NotImplementedError

    def _fault(self, sentence: str) -> None:
        raise NotImplementedError

    def _hush(self) -> None:
        raise NotImplementedError

    def _after(self, _: object) -> None:
        raise NotImplementedError

    def _leave_import(self) -> None:
        raise NotImplementedError

    def _ask_file(self) -> None:
        dialog = QFileDialog(self.window(), self._words.say("Import…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.look_at(Path(chosen)))
        dialog.open()

    def look_at(self, file: Path) -> None:
        """Look at a file that may become a list of the kind in view."""
        self._tell(self._words.say("Looking at {file}…", file=file.name))
        self.lists.examine(file, self.kind, None, self._preview, self._fault)

    def _examine_again(self, said: dict[str, str]) -> None:
        preview = self.importing.preview
        if preview is not None:
            plan = preview.plan
            self.lists.examine(plan.path, plan.kind, said, self._preview, self._fault)

    def _preview(self, preview: Preview) -> None:
        self._hush()
        self._stack.setCurrentWidget(self.importing)
        self._areas.hide()
        self.importing.show_preview(preview, source_of(preview.plan.path, self._now()))

    def _take(self, source: str) -> None:
        preview = self.importing.preview
        if preview is not None:
            name = source or source_of(preview.plan.path, self._now())
            self.importing.begin()
            self.lists.take(
                preview, name, self.importing.show_step, self._taken, self._import_failed
            )

    def _taken(self, taken: Taken) -> None:
        self.importing.show_taken(taken)
        self._after(None)

    def _import_failed(self, sentence: str) -> None:
        self._leave_import()
        self._fault(sentence)

    def _cancel(self) -> None:
        """Give up what runs; where nothing runs, close."""
        if self.importing.bar.isVisible():
            self.lists.cancel()
        else:
            self._leave_import()

    def _ask_where(self) -> None:
        preview = self.importing.preview
        dialog = QFileDialog(self.window(), self._words.say("Save refused rows…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        if preview is not None:
            dialog.selectFile(f"{preview.plan.path.stem}-refused.csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_refused(Path(chosen)))
        dialog.open()

    def save_refused(self, target: Path) -> None:
        """Write the refused rows to a file that can be mended and read again."""
        preview = self.importing.preview
        if preview is None:
            return
        headings, rows = preview.plan.mapping.headings, self.importing.refusals
        say = self._words.say
        self._behind.run(
            lambda: write(target, headings, rows, say),
            lambda _: self._tell(say("Saved: {file}", file=target.name), Tone.PASS),
            lambda error: self._fault(sentence_for(error, say)),
        )
