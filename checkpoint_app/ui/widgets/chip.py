"""A chip: a short quiet sign in the top bar, pressed where it leads somewhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import panel, width_of, words
from checkpoint_app.ui.shapes import paint_sign
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.painted import PaintedButton

_HEIGHT = 30.0
_ICON = 18


class ChipView(PaintedButton):
    """Text on a rounded ground, with the sign of its tone before it. Not pressable by default."""

    radius = 15

    def __init__(self, look: Look, strong: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._tone, self._strong = Tone.IDLE, strong
        self._brief = self._icon = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_live(False)

    def set_live(self, live: bool) -> None:
        """Whether a press leads somewhere."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if live else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not live)

    def show_text(self, text: str, tone: Tone) -> None:
        """Show a text with the sign of a tone; the idle tone has none."""
        self._tone, self._brief, self._icon = tone, "", ""
        self.setToolTip(text)
        self.name(text)
        self.update()

    def show_brief(self, brief: str, text: str, tone: Tone, mark: str = "") -> None:
        """Show a few words, with an icon where it has one; the whole text is read out and is the
        tool tip."""
        self.show_text(text, tone)
        self._brief, self._icon = brief, mark

    @property
    def words(self) -> str:
        """What stands on it."""
        return self._brief or self.caption

    def _lead(self) -> float:
        if self._icon:
            return _ICON + 5.0
        return 16.0 if self._tone is not Tone.IDLE else 0.0

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        size = self.look.metrics.small + 1
        width = width_of(self.words, size, self._strong) + self._lead() + 24
        return QSize(int(width) + 2, TARGET)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(TARGET, TARGET)

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        theme = self.look.theme
        plate = QRectF(0, (box.height() - _HEIGHT) / 2, box.width(), _HEIGHT)
        fill, ink = theme.background, theme.ink if self._strong else theme.soft
        if self._tone in (Tone.ATTENTION, Tone.STOP):
            sign = theme.sign(self._tone)
            fill, ink = sign.ground, sign.colour
        panel(painter, plate, fill, theme.faint if self.hovered else None, self.radius)
        left = 12.0
        if self._icon:
            drawn = icon(self._icon, _ICON, QColor(ink).name(), self.devicePixelRatioF())
            painter.drawPixmap(round(left) - 1, round(plate.center().y() - _ICON / 2), drawn)
            left += self._lead()
        elif self._tone is not Tone.IDLE:
            mark = QRectF(left, plate.center().y() - 5, 10, 10)
            paint_sign(painter, self._tone, mark, QColor(theme.sign(self._tone).colour))
            left += self._lead()
        size = self.look.metrics.small + 1
        rest = plate.adjusted(left, 0, -10, 0)
        words(painter, rest, self.words, ink, size, self._strong)
