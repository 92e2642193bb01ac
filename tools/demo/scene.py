"""The road checkpoint behind the traveller, in the blue hour before sunrise, out of focus.

Drawn once: what changes from frame to frame (people, light) is the film's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from tools.demo.drawing import Sheet
from tools.demo.story import HEIGHT, WIDTH

Pixels = NDArray[np.uint8]

_HORIZON = 372
_SKY = (
    (0.0, (10, 20, 44)),
    (0.55, (30, 58, 100)),
    (0.85, (92, 104, 138)),
    (1.0, (196, 146, 112)),
)
_LAMPS = ((168, 92), (318, 176), (402, 226))  # street lamps, near to far
_HEADLIGHTS = ((232, 470, 26), (318, 470, 26), (468, 408, 12), (508, 408, 12))


def background() -> Pixels:
    """The empty checkpoint, H × W × 3 BGR."""
    sheet = Sheet(WIDTH, HEIGHT, "#0E1B33")
    _sky(sheet)
    _hills(sheet)
    _road(sheet)
    _canopy(sheet)
    _cars(sheet)
    _lamp_posts(sheet)
    _barrier(sheet)
    _cones(sheet)
    soft = sheet.image.convert("RGB").filter(ImageFilter.GaussianBlur(3.2))
    lit = _glowing(np.asarray(soft).astype(np.float32))
    return cv2.cvtColor(np.clip(lit, 0, 255).astype(np.uint8), cv2.COLOR_RGB2BGR).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Looks:
    """How a traveller looks from afar: colours, and whether the hair is long."""

    coat: str
    hair: str
    skin: str
    long_hair: bool


def person(looks: Looks) -> Pixels:
    """A masked traveller from the waist up, H × W × 4 BGRA, out of focus; nobody in particular."""
    layer = Image.new("RGBA", (760, 720), "#00000000")
    draw = ImageDraw.Draw(layer)
    if looks.long_hair:
        draw.rounded_rectangle((258, 160, 502, 470), 90, looks.hair)
    draw.rounded_rectangle((110, 430, 650, 900), 170, looks.coat)
    draw.rounded_rectangle((326, 340, 434, 470), 46, _dimmed(looks.skin, 0.8))
    draw.polygon([(296, 432), (464, 432), (380, 560)], "#20272C")
    draw.line((380, 560, 380, 720), _dimmed(looks.coat, 0.6), 6)
    _head(draw, looks)
    colours, alpha = _out_of_focus(layer)
    across = np.linspace(0.96, 0.58, layer.width, dtype=np.float32)  # the lamp stands at the left
    colours *= across[None, :, None] * np.array([1.04, 0.98, 1.0], np.float32)
    return np.dstack([np.clip(colours, 0, 255), alpha]).astype(np.uint8)


def _out_of_focus(layer: Image.Image) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Colours (BGR) and alpha of a blurred layer; its rim takes on no black from outside."""
    pixels = np.asarray(layer).astype(np.float32)
    alpha = np.asarray(cv2.GaussianBlur(pixels[:, :, 3], (0, 0), 4.5), np.float32)
    weighed = cv2.GaussianBlur(pixels[:, :, 2::-1] * pixels[:, :, 3:], (0, 0), 4.5)
    return np.asarray(weighed / np.maximum(alpha, 1)[:, :, None], np.float32), alpha


def _head(draw: ImageDraw.ImageDraw, looks: Looks) -> None:
    draw.ellipse((264, 92, 496, 360), looks.hair)
    for x in (268, 492):
        draw.ellipse((x - 18, 214, x + 18, 286), _dimmed(looks.skin, 0.9))
    draw.ellipse((278, 134, 482, 410), looks.skin)
    draw.pieslice((278, 110, 482, 250), 180, 360, looks.hair)  # the fringe
    for x in (336, 424):
        draw.ellipse((x - 13, 228, x + 13, 244), "#2A211D")
        draw.line((x - 24, 210, x + 24, 207), looks.hair, 6)
    draw.rounded_rectangle((288, 268, 472, 396), 50, "#B9D3DE")
    for y in (304, 330, 356):
        draw.line((304, y, 456, y), "#A3C0CD", 4)


def _dimmed(colour: str, by: float) -> str:
    return "#" + "".join(f"{round(int(colour[at : at + 2], 16) * by):02X}" for at in (1, 3, 5))


def _sky(sheet: Sheet) -> None:
    for y in range(_HORIZON):
        sheet.draw.line((0, y, WIDTH, y), _sky_at(y / _HORIZON))


def _sky_at(height: float) -> tuple[int, ...]:
    """The sky's colour; 0 overhead, 1 at the horizon."""
    for (low, first), (high, second) in pairwise(_SKY):
        if height <= high:
            share = (height - low) / (high - low)
            return tuple(round(a + share * (b - a)) for a, b in zip(first, second, strict=True))
    return _SKY[-1][1]


def _hills(sheet: Sheet) -> None:
    for level, tall, wave, colour in ((18, 46, 210, "#2B3A58"), (2, 30, 130, "#17233A")):
        ridge = [
            (x, _HORIZON - level - tall * (0.5 + 0.5 * math.sin(x / wave + level)) ** 1.5)
            for x in range(0, WIDTH + 20, 20)
        ]
        sheet.draw.polygon([(0, HEIGHT), *ridge, (WIDTH, HEIGHT)], colour)


def _road(sheet: Sheet) -> None:
    sheet.draw.rectangle((0, _HORIZON, WIDTH, HEIGHT), "#131C22")
    sheet.draw.polygon(
        [(500, _HORIZON), (610, _HORIZON), (1180, HEIGHT), (-380, HEIGHT)], "#232C34"
    )
    for step in range(7):
        near, far = 0.10 + 0.14 * step, 0.04 + 0.14 * step
        corners = ((far, -1), (far, 1), (near, 1), (near, -1))
        sheet.draw.polygon([_on_road(depth, side) for depth, side in corners], "#8C959A")
    sheet.draw.line((500, _HORIZON, -380, HEIGHT), "#8A8A7C", 6)
    sheet.draw.line((610, _HORIZON, 1180, HEIGHT), "#8A8A7C", 6)


def _on_road(depth: float, side: int) -> tuple[float, float]:
    """A point of the middle line; depth 0 at the horizon, 1 at the lower edge."""
    y = _HORIZON + depth * (HEIGHT - _HORIZON)
    return 555 - 155 * depth + side * (2 + 12 * depth), y


def _canopy(sheet: Sheet) -> None:
    """The roof of the check lane with its sign and lamps, and the booth under it."""
    sheet.box((800, 190, 838, 640), "#2C3740")
    sheet.box((1196, 190, 1240, 720), "#26303A")
    sheet.draw.polygon([(720, 130), (WIDTH, 84), (WIDTH, 206), (720, 214)], "#0F5A63")
    sheet.draw.polygon([(720, 214), (WIDTH, 206), (WIDTH, 232), (720, 230)], "#0A3D44")
    sheet.text((1004, 160), "疫情防控查验点", 62, "#F2FAFA", "mm", bold=True)
    for x in (770, 900, 1030, 1160):
        sheet.box((x, 222, x + 84, 234), "#FFF6DC", 5)
    sheet.box((900, 330, 1170, 700), "#3B4852", 8)
    sheet.box((922, 356, 1148, 520), "#8F7A4C", 6)
    sheet.draw.line((1034, 356, 1034, 520), "#3B4852", 8)
    sheet.box((922, 548, 1148, 580), "#0E6E78", 4)


def _cars(sheet: Sheet) -> None:
    sheet.box((196, 410, 356, 510), "#1A232B", 26)
    sheet.box((222, 378, 330, 440), "#10171D", 22)
    sheet.box((452, 388, 524, 424), "#141C23", 12)
    for x, y, radius in _HEADLIGHTS:
        sheet.draw.ellipse((x - radius, y - radius, x + radius, y + radius), "#FFF3CF")


def _lamp_posts(sheet: Sheet) -> None:
    for number, (x, y) in enumerate(_LAMPS):
        width = 12 - 4 * number
        sheet.draw.line((x, y, x, _HORIZON + 60 - 20 * number), "#0B121A", width)
        sheet.draw.line((x, y, x + 60 - 16 * number, y - 8), "#0B121A", width)
        tip = x + 60 - 16 * number
        radius = 16 - 4 * number
        sheet.draw.ellipse((tip - radius, y - radius, tip + radius, y + radius), "#FFD79A")


def _barrier(sheet: Sheet) -> None:
    """The red and white arm across the lane."""
    for number in range(12):
        left = 60 + 64 * number
        colour = "#C8453B" if number % 2 else "#E9E6DF"
        y = 566 - 5 * number
        piece = [(left, y), (left + 64, y - 5), (left + 64, y + 19), (left, y + 24)]
        sheet.draw.polygon(piece, colour)
    sheet.box((816, 480, 872, 650), "#D9A93A", 8)


def _cones(sheet: Sheet) -> None:
    for x, y, size in ((60, 690, 130), (184, 640, 96), (1250, 706, 120)):
        half = size * 0.36
        sheet.draw.polygon([(x, y - size), (x + half, y), (x - half, y)], "#CF5A2A")
        for share in (0.34, 0.66):
            width, height = half * share, y - size * (1 - share)
            sheet.draw.line((x - width, height, x + width, height), "#F1EFE8", 12)


def _glowing(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bright spots shine into their surroundings, as they do before a small lens."""
    bright = np.clip(picture - 170, 0, None)
    small = cv2.resize(bright, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    halo = 0.9 * cv2.GaussianBlur(small, (0, 0), 7) + 1.6 * cv2.GaussianBlur(small, (0, 0), 26)
    return picture + cv2.resize(halo, (picture.shape[1], picture.shape[0]))
