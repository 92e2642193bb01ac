"""A running desk for the measurements: the real window over a camera of drawn frames."""

from __future__ import annotations

import time
from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication

from checkpoint_app.app import DeskApp, Eye, local_now
from checkpoint_app.codes import Trust, load_issuers
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import Surface, policy_of
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import Itinerary, TemperatureSource
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from checkpoint_app.ui.workers import CameraWorkers, PageWorker
from checkpoint_app.vision import FrameReader

if TYPE_CHECKING:
    from tools.bench.window import DrawnCamera

GIVE_UP = 10.0  # seconds


class _Painted(QObject):
    """Notes when the verdict card was first painted for the person who is at the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.at: float | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self.at is None:
            self.at = time.monotonic() if self._desk.state.inspection is not None else None
        return False


class Bench:
    """The window, signed in, with the drawn camera before it."""

    def __init__(self, folder: Path, camera: DrawnCamera) -> None:
        settings = Settings(sound=False)
        self._app = DeskApp(folder, settings, Station.open(folder, now=local_now()))
        self._camera, self._images = camera, 0
        reader = PageWorker(camera, Eye(folder, load_issuers(folder)), local_now)
        self._workers = CameraWorkers(camera, FrameReader(), QSize(640, 360), reader)
        self._workers.image.connect(self._app.page.picture.show_image)
        self._workers.image.connect(self._count)
        self._workers.found.connect(self._app.page.show_found)
        self._painted = _Painted(self._app.desk)
        self._app.page.card.installEventFilter(self._painted)
        self._app.window.resize(1366, 768)
        self._app.window.show()
        self._app.window.uncover()
        self._workers.start()
        self.run(1.0)

    def _count(self) -> None:
        self._images += 1

    def run(self, seconds: float) -> None:
        """Let the window live."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.001)

    def idle(self, seconds: float) -> tuple[float, float]:
        """Share of one core, and pictures a second, with nothing before the camera."""
        from PySide6.QtCore import QEventLoop, QTimer

        self.run(3.0)
        process, loop = psutil.Process(), QEventLoop()
        before, images, start = process.cpu_times(), self._images, time.monotonic()
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        loop.exec()
        after, spent = process.cpu_times(), time.monotonic() - start
        used = after.user + after.system - before.user - before.system
        return used / spent, (self._images - images) / spent

    def frame_to_verdict(self, text: str) -> float:
        """Seconds from a frame's arrival until the verdict on its code has been painted."""
        from tools.bench.window import empty_scene, scene_with

        self._app.desk.clear()
        self._camera.show(empty_scene(0))
        self.run(0.4)
        frame, self._painted.at = scene_with(text), None
        give_up = time.monotonic() + GIVE_UP
        self._camera.show(frame)
        while self._painted.at is None and time.monotonic() < give_up:
            QApplication.processEvents()
            time.sleep(0.0005)
        return (self._painted.at or give_up) - self._camera.first_shown(frame)

    def read_pages(self) -> None:
        """From now on the page reader works as hard as it may, as if somebody always stood there;
        returns once it is loaded and reading."""
        self._workers.want_page(True)
        self.run(6.0)

    def confirm_times(self, count: int) -> list[float]:
        """Seconds from Enter until each of so many records was durable."""
        return [self._confirm(number) for number in range(count)]

    def _confirm(self, number: int) -> float:
        desk = self._app.desk
        _prepare(desk, f"https://h5.dingtalk.com/healthC/{number:032d}")
        self._app.settle()
        start = time.perf_counter()
        desk.confirm()
        self._app.settle()  # returns when the record is on the disk
        return time.perf_counter() - start

    def close(self) -> None:
        """End everything."""
        self._workers.stop()
        self._app.window.close()


def _prepare(desk: Desk, text: str) -> None:
    desk.clear()
    desk.scan(text, "qr", Colour.GREEN)
    desk.set_itinerary(Itinerary(shown=True))
    desk.take_reading(36.5, TemperatureSource.SERIAL)


def inspect_many(folder: Path) -> Generator[int]:
    """Inspections without end, each a minute after the last; yields how many are recorded."""
    at = datetime(2026, 11, 23).astimezone()

    def now() -> datetime:
        return at

    settings = Settings()
    surface = Surface(
        Database(Station.open(folder, now=at)),
        now,
        translator("zh_CN"),
        settings,
        policy_of(settings),
        Trust.empty(),
    )
    desk = Desk(surface, "bench", lambda: None)
    number = 0
    try:
        while True:
            at += timedelta(seconds=20)
            number += 1
            _prepare(desk, f"https://h5.dingtalk.com/healthM/{number:032d}")
            assert desk.state.can_confirm
            desk.confirm()
            desk.tick()
            yield number
    finally:
        surface.database.close()
