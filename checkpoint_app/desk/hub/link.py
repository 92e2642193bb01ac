"""Exchanges with the hub in a thread of its own, as often as the hub wants, sooner when it matters.

The desk never waits for it: what it tells comes back through `post`, and a hub that cannot be
reached is a quiet sign, tried again later and later.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from checkpoint_app import __version__
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.hub.county import NOT_MEANT, PATIENCE_S, catch_up, told_by_office
from checkpoint_app.desk.hub.door import sync_in_turn
from checkpoint_app.desk.hub.view import HubView, view_of
from checkpoint_app.desk.hub_lists import begin, hand_on
from checkpoint_app.domain.list_matching import OfficeTold
from checkpoint_app.domain.lists import CountyToken
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import StoreFault
from checkpoint_app.store.syncing import Sync
from checkpoint_app.sync import files
from checkpoint_app.sync.enrolling import Invitation, Site, enrol
from checkpoint_app.sync.exchange import Exchange, hello, link_of, with_retries
from checkpoint_app.sync.faults import SyncFault

FIRST_BACK_OFF, LONGEST_BACK_OFF = 10.0, 300.0  # seconds
UNENROLLED = 3600.0  # seconds between looks where there is no hub
INVITED = "CDHUB:"  # how the office's QR code begins

Post = Callable[[Callable[[], None]], None]
Told = Callable[[str], None]
T = TypeVar("T")


class HubLink:
    """One station's link. Made and called on the desk's thread; `changed` is called there."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        post: Post,
        changed: Callable[[HubView], None],
    ) -> None:
        self._database, self._now, self._post, self._changed = database, now, post, changed
        self._sync: Sync = sync_in_turn(database)
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._turn = threading.Lock()  # one exchange at a time, by network or by file
        self._thread: threading.Thread | None = None
        self._note = NOT_MEANT  # in the station's words once it is known
        self.view = HubView()

    def speak(self, translate: Translate) -> None:
        """What the ledger is told goes in these words."""
        self._note = translate(NOT_MEANT)

    def start(self) -> None:
        """Begin exchanging."""
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the call that is under way; waits for it only a moment."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=2.0)

    def hurry(self) -> None:
        """Something happened that the office should know at once."""
        self._wake.set()

    def ask_office(
        self, tokens: Collection[CountyToken], answered: Callable[[OfficeTold | None], None]
    ) -> None:
        """Ask who is meant, beside whatever is being exchanged; None where nobody answers."""

        def run() -> None:
            told: OfficeTold | None = None
            quietly = suppress(SyncFault, StoreFault, RuntimeError)
            with quietly, link_of(self._sync, PATIENCE_S) as post:
                told = told_by_office(self._sync, post, tokens)
            self._post(lambda: answered(told))

        threading.Thread(target=run, name="hub question", daemon=True).start()

    # -- what hands ask for; answered on the desk's thread

    def enrol(
        self, invited: Invitation, settings: Settings, done: Told, failed: Told, say: Translate
    ) -> None:
        """Enrol at a hub; `done` gets the name that the office gave."""
        site = Site(settings.site_name, settings.site_kind, settings.county_code, __version__)

        def job() -> str:
            return enrol(self._sync, invited, site, self._now()).device_name

        self._aside(job, done, failed, say)

    def write_file(
        self, target: Path, done: Callable[[int], None], failed: Told, say: Translate
    ) -> None:
        """Write what waits for a USB stick; `done` gets the number of records."""

        def job() -> int:
            body, count = files.export(self._sync, self._now())
            target.write_bytes(body)
            return count

        self._aside(job, done, failed, say)

    def take_file(
        self, source: Path, done: Callable[[int], None], failed: Told, say: Translate
    ) -> None:
        """Take a file of the hub; `done` gets the number of lists that changed."""

        def job() -> int:
            jobs = files.believed(self._sync, files.read(source))
            taken = self._database.ask(lambda store: files.apply(store.sync, jobs, self._now()))
            self._database.ask(lambda store: hand_on(store, self._now()))
            return taken.lists

        self._aside(job, done, failed, say)

    def _aside(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Told, say: Translate
    ) -> None:
        def run() -> None:
            try:
                with self._turn:
                    found = job()
            except (SyncFault, StoreFault) as fault:
                code = fault.code
                self._post(lambda: failed(fault_text(code, say)))
            except OSError as error:
                why = error.strerror or str(error)
                self._post(lambda: failed(say("The file could not be written: {why}", why=why)))
            else:
                self._post(lambda: done(found))
                self._wake.set()
            self._tell()

        threading.Thread(target=run, name="hub aside", daemon=True).start()

    # -- the thread

    def _run(self) -> None:
        tries = 0
        with suppress(StoreFault):
            self._database.ask(lambda store: begin(store, self._now()))
        looked = time.monotonic()
        while not self._stopping.is_set():
            try:
                ran, looked = timedelta(seconds=time.monotonic() - looked), time.monotonic()
                self._sync.keep_lease(self._now(), ran)
                tries = self._exchange(tries)
            except RuntimeError:  # the store has been closed
                return
            self._wake.wait(self._pause(tries))
            self._wake.clear()

    def _exchange(self, tries: int) -> int:
        """One exchange; the number of tries in vain so far."""
        try:
            if self._sync.hub() is None:
                self._tell()
                return 0
            self._show(replace(self.view, busy=True))
            with self._turn, link_of(self._sync) as link:
                post = with_retries(link, self._rest)
                self._once(post)
                if self._database.ask(lambda store: hand_on(store, self._now())):
                    self._once(post)  # which is itself on record
                catch_up(self._database.ask, self._sync, post, self._note, self._now)
        except (SyncFault, StoreFault):
            self._tell()
            return tries + 1
        self._tell()
        return 0

    def _once(self, post: Callable[[str, bytes], bytes]) -> None:
        said = hello(self._sync, self._now(), __version__)
        Exchange(self._sync, post, self._now, self._rest).run(said)

    def _rest(self, seconds: float) -> None:
        self._stopping.wait(seconds)

    def _pause(self, tries: int) -> float:
        """Seconds until the next exchange: what the hub wants, or longer after each failure."""
        if not self.view.enrolled:
            return UNENROLLED
        if tries:
            longer = min(FIRST_BACK_OFF * 2.0 ** (tries - 1), LONGEST_BACK_OFF)
            return random.uniform(0.7, 1.3) * longer
        return random.uniform(0.8, 1.2) * max(1, self._sync.status().interval_s)

    def _tell(self) -> None:
        try:
            self._show(view_of(self._sync))
        except (StoreFault, RuntimeError):
            return

    def _show(self, view: HubView) -> None:
        self.view = view
        self._post(lambda: self._changed(view))


def invitation(text: str) -> Invitation | None:
    """What the office's QR code says; None where it is another code."""
    parts = text.removeprefix(INVITED).split(" ") if text.startswith(INVITED) else []
    return Invitation(parts[0], parts[1], parts[2]) if len(parts) == 3 else None
