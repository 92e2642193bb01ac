"""The tokens of the screen: every colour, size and distance, in one place.

A `Theme` is a set of colours, `Metrics` a set of sizes; nothing else in `ui` names a colour or a
font size. Status colours stand for a status and for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.desk import Tone

GRID = 8
RADIUS = 12
CONTROL_RADIUS = 10
SCROLL_BAR = 10  # wide; its place is kept free, so that nothing moves or hides when it comes
TARGET = 44  # the smallest thing that a glove has to hit, in pixels
FAMILY = "Noto Sans SC"


@dataclass(frozen=True, slots=True)
class Sign:
    """A status colour and the ground that it stands on."""

    colour: str
    ground: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, as #RRGGBB. `faint` is for lines and hints, never for information."""

    name: str
    background: str
    card: str
    line: str
    ink: str
    soft: str
    faint: str
    accent: str
    accent_soft: str
    on_accent: str
    leaving: str  # top bar while people leave
    on_leaving: str
    passed: Sign
    attention: Sign
    stop: Sign
    ask: Sign

    def sign(self, tone: Tone) -> Sign:
        """Colour and ground of a tone; the idle tone is no status and stays neutral."""
        return {
            Tone.PASS: self.passed,
            Tone.ATTENTION: self.attention,
            Tone.STOP: self.stop,
            Tone.ASK: self.ask,
            Tone.IDLE: Sign(self.soft, self.card),
        }[tone]


LIGHT = Theme(
    name="light",
    background="#F4F6F7",
    card="#FFFFFF",
    line="#E1E6E9",
    ink="#15242B",
    soft="#5C6F78",
    faint="#8FA0A8",
    accent="#0E6E78",
    accent_soft="#E2F1F2",
    on_accent="#FFFFFF",
    leaving="#0E6E78",
    on_leaving="#FFFFFF",
    passed=Sign("#107855", "#E3F4EC"),
    attention=Sign("#9A5B00", "#FFF3DC"),
    stop=Sign("#C2352B", "#FDE8E6"),
    ask=Sign("#5B5BB5", "#ECECFA"),
)
DARK = Theme(
    name="dark",
    background="#0F1A1F",
    card="#16242A",
    line="#25363E",
    ink="#E8EFF2",
    soft="#A4B5BD",
    faint="#6E828B",
    accent="#4FB6C1",
    accent_soft="#163940",
    on_accent="#06272B",
    leaving="#1B5660",
    on_leaving="#EAF6F7",
    passed=Sign("#3CC391", "#12352A"),
    attention=Sign("#F0B24A", "#3A2C11"),
    stop=Sign("#FF7A6E", "#421E1B"),
    ask=Sign("#A5A6F2", "#24264A"),
)


@dataclass(frozen=True, slots=True)
class Metrics:
    """One set of sizes in pixels: text sizes first, then the desk's columns."""

    name: str
    small: int
    text: int
    large: int  # what stands out in a list
    field: int  # name and number, compared with the document
    headline: int
    reason: int
    temperature: int
    figure: int  # the day's totals
    shape: int
    left_column: int
    right_column: int
    gap: int
    row: int  # a line of the day's list


COMPACT = Metrics("compact", 12, 14, 16, 19, 44, 15, 64, 20, 76, 470, 300, 12, 40)
ROOMY = Metrics("roomy", 14, 16, 18, 24, 72, 20, 96, 28, 128, 640, 420, 16, 50)


def metrics_for(width: int, height: int) -> Metrics:
    """Sizes that use a window of this size well."""
    return ROOMY if width >= 1680 and height >= 900 else COMPACT


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #RRGGBB colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
