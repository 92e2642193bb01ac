"""Whole pages, drawn by the project itself, from pixels to fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.page import PageKind, as_object
from checkpoint_app.domain.reasons import Code
from checkpoint_app.resources import resource
from checkpoint_app.vision import read_still
from checkpoint_app.vision.page import PageReader, sharpness
from checkpoint_app.vision.page.ocr import Line, Ocr
from tests.vision.page import decoys
from tools.draw_pages import TUNED, Drawn, filmed, page

NOW = datetime.fromisoformat("2022-07-08T11:12:00")
CARD = next(each for each in TUNED if each.kind == "itinerary_card")


def read(reader: PageReader, frame) -> dict[str, Any]:
    found = reader.read(frame, now=NOW, codes=read_still(frame))
    return as_object(found) if found is not None else {}


def told(read: dict[str, Any], key: str) -> Any:
    value: Any = read
    for part in key.split("."):
        value = value.get(part) if value is not None else None
    return value


def wrong(drawn: Drawn, read: dict[str, Any], but: tuple[str, ...] = ()) -> list[str]:
    return [
        key for key, value in drawn.expected.items() if key not in but and told(read, key) != value
    ]


@pytest.mark.parametrize("drawn", TUNED[:6], ids=lambda each: f"{each.layout}-{each.colour}")
def test_a_plain_page_gives_its_fields(reader: PageReader, drawn: Drawn) -> None:
    assert wrong(drawn, read(reader, page(drawn))) == []


@pytest.mark.parametrize(("number", "turn"), [(2, 0.0), (4, 90.0), (5, 180.0)])
def test_a_filmed_page_gives_its_fields(reader: PageReader, number: int, turn: float) -> None:
    frame = filmed(page(TUNED[number]), number, turn=turn)
    assert wrong(TUNED[number], read(reader, frame)) == []


@pytest.mark.parametrize("turn", [0.0, 90.0, 180.0, 270.0])
def test_a_card_is_read_whichever_way_up(reader: PageReader, turn: float) -> None:
    frame = filmed(page(CARD), 3, turn=turn, height=960)
    found = read(reader, frame)
    assert wrong(CARD, found) == []
    assert found["colour"] == "green"


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_a_card_on_a_phone_that_is_hard_to_tell_from_the_room(
    reader: PageReader, seed: int
) -> None:
    frame = filmed(page(CARD), seed, height=900, rim=120)
    assert wrong(CARD, read(reader, frame)) == []


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_the_heading_above_a_card_belongs_to_its_page(reader: PageReader, number: int) -> None:
    frame = filmed(page(TUNED[number]), 7 + number, rim=120)
    assert read(reader, frame)["issuer"] == TUNED[number].expected["issuer"]


def test_small_words_over_each_other_beside_a_figure_are_two_lines() -> None:
    sheet = np.full((80, 170, 3), 255, np.uint8)
    picture = Image.fromarray(sheet)
    pen = ImageDraw.Draw(picture)
    pen.text((6, 12), "48", "black", _font(52))
    pen.text((82, 12), "小时", "black", _font(24))
    pen.text((82, 42), "阴性", "black", _font(24))
    image = np.asarray(picture, np.uint8)[..., ::-1].copy()
    figure, words = ((4, 14, 70, 72), (78, 14, 136, 72))
    ocr = Ocr()
    lines = [_line_at(ocr, image, box) for box in (figure, words)]
    glued = replace(lines[1], text="小", scores=(0.5,))
    assert [each.text for each in ocr.split(image, [lines[0], glued])] == ["48", "小时", "阴性"]


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(next(resource("fonts").glob("*.ttf"))), size)


def _line_at(ocr: Ocr, image, box: tuple[int, int, int, int]) -> Line:
    left, top, right, bottom = box
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    (found,) = ocr.read(image, [corners], np.inf)
    return found


def test_cities_know_their_divisions(reader: PageReader) -> None:
    found = reader.read(page(CARD), now=NOW)
    assert found is not None
    assert found.kind is PageKind.ITINERARY_CARD
    codes = [(each.division_code, each.starred) for each in found.cities]
    assert codes == [("410100", False), ("610100", True), ("310000", False)]


def test_a_word_of_another_colour_is_a_finding(reader: PageReader) -> None:
    drawn = Drawn("tiles", "福建健康码", "red", word="绿码", vaccination="已接种3剂")
    found = reader.read(page(drawn), now=NOW, codes=read_still(page(drawn)))
    assert found is not None
    assert found.colour is Colour.RED
    assert Code.COLOUR_WORD_DIFFERS in found.findings


def test_an_old_page_is_a_finding(reader: PageReader) -> None:
    found = reader.read(page(CARD), now=datetime.fromisoformat("2022-07-08T11:14:00"))
    assert found is not None
    assert found.findings == (Code.CLOCK_OFF,)


def test_the_issuer_may_come_from_the_code(reader: PageReader) -> None:
    known = PageReader(issuer_of=lambda text: "示例码" if "example.org" in text else None)
    picture = page(Drawn("tiles", "", vaccination="已接种3剂"))
    found = known.read(picture, now=NOW, codes=read_still(picture))
    assert found is not None
    assert found.issuer == "示例码"
    assert read(reader, picture)["issuer"] is None


@pytest.mark.parametrize("decoy", [decoys.chat, decoys.poster, decoys.shop])
def test_what_is_no_page_gives_none(reader: PageReader, decoy) -> None:
    assert read(reader, decoy()) == {}


@pytest.mark.parametrize("decoy", [decoys.nothing, decoys.noise, decoys.newspaper])
def test_a_picture_without_a_page_gives_none(reader: PageReader, decoy) -> None:
    assert reader.read(decoy(), now=NOW) is None


def test_words_that_look_like_fields_become_none(reader: PageReader) -> None:
    found = read(reader, decoys.disguised())
    for field in ("name", "id_number", "phone", "clock", "nat", "vaccination"):
        assert found.get(field) is None
    assert found.get("colour", "unknown") == "unknown"


def test_glare_leaves_fewer_fields(reader: PageReader) -> None:
    found = read(reader, decoys.glare())
    assert (found["colour"], found["name"], found["clock"]) == ("green", None, None)
    assert found["nat"]["result"] == "negative"


def test_half_a_page_invents_nothing(reader: PageReader) -> None:
    found = read(reader, decoys.half())
    assert all(found.get(field) is None for field in ("nat", "vaccination"))


def test_two_phones_are_not_mixed(reader: PageReader) -> None:
    assert wrong(TUNED[0], read(reader, decoys.two_phones())) == []


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((1, 5000, 3), np.uint8),
        np.zeros((70, 70), np.uint8),
        np.zeros((70, 70, 3), np.float32),
        np.zeros((64, 8000, 3), np.uint8),
        np.full((8000, 64, 3), 255, np.uint8),
    ],
    ids=["empty", "line", "grey", "float", "wide", "tall"],
)
def test_an_odd_picture_gives_none(reader: PageReader, picture) -> None:
    assert reader.read(picture, now=NOW) is None


@pytest.mark.parametrize("value", [float("nan"), 1e12, -5.0])
def test_odd_corners_of_a_code_are_borne(reader: PageReader, value: float) -> None:
    picture = page(TUNED[0])
    code = read_still(picture)[0]
    corners = ((value, 0.0), *code.corners[1:])
    found = reader.read(picture, now=NOW, codes=[replace(code, corners=corners)])
    assert found is None or found.colour in (Colour.GREEN, Colour.UNKNOWN)


def test_nothing_more_is_read_after_the_time_limit() -> None:
    seconds = count(0, 10)
    hurried = PageReader(seconds=5, clock=lambda: float(next(seconds)))
    assert hurried.read(page(CARD), now=NOW) is None


def test_a_blurred_frame_is_less_sharp() -> None:
    frame = filmed(page(CARD), 1)
    assert sharpness(frame) > 2 * sharpness(
        np.asarray(cv2.GaussianBlur(frame, (0, 0), 3), np.uint8)
    )
    assert sharpness(np.zeros((3, 3, 3), np.uint8)) == 0
