"""帮助: the keys and the verdict signs on one page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.help_words import GROUPS, SIGNS
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.paint import cap_width, key_cap
from checkpoint_app.ui.shapes import paint_sign


class KeyCap(QWidget):
    """A key as it looks on the keyboard."""

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        self._look, self._key = look, key
        self.setAccessibleName(key)
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(int(cap_width(self._key, self._look.metrics.small + 1)) + 4, 26)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        ink, size = QColor(self._look.theme.ink), self._look.metrics.small + 1
        key_cap(painter, QRectF(self.rect()), self._key, ink, size)
        painter.end()


class SignView(QWidget):
    """One of the four signs."""

    def __init__(self, look: Look, tone: Tone) -> None:
        super().__init__()
        self._look, self._tone = look, tone
        self.setFixedSize(44, 44)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        paint_sign(
            painter, self._tone, box, self._look.colour(self._tone), self._look.ground(self._tone)
        )
        painter.end()


class HelpPage(QWidget):
    """Three lists of keys and the four signs."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._words = look, Words(look, self)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(self._words.label("Help", "page-title"))
        row = QHBoxLayout()
        row.setSpacing(12)
        for title, keys in GROUPS:
            row.addWidget(self._group(title, keys), 1)
        column.addLayout(row)
        column.addWidget(self._signs())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)

    def _group(self, title: str, keys: tuple[tuple[str, str], ...]) -> QFrame:
        made = _card()
        grid = QGridLayout(made)
        grid.setContentsMargins(18, 14, 18, 14)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._words.label(title, "title"), 0, 0, 1, 2)
        for place, (key, message) in enumerate(keys, 1):
            grid.addWidget(KeyCap(self._look, key), place, 0)
            grid.addWidget(self._words.label(message, "", True), place, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(keys) + 1, 1)
        return made

    def _signs(self) -> QFrame:
        made = _card()
        row = QHBoxLayout(made)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(20)
        for tone, word, sentence in SIGNS:
            texts = QVBoxLayout()
            texts.setSpacing(2)
            texts.addWidget(self._words.label(word, "strong", True))
            texts.addWidget(self._words.label(sentence, "small", True))
            row.addWidget(SignView(self._look, tone), 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(texts, 1)
        return made


def _card() -> QFrame:
    made = QFrame()
    made.setProperty("role", "card")
    return made
