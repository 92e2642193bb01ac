"""Pictures that lie on a disk: a film, a folder of images, one image.

A recording is an iterator of pictures in order, none left out, whose `taken_at` counts seconds
from its start. `camera` plays it in real time; a desk without a window reads it as fast as it can.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from checkpoint_app.devices.ports import DeviceFault, Frame, Picture

HELD_FOR = 2.0  # seconds that an image of a folder is shown, as a traveller holds a phone ...
EMPTY_FOR = 2.0  # ... and nothing after it, as between two people
HELD_RATE = 10.0  # pictures a second meanwhile
_USUAL_RATE = 25.0
_LONGEST_SIDE = 1920  # pixels; larger images of a folder are shown smaller
_MOST_PIXELS = 50_000_000
_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})


def open_recording(path: Path) -> Iterator[Picture]:
    """Pictures of a film, a folder or an image. Raises DeviceFault("source_gone") at the first."""
    if path.is_dir():
        return _held(sorted(each for each in path.iterdir() if _is_image(each)))
    return _held([path]) if _is_image(path) else _film(path)


def _is_image(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES and path.is_file()


def _film(path: Path) -> Iterator[Picture]:
    import cv2  # heavy: the window is up before it is needed

    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG) if path.is_file() else None
    if capture is None or not capture.isOpened():
        raise DeviceFault("source_gone")
    try:
        rate = _sound_rate(capture.get(cv2.CAP_PROP_FPS))
        number = 0
        while True:
            there, frame = capture.read()
            if not there:
                break
            number += 1
            yield Picture(np.asarray(frame, np.uint8), number, (number - 1) / rate)
    finally:
        capture.release()
    if number == 0:
        raise DeviceFault("source_gone")


def _sound_rate(told: float) -> float:
    """Frames a second as a film tells it, or the usual where it tells nonsense."""
    return told if math.isfinite(told) and 1 <= told <= 240 else _USUAL_RATE


def _held(files: list[Path]) -> Iterator[Picture]:
    """Each image for a while, then an empty view; what is no image is passed over."""
    number, at = 0, 0.0
    for file in files:
        shown = _image(file)
        if shown is None:
            continue
        for frame, seconds in ((shown, HELD_FOR), (np.zeros_like(shown), EMPTY_FOR)):
            for _ in range(round(seconds * HELD_RATE)):
                number += 1
                yield Picture(frame, number, at)
                at += 1 / HELD_RATE
    if number == 0:
        raise DeviceFault("source_gone")


def _image(file: Path) -> Frame | None:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings(), Image.open(file) as image:
            warnings.simplefilter("ignore")
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            colours = ImageOps.exif_transpose(image).convert("RGB")
            return np.ascontiguousarray(np.asarray(colours, np.uint8)[..., ::-1])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
