"""How much the hub can take, measured while it takes it, and what it asks of stations therefore.

Stations that send at once share the hub: each is told to pause for as long as the others need for
their turn, so that few wait inside and a reply stays short however many come after a night without
a line. What comes beyond is sent away before it costs anything, and told when to come again.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from mmap import PAGESIZE
from pathlib import Path

INTERVAL_S, LONGEST_INTERVAL_S = 15, 300
BATCH, SMALLER_BATCH, SMALLEST_BATCH = 500, 250, 100
MOST_PUSHES, MOST_QUESTIONS = 32, 64  # inside at once
MEMORY = 1 << 30  # bytes that the service may have
_TURNS = 8  # batches that may wait for their turn inside: the hub is never idle between two
_LONGEST_PAUSE_S = 60.0
_LATE_S = 2.5  # a reply that takes longer asks for smaller batches
_FOR_HELLOS = 0.2  # of one processor
_FORGOTTEN_S = 30.0  # who has not sent for so long waits for no turn
_SMOOTH = 0.1


def resident() -> int:
    """Bytes of memory that this process has; 0 where the system does not tell in passing."""
    if sys.platform != "linux":
        return 0
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * PAGESIZE


@dataclass
class Pressure:
    """What is going on in one serving process. Any thread."""

    clock: Callable[[], float] = time.monotonic
    memory: Callable[[], int] = resident
    waiting: int = 0  # questions inside
    pushes: int = 0  # of those, batches
    reply_s: float = 0.0  # of a batch, smoothed
    each_s: float = 0.0  # between two batches done while others wait: what one costs
    hello_s: float = 0.0  # of a processor
    _senders: dict[str, float] = field(default_factory=dict)  # until when they count
    _heard: dict[str, float] = field(default_factory=dict)
    _done_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    # --- measuring

    @contextmanager
    def inside(self, purpose: str) -> Iterator[bool]:
        """Whether this question may come in; counts it while it is there."""
        push, began = purpose == "push", self.clock()
        with self._lock:
            most = MOST_PUSHES if push else MOST_QUESTIONS
            if (self.pushes if push else self.waiting) >= most or self.is_full:
                welcome = False
            else:
                welcome = True
                self.waiting += 1
                self.pushes += push
        try:
            yield welcome
        finally:
            if welcome:
                self._left(push, began)

    def _left(self, push: bool, began: float) -> None:
        now = self.clock()
        with self._lock:
            self.waiting -= 1
            if not push:
                return
            self.pushes -= 1
            self.reply_s = _smoothed(self.reply_s, now - began)
            # With another one waiting, the time since the last was all spent on this one.
            since = now - max(began, self._done_at) if self.pushes else now - began
            self.each_s = _smoothed(self.each_s, since)
            self._done_at = now

    def said_hello(self, device: str, took_s: float) -> None:
        """A station asked where it stands; it took so much of a processor."""
        with self._lock:
            self.hello_s = _smoothed(self.hello_s, took_s)
            self._heard[device] = self.clock()

    def sent(self, device: str, count: int) -> None:
        """A station sent a batch of so many records; a full one promises another."""
        full = self.batch
        with self._lock:
            if count < full:
                self._senders.pop(device, None)
            else:
                self._senders[device] = self.clock() + self._pause_s() + _FORGOTTEN_S

    # --- what is asked of stations

    @property
    def is_full(self) -> bool:
        """Whether there is no memory for more."""
        return self.memory() > 0.9 * MEMORY

    @property
    def batch(self) -> int:
        """Records of one batch."""
        if self.memory() > 0.75 * MEMORY:
            return SMALLEST_BATCH
        return BATCH if self._late_s() < _LATE_S else SMALLER_BATCH

    @property
    def interval_s(self) -> int:
        """Seconds between two exchanges of a station that has nothing urgent."""
        with self._lock:
            oldest = self.clock() - 2 * LONGEST_INTERVAL_S
            _forget(self._heard, oldest)
            wanted = len(self._heard) * self.hello_s / _FOR_HELLOS
        return int(min(max(wanted, self._late_s() * 10, INTERVAL_S), LONGEST_INTERVAL_S))

    @property
    def pause_ms(self) -> int:
        """Between two batches of one station."""
        with self._lock:
            return int(1000 * self._pause_s())

    @property
    def come_again_s(self) -> int:
        """When who was sent away may try again."""
        return max(1, round(max(self.waiting * self.each_s, self.pause_ms / 1000)))

    def _late_s(self) -> float:
        """How long a reply takes just now; what was an hour ago says nothing."""
        return self.reply_s if self.clock() - self._done_at < _FORGOTTEN_S else 0.0

    def _pause_s(self) -> float:
        _forget(self._senders, self.clock())
        others = len(self._senders) - _TURNS
        return min(max(0.0, others * self.each_s), _LONGEST_PAUSE_S)


def _smoothed(before: float, now: float) -> float:
    return now if not before else before + _SMOOTH * (now - before)


def _forget(table: dict[str, float], before: float) -> None:
    for each in [each for each, at in table.items() if at < before]:
        del table[each]
