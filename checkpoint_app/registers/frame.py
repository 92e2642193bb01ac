"""What stands around the table on every page: title, site and period, totals, signatures, seal,
check code with QR, and the watermark under it all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from checkpoint_app.domain.paper import Paper
from checkpoint_app.domain.sheet import Period, Table, Totals
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.pen import (
    SMALLEST,
    SOFT,
    Pen,
    moment_words,
    provenance,
    qr_operators,
    short,
)
from checkpoint_app.registers.pieces import MM

SEAL_HEIGHT = 122.0  # a round seal of 42 mm fits
_QR = 46.0
_SIDE = 28.0
_STATEMENT = 10.0  # points
_SUBTOTAL_LINES = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts of a sheet stand on its paper, in points."""

    width: float
    height: float
    narrow: bool  # upright: site and period have a line each

    @classmethod
    def on(cls, paper: Paper) -> Place:
        """The places on a paper."""
        width, height = round(paper.width_mm * MM, 2), round(paper.height_mm * MM, 2)
        return cls(width, height, width < 700)

    @property
    def left(self) -> float:
        """Left edge of the table."""
        return _SIDE

    @property
    def right(self) -> float:
        """Right edge of the table."""
        return self.width - _SIDE

    @property
    def top(self) -> float:
        """Upper edge of everything."""
        return self.height - 24.0

    @property
    def bottom(self) -> float:
        """Lower edge of everything."""
        return 22.0

    @property
    def middle(self) -> float:
        """Half way across."""
        return self.width / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """Draws the surroundings of one table's pages."""

    pen: Pen
    table: Table
    translate: Translate
    place: Place
    name: str = ""  # of this sheet among others on the same canvas

    # -- measures

    @property
    def body_top(self) -> float:
        """Upper edge of the table."""
        deep = self._title_depth() + (34 if self.place.narrow else 20)
        lines = self._statement_lines()
        return self.place.top - deep - (len(lines) * 1.4 + 0.6) * _STATEMENT * bool(lines)

    @property
    def footer_top(self) -> float:
        """Lowest edge of the table."""
        return self.place.bottom + 58.0 + 12.0 * (len(self._totals_lines()) - 1)

    def _title_lines(self) -> tuple[float, list[str]]:
        room = self.place.right - self.place.left
        size, lines = 17.0, [""]
        for size in (17.0, 15.0, 13.0):
            lines = self.pen.lines(self.translate(self.table.title), room, size, self.pen.bold)
            if len(lines) == 1:
                break
        return size, lines

    def _title_depth(self) -> float:
        size, lines = self._title_lines()
        return 6 + 1.3 * size * len(lines)

    def _statement_lines(self) -> list[str]:
        if not self.table.statement:
            return []
        room = self.place.right - self.place.left
        return self.pen.lines(self.translate(self.table.statement), room, _STATEMENT)

    # -- pages

    def page(self, number: int) -> None:
        """Everything but the table and the seal; `finish` says how many pages there are."""
        self.pen.canvas.doForm(f"watermark{self.name}")
        self._title()
        self._facts(number)
        self._footer()

    def finish(self, pages: int) -> None:
        """Say on every page how many there were."""
        canvas, place = self.pen.canvas, self.place
        _, after = self._page_words(1)
        canvas.beginForm(f"pages{self.name}", 0, 0, place.width, place.height)
        self.pen.text(self._pages_x(), self._facts_y(), f"{pages}{after}", 9)
        canvas.endForm()

    def seal(self, top: float) -> None:
        """The closing block of the last page, its upper edge at `top`."""
        pen, place, say = self.pen, self.place, self.translate
        right, x = place.right - 10, place.right - 226
        bottom = top - SEAL_HEIGHT + 8
        pen.canvas.addLiteral(
            f"0 G 0.8 w {place.left:.2f} {bottom:.2f} {place.right - place.left:.2f} "
            f"{top - bottom:.2f} re {x - 12:.2f} {top:.2f} m {x - 12:.2f} {bottom:.2f} l S"
        )
        self._notes(place.left + 10, top - 18, x - 24 - place.left - 10)
        pen.text(x, top - 18, say("Unit (seal):"), 9, pen.bold)
        size, lines = pen.fitted(short(self.table.site), right - x, 4)
        for number, line in enumerate(lines):
            pen.text(x, top - 34 - 1.3 * size * number, line, size)
        pen.text(x, bottom + 12, say("Date:      year      month      day"), 9, ink=SOFT)

    def _notes(self, x: float, y: float, room: float) -> None:
        """Counts by age and unit, else room to write."""
        pen, say = self.pen, self.translate
        if not self.table.subtotals:
            pen.text(x, y, say("Notes:"), 9)
        for caption, counts in self.table.subtotals:
            words = f"{say(caption)}{say(': ')}{self._counts(counts, '，')}"
            size, lines = pen.fitted(words, room, 3, (9.0, 8.0, 7.5, 7.0, SMALLEST))
            for line in lines[:_SUBTOTAL_LINES]:
                pen.text(x, y, line, size)
                y -= 1.3 * size
            y -= 4

    def _counts(self, counts: Totals, between: str) -> str:
        """Words with their counts; very many small ones are taken together."""
        shown, rest = counts[:24], counts[24:]
        parts = [f"{self.translate(short(word))} {count}" for word, count in shown]
        if rest:
            others = self.translate("others")
            parts.append(f"{others} {sum(count for _, count in rest)}")
        return between.join(parts)

    def zero(self, top: float, bottom: float) -> None:
        """The line of an empty table, in the middle of its place."""
        sentence = self.translate(self.table.zero)
        room = self.place.right - self.place.left - 20
        size, lines = self.pen.fitted(sentence, room, 1, (13.0, 11.0, 9.0))
        y = (top + bottom) / 2 - 4
        for line in lines:
            self.pen.text(self.place.middle, y, line, size, self.pen.bold, "centre")
            y -= size * 1.4

    def end_mark(self, top: float) -> None:
        """The line under the last row that says that nothing follows."""
        words = f"— {self.translate('No entries below this line')} —"
        self.pen.text(self.place.middle, top - 12, words, 7.5, align="centre", ink=SOFT)

    def prepare(self) -> None:
        """Define what every page shows alike."""
        table, place = self.table, self.place
        words = provenance(table.recipient, table.operator, table.printed_at, self.translate)
        self.pen.watermark(f"watermark{self.name}", words, place.width, place.height)
        if table.check_code:
            canvas = self.pen.canvas
            canvas.beginForm(f"qr{self.name}", 0, 0, place.width, place.height)
            canvas.addLiteral(qr_operators(place.right - _QR, place.bottom, _QR, self._tie()))
            canvas.endForm()

    def _tie(self) -> str:
        """What the QR says: sheet, period, version, check code."""
        table = self.table
        start = table.period.start.isoformat()
        code = (table.check_code or "").encode("ascii", "replace").decode()[:64]
        return f"CD:{table.sheet}:{start}:{table.version}:{code}"

    # -- head

    def _title(self) -> None:
        size, lines = self._title_lines()
        y = self.place.top - size
        for line in lines:
            self.pen.text(self.place.middle, y, line, size, self.pen.bold, "centre")
            y -= 1.3 * size
        y = self.body_top + 8 + 1.4 * _STATEMENT * (len(self._statement_lines()) - 1)
        for line in self._statement_lines():
            self.pen.text(self.place.left, y, line, _STATEMENT)
            y -= 1.4 * _STATEMENT

    def _facts_y(self) -> float:
        deep = self._title_depth() + (26 if self.place.narrow else 12)
        return self.place.top - deep

    def _page_words(self, number: int) -> tuple[str, str]:
        """What is said before and after the number of pages."""
        words = self.translate("Page {page} of {pages}", page=number, pages="\0")
        before, _, after = words.partition("\0")
        return before, after

    def _pages_x(self) -> float:
        """Where the number of pages begins; as wide as it will probably be."""
        digits = len(str(max(1, len(self.table.rows) // 14)))
        _, after = self._page_words(1)
        face = self.pen.face
        return self.place.right - face.width(face.clean("0" * digits + after)) * 9 / 1000

    def _facts(self, number: int) -> None:
        pen, say, place, y = self.pen, self.translate, self.place, self._facts_y()
        site = say("Site: {site}", site=short(self.table.site))
        period = say("Period: {period}", period=period_words(self.table.period, say))
        above = y + 13 if place.narrow else y
        size, lines = pen.fitted(site, place.right - place.left if place.narrow else 290, 2)
        for count, line in enumerate(lines, 1):
            pen.text(place.left, above + 1.2 * size * (len(lines) - count), line, size)
        if place.narrow:
            pen.text(place.left, y, period, 9)
        else:
            pen.text(place.middle + 20, y, period, 9, align="centre")
        before, _ = self._page_words(number)
        pen.text(self._pages_x(), y, before, 9, align="right")
        pen.canvas.doForm(f"pages{self.name}")

    # -- foot

    def _footer(self) -> None:
        right = self._foot_right()
        if self.table.check_code:
            self.pen.canvas.doForm(f"qr{self.name}")
        self._totals()
        self._signatures(self.place.bottom + 18, right)
        self._small_print(self.place.bottom + 2, right)

    def _foot_right(self) -> float:
        return self.place.right - (_QR + 10 if self.table.check_code else 0)

    def _totals_lines(self) -> list[str]:
        """ "合计" and every outcome's count, on as many lines as they need."""
        table = self.table
        if not table.totals:
            return [""]
        total = self.translate("Total: {count}", count=table.counted)
        words = f"{total}    {self._counts(table.totals, '    ')}"
        return self.pen.lines(words, self._foot_right() - self.place.left - 4, 9)

    def _totals(self) -> None:
        lines = self._totals_lines()
        y = self.footer_top - 20
        for line in lines:
            self.pen.text(self.place.left, y, line, 9)
            y -= 12

    def _signatures(self, y: float, right: float) -> None:
        pen, labels = self.pen, [self.translate(each) for each in self.table.signatures]
        share = min(260.0, (right - self.place.left) / max(1, len(labels)))
        for number, words in enumerate(labels):
            x = self.place.left + share * number
            size, lines = pen.fitted(words, share - 60, 1, (9.0, 8.0, 7.0))
            pen.text(x, y, lines[0], size)
            x += pen.face.width(pen.face.clean(lines[0])) * size / 1000 + 4
            pen.rule(x, y - 2, self.place.left + share * (number + 1) - 16)

    def _small_print(self, y: float, right: float) -> None:
        table, say = self.table, self.translate
        parts = []
        if table.check_code:
            parts.append(say("Check code: {code}", code=table.check_code))
        parts.append(say("Version {version}", version=table.version))
        if table.printed_at:
            parts.append(say("Printed: {time}", time=moment_words(table.printed_at)))
        parts.append(say("Contains personal data: keep it safe, do not pass it on."))
        words = "   ·   ".join(parts)
        size, lines = self.pen.fitted(words, right - self.place.left, 1, (7.5, 7.0, SMALLEST))
        for line in reversed(lines):
            self.pen.text(self.place.left, y, line, size, ink=SOFT)
            y += 8


def period_words(period: Period, say: Translate) -> str:
    """The period as people write it; a whole day is one date."""
    start, end = period.start, period.end
    if (start.hour, start.minute) == (0, 0) and end - start == timedelta(days=1):
        return say("{date}, 00:00 to 24:00", date=start.date().isoformat())
    return say("{start} to {end}", start=moment_words(start), end=moment_words(end))
