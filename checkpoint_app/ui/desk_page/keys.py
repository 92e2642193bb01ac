"""What a key means on the desk while no field has the keyboard. Pure.

The numeric pad alone is enough: laptops hide the F keys behind Fn, and gloves need large keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CONFIRM_REST = 0.4  # seconds that Enter is dead after a verdict changed


class Press(StrEnum):
    """What a key asks for."""

    DIGIT = "digit"
    ERASE = "erase"
    CONFIRM = "confirm"
    PARK = "park"
    HOLD = "hold"
    TURN_BACK = "turn_back"
    RETEST = "retest"
    CLEAR = "clear"
    MASK = "mask"
    ITINERARY = "itinerary"
    EMERGENCY = "emergency"
    GATE_MODE = "gate_mode"
    COUNT = "count"
    RUNNER = "runner"


_SIGNS = {
    "-": Press.PARK,
    "−": Press.PARK,
    "*": Press.HOLD,
    "/": Press.TURN_BACK,
    "+": Press.RETEST,
    "m": Press.MASK,
    "M": Press.MASK,
    "i": Press.ITINERARY,
    "I": Press.ITINERARY,
    "e": Press.EMERGENCY,
    "E": Press.EMERGENCY,
    "g": Press.GATE_MODE,
    "G": Press.GATE_MODE,
    "c": Press.COUNT,
    "C": Press.COUNT,
    "r": Press.RUNNER,
    "R": Press.RUNNER,
    "\r": Press.CONFIRM,
    "\n": Press.CONFIRM,
    "\b": Press.ERASE,
    "\x1b": Press.CLEAR,
}


def meaning(text: str) -> Press | None:
    """What the key with this text asks for; None: nothing on the desk."""
    if text == "." or (len(text) == 1 and text in "0123456789"):
        return Press.DIGIT
    return _SIGNS.get(text)


@dataclass(slots=True)
class ConfirmGuard:
    """Keeps Enter dead for a moment after the verdict changed under the finger."""

    shown: object = None
    changed_at: float = float("-inf")

    def saw(self, verdict: object, now: float) -> None:
        """Tell what verdict is shown, at any time."""
        if verdict != self.shown:
            self.shown, self.changed_at = verdict, now

    def allows(self, now: float) -> bool:
        """Whether Enter may confirm now."""
        return now - self.changed_at >= CONFIRM_REST
