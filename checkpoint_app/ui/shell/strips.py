"""Strips: a fault or a notice over the page, a sentence and at most one action; never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkpoint_app.desk import Strip, Tone
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import panel
from checkpoint_app.ui.shapes import paint_sign
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.labels import ElidedLabel

_RANK = {Tone.STOP: 0, Tone.ATTENTION: 1, Tone.ASK: 2, Tone.PASS: 3, Tone.IDLE: 4}


class StripLine(QFrame):
    """One strip."""

    acted = Signal(str)
    more = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._strip = Strip("", "")
        self._sentence = ElidedLabel("strong")
        self._rest = QPushButton()
        self._action = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(46, 3, 8, 3)
        row.setSpacing(8)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._rest)
        row.addWidget(self._action)
        self._rest.setProperty("role", "quiet")
        self._rest.clicked.connect(self.more)
        self._action.clicked.connect(lambda: self.acted.emit(self._strip.code))
        self.setFixedHeight(TARGET + 6)

    def show_strip(self, strip: Strip, rest: int) -> None:
        """Show a strip, and how many others wait behind it."""
        self._strip = strip
        self._sentence.setText(strip.sentence)
        self._action.setText(strip.action or "")
        self._action.setAccessibleName(strip.action or "")
        self._action.setVisible(strip.action is not None)
        self._rest.setText(self._look.translate("{count} more", count=rest))
        self._rest.setVisible(rest > 0)
        self.setAccessibleName(strip.sentence)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        sign = self._look.theme.sign(self._strip.tone)
        box = QRectF(self.rect())
        panel(painter, box, sign.ground, sign.colour, 10)
        mark = QRectF(16, box.center().y() - 10, 20, 20)
        paint_sign(
            painter,
            self._strip.tone,
            mark,
            self._look.colour(self._strip.tone),
            self._look.ground(self._strip.tone),
        )
        painter.end()


class StripBar(QWidget):
    """The gravest strip; a press shows the others as well."""

    acted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._look = look
        self._strips: tuple[Strip, ...] = ()
        self._open = False
        self.lines: list[StripLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 0)
        self._column.setSpacing(6)
        look.changed.connect(lambda: self._draw())
        self.hide()

    def show_strips(self, strips: tuple[Strip, ...]) -> None:
        """Show these strips, the gravest first."""
        if strips == self._strips:
            return
        self._strips = tuple(sorted(strips, key=lambda strip: _RANK[strip.tone]))
        self._open = self._open and len(strips) > 1
        self._draw()

    def _draw(self) -> None:
        shown = self._strips if self._open else self._strips[:1]
        while len(self.lines) < len(shown):
            line = StripLine(self._look)
            line.acted.connect(self.acted)
            line.more.connect(self._toggle)
            self._column.addWidget(line)
            self.lines.append(line)
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(shown))
            if place < len(shown):
                rest = len(self._strips) - len(shown) if place == 0 else 0
                line.show_strip(shown[place], rest)
        self.setVisible(bool(shown))

    def _toggle(self) -> None:
        self._open = not self._open
        self._draw()
