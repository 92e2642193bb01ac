"""The computer's battery, as Linux and Windows tell it; and whoever looks at it."""

from __future__ import annotations

import ctypes
from pathlib import Path
from queue import Queue

import pytest

from checkpoint_app.devices.battery import BatteryWatch, LinuxBattery, WindowsBattery
from checkpoint_app.devices.ports import BatteryLevel
from tests.fakes import FakeBattery


def supply(folder: Path, name: str, **files: str) -> None:
    (folder / name).mkdir(parents=True)
    for file, text in files.items():
        (folder / name / file).write_text(f"{text}\n")


MAINS = {"type": "Mains", "online": "1"}
BATTERY = {"type": "Battery", "status": "Discharging", "capacity": "64"}


@pytest.mark.parametrize(
    ("supplies", "level"),
    [
        ({}, None),
        ({"AC": MAINS}, None),
        ({"BAT0": BATTERY}, BatteryLevel(64, plugged=False)),
        ({"AC": {**MAINS, "online": "0"}, "BAT0": BATTERY}, BatteryLevel(64, plugged=False)),
        ({"AC": MAINS, "BAT0": {**BATTERY, "status": "Charging"}}, BatteryLevel(64, plugged=True)),
        ({"AC": MAINS, "BAT0": {**BATTERY, "status": "Full", "capacity": "100"}},
         BatteryLevel(100, plugged=True)),
        ({"AC": MAINS, "BAT0": {**BATTERY, "status": "Not charging"}},
         BatteryLevel(64, plugged=True)),
        ({"AC": MAINS, "BAT0": BATTERY}, BatteryLevel(64, plugged=False)),  # too weak a charger
        ({"BAT0": {**BATTERY, "energy_now": "10", "energy_full": "40"},
          "BAT1": {**BATTERY, "energy_now": "30", "energy_full": "40"}},
         BatteryLevel(50, plugged=False)),
        ({"hidpp": {**BATTERY, "scope": "Device"}}, None),  # a mouse
        ({"BAT0": {**BATTERY, "capacity": "what"}}, None),
        ({"BAT0": {**BATTERY, "capacity": "130"}}, BatteryLevel(100, plugged=False)),
    ],
)  # fmt: skip
def test_what_linux_tells(
    tmp_path: Path, supplies: dict[str, dict[str, str]], level: BatteryLevel | None
) -> None:
    for name, files in supplies.items():
        supply(tmp_path, name, **files)
    assert LinuxBattery(tmp_path).level() == level


def test_a_machine_that_tells_nothing(tmp_path: Path) -> None:
    assert LinuxBattery(tmp_path / "none").level() is None


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ((0, 1, 64), BatteryLevel(64, plugged=False)),
        ((1, 9, 64), BatteryLevel(64, plugged=True)),
        ((1, 128, 255), None),  # a desktop computer
        ((255, 255, 255), None),
        ((1, 0, 255), None),
    ],
)
def test_what_windows_tells(told: tuple[int, int, int], level: BatteryLevel | None) -> None:
    def ask(status: ctypes.Structure) -> bool:
        for name, value in zip(("ac_line", "flag", "percent"), told, strict=True):
            setattr(status, name, value)
        return True

    assert WindowsBattery(ask).level() == level


def test_windows_may_not_answer() -> None:
    assert WindowsBattery(lambda status: False).level() is None


def test_only_a_change_is_told() -> None:
    told: Queue[BatteryLevel | None] = Queue()
    half, less = BatteryLevel(50, plugged=False), BatteryLevel(49, plugged=False)
    watch = BatteryWatch(FakeBattery(None, half, half, less), told.put, every=0.001)
    watch.start()
    assert [told.get(timeout=5), told.get(timeout=5)] == [half, less]
    watch.stop()
    assert told.empty()
