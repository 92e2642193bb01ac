"""Beside the rules: typical travellers and what would now become of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.rules.examples import ExampleLine
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.choices import sign_icon
from checkpoint_app.ui.widgets.labels import label

_SIGN = 18


class ExampleRow(QWidget):
    """One traveller: sign, who it is, verdict, and why; marked where the edit changes it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.sign, self.title, self.word = label(), label(), label("strong")
        self.why = label("small")
        for wrapped in (self.title, self.word, self.why):
            wrapped.setWordWrap(True)
        self.sign.setFixedWidth(_SIGN + 4)
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        for part in (self.title, self.word, self.why):
            texts.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)

    def show_line(self, line: ExampleLine, was: str) -> None:
        """Show a traveller; `was` is the sentence about what the rules in force make of them."""
        ratio = self.devicePixelRatioF()
        icon = sign_icon(self._look, line.tone, _SIGN, ratio)
        self.sign.setPixmap(icon.pixmap(QSize(_SIGN, _SIGN)))
        self.title.setText(line.title)
        self.word.setText(f"{line.word}  ←  {was}" if was else line.word)
        self.why.setText(line.reasons)
        self.why.setVisible(bool(line.reasons))
        restyle(self.word, tone=str(line.tone))


class ExamplePanel(QFrame):
    """All of them, scrolled by itself, so that they stay in sight while the rules are edited."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        self._look, self._words = look, words
        self.setProperty("role", "card")
        self.rows: list[ExampleRow] = []
        self.lines: list[ExampleLine] = []
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(2)
        self.summary = label("small")
        self.summary.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 10, 12)
        column.setSpacing(6)
        column.addWidget(self._words.label("These travellers would now be", "title", True))
        column.addWidget(self.summary)
        inside, scroll = QWidget(), QScrollArea()
        holder = QVBoxLayout(inside)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addLayout(self._list)
        holder.addStretch(1)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        column.addWidget(scroll, 1)

    def show_lines(self, lines: Sequence[ExampleLine]) -> None:
        """Show the travellers as they would be judged."""
        self.lines = list(lines)
        while len(self.rows) < len(lines):
            self.rows.append(ExampleRow(self._look))
            self._list.addWidget(self.rows[-1])
        for row, line in zip(self.rows, lines, strict=True):
            before = self._words.say("now {word}", word=line.before) if line.before else ""
            row.show_line(line, before)
        self._sum_up(sum(line.before is not None for line in lines))

    def _sum_up(self, changed: int) -> None:
        said = self._words.say("Every edit is tried on them at once; nothing holds before saving.")
        if changed:
            said = self._words.say("{count} of them are judged otherwise than now", count=changed)
        self.summary.setText(said)
        restyle(self.summary, tone=str(Tone.ATTENTION) if changed else "")
