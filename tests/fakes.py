"""Hand-written stand-ins for what lies behind a port; nothing of our own is patched."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from uuid import UUID

from checkpoint_app.desk import DeskState, Tone
from checkpoint_app.devices.ports import (
    BatteryLevel,
    Condition,
    DeviceFault,
    DeviceState,
    Frame,
    Picture,
    PrintJob,
)
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import Outcome


class FakeDesk:
    """A desk that shows what it is told to and remembers what was asked of it."""

    def __init__(self, state: DeskState) -> None:
        self.state = state
        self.calls: list[tuple[object, ...]] = []
        self.tone = Tone.PASS
        self.refusal: str | None = None

    def scan(
        self,
        text: str,
        symbology: str = "qr",
        colour: Colour | None = None,
        corners: tuple[tuple[float, float], ...] = (),
    ) -> Tone:
        self.calls.append(("scan", text))
        return self.tone

    def change_outcome(
        self,
        outcome: Outcome,
        reason: str,
        *,
        second: tuple[UUID, str] | None = None,
        call_back: str = "",
        refused: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self.calls.append(("change_outcome", outcome, reason, second, call_back))
        if self.refusal is not None:
            refused(self.refusal)

    def set_answers(self, **answers: object) -> None:
        self.calls.append(("set_answers", answers))

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *given: self.calls.append((name, *given))


class FakePrinter:
    """Printers that print nothing; `fault` is raised instead where one is set."""

    def __init__(self, *names: str) -> None:
        self._names = list(names) or ["Desk printer", "Office printer"]
        self.jobs: list[PrintJob] = []
        self.fault: str | None = None

    def names(self) -> list[str]:
        return self._names

    def default(self) -> str | None:
        return self._names[0] if self._names else None

    def print(self, job: PrintJob) -> None:
        if self.fault is not None:
            raise DeviceFault(self.fault)
        self.jobs.append(job)


class SteppedCamera:
    """A camera that shows the pictures it is given, over and over; else the empty road."""

    def __init__(self, road: Frame, frames_per_second: float = 12.0) -> None:
        self._road, self._rate = [road], frames_per_second
        self._frames, self._from = self._road, 0
        self._began = time.monotonic()

    def start(self) -> None:
        """Nothing to switch on."""

    def stop(self) -> None:
        """Nothing to switch off."""

    def show(self, frames: Sequence[Frame]) -> None:
        """Somebody steps before the camera and stays."""
        self._frames, self._from = list(frames), self._number + 1

    def clear(self) -> None:
        """They have gone."""
        self._frames, self._from = self._road, self._number + 1

    @property
    def rounds(self) -> int:
        """How often all the pictures have been shown."""
        return (self._number - self._from) // len(self._frames)

    @property
    def _number(self) -> int:
        return int((time.monotonic() - self._began) * self._rate) + 1

    def newest(self, after: int, timeout: float) -> Picture | None:
        """The newest picture, as the port says."""
        until = time.monotonic() + timeout
        while (number := self._number) <= after:
            if time.monotonic() >= until:
                return None
            time.sleep(0.2 / self._rate)
        frames, first = self._frames, self._from
        return Picture(frames[max(0, number - first) % len(frames)], number, time.monotonic())

    @property
    def state(self) -> DeviceState:
        """Always there."""
        return DeviceState(Condition.READY, label="stepped")

    @property
    def frames_per_second(self) -> float:
        """As asked."""
        return self._rate


class FakeBattery:
    """A battery that stands as the test says."""

    def __init__(self, *levels: BatteryLevel | None) -> None:
        self._levels = list(levels)

    def level(self) -> BatteryLevel | None:
        """The next of the levels; the last one stays."""
        if not self._levels:
            return None
        return self._levels.pop(0) if len(self._levels) > 1 else self._levels[0]
