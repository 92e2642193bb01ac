"""A paper that is made when it is asked for: printed at once, or saved as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.devices.ports import Printer, PrintJob
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.files import sentence_for, write_whole
from checkpoint_app.ui.pages.settings.rows import tell
from checkpoint_app.ui.pages.words import Words

Use = Callable[[bytes], None]
Make = Callable[[Use], None]


class PaperOut:
    """Where papers go. `answer` is the line that says what came of it."""

    def __init__(
        self, look: Look, printer: Printer, behind: Background, printer_name: Callable[[], str]
    ) -> None:
        self._look, self._printer, self._behind = look, printer, behind
        self._printer_name = printer_name

    def buttons(
        self, words: Words, title: Callable[[], str], make: Make, owner: QWidget, answer: QLabel
    ) -> tuple[QPushButton, QPushButton]:
        """Print and save, for one paper."""
        printing = words.button("Print", lambda: make(lambda pdf: self.print(pdf, title(), answer)))
        saving = words.button(
            "Save as PDF…", lambda: make(lambda pdf: self.browse(pdf, title(), owner, answer))
        )
        return printing, saving

    def print(self, pdf: bytes, title: str, answer: QLabel) -> None:
        """Send a paper to the printer of the settings."""
        job = PrintJob(pdf, title, self._printer_name() or None)
        self._behind.run(
            lambda: self._printer.print(job),
            lambda _: tell(answer, self._look.translate("Sent to the printer"), Tone.PASS),
            lambda error: self._failed(error, answer),
        )

    def browse(self, pdf: bytes, title: str, owner: QWidget, answer: QLabel) -> None:
        """Ask where to."""
        dialog = QFileDialog(owner.window(), self._look.translate("Save as PDF…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{title.replace(' ', '-')}.pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save(pdf, Path(chosen), answer))
        dialog.open()

    def save(self, pdf: bytes, target: Path, answer: QLabel) -> None:
        """Write a paper to a file."""
        said = self._look.translate("Written: {file}", file=target)
        self._behind.run(
            lambda: write_whole(target, pdf),
            lambda _: tell(answer, said, Tone.PASS),
            lambda error: self._failed(error, answer),
        )

    def _failed(self, error: Exception, answer: QLabel) -> None:
        tell(answer, sentence_for(error, self._look.translate), Tone.STOP)
