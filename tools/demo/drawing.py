"""What every drawing shares: type, colours, rounded shapes and code symbols. Pillow only."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import segno
import segno.consts
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from checkpoint_app.resources import resource

STATUS = {"green": "#17A05A", "yellow": "#EBA300", "red": "#DB3B33", "grey": "#8C959C"}
STATUS_SOFT = {"green": "#E2F5EA", "yellow": "#FFF3D6", "red": "#FDE6E4", "grey": "#ECEFF1"}
INK, SOFT, FAINT, LINE = "#15242B", "#5C6F78", "#8FA0A8", "#E1E6E9"


class Sheet:
    """A picture being drawn on: RGBA, pixels, origin at the top left."""

    def __init__(self, width: int, height: int, fill: str = "#00000000") -> None:
        self.image = Image.new("RGBA", (width, height), fill)
        self.draw = ImageDraw.Draw(self.image)

    @property
    def width(self) -> int:
        return self.image.width

    @property
    def height(self) -> int:
        return self.image.height

    def box(self, area: tuple[float, float, float, float], fill: str, radius: float = 0) -> None:
        """A filled rectangle (left, top, right, bottom) with rounded corners."""
        self.draw.rounded_rectangle(area, radius, fill)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: int,
        fill: str = INK,
        anchor: str = "la",
        bold: bool = False,
    ) -> None:
        """One line of type; `anchor` as in Pillow (first letter across, second letter down)."""
        self.draw.text(at, words, fill, font(size, bold), anchor=anchor)

    def paste(self, other: Image.Image, at: tuple[int, int]) -> None:
        """Lay another picture over this one, its transparency kept."""
        self.image.alpha_composite(other.convert("RGBA"), at)


@cache
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The project's typeface. Raises OSError where resources/fonts is missing."""
    name = "NotoSansSC-Bold.ttf" if bold else "NotoSansSC-Regular.ttf"
    return ImageFont.truetype(resource("fonts", name), size)


def fitted(words: str, size: int, width: float, bold: bool = False) -> int:
    """The largest type size up to `size` at which the words are no wider than `width` pixels."""
    while size > 12 and font(size, bold).getlength(words) > width:
        size -= 1
    return size


def qr_modules(text: str, error: str = "l") -> list[list[bool]]:
    """Modules of a QR symbol, without quiet zone; True is dark. SHC digits go in numeric mode."""
    content: Any = _segments(text)  # segno takes segments too, though its types don't say so
    code = segno.make(content, error=error, micro=False, boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix]


def _segments(text: str) -> str | list[tuple[str, int]]:
    if not text.startswith("shc:/"):
        return text
    head, digits = text[: text.rindex("/") + 1], text[text.rindex("/") + 1 :]
    return [(head, segno.consts.MODE_BYTE), (digits, segno.consts.MODE_NUMERIC)]


def aztec_modules(text: str) -> list[list[bool]]:
    """Modules of an Aztec symbol, without quiet zone; True is dark."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Aztec)
    drawn = np.asarray(zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False))
    return [[bool(value < 128) for value in row] for row in drawn]


def symbol(
    modules: list[list[bool]], side: int, dark: str = "#101418", light: str = "#FFFFFF"
) -> Image.Image:
    """A square picture of at most `side` pixels with whole pixels to a module, 2 modules quiet."""
    count = len(modules)
    pixels = max(1, side // (count + 4))
    small = Image.new("L", (count + 4, count + 4), 0)
    small.putdata([255 * bit for bit in _with_margin(modules)])
    mask = small.resize((pixels * (count + 4),) * 2, Image.Resampling.NEAREST)
    picture = Image.new("RGBA", mask.size, light)
    picture.paste(Image.new("RGBA", mask.size, dark), (0, 0), mask)
    return picture


def _with_margin(modules: list[list[bool]]) -> list[bool]:
    blank = [False] * (len(modules) + 4)
    rows = [[False, False, *row, False, False] for row in modules]
    return [bit for row in [blank, blank, *rows, blank, blank] for bit in row]
