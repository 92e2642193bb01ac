"""督查: left what a day's records tell, right the ledger of problems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.desk import Strip, Tone
from checkpoint_app.desk.duty.oversight import NewProblem, Oversight
from checkpoint_app.devices.ports import Printer
from checkpoint_app.domain.roles import Right
from checkpoint_app.domain.supervision import Finding
from checkpoint_app.domain.supervision.problems import Problem, Step
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.paper_out import PaperOut
from checkpoint_app.ui.pages.supervision.new_problem import NewProblemForm
from checkpoint_app.ui.pages.supervision.problems import ProblemList, ProblemPanel
from checkpoint_app.ui.pages.supervision.signals import SignalsCard
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.shell.strips import StripBar
from checkpoint_app.ui.theme import TARGET

LIST, NEW, ONE = range(3)


class SupervisionPage(QWidget):
    """`records_asked` carries the ids of inspections to be shown; `changed`: problems moved on."""

    records_asked = Signal(object)
    changed = Signal()

    def __init__(
        self, look: Look, oversight: Oversight, printer: Printer, behind: Background
    ) -> None:
        super().__init__()
        self._look, self._oversight = look, oversight
        self._words = Words(look, self)
        self._day: date | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.strip = StripBar(look)
        self.out = PaperOut(look, printer, behind, self.tell)
        self.signals = SignalsCard(look)
        self.list, self.panel = ProblemList(look), ProblemPanel(look)
        self.form = NewProblemForm(look)
        self.new = self._words.button("New problem…", lambda: self.begin(None), "main")
        self.saving = self._words.button("Save as PDF…", lambda: self._sheet(self._save))
        self.printing = self._words.button("Print", lambda: self._sheet(self._print))
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.signals, 1)
        body.addWidget(self._ledger(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(self.strip)
        column.addLayout(body, 1)

    def _ledger(self) -> QFrame:
        made = QFrame()
        made.setProperty("role", "card")
        head = QHBoxLayout()
        head.setSpacing(8)
        title = self._words.label("Problems found", "title")
        title.setMinimumHeight(TARGET)
        head.addWidget(title, 1)
        for button in (self.saving, self.printing, self.new):
            head.addWidget(button)
        for part in (self.list, self.form, self.panel):
            self.stack.addWidget(part)
        column = QVBoxLayout(made)
        column.setContentsMargins(18, 10, 18, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        return made

    def _connect(self) -> None:
        self.signals.day_asked.connect(self.show_day)
        self.signals.records_asked.connect(self.records_asked)
        self.signals.problem_asked.connect(self.begin)
        self.form.made.connect(self._add)
        self.form.closed.connect(lambda: self.stack.setCurrentIndex(LIST))
        self.list.chosen.connect(self._open)
        self.panel.stepped.connect(self._step)
        self.panel.records_asked.connect(self.records_asked)
        self.panel.closed.connect(lambda: self.stack.setCurrentIndex(LIST))
        self.stack.currentChanged.connect(lambda _: self._show_buttons())
        self.strip.acted.connect(lambda _: self.strip.show_strips(()))

    @property
    def _today(self) -> date:
        return self._oversight.office.now().date()

    # -- showing

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Fetch the day's signals and the problems."""
        self._show_buttons()
        self.show_day(self._day or self._today)
        self._fetch_problems()

    def _show_buttons(self) -> None:
        may = self._oversight.office.acting.may(Right.SUPERVISE)
        for button in (self.saving, self.printing, self.new):
            button.setVisible(may and self.stack.currentIndex() == LIST)

    def show_day(self, day: date) -> None:
        """Look at a day, today's or an earlier one."""
        self._day = day = min(day, self._today)
        self.signals.show_day(day, self._today)
        self._oversight.findings(day, lambda found: self._show(day, found), self.signals.refuse)

    def _show(self, day: date, found: list[Finding]) -> None:
        if day == self._day:
            self.signals.show_findings(found)

    def _fetch_problems(self) -> None:
        self._oversight.problems(self._show_problems, self._refuse)

    def _show_problems(self, problems: list[Problem]) -> None:
        self.list.show_problems(problems, self._today)
        shown = self.panel.problem
        newest = next((each for each in problems if shown and each.id == shown.id), None)
        if newest is not None:
            self.panel.show_problem(newest)

    def tell(self, sentence: str, tone: Tone) -> None:
        """One sentence over the page."""
        self.strip.show_strips((Strip("supervision", sentence, self._words.say("Close"), tone),))

    def _refuse(self, sentence: str) -> None:
        self.tell(sentence, Tone.STOP)

    # -- doing

    def begin(self, finding: Finding | None) -> None:
        """Write a problem down, from a signal or with one's own words."""
        self.stack.setCurrentIndex(NEW)
        self.form.begin(self._today, finding)

    def _add(self, new: NewProblem) -> None:
        self._oversight.add(new, lambda _: self._taken(LIST), self._refuse)

    def _open(self, problem: Problem) -> None:
        self.panel.show_problem(problem)
        self.stack.setCurrentIndex(ONE)
        self.panel.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, problem: Problem, step: Step, what: str) -> None:
        to = LIST if step is Step.CLOSED else ONE
        self._oversight.step(problem, step, what, lambda _: self._taken(to), self._refuse)

    def _taken(self, to: int) -> None:
        self.strip.show_strips(())
        self.panel.what.clear()
        self.stack.setCurrentIndex(to)
        self._fetch_problems()
        self.changed.emit()

    def _sheet(self, then: Callable[[bytes, str], None]) -> None:
        title = self._words.say("Problems found and mended").replace(" ", "-")
        name = f"{self._today:%Y-%m-%d}-{title}"
        self._oversight.sheet(lambda pdf: then(pdf, name), self._refuse)

    def _save(self, pdf: bytes, name: str) -> None:
        self.out.ask_file(self, pdf, f"{name}.pdf")

    def _print(self, pdf: bytes, name: str) -> None:
        self.out.print(pdf, name, self._oversight.office.settings.printer)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.stack.currentIndex() != LIST:
            self.stack.setCurrentIndex(LIST)
        elif event.key() == Qt.Key.Key_PageUp:
            self.signals.earlier.click()
        elif event.key() == Qt.Key.Key_PageDown:
            self.signals.later.click()
        else:
            event.ignore()
