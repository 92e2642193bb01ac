"""The small window before the desk: the passphrase, or one sentence why the data can't be opened.

It runs its own event loop and ends with an open store or with nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.store.station import Station, StoreFault
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.labels import label

NEEDED, WRONG = "passphrase_needed", "wrong_key"
LONGEST_WAIT = 30.0  # seconds
Attempt = Callable[[str | None], Station]


def wait_after(wrong: int) -> float:
    """Seconds to wait after so many wrong tries in a row."""
    return 0.0 if wrong < 1 else min(2.0 ** (wrong - 1), LONGEST_WAIT)


class UnlockWindow(QWidget):
    """Asks until the store is open or the person quits."""

    closed = Signal()

    def __init__(
        self,
        look: Look,
        attempt: Attempt,
        fault: StoreFault,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._look, self._attempt, self._clock = look, attempt, clock
        self._station: Station | None = None
        self._wrong, self._until, self._over = 0, 0.0, False
        self._words = words = Words(look, self)
        self._behind = Background(self)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.sentence = label("page-title"), label()
        self.sentence.setWordWrap(True)
        self.secret = words.line("Passphrase or recovery key", 200)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.returnPressed.connect(self.try_now)
        self.shown = words.button("Show", self._toggle)
        self.shown.setCheckable(True)
        self.again = words.button("Open", self.try_now, "main")
        self.quit = words.button("Quit", self.close)
        self._lay_out()
        self._second = QTimer(self)
        self._second.setInterval(250)
        self._second.timeout.connect(self._tick)
        words.put(self.setWindowTitle, "Checkpoint desk")
        look.dress(self)
        self._show_fault(fault)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.secret, 1)
        line.addWidget(self.shown)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(self.quit, 1)
        ends.addWidget(self.again, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(14)
        for part in (self.title, self.sentence):
            column.addWidget(part)
        column.addLayout(line)
        column.addStretch(1)
        column.addLayout(ends)
        self.setMinimumSize(520, 280)

    def ask(self) -> Station | None:
        """Show the window until it ends; the open store, or None where the person quit."""
        loop = QEventLoop()
        self.closed.connect(loop.quit)
        self.show()
        self.activateWindow()
        self._second.start()
        if not self._over:
            loop.exec()
        self._second.stop()
        self._behind.stop()
        self.hide()
        self.deleteLater()
        return self._station

    # -- what is shown

    def _show_fault(self, fault: StoreFault) -> None:
        asks = fault.code in (NEEDED, WRONG)
        for part in (self.secret, self.shown):
            part.setVisible(asks)
        say = self._words.say
        title = "The data is protected" if asks else "The data cannot be opened"
        self.title.setText(say(title))
        self.again.setText(say("Open" if asks else "Try again"))
        self._say(fault)
        if asks:
            self.secret.setFocus()

    def _say(self, fault: StoreFault) -> None:
        if fault.code == NEEDED:
            self.sentence.setText(self._words.say("Type the passphrase or the recovery key."))
        else:
            self.sentence.setText(fault_text(fault.code, self._look.translate))
        restyle(self.sentence, tone=str(Tone.IDLE if fault.code == NEEDED else Tone.STOP))

    def _toggle(self) -> None:
        mode = QLineEdit.EchoMode
        self.secret.setEchoMode(mode.Normal if self.shown.isChecked() else mode.Password)
        self.secret.setFocus()

    # -- trying

    def try_now(self) -> None:
        """Try what was typed, or try again where nothing is asked."""
        asks = not self.secret.isHidden()
        given = self.secret.text() if asks else None
        if not self.again.isEnabled() or (asks and not given):
            return
        self._busy(True)
        self._behind.run(lambda: self._tried(given), self._answered)

    def _tried(self, given: str | None) -> Station | StoreFault:
        try:
            return self._attempt(given)
        except StoreFault as fault:
            return fault

    def _answered(self, answer: Station | StoreFault) -> None:
        self._busy(False)
        if isinstance(answer, StoreFault):
            self._refused(answer)
        elif self._over:
            answer.close()
        else:
            self._station = answer
            self._end()

    def _refused(self, fault: StoreFault) -> None:
        self._show_fault(fault)
        if fault.code == WRONG:
            self._wrong += 1
            self._until = self._clock() + wait_after(self._wrong)
            self.secret.selectAll()
            self._tick()

    def _busy(self, busy: bool) -> None:
        self.again.setEnabled(not busy)
        self.secret.setEnabled(not busy)
        if busy:
            self.sentence.setText(self._words.say("One moment…"))
            restyle(self.sentence, tone=str(Tone.IDLE))

    def _tick(self) -> None:
        """Count the wait down in words."""
        if not self._until:
            return
        left = self._until - self._clock()
        self.again.setEnabled(left <= 0)
        if left > 0:
            wrong = fault_text(WRONG, self._look.translate)
            wait = self._words.say("wait {seconds} s", seconds=ceil(left))
            self.sentence.setText(f"{wrong} · {wait}")
        else:
            self._until = 0.0
            self.sentence.setText(fault_text(WRONG, self._look.translate))

    # -- ending

    def _end(self) -> None:
        self._over = True
        self.closed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._end()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.try_now()
        else:
            super().keyPressEvent(event)
