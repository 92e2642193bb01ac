"""Reading codes: a cheap look at every live frame, every look at a still.

Holds no Qt and no threads; give each thread a `FrameReader` of its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

import cv2
import numpy as np

from checkpoint_app.vision.colour import measure
from checkpoint_app.vision.decoders import MAX_SIDE, decode
from checkpoint_app.vision.found import FoundCode, Frame, Grey, Sighting, moved
from checkpoint_app.vision.looks import Look, look_at
from checkpoint_app.vision.regions import Region, around, busiest

LIVE_LONGEST_SIDE = 1920  # pixels; larger frames are read at this size
STILL_SECONDS = 1.6  # of this thread's own work; no look at a still is begun after it
_LIVE_PIXELS = 500_000  # what a harder look at a live frame may take
_STILL_PIXELS = 4_000_000
_CLOSE_PIXELS = 2_500_000
_LARGE = 400_000  # pixels of a still in which a code may be but a small part
_REST_AFTER = 40  # harder looks without a find, then only every fourth frame gets one

_SCENE_SIZE = (32, 18)  # pixels in which a change of the scene is looked for
_SCENE_CHANGE = 4.0  # mean difference in them, of 255

_LIVE_LOOKS = (
    Look("ink", blur=2.0, noise=0.03, scale=2),
    Look(scale=2),
    Look(decoder="aztec"),
    Look("grey", blur=1.0, noise=0.1, scale=2),
    Look(decoder="zbar"),
    Look("ink", blur=2.5, noise=0.03, scale=2),
    Look("min", blur=1.5, noise=0.03, scale=2),
    Look("ink", blur=1.0, noise=0.1, scale=2, framed=True),
    Look(decoder="aztec", blur=1.3, noise=0.1, scale=2),
    Look("grey", blur=2.0, noise=0.1),
    Look("contrast", blur=1.3, noise=0.1, scale=2),
    Look("min", blur=2.0, noise=0.01, scale=2),
    Look(decoder="qr_global"),
)

_CHEAP = 2  # looks at the beginning of the following that cost little
_WHOLE_LOOKS = (
    Look(decoder="aztec"),
    Look(decoder="zbar"),
    Look("ink", blur=2.0, noise=0.03, scale=2),
    Look(scale=2, framed=True),
    Look("min"),
    Look("blue"),
    Look("grey", blur=1.0, noise=0.1, scale=2),
    Look("contrast"),
    Look(decoder="qr_global"),
    Look(scale=0.5),
    Look(scale=3),
    Look("blue", decoder="zbar"),
    Look("min", blur=1.3, noise=0.1, scale=2),
    Look("grey", blur=1.6, noise=0.03, scale=2),
    Look(decoder="zbar", scale=2),
    Look("grey", decoder="zbar", blur=1.0, noise=0.1),
    Look("min", decoder="aztec"),
    Look("grey", decoder="aztec", blur=1.6, noise=0.03, scale=2),
    Look("grey", decoder="qr_global", blur=1.6, noise=0.01, scale=2),
)

_CLOSE_LOOKS = (
    Look("ink", blur=2.0, noise=0.03, scale=2),
    Look(scale=2),
    Look("ink", blur=2.5, noise=0.03, scale=2),
    Look("grey", blur=1.0, noise=0.1, scale=2),
    Look("min", blur=1.5, noise=0.03, scale=2),
    Look("grey", blur=2.0, noise=0.1),
    Look("ink", blur=2.0, noise=0.03, scale=3),
    Look("grey", blur=1.5, noise=0.1, scale=3),
    Look("ink", blur=2.0, noise=0.01, scale=2),
    Look("min", blur=2.0, noise=0.01, scale=2),
    Look("ink", blur=1.5, noise=0.01, scale=3),
    Look("grey", blur=1.0, noise=0.03, scale=3),
    Look("min", blur=1.0, noise=0.03, scale=2),
    Look("grey", blur=1.6, noise=0.003, scale=2),
    Look(decoder="zbar", scale=2),
    Look("min", blur=2.5, noise=0.01, scale=2),
    Look("grey", decoder="aztec", blur=1.3, noise=0.1, scale=2),
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
        self._scene = np.zeros(_SCENE_SIZE[::-1], np.uint8)

    def read(self, frame: Frame) -> tuple[FoundCode, ...]:
        """Codes in a frame (H × W × 3, BGR, uint8); an odd-shaped frame holds none."""
        if not _is_picture(frame):
            return ()
        small, scale = _at_most(frame, LIVE_LONGEST_SIDE)
        grey = _grey(small)
        self._notice_change(grey)
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

    def _notice_change(self, grey: Grey) -> None:
        """Wake up from rest when something moves before the camera."""
        scene = np.asarray(cv2.resize(grey, _SCENE_SIZE, interpolation=cv2.INTER_AREA), np.uint8)
        if float(cv2.absdiff(scene, self._scene).mean()) > _SCENE_CHANGE:
            self._scene = scene
            self._misses = min(self._misses, 1)

    def _remember(self, found: list[Sighting], suspects: list[Sighting], grey: Grey) -> None:
        self._misses = 0 if found else self._misses + 1
        self._hint = None
        if found:
            self._turn = 0
        elif suspects:
            self._hint = around(suspects[0].corners, grey)


def read_still(image: Frame, seconds: float = STILL_SECONDS) -> tuple[FoundCode, ...]:
    """Codes in a still image (H × W × 3, BGR, uint8), taking every look until one finds some.

    No look is begun once the thread has worked `seconds`; other programs' load changes nothing.
    """
    if not _is_picture(image):
        return ()
    until = time.thread_time() + seconds
    small, scale = _at_most(image, MAX_SIDE)
    grey = _grey(small)
    found, suspects = _parted(decode(grey))
    harder = iter(()) if found else _still_looks(grey, suspects)
    for look, place, pixels in harder:
        found, _ = _parted(look_at(look, small, place, pixels))
        if found or time.thread_time() > until:
            break
    return _with_colour(small, found, scale)


def _still_looks(grey: Grey, suspects: list[Sighting]) -> Iterator[tuple[Look, Region, int]]:
    """What costs little first: the other decoders, the place where a code was located or which
    is busiest, then the whole, then other busy places of a large image."""
    height, width = grey.shape
    whole = [(look, Region(0, 0, width, height), _STILL_PIXELS) for look in _WHOLE_LOOKS]
    hints = [around(each.corners, grey) for each in suspects[:2]]
    places = [each for each in hints if each is not None]
    if height * width > _LARGE:
        places += busiest(grey)
    yield from whole[:_CHEAP]
    yield from _close_looks(places[:1])
    yield from whole[_CHEAP:]
    yield from _close_looks(places[1:])


def _close_looks(places: Iterable[Region]) -> Iterator[tuple[Look, Region, int]]:
    return ((look, place, _CLOSE_PIXELS) for place in places for look in _CLOSE_LOOKS)


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
