"""名单: what is in force and of which day, importing, the pushed persons as they are worked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
)

from checkpoint_app.desk import Strip, Tone
from checkpoint_app.desk.lists.lines import WorkLine, entry_cells
from checkpoint_app.desk.lists.office import FoundWork, ListOffice, Overview
from checkpoint_app.desk.office import Office
from checkpoint_app.domain.list_entries import Entry, RiskEntry, RiskLevel
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.worklist import DONE, WorkRow, WorkState
from checkpoint_app.store.lists import TYPED, ListInfo
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.lists.areas import AreaLine
from checkpoint_app.ui.pages.lists.head import KINDS, ListsHead
from checkpoint_app.ui.pages.lists.import_panel import ImportPanel
from checkpoint_app.ui.pages.lists.importing import Importing
from checkpoint_app.ui.pages.lists.tables import ListModel, ListTable
from checkpoint_app.ui.pages.lists.work_panel import WorkPanel
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.shell.strips import StripBar
from checkpoint_app.ui.widgets.labels import label

_EMPTY = {
    ListKind.WATCH: "No pushed list yet. Import the file that the county or city has sent: "
    "whoever stands on it is held at the gate at once.",
    ListKind.RISK: "No risk areas yet. Import the list of the day, or type an area below.",
    ListKind.ROSTER: "No roster yet. Import the staff, pupils or residents that belong here.",
    ListKind.RETURNEE: "No returnees announced. Import the list with arrival and receiving unit.",
}
_PAUSE = 250  # ms without a key before a long list is searched


class ListsPage(Importing):
    """One kind of list at a time. `changed` after anything that the desk should know."""

    changed = Signal()

    def __init__(
        self, look: Look, office: Office, behind: Background, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._look, self._behind, self._now = look, behind, now
        self.lists = ListOffice(office)
        self._words = words = Words(look, self)
        self.kind, self.all = ListKind.WATCH, False
        self._overview: Overview | None = None
        self._undo: Callable[[], None] | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head = head = ListsHead(look, words, self._ask_file, self._withdraw)
        self.kinds, self.scopes, self.line = head.kinds, head.scopes, head.line
        self.bring, self.which, self.away = head.bring, head.which, head.away
        self.coverage = head.coverage
        self.model = ListModel(look, self)
        self.table = ListTable(self.model, self._typed, self)
        self.hint = label("soft")
        self._areas = AreaLine(look, words)
        self.place = self._areas.place
        self.panel, self.importing = WorkPanel(look, now), ImportPanel(look)
        self.strip, self._stack = StripBar(look), QStackedWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        words.name(self.table, "Lists")
        words.name(self.which, "Lists in force")
        self._lay_out()
        self._connect()
        words.follow(self._retext)

    def _lay_out(self) -> None:
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        for part in (self.hint, self.table, self.importing):
            self._stack.addWidget(part)
        ground = QFrame()
        ground.setProperty("role", "card")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(4, 4, 2, 4)
        inside.addWidget(self._stack, 1)
        inside.addWidget(self._areas)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(ground, 1)
        body.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.strip)
        column.addLayout(body, 1)
        self.panel.hide()

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda place: self.show_kind(KINDS[place]))
        self.scopes.chosen.connect(self._choose_scope)
        self.line.textEdited.connect(lambda _: self._pause.start())
        self.line.returnPressed.connect(self._search)
        self._pause.timeout.connect(self._fetch)
        self.which.activated.connect(lambda _: self._fetch())
        self._areas.added.connect(self._add_area)
        self.table.activated.connect(lambda _: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._close_other())
        self.panel.closed.connect(self.close_person)
        self.panel.chosen.connect(self._change)
        self.importing.wanted.connect(self._take)
        self.importing.mapped.connect(self._examine_again)
        self.importing.cancelled.connect(self._cancel)
        self.importing.saving.connect(self._ask_where)
        self.strip.acted.connect(self._acted)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.refresh()

    def focusInEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        self._begin()

    def _begin(self) -> None:
        if self._stack.currentWidget() is self.table:
            self.table.begin()
        elif self._stack.currentWidget() is self.hint:
            self.bring.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is in force

    def show_kind(self, kind: ListKind) -> None:
        """Another kind of list."""
        self.kind = kind
        self.close_person()
        self.line.clear()
        self.which.clear()
        self._retext()
        self.refresh()

    def refresh(self) -> None:
        """Fetch what is in force, and the rows."""
        self.lists.overview(self._came, self._fault)

    @property
    def shown(self) -> list[ListInfo]:
        """The lists in force of this kind."""
        lists = self._overview.lists if self._overview is not None else []
        return [each for each in lists if each.kind is self.kind]

    def _came(self, overview: Overview) -> None:
        self._overview = overview
        self._tell_state()
        self._fetch()

    def _tell_state(self) -> None:
        lists = self.shown
        names = [f"{self._name(each)} · {each.entries}" for each in lists]
        newest = max((each.dated for each in lists), default=None)
        entries = sum(each.entries for each in lists)
        self.head.show_lists(names, entries, newest, self._now())
        self.head.show_coverage(self._coverage_words())

    def _name(self, info: ListInfo) -> str:
        return self._words.say("typed by hand") if info.source == TYPED else info.source

    def _coverage_words(self) -> str:
        overview = self._overview
        if self.kind is not ListKind.WATCH or overview is None or not overview.coverage.pushed:
            return ""
        figures = overview.coverage
        return self._words.say(
            "{pushed} pushed, {found} met here, {done} finished, {late} late",
            pushed=figures.pushed,
            found=figures.found,
            done=figures.done,
            late=figures.late,
        )

    # -- rows

    def _fetch(self) -> None:
        if self._stack.currentWidget() is self.importing:
            return
        if self.kind is ListKind.WATCH:
            states = frozenset() if self.all else frozenset(WorkState) - DONE
            self.lists.work(self.line.text(), states, self._show_work, self._fault)
        elif self.shown:
            info = self.shown[max(0, self.which.currentIndex())]
            kind = self.kind
            self.lists.entries(
                info.number, lambda entries: self._show_entries(kind, entries), self._fault
            )
        else:
            self._show_rows(False)

    def _search(self) -> None:
        self._pause.stop()
        self._fetch()
        self._begin()

    def _show_work(self, found: FoundWork) -> None:
        if self.kind is not ListKind.WATCH:
            return
        self.model.show_work(found.lines)
        self._show_rows(bool(found.lines))
        if found.more:
            say = self._words.say
            self._tell(say("More than {count}: type a name or number", count=len(found.lines)))

    def _show_entries(self, kind: ListKind, entries: list[Entry]) -> None:
        if kind is not self.kind:
            return
        say, now, asked = self._words.say, self._now(), self.line.text().strip()
        cells = [entry_cells(each, now, say) for each in entries]
        self.model.show_cells(kind, [row for row in cells if asked in " ".join(row)])
        self._show_rows(bool(entries))

    def _show_rows(self, any_row: bool) -> None:
        if self._stack.currentWidget() is self.importing:
            return
        self.hint.setText(self._empty_words())
        self._stack.setCurrentWidget(self.table if any_row else self.hint)

    def _empty_words(self) -> str:
        say, asked = self._words.say, self.line.text().strip()
        if asked and self.shown:
            return say("Nobody fits “{text}”.", text=asked)
        if self.shown and self.kind is ListKind.WATCH:
            return say("Everybody has been checked. Under “All” stand those who are finished.")
        return say(_EMPTY[self.kind])

    def _choose_scope(self, place: int) -> None:
        self.all = place == 1
        self._retext()
        self._fetch()

    # -- one pushed person

    def _line(self) -> WorkLine | None:
        line = self.table.current_line
        return line.work if line is not None else None

    def _open(self) -> None:
        line = self._line()
        if line is not None:
            self.lists.look(line.row, self._show_person, self._fault)

    def _show_person(self, row: WorkRow) -> None:
        self.panel.show_row(row)
        self.panel.show()

    def _close_other(self) -> None:
        line, shown = self._line(), self.panel.row
        if shown is not None and (line is None or line.row.mark != shown.mark):
            self.panel.hide()

    def close_person(self) -> None:
        """Close the side."""
        self.panel.row = None
        self.panel.hide()
        self._begin()

    def _typed(self, text: str) -> bool:
        """1 to 7 on a row: the state of that number."""
        line = self._line()
        if line is None or text not in "1234567":
            return False
        self._set(line.row, list(WorkState)[int(text) - 1], line.row.note or "")
        return True

    def _change(self, state: WorkState, note: str) -> None:
        if self.panel.row is not None:
            self._set(self.panel.row, state, note)

    def _set(self, row: WorkRow, state: WorkState, note: str) -> None:
        def done(line: WorkLine) -> None:
            self._put(line)
            say = self._words.say
            sentence = say("{name}: {state}", name=line.name, state=line.state)
            self._offer_undo(sentence, lambda: self._take_back(line.row, row))

        self.lists.change(row, state, note, done, self._fault)

    def _take_back(self, now: WorkRow, before: WorkRow) -> None:
        self.lists.change(now, before.state, before.note or "", self._put, self._fault)

    def _put(self, line: WorkLine) -> None:
        self.model.put_work(line)
        if self.panel.row is not None and self.panel.row.mark == line.row.mark:
            self.panel.show_row(line.row)
        self.lists.overview(self._figures, self._fault)
        self.changed.emit()

    def _figures(self, overview: Overview) -> None:
        self._overview = overview
        self.head.show_coverage(self._coverage_words())

    # -- by hand

    def _add_area(self, place: str, level: RiskLevel) -> None:
        self.lists.type_area(place, level, self._area_added, self._fault)

    def _area_added(self, entry: RiskEntry) -> None:
        self.place.clear()
        say = self._words.say
        sentence = say("Risk area in force: {place}", place=entry.name or entry.code)
        self._offer_undo(
            sentence, lambda: self.lists.strike_area(entry.code, self._after, self._fault)
        )
        self._after(None)

    def _withdraw(self) -> None:
        lists = self.shown
        if lists:
            info = lists[max(0, self.which.currentIndex())]
            self.lists.withdraw(info.number, lambda _: self._withdrawn(info), self._fault)

    def _withdrawn(self, info: ListInfo) -> None:
        sentence = self._words.say("Withdrawn: {name}", name=self._name(info))
        back = info.number
        self._offer_undo(sentence, lambda: self.lists.put_back(back, self._after, self._fault))
        self._after(None)

    def _after(self, _: object) -> None:
        self.refresh()
        self.changed.emit()

    # -- importing

    def _leave_import(self) -> None:
        self.importing.preview = None
        self._stack.setCurrentWidget(self.hint)
        self._retext()
        self.refresh()

    # -- what is said

    def _hush(self) -> None:
        self.strip.show_strips(())

    def _offer_undo(self, sentence: str, undo: Callable[[], None]) -> None:
        self._undo = undo
        strip = Strip("undo", sentence, self._words.say("Undo"), Tone.PASS)
        self.strip.show_strips((strip,))

    def _acted(self, code: str) -> None:
        undo, self._undo = self._undo, None
        self.strip.show_strips(())
        if code == "undo" and undo is not None:
            undo()

    def _fault(self, sentence: str) -> None:
        self._tell(sentence, Tone.STOP)

    def _tell(self, sentence: str, tone: Tone = Tone.IDLE) -> None:
        self.strip.show_strips((Strip("lists", sentence, self._words.say("Close"), tone),))

    def _retext(self) -> None:
        self.head.show_choice(self.kind, self.all)
        importing = self._stack.currentWidget() is self.importing
        self._areas.setVisible(self.kind is ListKind.RISK and not importing)
        self._tell_state()
        self.hint.setText(self._empty_words())
        if self.isVisible():
            self._fetch()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        importing = self._stack.currentWidget() is self.importing
        if event.key() == Qt.Key.Key_Escape and importing:
            self._cancel()
        elif event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self.close_person()
        elif event.key() == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
            self._fetch()
        elif event.matches(QKeySequence.StandardKey.Undo) and self._undo is not None:
            self._acted("undo")
        else:
            event.ignore()
