"""The fonts of the sheets: what can be shown, how wide it is, and how it is written into a PDF.

A `Typeface` belongs to one document. It shows each character with the first font that holds it:
Noto Sans SC, Noto Sans (Latin, Greek and Cyrillic beyond the usual), then the rare-character fonts,
which are read only when a sheet needs them. What no font holds is drawn as `REPLACEMENT`, visibly;
an emoji still copies out as what it is.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from checkpoint_app.resources import resource

REPLACEMENT = "□"
_KEPT = 8000  # texts that are kept as they are shown
REGULAR, BOLD = "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"
LATIN = "NotoSans-Regular.ttf"
# The rare-character fonts and the code points that each was made for (see tools/make_fonts.py).
RARE = (
    ("RareHan-B1.ttf", 0x20000, 0x2513F),
    ("RareHan-B2.ttf", 0x25140, 0x2A6DF),
    ("RareHan-C.ttf", 0x2A6E0, 0x2FA1F),
)
# Invisible by design: joiners, direction marks, variation selectors, byte-order mark.
_UNSEEN = frozenset(
    map(chr, (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)))
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0100, 0xE01F0))))
_SPACES = frozenset("\t\u00a0\u2002\u2003\u2009\u202f")


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose text copies out right beyond the basic plane.

    reportlab writes such code points into the ToUnicode map as they are, where the format asks for
    UTF-16BE (ISO 32000-1, 9.10.3). It also keeps twenty megabytes less in memory.
    """

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file)
        self.face.glyphToChar.clear()  # for shaping, which is not done here
        _mend_advances(self.face)
        self.face.__class__ = _Face  # reportlab has no place to name the class of a face

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (reportlab's name)
        """Add the font's subsets to the document, with maps that name every character right."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for key, stream in doc.idToObject.items():
            prefix, _, name = str(key).partition(":")
            if prefix == "toUnicodeCMap" and name.endswith("+" + self.face.name.decode()):
                number = int(name[:6].translate(str.maketrans("ABCDEFGIJK", "0123456789")))
                stream.content = to_unicode(name, subsets[number])


def _mend_advances(face: Any) -> None:
    """Put the advances of a font's last glyphs back into its own units.

    Glyphs of one width share the last full entry of the table; reportlab keeps that one scaled to
    thousandths, and would write a font whose widths are not those that the page is told.
    """
    if face.unitsPerEm == 1000 or not face.hmetrics:
        return
    (full,) = struct.unpack(">H", face.get_table("hhea")[34:36])
    shared = face.hmetrics[full - 1][0]
    face.hmetrics[full:] = [(shared, side) for _, side in face.hmetrics[full:]]


class _Face(TTFontFace):  # type: ignore[misc]
    def get_table(self, tag: str) -> Any:
        """A table's bytes; of the outlines, ten megabytes, only what is asked for is copied."""
        if tag != "glyf":
            return super().get_table(tag)
        start, length = self.get_table_pos(tag)
        return _Slices(memoryview(self._ttf_data)[start : start + length])


class _Slices:
    def __init__(self, data: memoryview) -> None:
        self._data = data

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._data[part])


def to_unicode(name: str, subset: list[int]) -> str:
    """The ToUnicode map of one subset; `subset` holds the code point of each byte."""
    pairs = [
        f"<{byte:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for byte, code in enumerate(subset)
        if code
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def /CMapType 2 def",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            *(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    )


# Fonts that are read, by file: handed on where several documents are drawn one after another.
Fonts = dict[str, EmbeddedFont]


class Typeface:
    """One weight with its fallbacks, for one document.

    `doc` is the canvas's document; widths are in thousandths of the font size.
    """

    def __init__(
        self,
        doc: Any,
        file: str = REGULAR,
        base: Typeface | None = None,
        fonts: Fonts | None = None,
    ) -> None:
        self._doc = doc
        self._file = file
        self._base = base
        self._loaded: Fonts = {} if fonts is None else fonts
        self._holders: dict[str, EmbeddedFont | None] = {}
        self._widths = _Widths(self._measure)
        self._cleaned: dict[str, str] = {}
        self._shown: dict[tuple[str, float], str] = {}

    def clean(self, text: str) -> str:
        """The text as it can be shown: one character for every one that is seen.

        Line breaks stay. Control characters, lone surrogates and whatever has no meaning become
        `REPLACEMENT`; an emoji and what else no font holds stays itself and only looks like it.
        Marks are composed with their letters where Unicode has the pair.
        """
        found = self._cleaned.get(text)
        if found is None:
            if len(self._cleaned) >= _KEPT:
                self._cleaned.clear()
            found = self._cleaned[text] = self._clean(text)
        return found

    def width(self, text: str) -> float:
        """Width of a cleaned line in thousandths of the font size."""
        return sum(map(self._widths.__getitem__, text))

    def show(self, text: str, size: float) -> str:
        """PDF operators that show a cleaned line at the current text position."""
        key = text, size
        found = self._shown.get(key)
        if found is None:
            if len(self._shown) >= _KEPT:
                self._shown.clear()
            found = self._shown[key] = " ".join(self._operators(text, size))
        return found

    def outline_font(self, character: str) -> EmbeddedFont | None:
        """The font that holds the character, or None."""
        if character not in self._holders:
            self._holders[character] = self._find(character)
        return self._holders[character]

    def _clean(self, text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.isascii() and any(map(unicodedata.combining, text)):
            text = unicodedata.normalize("NFC", text)
        return "".join(map(self._seen, text))

    def _seen(self, character: str) -> str:
        if character == "\n" or "!" <= character <= "~" or character == " ":
            return character
        if character in _SPACES:
            return " "
        if character in _UNSEEN:
            return ""
        return character if self.outline_font(character) else REPLACEMENT

    def _find(self, character: str) -> EmbeddedFont | None:
        code = ord(character)
        for file in (self._file, LATIN, *(name for name, a, b in RARE if a <= code <= b)):
            font = self._font(file)
            if font is not None and code in font.face.charToGlyph and code >= 32:
                return font
        return self._lent(character) if character.isprintable() else None

    def _lent(self, character: str) -> EmbeddedFont | None:
        """The font of `REPLACEMENT`, whose shape stands in for a character that no font holds."""
        font = self.outline_font(REPLACEMENT)
        if font is not None:
            face, code, lender = font.face, ord(character), ord(REPLACEMENT)
            face.charToGlyph[code] = face.charToGlyph[lender]
            face.charWidths[code] = face.getCharWidth(lender)
        return font

    def _font(self, file: str) -> EmbeddedFont | None:
        if self._base is not None and file != self._file:
            return self._base._font(file)
        if file not in self._loaded:
            self._loaded[file] = EmbeddedFont(file, str(resource("fonts", file)))
        return self._loaded[file]

    def _measure(self, character: str) -> float:
        font = self.outline_font(character)
        return float(font.face.getCharWidth(ord(character))) if font else 0.0

    def _runs(self, text: str) -> Iterator[tuple[EmbeddedFont, str]]:
        for font, run in groupby(text, self.outline_font):
            if font is not None:
                yield font, "".join(run)

    def _operators(self, text: str, size: float) -> Iterator[str]:
        for font, run in self._runs(text):
            for subset, raw in font.splitString(run, self._doc):
                name = font.getSubsetInternalName(subset, self._doc)
                yield f"{name} {size:g} Tf <{raw.hex()}> Tj"


class _Widths(dict[str, float]):
    def __init__(self, measure: Callable[[str], float]) -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, character: str) -> float:
        width = self[character] = self._measure(character)
        return width
