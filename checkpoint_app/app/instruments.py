"""The desk's instruments: what sees and what measures, each on threads of its own.

They know nothing of the desk: what they read is handed to `Readers` on the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from checkpoint_app.app.outside import Outside, Post
from checkpoint_app.codes import Issuers
from checkpoint_app.devices.last_seconds import LastSeconds
from checkpoint_app.devices.ports import Camera, Frame
from checkpoint_app.devices.serial_line import SerialLines, scanned
from checkpoint_app.devices.thermometer import Thermometer
from checkpoint_app.domain.page import Page
from checkpoint_app.resources import resource
from checkpoint_app.settings import Settings
from checkpoint_app.ui.workers import CameraWorkers, Found, PageWorker

if TYPE_CHECKING:
    from checkpoint_app.vision import FrameReader
    from checkpoint_app.vision.page import PageReader


@dataclass(frozen=True, slots=True)
class Readers:
    """Who takes what was read."""

    found: Callable[[Sequence[Found]], None]
    page: Callable[[Page, datetime, tuple[str, ...]], None]
    measured: Callable[[float], None]
    scanned: Callable[[str], None]


class Eye:
    """Reads phones' pages; loads the recogniser when the first page is there, not at the start."""

    def __init__(self, folder: Path, issuers: Issuers) -> None:
        self._folder, self._issuers = folder, issuers
        self._reader: PageReader | None = None
        self._codes: FrameReader | None = None

    def sharpness(self, frame: Frame) -> float:
        """How sharp a frame is."""
        from checkpoint_app.vision.page import sharpness

        return sharpness(frame)

    def read(self, frame: Frame, now: datetime) -> tuple[Page | None, tuple[str, ...]]:
        """The page in a frame, and its codes' texts."""
        from checkpoint_app.vision import FrameReader
        from checkpoint_app.vision.page import PageReader

        self._reader = self._reader or PageReader(self._folder, issuer_of=self._issuers.of)
        self._codes = self._codes or FrameReader()
        codes = self._codes.read(frame)
        return self._reader.read(frame, now=now, codes=codes), tuple(each.text for each in codes)


class Instruments:
    """One camera at a time, the thermometer, the hand scanner, and the last seconds seen."""

    def __init__(
        self, outside: Outside, folder: Path, issuers: Issuers, post: Post, readers: Readers
    ) -> None:
        self._outside, self._post, self._readers = outside, post, readers
        self._eye = Eye(folder, issuers)
        self.last_seconds = LastSeconds(outside.now)
        self._cameras: CameraWorkers | None = None
        self._camera: Camera | None = None
        self._lines: list[SerialLines | Thermometer] = []

    # -- the camera

    def look_at(self, source: str) -> CameraWorkers:
        """The workers of another source of pictures, still to be started."""
        from checkpoint_app.vision import FrameReader

        self._stop_camera()
        self.last_seconds.clear()
        camera = self._camera = self._outside.open_camera(source, resource("demo"))
        pages = PageWorker(camera, self._eye, self._outside.now)
        pages.page.connect(self._readers.page)
        workers = self._cameras = CameraWorkers(
            camera, FrameReader(), QSize(640, 360), pages, self.last_seconds.take
        )
        workers.found.connect(self._readers.found)
        return workers

    def want_page(self, wanted: bool) -> None:
        """Whether what is written on a phone's page is worth reading now."""
        if self._cameras is not None:
            self._cameras.want_page(wanted)

    def newest_frame(self) -> Frame | None:
        """What the camera sees now, without waiting."""
        picture = self._camera.newest(0, 0.0) if self._camera is not None else None
        return picture.frame if picture is not None else None

    def _stop_camera(self) -> None:
        if self._cameras is not None:
            self._cameras.stop()

    # -- serial lines

    def use_lines(self, settings: Settings) -> None:
        """Open the serial ports that are set, instead of those that were open."""
        self.stop_lines()
        if settings.thermometer_port:
            lines = SerialLines(settings.thermometer_port, settings.thermometer_baud)
            thermometer = Thermometer(lines, settings.thermometer_pattern)
            thermometer.start(lambda read: self._post(lambda: self._readers.measured(read)))
            self._lines.append(thermometer)
        if settings.scanner_port:
            scanner = SerialLines(settings.scanner_port, settings.scanner_baud)
            scanner.start(lambda line: self._post(lambda: self._readers.scanned(scanned(line))))
            self._lines.append(scanner)

    def expect_another(self) -> None:
        """The next person may be just as warm as this one."""
        for line in self._lines:
            if isinstance(line, Thermometer):
                line.expect_another()

    def stop_lines(self) -> None:
        """Let the ports go."""
        for line in self._lines:
            line.stop()
        self._lines = []

    def stop(self) -> None:
        """End all of it."""
        self._stop_camera()
        self.stop_lines()


def lines_of(settings: Settings) -> tuple[str | int, ...]:
    """What of the settings concerns serial ports."""
    return (
        settings.thermometer_port,
        settings.thermometer_baud,
        settings.thermometer_pattern,
        settings.scanner_port,
        settings.scanner_baud,
    )
