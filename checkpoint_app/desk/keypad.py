"""A temperature typed digit by digit: "3", "36.", "36.5". Pure."""

from __future__ import annotations

DIGITS = 3  # tens, ones, tenths


def typed(entry: str, key: str) -> str:
    """The entry after one more key ("0" to "9"; "." is put in by itself and may be pressed)."""
    digits = entry.replace(".", "")
    if not (key.isascii() and key.isdigit()) or len(digits) >= DIGITS:
        return entry
    digits += key
    return digits if len(digits) < 2 else f"{digits[:2]}.{digits[2:]}"


def erased(entry: str) -> str:
    """The entry with its last digit taken back."""
    digits = entry.replace(".", "")[:-1]
    return digits if len(digits) < 2 else f"{digits[:2]}."


def celsius(entry: str) -> float | None:
    """The reading in degrees Celsius once all digits are there, else None."""
    return float(entry) if len(entry) == DIGITS + 1 else None
