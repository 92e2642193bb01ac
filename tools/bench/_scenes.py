"""Drawn camera pictures of codes, with what stands in them: the reader's own measuring set.

A page with a code on it is held before a blurred background, at an angle, under uneven light, out
of focus, with noise, glare, stripes of the screen and JPEG faults. Everything comes from the seed.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

from checkpoint_app.domain.credential import Colour

Picture = NDArray[np.uint8]

WIDTH, HEIGHT = 1280, 720
_MODULE = 8  # pixels of a module on the page as drawn
_INKS: dict[Colour | None, tuple[tuple[int, int], ...]] = {  # ranges of B, G, R
    None: ((0, 45), (0, 35), (0, 40)),
    Colour.GREEN: ((35, 110), (130, 200), (0, 75)),
    Colour.YELLOW: ((0, 50), (150, 205), (215, 255)),
    Colour.RED: ((10, 80), (10, 80), (175, 255)),
}
_LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture (H × W × 3, BGR) with the one code in it."""

    picture: Picture
    text: str
    colour: Colour | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """How bad the picture is, each from 0 (none) upward; blur and motion in pixels."""

    size: float  # side of the code, share of the picture's height
    blur: float
    motion: int
    noise: float
    tilt: float
    light: float
    exposure: float
    glare: float
    stripes: float
    cast: tuple[float, float, float]  # B, G, R gains
    jpeg: int


def draw_scenes(count: int, seed: int, *, letters: int, coloured: bool) -> Iterator[Scene]:
    """That many scenes; `letters` in each code's text, inks of a health code or black."""
    inks = list(_INKS) if coloured else [None]
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        yield draw_scene(rng, inks[number % len(inks)], letters)


def draw_scene(rng: np.random.Generator, colour: Colour | None, letters: int) -> Scene:
    """One scene: a code of an address with random letters."""
    chosen = rng.choice(list(_LETTERS), letters)
    text = "https://code.example/c?" + "".join(chosen)
    ink = np.array([rng.integers(low, high + 1) for low, high in _INKS[colour]], np.float32)
    trouble = _trouble(rng, dense=letters > 200)
    page, corners = _page(rng, text, ink, logo=colour is not None)
    return Scene(_taken(rng, page, corners, trouble), text, colour)


def background(rng: np.random.Generator) -> NDArray[np.float32]:
    """Soft patches of colour with some hard-edged boxes before them (0 to 255)."""
    small = rng.uniform(0, 255, (9, 16, 3)).astype(np.float32)
    soft = np.asarray(cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), np.float32)
    for _ in range(5):
        x, y = int(rng.integers(0, WIDTH)), int(rng.integers(0, HEIGHT))
        w, h = (int(each) for each in rng.integers(20, 250, 2))
        colour = [float(each) for each in rng.uniform(0, 255, 3)]
        cv2.rectangle(soft, (x, y), (x + w, y + h), colour, -1 if rng.random() < 0.5 else 4)
    return np.clip(soft, 0, 255)


def _trouble(rng: np.random.Generator, *, dense: bool) -> Trouble:
    cast = np.array([1.0, 1.0, 1.0])
    if rng.random() < 0.7:
        cast = np.sort(rng.uniform(0.6, 1.0, 3))[:: rng.choice([1, -1])]
        cast = cast / cast.max()
    return Trouble(
        size=float(rng.uniform(0.34, 0.75) if dense else rng.uniform(0.26, 0.6)),
        blur=float(rng.uniform(0.4, 2.0)),
        motion=int(rng.choice([0, 0, 3, 5])),
        noise=float(rng.uniform(2, 8)),
        tilt=float(rng.uniform(0, 0.16)),
        light=float(rng.uniform(0.2, 1.0)),
        exposure=float(rng.choice([1.0, 1.0, 1.3, 1.8])),
        glare=float(rng.choice([0, 0, 0.5, 1.0])),
        stripes=float(rng.choice([0, 0, 0.1, 0.25])),
        cast=(float(cast[0]), float(cast[1]), float(cast[2])),
        jpeg=int(rng.choice([60, 75, 90])),
    )


def _page(
    rng: np.random.Generator, text: str, ink: NDArray[np.float32], *, logo: bool
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A page with a code (0 to 255), and the code's four corners on it."""
    code = segno.make(text, error="h" if logo else "m", micro=False, boost_error=False)
    modules = np.array([list(row) for row in code.matrix], np.float32)
    dark = np.kron(modules, np.ones((_MODULE, _MODULE), np.float32))[..., None]
    square = 255 * (1 - dark) + ink * dark
    side = square.shape[0]
    if logo:
        edge = int(side * rng.uniform(0.0, 0.2)) // 2
        middle = slice(side // 2 - edge, side // 2 + edge)
        square[middle, middle] = (180, 110, 30)
    margin, head = 5 * _MODULE, side // 4
    page = np.full((side + 2 * head, side + 2 * margin, 3), 255, np.float32)
    page[head : head + side, margin : margin + side] = square
    page[: head // 2] = rng.uniform(0, 255, 3)
    left, top, right, bottom = margin, head, margin + side, head + side
    return page, np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)


def _taken(
    rng: np.random.Generator,
    page: NDArray[np.float32],
    corners: NDArray[np.float32],
    trouble: Trouble,
) -> Picture:
    """The page held before a background and photographed."""
    warp = _pose(rng, corners, trouble)
    scene = background(rng)
    shape = (WIDTH, HEIGHT)
    inside = cv2.warpPerspective(np.ones(page.shape[:2], np.float32), warp, shape)[..., None]
    shrunk = cv2.GaussianBlur(page, (0, 0), 0.4 * _MODULE)  # what a small picture averages
    scene = scene * (1 - inside) + cv2.warpPerspective(shrunk, warp, shape) * inside
    return _exposed(rng, scene.astype(np.float32), corners, warp, trouble)


def _pose(
    rng: np.random.Generator, corners: NDArray[np.float32], trouble: Trouble
) -> NDArray[np.float64]:
    side = trouble.size * HEIGHT
    turn = np.radians(rng.uniform(-30, 30))
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64) * side / 2
    square *= 1 - trouble.tilt * rng.uniform(0, 1, (4, 1))
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    middle = rng.uniform((0.3 * WIDTH, 0.45 * HEIGHT), (0.7 * WIDTH, 0.55 * HEIGHT))
    placed = (square @ rotation.T + middle).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, placed), np.float64)


def _exposed(
    rng: np.random.Generator,
    scene: NDArray[np.float32],
    corners: NDArray[np.float32],
    warp: NDArray[np.float64],
    trouble: Trouble,
) -> Picture:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    middle = cv2.perspectiveTransform(corners[None], warp)[0].mean(axis=0)
    spot = middle + rng.normal(0, 0.3 * trouble.size * HEIGHT, 2)
    near = np.exp(-((columns - spot[0]) ** 2 + (rows - spot[1]) ** 2) / (2 * 90.0**2))
    stripes = 1 + trouble.stripes * np.sin(columns * 0.9 + rows * 0.35)
    level = (0.35 + 0.65 * trouble.light) * trouble.exposure
    lit = scene * (level * stripes)[..., None] * np.array(trouble.cast, np.float32)
    lit += (trouble.glare * 140 * near)[..., None]
    lit = cv2.GaussianBlur(np.clip(lit, 0, 255), (0, 0), trouble.blur)
    if trouble.motion:
        lit = cv2.blur(lit, (trouble.motion, 1))
    noisy = lit + rng.normal(0, trouble.noise, lit.shape)
    picture = np.clip(noisy, 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, trouble.jpeg])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
