"""Passes on paper: ten badges on an A4 sheet to cut out, or one on each label of a roll."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image
from reportlab.lib.utils import ImageReader

from checkpoint_app.domain.badge import Badge
from checkpoint_app.domain.document import A4, BADGE, Paper
from checkpoint_app.registers.canvas import SheetCanvas
from checkpoint_app.registers.pen import SOFT, Pen

MM = 72 / 25.4
_ACROSS, _DOWN = 2, 5
_EDGE = 3.5 * MM
_QR = 30 * MM
_PHOTO = (19 * MM, 26 * MM)
_PHOTO_PIXELS = (300, 400)
_NAMES = (17.0, 15.0, 13.0, 11.0, 9.0, 8.0, 7.0)


def render_badges(badges: Sequence[Badge], label: Paper | None = None) -> bytes:
    """Badges as PDF: on A4, ten a page with lines to cut along, or each on a label of its own."""
    file = io.BytesIO()
    canvas = SheetCanvas(file, badges[0].heading if badges else "", archival=True)
    pen = canvas.pen()
    if label is None:
        _sheets(pen, badges)
    else:
        for badge in badges:
            canvas.setPageSize((label.width_mm * MM, label.height_mm * MM))
            _Drawing(pen, badge, 0, 0, label.width_mm * MM, label.height_mm * MM).draw()
            canvas.showPage()
    canvas.save()
    return file.getvalue()


def _sheets(pen: Pen, badges: Sequence[Badge]) -> None:
    width, height = BADGE.width_mm * MM, BADGE.height_mm * MM
    page = A4.width_mm * MM, A4.height_mm * MM
    left, top = (page[0] - _ACROSS * width) / 2, page[1] - (page[1] - _DOWN * height) / 2
    each_page = _ACROSS * _DOWN
    for start in range(0, len(badges), each_page):
        pen.canvas.setPageSize(page)
        for place, badge in enumerate(badges[start : start + each_page]):
            x = left + place % _ACROSS * width
            y = top - (place // _ACROSS + 1) * height
            pen.box(x, y, width, height)
            _Drawing(pen, badge, x, y, width, height).draw()
        pen.canvas.showPage()


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One badge in its place: code at the right, words (and a photo) at the left."""

    pen: Pen
    badge: Badge
    x: float
    y: float
    width: float
    height: float

    def draw(self) -> None:
        pen, badge = self.pen, self.badge
        top = self._head()
        qr = min(_QR, top - self.y - _EDGE - 8)
        right = self.x + self.width - _EDGE - qr
        middle = self.y + (top - self.y - qr) / 2 + 4
        pen.square(right, middle, qr, badge.code)
        pen.text(right + qr / 2, middle - 9, badge.until, 6.5, align="centre")
        self._words(self._photo(top), right - 3 * MM, top)

    def _head(self) -> float:
        """Site and kind of pass above a line; what is left for the rest."""
        pen, badge = self.pen, self.badge
        room = self.width - 2 * _EDGE
        kind = pen.bold.width(pen.bold.clean(badge.heading)) * 8 / 1000
        size, lines = pen.fitted(badge.site, room - kind - 8, 2, (8.0, 7.0, 6.5))
        baseline = self.y + self.height - _EDGE - size
        for number, line in enumerate(lines[:2]):
            pen.text(self.x + _EDGE, baseline - 1.2 * size * number, line, size, ink=SOFT)
        pen.text(self.x + self.width - _EDGE, baseline, badge.heading, 8, pen.bold, "right")
        below = baseline - 1.2 * size * (len(lines[:2]) - 1) - 4
        pen.rule(self.x + _EDGE, below, self.x + self.width - _EDGE, 0.6)
        return below

    def _photo(self, top: float) -> float:
        """The photo, where there is one that can be read; the left edge of the words."""
        picture = readable(self.badge.photo)
        left = self.x + _EDGE
        if picture is None or self.width < 80 * MM:
            return left
        wide, high = _PHOTO
        bottom = top - 3 * MM - high
        self.pen.canvas.drawImage(
            ImageReader(picture), left, bottom, wide, high, preserveAspectRatio=True, anchor="n"
        )
        return left + wide + 3 * MM

    def _words(self, left: float, right: float, top: float) -> None:
        pen, badge = self.pen, self.badge
        room, bottom = right - left, self.y + _EDGE
        size, lines = pen.fitted(badge.name, room, 2, _NAMES)
        y = top - 5 - size
        for line in lines[:3]:
            pen.text(left, y, line, size, pen.bold)
            y -= 1.2 * size
        y -= 4
        for text in filter(None, badge.lines):
            small, wrapped = pen.fitted(text, room, 2, (9.0, 8.0, 7.0, 6.5))
            for line in wrapped[:3]:
                if y < bottom:
                    return
                pen.text(left, y, line, small)
                y -= 1.3 * small


def readable(photo: bytes | None) -> Image.Image | None:
    """A photo, made small; None for none, or for what is no picture."""
    if photo is None:
        return None
    try:
        with Image.open(io.BytesIO(photo)) as picture:
            picture.draft("RGB", _PHOTO_PIXELS)
            small = picture.convert("RGB")
        small.thumbnail(_PHOTO_PIXELS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return small
