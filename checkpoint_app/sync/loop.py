"""Exchanging as often as the hub says, from a thread of its own; quiet where there is no hub.

What it finds is told and nothing more: lists are put in force by the desk, on its own thread.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime

from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.station import Station
from checkpoint_app.sync.exchange import Exchange, Summary, hello, link_of
from checkpoint_app.sync.faults import SyncFault

Told = Callable[[Summary | str], None]
"""Called on the loop's thread: what an exchange came to, or a fault's code."""

_NO_HUB_S = 30.0
_SHORTEST_S, _LONGEST_S = 1.0, 300.0


class SyncLoop:
    """One thread that exchanges. `told` after every try."""

    def __init__(
        self, station: Station, clock: Callable[[], datetime], told: Told, program: str = ""
    ) -> None:
        self._station = station
        self._clock = clock
        self._told = told
        self._program = program
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin, with an exchange at once."""
        self._thread.start()

    def now(self) -> None:
        """Exchange now: somebody asked, or something urgent was recorded."""
        self._wake.set()

    def stop(self, seconds: float = 5.0) -> None:
        """No exchange is begun any more; the one that runs is waited for a little."""
        self._stopped.set()
        self._wake.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            wait_s, fault = self._once()
            failures = failures + 1 if fault else 0
            if failures:
                wait_s = min(_LONGEST_S, max(wait_s, 2.0) * 2 ** min(failures - 1, 8))
            self._wake.wait(max(_SHORTEST_S, wait_s) * random.uniform(0.8, 1.2))
            self._wake.clear()

    def _once(self) -> tuple[float, bool]:
        """One exchange; how long to wait then, and whether it failed."""
        try:
            with self._station.beside() as beside:
                sync = beside.sync
                if sync.hub() is None:
                    return _NO_HUB_S, False
                with link_of(sync) as post:
                    said = hello(sync, self._clock(), self._program)
                    done = Exchange(sync, post, self._clock, self._pause).run(said)
                wait_s = float(sync.status().interval_s)
        except (SyncFault, StoreFault) as fault:
            self._told(fault.code)
            return 2.0, True
        self._told(done)
        return wait_s, False

    def _pause(self, seconds: float) -> None:
        self._stopped.wait(seconds)
