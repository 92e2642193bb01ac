"""The computer's own battery: read from the system, looked at again every half minute.

Linux tells it under /sys/class/power_supply, Windows by GetSystemPowerStatus. A mouse's battery is
none. Reading may take a moment (the firmware answers), so it is done on a thread of its own.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from checkpoint_app.devices.ports import Battery, BatteryLevel

EVERY = 30.0  # seconds
_PATIENCE = 1.0
SUPPLIES = Path("/sys/class/power_supply")
_UNKNOWN = 255  # Windows: no such figure
_NO_BATTERY = 128


def system_battery() -> Battery:
    """The battery of this machine."""
    return WindowsBattery() if sys.platform == "win32" else LinuxBattery()


class LinuxBattery:
    """What the kernel tells; several batteries of one computer count by what they hold."""

    def __init__(self, supplies: Path = SUPPLIES) -> None:
        self._supplies = supplies

    def level(self) -> BatteryLevel | None:
        """Read all supplies."""
        try:
            found = sorted(each for each in self._supplies.iterdir() if each.is_dir())
        except OSError:
            return None
        batteries = [each for each in found if _word(each, "type") == "Battery"]
        own = [each for each in batteries if _word(each, "scope") != "Device"]
        full = [level for level in map(_level, own) if level is not None]
        if not full:
            return None
        held = sum(now for now, _ in full)
        percent = round(100 * held / max(1.0, sum(most for _, most in full)))
        feeding = any(_word(each, "online") == "1" for each in found if each not in batteries)
        draining = any(_word(each, "status") == "Discharging" for each in own)
        charging = any(_word(each, "status") == "Charging" for each in own)
        return BatteryLevel(min(100, max(0, percent)), charging or (feeding and not draining))


def _word(supply: Path, name: str) -> str:
    try:
        return (supply / name).read_text("ascii", "replace").strip()[:64]
    except OSError:
        return ""


def _level(supply: Path) -> tuple[float, float] | None:
    """What one battery holds and could hold; in its own unit, else in per cent."""
    for kind in ("energy", "charge"):
        now, most = _figure(supply, f"{kind}_now"), _figure(supply, f"{kind}_full")
        if now is not None and most:
            return now, most
    percent = _figure(supply, "capacity")
    return None if percent is None else (percent, 100.0)


def _figure(supply: Path, name: str) -> float | None:
    text = _word(supply, name)
    return float(text) if text.isdecimal() else None


class _PowerStatus(ctypes.Structure):
    """SYSTEM_POWER_STATUS of the Windows API."""

    _fields_ = (
        ("ac_line", ctypes.c_ubyte),
        ("flag", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saving", ctypes.c_ubyte),
        ("seconds_left", ctypes.c_ulong),
        ("seconds_full", ctypes.c_ulong),
    )


def _ask_windows(status: ctypes.Structure) -> bool:
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - not there on other systems
    return bool(kernel.GetSystemPowerStatus(ctypes.byref(status)))


class WindowsBattery:
    """What Windows tells."""

    def __init__(self, ask: Callable[[ctypes.Structure], bool] = _ask_windows) -> None:
        self._ask = ask

    def level(self) -> BatteryLevel | None:
        """Ask the system once."""
        status = _PowerStatus()
        if not self._ask(status):
            return None
        none = status.flag == _UNKNOWN or status.flag & _NO_BATTERY
        if none or status.percent == _UNKNOWN:
            return None
        return BatteryLevel(min(100, status.percent), status.ac_line == 1)


class BatteryWatch:
    """Looks at a battery every half minute and tells when it stands another way."""

    def __init__(
        self, battery: Battery, told: Callable[[BatteryLevel | None], None], every: float = EVERY
    ) -> None:
        self._battery, self._told, self._every = battery, told, every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="battery", daemon=True)

    def start(self) -> None:
        """Begin; `told` is called on a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """No more; waits a moment for a look that is just being taken."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    def _look(self) -> None:
        seen: BatteryLevel | None = None
        while not self._ended.is_set():
            level = self._battery.level()
            if level != seen:
                seen = level
                self._told(level)
            self._ended.wait(self._every)
