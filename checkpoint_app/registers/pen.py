"""What every sheet is drawn with: a line of text, a rule, a QR code, the watermark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from reportlab.pdfgen.canvas import Canvas

from checkpoint_app.i18n import Translate
from checkpoint_app.registers.outline import trace
from checkpoint_app.registers.typeface import Typeface
from checkpoint_app.registers.wrap import wrap

INK, SOFT, PALE = 0.0, 0.32, 0.87
SMALLEST = 6.5  # points: no text is smaller
_LONGEST = 120  # characters of a site's or a person's name around a sheet


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on one canvas with two weights of type. All measures in points, y upwards."""

    canvas: Canvas
    face: Typeface
    bold: Typeface

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        face: Typeface | None = None,
        align: str = "left",
        ink: float = INK,
    ) -> float:
        """Show one line at a baseline; gives its width."""
        face = face or self.face
        text = face.clean(text).replace("\n", " ")
        width = face.width(text) * size / 1000
        x -= {"left": 0.0, "centre": width / 2, "right": width}[align]
        shown = face.show(text, size)
        self.canvas.addLiteral(f"BT {ink:g} g 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET")
        return width

    def lines(self, text: str, room: float, size: float, face: Typeface | None = None) -> list[str]:
        """A text, cleaned and broken to lines of at most `room`."""
        face = face or self.face
        return wrap(face.clean(text), room * 1000 / size, face.width)

    def fitted(
        self, text: str, room: float, most: int, sizes: tuple[float, ...] = (9.0, 8.0, 7.0, 6.5)
    ) -> tuple[float, list[str]]:
        """The size in which a text takes no more lines than that, and the lines."""
        text = text.replace("\n", " ")
        size, lines = sizes[0], [text]
        for size in sizes:
            lines = self.lines(text, room, size)
            if len(lines) <= most:
                break
        return size, lines

    def rule(self, x: float, y: float, to: float, width: float = 0.5, dash: str = "") -> None:
        """A level line."""
        dashed = f"[{dash}] 0 d " if dash else ""
        self.canvas.addLiteral(
            f"q 0 G {dashed}{width:g} w {x:.2f} {y:.2f} m {to:.2f} {y:.2f} l S Q"
        )

    def box(
        self, x: float, bottom: float, width: float, height: float, ground: float | None = None
    ) -> None:
        """A thin frame, on a grey ground where one is given."""
        place = f"{x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re"
        painted = f"{ground:g} g {place} f " if ground is not None else ""
        self.canvas.addLiteral(f"q {painted}0.45 G 0.5 w {place} S Q")

    def square(self, x: float, bottom: float, size: float, content: str) -> None:
        """A QR code with its white rim; the rim reaches beyond `size`."""
        self.canvas.addLiteral(qr_operators(x, bottom, size, content))

    def watermark(self, name: str, words: str, width: float, height: float) -> None:
        """Define the form `name`: pale words across a page.

        They are drawn as outlines, so that they do not mix with the text when that is copied.
        """
        self.canvas.beginForm(name, 0, 0, width, height)
        words = self.face.clean(words)
        if words:
            self._tiles(words, width, height)
        self.canvas.endForm()

    def _tiles(self, words: str, width: float, height: float) -> None:
        canvas = self.canvas
        canvas.setFillGray(PALE)
        size = min(15.0, 300_000 / max(self.face.width(words), 1.0))
        outline = canvas.beginPath()
        trace(outline, words, self.face)
        for row in range(int(height // 150) + 1):
            for column in range(int(width // 300) + 1):
                canvas.saveState()
                canvas.translate(-10 + 300 * column - 50 * (row % 2), 30 + 150 * row)
                canvas.rotate(18)
                canvas.scale(size / 1000, size / 1000)
                canvas.drawPath(outline, stroke=0, fill=1)
                canvas.restoreState()


def provenance(
    recipient: str | None, operator: str | None, printed_at: datetime | None, say: Translate
) -> str:
    """The watermark's words: for whom, by whom, when."""
    parts = []
    if recipient:
        parts.append(say("For: {name}", name=short(recipient)))
    if operator:
        parts.append(say("By: {name}", name=short(operator)))
    if printed_at:
        parts.append(moment_words(printed_at))
    return "   ".join(parts)


def qr_operators(x: float, bottom: float, size: float, content: str) -> str:
    """PDF operators of a QR code on white."""
    text = content.encode("utf-8", "replace").decode() or "-"
    rows: Any = segno.make(text, error="m", micro=False).matrix
    step = size / len(rows)
    dark = (
        f"{x + across * step:.3f} {bottom + size - (down + 1) * step:.3f} {step:.3f} {step:.3f} re"
        for down, row in enumerate(rows)
        for across, module in enumerate(row)
        if module
    )
    ground = f"1 g {x - 4:.2f} {bottom - 4:.2f} {size + 8:.2f} {size + 8:.2f} re f"
    return f"{ground} 0 g {' '.join(dark)} f"


def short(text: str) -> str:
    """A name around a sheet: a longer one is a mistake or an attack, and ends in "…"."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def moment_words(at: datetime) -> str:
    """A moment to the minute, in its own offset."""
    return at.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
