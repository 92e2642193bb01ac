from __future__ import annotations

import cv2
import numpy as np
import pytest

from checkpoint_app.domain.credential import Colour
from checkpoint_app.vision import read_still
from checkpoint_app.vision.colour import measure
from tests.vision.pictures import INKS, held, qr

EXPECTED = {
    "black": None,
    "green": Colour.GREEN,
    "yellow": Colour.YELLOW,
    "red": Colour.RED,
}
TEXT = "https://code.example/c?k=0123456789abcdef0123456789"


def colour_of(picture) -> Colour | None:
    (code,) = read_still(picture)
    return code.colour


@pytest.mark.parametrize("gains", [(1, 1, 1), (1, 0.8, 0.6), (0.5, 0.75, 1), (0.8, 1, 0.85)])
@pytest.mark.parametrize("ink", INKS)
def test_a_tinted_light_changes_no_colour(ink: str, gains: tuple[float, ...]) -> None:
    view = held(qr(TEXT, ink=INKS[ink], error="q"), turn=8, blur=1.2)
    assert colour_of((view * np.array(gains)).astype(np.uint8)) is EXPECTED[ink]


@pytest.mark.parametrize("level", [0.3, 1.0, 1.6])
@pytest.mark.parametrize("ink", INKS)
def test_neither_dim_nor_glaring_light_changes_a_colour(ink: str, level: float) -> None:
    view = held(qr(TEXT, ink=INKS[ink], error="q"), blur=1.2)
    assert colour_of(np.clip(view * level, 0, 255).astype(np.uint8)) is EXPECTED[ink]


@pytest.mark.parametrize("ink", INKS)
def test_light_from_one_side_changes_no_colour(ink: str) -> None:
    view = held(qr(TEXT, ink=INKS[ink], error="q"))
    fall = np.linspace(0.35, 1.0, view.shape[1])[None, :, None]
    assert colour_of((view * fall).astype(np.uint8)) is EXPECTED[ink]


@pytest.mark.parametrize("ink", INKS)
def test_a_logo_in_the_middle_is_not_the_colour(ink: str) -> None:
    picture = qr(TEXT, ink=INKS[ink], error="h")
    middle = len(picture) // 2
    picture[middle - 26 : middle + 26, middle - 26 : middle + 26] = (60, 60, 230)
    assert colour_of(picture) is EXPECTED[ink]


@pytest.mark.parametrize("ink", [(200, 60, 20), (180, 40, 190), (190, 160, 20)])
def test_other_colours_are_unknown(ink: tuple[int, int, int]) -> None:
    assert colour_of(qr(TEXT, ink=ink)) is Colour.UNKNOWN


def test_a_code_of_two_colours_is_unknown() -> None:
    picture, other = qr(TEXT, ink=INKS["green"]), qr(TEXT, ink=INKS["red"])
    half = len(picture) // 2
    picture[:, half:] = other[:, half:]
    assert colour_of(picture) is Colour.UNKNOWN


def test_brownish_black_of_a_warm_camera_is_black() -> None:
    assert colour_of(qr(TEXT, ink=(22, 32, 50))) is None


@pytest.mark.parametrize(
    "corners",
    [
        ((0, 0), (0, 0), (0, 0), (0, 0)),
        ((0, 0), (100, 100), (100, 0), (0, 100)),
        ((float("nan"), 0), (1, 0), (1, 1), (0, 1)),
        ((0, 0), (5, 0), (5, 5), (0, 5)),
    ],
)
def test_corners_that_are_no_square_tell_nothing(corners) -> None:
    assert measure(np.zeros((200, 200, 3), np.uint8), corners) is Colour.UNKNOWN


def test_corners_outside_the_picture_are_no_crash() -> None:
    square = ((-50.0, -50.0), (400.0, -40.0), (390.0, 380.0), (-40.0, 400.0))
    measure(cv2.randu(np.zeros((200, 200, 3), np.uint8), 0, 255), square)
