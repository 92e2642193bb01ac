"""The canvas that sheets are drawn on: reportlab's, with each page packed as soon as it is done,
and with the marks of PDF/A-2b where a sheet is to be kept for years.

Fonts are always embedded, colours are grey, nothing is transparent: what is left for PDF/A
(ISO 19005-2) is the XMP packet, the output intent with a colour profile, and clean streams.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDate,
    PDFDictionary,
    PDFFormXObject,
    PDFImageXObject,
    PDFInfo,
    PDFName,
    PDFStream,
    PDFString,
)
from reportlab.pdfbase.pdfdoc import format as format_object
from reportlab.pdfgen.canvas import Canvas

from checkpoint_app.registers.pen import Pen
from checkpoint_app.registers.profile import srgb_profile
from checkpoint_app.registers.typeface import BOLD, REGULAR, Fonts, Typeface

PRODUCER = "Checkpoint Desk"
_PACKED = 5  # zlib level: a third faster than the usual one, a twentieth larger


class SheetCanvas(Canvas):  # type: ignore[misc]
    """One PDF being drawn. `archival` makes it PDF/A-2b."""

    def __init__(self, file: BytesIO, title: str, *, archival: bool = False) -> None:
        rl_config.useA85 = 0  # plain bytes: a fifth smaller and three times as fast
        super().__init__(file, pageCompression=1, invariant=1)
        self.setTitle(title)
        self.setAuthor(PRODUCER)
        self.setCreator(PRODUCER)
        self.setProducer(PRODUCER)
        if archival:
            _mark_archival(self._doc, title)
            _end_streams(self._doc)

    def _make_preamble(self) -> None:
        """No font is set at the start: reportlab's is one that could not be embedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        """End the page and pack its content; reportlab would keep it as it is until the end."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        content = zlib.compress(page.stream.encode("latin-1"), _PACKED)
        page.Contents = _packed(content)
        page.stream = None

    def pen(self, fonts: Fonts | None = None) -> Pen:
        """A pen with this document's two weights of type; `fonts` are those read already."""
        face = Typeface(self._doc, REGULAR, fonts=fonts)
        return Pen(self, face, Typeface(self._doc, BOLD, face, fonts))


def _packed(content: bytes) -> Any:
    return _Stream(PDFDictionary({"Filter": PDFArray([PDFName("FlateDecode")])}), content, [])


class _LineEnded:
    """A stream with a line end before `endstream`, as PDF/A asks for."""

    def format(self, document: Any) -> bytes:
        made: bytes = super().format(document)  # type: ignore[misc]
        return made.removesuffix(b"endstream\n") + b"\nendstream\n"


class _Stream(_LineEnded, PDFStream):  # type: ignore[misc]
    pass


class _Form(_LineEnded, PDFFormXObject):  # type: ignore[misc]
    pass


class _Packet(PDFStream):  # type: ignore[misc]
    """Metadata as it is, with no filter: whoever looks through an archive's files reads it."""

    def format(self, document: Any) -> bytes:
        words = {**self.dictionary.dict, "Length": len(self.content)}
        head: bytes = format_object(PDFDictionary(words), document)
        return b"".join((head, b"\nstream\n", self.content, b"\nendstream\n"))


class _Picture(_LineEnded, PDFImageXObject):  # type: ignore[misc]
    pass


_ENDED = {PDFStream: _Stream, PDFFormXObject: _Form, PDFImageXObject: _Picture}


def _end_streams(document: Any) -> None:
    """Give every stream that reportlab has made its line end, just before all is written."""
    write = document.format

    def written() -> Any:
        for each in document.idToObject.values():
            each.__class__ = _ENDED.get(type(each), type(each))
        return write()

    document.format = written


# --- PDF/A ----------------------------------------------------------------------------------------


class _Info(PDFInfo):  # type: ignore[misc]
    """The information dictionary with nothing in it that the XMP packet does not say too."""

    def format(self, document: Any) -> bytes:
        at = PDFDate(ts=document._timeStamp)
        facts = {"Title": self.title, "Author": self.author, "Creator": self.creator}
        said = {name: PDFString(value) for name, value in facts.items()}
        said |= {"Producer": PDFString(self.producer), "CreationDate": at, "ModDate": at}
        made: bytes = PDFDictionary(said).format(document)
        return made


def _mark_archival(document: Any, title: str) -> None:
    document.info.__class__ = _Info
    catalog = document.Catalog
    profile = _Stream(PDFDictionary({"N": 3}), srgb_profile())
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile, "sheetProfile"),
        }
    )
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = PDFArray([intent])
    packet = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    catalog.Metadata = _Packet(packet, _xmp(document, title))


def _xmp(document: Any, title: str) -> bytes:
    """The XMP packet: the same facts as in the document's information dictionary."""
    stamp = document._timeStamp
    at = datetime.fromtimestamp(stamp.t, UTC)
    when = f"{at:%Y-%m-%dT%H:%M:%S}Z"
    clean = escape("".join(c for c in title if c.isprintable()))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{clean}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{PRODUCER}</rdf:li></rdf:Seq></dc:creator>
<pdf:Producer>{PRODUCER}</pdf:Producer><xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()
