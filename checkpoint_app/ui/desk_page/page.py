"""The desk page: joins its parts, draws `DeskState`, and turns keys into calls of the desk.

It concludes nothing: what may be done, and what is shown, stands in the state.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkpoint_app.desk import DeskState, Outline
from checkpoint_app.desk.leaving import NEEDS_SECOND
from checkpoint_app.domain.inspection import Direction, Requirement
from checkpoint_app.ui.desk_page import action_row, faces
from checkpoint_app.ui.desk_page.action_row import ActionRow
from checkpoint_app.ui.desk_page.change_panel import ChangePanel, Officer
from checkpoint_app.ui.desk_page.columns import Columns
from checkpoint_app.ui.desk_page.day_list import DayCard
from checkpoint_app.ui.desk_page.fields import FieldForm
from checkpoint_app.ui.desk_page.gate.crowd_bar import CrowdBar, CrowdPanel
from checkpoint_app.ui.desk_page.gate.plate_pad import PlatePad
from checkpoint_app.ui.desk_page.gate.turn_back_panel import TurnBackPanel
from checkpoint_app.ui.desk_page.gate.vehicle_bar import VehicleBar
from checkpoint_app.ui.desk_page.keys import ConfirmGuard, Press, meaning
from checkpoint_app.ui.desk_page.lamp_panels import panel_for
from checkpoint_app.ui.desk_page.lamps import LampRow
from checkpoint_app.ui.desk_page.picture_place import PicturePlace
from checkpoint_app.ui.desk_page.port import DeskPort
from checkpoint_app.ui.desk_page.temperature import TemperatureCard
from checkpoint_app.ui.desk_page.tray import Tray
from checkpoint_app.ui.desk_page.verdict_card import VerdictCard
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.popover import Popover
from checkpoint_app.ui.workers import CameraWorkers, Found

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class DeskPage(QWidget):
    """All of the desk between top bar and footer."""

    source_chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        desk: DeskPort,
        now: Callable[[], datetime],
        venue: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._look, self._desk, self._now, self._monotonic = look, desk, now, monotonic
        self._state = desk.state
        self._guard = ConfirmGuard()
        self._thermometer, self._threshold = "", 37.3
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._make_parts(venue)
        self._connect()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self.show_state(self._state)

    # -- parts

    def _make_parts(self, venue: bool) -> None:
        look = self._look
        self.picture = PicturePlace(look)
        self.lamps = LampRow(look)
        self.temperature = TemperatureCard(look)
        self.card = VerdictCard(look)
        self.form = FieldForm(look)
        self.tray = Tray(look)
        self.decide = ActionRow(look, venue)
        self.day = DayCard(look)
        self.vehicle, self.crowd = VehicleBar(look), CrowdBar(look)
        self._columns = Columns(
            look,
            left=(self.picture, self.lamps, self.temperature),
            middle=(self.vehicle, self.card, self.form, self.tray, self.decide),
            right=_above(look, self.crowd, self.day),
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._columns)
        self.popover = Popover(self, self._columns.left)
        self.aside = Popover(self, self)
        self.change = ChangePanel(look, self._desk, self)
        self.plate = PlatePad(look, self._desk, self)

    def _connect(self) -> None:
        desk = self._desk
        self.temperature.digit.connect(desk.type_digit)
        self.temperature.erase.connect(desk.backspace)
        self.lamps.pressed.connect(self._open_lamp)
        self.form.typed.connect(desk.set_field)
        self.form.left.connect(self.go_home)
        self.tray.reopened.connect(self._reopen)
        self.decide.pressed.connect(self._act)
        self.day.undone.connect(desk.undo)
        self.popover.closed.connect(self.go_home)
        self.aside.closed.connect(self.go_home)
        self.plate.closed.connect(self.go_home)
        self.vehicle.edited.connect(self._open_plate)
        self.vehicle.closed.connect(self.by_plate)
        self.vehicle.turned_back.connect(self.turn_vehicle_back)
        self.crowd.clicked.connect(self._correct_crowd)
        self.picture.chosen.connect(self.source_chosen)
        self._look.changed.connect(lambda: self.show_state(self._desk.state))

    # -- drawing

    def show_state(self, state: DeskState) -> None:
        """Draw a state; parts that did not change stay as they are."""
        before, self._state = self._state, state
        self._guard.saw((state.card.tone, state.card.headline), self._monotonic())
        self.card.show_card(state.card)
        self.lamps.show_lamps(state.lamps)
        self.temperature.show_reading(
            faces.figure(state), faces.figure_tone(state), self._thermometer, self._notes(state)
        )
        person = state.inspection.id if state.inspection else None
        self.form.show_portrait(state.portrait)
        self.form.show_views(
            person, faces.field_views(state, self._now().date(), self._look.translate)
        )
        self.tray.show_items(state.tray, self._now())
        self.decide.show_confirm(state.confirm_caption, state.can_confirm, person is not None)
        self.day.show_day(state.lines, state.counts, self._now())
        self.vehicle.show_view(state.vehicle)
        self.crowd.show_view(state.crowd)
        self.plate.follow(state.vehicle)
        self._show_asking(before, state)
        self._show_undo()
        self._share_room()

    def _notes(self, state: DeskState) -> tuple[str, ...]:
        translate = self._look.translate
        rule = translate("{threshold} ℃ and above: retest", threshold=f"{self._threshold:.1f}")
        earlier = faces.earlier_readings(state)
        return (rule, translate("Before: {readings}", readings=earlier)) if earlier else (rule,)

    def _show_asking(self, before: DeskState, state: DeskState) -> None:
        if state.asking is None:
            if self.change.isVisible():
                self.change.hide()
                self.go_home()
        elif before.asking is not state.asking or not self.change.isVisible():
            outcome = state.verdict.outcome if state.verdict else None
            self.change.open_for(state.asking, outcome in NEEDS_SECOND)
            self._place_change()

    def _show_undo(self) -> None:
        until = self._state.undo_until
        self.day.undo.show_left((until - self._now()).total_seconds() if until else 0)

    def tick(self) -> None:
        """Move the clocks on, once a second."""
        self.tray.tick(self._now())
        self._show_undo()

    def show_thermometer(self, source: str, threshold_c: float) -> None:
        """Where readings come from (as shown) and the fever threshold."""
        self._thermometer, self._threshold = source, threshold_c
        self.show_state(self._state)

    def set_officers(self, officers: Sequence[Officer]) -> None:
        """Who may answer for leaving a hold."""
        self.change.set_officers(officers)

    def show_found(self, found: Sequence[Found]) -> None:
        """Codes that the camera saw: each goes to the desk and is outlined by its answer."""
        self.picture.show_outlines(
            tuple(
                Outline(
                    code.corners,
                    self._desk.scan(code.text, code.symbology, code.colour, code.corners),
                )
                for code in found
            )
        )

    def show_workers(self, workers: CameraWorkers) -> None:
        """Show the pictures of a camera's workers, at the size that the picture has."""
        workers.image.connect(self.picture.show_image)
        workers.state.connect(self.picture.show_camera)
        self.picture.resized.connect(workers.set_room)
        workers.set_room(self.picture.live.room())

    # -- room

    def _share_room(self) -> None:
        """The verdict comes first: the tray gets flat for it, then the last fields give way."""
        room = self._columns.middle_height() - self.decide.minimumSizeHint().height()
        room -= 3 * self._look.metrics.gap + self.vehicle.height_if_shown()
        wanted = self.card.natural_height()
        tight = wanted + self.form.height_of(3) + self.tray.height_if(tight=False) > room
        self.tray.set_tight(tight)
        room -= self.tray.height_if(tight)
        least = self.card.least_height()
        rows = 2 if room - self.form.height_of(2) >= least else 1
        self.card.set_room(max(least, min(wanted, room - self.form.height_of(rows))))

    def _place_change(self) -> None:
        self.change.place(self._columns.right_of_left(), self.card.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._after_resize)

    def _after_resize(self) -> None:
        self._share_room()
        self.popover.place()
        if self.change.isVisible():
            self._place_change()

    # -- hands

    def go_home(self) -> None:
        """The keyboard belongs to the desk again: digits are a temperature, Enter confirms."""
        if self.change.isVisible():
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.plate.isVisible():
            self.plate.plate.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def by_hand(self) -> None:
        """F3: type name and number."""
        self.popover.close_now()
        self.form.start()

    def by_plate(self) -> None:
        """F4: the open vehicle is done, and the next one's plate is typed."""
        self.popover.close_now()
        self.form.commit()
        if self._desk.state.direction is Direction.OUT:  # counted by the plate alone
            self.form.start("plate")
            return
        if self._vehicle_has_people():
            self._desk.close_vehicle()
        if not self._vehicle_has_people():
            self._open_plate()

    def _vehicle_has_people(self) -> bool:
        vehicle = self._desk.state.vehicle
        return vehicle is not None and bool(vehicle.passage.occupants)

    def _open_plate(self) -> None:
        left = self._columns.left
        height = min(left.height(), max(self.plate.least_height(), left.height() * 3 // 4))
        corner = left.mapTo(self, QPoint(0, left.height() - height))
        self.plate.open_for(self._desk.state.vehicle, QRect(corner, QSize(left.width(), height)))

    def turn_vehicle_back(self) -> None:
        """Shift+F6: the open vehicle turns back with everyone in it, once a reason is chosen."""
        vehicle = self._desk.state.vehicle
        if vehicle is None:
            return
        panel = TurnBackPanel(self._look, self._desk, vehicle.plate, self.aside.close_now)
        panel.resized.connect(self.aside.place)
        self.aside.open_at(self.vehicle.turn_back, panel)

    def _correct_crowd(self) -> None:
        view = self._desk.state.crowd
        if view is not None:
            panel = CrowdPanel(self._look, self._desk, view, self.aside.close_now)
            panel.resized.connect(self.aside.place)
            self.aside.open_at(self.crowd, panel)

    def set_county(self, county_code: str) -> None:
        """Where the station is: its plates begin so."""
        self.plate.set_county(county_code)

    def command(self, press: Press | str) -> None:
        """A key or a button that decides: what was typed counts first, then the desk acts."""
        self.form.commit()
        act = {
            action_row.PARK: self._desk.park,
            action_row.HOLD: self._desk.hold,
            action_row.TURN_BACK: self._desk.turn_back,
            Press.RETEST: self._desk.retest,
            "hand_over": self._desk.hand_over,
            "change": self._desk.ask_change,
            Press.MASK: self._desk.toggle_mask,
            Press.ITINERARY: self._desk.pass_itinerary,
            Press.EMERGENCY: self._desk.let_emergency_through,
            Press.GATE_MODE: self._desk.toggle_gate_mode,
            Press.COUNT: self._desk.count_one,
            Press.RUNNER: self._desk.run_away,
            "turn_vehicle_back": self.turn_vehicle_back,
            Press.CLEAR: self._clear,
            Press.CONFIRM: self.confirm,
            Press.ERASE: self._desk.backspace,
        }.get(press)
        if act is not None:
            act()

    def _act(self, name: str) -> None:
        self.command(name)
        if not self.change.isVisible():
            self.go_home()

    def confirm(self) -> None:
        """Enter: only where the state allows it, and not in the moment after a change."""
        self._desk.acknowledge()
        if self._desk.state.can_confirm and self._guard.allows(self._monotonic()):
            self._desk.confirm()

    def _clear(self) -> None:
        self._desk.acknowledge()
        self._desk.clear()
        self.go_home()

    def _reopen(self, item: object) -> None:
        self.form.commit()
        self._desk.reopen(item)  # type: ignore[arg-type]
        self.go_home()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.modifiers() & _COMMANDS:
            self._command_key(event)
            return
        press = meaning(event.text())
        if press is None:
            event.ignore()
        elif press is Press.DIGIT:
            self._desk.type_digit(event.text())
        elif press is Press.ERASE or not event.isAutoRepeat():
            self.command(press)

    def _command_key(self, event: QKeyEvent) -> None:
        """Alt and a number reopens that parked person, Ctrl+Z takes the last one back."""
        number = event.key() - Qt.Key.Key_0
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and 1 <= number <= 9:
            self.tray.reopen(number)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._desk.undo()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.go_home()

    # -- lamps

    def _open_lamp(self, requirement: Requirement) -> None:
        """Open what can be set by eye; the mask is worn or not, the temperature is typed."""
        anchor = self.lamps.lamps[requirement]
        if self.popover.anchor is anchor:
            self.popover.close_now()
            return
        panel = panel_for(requirement, self._look, self._desk, self._now(), self.popover.close_now)
        if panel is not None:
            panel.resized.connect(self.popover.place)
            self.popover.open_at(anchor, panel)
            return
        if requirement is Requirement.MASK:
            self._desk.toggle_mask()
        self.go_home()


def _above(look: Look, upper: QWidget, lower: QWidget) -> QWidget:
    """Two parts as one column."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(upper)
    column.addWidget(lower, 1)
    look.changed.connect(lambda: column.setSpacing(look.metrics.gap))
    column.setSpacing(look.metrics.gap)
    return place
