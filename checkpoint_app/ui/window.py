"""The main window: rail, top bar, strips, pages, footer keys; and the keys that work everywhere.

Pages are added from outside (`add_page`); the window knows only the desk page by name, because
its keys and its state are what the shell shows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.desk import Chip, DeskState
from checkpoint_app.ui.desk_page.page import DeskPage
from checkpoint_app.ui.desk_page.port import DeskPort
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.shell.footer import Footer, KeyHint
from checkpoint_app.ui.shell.nav_rail import NavRail
from checkpoint_app.ui.shell.strips import StripBar
from checkpoint_app.ui.shell.top_bar import TopBar
from checkpoint_app.ui.theme import metrics_for

DESK = "desk"
KEYS = {
    "F1": "help",
    "F2": "find",
    "F3": "by_hand",
    "F4": "vehicle",
    "F5": "retest",
    "F6": "turn_back",
    "F7": "hand_over",
    "F8": "change",
    "F9": "print",
    "F10": "close_day",
    "F11": "shift",
    "F12": "lock",
    "Shift+F6": "turn_vehicle_back",
}
ON_DESK = frozenset(
    {"retest", "turn_back", "hand_over", "change", "confirm", "clear", "turn_vehicle_back"}
)
DESK_HINTS = (
    KeyHint("Enter", "Confirm", "confirm"),
    KeyHint("F2", "Find", "find"),
    KeyHint("F3", "By hand", "by_hand"),
    KeyHint("F4", "Vehicle", "vehicle"),
    KeyHint("F5", "Measure again", "retest"),
    KeyHint("F7", "Hand over", "hand_over"),
    KeyHint("F8", "Change outcome", "change"),
    KeyHint("F9", "Print", "print"),
    KeyHint("Esc", "Clear", "clear"),
    KeyHint("F11", "Change shift", "shift", right=True),
    KeyHint("F12", "Lock", "lock", right=True),
)


class MainWindow(QMainWindow):
    """The shell. `commanded` carries what other parts answer: help, find, print, lock …"""

    commanded = Signal(str)
    closing = Signal()

    def __init__(
        self, look: Look, desk: DeskPort, page: DeskPage, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._look, self._desk, self._now = look, desk, now
        self.desk_page = page
        self.rail, self.top_bar = NavRail(look), TopBar(look)
        self.strips, self.footer = StripBar(look), Footer(look)
        self.pages, self._cover = QStackedWidget(), QStackedWidget()
        self._keys: list[str] = []
        self._duty: tuple[Chip, ...] = ()
        self._place = ("", "", "")  # site, operator, shift
        self._shell = QWidget()
        self._lay_out()
        self._connect()
        self.footer.show_keys(DESK_HINTS)
        self.add_page(DESK, page, "scan", "Inspect")
        self.show_page(DESK)
        look.dress(self)
        self.setMinimumSize(1240, 640)
        self._tick()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        for part in (self.top_bar, self.strips):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        column.addWidget(self.footer)
        row = QHBoxLayout(self._shell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self._cover.addWidget(self._shell)
        self.setCentralWidget(self._cover)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.top_bar.page_asked.connect(self.show_page)
        self.top_bar.signs.closed.connect(self._focus_page)
        self.top_bar.direction_chosen.connect(self._desk.set_direction)
        self.top_bar.gate_pressed.connect(self._desk.toggle_gate_mode)
        self.strips.acted.connect(self._desk.strip_action)
        self.footer.commanded.connect(self.command)
        for key, command in KEYS.items():
            QShortcut(QKeySequence(key), self, lambda of=command: self.command(of))
        for number in range(1, 9):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda at=number: self._show_number(at))
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._look.changed.connect(self._retext)

    # -- pages

    def add_page(
        self, key: str, page: QWidget, drawing: str, message: str, at_bottom: bool = False
    ) -> None:
        """Add a page with its icon and the message of its name."""
        self._keys.append(key)
        self.pages.addWidget(page)
        self.rail.add(key, drawing, message, at_bottom)

    def show_page(self, key: str) -> None:
        """Bring a page into view; an unknown key does nothing."""
        if key not in self._keys:
            return
        self.top_bar.signs.close_list()
        self.pages.setCurrentIndex(self._keys.index(key))
        self.rail.show_current(key)
        self._focus_page()

    def _focus_page(self) -> None:
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current(self) -> str:
        """Key of the page in view."""
        return self._keys[self.pages.currentIndex()]

    def _show_number(self, number: int) -> None:
        keys = self.rail.offered
        if number <= len(keys):
            self.show_page(keys[number - 1])

    # -- what covers all (lock screen, first steps)

    def cover(self, widget: QWidget) -> None:
        """Put a widget over the whole window; the desk's keys are dead until `uncover`."""
        if self._cover.indexOf(widget) < 0:
            self._cover.addWidget(widget)
        self._cover.setCurrentWidget(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Show the shell again."""
        self._cover.setCurrentWidget(self._shell)
        self._focus_page()

    @property
    def covered(self) -> bool:
        """Whether something lies over the shell."""
        return self._cover.currentWidget() is not self._shell

    # -- drawing

    def show_station(self, site: str, operator: str) -> None:
        """The site's name, and who is at the desk."""
        self._place = (site, operator, self._place[2])
        self._show_place()

    def show_shift(self, shift: str) -> None:
        """The word of the shift, beside who is at the desk: "夜班 · 王芳"."""
        self._place = (*self._place[:2], shift)
        self._show_place()

    def _show_place(self) -> None:
        site, operator, shift = self._place
        duty = " · ".join(part for part in (shift, operator) if part) if operator else ""
        self.top_bar.show_station(site, duty)
        self.setWindowTitle(
            " · ".join(part for part in (self._look.translate("Checkpoint desk"), site) if part)
        )

    def show_duty(self, chips: tuple[Chip, ...]) -> None:
        """Signs of duty, before those of the desk: who should rest, what is due."""
        if chips != self._duty:
            self._duty = chips
            self.refresh()

    def show_state(self, state: DeskState) -> None:
        """Draw a state of the desk."""
        self.top_bar.show_direction(state.direction)
        self.top_bar.show_gate_mode(state.gate_allowed, state.gate_mode)
        self.top_bar.show_chips((*self._duty, *state.chips))
        self.strips.show_strips(state.strips)
        self.rail.show_count("ledger", state.late_cases)
        self.desk_page.show_state(state)

    def refresh(self) -> None:
        """Draw the desk as it is now; safe to call from the GUI thread at any time."""
        self.show_state(self._desk.state)

    def _tick(self) -> None:
        self.top_bar.show_time(self._now())

    def _retext(self) -> None:
        self.show_state(self._desk.state)

    # -- keys

    def command(self, command: str) -> None:
        """A key of the footer or an F key; under a cover nothing is commanded."""
        if self.covered:
            return
        if command in ON_DESK:
            if self.current == DESK:
                self.desk_page.command(command)
        elif command == "by_hand":
            self.show_page(DESK)
            self.desk_page.by_hand()
        elif command == "vehicle":
            self.show_page(DESK)
            self.desk_page.by_plate()
        else:
            self.commanded.emit(command)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.current == DESK and not self.covered and not self.desk_page.hasFocus():
            self.desk_page.keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._look.use(metrics=metrics_for(self.width(), self.height()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.closing.emit()
        super().closeEvent(event)
