"""What the desk asks of its surroundings: small Protocols, each with a fake in `tests/fakes.py`.

A device never raises into the desk: it reports its state as a `DeviceState`, and is retried by
itself. What a device delivers arrives by callback on the device's own thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from checkpoint_app.domain.credential import OnlineAnswer as OnlineAnswer

Frame = NDArray[np.uint8]  # H × W × 3, BGR


class DeviceFault(Exception):
    """A device failed; `code` is stable (for example "printer_gone"), never shown as such."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Condition(StrEnum):
    """What a device is doing."""

    OFF = "off"
    STARTING = "starting"
    READY = "ready"
    LOST = "lost"  # was there, is being looked for again
    ENDED = "ended"  # a file or folder came to its end


@dataclass(frozen=True, slots=True)
class DeviceState:
    """State of a device, with the number of tries since it was lost and a stable fault code."""

    condition: Condition
    tries: int = 0
    fault: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame as taken: `number` counts from 1, `taken_at` is `time.monotonic()` seconds."""

    frame: Frame
    number: int
    taken_at: float


class Camera(Protocol):
    """A source of pictures that keeps the newest only."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def newest(self, after: int, timeout: float) -> Picture | None:
        """Wait up to `timeout` seconds for a picture with a number above `after`."""
        ...

    @property
    def state(self) -> DeviceState: ...
    @property
    def frames_per_second(self) -> float: ...


class LineSource(Protocol):
    """A serial device that sends lines: a thermometer or a hand scanner."""

    def start(self, on_line: Callable[[str], None]) -> None: ...
    def stop(self) -> None: ...
    @property
    def state(self) -> DeviceState: ...


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What to print: a PDF, its pages as large as their paper.

    `pages` is 1-based and inclusive, None = all.
    """

    pdf: bytes
    title: str
    printer: str | None = None  # None = the system's default
    copies: int = 1
    pages: tuple[int, int] | None = None
    duplex: bool = False


class Printer(Protocol):
    """The system's printers."""

    def names(self) -> list[str]: ...
    def default(self) -> str | None: ...
    def print(self, job: PrintJob) -> None:
        """Queue the job. Raises DeviceFault("printer_gone" | "printer_refused" | "no_printer")."""
        ...


class Sound(StrEnum):
    """What can be heard at the desk."""

    PASS = "pass"  # one short high
    ATTENTION = "attention"  # two
    STOP = "stop"  # three low, repeated until acknowledged
    ASK = "ask"
    SCAN = "scan"


class Speaker(Protocol):
    """Plays the desk's sounds without blocking; silence is not a fault."""

    def play(self, sound: Sound) -> None: ...
    def stop(self) -> None: ...


class StatusService(Protocol):
    """A province's verification service for opaque health codes."""

    def look_up(self, text: str) -> OnlineAnswer: ...


@dataclass(frozen=True, slots=True)
class BatteryLevel:
    """How full the computer's battery is, and whether the mains feed it."""

    percent: int  # 0 to 100
    plugged: bool


class Battery(Protocol):
    """The computer's own battery; may take a moment to answer."""

    def level(self) -> BatteryLevel | None:
        """None where there is no battery, or nobody can tell."""
        ...
