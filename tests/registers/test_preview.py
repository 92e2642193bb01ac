"""Pages as pictures."""

from __future__ import annotations

import pytest

from checkpoint_app.i18n import translator
from checkpoint_app.registers import render_pdf
from checkpoint_app.registers.preview import LARGEST, page_count, raster

from .sheets import table


@pytest.fixture(scope="module")
def register() -> bytes:
    return render_pdf(table(1), translator("zh_CN"))


def test_a_page_is_a_picture_of_its_size(register: bytes) -> None:
    width, height, pixels = raster(register, 1, 72)
    assert (width, height) == (842, 596)
    assert len(pixels) == width * height * 3
    assert {0, 255} <= set(pixels)


def test_an_absurd_resolution_is_lowered(register: bytes) -> None:
    width, height, _ = raster(register, 1, 100_000)
    assert width * height <= LARGEST * 1.01


def test_no_pdf_and_no_page(register: bytes) -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        page_count(b"no pdf")
    with pytest.raises(ValueError, match="not a PDF"):
        raster(b"", 1, 72)
    with pytest.raises(IndexError):
        raster(register, 2, 72)
