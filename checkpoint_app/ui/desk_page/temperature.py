"""The temperature: a number as large as a hand, and the keys to type it with a glove."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import width_of, words
from checkpoint_app.ui.widgets.actions import PadKey
from checkpoint_app.ui.widgets.labels import ElidedLabel, label

PAD = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "⌫", "0", ".")
_PAD_WIDTH = {"compact": 216, "roomy": 312}


class Figure(QWidget):
    """The number: digits typed, then places still empty, then ℃."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._entry = ""
        self._tone = Tone.IDLE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entry(self, entry: str, tone: Tone, spoken: str) -> None:
        """`entry` as typed so far ("36."), or a whole reading ("36.5"), or "" for none."""
        self._entry, self._tone = entry, tone
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        size = self._look.metrics.temperature
        return QSize(int(size * 2.6), int(size * 1.15))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        theme, size = self._look.theme, self._look.metrics.temperature
        box = QRectF(self.rect())
        ink = theme.ink if self._tone is Tone.IDLE else theme.sign(self._tone).colour
        left = words(painter, box, self._entry, ink, size, True)
        empty = "__._"[len(self._entry) :] if self._entry else "––.–"
        words(painter, box.adjusted(left, 0, 0, 0), empty, theme.faint, size)
        left += width_of(empty, size) + 6
        unit = box.adjusted(left, size * 0.32, 0, 0)
        words(painter, unit, "℃", theme.soft, int(size * 0.38), True)
        painter.end()


class TemperatureCard(QFrame):
    """Source, figure and rule on the left, keypad on the right."""

    digit = Signal(str)
    erase = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._look = look
        self._caption = ElidedLabel("small")
        self._figure = Figure(look)
        self._rule = label("soft")
        self._rule.setWordWrap(True)
        self.keys = {face: PadKey(look, face) for face in PAD}
        self._lay_out()
        look.changed.connect(self._retext)
        self._retext()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self._caption)
        left.addWidget(self._figure)
        left.addWidget(self._rule)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(self._make_pad(), 2)

    def _make_pad(self) -> QWidget:
        self._pad = QWidget()
        grid = QGridLayout(self._pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, (face, key) in enumerate(self.keys.items()):
            grid.addWidget(key, place // 3, place % 3)
            key.clicked.connect(lambda _=False, face=face: self._pressed(face))
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has these keys itself
        return self._pad

    def _pressed(self, face: str) -> None:
        if face == "⌫":
            self.erase.emit()
        else:
            self.digit.emit(face)

    def show_reading(self, entry: str, tone: Tone, source: str, notes: tuple[str, ...]) -> None:
        """Show what is typed or measured, where readings come from, and notes under it."""
        translate = self._look.translate
        self._figure.show_entry(entry, tone, translate("Temperature {entry}", entry=entry or "—"))
        self._caption.setText(
            "　".join(part for part in (translate("Temperature"), source) if part)
        )
        self._rule.setText("\n".join(notes))

    def _retext(self) -> None:
        translate = self._look.translate
        for face, key in self.keys.items():
            key.setAccessibleName(translate("Erase") if face == "⌫" else face)
        widest = _PAD_WIDTH[self._look.metrics.name]
        self._pad.setMaximumWidth(widest)
        self._pad.setMinimumWidth(widest * 3 // 4)
        self._figure.updateGeometry()
