"""A form as a PDF: its blocks flow down as many pages as they need, and nothing is cut.

Small paper (a badge, a sticker) has no footer; what would not fit there is set smaller.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from checkpoint_app.domain.document import Document, Paper
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.canvas import SheetCanvas
from checkpoint_app.registers.pen import SOFT, Pen, moment_words, provenance, short
from checkpoint_app.registers.pieces import MM, Piece, Setting, pieces_of

_SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.62, 0.54, 0.46, 0.4)
_QR = 46.0


def render_document(document: Document, translate: Translate) -> bytes:
    """One form as a PDF. Text stays text; raises nothing for odd content."""
    return render_documents((document,), translate)


def render_documents(documents: Sequence[Document], translate: Translate) -> bytes:
    """Several forms in one PDF, each on pages of its own, counted for itself.

    Always PDF/A-2b: a slip or a hand-over is short, and kept with the files.
    """
    file = io.BytesIO()
    canvas = SheetCanvas(file, documents[0].title if documents else "", archival=True)
    draw_documents(canvas.pen(), documents, translate)
    canvas.save()
    return file.getvalue()


def draw_documents(pen: Pen, documents: Sequence[Document], translate: Translate) -> None:
    """Draw forms on a canvas that is open."""
    for number, document in enumerate(documents):
        _Sheet.of(document, pen, translate, f"mark-{number}").draw()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One document on its pages."""

    document: Document
    pen: Pen
    say: Translate
    mark: str  # the form's name of its watermark
    width: float
    height: float
    margin: float

    @classmethod
    def of(cls, document: Document, pen: Pen, say: Translate, mark: str) -> _Sheet:
        paper = _sound(document.paper)
        margin = 4 * MM if paper.is_label else 16 * MM
        return cls(document, pen, say, mark, paper.width_mm * MM, paper.height_mm * MM, margin)

    def draw(self) -> None:
        scale, pages = self._laid_out()
        canvas, mark = self.pen.canvas, self.document.mark
        words = provenance(mark.recipient, mark.operator, mark.printed_at, self.say)
        self.pen.watermark(self.mark, words, self.width, self.height)
        for number, page in enumerate(pages, 1):
            canvas.setPageSize((self.width, self.height))
            canvas.doForm(self.mark)
            self._head(scale)
            if not self.document.paper.is_label:
                self._foot(number, len(pages))
            for top, piece in page:
                piece.draw(top)
            canvas.showPage()

    def _laid_out(self) -> tuple[float, list[list[tuple[float, Piece]]]]:
        """The largest scale that suits, and the pages: every piece with its upper edge."""
        shrinks = self.document.one_page or self.document.paper.is_label
        found: tuple[float, list[list[tuple[float, Piece]]]] = (1.0, [])
        for scale in _SCALES if shrinks else _SCALES[:1]:
            top, bottom = self._head_bottom(scale), self._foot_top()
            setting = Setting(
                self.pen, self.say, self.margin, self.width - self.margin, top - bottom, scale
            )
            pages = _flow(pieces_of(self.document.blocks, setting), top, bottom)
            if not found[1] or len(pages) < len(found[1]):
                found = scale, pages
            if len(found[1]) == 1:
                break
        return found

    # -- head

    def _titles(self, scale: float) -> list[tuple[str, float, Any, float]]:
        """Lines above the body: (text, size, face, ink)."""
        pen, room = self.pen, self.width - 2 * self.margin
        size = (11.0 if self.document.paper.is_label else 17.0) * max(scale, 0.7)
        title = self.document.title
        above = pen.lines(title, room, size, pen.bold) if title else []
        lines: list[tuple[str, float, Any, float]] = [(each, size, pen.bold, 0.0) for each in above]
        if self.document.subtitle:
            small = max(size * 0.58, 6.5)
            below = pen.lines(self.document.subtitle, room, small)
            lines += [(line, small, pen.face, SOFT) for line in below]
        return lines

    def _number_room(self) -> float:
        return 12.0 if self.document.number and not self.document.paper.is_label else 0.0

    def _head_bottom(self, scale: float) -> float:
        titles = sum(size * 1.35 for _, size, _, _ in self._titles(scale))
        return self.height - self.margin - self._number_room() - titles - 8 * scale

    def _head(self, scale: float) -> None:
        y = self.height - self.margin
        if self.document.number:
            number = self.say("No. {number}", number=short(self.document.number))
            label = self.document.paper.is_label
            size = 6.5 if label else 9.0
            at = self.margin * 0.4 if label else y - 4
            self.pen.text(self.width - self.margin, at, number, size, align="right")
        y -= self._number_room()
        for line, size, face, ink in self._titles(scale):
            self.pen.text(self.width / 2, y - size, line, size, face, "centre", ink)
            y -= size * 1.35

    # -- foot

    def _foot_top(self) -> float:
        if self.document.paper.is_label:
            return self.margin
        return self.margin + (_QR + 4 if self.document.check_code else 2 + 10 * len(self._small()))

    def _small(self) -> list[str]:
        document, say = self.document, self.say
        parts = []
        if document.check_code:
            parts.append(say("Check code: {code}", code=document.check_code))
            parts.append(say("Version {version}", version=document.version))
        if document.mark.printed_at:
            parts.append(say("Printed: {time}", time=moment_words(document.mark.printed_at)))
        if document.small_print:
            parts.append(document.small_print)
        room = self.width - 2 * self.margin - (_QR + 90 if document.check_code else 80)
        return self.pen.lines("   ·   ".join(parts), room, 7.5)[:4]

    def _foot(self, number: int, pages: int) -> None:
        document, pen, low = self.document, self.pen, self.margin - 14
        right = self.width - self.margin
        if document.check_code:
            content = document.check_text or document.check_code
            pen.square(right - _QR, low, _QR, content[:200])
            right -= _QR + 10
        words = self.say("Page {page} of {pages}", page=number, pages=pages)
        pen.text(right, low, words, 8.5, align="right")
        for up, line in enumerate(reversed(self._small())):
            pen.text(self.margin, low + 10 * up, line, 7.5, ink=SOFT)


def _sound(paper: Paper) -> Paper:
    """Paper that something can be drawn on: 20 mm to 2 m a side."""
    return Paper(min(max(paper.width_mm, 20), 2000), min(max(paper.height_mm, 20), 2000))


def _flow(pieces: list[Piece], top: float, bottom: float) -> list[list[tuple[float, Piece]]]:
    """Pieces onto pages. There is always at least one page."""
    pages: list[list[tuple[float, Piece]]] = [[]]
    y = top
    for piece in pieces:
        needed = min(piece.height + max(piece.keep, 0.0), top - bottom)
        if piece.breaks or (pages[-1] and y - needed < bottom - 0.01):
            pages.append([])
            y = top
            if piece.heading is not None:
                pages[-1].append((y, piece.heading))
                y -= piece.heading.height
        pages[-1].append((y, piece))
        y -= piece.height
    return pages
