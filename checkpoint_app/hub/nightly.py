"""The hub's own clock for erasing: once a night, and first of all after a restore.

Runs inside `hub serve` only. What came of it is told where the hub tells, kept for `hub status`
and written into the book of looks.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.desk.rights.erasing import SCHEDULE, erase_now, is_due, terms_of
from checkpoint_app.desk.rights.words import copies_told
from checkpoint_app.hub.federation import UP, upward
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings
from checkpoint_app.store import keys
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.values import HubErasure

_log = logging.getLogger(__name__)
EVERY_S = 30.0
BY = "hub serve"


@dataclass(frozen=True, slots=True)
class Nightly:
    """Erasing at one hub. `tell` says what came of it, as object and sentence."""

    store: HubStore
    settings: Settings
    now: Callable[[], datetime]
    tell: Callable[[dict[str, object], str], None]
    translate: Translate

    def first(self) -> None:
        """Before anything is served: what a restore brought back, and is over, goes."""
        if self.store.restored:
            self._erase()

    def look(self) -> bool:
        """Erase where the hour has struck; whether it did."""
        last = self.store.last_erasure()
        due = is_due(self.settings, last.at if last else None, self.now(), self.store.restored)
        if due:
            self._erase()
        return due

    def _erase(self) -> None:
        done = self.store.erase(terms_of(self.settings), BY, self.now())
        self._erase_up()
        self.tell(told(done), sentence(done, self.translate))

    def _erase_up(self) -> None:
        """What was sent on to the hub above stands in a store of its own."""
        if (self.store.folder / UP / keys.FILE).exists():
            with upward(self.store, self.now()) as up:
                erase_now(up, self.settings, BY, SCHEDULE, self.now())

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Keep looking, in a thread of its own."""
        stopped = threading.Event()

        def run() -> None:
            while not stopped.wait(EVERY_S):
                try:
                    self.look()
                except StoreFault as fault:  # tried again the next time
                    _log.error("not erased: %s %s", fault.code, fault.detail)

        thread = threading.Thread(target=run, name="nightly", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stopped.set()
            thread.join(10)


def told(done: HubErasure) -> dict[str, object]:
    """An erasure as an object."""
    copies = done.copies
    return {
        "erased": done.records,
        "list_rows": done.list_rows,
        "copies": {
            "deleted": copies.deleted,
            "renewed": copies.renewed,
            "left": copies.unreachable,
        },
        "at": done.at.isoformat(),
    }


def sentence(done: HubErasure, translate: Translate) -> str:
    """An erasure in one line."""
    said = [translate("{records} records lost their person", records=done.records)]
    if done.list_rows:
        said.append(translate("{count} rows of replaced lists erased", count=done.list_rows))
    said += copies_told(done.copies, translate)
    return f"{done.at:%Y-%m-%d %H:%M}  " + translate("; ").join(said)
