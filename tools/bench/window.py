"""The window's own figures: start, frame to verdict, confirm to saved, idle picture, memory.

Runs on Qt's offscreen platform with a real encrypted store. The camera is a source of drawn frames
in memory, so that the figures are the program's and not a driver's.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import psutil
import segno

from checkpoint_app.devices.ports import Condition, DeviceState, Frame, Picture
from tools.bench.figure import Figure

AREA = "window"
STARTS = 5
CODES = 60
CONFIRMS = 400
INSPECTIONS = 20_000
IDLE_SECONDS = 10.0


class DrawnCamera:
    """A camera that shows what it is given: the newest frame, at a rate of its own."""

    def __init__(self, frames_per_second: float) -> None:
        self._rate = frames_per_second
        self._frame: Frame = empty_scene(0)
        self._number = 0
        self._shown_at = 0.0
        self._first: dict[int, float] = {}
        self._kept: list[Frame] = []  # so that no other frame gets a kept one's identity
        self._there = threading.Condition()
        self._ended = threading.Event()

    def start(self) -> None:
        """Begin to show frames."""
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        """End."""
        self._ended.set()

    def show(self, frame: Frame) -> None:
        """From the next tick on, this is what stands before the camera."""
        with self._there:
            self._frame = frame
            self._kept.append(frame)

    def first_shown(self, frame: Frame) -> float:
        """When this frame was first given out (`time.monotonic`)."""
        return self._first.get(id(frame), float("inf"))

    def _run(self) -> None:
        while not self._ended.wait(1 / self._rate):
            with self._there:
                self._number += 1
                self._shown_at = time.monotonic()
                self._first.setdefault(id(self._frame), self._shown_at)
                self._there.notify_all()

    def newest(self, after: int, timeout: float) -> Picture | None:
        """The newest picture, as the port says."""
        with self._there:
            self._there.wait_for(lambda: self._number > after, timeout)
            if self._number <= after:
                return None
            return Picture(self._frame, self._number, self._shown_at)

    @property
    def state(self) -> DeviceState:
        """Always ready."""
        return DeviceState(Condition.READY, label="bench")

    @property
    def frames_per_second(self) -> float:
        """As asked."""
        return self._rate


def empty_scene(seed: int, size: tuple[int, int] = (720, 1280)) -> Frame:
    """A cluttered scene without a code (H × W × 3, BGR)."""
    random = np.random.default_rng(seed)
    coarse = random.integers(30, 160, (size[0] // 40, size[1] // 40, 3), np.uint8)
    scene = cv2.resize(coarse, (size[1], size[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(scene, np.uint8)


def scene_with(text: str) -> Frame:
    """A scene with a green code of that text in its middle."""
    matrix = segno.make_qr(text, error="m").matrix_iter(border=4)
    dark = np.asarray([list(row) for row in matrix], np.uint8)[..., None]
    colours = np.where(dark, (70, 150, 40), (255, 255, 255)).astype(np.uint8)
    side = 420
    code = cv2.resize(colours, (side, side), interpolation=cv2.INTER_NEAREST)
    scene = empty_scene(1).copy()
    scene[150 : 150 + side, 430 : 430 + side] = code
    return np.asarray(cv2.GaussianBlur(scene, (0, 0), 1.0), np.uint8)


def measure() -> list[Figure]:
    """All figures of the window; takes about two minutes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return [*_starting(), *_running(), *_remembering()]


# -- start


def _starting() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        taken = [_one_start(Path(folder) / "station") for _ in range(STARTS + 1)][1:]
    usable, whole = (statistics.median(each) for each in zip(*taken, strict=True))
    return [
        _figure("start → sign-in usable, median of 5", usable, "s", "≤ 2 s", usable <= 2),
        Figure(AREA, "… and every page built behind it", whole, "s"),
    ]


def _one_start(folder: Path) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tools.bench._start", str(folder), str(time.time())],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    usable, whole = map(float, done.stdout.split()[-2:])
    return usable, whole


# -- running


def _running() -> list[Figure]:
    from PySide6.QtWidgets import QApplication

    from tools.bench._desk import Bench

    QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), DrawnCamera(30))
        idle = _idle(bench)
        verdicts = _frame_to_verdict(bench)
        confirms = bench.confirm_times(CONFIRMS)
        bench.read_pages()
        beside = _frame_to_verdict(bench, CODES)
        bench.close()
    return [
        *idle,
        _at_most("frame in → verdict on screen, p95", verdicts, 0.95, 100),
        _at_most("… while pages are read", beside, 0.95, 100),
        _at_most("confirm → saved (durable), p99", confirms, 0.99, 25),
    ]


def _idle(bench: object) -> list[Figure]:
    share, rate = bench.idle(IDLE_SECONDS)  # type: ignore[attr-defined]
    return [
        _figure("picture with nothing shown", rate, "frames/s", "≥ 25", rate >= 25),
        _figure("… of one core, all threads", share * 100, "%", "< 40 %", share < 0.4),
    ]


def _frame_to_verdict(bench: object, first: int = 0) -> list[float]:
    show: Callable[[str], float] = bench.frame_to_verdict  # type: ignore[attr-defined]
    return [
        show(f"https://h5.dingtalk.com/health/{number:032d}")
        for number in range(first, first + CODES)
    ]


# -- memory


def _remembering() -> list[Figure]:
    """20,000 inspections through one desk: what the second half adds to the process."""
    from tools.bench._desk import inspect_many

    process = psutil.Process()
    with tempfile.TemporaryDirectory() as folder:
        many = inspect_many(Path(folder))
        for _ in range(INSPECTIONS // 2):
            next(many)
        early = process.memory_info().rss
        for _ in range(INSPECTIONS // 2):
            next(many)
        grown = (process.memory_info().rss - early) / 2**20
        many.close()
    return [_figure("memory grown by the second 10,000 of 20,000", grown, "MB", "flat", grown < 4)]


def _at_most(name: str, seconds: list[float], share: float, asked_ms: float) -> Figure:
    value = sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))] * 1000
    note = f"median {statistics.median(seconds) * 1000:.1f} ms of {len(seconds)}"
    made = _figure(name, value, "ms", f"≤ {asked_ms:g} ms", value <= asked_ms)
    return replace(made, note=note)


def _figure(name: str, value: float, unit: str, asked: str, met: bool) -> Figure:
    return Figure(AREA, name, value, unit, asked, met)
