"""Colour of a code's dark modules: what an officer sees at a glance, told by two methods.

A health code is drawn in green, yellow or red. Its picture is lit unevenly, tinted, blurred and
over-exposed, and may carry a logo in the middle. Everything is therefore measured against the
code's own white, and a pixel's *missing* light (white minus pixel) is looked at: blur mixes
modules with paper, which shortens that vector and keeps its direction.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from checkpoint_app.domain.credential import Colour
from checkpoint_app.vision.found import Corners, Frame

Missing = NDArray[np.float32]  # N × 3 (BGR), share of the paper's light that is missing

_SIDE = 224  # pixels of the upright code
_TILES = 7  # white is measured tile by tile: light falls unevenly
_LOGO = 0.34  # share of the side, in the middle, that a logo may cover
_FAINT = 0.12  # less missing light than this says nothing
_PURE = 0.35  # how vivid (0 grey, 1 purest) divides black from a colour; black ink may be brownish
_PURE_GREEN = 0.22  # over-exposure washes out green most, and no ink is black with a green tint
_DOUBT = 0.2  # share of these above and below them where the main direction is no answer
_MAJORITY = 0.6  # share of the dark pixels that must vote for one colour

_COLOURS = (Colour.UNKNOWN, None, Colour.GREEN, Colour.YELLOW, Colour.RED)
_UNKNOWN, _BLACK, _GREEN, _YELLOW, _RED = range(5)
_HUES = {_GREEN: (85, 170), _YELLOW: (28, 66), _RED: (340, 378)}  # degrees, red across 0


def measure(picture: Frame, corners: Corners) -> Colour | None:
    """Colour of the dark modules inside `corners` (pixels of `picture`), None = black.

    The main direction of all missing light and the vote of single dark pixels must name the same
    colour; otherwise it is `unknown`.
    """
    upright = _upright(picture, corners)
    if upright is None:
        return Colour.UNKNOWN
    dark = _dark_places(_missing_light(upright))
    by_direction = int(_kinds(dark.mean(axis=0, keepdims=True), _DOUBT)[0])
    by_vote = _majority(_kinds(dark, 0.0))
    return _COLOURS[by_direction] if by_direction == by_vote else Colour.UNKNOWN


def _upright(picture: Frame, corners: Corners) -> NDArray[np.float32] | None:
    quad = np.array(corners, np.float32)
    if not np.isfinite(quad).all() or cv2.contourArea(quad) < 200 or not cv2.isContourConvex(quad):
        return None
    edge = _SIDE - 1
    square = np.array([(0, 0), (edge, 0), (edge, edge), (0, edge)], np.float32)
    warp = cv2.getPerspectiveTransform(quad, square)
    flat = cv2.warpPerspective(
        picture, warp, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cv2.blur(flat, (3, 3)), np.float32)


def _missing_light(upright: NDArray[np.float32]) -> NDArray[np.float32]:
    """Share of the local white's light that is missing, per pixel and channel (side × side × 3)."""
    step = _SIDE // _TILES
    tiles = upright.reshape(_TILES, step, _TILES, step, 3).transpose(0, 2, 1, 3, 4)
    brightest = np.percentile(tiles.reshape(_TILES, _TILES, -1, 3), 92, axis=2)
    white = cv2.resize(brightest.astype(np.float32), (_SIDE, _SIDE), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(1 - upright / np.maximum(white, 16), 0, 1), np.float32)


def _dark_places(missing: NDArray[np.float32]) -> Missing:
    """The clearly dark pixels outside the place of a logo."""
    near, far = round(_SIDE * (0.5 - _LOGO / 2)), round(_SIDE * (0.5 + _LOGO / 2))
    keep = np.ones((_SIDE, _SIDE), bool)
    keep[near:far, near:far] = False
    pixels = missing[keep]
    amount = pixels.max(axis=1)
    dark: Missing = pixels[amount >= 0.5 * np.percentile(amount, 95)]
    return dark


def _kinds(missing: Missing, doubt: float) -> NDArray[np.intp]:
    """The place in `_COLOURS` of each row: the colour that lacks just this light."""
    strongest = missing.max(axis=1)
    rest = 1 - missing / np.maximum(strongest, 1e-6)[:, None]  # full colour, least channel 0
    blue, green, red = rest.T
    vivid = rest.max(axis=1)
    hue = np.degrees(np.arctan2(np.sqrt(3) * (green - blue), 2 * red - green - blue)) % 360
    kinds = np.full(len(missing), _UNKNOWN)
    pure = np.full(len(missing), _PURE)
    for place, (low, high) in _HUES.items():
        inside = (hue - low) % 360 <= high - low
        kinds[inside] = place
        pure[inside] = _PURE_GREEN if place == _GREEN else _PURE
    kinds[vivid < pure * (1 + doubt)] = _UNKNOWN
    kinds[vivid < pure * (1 - doubt)] = _BLACK
    kinds[strongest < _FAINT] = _UNKNOWN
    return kinds


def _majority(kinds: NDArray[np.intp]) -> int:
    counts = np.bincount(kinds, minlength=len(_COLOURS))
    winner = int(counts.argmax())
    return winner if counts[winner] >= _MAJORITY * len(kinds) else _UNKNOWN
