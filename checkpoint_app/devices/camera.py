"""Cameras: one on this machine, one on the network, or a recording that stands for one.

Each has a thread of its own that keeps the newest picture only; nothing queues up behind a slow
reader. A camera that is pulled out is looked for again until `stop`. What is in the pictures is
no affair of this module.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from checkpoint_app.devices.ports import Camera, Condition, DeviceFault, DeviceState, Frame, Picture
from checkpoint_app.devices.recordings import open_recording

DEMO = "demo"
FOOTAGE = "footage.mp4"
RETRY_AFTER = 1.0  # seconds between two tries to open a camera that is gone
ADDRESS_TIMEOUT_MS = 5000  # for opening a network camera and for each picture of it
_MISSES_TO_LOSE = 5  # pictures in a row that fail before a camera counts as lost
_SCHEMES = ("http", "https", "rtsp", "rtsps")
_WANTED_SIZE = (1280, 720)
_LATEST = 0.5  # seconds that a film may lag behind its time before it is played slower


class Capture(Protocol):
    """The part of `cv2.VideoCapture` that is used here."""

    def isOpened(self) -> bool: ...  # noqa: N802
    def read(self) -> tuple[bool, Any]: ...
    def release(self) -> None: ...


OpenCapture = Callable[[int | str], Capture]


def open_camera(choice: str, demo_folder: Path) -> Camera:
    """The camera that the settings name: "" = the first one, "demo", a number, an address
    (http, https, rtsp, rtsps), else a path. It is not started; a wrong choice shows in its state.
    """
    choice = choice.strip()
    if choice == DEMO:
        return PlayedCamera(demo_folder / FOOTAGE, loop=True, label=DEMO)
    if not choice or (choice.isascii() and choice.isdigit() and len(choice) < 4):
        return LiveCamera(int(choice or 0))
    if is_address(choice):
        return LiveCamera(choice)
    return PlayedCamera(Path(choice).expanduser())


def read_all(choice: str, demo_folder: Path) -> Iterator[Picture]:
    """Every picture of a source in order, as fast as it is taken; `taken_at` counts seconds from
    its start. A camera goes on until the caller stops; its pictures are the newest at the time.

    Raises DeviceFault("source_gone") where nothing can be opened.
    """
    camera = open_camera(choice, demo_folder)
    if isinstance(camera, PlayedCamera):
        return open_recording(camera.path)
    return _live_pictures(camera)


def is_address(choice: str) -> bool:
    """Whether a choice is a network camera's address."""
    scheme, found, _ = choice.partition("://")
    return bool(found) and scheme.lower() in _SCHEMES


def open_capture(source: int | str) -> Capture:
    """Open a device or an address with OpenCV; imports it, which takes a moment."""
    import cv2

    # OpenCV's warnings show addresses with their passwords.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    if isinstance(source, str):
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, ADDRESS_TIMEOUT_MS]
        limits += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, ADDRESS_TIMEOUT_MS]
        return cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
    capture = cv2.VideoCapture(source)
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))  # raw 720p is slow over USB
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WANTED_SIZE[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _WANTED_SIZE[1])
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


class _Thread:
    """A thread that takes pictures, and the newest of them."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._state = DeviceState(Condition.OFF, label=label)
        self._newest: Picture | None = None
        self._interval = 0.0  # seconds between pictures, smoothed
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> DeviceState:
        """What the camera is doing; its fault is "no_camera", "camera_gone" or "source_gone"."""
        return self._state

    @property
    def frames_per_second(self) -> float:
        """The rate at which pictures come; 0 as long as that is not known."""
        return 1 / self._interval if self._interval > 0 else 0.0

    def start(self) -> None:
        """Begin to take pictures. Starting twice is one."""
        if self._thread is not None:
            return
        self._stopping = threading.Event()
        self._tell(Condition.STARTING)
        self._thread = threading.Thread(
            target=self._run, args=(self._stopping,), name=f"camera {self._label}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End taking pictures; waits for the thread, but not for a device that hangs."""
        self._stopping.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(timeout=2.0)
        self._interval = 0.0
        self._tell(Condition.OFF)

    def newest(self, after: int, timeout: float) -> Picture | None:
        """Wait up to `timeout` seconds for a picture with a number above `after`."""
        with self._changed:
            self._changed.wait_for(lambda: self._number > after, timeout)
            return self._newest if self._number > after else None

    @property
    def _number(self) -> int:
        return self._newest.number if self._newest is not None else 0

    def _run(self, stopping: threading.Event) -> None:
        raise NotImplementedError

    def _put(self, frame: Frame, stopping: threading.Event) -> None:
        """Make a frame the newest picture, unless this thread was told to stop meanwhile."""
        now = time.monotonic()
        with self._changed:
            if stopping.is_set():
                return
            if self._newest is not None:
                gap = min(1.0, now - self._newest.taken_at)
                self._interval = 0.9 * self._interval + 0.1 * gap if self._interval else gap
            self._newest = Picture(frame, self._number + 1, now)
            self._changed.notify_all()
        if self._state.condition is not Condition.READY:
            self._tell(Condition.READY)

    def _tell(self, condition: Condition, tries: int = 0, fault: str | None = None) -> None:
        self._state = DeviceState(condition, tries, fault, self._label)


class LiveCamera(_Thread):
    """A camera of this machine (a number) or of the network (an address), found again when lost."""

    def __init__(
        self,
        source: int | str,
        *,
        open_capture: OpenCapture = open_capture,
        retry_after: float = RETRY_AFTER,
    ) -> None:
        super().__init__(_label(source))
        self._source = source
        self._never_there = "no_camera" if isinstance(source, int) else "source_gone"
        self._open_capture = open_capture
        self._retry_after = retry_after

    def _run(self, stopping: threading.Event) -> None:
        tries, seen = 0, False
        while not stopping.is_set():
            if self._take_pictures(stopping):
                tries, seen = 0, True
            if stopping.is_set():
                break
            tries += 1
            self._tell(Condition.LOST, tries, "camera_gone" if seen else self._never_there)
            stopping.wait(self._retry_after)

    def _take_pictures(self, stopping: threading.Event) -> bool:
        """Take pictures until the camera fails or is to stop; whether there were any."""
        capture = self._opened()
        if capture is None:
            return False
        taken, misses = False, 0
        try:
            while not stopping.is_set() and misses < _MISSES_TO_LOSE:
                frame = _read(capture)
                misses = misses + 1 if frame is None else 0
                if frame is None:
                    stopping.wait(0.02)
                    continue
                self._put(frame, stopping)
                taken = True
        finally:
            capture.release()
        return taken

    def _opened(self) -> Capture | None:
        import cv2

        try:
            capture = self._open_capture(self._source)
        except (cv2.error, OSError):
            return None
        if capture.isOpened():
            return capture
        capture.release()
        return None


class PlayedCamera(_Thread):
    """A film or a folder of images played at its own pace, or as fast as it can be unpacked."""

    def __init__(self, path: Path, *, loop: bool = False, label: str = "") -> None:
        super().__init__(label or path.name)
        self.path = path
        self._loop = loop

    def _run(self, stopping: threading.Event) -> None:
        try:
            self._play(stopping)
            while self._loop and not stopping.is_set():
                self._play(stopping)
        except DeviceFault as fault:
            self._tell(Condition.ENDED, fault=fault.code)
            return
        if not stopping.is_set():
            self._tell(Condition.ENDED)

    def _play(self, stopping: threading.Event) -> None:
        begin = time.monotonic()
        for picture in open_recording(self.path):
            early = begin + picture.taken_at - time.monotonic()
            if stopping.wait(max(0.0, early)):
                return
            if early < -_LATEST:
                begin -= early
            self._put(picture.frame, stopping)


def _read(capture: Capture) -> Frame | None:
    import cv2

    try:
        there, frame = capture.read()
    except (cv2.error, OSError):
        return None
    if not there or frame is None or frame.ndim != 3 or frame.shape[2] != 3 or not frame.size:
        return None
    return np.asarray(frame, np.uint8)


def _label(source: int | str) -> str:
    """A camera's name for the screen: an address without user and password."""
    if isinstance(source, int):
        return str(source)
    parts = urlsplit(source)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _live_pictures(camera: Camera) -> Iterator[Picture]:
    begin, number = time.monotonic(), 0
    camera.start()
    try:
        while True:
            picture = camera.newest(number, timeout=0.5)
            if picture is not None:
                number = picture.number
                yield Picture(picture.frame, number, picture.taken_at - begin)
            elif number == 0 and camera.state.tries > 1:
                raise DeviceFault("source_gone")
    finally:
        camera.stop()
