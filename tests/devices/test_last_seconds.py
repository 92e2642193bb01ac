"""The ring of pictures: small, few, and gone after twenty seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import cv2
import numpy as np

from checkpoint_app.devices.last_seconds import LastSeconds


@dataclass
class Clock:
    at: datetime = datetime(2026, 11, 23, 3, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def frame(width: int = 1280) -> np.ndarray:
    return np.full((width * 9 // 16, width, 3), 90, np.uint8)


def test_the_last_twenty_seconds_four_a_second() -> None:
    clock = Clock()
    ring = LastSeconds(clock)
    for _ in range(30 * 40):  # forty seconds of a camera
        ring.take(frame(64))
        clock.at += timedelta(seconds=1 / 30)
    shots = ring.shots()
    assert 70 <= len(shots) <= 81
    assert timedelta(seconds=19) < shots[-1].taken_at - shots[0].taken_at <= timedelta(seconds=20)


def test_pictures_are_small() -> None:
    ring = LastSeconds(Clock())
    ring.take(frame())
    (shot,) = ring.shots()
    picture = cv2.imdecode(np.frombuffer(shot.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (360, 640, 3)


def test_a_camera_that_fell_silent_leaves_nothing_behind() -> None:
    clock = Clock()
    ring = LastSeconds(clock)
    ring.take(frame(64))
    clock.at += timedelta(seconds=21)
    assert ring.shots() == ()
    ring.take(frame(64))
    ring.clear()
    assert ring.shots() == ()
