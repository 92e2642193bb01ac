import pytest

from checkpoint_app.desk import keypad


def typed(keys: str) -> str:
    entry = ""
    for key in keys:
        entry = keypad.typed(entry, key)
    return entry


@pytest.mark.parametrize(
    ("keys", "entry"),
    [
        ("", ""),
        ("3", "3"),
        ("36", "36."),
        ("365", "36.5"),
        ("36.5", "36.5"),
        ("3655", "36.5"),
        (".", ""),
        ("a3b6", "36."),
        ("３６", ""),
    ],
)
def test_digits_fall_into_place(keys: str, entry: str) -> None:
    assert typed(keys) == entry


@pytest.mark.parametrize(("entry", "left"), [("36.5", "36."), ("36.", "3"), ("3", ""), ("", "")])
def test_a_digit_is_taken_back(entry: str, left: str) -> None:
    assert keypad.erased(entry) == left


def test_a_reading_needs_three_digits() -> None:
    assert keypad.celsius("36.") is None
    assert keypad.celsius("36.5") == 36.5
