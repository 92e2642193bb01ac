"""The camera's view of the story: hands come, hold still more or less, and go.

Gives frames one after the other; the same frames on every run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from tools.demo import scene
from tools.demo.pages import page_of
from tools.demo.props import Prop, prop_of
from tools.demo.story import (
    ENTER_FRAMES,
    FPS,
    HEIGHT,
    LEAVE_FRAMES,
    WIDTH,
    Showing,
    Traveller,
    frame_count,
)

Pixels = NDArray[np.uint8]

# a constant quality at which the densest codes still read; some 5 MB
_ENCODING = {"crf": "36", "b": "0", "deadline": "good", "cpu-used": "4", "g": "48"}
_LONG_HAIR = (2, 3, 5, 11, 14, 18)  # travellers, by number
_FOCAL = 1500.0  # pixels; a common webcam's
_SUBFRAMES = 7  # moments that one exposure adds up while the hand comes or goes
_SCALE = {  # pixels of the picture to a pixel of the prop: dense codes are held nearer
    "eu_dcc": 0.60,
    "smart_health_card": 0.80,
    "vds_nc": 0.62,
    "none": 0.62,
    "site_pass": 0.56,
}


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a prop is: its looked-at point in the picture, its size and three turns (radians)."""

    x: float
    y: float
    scale: float
    roll: float
    yaw: float
    pitch: float


def write(everybody: tuple[Traveller, ...], file: Path) -> None:
    """Film the whole story into a VP9 file, which OpenCV reads on every system without more."""
    unfinished = file.with_name(f"unfinished-{file.name}")  # whoever plays the old one goes on
    with av.open(str(unfinished), "w") as container:
        stream = container.add_stream("libvpx-vp9", rate=FPS, options=_ENCODING)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for frame in frames(everybody):
            picture = av.VideoFrame.from_ndarray(frame, format="bgr24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    unfinished.replace(file)


def frames(everybody: tuple[Traveller, ...]) -> Iterator[Pixels]:
    """Every frame of the story, H × W × 3 BGR."""
    behind = scene.background().astype(np.float32)
    number = 0
    for traveller in everybody:
        while number < traveller.first:
            yield _developed(behind.copy(), number)
            number += 1
        for frame in _appearance(traveller, behind):
            yield _developed(frame, number)
            number += 1
    while number < frame_count(everybody):
        yield _developed(behind.copy(), number)
        number += 1


def _appearance(traveller: Traveller, behind: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    props = [prop_of(page_of(traveller, each), each, traveller.coat) for each in traveller.showings]
    figure = scene.person(_looks(traveller))
    for number in range(traveller.first, traveller.last + 1):
        index = _current(traveller.showings, number)
        showing = traveller.showings[index]
        frame = behind.copy()
        _stand(frame, figure, traveller, number)
        moments = _moments(traveller, number)
        poses = [_pose(traveller, showing, moment) for moment in moments]
        yield _held(frame, props[index], poses)


def _looks(traveller: Traveller) -> scene.Looks:
    number = int((traveller.told["duplicate_of"] or traveller.id)[1:])
    hair = (
        ("#1B1917", "#2A2019", "#23201D")[number % 3]
        if number in _LONG_HAIR
        else ("#1B1917", "#5C5A57", "#2A2019", "#1B1917", "#77746F")[number % 5]
    )
    skin = ("#C99D80", "#D6AE92", "#B98A6C")[number % 3]
    return scene.Looks(traveller.coat, hair, skin, number in _LONG_HAIR)


def _current(showings: tuple[Showing, ...], number: int) -> int:
    """Which showing is up: the last one that has begun, the first before that."""
    begun = [index for index, each in enumerate(showings) if each.first <= number]
    return begun[-1] if begun else 0


def _moments(traveller: Traveller, number: int) -> list[float]:
    """Frame times that one exposure covers: several while moving, else one."""
    shown_from = traveller.first + ENTER_FRAMES
    moving = number < shown_from or number > traveller.last - LEAVE_FRAMES
    if not moving:
        return [float(number)]
    return [number + 0.5 * step / _SUBFRAMES for step in range(_SUBFRAMES)]


def _away(traveller: Traveller, moment: float) -> float:
    """How far off the held thing is: 0 in place, 1 below the picture."""
    coming = (moment - traveller.first + 1) / (ENTER_FRAMES + 1)
    going = (traveller.last + 1 - moment) / (LEAVE_FRAMES + 1)
    near = max(0.0, min(1.0, coming, going))
    return 1 - near * near * (3 - 2 * near)


def _pose(traveller: Traveller, showing: Showing, moment: float) -> Pose:
    """A hand that is never quite still: slow sways that differ from traveller to traveller."""
    seed = sum(ord(letter) * 7 for letter in traveller.id)
    time = moment / FPS

    def sway(speed: float, phase: float) -> float:
        return (
            math.sin(speed * time + phase + seed) * 0.7 + math.sin(2.3 * speed * time + seed) * 0.3
        )

    away = _away(traveller, moment)
    side = math.sin(seed * 1.7)
    return Pose(
        x=700 + 46 * side + 7 * sway(1.5, 0.0) + 90 * away,
        y=352 + 6 * sway(1.9, 1.0) + 900 * away,
        scale=_SCALE.get(showing.format, 0.52) * (1 + 0.012 * sway(0.9, 2.0)),
        roll=0.055 * side + 0.012 * sway(1.1, 3.0) + 0.25 * away,
        yaw=0.16 * math.sin(seed * 0.9) + 0.03 * sway(0.8, 4.0),
        pitch=-0.10 + 0.05 * math.cos(seed * 1.3) + 0.02 * sway(1.3, 5.0),
    )


def _projection(prop: Prop, pose: Pose) -> NDArray[np.float64]:
    """The 3 × 3 matrix from prop pixels to picture pixels: a turned plane before a pinhole."""
    turn = _rotation(pose)
    corners = np.array([(-300, -500), (300, -500), (300, 500), (-300, 500)], np.float64)
    placed = np.column_stack([corners * pose.scale, np.zeros(4)]) @ turn.T
    depth = _FOCAL / (_FOCAL + placed[:, 2])
    seen = placed[:, :2] * depth[:, None] + (pose.x, pose.y)
    return np.asarray(
        cv2.getPerspectiveTransform(
            (corners + prop.centre).astype(np.float32), seen.astype(np.float32)
        )
    )


def _rotation(pose: Pose) -> NDArray[np.float64]:
    turn = np.eye(3)
    for axis, angle in ((0, pose.pitch), (1, pose.yaw), (2, pose.roll)):
        about = np.zeros(3)
        about[axis] = angle
        turn = np.asarray(cv2.Rodrigues(about)[0]) @ turn
    return turn


def _stand(frame: NDArray[np.float32], figure: Pixels, traveller: Traveller, number: int) -> None:
    """Put the traveller behind the hand: walking in from the lane, standing, walking off."""
    away = _away(traveller, number) ** 1.5
    left = int(40 - 520 * away + 4 * math.sin(number / 7))
    top = int(30 + 3 * math.sin(number / 5))
    _lay(frame, figure, left, top)


def _lay(frame: NDArray[np.float32], picture: Pixels, left: int, top: int) -> None:
    start, stop = max(0, -left), min(picture.shape[1], WIDTH - left)
    rows = min(picture.shape[0], HEIGHT - top)
    if start >= stop:
        return
    part = picture[:rows, start:stop].astype(np.float32)
    alpha = part[:, :, 3:] / 255
    view = frame[top : top + rows, left + start : left + stop]
    view += alpha * (part[:, :, :3] - view)


def _held(frame: NDArray[np.float32], prop: Prop, poses: list[Pose]) -> NDArray[np.float32]:
    """Add what the hand holds, as the mean of the moments of one exposure, with its shine."""
    layer = np.zeros((HEIGHT, WIDTH, 4), np.float32)
    for pose in poses:
        matrix = _projection(prop, pose)
        warped = cv2.warpPerspective(prop.pixels, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
        layer += warped.astype(np.float32)
    layer /= len(poses)
    alpha = layer[:, :, 3:] / 255
    shine = cv2.GaussianBlur(
        cv2.resize(layer[:, :, :3] * alpha, None, fx=0.125, fy=0.125), (0, 0), 12
    )
    frame += 0.10 * cv2.resize(shine, (WIDTH, HEIGHT)) * (1 - alpha)
    return frame + alpha * (layer[:, :, :3] - frame)


def _developed(frame: NDArray[np.float32], number: int) -> Pixels:
    """What the sensor makes of it: a breath of blur, uneven light, a little noise."""
    frame = cv2.GaussianBlur(frame, (0, 0), 0.7).astype(np.float32)
    exposure = 1 + 0.025 * math.sin(number / 9) + 0.012 * math.sin(number / 2.7)
    frame *= exposure * _vignette()[:, :, None]
    noise = np.random.default_rng(number).normal(0, 1.6, (HEIGHT // 2, WIDTH // 2))
    frame += cv2.resize(noise.astype(np.float32), (WIDTH, HEIGHT))[:, :, None]
    return np.clip(frame, 0, 255).astype(np.uint8)


def _vignette() -> NDArray[np.float32]:
    down, across = np.ogrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    return np.asarray(1.03 - 0.17 * (down**2 + across**2) / 2, np.float32)
