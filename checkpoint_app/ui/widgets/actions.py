"""Buttons with a key cap: what a hand presses and what a key does are the same thing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui.fonts import font
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import CENTRE, cap_width, fitting, key_cap, panel, width_of, words
from checkpoint_app.ui.theme import CONTROL_RADIUS, TARGET
from checkpoint_app.ui.widgets.painted import PaintedButton

_HEIGHT = {"compact": 52, "roomy": 64}
_LEAST = 13  # pixels; a caption that is longer takes two lines


class ActionButton(PaintedButton):
    """A large button with its key; `main` is the one main action of the page."""

    radius = CONTROL_RADIUS + 1

    def __init__(
        self, look: Look, key: str, main: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self.key = key
        self.main = main
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        longest = max(self.caption.split(" "), key=len) if self.main else self.caption
        width = width_of(longest, _LEAST, True) + cap_width(self.key, 11) + 28
        return QSize(max(int(width), TARGET), _HEIGHT[self.look.metrics.name])

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        fill, line, ink, dashed = self._colours()
        panel(painter, box, fill, line, self.radius, dashed)
        self._paint_words(painter, box, ink)

    def _colours(self) -> tuple[str, str, str, bool]:
        theme = self.look.theme
        if not self.isEnabled():
            return theme.background, theme.faint if self.main else theme.line, theme.soft, self.main
        if self.main:
            fill = QColor(theme.accent)
            if self.isDown() or self.hovered:
                fill = fill.darker(108)
            return fill.name(), fill.name(), theme.on_accent, False
        pressed = theme.background if self.isDown() else theme.card
        return pressed, theme.faint if self.hovered else theme.line, theme.ink, False

    def _paint_words(self, painter: QPainter, box: QRectF, ink: str) -> None:
        small = self.look.metrics.small - 1
        cap = cap_width(self.key, small)
        room = box.width() - cap - 24
        size = fitting(self.caption, room, self.look.metrics.large, True, _LEAST)
        width = width_of(self.caption, size, True)
        if width > room:
            width = self._paint_two_lines(painter, box, ink, room)
        else:
            left = box.center().x() - (width + 8 + cap) / 2
            words(painter, QRectF(left, box.y(), room, box.height()), self.caption, ink, size, True)
        quiet = QColor(ink)
        quiet.setAlphaF(0.8)
        cap_left = box.center().x() + (width + 8 + cap) / 2 - cap
        key_cap(painter, QRectF(cap_left, box.y(), cap, box.height()), self.key, quiet, small)

    def _paint_two_lines(self, painter: QPainter, box: QRectF, ink: str, room: float) -> float:
        cap = cap_width(self.key, self.look.metrics.small - 1)
        place = QRectF(box.center().x() - (room + 8 + cap) / 2, box.y(), room, box.height())
        painter.setFont(font(_LEAST, True))
        painter.setPen(QColor(ink))
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place, int(wrapped), self.caption)
        return room


class FooterKey(PaintedButton):
    """One key of the footer: cap first, then what it does. As high as the footer, for gloves."""

    radius = 8

    def __init__(self, look: Look, key: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.key = key

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        small = self.look.metrics.small + 1
        width = cap_width(self.key, small) + width_of(self.caption, small) + 5 + 16
        return QSize(max(int(width) + 1, TARGET), TARGET)

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        theme, small = self.look.theme, self.look.metrics.small + 1
        if self.hovered or self.isDown():
            panel(painter, box.adjusted(0, 4, 0, -4), theme.background, None, self.radius)
        cap = cap_width(self.key, small)
        key_cap(painter, QRectF(8, 0, cap, box.height()), self.key, QColor(theme.soft), small)
        rest = QRectF(8 + cap + 5, 0, box.width() - cap - 13, box.height())
        words(painter, rest, self.caption, theme.ink if self.hovered else theme.soft, small)


class PadKey(PaintedButton):
    """One key of the keypad."""

    radius = CONTROL_RADIUS - 1

    def __init__(self, look: Look, face: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.face = face
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        theme = self.look.theme
        fill = theme.accent_soft if self.isDown() else theme.background
        panel(painter, box, fill, theme.faint if self.hovered else theme.line, self.radius)
        words(painter, box, self.face, theme.ink, self.look.metrics.figure, align=CENTRE)
