"""The verdict: sign, word and reasons, as big as can be read from two metres."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.desk import Card, Tone
from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import panel
from checkpoint_app.ui.shapes import paint_sign
from checkpoint_app.ui.theme import RADIUS
from checkpoint_app.ui.widgets.fitted import FittedLine, FittingList
from checkpoint_app.ui.widgets.labels import label

IDLE = Card(Tone.IDLE, "", "", ())
_PADDING = 18
_GAP = 8
_LEAST_REASONS = 44
_LEAST = {"compact": 172, "roomy": 272}


class SignMark(QWidget):
    """The big sign."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tone = Tone.IDLE

    def show_tone(self, tone: Tone) -> None:
        """Show the sign of a tone."""
        self._tone = tone
        self.setFixedSize(QSize(self._look.metrics.shape, self._look.metrics.shape))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        if self._tone is Tone.IDLE:
            self._paint_idle(painter)
        else:
            card = QColor(self._look.theme.card)
            box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            paint_sign(painter, self._tone, box, self._look.colour(self._tone), card)
        painter.end()

    def _paint_idle(self, painter: QPainter) -> None:
        theme, size = self._look.theme, self._look.metrics.shape
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_soft))
        painter.drawEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        inner = round(size * 0.5)
        mark = icon("scan", inner, theme.accent, self.devicePixelRatioF())
        painter.drawPixmap((size - inner) // 2, (size - inner) // 2, mark)


class IconLine(QWidget):
    """An icon and a sentence beside it; gone while it has nothing to say."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._name = look, name
        self._icon = QLabel()
        self.sentence = label("say")
        self.sentence.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.sentence, 1)

    def show_text(self, text: str | None, colour: str) -> None:
        """Show a sentence with the icon in this colour, or nothing."""
        self.setVisible(bool(text))
        self.sentence.setText(text or "")
        if text:
            size = self._look.metrics.reason + 4
            self._icon.setPixmap(icon(self._name, size, colour, self.devicePixelRatioF()))


class VerdictCard(QFrame):
    """Draws a `Card`: nothing is concluded here."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._card = IDLE
        self._sign = SignMark(look)
        self._headline = FittedLine(look, 24)
        self._subline = label("reason")
        self._subline.setWordWrap(True)
        self._reasons = FittingList(look)
        self._say = IconLine(look, "speech")
        self._phone = IconLine(look, "phone")
        self._notice = IconLine(look, "clock")
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(lambda: self.show_card(self._card))

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(2)
        beside.addStretch(1)
        beside.addWidget(self._headline)
        beside.addWidget(self._subline)
        beside.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PADDING + 2, _PADDING - 2, _PADDING + 2, _PADDING - 2)
        column.setSpacing(_GAP)
        column.addLayout(top)
        for part in (self._reasons, self._say, self._phone, self._notice):
            column.addWidget(part)
        column.addStretch(1)

    def show_card(self, card: Card) -> None:
        """Show a card."""
        self._card = card
        colour = self._look.theme.sign(card.tone).colour
        self._sign.show_tone(card.tone)
        self._headline.show_text(card.headline, self._look.metrics.headline, card.tone)
        self._subline.setText(card.subline)
        self._subline.setVisible(bool(card.subline))
        self._reasons.show_lines(card.reasons, card.tone)
        self._say.show_text(card.say, colour)
        self._phone.show_text(card.phone, colour)
        self._notice.show_text(card.notice, colour)
        self.setAccessibleName(f"{card.headline}. {card.subline}")
        self.update()

    def natural_height(self) -> int:
        """The height in pixels at which all of the card is seen at its usual size."""
        return max(
            _LEAST[self._look.metrics.name], self._fixed_height() + self._reasons.natural_height()
        )

    def least_height(self) -> int:
        """The height in pixels below which word, sentence or phone would be cut."""
        return self._fixed_height() + (_LEAST_REASONS if self._card.reasons else 0)

    def set_room(self, height: int) -> None:
        """Take this height; the reasons give way first."""
        self._reasons.limit(max(_LEAST_REASONS, height - self._fixed_height()))
        self.setFixedHeight(height)

    def _fixed_height(self) -> int:
        others = (self._say, self._phone, self._notice)
        width = self.width() - 2 * _PADDING - 4
        lines = sum(each.heightForWidth(width) + _GAP for each in others if not each.isHidden())
        reasons = _GAP if self._card.reasons else 0
        return 2 * (_PADDING - 2) + self._head_height(width) + lines + reasons

    def _head_height(self, width: int) -> int:
        shape = self._look.metrics.shape
        below = self._subline.heightForWidth(width - shape - 16) if self._card.subline else 0
        return max(shape, self._headline.sizeHint().height() + 2 + below)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme = self._look.theme
        sign = theme.sign(self._card.tone)
        line = theme.line if self._card.tone is Tone.IDLE else sign.colour
        painter = QPainter(self)
        panel(painter, QRectF(self.rect()), sign.ground, line, RADIUS)
        painter.end()
