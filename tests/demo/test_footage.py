"""The demo footage through the program's own eye."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from checkpoint_app.devices.ports import Frame
from checkpoint_app.resources import resource
from checkpoint_app.vision import FoundCode, FrameReader, decode_image, read_still

DEMO = resource("demo")
STORY = json.loads((DEMO / "story.json").read_text("utf-8"))
SAMPLES = (0.3, 0.5, 0.7)  # of each showing


def sampled() -> set[int]:
    """Frame numbers: three of each showing, and the empty one before each traveller."""
    wanted = set()
    for traveller in STORY["travellers"]:
        wanted.add(traveller["first_frame"] - 6)
        for shown in traveller["shown"]:
            first, last = shown["first_frame"], shown["last_frame"]
            wanted |= {round(first + share * (last - first)) for share in SAMPLES}
    return wanted


@pytest.fixture(scope="module")
def seen() -> dict[int, tuple[FoundCode, ...]]:
    """What the reader finds in the sampled frames, by frame number."""
    wanted = sampled()
    return {number: _read(frame) for number, frame in _frames() if number in wanted}


def _frames() -> Iterator[tuple[int, Frame]]:
    film = cv2.VideoCapture(str(DEMO / STORY["footage"]))
    number = 0
    while True:
        there, frame = film.read()
        if not there:
            break
        yield number, np.asarray(frame, np.uint8)
        number += 1
    assert number == STORY["frames"]


def _read(frame: Frame) -> tuple[FoundCode, ...]:
    """A camera gives several frames: a few looks at the one stand for them."""
    reader = FrameReader()
    return next((found for _ in range(5) if (found := reader.read(frame))), ())


def test_every_sampled_frame_shows_its_code_and_no_other(
    seen: dict[int, tuple[FoundCode, ...]],
) -> None:
    wrong = []
    for traveller in STORY["travellers"]:
        for shown in traveller["shown"]:
            first, last = shown["first_frame"], shown["last_frame"]
            for number in (n for n in seen if first <= n <= last):
                texts = [code.text for code in seen[number]]
                if texts != ([shown["text"]] if shown["text"] else []):
                    wrong.append((traveller["id"], number))
    assert not wrong


def test_an_empty_road_shows_no_code(seen: dict[int, tuple[FoundCode, ...]]) -> None:
    empty = [traveller["first_frame"] - 6 for traveller in STORY["travellers"]]
    assert not any(seen[number] for number in empty)


def test_modules_have_the_storys_colour(seen: dict[int, tuple[FoundCode, ...]]) -> None:
    for traveller in STORY["travellers"]:
        for shown in traveller["shown"]:
            first, last = shown["first_frame"], shown["last_frame"]
            found = [code for n in seen if first <= n <= last for code in seen[n]]
            colours = {code.colour for code in found}
            if shown["colour"] == "grey":
                assert colours <= {None, "unknown"}
            elif found:
                assert colours == {shown["colour"]}, traveller["id"]


def test_the_footage_is_small_enough_to_come_along() -> None:
    assert (DEMO / STORY["footage"]).stat().st_size < 12_000_000


@pytest.mark.parametrize("file", sorted((DEMO / "codes").glob("*.png")), ids=lambda each: each.stem)
def test_still_pictures_read(file: Path) -> None:
    image = decode_image(file.read_bytes())
    assert image is not None
    texts = {shown["text"] for traveller in STORY["travellers"] for shown in traveller["shown"]}
    found = [code.text for code in read_still(image)]
    assert len(found) == (0 if file.stem == "no_code" else 1)
    assert set(found) <= texts
