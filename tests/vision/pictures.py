"""Codes drawn for the tests, as they would come from a camera."""

from __future__ import annotations

import cv2
import numpy as np
import segno
import zxingcpp

from checkpoint_app.vision.found import Frame

INKS = {  # B, G, R
    "black": (20, 20, 20),
    "green": (70, 165, 30),
    "yellow": (20, 175, 240),
    "red": (60, 60, 230),
}


def qr(
    content: str | bytes, *, ink: tuple[int, int, int] = INKS["black"], module: int = 6, **asked
) -> Frame:
    """A QR code with its quiet zone (H × W × 3, BGR)."""
    code = segno.make(content, micro=False, **asked)
    dark = np.array([list(row) for row in code.matrix_iter(border=4)], bool)
    picture = np.full((*dark.shape, 3), 255, np.uint8)
    picture[dark] = ink
    return picture.repeat(module, 0).repeat(module, 1)


def aztec(content: str) -> Frame:
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.Aztec)
    grey = np.pad(np.array(code.to_image(scale=6)), 24, constant_values=255)
    return np.ascontiguousarray(np.repeat(grey[..., None], 3, 2))


def held(code: Frame, *, turn: float = 0.0, scale: float = 1.0, blur: float = 0.0) -> Frame:
    """A camera's picture (720 × 1280) with the code in its middle, turned by so many degrees."""
    height, width = code.shape[:2]
    pose = cv2.getRotationMatrix2D((width / 2, height / 2), turn, scale)
    pose[:, 2] += (640 - width / 2, 360 - height / 2)
    view = cv2.warpAffine(code, pose, (1280, 720), flags=cv2.INTER_AREA, borderValue=(90, 80, 70))
    return cv2.GaussianBlur(view, (0, 0), blur) if blur else view
