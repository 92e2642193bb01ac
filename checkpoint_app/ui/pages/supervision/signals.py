"""A day's signals: one sentence each, with the records behind it and the way to the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.duty.words import SIGNALS, finding_sentence
from checkpoint_app.domain.supervision import Finding
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.choices import choice, sign_icon
from checkpoint_app.ui.widgets.labels import label

PROVES = "A signal proves no more than what it says: look at the records, ask, go there."
NOTHING = (
    "Nothing conspicuous in this day's records. That proves nothing by itself: "
    "go and look now and then."
)


class SignalsCard(QFrame):
    """`day_asked`, `records_asked` (ids) and `problem_asked` (a finding) are the page's to do."""

    day_asked = Signal(object)  # date
    records_asked = Signal(object)
    problem_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = words = Words(look, self)
        self._day: date | None = None
        self._findings: Sequence[Finding] = ()
        self._message = ""
        self.setProperty("role", "card")
        self.lines: list[QWidget] = []
        self.day, self.said = label("strong"), label("soft")
        self.day.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.day.setMinimumWidth(96)
        self.said.setWordWrap(True)
        self.earlier = words.button("‹", lambda: self._step(-1))
        self.later = words.button("›", lambda: self._step(1))
        words.name(self.earlier, "The day before")
        words.name(self.later, "The next day")
        self._lines = QVBoxLayout()
        self._lay_out()
        words.follow(self._redraw)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._words.label("Signals of the day", "title"), 1)
        for part in (self.earlier, self.day, self.later):
            head.addWidget(part)
        for button in (self.earlier, self.later):
            button.setFixedWidth(TARGET)
        inside = QWidget()
        inside.setLayout(self._lines)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(10)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 8, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addWidget(scroll, 1)

    # -- showing

    def show_day(self, day: date, today: date) -> None:
        """Which day is looked at; nothing is known of it yet."""
        self._day = day
        self.later.setEnabled(day < today)
        self.show_findings((), "One moment…")

    def show_findings(self, findings: Sequence[Finding], message: str = "") -> None:
        """What the day tells; `message` where it tells nothing yet, or may not."""
        self._findings = findings
        self._message = message or (PROVES if findings else NOTHING)
        self._redraw()

    def refuse(self, sentence: str) -> None:
        """A sentence in place of signals."""
        self._findings, self._message = (), ""
        self._redraw()
        self.said.setText(sentence)
        self.said.show()

    def _redraw(self) -> None:
        say, day = self._words.say, self._day
        if day is not None:
            self.day.setText(say("{month}/{day}", month=day.month, day=day.day))
        message = self._message
        self.said.setText(say(message) if message else "")
        self.said.setVisible(bool(message))
        for old in self.lines:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = [self._line(each) for each in self._findings]
        for line in self.lines:
            self._lines.addWidget(line)

    def _line(self, finding: Finding) -> QWidget:
        made, say = QWidget(), self._words.say
        sign = QLabel()
        sign.setPixmap(
            sign_icon(self._look, Tone.ATTENTION, 20, self.devicePixelRatioF()).pixmap(20, 20)
        )
        title = label("strong", say(SIGNALS[finding.signal]))
        restyle(title, tone=str(Tone.ATTENTION))
        sentence = label("", finding_sentence(finding, self._look.translate))
        sentence.setWordWrap(True)
        sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        if finding.records:
            text = say("Records: {count}", count=len(finding.records))
            keys.addWidget(choice(text, partial(self.records_asked.emit, finding.records)))
        keys.addWidget(choice(say("Make it a problem"), partial(self.problem_asked.emit, finding)))
        keys.addStretch(1)
        text_column = QVBoxLayout()
        text_column.setSpacing(4)
        text_column.addWidget(title)
        text_column.addWidget(sentence)
        text_column.addLayout(keys)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text_column, 1)
        return made

    def _step(self, by: int) -> None:
        if self._day is not None:
            self.day_asked.emit(self._day + timedelta(days=by))
