"""What is left on the screen after everything was destroyed: the paper, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.rights.door import Ended
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rights.paper import PaperOut
from checkpoint_app.ui.pages.settings.rows import tell
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.labels import label

_WIDE = 560


class EndedPage(QWidget):
    """`leaving` when the program shall end."""

    leaving = Signal()

    def __init__(self, look: Look, paper_out: PaperOut) -> None:
        super().__init__()
        self._words = words = Words(look, self)
        self._pdf = b""
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.left, self.kept, self.answer = label("strong"), label("soft"), label("strong")
        title = words.label("Everything has been destroyed", "page-title")
        told = words.label(
            "Nothing of it can be got back. Print the record, have both sign it, and keep it; "
            "destroy the sheets on paper too.",
            wrapped=True,
        )
        out, save = paper_out.buttons(
            words,
            lambda: words.say("Record of destruction"),
            lambda use: use(self._pdf),
            self,
            self.answer,
        )
        out.setProperty("role", "main")
        row = QHBoxLayout()
        self.print_button, self.save_button = out, save
        self.close_button = words.button("End the program", self.leaving.emit)
        for button in (out, save, self.close_button):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        for part in (title, told, self.left, self.kept):
            if part is not title and part is not told:
                part.setWordWrap(True)
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.answer)
        self._lay_out(column)

    def _lay_out(self, column: QVBoxLayout) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(_WIDE)
        column.setContentsMargins(28, 24, 28, 24)
        card.setLayout(column)
        whole = QVBoxLayout(self)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    def show_ended(self, ended: Ended, file: str | None) -> None:
        """Show what came of it; `file` is where the record was kept besides."""
        say, self._pdf = self._words.say, ended.pdf
        paths = "\n".join(str(each) for each in ended.left)
        left = say("Out of reach, to be destroyed by hand:\n{paths}", paths=paths) if paths else ""
        tell(self.left, left, Tone.ATTENTION)
        kept = say("The record also stands in {file}", file=file) if file else ""
        self.kept.setText(kept)
        tell(self.answer, "", Tone.IDLE)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)
