"""The use cases of the desk: a code or a key in, a verdict, a stored record, a printed sheet.

`session.Desk` is what the window and the headless run talk to; `view` is what it shows.
"""

from checkpoint_app.desk.view import (
    Card,
    Chip,
    DayLine,
    DeskState,
    Lamp,
    LampState,
    Outline,
    Strip,
    Tone,
    TrayItem,
)

__all__ = [
    "Card",
    "Chip",
    "DayLine",
    "DeskState",
    "Lamp",
    "LampState",
    "Outline",
    "Strip",
    "Tone",
    "TrayItem",
]
