"""车辆: what stands at the gate, the day's vehicles with their people, and who ran the gate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.desk.gate.book import GateBook, GateDay, VehicleStory
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.session import Desk
from checkpoint_app.domain.runner import Runner, Shot
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.vehicles.columns import runner_columns, vehicle_columns
from checkpoint_app.ui.pages.vehicles.panels import GatePanel, RunnerPanel, StoryPanel
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.tables import LineModel, LineTable
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.segment import Segment

SIDE = {"compact": 380, "roomy": 480}


class VehiclesPage(QWidget):
    """Tables at the left, at the right what is pressed, else the vehicles at the gate."""

    desk_asked = Signal()

    def __init__(
        self,
        look: Look,
        office: Office,
        desk: Desk,
        now: Callable[[], datetime],
        operator: Callable[[], str],
    ) -> None:
        super().__init__()
        self._look, self._desk, self._operator = look, desk, operator
        self.book = GateBook(office)
        self._words = words = Words(look, self)
        self._day: GateDay | None = None
        self._seen: object = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.views, self.line = Segment(look, self), words.line("Plate, outcome, operator")
        self.count, self.hint = label("soft"), label("soft")
        self.vehicle_lines = LineModel(look, vehicle_columns(look, now), self)
        self.runner_lines = LineModel(look, runner_columns(look, now), self)
        self.vehicles = LineTable(self.vehicle_lines, self)
        self.runners = LineTable(self.runner_lines, self)
        self.gate = GatePanel(look, words, desk)
        self.story = StoryPanel(look, words, desk)
        self.runner = RunnerPanel(look, words, desk)
        self._tables, self.side = QStackedWidget(), QStackedWidget()
        self._as_runners = False
        words.name(self.vehicles, "Vehicles of the day")
        words.name(self.runners, "Who ran the gate")
        self._lay_out()
        self._connect()
        words.follow(self._retext)

    def _lay_out(self) -> None:
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        for part in (self.hint, self.vehicles, self.runners):
            self._tables.addWidget(part)
        for panel in (self.gate, self.story, self.runner):
            self.side.addWidget(panel)
        bar, ground, self._beside = _card(), _card(), _card()
        head = QHBoxLayout(bar)
        head.setContentsMargins(18, 10, 18, 10)
        head.setSpacing(14)
        head.addWidget(self._words.label("Vehicles", "page-title"))
        head.addWidget(self.views)
        head.addWidget(self.line, 1)
        head.addWidget(self.count)
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(4, 4, 2, 4)
        inside.addWidget(self._tables)
        edge = QVBoxLayout(self._beside)
        edge.setContentsMargins(16, 14, 16, 14)
        edge.addWidget(self.side)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(ground, 1)
        body.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(bar)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.views.chosen.connect(self._choose)
        self.line.textEdited.connect(self._filter)
        for table, opened in (
            (self.vehicles, self._open_vehicle),
            (self.runners, self._open_runner),
        ):
            table.activated.connect(opened)
            table.clicked.connect(opened)
        for panel in (self.story, self.runner):
            panel.closed.connect(self._close_side)
        self.gate.desk_asked.connect(self.desk_asked)
        self.runner.changed.connect(self.refresh)
        self.story.changed.connect(self.refresh)
        self.runner.pictures_asked.connect(self._fetch_pictures)

    def _retext(self) -> None:
        self._beside.setFixedWidth(SIDE[self._look.metrics.name])
        self._draw()

    # -- the day

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.refresh()

    def tick(self) -> None:
        """Once a second while in view: what the desk did meanwhile."""
        if self.isVisible():
            closed = self._desk.vehicle_state
            if closed != self._seen:
                self.refresh()
            self._show_gate()

    def refresh(self) -> None:
        """Fetch the day again."""
        self._seen = self._desk.vehicle_state
        self._show_gate()
        self.book.day(self._came, self._fault)

    def _came(self, day: GateDay) -> None:
        self._day = day
        self._draw()

    def _fault(self, sentence: str) -> None:
        self._day = None
        self.hint.setText(sentence)
        self._tables.setCurrentWidget(self.hint)

    def _show_gate(self) -> None:
        self.gate.show_state(self._desk.state, self._desk.vehicles_aside)

    def _draw(self) -> None:
        say, day = self._words.say, self._day
        vehicles, runners = (len(day.lines), len(day.runners)) if day is not None else (0, 0)
        texts = (
            say("Today ({count})", count=vehicles),
            say("Ran the gate ({count})", count=runners),
        )
        self.views.show_choice(texts, int(self._as_runners), say("Vehicles"))
        if day is None:
            return
        self.vehicle_lines.show_lines(day.lines)
        self.runner_lines.show_lines(day.runners)
        self.count.setText(self._counted(day))
        self._show_table()

    def _counted(self, day: GateDay) -> str:
        say, counts = self._words.say, day.counts
        said = say(
            "{vehicles} vehicles, {people} people · turned back {back}, {back_people} people",
            vehicles=counts.vehicles,
            people=counts.people,
            back=counts.turned_back_vehicles,
            back_people=counts.turned_back_people,
        )
        if not counts.parties_on_foot:
            return said
        parties, people = counts.parties_on_foot, counts.people_on_foot
        walked = say("on foot {parties} parties, {people} people", parties=parties, people=people)
        return f"{said} · {walked}"

    def _show_table(self) -> None:
        table = self.runners if self._as_runners else self.vehicles
        lines = self.runner_lines if self._as_runners else self.vehicle_lines
        self.hint.setText(
            self._words.say("Nobody ran the gate. R on the desk keeps the last 20 seconds.")
            if self._as_runners
            else self._words.say("No vehicle yet. On the desk, F4 and the plate begin one.")
        )
        self._tables.setCurrentWidget(table if lines.rowCount() else self.hint)

    # -- hands

    def _choose(self, at: int) -> None:
        self._as_runners = bool(at)
        self._close_side()
        self._draw()

    def _filter(self, text: str) -> None:
        for table in (self.vehicles, self.runners):
            table.filter(text)

    def _open_vehicle(self, index: QModelIndex) -> None:
        self.book.story(self.vehicles.line(index).id, self._show_story, self._fault)

    def _show_story(self, story: VehicleStory | None) -> None:
        if story is not None:
            self.story.show_story(story)
            self.side.setCurrentWidget(self.story)

    def _open_runner(self, index: QModelIndex) -> None:
        self.open_runner(self.runners.line(index))

    def open_runner(self, runner: Runner) -> None:
        """Show one gate-runner at the side."""
        self.runner.show_runner(runner)
        self.side.setCurrentWidget(self.runner)

    def _fetch_pictures(self, runner: Runner) -> None:
        def came(shots: list[Shot]) -> None:
            self.runner.show_pictures(shots)

        self.book.pictures(runner, self._operator(), came, self._fault)

    def _close_side(self) -> None:
        self.runner.show_pictures([])
        self.side.setCurrentWidget(self.gate)


def _card() -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    return card
