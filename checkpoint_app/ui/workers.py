"""The long-lived workers of the window, each on its own thread: pictures to show, codes to read.

Showing and reading are two workers, so that a hard look at one frame never makes the picture
stutter. Results come back by signal, of images the newest only; nothing here touches a widget.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import cv2
import numpy as np
from PySide6.QtCore import QObject, QSize, QThread, Signal
from PySide6.QtGui import QImage

from checkpoint_app.devices.ports import Camera, Condition, DeviceState, Frame, Picture
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.page import Page

WAIT = 0.2  # seconds to wait for a picture before looking at the camera's state again
IDLE_SHARE = 0.2  # of one core that reading may take while nothing is shown
STATE_EVERY = 0.5  # seconds
CHOOSE = 0.25  # seconds in which the sharpest frame of a page is chosen
ENDS_WITHIN = 15_000  # milliseconds; reading a page takes four seconds, and a busy machine more
NEW_BEFORE_OLD = 4.0  # how much sharper a frame counts that shows something else than was read
UNLIKE = 12.0  # mean difference of pixels, of 255
LEAST_REST = 0.6  # seconds between two pages


class Found(Protocol):
    """A code found in a frame, as `vision` gives it."""

    @property
    def text(self) -> str: ...
    @property
    def symbology(self) -> str: ...
    @property
    def corners(self) -> tuple[tuple[float, float], ...]: ...
    @property
    def colour(self) -> Colour | None: ...


class CodeReader(Protocol):
    """`vision.FrameReader`, as far as it is needed here."""

    def read(self, frame: Frame) -> Sequence[Found]: ...


def display_image(frame: Frame, room: QSize) -> QImage:
    """A frame (H × W × 3, BGR) as an image that fits the room; small first, then its colours."""
    height, width = frame.shape[:2]
    scale = min(room.width() / width, room.height() / height, 1.0)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 0.34 else cv2.INTER_LINEAR
    small = frame if scale == 1.0 else cv2.resize(frame, size, interpolation=how)
    image = QImage(size[0], size[1], QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.bits(), np.uint8).reshape(size[1], image.bytesPerLine() // 4, 4)
    cv2.cvtColor(small, cv2.COLOR_BGR2BGRA, dst=pixels[:, : size[0]])
    return image


class _Loop(QObject):
    """Takes the newest picture again and again until told to stop."""

    def __init__(self, camera: Camera) -> None:
        super().__init__()
        self._camera = camera
        self._ended = threading.Event()
        self._last = 0

    def run(self) -> None:
        """The worker's whole life; returns after `end`."""
        while not self._ended.is_set():
            picture = self._camera.newest(self._last, WAIT)
            if picture is not None:
                self._last = picture.number
                self.take(picture)
            self.after()

    def end(self) -> None:
        """Ask the worker to return; called from any thread."""
        self._ended.set()

    def take(self, picture: Picture) -> None:
        """Work on one picture."""
        raise NotImplementedError

    def after(self) -> None:
        """Called after each wait, with a picture or without."""


class PictureWorker(_Loop):
    """Makes images of the size of the widget, and tells what the camera is doing."""

    fresh = Signal()  # an image waits to be taken
    camera = Signal(object, float)  # DeviceState, frames per second

    def __init__(
        self, camera: Camera, room: QSize, also: Callable[[Frame], None] | None = None
    ) -> None:
        super().__init__(camera)
        self._room, self._also = room, also
        self._lock = threading.Lock()
        self._waiting: tuple[QImage, QSize] | None = None
        self._told: tuple[DeviceState, int] | None = None
        self._told_at = 0.0

    def set_room(self, room: QSize) -> None:
        """The size of the widget in device pixels; called from any thread."""
        self._room = room

    def take(self, picture: Picture) -> None:
        if self._also is not None:
            self._also(picture.frame)
        height, width = picture.frame.shape[:2]
        made = (display_image(picture.frame, self._room), QSize(width, height))
        with self._lock:
            told, self._waiting = self._waiting is not None, made
        if not told:
            self.fresh.emit()

    def newest(self) -> tuple[QImage, QSize] | None:
        """Take the newest image and its frame's size; called on the GUI thread."""
        with self._lock:
            made, self._waiting = self._waiting, None
        return made

    def after(self) -> None:
        now = time.monotonic()
        state = self._camera.state
        changed = self._told is None or state != self._told[0]
        if changed or now - self._told_at >= STATE_EVERY:
            rate = self._camera.frames_per_second
            if changed or self._told is None or round(rate) != self._told[1]:
                self.camera.emit(state, rate)
            self._told, self._told_at = (state, round(rate)), now


class CodeWorker(_Loop):
    """Reads codes. While nothing is shown it rests between looks, and it wakes when the scene
    changes."""

    found = Signal(object)  # tuple of Found

    def __init__(self, camera: Camera, reader: CodeReader) -> None:
        super().__init__(camera)
        self._reader = reader
        self._rest_until = 0.0
        self._scene: np.ndarray | None = None

    def take(self, picture: Picture) -> None:
        if time.monotonic() < self._rest_until and not self._stirs(picture.frame):
            return
        started = time.thread_time()
        found = tuple(self._reader.read(picture.frame))
        spent = time.thread_time() - started
        self._rest_until = 0.0 if found else time.monotonic() + spent * (1 / IDLE_SHARE - 1)
        if found:
            self.found.emit(found)

    def _stirs(self, frame: Frame) -> bool:
        """Whether the scene differs from the one last looked at (a phone is being raised)."""
        scene = frame[:: max(1, frame.shape[0] // 36), :: max(1, frame.shape[1] // 64), 1].copy()
        before, self._scene = self._scene, scene
        if before is None or before.shape != scene.shape:
            return True
        return float(cv2.absdiff(before, scene).mean()) > 6.0


class PageEye(Protocol):
    """Reads a phone's page in a frame; may take a second and load slowly at first."""

    def sharpness(self, frame: Frame) -> float: ...
    def read(self, frame: Frame, now: datetime) -> tuple[Page | None, tuple[str, ...]]:
        """The page, and the texts of the codes in the same frame."""
        ...


class PageWorker(_Loop):
    """Reads the phone's page behind the code reader's back, while somebody is at the desk.

    Of the latest frames it takes the sharpest, one that looks unlike what was read last before all
    others, reads one page at a time, and rests about as long as it worked: the gate never waits for
    it, and it never keeps step with two pages that are shown in turns.
    """

    page = Signal(object, object, object)  # Page, when it was seen, texts of its codes

    def __init__(self, camera: Camera, eye: PageEye, now: Callable[[], datetime]) -> None:
        super().__init__(camera)
        self._eye, self._now = eye, now
        self._wanted = threading.Event()
        self._best: tuple[float, Frame, datetime] | None = None
        self._seen: Frame | None = None  # what was read last, very small
        self._choose_until = self._rest_until = 0.0

    def want(self, wanted: bool) -> None:
        """Whether anybody is at the desk; called from any thread."""
        if wanted:
            self._wanted.set()
        else:
            self._wanted.clear()

    def take(self, picture: Picture) -> None:
        at = time.monotonic()
        if not self._wanted.is_set():
            self._best = None
        elif at >= self._rest_until:
            self._weigh(picture.frame, at)
            if at >= self._choose_until and self._best is not None:
                self._read(*self._best[1:])

    def _weigh(self, frame: Frame, at: float) -> None:
        if self._best is None:
            self._choose_until = at + CHOOSE
        sharp = self._eye.sharpness(frame)
        if self._seen is not None and _unlike(_small(frame), self._seen):
            sharp *= NEW_BEFORE_OLD
        if self._best is None or sharp > self._best[0]:
            self._best = (sharp, frame, self._now())

    def _read(self, frame: Frame, seen_at: datetime) -> None:
        began, self._best, self._seen = time.monotonic(), None, _small(frame)
        page, texts = self._eye.read(frame, seen_at)
        if page is not None:
            self.page.emit(page, seen_at, texts)
        ended = time.monotonic()
        self._rest_until = ended + random.uniform(0.7, 1.3) * max(LEAST_REST, ended - began)


def _small(frame: Frame) -> Frame:
    """A frame by a few hundred of its pixels."""
    return frame[:: max(1, frame.shape[0] // 18), :: max(1, frame.shape[1] // 32)].copy()


def _unlike(one: Frame, other: Frame) -> bool:
    """Whether two small frames show something else, not only the same thing moved a little."""
    if one.shape != other.shape:
        return True
    return float(np.abs(one.astype(np.int16) - other).mean()) > UNLIKE


class CameraWorkers(QObject):
    """All workers over one camera, started and stopped together."""

    image = Signal(QImage, QSize)
    state = Signal(object, float)
    found = Signal(object)

    def __init__(
        self,
        camera: Camera,
        reader: CodeReader,
        room: QSize,
        pages: PageWorker | None = None,
        also: Callable[[Frame], None] | None = None,  # whoever else wants every frame shown
    ) -> None:
        super().__init__()
        self._camera = camera
        self._pictures = PictureWorker(camera, room, also)
        self._codes = CodeWorker(camera, reader)
        self._pictures.fresh.connect(self._take_image)
        self._pictures.camera.connect(self.state)
        self._codes.found.connect(self.found)
        self._pages = pages
        self._workers: list[_Loop] = [self._pictures, self._codes, *([pages] if pages else [])]
        self._threads = [self._thread(worker) for worker in self._workers]

    @staticmethod
    def _thread(worker: _Loop) -> QThread:
        thread = QThread()
        thread.setObjectName(type(worker).__name__)
        worker.moveToThread(thread)
        thread.started.connect(worker.run)
        return thread

    def _take_image(self) -> None:
        made = self._pictures.newest()
        if made is not None:
            self.image.emit(*made)

    def want_page(self, wanted: bool) -> None:
        """Whether anybody is at the desk whose page may be read."""
        if self._pages is not None:
            self._pages.want(wanted)

    def set_room(self, room: QSize) -> None:
        """The size of the picture's widget in device pixels."""
        self._pictures.set_room(room)

    def start(self) -> None:
        """Start the camera and all threads."""
        self._camera.start()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop them all; returns when the threads have ended."""
        for worker in self._workers:
            worker.end()
        for thread in self._threads:
            thread.quit()
            thread.wait(ENDS_WITHIN)
        self._camera.stop()
        self.state.emit(DeviceState(Condition.OFF), 0.0)
