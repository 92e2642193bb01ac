"""The last seconds before the camera, small and in memory only, for whoever runs the gate.

Nothing of it is ever written unless somebody asks for it; what is older than `SECONDS` is gone.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from checkpoint_app.devices.ports import Frame
from checkpoint_app.domain.runner import Shot

SECONDS = timedelta(seconds=20)
BETWEEN = timedelta(milliseconds=250)  # four pictures a second show who sits at the wheel
WIDTH = 640
QUALITY = 70


class LastSeconds:
    """Takes frames on the camera's thread and gives pictures on any."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._shots: deque[Shot] = deque()

    def take(self, frame: Frame) -> None:
        """A frame came (H × W × 3, BGR); most are passed over."""
        now = self._now()
        with self._lock:
            newest = self._shots[-1].taken_at if self._shots else None
        if newest is not None and timedelta(0) <= now - newest < BETWEEN:
            return
        jpeg = _small_jpeg(frame)
        if jpeg is not None:
            with self._lock:
                self._shots.append(Shot(now, jpeg))
                self._forget(now)

    def shots(self) -> tuple[Shot, ...]:
        """What was before the camera in the last seconds, oldest first."""
        with self._lock:
            self._forget(self._now())
            return tuple(self._shots)

    def clear(self) -> None:
        """Forget everything: another camera, or the lock."""
        with self._lock:
            self._shots.clear()

    def _forget(self, now: datetime) -> None:
        while self._shots and abs(now - self._shots[0].taken_at) > SECONDS:
            self._shots.popleft()


def _small_jpeg(frame: Frame) -> bytes | None:
    import cv2

    height, width = frame.shape[:2]
    if width > WIDTH:
        size = (WIDTH, max(1, round(height * WIDTH / width)))
        frame = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    done, encoded = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return encoded.tobytes() if done else None
