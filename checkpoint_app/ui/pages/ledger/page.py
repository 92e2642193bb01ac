"""台账: who is abnormal, where each case stands, what is late; a case at the side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Strip, Tone
from checkpoint_app.desk.cases.casework import Casework, Listed
from checkpoint_app.desk.cases.lines import CaseLine, fits
from checkpoint_app.desk.office import Office
from checkpoint_app.devices.ports import Printer, PrintJob
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.files import sentence_for, write_whole
from checkpoint_app.ui.pages.ledger.board import Board
from checkpoint_app.ui.pages.ledger.columns import case_columns
from checkpoint_app.ui.pages.ledger.panel import CasePanel
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.shell.strips import StripBar
from checkpoint_app.ui.tables import LineModel, LineTable
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.segment import Segment

REFRESH = 30_000  # milliseconds: what is late changes by itself
_SAID = 8000
_VIEWS, _SCOPES = ("Board", "Table"), ("Not closed", "All")


class LedgerPage(QWidget):
    """Board or table, filtered as one types. `changed` after every step."""

    changed = Signal()

    def __init__(
        self,
        look: Look,
        office: Office,
        printer: Printer,
        behind: Background,
        now: Callable[[], datetime],
        operator: Callable[[], str],
    ) -> None:
        super().__init__()
        self._look, self._printer, self._behind = look, printer, behind
        self._office, self.casework = office, Casework(office)
        self._words = words = Words(look, self)
        self._lines: list[CaseLine] = []
        self._asked, self._any = 0, False
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line = words.line("Name, plate, unit, reason, number")
        self.views, self.scopes = Segment(look, self), Segment(look, self)
        self.as_table = self.all = False
        self.count, self.late, self.hint = label("soft"), label("strong"), label("soft")
        self.board = Board(look, now, self)
        self.model = LineModel(look, case_columns(look, now), self)
        self.table = LineTable(self.model, self)
        self.panel = CasePanel(look, self.casework, now, operator)
        self.strip, self._stack = StripBar(look), QStackedWidget()
        self._timer, self._good_news = QTimer(self), QTimer(self)
        self._timer.setInterval(REFRESH)
        self._good_news.setSingleShot(True)
        self._good_news.setInterval(_SAID)
        words.name(self.table, "Cases")
        self._lay_out()
        self._connect()
        words.follow(self._retext)

    def _lay_out(self) -> None:
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        for part in (self.hint, self.board, self.table):
            self._stack.addWidget(part)
        bar, ground = _card(), _card()
        head = QHBoxLayout(bar)
        head.setContentsMargins(18, 10, 18, 10)
        head.setSpacing(14)
        head.addWidget(self._words.label("Ledger", "page-title"))
        head.addWidget(self.views)
        head.addWidget(self.scopes)
        head.addWidget(self.line, 1)
        head.addWidget(self.count)
        head.addWidget(self.late)
        restyle(self.late, tone=str(Tone.STOP))
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(4, 4, 2, 4)
        inside.addWidget(self._stack)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(ground, 1)
        body.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(bar)
        column.addWidget(self.strip)
        column.addLayout(body, 1)
        self.panel.hide()

    def _connect(self) -> None:
        self.line.textEdited.connect(lambda _: self._draw())
        self.line.returnPressed.connect(self._begin)
        self.views.chosen.connect(self._choose_view)
        self.scopes.chosen.connect(self._choose_scope)
        self.board.chosen.connect(lambda line: self.open_case(line.id))
        self.table.activated.connect(lambda index: self.open_case(self.table.line(index).id))
        self.panel.closed.connect(self.close_case)
        self.panel.changed.connect(self._changed)
        self.panel.paper_made.connect(self._take_paper)
        self.strip.acted.connect(lambda _: self.strip.show_strips(()))
        self._timer.timeout.connect(self.refresh)
        self._good_news.timeout.connect(lambda: self.strip.show_strips(()))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._timer.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._timer.stop()
        self.panel.let_go()

    def focusInEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        self._begin()

    # -- the cases

    def refresh(self) -> None:
        """Fetch the cases again."""
        self._asked += 1
        asked = self._asked
        self.casework.lines(self.all, lambda listed: self._came(asked, listed), self._fault)

    def _came(self, asked: int, listed: Listed) -> None:
        if asked == self._asked:
            self._lines, self._any = listed.lines, listed.any
            self._draw()

    @property
    def shown(self) -> list[CaseLine]:
        """The cases in view, the most urgent first."""
        asked = self.line.text().strip()
        return [each for each in self._lines if fits(each, asked)]

    def _draw(self) -> None:
        lines = self.shown
        self.board.show_lines(lines)
        self.model.show_lines(lines)
        late, say = sum(each.late is not None for each in lines), self._words.say
        self.count.setText(say("{count} cases", count=len(lines)) if lines else "")
        self.late.setText(say("{count} late", count=late) if late else "")
        self.hint.setText(self._empty_words())
        view: QWidget = self.table if self.as_table else self.board
        self._stack.setCurrentWidget(view if lines else self.hint)

    def _empty_words(self) -> str:
        say = self._words.say
        if self.line.text().strip():
            return say("No case fits “{text}”.", text=self.line.text().strip())
        if self._any:
            return say("No open case. Under “All” stand those that are closed.")
        return say(
            "No case yet. Whoever is held, handed over or turned back at the desk is a case "
            "by itself and stands here at once."
        )

    def _choose_view(self, place: int) -> None:
        self.as_table = place == 1
        self._retext()

    def _choose_scope(self, place: int) -> None:
        self.all = place == 1
        self._retext()

    def _begin(self) -> None:
        if not self.shown:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        open_one = self.panel.view.case.id if self.panel.isVisible() and self.panel.view else None
        if self.as_table:
            self.table.begin(self.model.row_where(lambda line: line.id == open_one))
        else:
            self.board.begin(open_one)

    # -- one case

    def open_case(self, case_id: UUID) -> None:
        """Show a case at the side, with the keyboard on its next step."""
        self.panel.show_case(case_id)
        self.panel.show()
        self.panel.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_case(self) -> None:
        """Close the side."""
        self.panel.let_go()
        self.panel.cancel_form()
        self.panel.hide()
        self._begin()

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit()

    # -- paper

    def _take_paper(self, pdf: bytes, name: str, printing: bool) -> None:
        self.refresh()
        if not printing:
            self._ask_file(pdf, name)
            return
        job = PrintJob(pdf, Path(name).stem, self._office.settings.printer or None)
        said = self._words.say("Sent to the printer")
        self._behind.run(lambda: self._printer.print(job), lambda _: self._done(said), self._failed)

    def _ask_file(self, pdf: bytes, name: str) -> None:
        dialog = QFileDialog(self.window(), self._words.say("Save as PDF…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen), pdf))
        dialog.open()

    def save(self, target: Path, pdf: bytes) -> None:
        """Write paper to a file, whole or not at all."""
        said = self._words.say("Saved: {file}", file=target.name)
        self._behind.run(lambda: write_whole(target, pdf), lambda _: self._done(said), self._failed)

    def _done(self, sentence: str) -> None:
        self._tell(sentence, Tone.PASS)
        self._good_news.start()

    def _failed(self, error: Exception) -> None:
        self._fault(sentence_for(error, self._look.translate))

    def _fault(self, sentence: str) -> None:
        self._good_news.stop()
        self._tell(sentence, Tone.STOP)

    def _tell(self, sentence: str, tone: Tone) -> None:
        self.strip.show_strips((Strip("ledger", sentence, self._words.say("Close"), tone),))

    # -- words and keys

    def _retext(self) -> None:
        say = self._words.say
        views = tuple(say(each) for each in _VIEWS)
        scopes = tuple(say(each) for each in _SCOPES)
        self.views.show_choice(views, int(self.as_table), say("View"))
        self.scopes.show_choice(scopes, int(self.all), say("Cases"))
        self.board.show_closed(self.all)
        if self.isVisible():
            self.refresh()
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self.close_case()
        elif event.key() == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
            self._draw()
        elif event.matches(QKeySequence.StandardKey.Undo) and self.panel.isVisible():
            self.panel.take_back()
        else:
            event.ignore()


def _card() -> QFrame:
    made = QFrame()
    made.setProperty("role", "card")
    return made
