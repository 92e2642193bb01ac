"""One running desk: the window's parts are built here and joined, and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from checkpoint_app.app.instruments import Instruments, Readers, lines_of
from checkpoint_app.app.outside import Outside, Post, theme_for
from checkpoint_app.codes import Trust, load_issuers
from checkpoint_app.desk.chips import battery_chip, chips, offline_chip
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.hub.link import HubLink, invitation
from checkpoint_app.desk.hub.view import HubView, ListHeld, hub_chip
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.rights.door import Ended
from checkpoint_app.desk.rules import policy_of
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import LookUp, Surface
from checkpoint_app.desk.trusting import demo_trust
from checkpoint_app.desk.view import Chip
from checkpoint_app.devices.battery import BatteryWatch
from checkpoint_app.devices.camera import DEMO
from checkpoint_app.devices.ports import (
    BatteryLevel,
    OnlineAnswer,
)
from checkpoint_app.devices.sound import DeskSpeaker, system_player
from checkpoint_app.domain.inspection import Outcome, TemperatureSource
from checkpoint_app.domain.page import Page
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.resources import resource
from checkpoint_app.settings import Settings, save
from checkpoint_app.store.station import Declared, Operator, Station
from checkpoint_app.ui.desk_page.page import DeskPage
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.sign_in import SignInPage
from checkpoint_app.ui.wedge import Pace, WedgeFilter
from checkpoint_app.ui.window import MainWindow
from checkpoint_app.ui.workers import Found

if TYPE_CHECKING:
    from checkpoint_app.ui.pages.pages import Pages

log = logging.getLogger(__name__)
STOPS = frozenset({Outcome.HAND_OVER, Outcome.HOLD, Outcome.TURN_BACK})
TIDY_EVERY = 30  # seconds between tidying the store while nobody is at the desk
ERASE_EVERY = 60  # seconds between asking whether the daily erasure is due
QUIET = 180  # seconds without a touch after which nobody waits
AGES_EVERY = 1800  # seconds between looking again how old the lists are
ANSWER_EVERY, ANSWERS_BY = 5, 40  # ms: looking whether the lists have answered, drawing anyway
FURNISH_AFTER = 250  # ms from the sign-in to the building of the other pages


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
        self._instruments = Instruments(
            self._outside,
            folder,
            self._issuers,
            self._post,
            Readers(self._found, self._page_seen, self._measured, self._scanned),
        )
        self._saved_policy: SitePolicy | None = None  # until the store has told
        self._offline = False  # nor is 断网模式
        self._on_line = ThreadPoolExecutor(2, "online")
        self._link = HubLink(self._database, self._now, self._post, self._hub_changed)
        self._link.speak(self.look.translate)
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
            self._instruments.last_seconds.shots,
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
        pages.ledger.panel.newest_frame = self._instruments.newest_frame
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
        self._tell_office()
        self._instruments.want_page(self.settings.read_pages and not self.desk.is_idle)

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
        stopped = self.desk.count_of(STOPS) + self.desk.runs
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
        self._instruments.stop()
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
        self._link.speak(self.look.translate)
        self.office.venue = policy_of(settings).is_venue
        self._fetch_trust()
        self.window.show_station(settings.site_name, self.desk.operator)
        if settings.camera != before.camera:
            self.use_camera(settings.camera)
        if lines_of(settings) != lines_of(before):
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
        self._practice = source == DEMO
        self._fetch_trust()
        workers = self._instruments.look_at(source)
        self.page.show_workers(workers)
        workers.start()

    def _use_lines(self) -> None:
        self._instruments.use_lines(self.settings)
        self._show_thermometer()

    def _show_thermometer(self) -> None:
        self.page.show_thermometer(self.settings.thermometer_port, self.policy.fever_threshold_c)

    def _lend_lines(self, lent: bool) -> None:
        """A test of a serial device in the settings has the ports for itself while it runs."""
        if lent:
            self._instruments.stop_lines()
        else:
            self._use_lines()

    @property
    def _attends(self) -> bool:
        """Behind the lock nobody is inspected, and nobody after the end: devices may lag behind."""
        return not self.window.covered and not self._post.closed

    def _measured(self, celsius: float) -> None:
        if not self._attends:
            return
        self.desk.take_reading(celsius, TemperatureSource.SERIAL)
        if self.desk.is_idle:  # went on or aside by themselves: the next may be just as warm
            self._instruments.expect_another()

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

    def _close(self) -> None:
        self._post.closed = True
        QApplication.instance().removeEventFilter(self._wedge)  # type: ignore[union-attr]
        self._second.stop()
        self._instruments.stop()
        self.desk.acknowledge()
        self._on_line.shutdown(wait=False, cancel_futures=True)
        self._link.stop()
        self._battery.stop()
        self._database.close()
