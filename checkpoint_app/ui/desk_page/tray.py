"""待处理: the people parked, with running clocks. A click or Alt and the number reopens one."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import TrayItem
from checkpoint_app.i18n import Translate
from checkpoint_app.ui.fonts import font_metrics
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import RIGHT, fitting, panel, width_of, words
from checkpoint_app.ui.shapes import paint_sign
from checkpoint_app.ui.theme import SCROLL_BAR
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.painted import PaintedButton

COLUMNS = 3
_TALL = {"compact": 75, "roomy": 96}
_FLAT = {"compact": 54, "roomy": 68}
_ABOVE, _BELOW, _GAP = 10, 12, 6  # around the head and what stands under it
_BORDER = 1


def clock(seconds: float) -> str:
    """A length of time as people read it off a clock: 0:35, 12:40, 1:02:05."""
    whole = int(abs(seconds))
    hours, minutes = whole // 3600, whole // 60 % 60
    start = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{start}:{whole % 60:02}"


def waiting(
    item: TrayItem, now: datetime, translate: Translate, short: bool = False
) -> tuple[str, bool]:
    """The running clock of a parked person in words, and whether the time has come.

    `short` leaves the word away where only the waiting is counted.
    """
    if item.due_at is None:
        since = clock(max(0.0, (now - item.parked_at).total_seconds()))
        return since if short else translate("waits {clock}", clock=since), False
    left = (item.due_at - now).total_seconds()
    if left > 0:
        return translate("{clock} left", clock=clock(left)), False
    return translate("due, +{clock}", clock=clock(left)), True


class TrayCell(PaintedButton):
    """One parked person."""

    def __init__(self, look: Look, place: int) -> None:
        super().__init__(look)
        self._place = place
        self._item: TrayItem | None = None
        self._spoken = self._short = ""
        self._due, self._tall = False, True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def _clock(self) -> str:
        return self._spoken if self._tall else self._short

    @property
    def item_id(self) -> UUID | None:
        """Who is shown here."""
        return self._item.id if self._item else None

    def show_item(self, item: TrayItem, now: datetime, tall: bool) -> None:
        """Show a person; `tall` gives the detail a line of its own."""
        self._item = item
        translate = self.look.translate
        self._spoken, self._due = waiting(item, now, translate)
        self._short, _ = waiting(item, now, translate, short=True)
        self.setAccessibleName(f"{item.kind} {item.title} {item.detail} {self._spoken}")
        self.setToolTip(f"{item.title} · {item.detail}" if item.detail else item.title)
        self.set_tall(tall)
        self.update()

    def set_tall(self, tall: bool) -> None:
        """Three lines, or two."""
        self._tall = tall
        self.setFixedHeight((_TALL if tall else _FLAT)[self.look.metrics.name])

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(60, _FLAT[self.look.metrics.name])

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        if self._item is None:
            return
        theme, item = self.look.theme, self._item
        sign = theme.sign(item.tone)
        fill = sign.ground if self._due else theme.background
        line = sign.colour if self._due else (theme.faint if self.hovered else None)
        panel(painter, box, fill, line, self.radius - 1)
        rows = 3 if self._tall else 2
        inner = box.adjusted(10, 6, -8, -6)
        height = inner.height() / rows
        lines = [
            QRectF(inner.x(), inner.y() + height * at, inner.width(), height) for at in range(rows)
        ]
        self._paint_kind(painter, lines[0], item, sign.colour)
        text, small = self.look.metrics.text - 1, self.look.metrics.small
        both = width_of(item.title, text, True) + width_of(self._clock, small, self._due) + 6
        if not self._tall or both <= lines[1].width():
            self._paint_clock(painter, lines[1], item.title, theme.ink, text)
            if self._tall:
                words(painter, lines[2], item.detail, theme.soft, small)
        else:
            words(painter, lines[1], item.title, theme.ink, text, True)
            self._paint_clock(painter, lines[2], item.detail, theme.soft, small)

    def _paint_kind(self, painter: QPainter, line: QRectF, item: TrayItem, colour: str) -> None:
        size, small = self.look.metrics.text - 1, self.look.metrics.small - 1
        sign = QRectF(line.x(), line.center().y() - 5.5, 11, 11)
        paint_sign(painter, item.tone, sign, QColor(colour))
        number = f"Alt {self._place}" if self._place <= 9 else ""
        words(painter, line, number, self.look.theme.soft, small, align=RIGHT)
        room = line.adjusted(17, 0, -width_of(number, small) - 4, 0)
        words(painter, room, item.kind, colour, fitting(item.kind, room.width(), size), self._due)

    def _paint_clock(
        self, painter: QPainter, line: QRectF, before: str, ink: str, pixels: int
    ) -> None:
        """The clock at the right end, which is never cut, and what stands before it."""
        small, bold = self.look.metrics.small, self._due
        words(painter, line, self._clock, self._clock_colour(), small, bold, RIGHT)
        room = line.adjusted(0, 0, -width_of(self._clock, small, bold) - 6, 0)
        named = ink == self.look.theme.ink
        size = fitting(before, room.width(), pixels, named)
        words(painter, room, before, ink, size, named)

    def _clock_colour(self) -> str:
        due = self._item if self._due else None
        return self.look.theme.sign(due.tone).colour if due else self.look.theme.soft


class Tray(QFrame):
    """Up to three tall cells; more people take flat ones, two rows in sight, the rest scrolled."""

    reopened = Signal(object)  # UUID

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._look = look
        self._items: tuple[TrayItem, ...] = ()
        self._tight = False
        self.cells: list[TrayCell] = []
        self._title, self._count = label("strong"), label("small")
        self._empty = label("small")
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._retext)
        self._retext()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addStretch(1)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, SCROLL_BAR, 0)
        self._grid.setSpacing(8)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(16, _ABOVE, 16 - SCROLL_BAR, _BELOW)
        column_box.setSpacing(_GAP)
        column_box.addLayout(head)
        column_box.addWidget(self._empty)
        column_box.addWidget(self._scroll)
        column_box.addStretch(1)

    def show_items(self, items: tuple[TrayItem, ...], now: datetime) -> None:
        """Show these people, with their clocks as of now."""
        self._items = items
        self._set_cells(len(items))
        for cell, item in zip(self.cells, items, strict=False):
            cell.show_item(item, now, self._tall)
        self._empty.setVisible(not items)
        self._count.setText(
            self._look.translate("{count} people", count=len(items)) if items else ""
        )
        self._measure()

    @property
    def _tall(self) -> bool:
        return len(self._items) <= COLUMNS and not self._tight

    def set_tight(self, tight: bool) -> None:
        """Whether the desk is short of height: then even three people take flat cells."""
        if tight != self._tight:
            self._tight = tight
            self._measure()
            for cell in self.cells:
                cell.set_tall(self._tall)

    def height_if(self, tight: bool) -> int:
        """The height in pixels that the tray takes if it is tight, or not."""
        tall = len(self._items) <= COLUMNS and not tight
        metrics = self._look.metrics
        title = ceil(font_metrics(metrics.text, True).height())
        nobody = ceil(font_metrics(metrics.small).height())
        under = self._cells_height(tall) if self._items else nobody
        return _ABOVE + title + _GAP + under + _BELOW + 2 * _BORDER

    def _cells_height(self, tall: bool) -> int:
        rows = 1 if tall else min(2, -(-len(self._items) // COLUMNS))
        height = (_TALL if tall else _FLAT)[self._look.metrics.name]
        return (rows * height + max(0, rows - 1) * 8) if self._items else 0

    def _measure(self) -> None:
        self._scroll.setVisible(bool(self._items))
        self._scroll.setFixedHeight(self._cells_height(self._tall))
        self.setFixedHeight(self.height_if(self._tight))

    def _set_cells(self, count: int) -> None:
        while len(self.cells) < count:
            self._add_cell()
        for place, cell in enumerate(self.cells):
            cell.setVisible(place < count)

    def _add_cell(self) -> None:
        place = len(self.cells)
        cell = TrayCell(self._look, place + 1)
        self._grid.addWidget(cell, place // COLUMNS, place % COLUMNS)
        cell.clicked.connect(lambda: self.reopened.emit(cell.item_id))
        self.cells.append(cell)

    def reopen(self, number: int) -> None:
        """Reopen the person with this number, from 1; nobody there: nothing."""
        if 1 <= number <= len(self._items):
            self.reopened.emit(self._items[number - 1].id)

    def tick(self, now: datetime) -> None:
        """Move the clocks on."""
        for cell, item in zip(self.cells, self._items, strict=False):
            cell.show_item(item, now, self._tall)

    def _retext(self) -> None:
        self._title.setText(self._look.translate("Waiting people"))
        self._empty.setText(self._look.translate("Nobody is waiting. − parks a person here."))
