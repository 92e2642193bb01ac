"""The things held up: a phone, a sheet of paper, a card, each in a plain hand.

A `Prop` is a flat picture that the film tilts and moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from tools.demo.pages import Page
from tools.demo.story import Showing

Pixels = NDArray[np.uint8]

_SKIN, _SKIN_DARK, _SKIN_LIGHT = "#B98B6D", "#85604A", "#D0A586"
_MARGIN = 260  # room for the hand around what it holds
_ARM = 900  # and for the sleeve below it


@dataclass(frozen=True, slots=True)
class Prop:
    """`pixels` H × W × 4 (BGRA); `centre` is the point (x, y) that the camera looks at."""

    pixels: Pixels
    centre: tuple[float, float]


def prop_of(page: Page, showing: Showing, coat: str) -> Prop:
    """The page as the thing that carries it, in a hand with a sleeve in the coat's colour."""
    held = _phone(page.image) if showing.carrier == "phone" else _shaded(page.image)
    border = (held.width - page.image.width) // 2
    canvas = Image.new("RGBA", (held.width + 2 * _MARGIN, held.height + _ARM), "#00000000")
    at = (_MARGIN, 60)
    by_edge = showing.carrier == "card"
    canvas.alpha_composite(_hand_behind(canvas.size, held.size, at, coat, by_edge))
    canvas.alpha_composite(_shadow_of(held, canvas.size, at))
    canvas.alpha_composite(held, at)
    canvas.alpha_composite(_FINGERS[showing.carrier](canvas.size, held.size, at))
    centre = (at[0] + border + page.code_at[0], at[1] + border + page.code_at[1])
    return Prop(cv2.cvtColor(np.asarray(canvas), cv2.COLOR_RGBA2BGRA).astype(np.uint8), centre)


def _phone(screen: Image.Image) -> Image.Image:
    """A dark case with rounded corners around the screen."""
    rim = 24
    width, height = screen.width + 2 * rim, screen.height + 2 * rim
    case = Image.new("RGBA", (width, height), "#00000000")
    draw = ImageDraw.Draw(case)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), 78, "#2B3238")
    draw.rounded_rectangle((5, 5, width - 6, height - 6), 74, "#0B0E10")
    mask = Image.new("L", screen.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, screen.width, screen.height), 56, 255)
    case.paste(screen, (rim, rim), mask)
    draw.ellipse((width // 2 - 13, rim + 20, width // 2 + 13, rim + 46), "#0B0E10")
    return case


def _shaded(sheet: Image.Image) -> Image.Image:
    """Paper under a lamp: a soft light from the upper left; nothing shines by itself."""
    down, across = np.mgrid[0 : sheet.height, 0 : sheet.width]
    light = 0.93 - 0.10 * across / sheet.width - 0.06 * down / sheet.height
    pixels = np.asarray(sheet.convert("RGBA")).astype(np.float32)
    pixels[:, :, :3] *= light[:, :, None] * np.array([1.0, 0.985, 0.95])
    return Image.fromarray(pixels.astype(np.uint8))


def _shadow_of(held: Image.Image, size: tuple[int, int], at: tuple[int, int]) -> Image.Image:
    """The shadow that the held thing throws on the palm behind it."""
    shadow = Image.new("L", size, 0)
    shadow.paste(held.getchannel("A").point(lambda alpha: alpha * 0.35), (at[0] + 8, at[1] + 14))
    shadow = shadow.filter(ImageFilter.GaussianBlur(12))
    dark = Image.new("RGBA", size, "#05080A")
    dark.putalpha(shadow)
    return dark


def _hand_behind(
    size: tuple[int, int], held: tuple[int, int], at: tuple[int, int], coat: str, by_edge: bool
) -> Image.Image:
    """Palm, wrist and sleeve; by the lower edge for papers and cards, round the back for phones."""
    layer = Image.new("RGBA", size, "#00000000")
    draw = ImageDraw.Draw(layer)
    right, bottom = at[0] + held[0], at[1] + held[1]
    grip = bottom - 60 if by_edge else at[1] + int(held[1] * 0.72)
    x = at[0] + held[0] * (0.80 if by_edge else 0.66)
    draw.line((x, grip, x + 150, size[1] + 80), _SKIN_DARK, 300)
    draw.line((x - 6, grip, x + 140, size[1] + 80), _SKIN, 270)
    draw.ellipse((x - 230, grip - 210, x + 230, grip + 260), _SKIN)
    if not by_edge:
        draw.line((right - 60, grip - 40, right + 40, grip - 120), _SKIN, 190)
    cuff = max(grip + 330, bottom + 90)
    along = (cuff - grip) / (size[1] + 80 - grip) * 150
    draw.line((x + along, cuff, x + 190, size[1] + 200), coat, 420)
    draw.line((x + along - 210, cuff, x + along + 210, cuff - 30), coat, 60)
    layer = layer.filter(ImageFilter.GaussianBlur(2))
    return _rounded_light(layer)


def _rounded_light(layer: Image.Image) -> Image.Image:
    """Shade a flat shape towards its rim, so that it looks round."""
    alpha = np.asarray(layer.getchannel("A")).astype(np.float32) / 255
    small = cv2.resize(alpha, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    inner = cv2.GaussianBlur(small, (0, 0), 9)
    inner = cv2.resize(inner, (alpha.shape[1], alpha.shape[0]))
    pixels = np.asarray(layer).astype(np.float32)
    pixels[:, :, :3] *= np.clip(0.35 + 0.7 * inner, 0, 1.05)[:, :, None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _thumb_below(size: tuple[int, int], held: tuple[int, int], at: tuple[int, int]) -> Image.Image:
    """A thumb on the lower edge of a card."""
    layer = Image.new("RGBA", size, "#00000000")
    x, bottom = at[0] + held[0] * 0.80, at[1] + held[1]
    _finger(layer, (x, bottom + 150, x - 50, bottom + 4), 112)
    return layer


def _thumb_beside(size: tuple[int, int], held: tuple[int, int], at: tuple[int, int]) -> Image.Image:
    """A thumb on the right margin of a sheet of paper."""
    layer = Image.new("RGBA", size, "#00000000")
    right, y = at[0] + held[0], at[1] + held[1] * 0.60
    _finger(layer, (right + 110, y + 90, right - 24, y - 60), 112)
    return layer


def _fingers_round(
    size: tuple[int, int], held: tuple[int, int], at: tuple[int, int]
) -> Image.Image:
    """Four finger tips round one edge of a phone, the thumb along the other."""
    layer = Image.new("RGBA", size, "#00000000")
    left, right = at[0], at[0] + held[0]
    for number in range(4):
        y = at[1] + held[1] * (0.52 + 0.077 * number)
        tip = left - 20 - 4 * abs(number - 1)  # on the rim: a dense code needs its quiet zone
        _finger(layer, (left - 84, y + 22, tip, y), 92 - 5 * number)
    _finger(layer, (right + 70, at[1] + held[1] * 0.66, right - 6, at[1] + held[1] * 0.47), 104)
    return layer


_FINGERS = {"phone": _fingers_round, "paper": _thumb_beside, "card": _thumb_below}


def _finger(layer: Image.Image, line: tuple[float, float, float, float], width: int) -> None:
    """A finger from (x, y) to its tip (x, y), with a shadow, a nail's light and a darker rim."""
    _capsule(layer, (line[0] + 6, line[1] + 14, line[2] + 6, line[3] + 14), width, "#05080A70", 10)
    _capsule(layer, line, width, _SKIN_DARK, 1)
    _capsule(layer, (line[0] - 3, line[1] - 4, line[2] - 3, line[3] - 4), width - 14, _SKIN, 3)
    across, down = line[2] - line[0], line[3] - line[1]
    light = (line[0] + 0.35 * across, line[1] + 0.35 * down - width * 0.16,
             line[2] - 0.05 * across, line[3] - 0.05 * down - width * 0.16)  # fmt: skip
    _capsule(layer, light, width // 4, _SKIN_LIGHT, 8)


def _capsule(
    layer: Image.Image,
    line: tuple[float, float, float, float],
    width: int,
    colour: str,
    blur: int,
) -> None:
    shape = Image.new("RGBA", layer.size, colour[:7] + "00")
    draw = ImageDraw.Draw(shape)
    draw.line(line, colour, width)
    for x, y in (line[:2], line[2:]):
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), colour)
    layer.alpha_composite(shape.filter(ImageFilter.GaussianBlur(blur)))
