"""What a case's panel asks aside from steps: which paper, printed or saved; which picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from checkpoint_app.ui.pages.words import Words


class SideChoice(QWidget):
    """Some buttons and a way back; Esc goes back too."""

    cancelled = Signal()

    def __init__(self, words: Words, rows: tuple[tuple[QPushButton, ...], ...]) -> None:
        super().__init__()
        self._first = rows[0][0]
        self.cancel = words.button("Cancel", self.cancelled.emit)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        across = max(map(len, rows))
        for row, buttons in enumerate(rows):
            for place, button in enumerate(buttons):
                wide = across if len(buttons) == 1 else 1
                grid.addWidget(button, row, place, 1, wide)
        grid.addWidget(self.cancel, len(rows), 0, 1, across)
        grid.setColumnStretch(0, 1)

    def begin(self) -> None:
        """Put the keyboard on the first button that can be pressed."""
        start = self._first if self._first.isEnabled() else self.cancel
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            event.ignore()


class PaperChoice(SideChoice):
    """`chosen` tells slip (else sheet) and printing (else a file)."""

    chosen = Signal(bool, bool)

    def __init__(self, words: Words) -> None:
        choose = self._choose
        self.sheet = words.button("Print case sheet", lambda: choose(False, True), "main")
        self.sheet_file = words.button("Save…", lambda: choose(False, False))
        self.slip = words.button("Print transfer slip", lambda: choose(True, True))
        self.slip_file = words.button("Save…", lambda: choose(True, False))
        words.name(self.sheet_file, "Save the case sheet as PDF")
        words.name(self.slip_file, "Save the transfer slip as PDF")
        super().__init__(words, ((self.sheet, self.sheet_file), (self.slip, self.slip_file)))

    def _choose(self, slip: bool, printing: bool) -> None:
        self.chosen.emit(slip, printing)


class PhotoChoice(SideChoice):
    """`camera` takes what the camera sees now, `file` asks for a file."""

    camera = Signal()
    file = Signal()

    def __init__(self, words: Words) -> None:
        self.take = words.button("Take what the camera sees", lambda: self.camera.emit(), "main")
        self.choose = words.button("Choose a file…", lambda: self.file.emit())
        super().__init__(words, ((self.take,), (self.choose,)))
