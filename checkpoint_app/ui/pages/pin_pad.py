"""A PIN by keypad or keyboard; what was typed is seen as dots only."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.actions import PadKey
from checkpoint_app.ui.widgets.labels import label

LONGEST = 12
_ERASE = "⌫"
_FACES = ("7", "8", "9", "4", "5", "6", "1", "2", "3", _ERASE, "0")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Dots(QWidget):
    """As many dots as digits were typed; rings where at least four are still to come."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self.count = look, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, 28)

    def show_count(self, count: int) -> None:
        """Show this many digits."""
        self.count = count
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = max(4, self.count)
        left = self.width() / 2 - (shown * 24 - 10) / 2
        for place in range(shown):
            filled = place < self.count
            painter.setPen(QColor(self._look.theme.ink if filled else self._look.theme.faint))
            painter.setBrush(QColor(self._look.theme.ink) if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(left + place * 24, 7, 14, 14))
        painter.end()


class PinPad(QWidget):
    """Dots, keys, one line that says what is wrong. `entered` gives the digits."""

    entered = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._digits = ""
        words = Words(look, self)
        self.dots, self.note = Dots(look), label("strong")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(44)
        self.keys = {face: PadKey(look, face) for face in _FACES}
        for face, key in self.keys.items():
            key.setMinimumHeight(TARGET + 10)
            key.clicked.connect(lambda _=False, of=face: self.press(of))
            key.name(face)
        words.put(self.keys[_ERASE].name, "Erase")
        self.enter = words.button("Sign in", self.submit, "main")
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, key in enumerate(self.keys.values()):
            grid.addWidget(key, place // 3, place % 3)
        self.enter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        grid.addWidget(self.enter, 3, 2)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.dots)
        box.addWidget(self.note)
        box.addLayout(grid)

    def press(self, face: str) -> None:
        """A key of the pad, or the same on the keyboard."""
        if not self.isEnabled():
            return
        if face == _ERASE:
            self._show(self._digits[:-1])
        elif len(self._digits) < LONGEST:
            self.say("")
            self._show(self._digits + face)

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether a key of the keyboard was meant for the pad, and then it is done."""
        if event.text() in self.keys:
            self.press(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.press(_ERASE)
        elif event.key() in _ENTER:
            self.submit()
        else:
            return False
        return True

    def submit(self) -> None:
        """Hand over what was typed."""
        if self._digits and self.isEnabled():
            self.entered.emit(self._digits)

    def clear(self) -> None:
        """Forget the digits."""
        self._show("")

    def say(self, sentence: str, tone: Tone = Tone.STOP) -> None:
        """A sentence under the dots."""
        self.note.setText(sentence)
        restyle(self.note, tone=str(tone))

    def _show(self, digits: str) -> None:
        self._digits = digits
        self.dots.show_count(len(digits))
