"""Where in a frame a code may stand, so that harder looks need not take all of it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from checkpoint_app.vision.found import Corners, Grey

_SMALL_WIDTH = 240  # the search runs on a picture of about this width
_MOST = 3


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle in frame pixels."""

    left: int
    top: int
    width: int
    height: int


def around(corners: Corners, grey: Grey, margin: float = 0.15) -> Region | None:
    """The rectangle around a located code with a margin (share of its size) on each side."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    pad = margin * max(max(xs) - min(xs), max(ys) - min(ys))
    return _clipped(min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad, grey)


def busiest(grey: Grey) -> tuple[Region, ...]:
    """Up to three rectangles as densely edged in both directions as a code is, busiest first."""
    shrink = max(1.0, grey.shape[1] / _SMALL_WIDTH)
    small = cv2.resize(grey, None, fx=1 / 2, fy=1 / 2, interpolation=cv2.INTER_AREA)
    dense = _edge_density(small, shrink / 2)
    peak = float(dense.max())
    if peak < 12:  # nothing but flat surfaces and soft shadows
        return ()
    mask = (dense > max(10.0, 0.45 * peak)).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    order = sorted(range(1, count), key=lambda each: -int(stats[each, cv2.CC_STAT_AREA]))
    found = []
    for each in order[:_MOST]:
        x, y, w, h = (float(stats[each, column]) * shrink for column in range(4))
        pad = 0.1 * max(w, h)
        region = _clipped(x - pad, y - pad, x + w + pad, y + h + pad, grey)
        if region is not None:
            found.append(region)
    return tuple(found)


def _edge_density(small: cv2.typing.MatLike, shrink: float) -> Grey:
    """Local mean of edges, the weaker of the two directions, on a further shrunk picture."""
    across = cv2.convertScaleAbs(cv2.Sobel(small, cv2.CV_16S, 1, 0))
    down = cv2.convertScaleAbs(cv2.Sobel(small, cv2.CV_16S, 0, 1))
    size = (max(1, round(small.shape[1] / shrink)), max(1, round(small.shape[0] / shrink)))
    smooth = [
        cv2.blur(cv2.resize(each, size, interpolation=cv2.INTER_AREA), (9, 9))
        for each in (across, down)
    ]
    return np.asarray(cv2.min(smooth[0], smooth[1]), np.uint8)


def _clipped(left: float, top: float, right: float, bottom: float, grey: Grey) -> Region | None:
    height, width = grey.shape
    x0, y0 = max(0, int(left)), max(0, int(top))
    x1, y1 = min(width, int(right) + 1), min(height, int(bottom) + 1)
    return Region(x0, y0, x1 - x0, y1 - y0) if x1 - x0 >= 24 and y1 - y0 >= 24 else None
