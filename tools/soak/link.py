"""A link of ours between station and hub that cuts connections at random points."""

from __future__ import annotations

import random
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class CuttingLink:
    """Forwards connections on a port of its own to another; cuts some of them, anywhere.

    `share` of the connections is cut, after a random number of bytes of either direction: before
    the request is whole, after the hub has stored it, in the middle of the answer.
    """

    target: int
    share: float
    draw: random.Random
    cuts: int = 0
    connections: int = 0
    _listening: socket.socket = field(init=False)
    _closed: bool = False

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where stations reach the hub through this link."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        """Let nobody through any more."""
        self._closed = True
        self._listening.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            limit = self._limit()
            threading.Thread(target=self._carry, args=(near, limit), daemon=True).start()

    def _limit(self) -> tuple[int, int] | None:
        """How many bytes go up and down before the cut; None: no cut."""
        if self.draw.random() >= self.share:
            return None
        self.cuts += 1
        if self.draw.random() < 0.5:
            return (self.draw.randrange(4000), 1 << 40)
        return (1 << 40, self.draw.randrange(600))

    def _carry(self, near: socket.socket, limit: tuple[int, int] | None) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            near.close()
            return
        up, down = limit or (1 << 60, 1 << 60)
        back = threading.Thread(target=_pump, args=(far, near, down), daemon=True)
        back.start()
        _pump(near, far, up)
        back.join(30)
        for each in (near, far):
            each.close()


def _pump(source: socket.socket, sink: socket.socket, limit: int) -> None:
    """Carry at most so many bytes; then break both ends."""
    left = limit
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data[:left])
            left -= len(data)
            if left <= 0:
                _break(source)
                _break(sink)
                return
        sink.shutdown(socket.SHUT_WR)


def _break(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
