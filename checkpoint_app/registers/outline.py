"""Text as drawn outlines: seen and printed, but no part of what is searched or copied."""

from __future__ import annotations

from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib.tables._g_l_y_f import Glyph

from checkpoint_app.registers.typeface import EmbeddedFont, Typeface


def trace(path: Any, text: str, face: Typeface) -> None:
    """Add a cleaned line's outlines to a reportlab path, in thousandths of the font size."""
    x, fonts = 0.0, dict[str, _Glyphs]()
    for character in text:
        font = face.outline_font(character)
        if font is not None:
            glyphs = fonts.setdefault(font.fontName, _Glyphs(font))
            pen = _PathPen(path, x, 1000 / font.face.unitsPerEm)
            glyphs[font.face.charToGlyph[ord(character)]].draw(pen, glyphs)
        x += face.width(character)


class _Glyphs:
    """The glyphs of a loaded font by number, each read when it is asked for.

    It stands for fontTools' own glyf table, which would name and index all 30,000 first.
    """

    extended = False  # a plain glyf table: no cubic curves

    def __init__(self, font: EmbeddedFont) -> None:
        self._data = font.face.get_table("glyf")
        self._places = font.face.glyphPos

    def __getitem__(self, number: int) -> Glyph:
        glyph = Glyph(self._data[self._places[number] : self._places[number + 1]])
        glyph.expand(self)
        return glyph

    def getGlyphName(self, number: int) -> int:  # noqa: N802 (fontTools' name)
        """A composite glyph names its parts; here they are named by number."""
        return number


class _PathPen(BasePen):  # type: ignore[misc]
    def __init__(self, path: Any, x: float, scale: float) -> None:
        super().__init__()
        self._path, self._x, self._scale = path, x, scale

    def _place(self, point: tuple[float, float]) -> tuple[float, float]:
        return self._x + point[0] * self._scale, point[1] * self._scale

    def _moveTo(self, point: Any) -> None:  # noqa: N802
        self._path.moveTo(*self._place(point))

    def _lineTo(self, point: Any) -> None:  # noqa: N802
        self._path.lineTo(*self._place(point))

    def _curveToOne(self, first: Any, second: Any, third: Any) -> None:  # noqa: N802
        self._path.curveTo(*self._place(first), *self._place(second), *self._place(third))

    def _closePath(self) -> None:  # noqa: N802
        self._path.close()
