"""一键销毁: two people, a reason and a typed word; then everything is gone for good."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from checkpoint_app.desk import Tone
from checkpoint_app.desk.rights.door import Ended, Ending, RightsDesk
from checkpoint_app.store.station import Operator
from checkpoint_app.ui.pages.settings.rights.parts import CardHost
from checkpoint_app.ui.pages.settings.rows import buttons, tell
from checkpoint_app.ui.widgets.drop_down import DropDown


class EndingCard(QObject):
    """`ended` carries the paper that remains."""

    ended = Signal(object)  # Ended

    def __init__(self, host: CardHost, desk: RightsDesk) -> None:
        super().__init__(host.widget)
        self._host, self._desk = host, desk
        words = host.words
        card = host.card(
            "Destroy everything",
            "When the epidemic is over: key, database, backups known here and sheets in the data "
            "folder. Nobody can get anything back. A record with both names remains on paper; then "
            "the program ends.",
        )
        self.reason = words.line("On whose order, and why", 120)
        self.witness = DropDown(host.look)
        words.name(self.witness, "Witness")
        self.pin, self.witness_pin = self._pin("PIN"), self._pin("Witness's PIN")
        self.word = words.line("", 20)
        words.follow(lambda: self.word.setPlaceholderText(desk.word))
        self.answer = host.result()
        for caption, part in (
            ("On whose order, and why", self.reason),
            ("Your PIN", self.pin),
            ("Witness", self.witness),
            ("Witness's PIN", self.witness_pin),
            ("Type the word", self.word),
        ):
            host.row(card, caption, part)
        self.button = words.button("Destroy everything for good", self.destroy)
        self.button.setProperty("role", "danger")
        host.wide(card, buttons(self.button))
        host.wide(card, self.answer)
        self.word.textChanged.connect(lambda _: self._judge())
        self._judge()

    def _pin(self, message: str) -> QLineEdit:
        made = self._host.words.line(message, 12)
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        return made

    def _judge(self) -> None:
        """Dead until the word stands there: nobody presses it by mistake."""
        self.button.setEnabled(self.word.text().strip() == self._desk.word)

    def opened(self) -> None:
        """Who could be the witness."""
        self._desk.office.operators(self._show, self._refused)
        self._judge()

    def closed(self) -> None:
        """PINs and the word do not stay."""
        for line in (self.reason, self.pin, self.witness_pin, self.word):
            line.clear()
        tell(self.answer, "", Tone.IDLE)

    def _show(self, people: list[Operator]) -> None:
        me = self._desk.office.acting.operator
        self.witness.clear()
        for each in people:
            if each.active and (me is None or each.id != me.id):
                self.witness.addItem(each.name, each.id)
        if not self.witness.count():
            none = self._host.words.say("Nobody else can sign in here")
            self.witness.addItem(none, None)

    def destroy(self) -> None:
        """Ask for it; both PINs are checked before anything happens."""
        me, witness = self._desk.office.acting.operator, self.witness.currentData()
        if me is None or witness is None:
            self._refused(self._host.words.say("Two people who can sign in are needed"))
            return
        self.button.setEnabled(False)
        wish = Ending(
            me.id,
            self.pin.text(),
            witness,
            self.witness_pin.text(),
            self.reason.text(),
            self.word.text(),
        )
        self._desk.end(wish, self._done, self._refused)

    def _done(self, ended: Ended) -> None:
        self.ended.emit(ended)

    def _refused(self, sentence: str) -> None:
        self.pin.clear()
        self.witness_pin.clear()
        self._judge()
        tell(self.answer, sentence, Tone.STOP)
