"""One earlier record at the side: masked, whole while a key or button is held, changeable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.finding import RecordView
from checkpoint_app.desk.office import Office
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.choices import sign_icon
from checkpoint_app.ui.widgets.labels import label

WIDTH = {"compact": 380, "roomy": 480}


class RecordPanel(QFrame):
    """Shows a `RecordView`; `change_asked` opens the change of its outcome."""

    change_asked = Signal(object)  # RecordView
    case_asked = Signal(object)  # UUID of the inspection
    closed = Signal()

    def __init__(
        self,
        look: Look,
        office: Office,
        now: Callable[[], datetime],
        operator: Callable[[], str],
    ) -> None:
        super().__init__()
        self._look, self._office, self._now, self._operator = look, office, now, operator
        self._view: RecordView | None = None
        self._held: UUID | None = None
        self.setProperty("role", "card")
        self._words = words = Words(look, self)
        self.sign, self.word, self.when = QLabel(), label("page-title"), label("soft")
        self.fault = label("strong")
        self.fault.setWordWrap(True)
        restyle(self.fault, tone=str(Tone.STOP))
        self.whole = words.button("Hold to show whole", lambda: None)
        self.whole.pressed.connect(self._hold)
        self.whole.released.connect(self.let_go)
        self.whole.installEventFilter(self)
        self.change = words.button("Change the outcome", self._ask)
        self.case = words.button("To the ledger", self._ask_case)
        self.close_button = words.button("Close", self.closed.emit, "quiet")
        self._body = QVBoxLayout()
        self._lay_out()
        words.follow(self._redraw)

    def _lay_out(self) -> None:
        self.word.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.sign)
        head.addWidget(self.word, 1)
        head.addWidget(self.close_button)
        inside = QWidget()
        inside.setLayout(self._body)
        self._body.setContentsMargins(0, 0, 10, 0)
        self._body.setSpacing(10)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.when)
        column.addWidget(scroll, 1)
        column.addWidget(self.fault)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.whole)
        row.addWidget(self.case)
        column.addLayout(row)
        column.addWidget(self.change)

    # -- showing

    def show_record(self, inspection_id: UUID) -> None:
        """Fetch and show a record, masked."""
        self._held = None
        self._office.show(inspection_id, self.show_view, self.say)

    def show_view(self, view: RecordView | None) -> None:
        """Draw a record; a whole one only while it is still held."""
        if view is None:
            return
        if view.whole and self._held != view.id:
            return
        self._view = view
        self.fault.clear()
        self._redraw()

    def say(self, sentence: str) -> None:
        """A fault in words."""
        self.fault.setText(sentence)

    def _redraw(self) -> None:
        self.setFixedWidth(WIDTH[self._look.metrics.name])
        view = self._view
        if view is None:
            return
        tone = Tone.IDLE if view.void else view.tone
        icon = sign_icon(self._look, tone, 28, self.devicePixelRatioF())
        self.sign.setPixmap(icon.pixmap(28, 28))
        self.word.setText(view.word)
        restyle(self.word, tone=str(tone))
        self.when.setText(time_text(view.at, self._now(), self._look))
        self.change.setVisible(not view.void)
        self._fill(view)

    def _fill(self, view: RecordView) -> None:
        while (item := self._body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._body.addWidget(self._fields(view))
        for caption, texts in (("Reasons", view.reasons), ("Changes", view.notes)):
            if texts:
                self._body.addWidget(label("small", self._words.say(caption)))
                for text in texts:
                    self._body.addWidget(_wrapped(text))
        self._body.addStretch(1)

    def _fields(self, view: RecordView) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for row, (caption, value) in enumerate(view.fields):
            shown = _wrapped(value)
            shown.setAccessibleName(f"{caption}: {value}")
            grid.addWidget(label("small", caption), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1)
        grid.setColumnStretch(1, 1)
        return made

    # -- whole while held

    def _hold(self) -> None:
        if self._view is not None and self._held is None:
            self._held = self._view.id
            self._office.look(self._held, self._operator(), self.show_view, self.say)

    def let_go(self) -> None:
        """Mask again, whatever ends the holding."""
        held, self._held = self._held, None
        if held is not None:
            self._office.show(held, self.show_view, self.say)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Leave):
            self.let_go()
        return False

    def _ask_case(self) -> None:
        if self._view is not None:
            self.case_asked.emit(self._view.id)

    def _ask(self) -> None:
        if self._view is not None:
            self.let_go()
            self.change_asked.emit(self._view)


def _wrapped(text: str) -> QLabel:
    made = label("", text)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made
