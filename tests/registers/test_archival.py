"""PDF/A-2b: every kind of sheet and form carries what a validator looks for.

What stands here is what Apache PDFBox Preflight 2.0.27 found or confirmed, run by hand.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

import pytest
from PIL import Image, ImageCms
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from checkpoint_app.domain.document import Document, Paragraph
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.i18n import translator
from checkpoint_app.registers import render_document, render_pdf
from checkpoint_app.registers.badges import render_badges
from checkpoint_app.registers.profile import srgb_profile
from checkpoint_app.registers.templates import template_for
from tests.registers.sheets import row, table
from tests.registers.test_badges import badge, picture

CHINESE = translator("zh_CN")


def archival(sheet: Sheet, count: int = 12) -> bytes:
    template, _ = template_for(sheet, None, venue=False)
    whole = tuple(row(number) * 2 for number in range(1, count + 1))
    made = table(
        count,
        sheet=sheet,
        title=template.title,
        columns=template.columns,
        rows=tuple(each[: len(template.columns)] for each in whole),
        paper=template.paper,
    )
    return render_pdf(made, CHINESE, archival=True)


FILES = {
    **{str(sheet): lambda sheet=sheet: archival(sheet) for sheet in Sheet},
    "empty": lambda: archival(Sheet.DAILY, 0),
    "form": lambda: render_document(Document("转运交接单", (Paragraph("𠅤䶮"),)), CHINESE),
    "badges": lambda: render_badges([badge(1, picture())]),
}


def objects(found: PdfReader) -> Iterator[DictionaryObject]:
    for number in range(1, found.trailer["/Size"]):
        one = found.get_object(number)
        if isinstance(one, DictionaryObject):
            yield one


@pytest.mark.parametrize("name", FILES)
def test_every_kind_is_fit_for_the_archive(name: str) -> None:
    body = FILES[name]()
    found = PdfReader(io.BytesIO(body), strict=True)
    root = found.trailer["/Root"]
    packet = root["/Metadata"]
    assert "/Filter" not in packet
    xmp = packet.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert set(found.trailer["/Info"]) <= {
        "/Title", "/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate",
    }  # fmt: skip
    assert root["/OutputIntents"][0]["/DestOutputProfile"].get_data() == srgb_profile()
    assert len(found.trailer["/ID"]) == 2
    assert "/Encrypt" not in found.trailer
    assert body.count(b"endstream") == len(re.findall(rb"[\r\n]endstream", body))
    for one in objects(found):
        assert not {"/SMask", "/ca", "/CA", "/BM", "/JS", "/AA", "/F"} & set(one)
        assert one.get("/S") != "/Transparency"
        if isinstance(one, StreamObject):
            assert "LZW" not in str(one.get("/Filter"))


@pytest.mark.parametrize("name", ["daily", "form", "badges"])
def test_fonts_are_whole_and_as_wide_as_they_say(name: str) -> None:
    found = PdfReader(io.BytesIO(FILES[name]()))
    fonts = [one for one in objects(found) if one.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        assert font["/Subtype"] == "/TrueType"
        assert "/ToUnicode" in font
        descriptor = font["/FontDescriptor"]
        assert re.fullmatch(r"/[A-Z]{6}\+.+", descriptor["/FontName"])
        program = widths(descriptor["/FontFile2"].get_data())
        told = [float(each) for each in font["/Widths"]]
        for place, width in enumerate(told):
            assert abs(program[place] - width) <= 1, (font["/BaseFont"], place)


def widths(program: bytes) -> list[float]:
    """Advance widths of a TrueType program in thousandths, by the code that reportlab gave."""
    count = struct.unpack(">H", program[4:6])[0]
    places = {
        program[at : at + 4]: struct.unpack(">2I", program[at + 8 : at + 16])
        for at in range(12, 12 + 16 * count, 16)
    }
    tables = {tag: program[start : start + size] for tag, (start, size) in places.items()}
    (per_em,) = struct.unpack(">H", tables[b"head"][18:20])
    (full,) = struct.unpack(">H", tables[b"hhea"][34:36])
    (glyphs,) = struct.unpack(">H", tables[b"maxp"][4:6])
    pairs = [struct.unpack(">H", tables[b"hmtx"][4 * at : 4 * at + 2])[0] for at in range(full)]
    every = [each * 1000 / per_em for each in pairs + pairs[-1:] * (glyphs - full)]
    return [every[place] for place in _glyphs_of(tables[b"cmap"])]


def _glyphs_of(cmap: bytes) -> list[int]:
    """Glyph of each code 0 to 255, by the first table of the two shapes that reportlab writes."""
    (at,) = struct.unpack(">I", cmap[8:12])
    kind = struct.unpack(">H", cmap[at : at + 2])[0]
    assert kind == 6
    first, count = struct.unpack(">2H", cmap[at + 6 : at + 10])
    listed = struct.unpack(f">{count}H", cmap[at + 10 : at + 10 + 2 * count])
    return [0] * first + list(listed) + [0] * (256 - first - count)


def test_the_profile_is_srgb() -> None:
    """Read by another program: black, white and a middle grey stay what they are."""
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert ImageCms.getProfileName(profile).strip() == "sRGB IEC61966-2.1"
    assert 2 <= profile.profile.version < 3
    there = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    for shade in ((0, 0, 0), (255, 255, 255), (128, 128, 128), (200, 30, 90)):
        seen = ImageCms.applyTransform(Image.new("RGB", (1, 1), shade), there).getpixel((0, 0))
        assert all(abs(a - b) <= 2 for a, b in zip(seen, shade, strict=True))
