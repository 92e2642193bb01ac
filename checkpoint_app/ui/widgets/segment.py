"""A choice of two or three words side by side, one of them on."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import CENTRE, focus_ring, panel, width_of, words
from checkpoint_app.ui.theme import TARGET

SHADOW = QColor(0, 0, 0, 40)  # raises the segment that is on
_EDGE = 3  # of the track around the parts
_AROUND, _TIGHT = 28, 14  # around a word, with room and without
_MOVES = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
)


class Segment(QWidget):
    """Drawn flat in its track, pressed as high as a glove needs."""

    chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._texts: tuple[str, ...] = ()
        self._on = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_choice(self, texts: tuple[str, ...], on: int, spoken: str) -> None:
        """Show these words with one of them on; `spoken` says what is chosen."""
        self._texts, self._on = texts, on
        self.setAccessibleName(f"{spoken}: {texts[on]}")
        self.updateGeometry()
        self.update()

    def _own_widths(self) -> list[float]:
        size = self._look.metrics.text
        return [width_of(text, size, True) for text in self._texts] or [20.0]

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All parts as wide as the widest."""
        own = self._own_widths()
        return QSize(int((max(own) + _AROUND) * len(own)) + 2 * _EDGE, TARGET)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Each part only as wide as its own word."""
        own = self._own_widths()
        return QSize(int(sum(own) + _TIGHT * len(own)) + 2 * _EDGE, TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        theme, size = self._look.theme, self._look.metrics.text
        track = QRectF(self.rect()).adjusted(0, 5, 0, -5)
        panel(painter, track, theme.background, None, 9)
        for place, text in enumerate(self._texts):
            part = self._part(place).adjusted(0, 3, 0, -3)
            on = place == self._on
            if on:
                panel(painter, part.translated(0, 1), SHADOW, None, 7)
                panel(painter, part, theme.card, None, 7)
            words(painter, part, text, theme.ink if on else theme.soft, size, on, CENTRE)
        if self.hasFocus():
            focus_ring(painter, track, theme.accent, 9)
        painter.end()

    def _widths(self) -> list[float]:
        """Of the parts: all alike where there is room, else as their words need."""
        own, room = self._own_widths(), self.width() - 2.0 * _EDGE
        if room >= (max(own) + _AROUND) * len(own):
            return [max(own) + _AROUND] * len(own)
        around = max(0.0, (room - sum(own)) / len(own))
        return [each + around for each in own]

    def _part(self, place: int) -> QRectF:
        widths = self._widths()
        return QRectF(_EDGE + sum(widths[:place]), 5, widths[place], self.height() - 10)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        at, ends = event.position().x(), accumulate(self._widths(), initial=float(_EDGE))
        place = sum(at >= end for end in list(ends)[1:-1])
        self._choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in _MOVES:
            self._choose((self._on + 1) % len(self._texts))
        else:
            event.ignore()

    def _choose(self, place: int) -> None:
        if place != self._on:
            self.chosen.emit(place)
