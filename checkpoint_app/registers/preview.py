"""Pages of a PDF as pictures, for the preview in the window and for printers that want pixels."""

from __future__ import annotations

import pypdfium2 as pdfium

LARGEST = 40_000_000  # pixels of one page: A4 at 600 dots per inch is 35 million


def page_count(pdf: bytes) -> int:
    """Number of pages. Raises ValueError for bytes that are no PDF."""
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise ValueError("not a PDF") from error
    with document:
        return len(document)


def raster(pdf: bytes, page: int, dpi: float) -> tuple[int, int, bytes]:
    """One page (counted from 1) as (width, height, RGB bytes, rows without padding).

    The resolution is lowered where the picture would have more than `LARGEST` pixels. Raises
    ValueError for bytes that are no PDF and IndexError for a page that isn't there.
    """
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise ValueError("not a PDF") from error
    with document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(dpi / 72, (LARGEST / (width * height)) ** 0.5)
        picture = sheet.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        pixels = picture.to_numpy()[:, :, :3].tobytes()
        return picture.width, picture.height, pixels
