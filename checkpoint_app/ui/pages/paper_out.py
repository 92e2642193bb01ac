"""A finished PDF to the printer or into a file, with what came of it as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.devices.ports import Printer, PrintJob
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.files import sentence_for, write_whole

Tell = Callable[[str, Tone], None]


class PaperOut:
    """Prints and saves for one page; `tell` says what came of it."""

    def __init__(self, look: Look, printer: Printer, behind: Background, tell: Tell) -> None:
        self._look, self._printer, self._behind, self._tell = look, printer, behind, tell

    def print(self, pdf: bytes, title: str, printer: str) -> None:
        """On the printer of the settings, else the system's own."""
        said = self._look.translate("Sent to the printer")
        job = PrintJob(pdf, title, printer or None)
        self._behind.run(lambda: self._printer.print(job), lambda _: self._done(said), self._failed)

    def ask_file(self, owner: QWidget, pdf: bytes, name: str) -> None:
        """Ask where to, then save."""
        dialog = QFileDialog(owner.window(), self._look.translate("Save as PDF…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save(pdf, Path(chosen)))
        dialog.open()

    def save(self, pdf: bytes, target: Path) -> None:
        """Write the file, whole or not at all."""
        said = self._look.translate("Saved: {file}", file=target.name)
        self._behind.run(lambda: write_whole(target, pdf), lambda _: self._done(said), self._failed)

    def _done(self, sentence: str) -> None:
        self._tell(sentence, Tone.PASS)

    def _failed(self, error: Exception) -> None:
        self._tell(sentence_for(error, self._look.translate), Tone.STOP)
