"""Every page besides the desk, put into the window and joined to its keys; and the lock.

The sign-in is there before the others: it is given, and whoever gives it tells of who signs in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from checkpoint_app.desk.cases.alarms import RECALL
from checkpoint_app.desk.duty.book import DutyBook
from checkpoint_app.desk.duty.oversight import Oversight
from checkpoint_app.desk.rights.door import Ended
from checkpoint_app.desk.session import Desk
from checkpoint_app.devices.ports import Printer, Speaker
from checkpoint_app.devices.sound import SystemSpeaker, system_player
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Operator
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.duty_watch import DutyWatch
from checkpoint_app.ui.pages.ended_page import EndedPage
from checkpoint_app.ui.pages.figures.page import FiguresPage
from checkpoint_app.ui.pages.find_page import FindPage
from checkpoint_app.ui.pages.help_page import HelpPage
from checkpoint_app.ui.pages.idle import LastTouch
from checkpoint_app.ui.pages.ledger.page import LedgerPage
from checkpoint_app.ui.pages.lists.page import ListsPage
from checkpoint_app.ui.pages.people.page import PeoplePage
from checkpoint_app.ui.pages.register_page import RegisterPage
from checkpoint_app.ui.pages.settings.page import SettingsPage
from checkpoint_app.ui.pages.shift.page import ShiftPage
from checkpoint_app.ui.pages.sign_in import SignInPage
from checkpoint_app.ui.pages.supervision.page import SupervisionPage
from checkpoint_app.ui.pages.sync.page import SyncPage
from checkpoint_app.ui.pages.vehicles.page import VehiclesPage
from checkpoint_app.ui.shell.footer import KeyHint
from checkpoint_app.ui.window import DESK, DESK_HINTS, MainWindow

FIND, REGISTER, HELP, SETTINGS = "find", "register", "help", "settings"
LEDGER = "ledger"
LISTS = "lists"
FIGURES, SYNC = "figures", "sync"
PEOPLE = "people"  # visitors and passes: at venues only
SHIFT, SUPERVISION = "shift", "supervision"
VEHICLES = "vehicles"
PAGES_OF = {"find": FIND, "print": REGISTER, "close_day": REGISTER, "help": HELP, "back": DESK}
HINTS = (
    KeyHint("Esc", "Back to the desk", "back"),
    KeyHint("F1", "Help", "help"),
    KeyHint("F2", "Find", "find"),
    KeyHint("F9", "Print", "print"),
    *(hint for hint in DESK_HINTS if hint.right),
)


class Pages(QObject):
    """The other pages of one window."""

    signed_in = Signal(object)  # Operator
    settings_changed = Signal(object)  # Settings
    trust_changed = Signal()
    testing = Signal(bool)  # a test of a serial device has the ports for itself
    ended = Signal(object)  # Ended: everything was destroyed

    def __init__(
        self,
        window: MainWindow,
        entrance: SignInPage,
        desk: Desk,
        printer: Printer,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        look, office = entrance.look, entrance.office
        self._window, self._office, self._desk, self._now = window, office, desk, now
        self._look = look
        self._signed: Operator | None = None
        self.behind = Background(self)
        self.touch = LastTouch()
        self.sign_in = entrance
        self.find = FindPage(look, office, now, lambda: desk.operator)
        self.ledger = LedgerPage(look, office, printer, self.behind, now, lambda: desk.operator)
        self.vehicles = VehiclesPage(look, office, desk, now, lambda: desk.operator)
        self.lists = ListsPage(look, office, self.behind, now)
        self.register = RegisterPage(look, office, printer, self.behind, now, lambda: desk.operator)
        self.people = PeoplePage(look, office, printer, self.behind, now)
        self.figures = FiguresPage(look, office, printer, self.behind, now, lambda: desk.operator)
        self.sync = SyncPage(look, office, now)
        self.book = DutyBook(office)
        self.shift = ShiftPage(look, self.book, printer, self.behind, lambda: len(desk.state.tray))
        self.supervision = SupervisionPage(look, Oversight(office), printer, self.behind)
        self.watch = DutyWatch(window, look, self.book)
        self.help = HelpPage(look)
        self.settings = SettingsPage(look, office, printer, self.behind, now, _speaker)
        self._add()
        self._connect()

    def _add(self) -> None:
        window = self._window
        window.add_page(FIND, self.find, "search", "Find")
        window.add_page(LEDGER, self.ledger, "ledger", "Ledger")
        window.add_page(VEHICLES, self.vehicles, "vehicle", "Vehicles")
        window.add_page(LISTS, self.lists, "people", "Lists")
        window.add_page(PEOPLE, self.people, "badge", "Visiting")
        window.add_page(REGISTER, self.register, "printer", "Register")
        window.add_page(FIGURES, self.figures, "chart", "Figures")
        window.add_page(SYNC, self.sync, "sync", "Sync")
        window.add_page(SHIFT, self.shift, "shift", "Shift")
        window.add_page(SUPERVISION, self.supervision, "supervision", "Oversight")
        window.add_page(HELP, self.help, "help", "Help", at_bottom=True)
        window.add_page(SETTINGS, self.settings, "settings", "Settings", at_bottom=True)

    def _connect(self) -> None:
        self.settings.settings_changed.connect(self.use)
        self.settings.trust_changed.connect(self.trust_changed)
        self.settings.testing.connect(self.testing)
        self.settings.ended.connect(self.ended)
        self.register.printer_chosen.connect(lambda name: self.settings.change(printer=name))
        self.register.folder_chosen.connect(lambda at: self.settings.change(closing_folder=at))
        self.find.amended.connect(self._amended)
        self.shift.handed.connect(self._take_over)
        self.shift.another.connect(lambda: self._cover(None))
        self.shift.changed.connect(self.watch.refresh)
        self.supervision.changed.connect(self.watch.refresh)
        self.supervision.records_asked.connect(self._show_records)
        self.find.panel.case_asked.connect(self._open_case_of)
        self.find.entered.connect(lambda _: self._desk.entered_later())
        self._window.desk_page.day.opened.connect(self._open_record)
        self._window.commanded.connect(self._command)
        self._window.strips.acted.connect(self._strip_acted)
        self.ledger.changed.connect(self._desk.see_ledger)
        self.lists.changed.connect(self._desk.see_ledger)
        self.vehicles.desk_asked.connect(lambda: self._window.show_page(DESK))
        self._window.desk_page.plate.sheet_asked.connect(lambda: self._window.show_page(VEHICLES))
        self._window.pages.currentChanged.connect(lambda _: self._page_shown())
        self._window.closing.connect(self.close)
        self._window.installEventFilter(self)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self.touch)

    # -- signing in, locking

    def lock(self) -> None:
        """Cover the window; the same person's PIN brings everything back as it was."""
        self._cover(self._signed.name if self._signed else None)

    def _cover(self, again: str | None) -> None:
        self._desk.acknowledge()
        self.find.panel.let_go()
        self.ledger.panel.let_go()
        self._window.cover(self.sign_in)
        self.sign_in.open(again)
        self._tell_time()

    def enter(self, operator: Operator) -> None:
        """Somebody has signed in."""
        self._signed = operator
        self._office.acting.enter(operator)
        self.touch.touched()
        self._window.uncover()
        self._show_venue()
        self.signed_in.emit(operator)
        self._fetch_officers()
        self.lists.lists.resume()
        self.book.arrive(operator, lambda turn: self.watch.refresh(), lambda sentence: None)

    def _take_over(self, operator: Operator) -> None:
        """The post was handed over by two PINs: the desk is the next one's, and nothing stops."""
        self._signed = operator
        self._office.acting.enter(operator)
        self.signed_in.emit(operator)
        self._fetch_officers()

    def _fetch_officers(self) -> None:
        self._office.operators(self._set_officers, lambda sentence: None)

    def _set_officers(self, operators: list[Operator]) -> None:
        me = self._signed.id if self._signed else None
        others = [(each.id, each.name) for each in operators if each.active and each.id != me]
        self._window.desk_page.set_officers(others)
        self.find.set_officers(others)

    def tick(self) -> None:
        """Once a second: the clock of the cover, and the lock after a while without a hand."""
        self.vehicles.tick()
        if self._window.covered:
            self._tell_time()
        elif self.touch.seconds >= self._office.settings.lock_after:
            self.lock()
        self.watch.tick()

    def _tell_time(self) -> None:
        self.sign_in.tick(self._now(), len(self._desk.state.tray))

    # -- what the pages tell

    def use(self, settings: Settings) -> None:
        """Take settings that somebody changed, when they can be kept."""
        if self._office.take_settings(settings, lambda sentence: None):
            self.settings_changed.emit(settings)
        self.sign_in.show_settings()

    def show_ended(self, ended: Ended, file: str | None) -> None:
        """Cover everything for good: what there was is destroyed."""
        page = EndedPage(self._look, self.settings.rights.paper_out)
        page.leaving.connect(self._window.close)
        self._window.cover(page)
        page.show_ended(ended, file)

    def _open_record(self, inspection_id: UUID) -> None:
        """A line of the day's list was pressed: the record, on the page that finds records."""
        self._window.show_page(FIND)
        self.find.open_record(inspection_id)

    def _open_case_of(self, inspection_id: UUID) -> None:
        """From a record to its case."""

        def found(case_id: UUID | None) -> None:
            if case_id is None:
                self.find.panel.say(self._office.translate("This person has no case"))
            else:
                self._window.show_page(LEDGER)
                self.ledger.open_case(case_id)

        self.ledger.casework.of_inspection(inspection_id, found, self.find.panel.say)

    def _strip_acted(self, code: str) -> None:
        """Somebody is to be called back: the case, on the page that leads it on."""
        case_id = self._desk.recalled
        if code == RECALL and case_id is not None:
            self._window.show_page(LEDGER)
            self.ledger.open_case(case_id)

    def _show_records(self, ids: tuple[UUID, ...]) -> None:
        """The records behind a signal, on the page that finds records."""
        self._window.show_page(FIND)
        self._office.chosen(ids, self.find.show_chosen, lambda sentence: None)

    def _amended(self, recorded: RecordedInspection) -> None:
        self._desk.note_change(recorded.inspection.id, recorded.outcome)

    # -- keys

    def _command(self, command: str) -> None:
        if command == "lock":
            self.lock()
        elif command == "shift":
            self._shift()
        elif command in PAGES_OF:
            self._window.show_page(PAGES_OF[command])
            if command in ("print", "close_day"):
                self.register.open_closing(command == "close_day")

    def _shift(self) -> None:
        """F11: the page of the shift; there, once more, somebody else signs in at once."""
        if self._window.current == SHIFT:
            self._cover(None)
        else:
            self._window.show_page(SHIFT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc that no page had a use for leads back to the desk."""
        back = (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and not self._window.covered
            and self._window.current != DESK
        )
        if back:
            self._window.show_page(DESK)
        return back

    def _page_shown(self) -> None:
        on_desk = self._window.current == DESK
        self._show_venue()
        self._window.footer.show_keys(DESK_HINTS if on_desk else HINTS)
        self._fetch_officers()

    def _show_venue(self) -> None:
        """By the road nobody visits anybody."""
        self._window.rail.offer(PEOPLE, self._office.venue)

    def close(self) -> None:
        """End what runs beside the window."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self.touch)
        self.settings.groups["devices"].closed()
        self.behind.stop()


def _speaker() -> Speaker:
    return SystemSpeaker(system_player())
