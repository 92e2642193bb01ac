"""The workers over a camera of the test: images of the right size, codes, states, a clean end."""

from __future__ import annotations

import threading

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from checkpoint_app.devices.ports import Condition, DeviceState, Frame, Picture
from checkpoint_app.ui.workers import CameraWorkers, CodeReader, display_image
from checkpoint_app.vision import FoundCode

CORNERS = ((1.0, 1.0), (9.0, 1.0), (9.0, 9.0), (1.0, 9.0))


class StillCamera:
    """Gives the same frame again and again, as fast as asked."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._number = 0
        self.started = self.stopped = False
        self.state = DeviceState(Condition.READY, label="Camera 1")
        self.frames_per_second = 30.0

    def start(self) -> None:
        self.started = True

    def stop(self) -> None:
        self.stopped = True

    def newest(self, after: int, timeout: float) -> Picture | None:
        threading.Event().wait(0.005)
        self._number += 1
        return Picture(self._frame, self._number, 0.0)


class EveryFrame:
    """Finds one code in every frame."""

    def read(self, frame: Frame) -> tuple[FoundCode, ...]:
        return (FoundCode("text", "qr", CORNERS),)


class Nothing:
    """Finds nothing."""

    def read(self, frame: Frame) -> tuple[FoundCode, ...]:
        return ()


def _frame(width: int, height: int) -> Frame:
    frame = np.zeros((height, width, 3), np.uint8)
    frame[:, :, 2] = 200  # red, in BGR
    return frame


def _workers(camera: StillCamera, reader: CodeReader) -> CameraWorkers:
    return CameraWorkers(camera, reader, QSize(470, 264))


def test_a_frame_becomes_an_image_that_fits_with_its_colours() -> None:
    image = display_image(_frame(1280, 720), QSize(470, 264))
    assert (image.width(), image.height()) in ((469, 264), (470, 264))
    assert image.pixelColor(5, 5) == QColor(200, 0, 0)


def test_odd_sizes_and_small_frames_are_not_enlarged() -> None:
    image = display_image(_frame(33, 17), QSize(470, 264))
    assert image.size() == QSize(33, 17)
    assert image.pixelColor(32, 16) == QColor(200, 0, 0)
    assert display_image(_frame(1, 4000), QSize(470, 264)).size() == QSize(1, 264)


def test_images_states_and_codes_arrive_and_the_end_is_clean(qtbot: QtBot) -> None:
    camera = StillCamera(_frame(640, 360))
    workers = _workers(camera, EveryFrame())
    signals = [workers.image, workers.state, workers.found]
    with qtbot.waitSignals(signals, timeout=3000):
        workers.start()
    workers.stop()
    assert camera.started
    assert camera.stopped


def test_the_picture_follows_the_widgets_size(qtbot: QtBot) -> None:
    workers = _workers(StillCamera(_frame(640, 360)), Nothing())
    sizes: list[QSize] = []
    workers.image.connect(lambda image, frame: sizes.append(image.size()))
    workers.start()
    qtbot.waitUntil(lambda: QSize(469, 264) in sizes or QSize(470, 264) in sizes)
    workers.set_room(QSize(320, 180))
    qtbot.waitUntil(lambda: QSize(320, 180) in sizes)
    workers.stop()


def test_a_busy_window_never_gets_a_queue_of_old_pictures(qtbot: QtBot) -> None:
    workers = _workers(StillCamera(_frame(640, 360)), Nothing())
    images: list[QImage] = []
    workers.image.connect(lambda image, frame: images.append(image))
    workers.start()
    qtbot.waitUntil(lambda: len(images) > 0)
    threading.Event().wait(0.3)  # the window is busy; some sixty frames go by
    before = len(images)
    qtbot.waitUntil(lambda: len(images) > before)
    assert len(images) <= before + 12
    workers.stop()


def test_an_ended_camera_is_told(qtbot: QtBot) -> None:
    camera = StillCamera(_frame(64, 36))
    workers = _workers(camera, Nothing())
    told: list[DeviceState] = []
    workers.state.connect(lambda state, rate: told.append(state))
    workers.start()
    qtbot.waitUntil(lambda: len(told) == 1)
    camera.state = DeviceState(Condition.LOST, tries=3)
    qtbot.waitUntil(lambda: told[-1].condition is Condition.LOST)
    workers.stop()
    assert told[-1].condition is Condition.OFF
