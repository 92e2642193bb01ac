"""The ledger of problems as a list, and the one chosen with its steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.duty.paper import problem_text
from checkpoint_app.desk.duty.words import STATES, clock
from checkpoint_app.domain.supervision.problems import Problem, ProblemEvent, State, Step
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.labels import ElidedLabel, label
from checkpoint_app.ui.widgets.segment import Segment

FILTERS = ("Not closed off", "All")
STEP_WORDS = {
    Step.FOUND: "found",
    Step.ASSIGNED: "assigned",
    Step.DONE: "mended",
    Step.CLOSED: "closed off",
    Step.REOPENED: "sent back",
}


class ProblemList(QWidget):
    """A line a problem: number, what, who, until when, how it stands."""

    chosen = Signal(object)  # Problem

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = words = Words(look, self)
        self._problems: Sequence[Problem] = ()
        self._today = date.min
        self._only_open = True
        self.lines: list[QWidget] = []
        self.filter = Segment(look)
        self.filter.chosen.connect(self._filtered)
        inside, self._column = QWidget(), QVBoxLayout()
        inside.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(4)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(scroll, 1)
        words.follow(self._redraw)

    def show_problems(self, problems: Sequence[Problem], today: date) -> None:
        """Show these, the overdue first."""
        self._problems, self._today = problems, today
        self._redraw()

    def _filtered(self, place: int) -> None:
        self._only_open = place == 0
        self._redraw()

    def _redraw(self) -> None:
        texts = tuple(self._words.say(each) for each in FILTERS)
        self.filter.show_choice(
            texts, 0 if self._only_open else 1, self._words.say("Which problems")
        )
        for old in self.lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        shown = [p for p in self._problems if not self._only_open or p.state is not State.CLOSED]
        shown.sort(key=lambda p: (not p.is_overdue(self._today), p.due or date.max, p.number))
        self.lines = [self._line(each) for each in shown]
        if not self.lines:
            none = "No problem is open" if self._problems else "No problem was found yet"
            self.lines = [label("soft", self._words.say(none))]
        for line in self.lines:
            self._column.addWidget(line)

    def _line(self, problem: Problem) -> QWidget:
        say = self._words.say
        late = problem.is_overdue(self._today)
        made = QPushButton()
        made.setProperty("role", "nav")
        made.clicked.connect(partial(self._chosen, problem))
        row = QHBoxLayout(made)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        what = ElidedLabel("")
        what.setText(f"{problem.number}  {problem_text(problem, self._look.translate)}")
        who = label("soft", problem.responsible)
        state = say("Overdue") if late else say(STATES[problem.state])
        due = f"{problem.due:%m-%d}  " if problem.due and problem.state is not State.CLOSED else ""
        stands = label("strong" if late else "soft", f"{due}{state}")
        restyle(stands, tone=str(_tone(problem, late)))
        row.addWidget(what, 1)
        row.addWidget(who)
        row.addWidget(stands)
        for part in (what, who, stands):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setAccessibleName(f"{what.text()}, {problem.responsible}, {stands.text()}")
        return made

    def _chosen(self, problem: Problem, _checked: bool = False) -> None:
        self.chosen.emit(problem)


def _tone(problem: Problem, late: bool) -> Tone:
    if late:
        return Tone.STOP
    return {State.CLOSED: Tone.PASS, State.DONE: Tone.ASK}.get(problem.state, Tone.ATTENTION)


class ProblemPanel(QWidget):
    """One problem: its story, what was done about it, and the steps that may be taken."""

    stepped = Signal(object, object, str)  # Problem, Step, text
    records_asked = Signal(object)
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = words = Words(look, self)
        self.problem: Problem | None = None
        self.title, self.story = _text("strong"), _text("")
        self.what = words.line("What was done, or what is still wrong", 400)
        self.records = words.button("Records behind it", self._ask_records)
        self.done = words.button("Mended", partial(self._step, Step.DONE))
        self.reopen = words.button("Send back", partial(self._step, Step.REOPENED))
        self.close_off = words.button("Close off", partial(self._step, Step.CLOSED), "main")
        self._lay_out()
        words.follow(self._redraw)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside, text = QWidget(), QVBoxLayout()
        inside.setLayout(text)
        text.setContentsMargins(0, 0, 8, 0)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        text.addWidget(self.title)
        text.addWidget(self.story)
        scroll.setWidget(inside)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(self._words.button("Back to the list", self.closed.emit))
        ends.addStretch(1)
        for button in (self.records, self.reopen, self.done, self.close_off):
            ends.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(scroll, 1)
        column.addWidget(self.what)
        column.addLayout(ends)

    def show_problem(self, problem: Problem) -> None:
        """Show one; a text typed for another is forgotten."""
        if self.problem is None or self.problem.id != problem.id:
            self.what.clear()
        self.problem = problem
        self._redraw()

    def _redraw(self) -> None:
        problem = self.problem
        if problem is None:
            return
        self.title.setText(f"{problem.number}  {problem_text(problem, self._look.translate)}")
        self.story.setText("\n".join(self._told(each) for each in problem.events))
        closed = problem.state is State.CLOSED
        self.records.setVisible(bool(problem.records))
        self.done.setVisible(problem.state is State.OPEN)
        self.close_off.setVisible(not closed)
        self.reopen.setVisible(problem.state is not State.OPEN)
        self.what.setVisible(True)

    def _told(self, event: ProblemEvent) -> str:
        say = self._words.say
        day = say("{month}/{day}", month=event.at.month, day=event.at.day)
        head = f"{day} {clock(event.at)}  {event.by}  {say(STEP_WORDS[event.step])}"
        if event.step in (Step.FOUND, Step.ASSIGNED):
            due = f"{event.due:%m-%d}" if event.due else "–"
            return f"{head}  " + say("{name}, until {due}", name=event.responsible, due=due)
        return f"{head}  {event.what}" if event.what else head

    def _step(self, step: Step) -> None:
        if self.problem is not None:
            self.stepped.emit(self.problem, step, self.what.text())

    def _ask_records(self) -> None:
        if self.problem is not None:
            self.records_asked.emit(self.problem.records)


def _text(role: str) -> QLabel:
    made = label(role)
    made.setWordWrap(True)
    return made
