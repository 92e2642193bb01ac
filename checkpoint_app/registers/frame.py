"""What stands around the table on every page: title, site and period, totals, signatures, seal,
check code with QR, and the watermark under it all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from reportlab.pdfgen.canvas import Canvas

from checkpoint_app.domain.register import Period, Sheet, Table
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.columns import SIZES
from checkpoint_app.registers.outline import trace
from checkpoint_app.registers.typeface import Typeface
from checkpoint_app.registers.wrap import wrap

WIDTH, HEIGHT = 841.89, 595.28  # A4 landscape, points
LEFT, RIGHT = 28.0, WIDTH - 28.0
TOP, BOTTOM = HEIGHT - 24.0, 22.0
BODY_TOP = TOP - 50.0
FOOTER_TOP = BOTTOM + 58.0
SEAL_HEIGHT = 122.0  # a round seal of 42 mm fits
INK, SOFT, PALE = 0.0, 0.32, 0.87
_QR = 46.0

TITLES = {
    Sheet.DAILY: "Epidemic control checkpoint register",
    Sheet.ABNORMAL: "Register of abnormal persons",
}
ZERO = {
    Sheet.DAILY: "No one was registered in this period. Zero report.",
    Sheet.ABNORMAL: "No abnormal person was found in this period. Zero report.",
}
_LONGEST = 120  # characters of a site's or a person's name on the frame


@dataclass(frozen=True, slots=True)
class Frame:
    """Draws the surroundings of one table's pages."""

    canvas: Canvas
    table: Table
    translate: Translate
    face: Typeface
    bold: Typeface

    def page(self, number: int, pages: int) -> None:
        """Everything but the table and the seal."""
        self.canvas.doForm("watermark")
        self._title()
        self._facts(number, pages)
        self._footer()

    def seal(self, top: float) -> None:
        """The closing block of the last page, its upper edge at `top`."""
        right, x = RIGHT - 10, RIGHT - 226
        bottom = top - SEAL_HEIGHT + 8
        self.canvas.addLiteral(
            f"0 G 0.8 w {LEFT:.2f} {bottom:.2f} {RIGHT - LEFT:.2f} {top - bottom:.2f} re "
            f"{x - 12:.2f} {top:.2f} m {x - 12:.2f} {bottom:.2f} l S"
        )
        self.text(LEFT + 10, top - 18, self.translate("Notes:"), 9)
        self.text(x, top - 18, self.translate("Unit (seal):"), 9, self.bold)
        size, lines = self._fitted(self._short(self.table.site), right - x, 4)
        for number, line in enumerate(lines):
            self.text(x, top - 34 - 1.3 * size * number, line, size)
        self.text(
            x, bottom + 12, self.translate("Date:      year      month      day"), 9, ink=SOFT
        )

    def zero(self, top: float, bottom: float) -> None:
        """The line of an empty table, in the middle of its place."""
        sentence = self.translate(ZERO[self.table.sheet])
        self.text((LEFT + RIGHT) / 2, (top + bottom) / 2 - 4, sentence, 13, self.bold, "centre")

    def end_mark(self, top: float) -> None:
        """The line under the last row that says that nothing follows."""
        words = self.translate("No entries below this line")
        self.text((LEFT + RIGHT) / 2, top - 12, f"— {words} —", 7.5, align="centre", ink=SOFT)

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
        """Show one line at a baseline; gives its width in points."""
        face = face or self.face
        text = face.clean(text).replace("\n", " ")
        width = face.width(text) * size / 1000
        x -= {"left": 0.0, "centre": width / 2, "right": width}[align]
        shown = face.show(text, size)
        self.canvas.addLiteral(f"BT {ink:g} g 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET")
        return width

    def prepare(self) -> None:
        """Define what every page shows alike. The watermark is drawn as outlines, so that it
        does not mix with the text when that is copied."""
        self._define_qr()
        self.canvas.beginForm("watermark", 0, 0, WIDTH, HEIGHT)
        words = self.face.clean("   ".join(self._provenance()))
        if words:
            self._tiles(words)
        self.canvas.endForm()

    def _provenance(self) -> list[str]:
        table, say = self.table, self.translate
        parts = []
        if table.recipient:
            parts.append(say("For: {name}", name=self._short(table.recipient)))
        if table.operator:
            parts.append(say("By: {name}", name=self._short(table.operator)))
        if table.printed_at:
            parts.append(_moment(table.printed_at))
        return parts

    def _tiles(self, words: str) -> None:
        canvas = self.canvas
        canvas.setFillGray(PALE)
        size = min(15.0, 300_000 / max(self.face.width(words), 1.0))
        outline = canvas.beginPath()
        trace(outline, words, self.face)
        for row in range(4):
            for column in range(3):
                canvas.saveState()
                canvas.translate(-10 + 300 * column - 50 * (row % 2), 30 + 150 * row)
                canvas.rotate(18)
                canvas.scale(size / 1000, size / 1000)
                canvas.drawPath(outline, stroke=0, fill=1)
                canvas.restoreState()

    def _title(self) -> None:
        title = self.translate(TITLES[self.table.sheet])
        self.text((LEFT + RIGHT) / 2, TOP - 17, title, 17, self.bold, "centre")

    def _facts(self, number: int, pages: int) -> None:
        say, y = self.translate, TOP - 42
        site = say("Site: {site}", site=self._short(self.table.site))
        size, lines = self._fitted(site, 290, 2)
        for count, line in enumerate(lines, 1):
            self.text(LEFT, y + 1.2 * size * (len(lines) - count), line, size)
        period = say("Period: {period}", period=period_words(self.table.period, say))
        self.text((LEFT + RIGHT) / 2 + 20, y, period, 9, align="centre")
        words = say("Page {page} of {pages}", page=number, pages=pages)
        self.text(RIGHT, y, words, 9, align="right")

    def _footer(self) -> None:
        right = RIGHT
        if self.table.check_code:
            right = RIGHT - _QR - 10
            self.canvas.doForm("qr")
        self._totals(FOOTER_TOP - 20, right)
        self._signatures(FOOTER_TOP - 40)
        self._small_print(BOTTOM + 2, right)

    def _totals(self, y: float, right: float) -> None:
        say = self.translate
        x = LEFT + self.text(
            LEFT,
            y,
            say("Total: {count}", count=sum(count for _, count in self.table.totals)),
            9,
            self.bold,
        )
        words = "    ".join(f"{say(word)} {count}" for word, count in self.table.totals)
        words = self.face.clean(words)
        size = 9.0
        while size > SIZES[-1] and self.face.width(words) * size / 1000 > right - x - 16:
            size -= 0.5
        self.text(x + 16, y, words, size)

    def _signatures(self, y: float) -> None:
        say, x = self.translate, LEFT
        for words, room in (("Registrar (signature):", 120), ("Officer on duty (signature):", 120)):
            x += self.text(x, y, say(words), 9) + 4
            self.canvas.setLineWidth(0.5)
            self.canvas.setStrokeGray(INK)
            self.canvas.line(x, y - 2, x + room, y - 2)
            x += room + 24

    def _small_print(self, y: float, right: float) -> None:
        table, say = self.table, self.translate
        parts = []
        if table.check_code:
            parts.append(say("Check code: {code}", code=table.check_code))
        parts.append(say("Version {version}", version=table.version))
        if table.printed_at:
            parts.append(say("Printed: {time}", time=_moment(table.printed_at)))
        parts.append(say("Contains personal data: keep it safe, do not pass it on."))
        self.text(LEFT, y, "   ·   ".join(parts), 7.5, ink=SOFT)

    def _define_qr(self) -> None:
        table, x, y = self.table, RIGHT - _QR, BOTTOM
        content = f"CD:{table.sheet}:{table.period.start.isoformat()}:{table.version}:"
        content += (table.check_code or "").encode("ascii", "replace").decode()[:64]
        rows = segno.make(content, error="m", micro=False).matrix
        step = _QR / len(rows)
        dark = (
            f"{x + across * step:.3f} {y + _QR - (down + 1) * step:.3f} {step:.3f} {step:.3f} re"
            for down, row in enumerate(rows)
            for across, module in enumerate(row)
            if module
        )
        ground = f"1 g {x - 4:.2f} {y - 4:.2f} {_QR + 8:.2f} {_QR + 8:.2f} re f"
        self.canvas.beginForm("qr", 0, 0, WIDTH, HEIGHT)
        self.canvas.addLiteral(f"{ground} 0 g {' '.join(dark)} f")
        self.canvas.endForm()

    def _fitted(self, text: str, room: float, most: int) -> tuple[float, list[str]]:
        """The size in which a text takes no more lines than that, and the lines."""
        text = self.face.clean(text).replace("\n", " ")
        size, lines = 9.0, [text]
        for size in (9.0, 8.0, 7.0, SIZES[-1]):
            lines = wrap(text, room * 1000 / size, self.face.width)
            if len(lines) <= most:
                break
        return size, lines

    def _short(self, text: str) -> str:
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def period_words(period: Period, say: Translate) -> str:
    """The period as people write it; a whole day is one date."""
    start, end = period.start, period.end
    if (start.hour, start.minute) == (0, 0) and end - start == timedelta(days=1):
        return say("{date}, 00:00 to 24:00", date=start.date().isoformat())
    return say("{start} to {end}", start=_moment(start), end=_moment(end))


def _moment(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
