"""The cover of the window: who is on duty, by name and PIN. Nothing personal is seen behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk.office import Office
from checkpoint_app.store.station import Operator
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.first_steps import FirstSteps
from checkpoint_app.ui.pages.pin_pad import PinPad
from checkpoint_app.ui.pages.switches import LANGUAGES, THEMES, Choice
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.paint import CENTRE, panel, words
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.painted import PaintedButton

if TYPE_CHECKING:
    from datetime import timedelta

_COLUMNS = 2
_WIDTH = {"compact": 860, "roomy": 1060}
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}


class OperatorButton(PaintedButton):
    """An initial and a name."""

    radius = 12

    def __init__(self, look: Look, operator: Operator) -> None:
        super().__init__(look)
        self.operator = operator
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name(operator.name)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(150, 72)

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        theme, on = self.look.theme, self.isChecked()
        line = theme.accent if on else (theme.faint if self.hovered else theme.line)
        panel(painter, box, theme.accent_soft if on else theme.background, line, self.radius)
        disc = QRectF(14, box.center().y() - 22, 44, 44)
        panel(painter, disc, theme.accent if on else theme.card, None, 22)
        ink = theme.on_accent if on else theme.accent
        words(painter, disc, self.caption[:1].upper(), ink, 20, True, CENTRE)
        rest = box.adjusted(70, 0, -10, 0)
        words(painter, rest, self.caption, theme.ink, self.look.metrics.large, on)


class SignInPage(QWidget):
    """Choose a name, type the PIN; a fresh station is set up here first."""

    signed_in = Signal(object)  # Operator
    settings_changed = Signal(object)  # Settings

    def __init__(self, look: Look, office: Office) -> None:
        super().__init__()
        self.look, self.office = look, office
        self._words = Words(look, self)
        self._chosen: Operator | None = None
        self._wait_ends: datetime | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.buttons: list[OperatorButton] = []
        self.site, self.clock, self.waiting = label("page-title"), label("clock"), label("soft")
        self.greeting = label("title")
        self.pad = PinPad(look)
        self.first = FirstSteps(look, office)
        self._people, self._grid = QWidget(), QGridLayout()
        self._stack = QStackedWidget()
        self._lay_out()
        self.pad.entered.connect(self._try)
        self.first.settings_changed.connect(self.settings_changed)
        self.first.made.connect(self._enter)
        look.changed.connect(self._greet)

    # -- parts

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        self._words.follow(lambda: card.setFixedWidth(_WIDTH[self.look.metrics.name]))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.addWidget(self._stack)
        for part in (self._sign_in(), self.first):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 20)
        column.setSpacing(16)
        column.addLayout(self._head())
        column.addStretch(1)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.site)
        row.addWidget(self.waiting)
        row.addStretch(1)
        row.addWidget(self.clock)
        return row

    def _foot(self) -> QHBoxLayout:
        self.language = Choice(
            self.look, self._words, "Language", LANGUAGES, lambda of: self._set(language=of)
        )
        self.theme = Choice(self.look, self._words, "Theme", THEMES, lambda of: self._set(theme=of))
        plate = QFrame()
        plate.setProperty("role", "card")
        inside = QHBoxLayout(plate)
        inside.setContentsMargins(12, 4, 12, 4)
        inside.setSpacing(24)
        inside.addWidget(self.language)
        inside.addWidget(self.theme)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(plate)
        row.addStretch(1)
        return row

    def _sign_in(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(40)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self._words.label("Who is on duty?", "page-title"))
        left.addWidget(self._scroll(), 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        self.greeting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        right.addWidget(self.greeting)
        right.addWidget(self.pad)
        right.addStretch(1)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        return made

    def _scroll(self) -> QScrollArea:
        self._grid.setSpacing(12)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._people.setLayout(self._grid)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumHeight(380)
        scroll.setWidget(self._people)
        return scroll

    # -- opening

    def open(self, again: str | None) -> None:
        """Ask anew who is there; `again` names the operator who locked."""
        self._wait_ends = None
        self.pad.setEnabled(True)
        self.pad.clear()
        self.pad.say("")
        self.show_settings()
        self.office.operators(
            lambda found: self._show_operators(found, again), lambda said: self.pad.say(said)
        )

    def show_settings(self) -> None:
        """The site's name, and language and theme as they are set."""
        settings = self.office.settings
        self.site.setText(settings.site_name or self._words.say("Checkpoint desk"))
        self.language.show_value(settings.language)
        self.theme.show_value(settings.theme)

    def _show_operators(self, operators: Sequence[Operator], again: str | None) -> None:
        people = [each for each in operators if each.active]
        self._stack.setCurrentIndex(0 if people else 1)
        for old in self.buttons:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = [OperatorButton(self.look, each) for each in people]
        for place, button in enumerate(self.buttons):
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            button.clicked.connect(lambda _=False, of=button.operator: self.choose(of))
        if not people:
            self.first.start()
            return
        self.choose(next((each for each in people if each.name == again), people[0]))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, operator: Operator) -> None:
        """Take this name; the PIN typed so far is forgotten."""
        self._chosen, self._wait_ends = operator, None
        for button in self.buttons:
            button.setChecked(button.operator.id == operator.id)
        self.pad.clear()
        self.pad.setEnabled(True)
        self.pad.say("")
        self._greet()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.office.pin_wait(operator, self._wait, lambda said: self.pad.say(said))

    def _greet(self) -> None:
        name = self._chosen.name if self._chosen else ""
        self.greeting.setText(self._words.say("PIN of {name}", name=name) if name else "")
        self.show_settings()

    # -- the PIN

    def _try(self, pin: str) -> None:
        if self._chosen is not None:
            self.pad.setEnabled(False)
            self.office.sign_in(self._chosen, pin, self._enter, self._refused)

    def _enter(self, operator: Operator) -> None:
        self.pad.setEnabled(True)
        self.pad.clear()
        self.signed_in.emit(operator)

    def _refused(self, sentence: str) -> None:
        self.pad.setEnabled(True)
        self.pad.clear()
        self.pad.say(sentence)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._chosen is not None:
            self.office.pin_wait(self._chosen, self._wait, lambda said: self.pad.say(said))

    def _wait(self, left: timedelta) -> None:
        if left:
            self._wait_ends = self.office.now() + left
            self._show_wait()

    def _show_wait(self) -> None:
        if self._wait_ends is None:
            return
        left = self._wait_ends - self.office.now()
        if left.total_seconds() > 0:
            self.pad.setEnabled(False)
            self.pad.say(self.office.waiting(left))
        else:
            self._wait_ends = None
            self.pad.setEnabled(True)
            self.pad.say("")

    # -- time and keys

    def tick(self, now: datetime, waiting: int) -> None:
        """The clock, and how many people wait in the tray."""
        self.clock.setText(f"{now:%H:%M}")
        text = self._words.say("{count} waiting in the tray", count=waiting) if waiting else ""
        self.waiting.setText(text)
        self._show_wait()

    def _set(self, **changed: str) -> None:
        self.settings_changed.emit(replace(self.office.settings, **changed))  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._stack.currentWidget() is self.first or not self.buttons:
            event.ignore()
        elif event.key() in _STEPS:
            self._step(_STEPS[Qt.Key(event.key())])
        elif not self.pad.take_key(event):
            event.ignore()

    def _step(self, by: int) -> None:
        at = next((n for n, button in enumerate(self.buttons) if button.isChecked()), 0)
        to = at + by
        if 0 <= to < len(self.buttons):
            self.choose(self.buttons[to].operator)
