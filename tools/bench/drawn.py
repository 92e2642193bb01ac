"""Draws test pictures of codes with what is on them, for a bench without a folder of real ones.

`draw_codes(folder)` writes JPEG files and `manifest.json`: `{"entries": [{"file", "kind",
"expected_text", "colour"}]}`. `kind` is qr (black modules), colour (coloured or black ones under
coloured light; `colour` is green, yellow, red or black) or no_qr (`expected_text` null: nothing
may be found). The same seed gives the same pictures.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
import segno
from numpy.random import Generator
from numpy.typing import NDArray

Picture = NDArray[np.float32]  # H × W × 3, BGR, 0 to 255

SIZE = (1280, 720)
EACH = 10  # pictures of each kind of difficulty
_LETTERS = np.array(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
_MODULES = {  # BGR
    "green": (90, 160, 24),
    "yellow": (0, 168, 238),
    "red": (50, 58, 220),
    "black": (24, 20, 18),
}
_CASTS = {  # how strongly blue, green and red arrive
    "daylight": (1.0, 1.0, 1.0),
    "lamp": (0.72, 0.92, 1.08),
    "shade": (1.12, 1.0, 0.82),
    "tube": (0.94, 1.08, 0.92),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture of the manifest."""

    file: str
    kind: str
    expected_text: str | None
    colour: str | None = None


def draw_codes(folder: Path, seed: int = 20) -> Path:
    """Draw the whole set into the folder (made if missing) and give the manifest's path."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    entries = []
    for entry, picture in _all(random):
        cv2.imwrite(str(folder / entry.file), np.clip(picture, 0, 255).astype(np.uint8))
        entries.append(asdict(entry))
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({"entries": entries}, indent=1), "utf-8")
    return manifest


def _all(random: Generator) -> Iterator[tuple[Entry, Picture]]:
    for name, spoil in _DIFFICULTIES.items():
        for number in range(EACH):
            text = _text(random, 40 + 40 * number)
            side = random.uniform(1.7, 2.3) if name == "small" else random.uniform(3.2, 6.0)
            scene = _scene(random, text, "black", _TURNS.get(name, 15), side)
            picture = spoil(scene, random, side)
            yield Entry(f"{name}-{number}.jpg", "qr", text), picture
    for colour in _MODULES:
        for cast in _CASTS:
            for number in range(3):
                text = f"https://h.example/{_text(random, 60)}"
                picture = _cast(
                    _scene(random, text, colour, 20, random.uniform(3.5, 7)), cast, random
                )
                yield Entry(f"{colour}-{cast}-{number}.jpg", "colour", text, colour), picture
    for name, draw in _WITHOUT.items():
        for number in range(4):
            yield Entry(f"{name}-{number}.jpg", "no_qr", None), draw(random)


def _text(random: Generator, length: int) -> str:
    return "".join(random.choice(_LETTERS, length))


def _scene(random: Generator, text: str, colour: str, turn: float, module: float) -> Picture:
    """A code on white, its modules so many pixels large, on a mixed ground.

    It is turned by up to `turn` degrees and tilted a little.
    """
    code = segno.make(text, error="m", micro=False)
    bits = np.pad(np.array(code.matrix, bool), 4).repeat(8, 0).repeat(8, 1)
    flat = np.where(bits[:, :, None], np.array(_MODULES[colour]), 246).astype(np.float32)
    side = module * len(bits) / 8
    corners = _corners(random, side, turn)
    matrix = cv2.getPerspectiveTransform(
        np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32) * len(bits), corners
    )
    ground = _ground(random)
    cover = cv2.warpPerspective(np.ones(bits.shape, np.float32), matrix, SIZE)
    # the code is larger than its place in the picture: soften first, or modules would flicker
    soft = cv2.GaussianBlur(flat, (0, 0), max(0.1, 0.4 * len(bits) / side))
    laid = cv2.warpPerspective(soft, matrix, SIZE, flags=cv2.INTER_LINEAR)
    return np.asarray(ground + cover[:, :, None] * (laid - ground), np.float32)


def _corners(random: Generator, side: float, turn: float) -> NDArray[np.float32]:
    angle = np.radians(random.uniform(-turn, turn))
    half = side / 2
    square = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    rotation = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    tilt = random.uniform(-0.04, 0.04, (4, 2)) * side
    centre = np.array(SIZE) / 2 + random.uniform(-40, 40, 2) * (1, 0.4)
    return np.asarray(square @ rotation + tilt + centre, np.float32)


def _ground(random: Generator) -> Picture:
    """Something out of focus: large soft spots of dull colours."""
    spots = random.uniform(30, 170, (6, 10, 3)).astype(np.float32)
    return np.asarray(cv2.resize(spots, SIZE, interpolation=cv2.INTER_CUBIC), np.float32)


def _noisy(picture: Picture, random: Generator, deviation: float) -> Picture:
    grain = random.standard_normal(picture.shape[:2], np.float32)
    return np.asarray(picture + deviation * grain[:, :, None], np.float32)


def _plain(picture: Picture, random: Generator, _module: float = 1) -> Picture:
    return _noisy(picture, random, 2)


def _blurred(picture: Picture, random: Generator, module: float) -> Picture:
    soft = cv2.GaussianBlur(picture, (0, 0), module * random.uniform(0.4, 0.8))
    return _noisy(np.asarray(soft, np.float32), random, 2)


def _shaken(picture: Picture, random: Generator, module: float) -> Picture:
    length = max(2, round(module * random.uniform(0.8, 2.0)))
    kernel = np.full((1, length), 1 / length)
    return _noisy(np.asarray(cv2.filter2D(picture, -1, kernel), np.float32), random, 2)


def _dark(picture: Picture, random: Generator, _module: float) -> Picture:
    return _noisy(picture * random.uniform(0.04, 0.12), random, random.uniform(2, 4))


def _uneven(picture: Picture, random: Generator, module: float) -> Picture:
    """A shadow across the picture and a lamp's reflection in it."""
    across = np.linspace(random.uniform(0.2, 0.5), 1.1, SIZE[0])[None, :, None]
    down, along = np.ogrid[: SIZE[1], : SIZE[0]]
    x, y = np.array(SIZE) / 2 + random.uniform(-15, 15, 2) * module
    lamp = 190 * np.exp(-((along - x) ** 2 + (down - y) ** 2) / (2 * (3 * module) ** 2))
    return _noisy(np.asarray(picture * across + lamp[:, :, None], np.float32), random, 2)


def _cast(picture: Picture, cast: str, random: Generator) -> Picture:
    light = np.array(_CASTS[cast]) * random.uniform(0.55, 1.0)
    return _noisy(np.asarray(picture * light, np.float32), random, 3)


_Spoil = Callable[[Picture, Generator, float], Picture]  # with the size of a module
_DIFFICULTIES: dict[str, _Spoil] = {
    "clean": _plain,
    "turned": _plain,
    "blurred": _blurred,
    "shaken": _shaken,
    "dark": _dark,
    "uneven": _uneven,
    "small": _plain,
}
_TURNS = {"clean": 0.0, "turned": 180.0}  # degrees; 15 for the others


def _chess(random: Generator) -> Picture:
    side = int(random.integers(14, 60))
    down, across = np.mgrid[: SIZE[1], : SIZE[0]] // side
    board = np.where((down + across) % 2, 240.0, 20.0)
    return _plain(np.dstack([board] * 3).astype(np.float32), random)


def _speckle(random: Generator) -> Picture:
    """Random modules with no finder patterns."""
    bits = random.integers(0, 2, (45, 45)).astype(np.float32) * 230 + 12
    picture = _ground(random)
    picture[60:660, 340:940] = cv2.resize(bits, (600, 600), interpolation=cv2.INTER_NEAREST)[
        :, :, None
    ]
    return _plain(picture, random)


def _rings(random: Generator) -> Picture:
    """Three finder patterns around nothing."""
    picture = np.full((SIZE[1], SIZE[0], 3), 244, np.float32)
    for x, y in ((360, 100), (760, 100), (360, 500)):
        for inset, shade in ((0, 16), (20, 244), (40, 16)):
            picture[y + inset : y + 140 - inset, x + inset : x + 140 - inset] = shade
    return _plain(picture, random)


def _writing(random: Generator) -> Picture:
    paper = np.full((SIZE[1], SIZE[0], 3), 238, np.uint8)
    for line in range(14):
        words = _text(random, 40)
        at, face = (60, 60 + 46 * line), cv2.FONT_HERSHEY_SIMPLEX
        cv2.putText(paper, words, at, face, 1.1, (40, 36, 30), 2, cv2.LINE_AA)
    return _plain(paper.astype(np.float32), random)


_WITHOUT: dict[str, Callable[[Generator], Picture]] = {
    "chess": _chess,
    "speckle": _speckle,
    "rings": _rings,
    "writing": _writing,
}
