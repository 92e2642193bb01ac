from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from checkpoint_app.vision import decode_image, read_still
from checkpoint_app.vision.stills import MAX_BYTES
from tests.vision.pictures import qr


def packed(image: Image.Image, form: str = "PNG", **asked) -> bytes:
    data = io.BytesIO()
    image.save(data, form, **asked)
    return data.getvalue()


def square(colour: tuple[int, ...], mode: str = "RGB", size: tuple[int, int] = (40, 30)):
    return Image.new(mode, size, colour)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF"])
def test_colours_come_as_blue_green_red(form: str) -> None:
    frame = decode_image(packed(square((250, 10, 10)), form))
    assert frame is not None
    assert (frame.shape, frame.dtype) == ((30, 40, 3), np.uint8)
    blue, green, red = frame[15, 20]
    assert red > 200 > 60 > max(blue, green)


def test_clear_places_are_white() -> None:
    frame = decode_image(packed(square((0, 0, 0, 0), "RGBA")))
    assert frame is not None
    assert frame.min() == 255


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16", "I"])
def test_a_code_is_read_whatever_the_mode(mode: str) -> None:
    code = Image.fromarray(qr("any mode"))
    form = "TIFF" if mode == "CMYK" else "PNG"
    if mode.startswith("I"):
        values = np.asarray(code.convert("L"), np.uint16) * 200
        code = Image.fromarray(values)
    else:
        code = code.convert(mode)
    frame = decode_image(packed(code, form))
    assert frame is not None
    assert [each.text for each in read_still(frame)] == ["any mode"]


def test_a_photograph_taken_sideways_is_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    frame = decode_image(packed(square((9, 9, 9)), "JPEG", exif=turned))
    assert frame is not None
    assert frame.shape == (40, 30, 3)


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (30_000, 10), (10_000, 10_000)])
def test_a_bomb_is_no_image(size: tuple[int, int]) -> None:
    assert decode_image(png_that_claims(*size)) is None


@pytest.mark.parametrize("data", [b"", b"HC1:not an image", b"\x89PNG\r\n\x1a\n", b"<svg></svg>"])
def test_what_is_no_image(data: bytes) -> None:
    assert decode_image(data) is None


def test_a_file_beyond_the_limit_is_not_opened() -> None:
    assert decode_image(packed(square((1, 2, 3))) + b"\0" * MAX_BYTES) is None


@given(st.binary(max_size=200), st.integers(0, 400), st.sampled_from(["PNG", "JPEG", "WEBP"]))
def test_a_damaged_file_is_an_image_or_nothing(damage: bytes, place: int, form: str) -> None:
    whole = packed(square((30, 60, 90)), form)
    frame = decode_image(whole[:place] + damage + whole[place + len(damage) :])
    assert frame is None or frame.dtype == np.uint8
