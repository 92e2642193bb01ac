"""The only place where the window's parts are built and joined.

The store is opened first (asking for the passphrase where one is set), then the window with its
pages, then camera, thermometer and scanner, each on threads of their own.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from checkpoint_app.codes import Issuers, Trust, load_issuers
from checkpoint_app.desk.chips import battery_chip, chips, offline_chip
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.hub.link import HubLink, invitation
from checkpoint_app.desk.hub.view import HubView, ListHeld, hub_chip
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.rights.door import Ended
from checkpoint_app.desk.rights.erasing import SCHEDULE, erase_now
from checkpoint_app.desk.rules import policy_of
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import LookUp, Surface
from checkpoint_app.desk.trusting import demo_trust
from checkpoint_app.desk.view import Chip
from checkpoint_app.devices.battery import BatteryWatch, system_battery
from checkpoint_app.devices.camera import DEMO, open_camera
from checkpoint_app.devices.last_seconds import LastSeconds
from checkpoint_app.devices.ports import (
    Battery,
    BatteryLevel,
    Camera,
    Frame,
    OnlineAnswer,
    Printer,
)
from checkpoint_app.devices.printer import SystemPrinter, lp_command
from checkpoint_app.devices.serial_line import SerialLines, scanned
from checkpoint_app.devices.sound import DeskSpeaker, system_player
from checkpoint_app.devices.thermometer import Thermometer
from checkpoint_app.domain.inspection import Outcome, TemperatureSource
from checkpoint_app.domain.page import Page
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.resources import resource
from checkpoint_app.settings import Settings, save
from checkpoint_app.store.station import Declared, Operator, Station, StoreFault
from checkpoint_app.ui.desk_page.page import DeskPage
from checkpoint_app.ui.fonts import load_fonts
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.sign_in import SignInPage
from checkpoint_app.ui.theme import DARK, LIGHT, Theme
from checkpoint_app.ui.wedge import Pace, WedgeFilter
from checkpoint_app.ui.window import MainWindow
from checkpoint_app.ui.workers import CameraWorkers, Found, PageWorker

if TYPE_CHECKING:
    from checkpoint_app.ui.pages.pages import Pages
    from checkpoint_app.vision import FrameReader
    from checkpoint_app.vision.page import PageReader

log = logging.getLogger(__name__)
STOPS = frozenset({Outcome.HAND_OVER, Outcome.HOLD, Outcome.TURN_BACK})
TIDY_EVERY = 30  # seconds between tidying the store while nobody is at the desk
ERASE_EVERY = 60  # seconds between asking whether the daily erasure is due
QUIET = 180  # seconds without a touch after which nobody waits
AGES_EVERY = 1800  # seconds between looking again how old the lists are
ANSWER_EVERY, ANSWERS_BY = 5, 40  # ms: looking whether the lists have answered, drawing anyway
FURNISH_AFTER = 250  # ms from the sign-in to the building of the other pages
NIGHT = (19, 7)  # the dark theme's hours where the setting says "auto"


def local_now() -> datetime:
    """The desk's clock: local time, aware."""
    return datetime.now().astimezone()


def theme_for(setting: str, now: datetime) -> Theme:
    """The theme that a setting means at this hour."""
    night = now.hour >= NIGHT[0] or now.hour < NIGHT[1]
    return DARK if setting == "dark" or (setting == "auto" and night) else LIGHT


@dataclass(frozen=True, slots=True)
class Outside:
    """What the desk meets beyond itself; whoever drives the window by a script brings its own."""

    now: Callable[[], datetime] = local_now  # aware, local
    open_camera: Callable[[str, Path], Camera] = open_camera
    printer: Printer = field(default_factory=lambda: SystemPrinter(lp_command()))
    battery: Battery = field(default_factory=system_battery)


class Post(QObject):
    """Carries calls from any thread to the window's thread."""

    _called = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.closed = False
        self._called.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def __call__(self, call: Callable[[], None]) -> None:
        self._called.emit(call)

    def _run(self, call: Callable[[], None]) -> None:
        if not self.closed:  # what answers after the end has nobody to tell
            call()


class Eye:
    """Reads phones' pages; loads the recogniser when the first page is there, not at the start."""

    def __init__(self, folder: Path, issuers: Issuers) -> None:
        self._folder, self._issuers = folder, issuers
        self._reader: PageReader | None = None
        self._codes: FrameReader | None = None

    def sharpness(self, frame: Frame) -> float:
        """How sharp a frame is."""
        from checkpoint_app.vision.page import sharpness

        return sharpness(frame)

    def read(self, frame: Frame, now: datetime) -> tuple[Page | None, tuple[str, ...]]:
        """The page in a frame, and its codes' texts."""
        from checkpoint_app.vision import FrameReader
        from checkpoint_app.vision.page import PageReader

        self._reader = self._reader or PageReader(self._folder, issuer_of=self._issuers.of)
        self._codes = self._codes or FrameReader()
        codes = self._codes.read(frame)
        return self._reader.read(frame, now=now, codes=codes), tuple(each.text for each in codes)


class DeskApp(QObject):
    """One running desk: the open store, the window, the devices."""

    def __init__(
        self, folder: Path, settings: Settings, station: Station, outside: Outside | None = None
    ) -> None:
        super().__init__()
        self._folder, self.settings = folder, settings
        self._outside = outside or Outside()
        self._now = self._outside.now
        self._post = Post()
        self._database = Database(station, self._post)
        self.look = Look(theme_for(settings.theme, self._now()), language=settings.language)
        self._drawing = self._practice = False
        self._seconds = 1  # what a start does by itself is not due again at the first tick
        self._issuers = load_issuers(folder)
        self._eye = Eye(folder, self._issuers)
        self._last_seconds = LastSeconds(self._now)
        self._saved_policy: SitePolicy | None = None  # until the store has told
        self._offline = False  # nor is 断网模式
        self._on_line = ThreadPoolExecutor(2, "online")
        self._link = HubLink(self._database, self._now, self._post, self._hub_changed)
        self._trust, self._stopped = Trust.empty(), 0
        self._hub_sign: tuple[Chip, ...] = ()
        self._hub_lists: tuple[ListHeld, ...] = ()
        self._power: BatteryLevel | None = None
        self._battery = BatteryWatch(
            self._outside.battery, lambda level: self._post(lambda: self._power_changed(level))
        )
        self._speaker = DeskSpeaker(system_player)
        self.office = Office(
            self._database,
            self._now,
            self.look.translate,
            settings,
            policy_of(settings).is_venue,
            folder=folder,
        )
        self.desk = Desk(self._surface(Trust.empty()), "", self._changed)
        self.page = DeskPage(self.look, self.desk, self._now, policy_of(settings).is_venue)
        self.window = MainWindow(self.look, self.desk, self.page, self._now)
        self.entrance = SignInPage(self.look, self.office)
        self._cameras: CameraWorkers | None = None
        self._camera: Camera | None = None
        self._lines: list[SerialLines | Thermometer] = []
        self._join()

    # -- building

    @property
    def policy(self) -> SitePolicy:
        """The rules that the desk goes by now."""
        return policy_of(self.settings, self._saved_policy)

    def _surface(self, trust: Trust) -> Surface:
        settings, translate = self.settings, self.look.translate
        return Surface(
            self._database,
            self._now,
            translate,
            settings,
            self.policy,
            trust,
            self._speaker.of(settings, translate),
            self._look_up(),
            self._link.ask_office if self._link.view.enrolled else None,
            (
                *((offline_chip(translate),) if self._offline else ()),
                *hub_chip(self._link.view, translate),
                *battery_chip(self._power, translate),
                *chips(
                    trust, self._database.station.protected, self._practice, self._now(), translate
                ),
            ),
            self._practice,
            self._issuers,
            self._last_seconds.shots,
            offline=self._offline,
        )

    def _look_up(self) -> LookUp | None:
        address = self.settings.online_service
        if not address:
            return None
        from checkpoint_app.codes.online import HttpStatusService  # slow to load, rarely used

        service = HttpStatusService(address, self._now, self.settings.online_timeout)

        def look_up(text: str, answered: Callable[[OnlineAnswer], None]) -> None:
            def ask() -> None:
                answer = service.look_up(text)
                self._post(lambda: answered(answer))

            self._on_line.submit(ask)

        return look_up

    @cached_property
    def pages(self) -> Pages:
        """Every page besides the desk; built when first asked for, after the sign-in is drawn."""
        from checkpoint_app.ui.pages.pages import Pages  # half of all that the program loads

        pages = Pages(self.window, self.entrance, self.desk, self._outside.printer, self._now)
        pages.testing.connect(self._lend_lines)
        pages.signed_in.connect(self._signed_in)
        pages.settings_changed.connect(self.use)
        pages.trust_changed.connect(self._fetch_trust)
        pages.ended.connect(self._ended)
        pages.ledger.panel.newest_frame = self._newest_frame
        return pages

    def _join(self) -> None:
        self.entrance.signed_in.connect(lambda operator: self.pages.enter(operator))
        self.entrance.settings_changed.connect(lambda settings: self.pages.use(settings))
        self.page.source_chosen.connect(self._choose_camera)
        self.window.closing.connect(self._close)
        self._wedge = WedgeFilter(self._scanned, Pace(gap=self.settings.scanner_gap))
        QApplication.instance().installEventFilter(self._wedge)  # type: ignore[union-attr]
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)

    # -- running

    def start(self, camera: str | None) -> None:
        """Show the window and begin; `camera` overrides the setting for this run."""
        self.window.show_station(self.settings.site_name, "")
        self.window.resize(1366, 768)
        self.window.showMaximized()
        self.page.set_county(self.settings.county_code)
        self.window.cover(self.entrance)
        self.entrance.open(None)
        self.entrance.tick(self._now(), 0)
        self.desk.load()
        self._second.start()
        QTimer.singleShot(0, lambda: self._begin(camera or self.settings.camera))
        self._use_lines()

    def _begin(self, camera: str) -> None:
        """The sign-in can be used; the rest follows while somebody looks for the own name."""
        self.use_camera(camera)
        QTimer.singleShot(FURNISH_AFTER, self._furnish)

    def _furnish(self) -> None:
        if not self._post.closed:
            self.pages.sync.link = self._link
            self._link.start()
            self._battery.start()

    def _power_changed(self, level: BatteryLevel | None) -> None:
        self._power = level
        self.desk.join(self._surface(self._trust))

    def _hub_changed(self, view: HubView) -> None:
        """The exchange stands another way: the sign of the top bar and the page follow."""
        self.pages.sync.show_view(view)
        if view.lists != self._hub_lists:  # other rules, lists or operators may count now
            self._hub_lists = view.lists
            self._fetch_trust()
            self.office.operators(self._who_may, lambda sentence: None)
        sign = hub_chip(view, self.look.translate)
        if sign != self._hub_sign:  # an exchange that changes nothing leaves the desk alone
            self._hub_sign = sign
            self.desk.join(self._surface(self._trust))

    def _who_may(self, people: list[Operator]) -> None:
        """Whoever the office has shut out meanwhile goes on no longer."""
        here = self.office.acting.operator
        if here is not None and not any(each.id == here.id and each.active for each in people):
            self.pages.lock()

    def _changed(self) -> None:
        """Draw once after all that happened in this turn of the event loop."""
        if not self._drawing:
            self._drawing = True
            QTimer.singleShot(0, self._draw)

    def _draw(self, waited: int = 0) -> None:
        if self.desk.is_asking and waited < ANSWERS_BY:  # or the card would blink at every code
            QTimer.singleShot(ANSWER_EVERY, lambda: self._draw(waited + ANSWER_EVERY))
            return
        self._drawing = False
        self.window.refresh()
        if self._cameras is not None:
            self._cameras.want_page(self.settings.read_pages and not self.desk.is_idle)

    def _tick(self) -> None:
        self.desk.tick()
        self.look.use(theme=theme_for(self.settings.theme, self._now()))
        self.pages.tick()
        self._tell_office()
        if self.desk.is_idle and not self._seconds % TIDY_EVERY:
            self._database.run(lambda store: store.tidy())
        if not self._seconds % ERASE_EVERY:
            self.erase_if_due()
        if not self._seconds % AGES_EVERY:
            self._fetch_trust()
        self._seconds += 1

    def _tell_office(self) -> None:
        """Who was stopped or ran the gate is heard of within seconds, not at the next exchange."""
        stopped = sum(count for outcome, count in self.desk.state.counts if outcome in STOPS)
        stopped += self.desk.runs
        if stopped > self._stopped:
            self._link.hurry()
        self._stopped = stopped

    def erase_if_due(self) -> None:
        """The daily erasure, when nobody has touched the desk for a while."""
        waited = self.window.covered or self.pages.touch.seconds >= QUIET
        if self.desk.is_idle and waited:
            self.pages.settings.rights.desk.erase_if_due(
                lambda done: log.info("erased what was due"), lambda sentence: None
            )

    def _ended(self, ended: Ended) -> None:
        """Everything was destroyed: nothing more is stored or sent, only the paper is left."""
        self._second.stop()
        self._link.stop()
        self._stop_lines()
        if self._cameras is not None:
            self._cameras.stop()
        from checkpoint_app.ui.pages.files import write_whole

        file = self._folder / f"destroyed-{self._now():%Y%m%d-%H%M}.pdf"
        try:
            write_whole(file, ended.pdf)
        except OSError:
            self.pages.show_ended(ended, None)
        else:
            self.pages.show_ended(ended, str(file))

    def settle(self) -> None:
        """Wait until everything given to the store has been done."""
        self._database.settle()

    def _signed_in(self, operator: Operator) -> None:
        self.desk.operator = operator.name
        self.window.show_station(self.settings.site_name, operator.name)

    def use(self, settings: Settings) -> None:
        """Take new settings: what changed is joined anew, the person at the desk stays."""
        before, self.settings = self.settings, settings
        save(self._folder, settings)
        self.look.use(theme=theme_for(settings.theme, self._now()), language=settings.language)
        self.office.settings, self.office.translate = settings, self.look.translate
        self.office.venue = policy_of(settings).is_venue
        self._fetch_trust()
        self.window.show_station(settings.site_name, self.desk.operator)
        if settings.camera != before.camera:
            self.use_camera(settings.camera)
        if _lines_of(settings) != _lines_of(before):
            self._use_lines()
        self._show_thermometer()
        self.page.set_county(settings.county_code)

    def _fetch_trust(self) -> None:
        self.office.policy(self._use_policy, lambda sentence: None)
        self.office.offline(self._use_offline, lambda sentence: None)
        self.office.trust(self._use_trust, lambda sentence: None)

    def _use_offline(self, declared: Declared | None) -> None:
        self._offline = declared is not None

    def _use_policy(self, saved: SitePolicy | None) -> None:
        """The store's answer comes before that about trust, which joins the desk anew."""
        self._saved_policy = self.office.saved_policy = saved
        self._show_thermometer()

    def _use_trust(self, trust: Trust) -> None:
        demo = demo_trust(resource("demo"), self._now()) if self._practice else ()
        self._trust = trust.merged(*demo)
        self.desk.join(self._surface(self._trust))

    def _choose_camera(self, source: str) -> None:
        """A source chosen at the desk; the demo footage is for this run only."""
        if source == DEMO or source == self.settings.camera:
            self.use_camera(source)
        else:
            self.pages.settings.change(camera=source)

    def use_camera(self, source: str) -> None:
        """Show another source of pictures."""
        from checkpoint_app.vision import FrameReader

        if self._cameras is not None:
            self._cameras.stop()
        self._practice = source == DEMO
        self._last_seconds.clear()
        self._fetch_trust()
        camera = self._outside.open_camera(source, resource("demo"))
        pages = PageWorker(camera, self._eye, self._now)
        pages.page.connect(self._page_seen)
        self._cameras = CameraWorkers(
            camera, FrameReader(), QSize(640, 360), pages, self._last_seconds.take
        )
        self.page.show_workers(self._cameras)
        self._camera = camera
        self._cameras.found.connect(self._found)
        self._cameras.start()

    def _use_lines(self) -> None:
        self._stop_lines()
        settings = self.settings
        if settings.thermometer_port:
            lines = SerialLines(settings.thermometer_port, settings.thermometer_baud)
            thermometer = Thermometer(lines, settings.thermometer_pattern)
            thermometer.start(lambda celsius: self._post(lambda: self._measured(celsius)))
            self._lines.append(thermometer)
        if settings.scanner_port:
            scanner = SerialLines(settings.scanner_port, settings.scanner_baud)
            scanner.start(lambda line: self._post(lambda: self._scanned(scanned(line))))
            self._lines.append(scanner)
        self._show_thermometer()

    def _show_thermometer(self) -> None:
        self.page.show_thermometer(self.settings.thermometer_port, self.policy.fever_threshold_c)

    def _lend_lines(self, lent: bool) -> None:
        """A test of a serial device in the settings has the ports for itself while it runs."""
        if lent:
            self._stop_lines()
        else:
            self._use_lines()

    def _stop_lines(self) -> None:
        for line in self._lines:
            line.stop()
        self._lines = []

    @property
    def _attends(self) -> bool:
        """Behind the lock nobody is inspected, and nobody after the end: devices may lag behind."""
        return not self.window.covered and not self._post.closed

    def _measured(self, celsius: float) -> None:
        if not self._attends:
            return
        self.desk.take_reading(celsius, TemperatureSource.SERIAL)
        if self.desk.is_idle:  # went on or aside by themselves: the next may be just as warm
            for line in self._lines:
                if isinstance(line, Thermometer):
                    line.expect_another()

    def _found(self, found: Sequence[Found]) -> None:
        if self._attends:
            self.page.show_found(found)

    def _page_seen(self, page: Page, seen_at: datetime, texts: tuple[str, ...]) -> None:
        if self._attends:
            self.desk.see_page(page, seen_at, texts)

    def _scanned(self, text: str) -> None:
        invited = invitation(text)
        if invited is not None and not self.window.covered:
            self.window.show_page("sync")
            self.pages.sync.invite(invited)
        elif self._attends:
            self.desk.scan(text)

    def _newest_frame(self) -> Frame | None:
        """What the camera sees now, without waiting."""
        picture = self._camera.newest(0, 0.0) if self._camera is not None else None
        return picture.frame if picture is not None else None

    def _close(self) -> None:
        self._post.closed = True
        QApplication.instance().removeEventFilter(self._wedge)  # type: ignore[union-attr]
        self._second.stop()
        if self._cameras is not None:
            self._cameras.stop()
        self._stop_lines()
        self.desk.acknowledge()
        self._on_line.shutdown(wait=False, cancel_futures=True)
        self._link.stop()
        self._battery.stop()
        self._database.close()


def _lines_of(settings: Settings) -> tuple[str | int, ...]:
    """What of the settings concerns serial ports."""
    return (
        settings.thermometer_port,
        settings.thermometer_baud,
        settings.thermometer_pattern,
        settings.scanner_port,
        settings.scanner_baud,
    )


def open_window(
    folder: Path, settings: Settings, camera: str | None, fault: str | None = None
) -> int:
    """Open the desk in a window; returns when it is closed, with the exit code.

    `fault` is what was met on the way here, told over the desk (a damaged settings file).
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Checkpoint Desk")
    application.setStyle("Fusion")  # the same drawing on every system
    load_fonts()
    station = _opened(folder, settings)
    if station is None:
        return 1
    _erase_restored(station, settings)
    running = DeskApp(folder, settings, station)
    sys.excepthook = _tell_officer(running, running.look.translate)
    running.start(camera)
    if fault is not None:
        running.desk.tell(fault, fault_text(fault, running.look.translate))
    return application.exec()


def _erase_restored(station: Station, settings: Settings) -> None:
    """Before anything is shown: what a restored backup brought back, and is over, goes."""
    try:
        if station.retention.restored:
            erase_now(station, settings, "", SCHEDULE, local_now())
    except StoreFault as fault:  # tried again as soon as the desk is idle
        log.error("not erased: %s", fault.code)


def _opened(folder: Path, settings: Settings) -> Station | None:
    """The open store; a window asks for the passphrase or says why it can't be opened."""
    from checkpoint_app.ui.unlock import UnlockWindow

    look = Look(theme_for(settings.theme, local_now()), language=settings.language)

    def attempt(passphrase: str | None) -> Station:
        return Station.open(folder, passphrase=passphrase, now=local_now())

    try:
        return attempt(None)
    except StoreFault as fault:
        return UnlockWindow(look, attempt, fault).ask()


def _tell_officer(
    running: DeskApp, translate: Translate
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """The one top handler: a fault nobody foresaw is logged, without its values, and told."""

    def handle(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        place = trace
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
        log.error("%s at %s", kind.__name__, where)
        running.desk.tell("fault", fault_text("unforeseen", translate))

    return handle
