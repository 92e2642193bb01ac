"""The row of lamps: what this inspection has, lacks, and what Enter will affirm."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from checkpoint_app.desk import Lamp, LampState, Tone
from checkpoint_app.domain.inspection import Requirement
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import fitting, panel, width_of, words
from checkpoint_app.ui.shapes import paint_sign
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.painted import PaintedButton

CAPTIONS = {
    Requirement.HEALTH_CODE: "Code",
    Requirement.ITINERARY: "Itinerary",
    Requirement.TEST: "Test",
    Requirement.MASK: "Mask",
    Requirement.SYMPTOMS: "Symptoms?",
    Requirement.TEMPERATURE: "Temp.",
}
_TONES = {
    LampState.OK: Tone.PASS,
    LampState.ATTENTION: Tone.ATTENTION,
    LampState.STOP: Tone.STOP,
}
_HEIGHT = {"compact": 66, "roomy": 84}
_SIGN = 14.0  # width of a sign with its gap
_LEAST_LINE = 10  # pixels below which a word takes two lines
_TWO_LINES, _LEADING = 12, 1.15  # most pixels of a word in two lines, and their distance
_LEAST_WORD = 12  # pixels below which the sign makes way for the word


def _blend(one: str, other: str, share: float) -> QColor:
    first, second = QColor(one), QColor(other)
    return QColor(
        round(first.red() * share + second.red() * (1 - share)),
        round(first.green() * share + second.green() * (1 - share)),
        round(first.blue() * share + second.blue() * (1 - share)),
    )


def two_lines(word: str) -> list[str]:
    """A word broken at the space nearest its middle, or at its middle where there is none."""
    middle = len(word) / 2
    spaces = [at for at, sign in enumerate(word) if sign == " "]
    at = min(spaces, key=lambda at: abs(at - middle), default=-(-len(word) // 2))
    return [word[:at].rstrip(), word[at:].lstrip()]


class LampButton(PaintedButton):
    """One lamp; a press opens what can be set by eye."""

    def __init__(self, look: Look, requirement: Requirement) -> None:
        super().__init__(look)
        self.requirement = requirement
        self.lamp = Lamp(requirement, LampState.WAITING, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lamp(self, lamp: Lamp) -> None:
        """Show a state and its word."""
        self.lamp = lamp
        caption = self.look.translate(CAPTIONS[self.requirement])
        self.setAccessibleName(f"{caption}: {lamp.word}")
        self.setToolTip(f"{caption}: {lamp.word}")
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(TARGET, _HEIGHT[self.look.metrics.name])

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        fill, line = self._ground()
        panel(painter, box, fill, line, self.radius, self.lamp.state is LampState.WAITING)
        middle, inner = box.center().y(), box.width() - 14
        self._paint_caption(painter, QRectF(8, middle - 24, inner, 22))
        self._paint_word(painter, QRectF(8, middle - 1, inner, 24))

    def _ground(self) -> tuple[str | QColor, str | QColor]:
        theme = self.look.theme
        state = self.lamp.state
        if state in (LampState.ATTENTION, LampState.STOP):
            sign = theme.sign(_TONES[state])
            return sign.ground, sign.colour
        if state is LampState.OK:
            return theme.card, _blend(theme.passed.colour, theme.line, 0.45)
        line = theme.faint if state is LampState.WAITING or self.hovered else theme.line
        return theme.card, line

    def _paint_caption(self, painter: QPainter, box: QRectF) -> None:
        caption = self.look.translate(CAPTIONS[self.requirement])
        room = box.width() - (0 if self._sign_fits(box) else _SIGN)
        size = fitting(caption, room, self.look.metrics.small, least=10)
        words(painter, box, caption, self.look.theme.soft, size)

    def _sign_fits(self, box: QRectF) -> bool:
        """Whether the sign has room before the word; else it stands behind the caption."""
        if self.lamp.state not in _TONES:
            return True
        return width_of(self.lamp.word, _LEAST_WORD, True) <= box.width() - _SIGN

    def _paint_word(self, painter: QPainter, box: QRectF) -> None:
        state, theme = self.lamp.state, self.look.theme
        tone = _TONES.get(state)
        colour = theme.sign(tone).colour if tone else theme.soft
        room = box
        if tone is not None:
            beside = self._sign_fits(box)
            corner = QRectF(box.right() - 11, box.y() - 18, 12, 12)
            mark = QRectF(box.x() - 1, box.center().y() - 6, 12, 12) if beside else corner
            self._paint_mark(painter, mark, tone)
            room = box.adjusted(_SIGN if beside else 0, 0, 0, 0)
        self._paint_fitted(painter, room, colour, bold=tone is not None)

    def _paint_fitted(self, painter: QPainter, room: QRectF, colour: str, bold: bool) -> None:
        """The word smaller, then in two lines: what a lamp says is not to be guessed."""
        size = fitting(self.lamp.word, room.width(), self.look.metrics.text, bold, _LEAST_LINE)
        if width_of(self.lamp.word, size, bold) <= room.width():
            words(painter, room, self.lamp.word, colour, size, bold)
            return
        lines = two_lines(self.lamp.word)
        size = min(fitting(line, room.width(), _TWO_LINES, bold, _LEAST_LINE) for line in lines)
        for at, line in enumerate(lines):
            top = room.y() + at * size * _LEADING
            words(painter, QRectF(room.x(), top, room.width(), size), line, colour, size, bold)

    def _paint_mark(self, painter: QPainter, box: QRectF, tone: Tone) -> None:
        colour = self.look.colour(tone)
        if tone is Tone.PASS:
            words(painter, box.adjusted(0, -6, 4, 6), "✓", colour, self.look.metrics.text, True)
        else:
            paint_sign(painter, tone, box, colour)


class LampRow(QWidget):
    """The lamps side by side, in the order of `Requirement`."""

    pressed = Signal(Requirement)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.lamps = {each: LampButton(look, each) for each in Requirement}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for requirement, lamp in self.lamps.items():
            row.addWidget(lamp, 1)
            lamp.clicked.connect(lambda _=False, of=requirement: self.pressed.emit(of))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lamps(self, lamps: tuple[Lamp, ...]) -> None:
        """Show every lamp that the state names; others are not needed here and stay hidden."""
        given = {lamp.requirement: lamp for lamp in lamps}
        for requirement, widget in self.lamps.items():
            lamp = given.get(requirement)
            widget.setVisible(lamp is not None)
            if lamp is not None:
                widget.show_lamp(lamp)
