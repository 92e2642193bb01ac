"""The demo footage as a camera that stands still, and a printer that prints nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass

import cv2
import numpy as np

from checkpoint_app.desk.rehearsal import Traveller
from checkpoint_app.devices.camera import FOOTAGE
from checkpoint_app.devices.ports import (
    Condition,
    DeviceFault,
    DeviceState,
    Frame,
    Picture,
    PrintJob,
)
from checkpoint_app.resources import resource

RATE = 12.0  # pictures a second, as the footage has


class HeldFootage:
    """The demo footage as a camera that stands still where it is told to (see `ports.Camera`)."""

    def __init__(self, frames: dict[int, Frame]) -> None:
        self._frames, self._at = frames, 0
        self._first = time.monotonic()

    def show(self, frame: int) -> None:
        """Stand still at this frame of the footage."""
        self._at = frame

    def start(self) -> None:
        self._first = time.monotonic()

    def stop(self) -> None:
        return

    def newest(self, after: int, timeout: float) -> Picture | None:
        del timeout
        time.sleep(1 / RATE)
        now = time.monotonic()
        number = int((now - self._first) * RATE) + 1
        return Picture(self._frames[self._at], number, now) if number > after else None

    @property
    def state(self) -> DeviceState:
        return DeviceState(Condition.READY, label="0")

    @property
    def frames_per_second(self) -> float:
        return RATE


@dataclass(frozen=True)
class OfficePrinter:
    """A printer to choose from (see `ports.Printer`); nothing is printed here."""

    name: str

    def names(self) -> list[str]:
        return [self.name]

    def default(self) -> str | None:
        return self.name

    def print(self, job: PrintJob) -> None:
        raise DeviceFault("printer_gone")


def held_frames(story: list[Traveller]) -> dict[int, Frame]:
    """Frame 0 and one frame of everything that is shown, from the footage."""
    wanted = {0, *(middle(each, at) for each in story for at in range(len(each["shown"])))}
    film, frames = cv2.VideoCapture(str(resource("demo", FOOTAGE))), dict[int, Frame]()
    for number in range(max(wanted) + 1):
        _, frame = film.read()
        if number in wanted:
            frames[number] = np.asarray(frame, np.uint8)
    return frames


def middle(traveller: Traveller, at: int = 0) -> int:
    """The frame in the middle of a traveller's showing."""
    shown = traveller["shown"][at]
    return int(shown["first_frame"] + shown["last_frame"]) // 2
