"""What the desk meets beyond itself: the clock, the hour's theme, devices, other threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from checkpoint_app.devices.battery import system_battery
from checkpoint_app.devices.camera import open_camera
from checkpoint_app.devices.ports import Battery, Camera, Printer
from checkpoint_app.devices.printer import SystemPrinter, lp_command
from checkpoint_app.ui.theme import DARK, LIGHT, Theme

NIGHT = (19, 7)  # the dark theme's hours where the setting says "auto"


def local_now() -> datetime:
    """The desk's clock: local time, aware."""
    return datetime.now().astimezone()


def theme_for(setting: str, now: datetime) -> Theme:
    """The theme that a setting means at this hour."""
    night = now.hour >= NIGHT[0] or now.hour < NIGHT[1]
    return DARK if setting == "dark" or (setting == "auto" and night) else LIGHT


@dataclass(frozen=True, slots=True)
class Outside:
    """What the desk meets beyond itself; whoever drives the window by a script brings its own."""

    now: Callable[[], datetime] = local_now  # aware, local
    open_camera: Callable[[str, Path], Camera] = open_camera
    printer: Printer = field(default_factory=lambda: SystemPrinter(lp_command()))
    battery: Battery = field(default_factory=system_battery)


class Post(QObject):
    """Carries calls from any thread to the window's thread."""

    _called = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.closed = False
        self._called.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def __call__(self, call: Callable[[], None]) -> None:
        self._called.emit(call)

    def _run(self, call: Callable[[], None]) -> None:
        if not self.closed:  # what answers after the end has nobody to tell
            call()
