"""更改结果: another outcome, never without a reason, over the fields and not over the verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.leaving import NEEDS_SECOND
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.choices import Choice, choice, grid_of, sign_icon, walk_within
from checkpoint_app.ui.widgets.drop_down import DropDown
from checkpoint_app.ui.widgets.labels import label

OUTCOMES = (
    (Outcome.PASS, "Pass", Tone.PASS),
    (Outcome.REGISTER, "Register and pass", Tone.ATTENTION),
    (Outcome.TURN_BACK, "Turn back", Tone.STOP),
    (Outcome.HOLD, "Hold", Tone.STOP),
    (Outcome.HAND_OVER, "Hand over", Tone.STOP),
)
REASONS = (
    "Officer in charge agreed",
    "Documents are complete",
    "Entered by mistake",
    "Emergency, care comes first",
    "Refuses to cooperate",
    "Looks unwell",
)
Officer = tuple[UUID, str]  # id, name
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TakesChange(Protocol):
    """Who records the change: the desk for the person there, a page for an earlier record."""

    def change_outcome(
        self,
        outcome: Outcome,
        reason: str,
        *,
        second: tuple[UUID, str] | None = None,
        call_back: str = "",
        refused: Callable[[str], None] = ...,
    ) -> None: ...
    def cancel_change(self) -> None: ...


class ChangePanel(QFrame):
    """Outcome, reason, and the second officer where a hold or a hand-over is left."""

    def __init__(self, look: Look, desk: TakesChange, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popover")
        self._look, self._desk = look, desk
        self.outcomes = {outcome: Choice() for outcome, _, _ in OUTCOMES}
        self.chips = [choice("", partial(self._take, at)) for at in range(len(REASONS))]
        self.reason, self.pin, self.call_back = QLineEdit(), QLineEdit(), QLineEdit()
        self.officer = DropDown(look)
        self.submit, self.cancel = QPushButton(), QPushButton()
        self._title, self._second_title, self._refusal = (
            label("title"),
            label("small"),
            label("strong"),
        )
        self._second = QWidget()
        self._leaves_stop = False
        self._lay_out()
        self._connect()
        look.changed.connect(self._retext)
        self._retext()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        for button in self.outcomes.values():
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(self._ask_second)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(grid_of(list(self.outcomes.values()), len(OUTCOMES)))
        column.addLayout(grid_of(self.chips, 3))
        column.addWidget(self.reason)
        column.addWidget(self._second)
        self._lay_out_second()
        column.addStretch(1)
        column.addWidget(self._refusal)
        self._refusal.setWordWrap(True)
        self._refusal.setProperty("tone", str(Tone.STOP))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.cancel, 1)
        row.addWidget(self.submit, 2)
        column.addLayout(row)

    def _lay_out_second(self) -> None:
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(32)
        self.reason.setMaxLength(200)
        self.call_back.setMaxLength(200)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part, share in ((self.officer, 2), (self.pin, 2), (self.call_back, 3)):
            row.addWidget(part, share)
        box = QVBoxLayout(self._second)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._second_title)
        box.addLayout(row)

    def _connect(self) -> None:
        self.submit.setProperty("role", "main")
        self.submit.clicked.connect(self._send)
        self.cancel.clicked.connect(self._desk.cancel_change)
        for edit in (self.reason, self.pin, self.call_back):
            edit.returnPressed.connect(self._send)

    def set_officers(self, officers: Sequence[Officer]) -> None:
        """The officers who may answer for a change, besides the one at the desk."""
        self.officer.clear()
        for identity, name in officers:
            self.officer.addItem(name, identity)

    def open_for(self, chosen: Outcome, second_needed: bool) -> None:
        """Open with an outcome chosen; `second_needed` asks for the second officer as well."""
        for edit in (self.reason, self.pin, self.call_back):
            edit.clear()
        self._refusal.clear()
        self._refusal.hide()
        self._leaves_stop = second_needed
        if chosen in self.outcomes:
            self.outcomes[chosen].setChecked(True)
        self._ask_second()
        self.show()
        self.raise_()
        self.chips[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self, columns: QRect, verdict_height: int) -> None:
        """Lie over the columns, below the verdict where that leaves room enough."""
        room = columns.height() - verdict_height - self._look.metrics.gap
        height = min(columns.height(), max(room, self.minimumSizeHint().height()))
        self.setGeometry(columns.x(), columns.bottom() - height, columns.width(), height)

    def refuse(self, sentence: str) -> None:
        """Say why the change was not taken."""
        self._refusal.setText(sentence)
        self._refusal.show()
        self.pin.clear()

    @property
    def chosen(self) -> Outcome | None:
        """The outcome chosen, if any."""
        pressed = (outcome for outcome, button in self.outcomes.items() if button.isChecked())
        return next(pressed, None)

    def _ask_second(self) -> None:
        stays = self.chosen in NEEDS_SECOND
        self._second.setVisible(self._leaves_stop and not stays)

    def _take(self, at: int) -> None:
        self.reason.setText(self._look.translate(REASONS[at]))
        self.submit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        if self.chosen is None:
            self.refuse(self._look.translate("Choose an outcome"))
            return
        officer, pin = self.officer.currentData(), self.pin.text()
        second = (officer, pin) if officer is not None and pin else None
        refused: Callable[[str], None] = self.refuse
        self._desk.change_outcome(
            self.chosen,
            self.reason.text(),
            second=second if self._second.isVisible() else None,
            call_back=self.call_back.text() if self._second.isVisible() else "",
            refused=refused,
        )

    def _retext(self) -> None:
        translate = self._look.translate
        for outcome, message, tone in OUTCOMES:
            button = self.outcomes[outcome]
            button.setText(translate(message))
            button.setAccessibleName(translate(message))
            button.setIcon(sign_icon(self._look, tone, 16, self.devicePixelRatioF()))
        for chip, message in zip(self.chips, REASONS, strict=True):
            chip.setText(translate(message))
            chip.setAccessibleName(translate(message))
        self._title.setText(translate("Change the outcome"))
        self._second_title.setText(
            translate("Leaving a hold: a second officer's PIN, or a call-back to whom and when")
        )
        for edit, message in (
            (self.reason, "Reason"),
            (self.pin, "Second officer's PIN"),
            (self.call_back, "Call-back: who agreed, when"),
        ):
            edit.setPlaceholderText(translate(message))
            edit.setAccessibleName(translate(message))
        self.officer.setAccessibleName(translate("Second officer"))
        self.submit.setText(translate("Change the outcome"))
        self.cancel.setText(translate("Cancel"))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        return walk_within(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._desk.cancel_change()
        elif event.key() in ENTER and isinstance(focus, QPushButton):
            focus.click()
        # every other key ends here: under an open panel nothing else is decided
