"""Which paper of a case, and whether to print it or to save it as a file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from checkpoint_app.ui.pages.words import Words


class PaperChoice(QWidget):
    """`chosen` tells slip (else sheet) and printing (else a file)."""

    chosen = Signal(bool, bool)
    cancelled = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        choose = self.chosen.emit
        self.sheet = words.button("Print case sheet", lambda: choose(False, True), "main")
        self.sheet_file = words.button("Save…", lambda: choose(False, False))
        self.slip = words.button("Print transfer slip", lambda: choose(True, True))
        self.slip_file = words.button("Save…", lambda: choose(True, False))
        self.cancel = words.button("Cancel", self.cancelled.emit)
        words.name(self.sheet_file, "Save the case sheet as PDF")
        words.name(self.slip_file, "Save the transfer slip as PDF")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for row, pair in enumerate(((self.sheet, self.sheet_file), (self.slip, self.slip_file))):
            grid.addWidget(pair[0], row, 0)
            grid.addWidget(pair[1], row, 1)
        grid.addWidget(self.cancel, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def begin(self) -> None:
        """Put the keyboard on the first paper."""
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            event.ignore()
