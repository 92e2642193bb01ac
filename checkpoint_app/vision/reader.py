"""Reading codes: a cheap look at every live frame, every look at a still.

Holds no Qt and no threads; give each thread a `FrameReader` of its own.
"""

from __future__ import annotations

import time

import cv2
import numpy as np

from checkpoint_app.vision.colour import measure
from checkpoint_app.vision.decoders import MAX_SIDE, decode
from checkpoint_app.vision.found import FoundCode, Frame, Grey, Sighting, moved
from checkpoint_app.vision.looks import Look, look_at
from checkpoint_app.vision.regions import Region, around, busiest

LIVE_LONGEST_SIDE = 1920  # pixels; larger frames are read at this size
STILL_SECONDS = 1.6  # no look at a still is begun after this
_LIVE_PIXELS = 700_000  # what a harder look at a live frame may take
_STILL_PIXELS = 4_000_000
_STILL_REGION_PIXELS = 2_500_000
_REST_AFTER = 40  # harder looks without a find, then only every fourth frame gets one

_LIVE_LOOKS = (
    Look(blur=1.6, noise=0.03, scale=2),
    Look(scale=2),
    Look(blur=2.0, noise=0.01, scale=2),
    Look(decoder="aztec"),
    Look(channel="min", blur=1.0, noise=0.1, scale=2),
    Look(decoder="zbar"),
    Look(blur=1.0, noise=0.1, scale=2, framed=True),
    Look(channel="contrast", blur=1.3, noise=0.1, scale=2),
    Look(decoder="aztec", blur=1.3, noise=0.1, scale=2),
    Look(channel="min", blur=2.0, noise=0.03, scale=2),
    Look(decoder="qr_global"),
)

_STILL_LOOKS = (
    Look(decoder="aztec"),
    Look(decoder="zbar"),
    Look(blur=1.6, noise=0.03, scale=2),
    Look(scale=2),
    Look(channel="min"),
    Look(channel="blue"),
    Look(scale=2, framed=True),
    Look(blur=2.0, noise=0.01, scale=2),
    Look(blur=1.0, noise=0.1, scale=2),
    Look(channel="min", blur=1.3, noise=0.1, scale=2),
    Look(decoder="zbar", scale=2),
    Look(decoder="zbar", channel="blue"),
    Look(decoder="zbar", blur=1.0, noise=0.1),
    Look(blur=1.6, noise=0.01, scale=3),
    Look(channel="min", blur=2.0, noise=0.03, scale=2),
    Look(blur=2.0, noise=0.03, scale=1.5),
    Look(blur=1.3, noise=0.1, scale=2),
    Look(channel="contrast"),
    Look(decoder="qr_global"),
    Look(scale=0.5),
    Look(scale=3),
    Look(blur=2.4, noise=0.01, scale=2),
    Look(blur=1.6, noise=0.003, scale=2),
    Look(decoder="qr_global", blur=1.6, noise=0.01, scale=2),
    Look(decoder="aztec", channel="min"),
    Look(decoder="aztec", blur=1.6, noise=0.03, scale=2),
)


class FrameReader:
    """Reads the frames of one camera, one after another.

    Every frame gets a plain look. As long as nothing is found, each frame also gets one harder
    look in turn, at the place where a code was located but not decoded, else where the picture is
    busiest; a scene that stays without a code gets them less often.
    """

    def __init__(self) -> None:
        self._turn = 0
        self._misses = 0
        self._hint: Region | None = None

    def read(self, frame: Frame) -> tuple[FoundCode, ...]:
        """Codes in a frame (H × W × 3, BGR, uint8); an odd-shaped frame holds none."""
        if not _is_picture(frame):
            return ()
        small, scale = _at_most(frame, LIVE_LONGEST_SIDE)
        grey = _grey(small)
        found, suspects = _parted(decode(grey))
        if not found and self._misses:
            found, more = _parted(self._harder_look(small, grey))
            suspects = more or suspects
        self._remember(found, suspects, grey)
        return _with_colour(small, found, scale)

    def _harder_look(self, frame: Frame, grey: Grey) -> list[Sighting]:
        if self._misses > _REST_AFTER and self._hint is None and self._misses % 4:
            return []
        look = _LIVE_LOOKS[self._turn % len(_LIVE_LOOKS)]
        places = (self._hint,) if self._hint is not None else busiest(grey)
        if not places:
            return []
        place = places[self._turn // len(_LIVE_LOOKS) % len(places)]
        self._turn += 1
        return look_at(look, frame, place, _LIVE_PIXELS)

    def _remember(self, found: list[Sighting], suspects: list[Sighting], grey: Grey) -> None:
        self._misses = 0 if found else self._misses + 1
        self._hint = None
        if found:
            self._turn = 0
        elif suspects:
            self._hint = around(suspects[0].corners, grey)


def read_still(image: Frame, seconds: float = STILL_SECONDS) -> tuple[FoundCode, ...]:
    """Codes in a still image (H × W × 3, BGR, uint8), taking every look until one finds some.

    No look is begun once `seconds` have passed.
    """
    if not _is_picture(image):
        return ()
    until = time.monotonic() + seconds
    small, scale = _at_most(image, MAX_SIDE)
    grey = _grey(small)
    found, suspects = _parted(decode(grey))
    for look, place, pixels in () if found else _still_looks(grey, suspects):
        found, _ = _parted(look_at(look, small, place, pixels))
        if found or time.monotonic() > until:
            break
    return _with_colour(small, found, scale)


def _still_looks(grey: Grey, suspects: list[Sighting]) -> list[tuple[Look, Region, int]]:
    """All looks at the whole; for a large image, then at the places that may hold a code."""
    height, width = grey.shape
    whole = Region(0, 0, width, height)
    plan = [(look, whole, _STILL_PIXELS) for look in _STILL_LOOKS]
    if height * width < 400_000:
        return plan
    hints = [around(each.corners, grey) for each in suspects[:2]]
    places = [each for each in hints if each is not None] + list(busiest(grey))
    close = [(look, place, _STILL_REGION_PIXELS) for place in places for look in _STILL_LOOKS]
    return close + plan if hints else plan + close


def _parted(sightings: list[Sighting]) -> tuple[list[Sighting], list[Sighting]]:
    found = {each.text: each for each in sightings if not each.suspect}
    return list(found.values()), [each for each in sightings if each.suspect]


def _is_picture(frame: Frame) -> bool:
    return (
        isinstance(frame, np.ndarray)
        and frame.dtype == np.uint8
        and frame.ndim == 3
        and frame.shape[2] == 3
        and min(frame.shape[:2]) >= 16
    )


def _grey(frame: Frame) -> Grey:
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), np.uint8)


def _at_most(frame: Frame, side: int) -> tuple[Frame, float]:
    scale = side / max(frame.shape[:2])
    if scale >= 1:
        return frame, 1.0
    smaller = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8), scale


def _with_colour(picture: Frame, found: list[Sighting], scale: float) -> tuple[FoundCode, ...]:
    return tuple(
        FoundCode(
            each.text,
            each.symbology,
            moved(each.corners, scale, 0, 0),
            measure(picture, each.corners) if each.symbology == "qr" else None,
        )
        for each in found
    )
