"""What a key means on the desk, and when Enter is dead."""

from __future__ import annotations

import pytest

from checkpoint_app.ui.desk_page.keys import CONFIRM_REST, ConfirmGuard, Press, meaning


@pytest.mark.parametrize("key", list("0123456789."))
def test_digits_and_point_go_to_the_temperature(key: str) -> None:
    assert meaning(key) is Press.DIGIT


@pytest.mark.parametrize(
    ("key", "press"),
    [
        ("-", Press.PARK),
        ("*", Press.HOLD),
        ("/", Press.TURN_BACK),
        ("+", Press.RETEST),
        ("\r", Press.CONFIRM),
        ("m", Press.MASK),
        ("\x1b", Press.CLEAR),
        ("\b", Press.ERASE),
    ],
)
def test_the_numeric_pad_alone_is_enough(key: str, press: Press) -> None:
    assert meaning(key) is press


@pytest.mark.parametrize("key", ["", "a", "12", "٣", "王", " "])
def test_other_keys_mean_nothing(key: str) -> None:
    assert meaning(key) is None


def test_enter_is_dead_for_a_moment_after_the_verdict_changed() -> None:
    guard = ConfirmGuard()
    guard.saw("pass", 10.0)
    assert not guard.allows(10.0 + CONFIRM_REST / 2)
    guard.saw("pass", 10.3)  # the same verdict drawn again starts nothing anew
    assert guard.allows(10.0 + CONFIRM_REST)
    guard.saw("stop", 20.0)
    assert not guard.allows(20.1)
