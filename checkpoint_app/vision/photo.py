"""A photo of a paper, made small enough to keep: readable, and no larger than it need be."""

from __future__ import annotations

import cv2
import numpy as np

from checkpoint_app.vision.found import Frame
from checkpoint_app.vision.stills import decode_image

LONGEST_SIDE = 1800  # pixels: an A4 sheet at some 150 to the inch
_QUALITIES = (82, 70, 55, 40)


def compact(picture: bytes, most: int, longest: int = LONGEST_SIDE) -> bytes | None:
    """An image file as a JPEG of at most `most` bytes; None for what is no image."""
    frame = decode_image(picture)
    return None if frame is None else compact_frame(frame, most, longest)


def compact_frame(frame: Frame, most: int, longest: int = LONGEST_SIDE) -> bytes | None:
    """A picture (H × W × 3, BGR) as a JPEG of at most `most` bytes and `longest` pixels a side."""
    height, width = frame.shape[:2]
    scale = min(1.0, longest / max(height, width))
    if scale < 1.0:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        frame = np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)
    for quality in _QUALITIES:
        done, body = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if done and len(body) <= most:
            return body.tobytes()
    return None
