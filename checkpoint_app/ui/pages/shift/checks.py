"""The site's checks: one press or one key each, with when it was last done and when it is due."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from checkpoint_app.desk import Tone
from checkpoint_app.desk.duty.book import DutyBook
from checkpoint_app.desk.duty.roll import Roll
from checkpoint_app.desk.duty.words import CHECKS, clock
from checkpoint_app.domain.duty.checks import Check, Standing, Tick
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.paint import cap_width, key_cap, panel, width_of, words
from checkpoint_app.ui.shapes import paint_sign
from checkpoint_app.ui.widgets.painted import PaintedButton

UNDO_MS, TWICE_MS = 10_000, 1_500


class CheckButton(PaintedButton):
    """Sign, name, when; the key that does the same at its right end."""

    radius = 10

    def __init__(self, look: Look, key: str) -> None:
        super().__init__(look)
        self._key, self._tone, self._word, self._when = key, Tone.IDLE, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(220, 48)

    def show_check(self, word: str, when: str, tone: Tone) -> None:
        """Draw how the check stands."""
        self._word, self._when, self._tone = word, when, tone
        self.name(f"{word}, {when}")
        self.update()

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        theme, metrics = self.look.theme, self.look.metrics
        sign = theme.sign(self._tone)
        fill = sign.ground if self._tone is not Tone.IDLE else theme.background
        panel(painter, box, fill, theme.accent if self.hovered else theme.line, self.radius)
        mark = QRectF(14, box.center().y() - 9, 18, 18)
        paint_sign(painter, self._tone, mark, QColor(sign.colour), QColor(sign.ground))
        cap = cap_width(self._key, metrics.small)
        name = box.adjusted(44, 0, -cap - 24, 0)
        words(painter, name, self._word, theme.ink, metrics.large, True)
        after = max(106.0, width_of(self._word, metrics.large, True) + 16)
        when = name.adjusted(after, 0, 0, 0)
        words(painter, when, self._when, theme.soft, metrics.text)
        place = QRectF(box.right() - cap - 14, box.y(), cap, box.height())
        key_cap(painter, place, self._key, QColor(theme.soft), metrics.small)


class ChecksCard(QFrame):
    """One button a check that the site asks for."""

    changed = Signal()
    refused = Signal(str)
    paper_asked = Signal()

    def __init__(self, look: Look, book: DutyBook) -> None:
        super().__init__()
        self._look, self._book = look, book
        self._words = said = Words(look, self)
        self._roll: Roll | None = None
        self._last: Tick | None = None
        self.setProperty("role", "card")
        self.buttons = {check: CheckButton(look, str(n)) for n, check in enumerate(Check, 1)}
        self.undo = said.button("Undo", self.take_back, "quiet")
        self.paper = said.button("Checklist…", self.paper_asked.emit)
        self._until = QTimer(self)
        self._until.setSingleShot(True)
        self._until.setInterval(UNDO_MS)
        self._until.timeout.connect(self.undo.hide)
        head = QHBoxLayout()
        head.addWidget(said.label("Checks of this shift", "title"), 1)
        head.addWidget(self.undo)
        head.addWidget(self.paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(8)
        column.addLayout(head)
        for check, button in self.buttons.items():
            button.clicked.connect(partial(self._pressed, check))
            column.addWidget(button)
        self.undo.hide()
        said.follow(self._redraw)

    def show_roll(self, roll: Roll) -> None:
        """Draw how the checks stand."""
        self._roll = roll
        self._redraw()

    def _redraw(self) -> None:
        roll = self._roll
        for standing in roll.checks if roll is not None else ():
            assert roll is not None
            button = self.buttons[standing.check]
            due = standing.is_due(roll.now)
            tone = Tone.ATTENTION if due else (Tone.PASS if standing.last else Tone.IDLE)
            word = self._words.say(CHECKS[standing.check])
            button.show_check(word, self._when(standing, due), tone)

    def _when(self, standing: Standing, due: bool) -> str:
        say, last = self._words.say, standing.last
        if last is None:
            return say("due now") if due else say("not done yet")
        done = say("{time} {name}", time=clock(last.at), name=last.operator)
        if due:
            return say("last {done}, due now", done=done)
        if standing.due_at is None:
            return done
        return say("{done}, again at {time}", done=done, time=clock(standing.due_at))

    def tick(self, place: int) -> None:
        """The key of a check, from 1."""
        if 0 < place <= len(Check):
            self._pressed(list(Check)[place - 1])

    def _pressed(self, check: Check, _checked: bool = False) -> None:
        if not self._is_the_same_press(check):
            self._book.tick(check, self._ticked, self.refused.emit)

    def _is_the_same_press(self, check: Check) -> bool:
        """A glove presses twice: the second time within a moment is no second check."""
        last = self._last
        moment = self._until.remainingTime() > UNDO_MS - TWICE_MS
        return last is not None and last.check is check and moment

    def _ticked(self, tick: Tick) -> None:
        self._last = tick
        self.undo.show()
        self._until.start()
        self.changed.emit()

    def take_back(self) -> None:
        """The last tick was a slip."""
        last, self._last = self._last, None
        self.undo.hide()
        if last is not None:
            self._book.untick(last, lambda _: self.changed.emit(), self.refused.emit)
