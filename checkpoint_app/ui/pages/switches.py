"""Choices of the settings: a few words side by side, or on and off. Values in, values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.paint import panel
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.painted import PaintedButton
from checkpoint_app.ui.widgets.segment import Segment

LANGUAGES = {"zh_CN": "中文", "en": "English"}
THEMES = {"light": "Light", "dark": "Dark", "auto": "By the hour"}


class Choice(QWidget):
    """A segment that knows values instead of places."""

    def __init__(
        self,
        look: Look,
        words: Words,
        message: str,
        values: Mapping[str, str],
        chosen: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._words, self._message, self._values = words, message, values
        self._on = next(iter(values))
        self.segment = Segment(look)
        self.segment.chosen.connect(lambda at: self._choose(at, chosen))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.segment)
        words.follow(self._draw)

    def show_value(self, value: str) -> None:
        """Show a value; an unknown one changes nothing."""
        if value in self._values:
            self._on = value
            self._draw()

    @property
    def value(self) -> str:
        """What is on."""
        return self._on

    def _choose(self, at: int, chosen: Callable[[str], None]) -> None:
        self.show_value(list(self._values)[at])
        chosen(self._on)

    def _draw(self) -> None:
        texts = tuple(self._words.say(each) for each in self._values.values())
        self.segment.show_choice(
            texts, list(self._values).index(self._on), self._words.say(self._message)
        )


class Switch(PaintedButton):
    """On or off; the knob's place tells it, not the colour alone."""

    radius = 14
    switched = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setCheckable(True)
        self.clicked.connect(lambda _=False: self.switched.emit(self.isChecked()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(60, TARGET)

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        theme, on = self.look.theme, self.isChecked()
        track = QRectF(4, box.center().y() - 14, 52, 28)
        panel(painter, track, theme.accent if on else theme.background, theme.faint, 14)
        knob = QRectF(track.right() - 25 if on else track.left() + 3, track.y() + 3, 22, 22)
        panel(painter, knob, theme.on_accent if on else theme.soft, None, 11)
