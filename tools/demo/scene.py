"""The road checkpoint behind the traveller, in the blue hour before sunrise, out of focus.

Drawn once: what changes from frame to frame (people, light) is the film's.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from tools.demo.drawing import Sheet
from tools.demo.story import HEIGHT, WIDTH

Pixels = NDArray[np.uint8]

_HORIZON = 372
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


def person(coat: str, masked: bool = True) -> Pixels:
    """A traveller from the waist up, H × W × 4 BGRA, out of focus; nobody in particular."""
    layer = Image.new("RGBA", (760, 720), "#00000000")
    draw = ImageDraw.Draw(layer)
    draw.rounded_rectangle((110, 420, 650, 900), 190, coat)
    draw.rounded_rectangle((322, 320, 438, 470), 50, "#A87C62")
    draw.polygon([(300, 424), (460, 424), (380, 560)], "#20272C")
    draw.line((380, 560, 380, 720), "#00000050", 6)
    draw.ellipse((262, 84, 498, 396), "#C2957A")
    draw.pieslice((250, 60, 510, 340), 180, 360, "#1B1917")
    draw.ellipse((252, 150, 290, 260), "#1B1917")
    draw.ellipse((470, 150, 508, 260), "#1B1917")
    for x in (330, 430):
        draw.ellipse((x - 15, 216, x + 15, 232), "#2A211D")
        draw.line((x - 24, 196, x + 24, 192), "#2A211D", 6)
    if masked:
        draw.rounded_rectangle((276, 250, 484, 384), 56, "#B9D3DE")
        for y in (290, 318, 346):
            draw.line((296, y, 464, y), "#A3C0CD", 4)
    soft = np.asarray(layer.filter(ImageFilter.GaussianBlur(4.5))).astype(np.float32)
    across = np.linspace(0.72, 0.40, layer.width, dtype=np.float32)  # the lamp stands at the left
    soft[:, :, :3] *= across[None, :, None] * np.array([1.0, 0.98, 1.04], np.float32)
    return cv2.cvtColor(soft.astype(np.uint8), cv2.COLOR_RGBA2BGRA).astype(np.uint8)


def _sky(sheet: Sheet) -> None:
    stops = [
        (0.0, (10, 20, 44)),
        (0.55, (30, 58, 100)),
        (0.85, (92, 104, 138)),
        (1.0, (196, 146, 112)),
    ]
    for y in range(_HORIZON):
        sheet.draw.line((0, y, WIDTH, y), _between(stops, y / _HORIZON))


def _between(stops: list[tuple[float, tuple[int, int, int]]], at: float) -> tuple[int, ...]:
    for (low, first), (high, second) in zip(stops, stops[1:], strict=False):
        if at <= high:
            share = (at - low) / (high - low)
            return tuple(round(a + share * (b - a)) for a, b in zip(first, second, strict=True))
    return stops[-1][1]


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
        sheet.draw.polygon(
            [
                (*_on_road(far, -1),),
                (*_on_road(far, 1),),
                (*_on_road(near, 1),),
                (*_on_road(near, -1),),
            ],
            "#8C959A",
        )
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
    sheet.box((922, 356, 1148, 520), "#F0D9A0", 6)
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
        sheet.draw.polygon(
            [(left, y), (left + 64, y - 5), (left + 64, y + 19), (left, y + 24)], colour
        )
    sheet.box((816, 480, 872, 650), "#D9A93A", 8)


def _cones(sheet: Sheet) -> None:
    for x, y, size in ((60, 690, 130), (184, 640, 96), (1250, 706, 120)):
        half = size * 0.36
        sheet.draw.polygon([(x, y - size), (x + half, y), (x - half, y)], "#CF5A2A")
        for share in (0.34, 0.66):
            width = half * share
            sheet.draw.line(
                (x - width, y - size * (1 - share), x + width, y - size * (1 - share)),
                "#F1EFE8",
                12,
            )


def _glowing(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bright spots shine into their surroundings, as they do before a small lens."""
    bright = np.clip(picture - 170, 0, None)
    small = cv2.resize(bright, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    halo = 0.9 * cv2.GaussianBlur(small, (0, 0), 7) + 1.6 * cv2.GaussianBlur(small, (0, 0), 26)
    return picture + cv2.resize(halo, (picture.shape[1], picture.shape[0]))
