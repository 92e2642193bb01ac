"""Lines from a serial device: a thermometer or a hand scanner on a port of any kind.

A port is whatever pyserial opens: "COM3", "/dev/ttyUSB0", "socket://host:port", "loop://". Bytes
become lines here and nothing more: what a line means is the thermometer's or the reader's affair.
A lost port is looked for again until `stop`; the state says so meanwhile.
"""

from __future__ import annotations

import errno
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import serial

from checkpoint_app.devices.ports import Condition, DeviceState

if sys.platform != "win32":
    import termios

LONGEST_LINE = 8192  # bytes; what any code holds, with room to spare
MOST_LINES_A_SECOND = 30  # more is a fault of the device, and would only block the desk
PAUSE = 0.3  # seconds of silence that end a line whose sender puts no line end
RETRY_AFTER = 2.0  # seconds

# All that pyserial lets out.
_PORT_FAULTS: tuple[type[Exception], ...] = (OSError, ValueError, TypeError)
if sys.platform != "win32":
    _PORT_FAULTS += (termios.error,)

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_AROUND = b"\x00\x02\x03"  # what some devices put around a line; a space may be part of a code

OpenPort = Callable[[str, int, float], serial.Serial]


def open_port(url: str, baud: int, timeout: float) -> serial.Serial:
    """A port by its name or address. Raises OSError or ValueError when it can't be opened."""
    port: serial.Serial = serial.serial_for_url(url, baudrate=baud, timeout=timeout)
    return port


@dataclass(slots=True)
class LineJoiner:
    """Bytes as they come → whole lines. A line over the limit is dropped up to its end."""

    longest: int = LONGEST_LINE
    _pending: bytearray = field(default_factory=bytearray)
    _dropping: bool = False

    def feed(self, data: bytes) -> list[str]:
        """The lines that these bytes complete; CR, LF or both end one, empty ones don't count."""
        *whole, rest = re.split(rb"[\r\n]", data)
        lines = [line for line in map(self._close, whole) if line]
        self._add(rest)
        return lines

    def pause(self) -> list[str]:
        """The line that a silence ends, if one was begun."""
        line = self._close(b"")
        return [line] if line else []

    def _close(self, last: bytes) -> str:
        self._add(last)
        line = b"" if self._dropping else bytes(self._pending)
        self._pending, self._dropping = bytearray(), False
        return decoded(line.strip(_AROUND))

    def _add(self, data: bytes) -> None:
        if len(self._pending) + len(data) > self.longest:
            self._dropping = True
        if not self._dropping:
            self._pending += data


def decoded(line: bytes) -> str:
    """A line's text: UTF-8, else GB 18030 (includes GBK), else what is legible as UTF-8."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("utf-8", "replace")


def scanned(line: str) -> str:
    """The code's text in a hand scanner's line: without the AIM identifier (ISO/IEC 15424)."""
    return _AIM.sub("", line, count=1) if line.startswith("]") else line


class SerialLines:
    """A `LineSource` over one port, with a reader thread of its own."""

    def __init__(
        self,
        url: str,
        baud: int = 9600,
        *,
        open_port: OpenPort = open_port,
        retry_after: float = RETRY_AFTER,
    ) -> None:
        self._url = url
        self._baud = baud
        self._open_port = open_port
        self._retry_after = retry_after
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._state = DeviceState(Condition.OFF, label=url)

    @property
    def state(self) -> DeviceState:
        """What the port is doing, with "port_missing", "port_denied", "port_busy", "port_unknown"
        or "port_lost" while it can't be read."""
        return self._state

    def start(self, on_line: Callable[[str], None]) -> None:
        """Read until `stop`; `on_line` is called on the reader's thread. Starting twice is one."""
        if self._thread is not None:
            return
        self._stopping = stopping = threading.Event()  # its own, should an old thread linger
        self._state = DeviceState(Condition.STARTING, label=self._url)
        self._thread = threading.Thread(
            target=self._run, args=(on_line, stopping), name="serial line", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End reading and close the port; waits a moment for the thread to end."""
        self._stopping.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=2.0)

    def _run(self, on_line: Callable[[str], None], stopping: threading.Event) -> None:
        allowed = _Allowance(MOST_LINES_A_SECOND)
        try:
            for line in self._lines(stopping):
                if allowed.one_more(time.monotonic()):
                    on_line(line)
        finally:
            self._state = DeviceState(Condition.OFF, label=self._url)

    def _lines(self, stopping: threading.Event) -> Iterator[str]:
        """Lines until `stopping`, over every loss of the port."""
        tries = 0
        while not stopping.is_set():
            opened = False
            try:
                with self._open_port(self._url, self._baud, PAUSE) as port:
                    opened, tries = True, 0
                    self._state = DeviceState(Condition.READY, label=self._url)
                    yield from _lines_of(port, stopping)
            except _PORT_FAULTS as fault:
                tries += 1
                code = "port_lost" if opened else _fault_code(fault)
                self._state = DeviceState(Condition.LOST, tries, code, self._url)
                stopping.wait(self._retry_after)


def _lines_of(port: serial.Serial, stopping: threading.Event) -> Iterator[str]:
    joiner = LineJoiner()
    while not stopping.is_set():
        data = port.read(max(1, port.in_waiting))
        yield from joiner.feed(data) if data else joiner.pause()


@dataclass(slots=True)
class _Allowance:
    """So many in any one second, counted from the first."""

    most: int
    _since: float = 0.0
    _used: int = 0

    def one_more(self, now: float) -> bool:
        if now - self._since >= 1.0:
            self._since, self._used = now, 0
        self._used += 1
        return self._used <= self.most


def _fault_code(fault: BaseException) -> str:
    """pyserial keeps the system's error number, or tells it in its text alone (Windows)."""
    number = getattr(fault, "errno", None)
    if isinstance(fault, ValueError):
        return "port_unknown"
    if number in (errno.EACCES, errno.EPERM):
        return "port_denied"
    if number == errno.EBUSY or "PermissionError" in str(fault):  # Windows: open elsewhere
        return "port_busy"
    return "port_missing"
