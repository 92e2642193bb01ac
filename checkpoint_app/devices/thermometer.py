"""Temperatures out of a serial thermometer's lines.

The line's pattern stands in the settings, with a group named `celsius`; a comma or a point parts
the tenths. A value that no thermometer for people shows in Celsius is not a reading: it may be
Fahrenheit, a room's, or a broken line. What a reading means is the policy's affair.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from checkpoint_app.devices.ports import Condition, DeviceState, LineSource

LOWEST, HIGHEST = 200, 500  # tenths of a degree Celsius, both still taken
LONGEST_LINE = 200  # characters; a thermometer's line is short, and a pattern may be slow
REPEATS_WITHIN = 1.5  # seconds in which the same value is the same measurement, sent again

_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?")


def line_pattern(text: str) -> re.Pattern[str] | None:
    """The compiled pattern, None when it is no pattern or has no group `celsius`."""
    try:
        pattern = re.compile(text)
    except re.error:
        return None
    return pattern if "celsius" in pattern.groupindex else None


def tenths(pattern: re.Pattern[str], line: str) -> int | None:
    """The line's temperature in tenths of a degree Celsius, half a tenth rounded up, or None."""
    found = pattern.search(line[:LONGEST_LINE])
    if found is None or found["celsius"] is None:
        return None
    number = found["celsius"].strip().replace(",", ".")
    if not _NUMBER.fullmatch(number):
        return None
    in_tenths = Decimal(number) * 10
    if not LOWEST <= in_tenths <= HIGHEST:
        return None
    return int(in_tenths.to_integral_value(ROUND_HALF_UP))


class Thermometer:
    """Readings from a line source, each measurement once."""

    def __init__(
        self, lines: LineSource, pattern: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._lines = lines
        self._pattern = line_pattern(pattern)
        self._clock = clock
        self._last: tuple[int, float] | None = None  # tenths, when it came

    @property
    def state(self) -> DeviceState:
        """The line's state, or off with "thermometer_pattern" when the pattern can't be used."""
        if self._pattern is None:
            return DeviceState(Condition.OFF, fault="thermometer_pattern")
        return self._lines.state

    def start(self, on_reading: Callable[[float], None]) -> None:
        """Call `on_reading` with degrees Celsius, one decimal, on the device's own thread."""
        pattern = self._pattern
        if pattern is None:
            return

        def take(line: str) -> None:
            value = tenths(pattern, line)
            if value is not None and not self._repeated(value):
                on_reading(value / 10)

        self._lines.start(take)

    def stop(self) -> None:
        """End reading."""
        self._lines.stop()

    def expect_another(self) -> None:
        """The next line is another person's, whatever it says; called from any thread."""
        self._last = None

    def _repeated(self, value: int) -> bool:
        """A device that sends on while its key is held counts from its latest line."""
        now, last = self._clock(), self._last
        self._last = (value, now)
        return last is not None and last[0] == value and now - last[1] < REPEATS_WITHIN
