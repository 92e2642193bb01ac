"""The phone's page laid flat: found in the frame, cut out, its perspective taken away.

A health code's own corners say where up is; a page without one is found by its print, and by the
screen's edges around that. Where neither is found, the whole frame is the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from checkpoint_app.domain.credential import Colour
from checkpoint_app.vision.found import Corners, FoundCode, Frame, Grey

Quad = NDArray[np.float32]  # 4 × 2 (x, y): top left, top right, bottom right, bottom left

LONGEST = 2400  # pixels; larger frames are looked at at this size
_SEARCH = 480  # pixels of the longest side in which screens are looked for
_WIDTHS = (560, 1000)  # pixels of the laid sheet's width
_LEAST_SHARE = 0.04  # of the frame that a screen takes
_MOST_SHARE = 0.97
_SLIM = (1.45, 2.7)  # height of a screen by its width
_WHOLE_SLIM = 2.3  # of a whole phone's screen; a lower outline may be a card with a heading above
_PRINT_HELD = 0.8  # of a frame's print that the screen holds whose page it is
_SHEET_SLIM = (1.25, 2.7)  # of a whole picture that may be a page
_CODE_SHARE = (0.3, 0.98)  # of the page's width that its code takes
_WOVEN_WIDTH = 160  # pixels of a sheet's width in which a code's texture is looked for
_WOVEN_SIDE = 52  # of the square looked for, a third of the width
_WOVEN = 17.0  # mean deviation of its pixels from their surroundings, of 255
_AROUND = (1.3, 2.0, 3.4)  # code sides to each side, above and below that belong to its page


@dataclass(frozen=True, slots=True)
class Sheet:
    """`image` is the page (H × W × 3, BGR); `code` its code's corners in it.

    `colour` is that code's, as found. `bounded`: an edge of a screen or of a picture bounds it, so
    that all print on it is one page's; `top` is where that edge stands (pixels), for what is above
    it may belong to the page too. `turned`: nothing told yet where up is.
    """

    image: Frame
    code: Corners | None = None
    colour: Colour | None = None
    bounded: bool = True
    turned: bool = False
    top: float = 0.0


PrintOf = Callable[[Frame], Sequence[Quad]]  # boxes of the lines of print in a frame


def lay_flat(frame: Frame, codes: Sequence[FoundCode], print_of: PrintOf) -> Sheet:
    """The one page that the frame shows, or the whole frame; of two phones the larger code's.

    `print_of` is asked only where there is no code.
    """
    found = _largest(codes)
    if found is None:
        return _without_code(frame, print_of)
    code = np.array(found.corners, np.float32)
    if _is_page_with(frame, code):
        return Sheet(frame, found.corners, found.colour)
    holding = [_as_code(quad, code) for quad in screens(frame) if _holds(quad, code)]
    fitting = [quad for quad in holding if _slim(quad) and _fits(quad, code)]
    sheet = _laid(frame, _largest_quad(fitting), code) if fitting else _around(frame, code)
    return replace(sheet, colour=found.colour)


def _without_code(frame: Frame, print_of: PrintOf) -> Sheet:
    """The smallest screen around the frame's print; a picture of a page's form is a page itself."""
    if _is_page(frame):
        return Sheet(frame, turned=True)
    boxes = print_of(frame)
    if not len(boxes):
        return Sheet(frame, bounded=False, turned=True)
    middles = [box.mean(axis=0) for box in boxes]
    holding = [
        quad for quad in screens(frame) if _slim(quad) and _share_held(quad, middles) >= _PRINT_HELD
    ]
    if holding:
        return replace(_laid(frame, min(holding, key=cv2.contourArea), None), turned=True)
    return replace(_laid(frame, _around_print(boxes), None), bounded=False, turned=True)


def _share_held(quad: Quad, points: Sequence[NDArray[Any]]) -> float:
    held = [cv2.pointPolygonTest(quad, (float(x), float(y)), False) >= 0 for x, y in points]
    return sum(held) / len(held)


def _around_print(boxes: Sequence[Quad]) -> Quad:
    """The upright frame, as the lines run, of all print but what stands far from the most."""
    runs = [box[1] - box[0] for box in boxes]
    angle = float(np.median([np.arctan2(run[1], run[0]) for run in runs]))
    turn = np.array([(np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))])
    level = np.array([box @ turn.T for box in boxes])
    middles = level.mean(axis=1)
    far = np.abs(middles - np.median(middles, axis=0)).max(axis=1)
    near = level[far <= 3 * np.median(far) + 1].reshape(-1, 2)
    (left, top), (right, bottom) = near.min(axis=0), near.max(axis=0)
    edge = 0.04 * max(right - left, bottom - top)
    left, top, right, bottom = left - edge, top - edge, right + edge, bottom + edge
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return np.asarray(corners @ turn, np.float32)


def _largest(codes: Sequence[FoundCode]) -> FoundCode | None:
    def size(code: FoundCode) -> float:
        quad = np.array(code.corners, np.float32)
        return float(cv2.contourArea(quad)) if np.isfinite(quad).all() else 0.0

    sound = [each for each in codes if each.symbology == "qr" and size(each) >= 400]
    return max(sound, key=size, default=None)


def _corners(quad: Quad) -> Corners:
    a, b, c, d = ((float(x), float(y)) for x, y in quad)
    return a, b, c, d


def _sides(quad: Quad) -> tuple[float, float]:
    """Mean width and height."""
    across = np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])
    down = np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])
    return float(across) / 2, float(down) / 2


def _slim(quad: Quad) -> bool:
    width, height = _sides(quad)
    return width > 0 and _SLIM[0] <= height / width <= _SLIM[1]


def _is_page(frame: Frame) -> bool:
    """Whether the picture has a phone page's form, as a screenshot has."""
    height, width = frame.shape[:2]
    return bool(_SHEET_SLIM[0] <= height / width <= _SHEET_SLIM[1])


def _is_page_with(frame: Frame, code: Quad) -> bool:
    """Whether the picture is the page of an upright code: its form, and as level as drawn."""
    right = code[1] - code[0]
    level = right[0] > 0 and abs(right[1]) < 0.02 * right[0]
    width, height = _sides(code)
    square = abs(width - height) < 0.03 * width
    large = width >= _CODE_SHARE[0] * frame.shape[1]
    return _is_page(frame) and bool(level) and bool(square) and bool(large)


def _holds(quad: Quad, code: Quad) -> bool:
    return all(
        float(cv2.pointPolygonTest(quad, (float(x), float(y)), False)) >= 0
        for x, y in code * 0.94 + code.mean(axis=0) * 0.06
    )


def _as_code(quad: Quad, code: Quad) -> Quad:
    """The quad's corners begun where the code's top left is."""
    right = code[1] - code[0] + code[2] - code[3]
    turns = [np.roll(quad, turn, axis=0) for turn in range(4)]
    return max(turns, key=lambda each: float((each[1] - each[0] + each[2] - each[3]) @ right))


def _fits(quad: Quad, code: Quad) -> bool:
    share = _sides(code)[0] / max(_sides(quad)[0], 1.0)
    return _CODE_SHARE[0] <= share <= _CODE_SHARE[1]


def _largest_quad(quads: Sequence[Quad]) -> Quad:
    return max(quads, key=cv2.contourArea)


def screens(frame: Frame) -> Iterator[Quad]:
    """Four-cornered outlines large enough for a screen, in frame pixels, upright as seen."""
    shrink = max(1.0, max(frame.shape[:2]) / _SEARCH)
    small = cv2.resize(frame, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    total = small.shape[0] * small.shape[1]
    for mask in _outlines(np.asarray(small, np.uint8)):
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            quad = _four_corners(contour, total)
            if quad is not None:
                yield np.asarray(_upright(quad) * shrink, np.float32)


def _outlines(small: Frame) -> Iterator[Grey]:
    """Masks whose outlines may be a screen's: its dark rim, its light, and plain edges."""
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    for level in (40.0, 70.0):
        yield _closed(np.where(grey < level, 255, 0))
    otsu, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)
    for level in (otsu, (otsu + 255) / 2):
        yield _closed(np.where(grey > level, 255, 0))
    for low in (20, 60):
        edges = cv2.Canny(grey, low, 3 * low)
        yield np.asarray(cv2.dilate(edges, np.ones((3, 3), np.uint8)), np.uint8)


def _closed(mask: NDArray[np.int_]) -> Grey:
    kernel = np.ones((5, 5), np.uint8)
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, kernel), np.uint8)


def _four_corners(contour: NDArray[Any], total: int) -> Quad | None:
    hull = cv2.convexHull(contour)
    area = cv2.contourArea(hull)
    if not _LEAST_SHARE * total <= area <= _MOST_SHARE * total:
        return None
    for part in (0.02, 0.035, 0.05):
        quad = cv2.approxPolyDP(hull, part * cv2.arcLength(hull, True), True)
        if len(quad) == 4 and cv2.contourArea(quad) > 0.9 * area:
            return np.asarray(quad.reshape(4, 2), np.float32)
    return None


def _upright(quad: Quad) -> Quad:
    """Clockwise from the corner that makes the longer sides stand and the picture's top the top."""
    middle = quad.mean(axis=0)
    angles = np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0])
    quad = quad[np.argsort(angles)]
    turns = [np.roll(quad, turn, axis=0) for turn in range(4)]
    tall = [each for each in turns if _sides(each)[1] >= _sides(each)[0]] or turns
    return min(tall, key=lambda each: float(each[0, 1] + each[1, 1] + 0.1 * each[0, 0]))


def _laid(frame: Frame, quad: Quad, code: Quad | None) -> Sheet:
    width, height = _sides(quad)
    across = float(np.clip(1.3 * width, *_WIDTHS))
    down = across * height / width
    above = max(0.0, _WHOLE_SLIM * across - down) if code is not None else 0.0
    target = np.array(
        [(0, above), (across, above), (across, above + down), (0, above + down)], np.float32
    )
    size = (round(across), round(above + down))
    laid = _warped(frame, cv2.getPerspectiveTransform(quad, target), size, code)
    return replace(laid, top=above)


def _around(frame: Frame, code: Quad) -> Sheet:
    """What stands around the code, turned upright, as far as the frame goes."""
    side = sum(_sides(code)) / 2
    scale = float(np.clip(900 / (2 * _AROUND[0] * side), 0.2, 2.0))
    right = code[1] - code[0] + code[2] - code[3]
    angle = float(np.degrees(np.arctan2(right[1], right[0])))
    middle = (float(code[:, 0].mean()), float(code[:, 1].mean()))
    turn = cv2.getRotationMatrix2D(middle, angle, scale)
    height, width = frame.shape[:2]
    edge = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = cv2.transform(edge[None], turn)[0]
    least = np.maximum(seen.min(axis=0), np.array(middle) - side * scale * np.array(_AROUND[:2]))
    most = np.minimum(
        seen.max(axis=0), np.array(middle) + side * scale * np.array((_AROUND[0], _AROUND[2]))
    )
    turn[:, 2] -= least
    size = (max(16, round(most[0] - least[0])), max(16, round(most[1] - least[1])))
    whole = np.vstack([turn, (0, 0, 1)])
    return _warped(frame, whole, size, code)


def _warped(frame: Frame, warp: NDArray[Any], size: tuple[int, int], code: Quad | None) -> Sheet:
    flat = cv2.warpPerspective(
        frame, warp, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    moved = None
    if code is not None:
        moved = _corners(cv2.perspectiveTransform(code[None], warp)[0])
    return Sheet(np.asarray(flat, np.uint8), moved)


def code_like(image: Frame) -> Corners | None:
    """The square of a sheet that is as finely woven everywhere as only a code is, decoded or not.

    It tells where a code stands that could not be decoded; print has gaps between its lines.
    """
    scale = _WOVEN_WIDTH / image.shape[1]
    ink = np.asarray(image.min(axis=2), np.uint8)
    fine = cv2.absdiff(ink, cv2.blur(ink, (15, 15))).astype(np.float32)
    small = cv2.resize(fine, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    cell = _WOVEN_SIDE // 4
    woven = cv2.erode(cv2.blur(small, (cell, cell)), np.ones((3 * cell, 3 * cell), np.uint8))
    _, best, _, (x, y) = cv2.minMaxLoc(woven)
    if best < _WOVEN:
        return None
    half = _WOVEN_SIDE / 2
    left, right = (x - half) / scale, (x + half) / scale
    top, bottom = (y - half) / scale, (y + half) / scale
    return (left, top), (right, top), (right, bottom), (left, bottom)
