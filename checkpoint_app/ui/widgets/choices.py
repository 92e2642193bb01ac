"""Buttons to choose from, the same in every panel: rows of large targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.shapes import paint_sign


def sign_icon(look: Look, tone: Tone, pixels: int, ratio: float) -> QIcon:
    """A tone's sign as the icon of a button."""
    picture = QPixmap(round(pixels * ratio), round(pixels * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    box = QRectF(QPointF(1, 1), QPointF(pixels - 1, pixels - 1))
    paint_sign(painter, tone, box, look.colour(tone), look.ground(tone))
    painter.end()
    return QIcon(picture)


class Choice(QPushButton):
    """A button wide enough for its words in bold, which they are while it is chosen."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint = super().sizeHint()
        if not self.isCheckable():
            return hint
        bold = QFont(self.font())
        bold.setBold(True)
        plain = self.fontMetrics().horizontalAdvance(self.text())
        wider = QFontMetrics(bold).horizontalAdvance(self.text()) - plain
        return hint + QSize(max(0, wider) + 2, 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()


def choice(text: str, act: Callable[[], None], checked: bool | None = None) -> QPushButton:
    """A button that acts; `checked` (not None) makes it one that stays down."""
    button = Choice(text.replace("&", "&&"))
    button.setAccessibleName(text)
    if checked is not None:
        button.setCheckable(True)
        button.setChecked(checked)
    button.clicked.connect(lambda _=False: act())
    return button


def grid_of(buttons: Sequence[QWidget], columns: int) -> QGridLayout:
    """Buttons in rows of this many columns, all of one width."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)
    for place, button in enumerate(buttons):
        grid.addWidget(button, place // columns, place % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid


def walk_within(panel: QWidget, forward: bool) -> bool:
    """Put the keyboard on the next control of an open panel, round and round, never outside it.

    For `focusNextPrevChild`: Tab asks for it, and so do the arrow keys of a QPushButton.
    """
    stops = [each for each in panel.findChildren(QWidget) if _is_stop(each)]
    if not stops:
        return False
    focus = panel.focusWidget()
    step = 1 if forward else -1
    to = (stops.index(focus) + step) % len(stops) if focus in stops else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[to].setFocus(reason)
    return True


def _is_stop(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    inner = widget.focusProxy() is not None
    return bool(by_tab) and not inner and widget.isVisible() and widget.isEnabled()


_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyPanel(QWidget):
    """A panel whose buttons are walked with the arrow keys and pressed with Enter."""

    resized = Signal()  # its content grew or shrank

    def buttons(self) -> list[QPushButton]:
        """The buttons in the order of the eye."""
        return [each for each in self.findChildren(QPushButton) if each.isEnabled()]

    def start(self) -> None:
        """Put the keyboard on what is chosen, else on the first button."""
        chosen = [each for each in self.buttons() if each.isChecked()] or self.buttons()
        if chosen:
            chosen[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        return walk_within(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        focus = self.focusWidget()
        if event.key() in _PRESSES and isinstance(focus, QPushButton):
            focus.click()
        elif event.key() not in _PRESSES:
            event.ignore()
