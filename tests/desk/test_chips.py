"""The battery among the quiet signs: shown, a warning when it runs low, or no sign at all."""

from __future__ import annotations

import pytest

from checkpoint_app.desk.chips import battery_chip
from checkpoint_app.desk.view import Tone
from checkpoint_app.devices.ports import BatteryLevel
from checkpoint_app.i18n import translator

ENGLISH = translator("en")


@pytest.mark.parametrize(
    ("percent", "plugged", "text", "tone", "kept"),
    [
        (100, True, "Battery 100 %, on the mains", Tone.IDLE, False),
        (9, True, "Battery 9 %, on the mains", Tone.IDLE, False),
        (64, False, "On battery: 64 %", Tone.IDLE, False),
        (20, False, "On battery: 20 %", Tone.IDLE, False),
        (19, False, "Battery 19 %: plug in", Tone.ATTENTION, True),
        (7, False, "Battery 7 %: plug in", Tone.STOP, True),
    ],
)
def test_how_the_battery_stands(
    percent: int, plugged: bool, text: str, tone: Tone, kept: bool
) -> None:
    (chip,) = battery_chip(BatteryLevel(percent, plugged), ENGLISH)
    assert (chip.text, chip.tone, chip.kept) == (text, tone, kept)
    assert chip.brief == f"{percent} %"
    assert chip.icon == ("charging" if plugged else "battery")


def test_a_computer_without_a_battery_has_no_sign() -> None:
    assert battery_chip(None, ENGLISH) == ()
