from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.devices.ports import Condition, DeviceState
from checkpoint_app.devices.thermometer import Thermometer, line_pattern, tenths
from checkpoint_app.settings import Settings

DEFAULT = line_pattern(Settings().thermometer_pattern)


class HandLines:
    """A line source that the test speaks for."""

    def __init__(self) -> None:
        self.say: Callable[[str], None] | None = None
        self.state = DeviceState(Condition.READY, label="hand")

    def start(self, on_line: Callable[[str], None]) -> None:
        self.say = on_line

    def stop(self) -> None:
        self.say = None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("36.5", 365),
        ("T:36,5C", 365),
        ("Body 36.54 'C", 365),
        ("37.25", 373),  # half a tenth is rounded up, so that no fever is rounded away
        ("37.24", 372),
        ("20.0", 200),
        ("50.0", 500),
        ("50.1", None),
        ("97.7 F", None),
        ("19.9", None),
        ("365", None),
        ("ERR", None),
        ("", None),
        ("x" * 300 + "36.5", None),
    ],
)
def test_lines_of_thermometers(line: str, expected: int | None) -> None:
    assert DEFAULT is not None
    assert tenths(DEFAULT, line) == expected


@pytest.mark.parametrize("text", ["(", r"\d+", r"(?P<fahrenheit>\d+)", "(?P<celsius>"])
def test_a_pattern_that_cannot_be_used(text: str) -> None:
    lines = HandLines()
    thermometer = Thermometer(lines, text)
    thermometer.start(lambda celsius: None)
    assert thermometer.state == DeviceState(Condition.OFF, fault="thermometer_pattern")
    assert lines.say is None


def test_a_pattern_may_take_anything_for_a_number() -> None:
    pattern = line_pattern("(?P<celsius>.*)")
    assert pattern is not None
    for line in ("nan", "inf", "1e9999999", "--", "36.5e0", "36.5.5"):
        assert tenths(pattern, line) in (None, 365)
    optional = line_pattern("T(?P<celsius>x)?")
    assert optional is not None
    assert tenths(optional, "T") is None


@given(st.text())
def test_any_line_is_a_plausible_reading_or_none(line: str) -> None:
    pattern = line_pattern("(?P<celsius>.*)")
    assert pattern is not None
    value = tenths(pattern, line)
    assert value is None or 200 <= value <= 500


def test_the_same_value_at_once_again_is_one_measurement() -> None:
    now = [0.0]
    lines, heard = HandLines(), list[float]()
    thermometer = Thermometer(lines, Settings().thermometer_pattern, clock=lambda: now[0])
    thermometer.start(heard.append)
    assert lines.say is not None
    for at, line in ((0.0, "36.5"), (1.0, "36.5"), (2.0, "36.5"), (2.1, "36.6"), (9.0, "36.6")):
        now[0] = at
        lines.say(line)
    assert heard == [36.5, 36.6, 36.6]
    thermometer.stop()
    assert lines.say is None
    assert thermometer.state.label == "hand"


def test_the_next_person_may_be_just_as_warm() -> None:
    lines, heard = HandLines(), list[float]()
    thermometer = Thermometer(lines, Settings().thermometer_pattern, clock=lambda: 0.0)
    thermometer.start(heard.append)
    assert lines.say is not None
    lines.say("36.5")
    lines.say("36.5")
    thermometer.expect_another()
    lines.say("36.5")
    assert heard == [36.5, 36.5]
