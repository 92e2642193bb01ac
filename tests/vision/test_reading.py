from __future__ import annotations

import subprocess
import sys

import cv2
import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from checkpoint_app.domain.credential import Colour
from checkpoint_app.vision import FrameReader, read_still
from tests.vision.pictures import INKS, aztec, held, qr

LONG = "https://code.example/c?" + "aB3dE5gH7j" * 24
ROUND = 30  # frames within which every harder look has had its turn


def frames_until_read(frame, most: int = ROUND) -> tuple[int, str | None]:
    reader = FrameReader()
    for number in range(1, most + 1):
        found = reader.read(frame)
        if found:
            return number, found[0].text
    return most, None


def test_a_plain_code_is_read_from_the_first_frame() -> None:
    (code,) = FrameReader().read(held(qr(LONG), turn=20))
    assert code.text == LONG
    assert code.symbology == "qr"
    assert code.colour is None


def test_corners_stand_where_the_code_is() -> None:
    picture = qr("corners", module=10)
    side = picture.shape[0]
    (code,) = FrameReader().read(held(picture))
    left, top = 640 - side / 2 + 40, 360 - side / 2 + 40
    right, bottom = left + side - 80, top + side - 80
    expected = ((left, top), (right, top), (right, bottom), (left, bottom))
    assert np.abs(np.array(code.corners) - np.array(expected)).max() < 8


def test_corners_of_a_large_frame_are_in_its_own_pixels() -> None:
    small = held(qr("large"), turn=10)
    (near,) = FrameReader().read(small)
    (far,) = FrameReader().read(cv2.resize(small, None, fx=3, fy=3))
    assert np.abs(np.array(far.corners) - 3 * np.array(near.corners)).max() < 12


def test_a_code_out_of_focus_is_read_by_a_later_frame() -> None:
    frame = held(qr(LONG, error="m"), turn=12, scale=0.55, blur=2.0)
    number, text = frames_until_read(frame)
    assert number > 1, "too easy to show anything"
    assert text == LONG
    assert [each.text for each in read_still(frame)] == [LONG]


def test_an_aztec_code_is_read_within_some_frames() -> None:
    frame = held(aztec("AZTEC 12345"))
    assert frames_until_read(frame)[1] == "AZTEC 12345"
    (code,) = read_still(frame)
    assert (code.symbology, code.colour) == ("aztec", None)


@pytest.mark.parametrize("name", ["green", "yellow", "red"])
def test_coloured_codes_are_read_with_their_colour(name: str) -> None:
    frame = held(qr("https://code.example/" + name, ink=INKS[name], error="h"), turn=-14, blur=1)
    (code,) = read_still(frame)
    assert code.colour is Colour(name)
    assert frames_until_read(frame)[1] == code.text


def test_light_on_dark_is_read() -> None:
    assert [each.text for each in read_still(held(255 - qr("inverse")))] == ["inverse"]


def test_two_codes_are_both_read() -> None:
    frame = np.full((720, 1280, 3), 255, np.uint8)
    for left, text in ((100, "health code"), (800, "itinerary")):
        code = qr(text)
        frame[200 : 200 + len(code), left : left + len(code)] = code
    assert {each.text for each in FrameReader().read(frame)} == {"health code", "itinerary"}


def test_a_code_cut_without_its_margin_is_read() -> None:
    picture = qr("no margin", module=4)[16:-16, 16:-16]
    assert [each.text for each in read_still(np.ascontiguousarray(picture))] == ["no margin"]


def test_a_small_code_in_a_very_large_still() -> None:
    image = np.full((4320, 7680, 3), 240, np.uint8)
    code = qr("far away", module=3)
    image[3000 : 3000 + len(code), 5000 : 5000 + len(code)] = code
    (found,) = read_still(image)
    assert found.text == "far away"
    assert abs(found.corners[0][0] - 5012) < 6


@pytest.mark.parametrize(
    "content",
    [
        "行程卡：途经城市",
        "王*明 健康码 绿码",
        "çà et là, Zürich",
        "line\r\nbreak\x1dgroup\ttab",
        "  spaces kept  ",
        "12345678901234567890",
        "HC1:NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL",
        "ﾃﾞｻﾞｲﾝ",
    ],
)
def test_texts_come_exactly_as_encoded(content: str) -> None:
    assert [each.text for each in read_still(qr(content))] == [content]


def test_gbk_without_a_declared_charset_is_chinese() -> None:
    text = "姓名:欧阳明;健康码:绿"
    assert [each.text for each in read_still(qr(text.encode("gbk")))] == [text]


def test_a_part_of_a_series_is_no_crash() -> None:
    part = segno.make_sequence("A long text in several symbols " * 4, symbol_count=3)[0]
    dark = np.array([list(row) for row in part.matrix_iter(border=4)], bool)
    picture = np.where(dark[..., None], 0, 255).astype(np.uint8).repeat(3, 2)
    big = picture.repeat(6, 0).repeat(6, 1)
    read_still(big)
    frames_until_read(big)


def test_a_code_coming_after_a_long_quiet_time_is_read_at_once() -> None:
    reader = FrameReader()
    for _ in range(60):
        assert reader.read(np.full((720, 1280, 3), 80, np.uint8)) == ()
    assert [each.text for each in reader.read(held(qr("at last")))] == ["at last"]


def test_without_the_second_decoder_reading_goes_on() -> None:
    program = (
        "import sys; sys.modules['pyzbar.pyzbar'] = None\n"
        "from tests.vision.pictures import held, qr\n"
        "from checkpoint_app.vision import read_still\n"
        "from checkpoint_app.vision.decoders import zbar_available\n"
        "import numpy as np\n"
        "assert read_still(np.full((300, 300, 3), 200, np.uint8)) == ()\n"
        "print(zbar_available(), read_still(held(qr('alone')))[0].text)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["False", "alone"]


@pytest.mark.parametrize(
    "shape", [(0, 0, 3), (1, 1, 3), (15, 400, 3), (720, 1280), (720, 1280, 4), (3,), (16, 4000, 3)]
)
def test_odd_shapes_hold_no_code(shape: tuple[int, ...]) -> None:
    picture = np.zeros(shape, np.uint8)
    assert read_still(picture) == ()
    assert FrameReader().read(picture) == ()


def test_other_kinds_of_numbers_hold_no_code() -> None:
    assert read_still(np.zeros((200, 200, 3), np.float32)) == ()


def test_nothing_is_found_in_grain_checks_and_print() -> None:
    rng = np.random.default_rng(3)
    grain = rng.integers(0, 256, (480, 640, 3)).astype(np.uint8)
    checks = rng.integers(0, 2, (60, 80, 1)).astype(np.uint8).repeat(8, 0).repeat(8, 1) * 255
    words = np.full((480, 640, 3), 255, np.uint8)
    for row in range(30, 480, 30):
        cv2.putText(words, "HOTEL #0881 |||", (10, row), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 3)
    for picture in (grain, checks.repeat(3, 2), words):
        assert read_still(picture) == ()
        assert frames_until_read(picture)[1] is None


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(np.uint8, st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(1, 4)))
)
def test_no_picture_breaks_the_reader(picture) -> None:
    read_still(picture)
    reader = FrameReader()
    for _ in range(4):
        reader.read(picture)
