"""查找: earlier inspections by a piece of a name, number, phone or plate, as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk.finding import FoundLine, RecordView
from checkpoint_app.desk.leaving import NEEDS_SECOND
from checkpoint_app.desk.office import Office
from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.ui.desk_page.change_panel import ChangePanel, Officer
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.back_entry_panel import BackEntryPanel
from checkpoint_app.ui.pages.found_columns import found_columns
from checkpoint_app.ui.pages.record_panel import RecordPanel
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.tables import LineModel, LineTable
from checkpoint_app.ui.widgets.labels import label

REST = 120  # milliseconds without a key after which the search runs


class FindPage(QWidget):
    """Search line, table, and the record at the side. `amended` tells of a changed outcome."""

    amended = Signal(object)  # RecordedInspection
    entered = Signal(object)  # RecordedInspection, from a paper form

    def __init__(
        self, look: Look, office: Office, now: Callable[[], datetime], operator: Callable[[], str]
    ) -> None:
        super().__init__()
        self._look, self._office, self._operator = look, office, operator
        self._words = words = Words(look, self)
        self._asked = ""
        self._changing: RecordView | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line = words.line("Name, ID number, phone or plate; a piece is enough")
        self.count, self.hint = label("soft"), label("soft")
        self.model = LineModel(look, found_columns(look, now), self)
        self.table = LineTable(self.model, self)
        self.panel = RecordPanel(look, office, now, operator)
        self.forms = BackEntryPanel(look, office, now, operator)
        self.enter_forms = words.button("Enter paper forms", self.open_forms)
        self.change = ChangePanel(look, self, self)
        self._stack = QStackedWidget()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._lay_out()
        self._connect()
        words.name(self.table, "Found inspections")
        words.follow(self._show_hint)

    def _lay_out(self) -> None:
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self._stack.addWidget(self.hint)
        self._stack.addWidget(self.table)
        bar, ground = _card(), _card()
        head = QHBoxLayout(bar)
        head.setContentsMargins(18, 10, 18, 10)
        head.setSpacing(16)
        head.addWidget(self._words.label("Find", "page-title"))
        head.addWidget(self.line, 1)
        head.addWidget(self.count)
        head.addWidget(self.enter_forms)
        body = QHBoxLayout()
        body.setSpacing(12)
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(6, 6, 2, 6)
        inside.addWidget(self._stack)
        body.addWidget(ground, 1)
        body.addWidget(self.panel)
        body.addWidget(self.forms)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(bar)
        column.addLayout(body, 1)
        self.panel.hide()
        self.forms.hide()

    def _connect(self) -> None:
        self.line.textEdited.connect(lambda _: self._rest.start())
        self.line.returnPressed.connect(self._to_table)
        self._rest.timeout.connect(self.search)
        self.table.activated.connect(self._open)
        self.panel.closed.connect(self.close_record)
        self.panel.change_asked.connect(self._ask_change)
        self.forms.closed.connect(self.close_record)
        self.forms.entered.connect(self._entered)

    def focusInEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    # -- searching

    @property
    def searching(self) -> bool:
        """Whether something was typed that is not yet looked for."""
        return self._rest.isActive()

    def search(self) -> None:
        """Look for what stands in the line; an answer to an older question is dropped."""
        self._rest.stop()
        asked = self._asked = self.line.text().strip()
        if not asked:
            self._found("", [])
            return
        self._office.search(asked, lambda lines: self._found(asked, lines), self._fault)

    def _found(self, asked: str, lines: list[FoundLine]) -> None:
        if asked != self._asked:
            return
        self.model.show_lines(lines)
        self._stack.setCurrentWidget(self.table if lines else self.hint)
        self._show_hint()

    def show_chosen(self, lines: list[FoundLine]) -> None:
        """Show these inspections, brought from another page, instead of what was looked for."""
        self.line.clear()
        self._rest.stop()
        self._asked = ""
        self._found("", lines)
        if lines:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.selectRow(0)

    def _fault(self, sentence: str) -> None:
        self._stack.setCurrentWidget(self.hint)
        self.hint.setText(sentence)

    def _show_hint(self) -> None:
        rows = self.model.rowCount()
        say = self._words.say
        self.count.setText(say("{count} found", count=rows) if rows else "")
        if self._asked:
            self.hint.setText(say("Nothing found for “{text}”.", text=self._asked))
        else:
            self.hint.setText(
                say("Type a name, or the beginning or end of an ID number, phone or plate.")
            )

    def _to_table(self) -> None:
        if self._rest.isActive():
            self.search()
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.selectRow(0)

    # -- one record

    def _open(self, index: QModelIndex) -> None:
        self.open_record(self.table.line(index).id)

    def open_record(self, inspection_id: UUID) -> None:
        """Show a record at the side."""
        self.forms.hide()
        self.panel.show_record(inspection_id)
        self.panel.show()

    def open_forms(self) -> None:
        """补录: enter what was written on paper while there was no power."""
        self.panel.let_go()
        self.panel.hide()
        self.forms.show()
        self.forms.begin()

    def _entered(self, recorded: RecordedInspection) -> None:
        if self._asked:
            self.search()
        self.entered.emit(recorded)

    def close_record(self) -> None:
        """Close the side, or the change that is open over it."""
        if self.change.isVisible():
            self.cancel_change()
            return
        self.panel.let_go()
        self.panel.hide()
        self.forms.hide()
        (self.table if self.model.rowCount() else self.line).setFocus()

    # -- changing its outcome: what `ChangePanel` asks of a desk

    def set_officers(self, officers: Sequence[Officer]) -> None:
        """Who may answer for leaving a hold."""
        self.change.set_officers(officers)

    def _ask_change(self, view: RecordView) -> None:
        self._changing = view
        self.change.open_for(view.outcome, view.outcome in NEEDS_SECOND)
        self._place_change()

    def change_outcome(
        self,
        outcome: Outcome,
        reason: str,
        *,
        second: tuple[UUID, str] | None = None,
        call_back: str = "",
        refused: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        """Record the change of the record that is open."""
        if self._changing is not None:
            self._office.amend(
                self._changing.id,
                outcome,
                reason,
                second,
                call_back,
                self._operator(),
                self._amended,
                refused,
            )

    def cancel_change(self) -> None:
        """Close the panel, change nothing."""
        self._changing = None
        self.change.hide()
        self.panel.change.setFocus()

    def _amended(self, recorded: RecordedInspection) -> None:
        self.cancel_change()
        self.panel.show_record(recorded.inspection.id)
        self.search()
        self.amended.emit(recorded)

    # -- room and keys

    def _place_change(self) -> None:
        self.change.place(QRect(14, 14, self.width() - 28, self.height() - 28), self.height() // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self.change.isVisible():
            self._place_change()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self.close_record()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) and self.line.hasFocus():
            self._to_table()
        else:
            event.ignore()


def _card() -> QFrame:
    made = QFrame()
    made.setProperty("role", "card")
    return made
