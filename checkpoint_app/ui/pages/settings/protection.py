"""The passphrase that guards the data, and the recovery key that is shown once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt, Signal
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QLineEdit

from checkpoint_app.desk import Tone
from checkpoint_app.desk.entries import Strength, strength
from checkpoint_app.desk.files import sentence_for
from checkpoint_app.desk.office import Office
from checkpoint_app.devices.ports import Printer, PrintJob
from checkpoint_app.ui.fonts import font
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.settings.rows import Change, Group, buttons, tell
from checkpoint_app.ui.widgets.labels import label

HINTS = {
    Strength.TOO_SHORT: ("At least 8 characters", Tone.STOP),
    Strength.WEAK: ("Easily guessed: add words or digits", Tone.ATTENTION),
    Strength.FAIR: ("Fair", Tone.PASS),
    Strength.STRONG: ("Strong", Tone.PASS),
}
_DOTS = 150  # per inch, of the page with the key


class ProtectionGroup(Group):
    """`protected` after a passphrase was set."""

    protected = Signal()

    def __init__(
        self, look: Look, office: Office, change: Change, printer: Printer, behind: Background
    ) -> None:
        super().__init__(look, office, change)
        self._printer, self._behind = printer, behind
        card = self.card("Protection")
        self.state = label("strong")
        self.state.setWordWrap(True)
        self.wide(card, self.state)
        self.passphrase, self.again = self._line("Passphrase"), self._line("Passphrase again")
        self.hint = label("small")
        self.row(card, "Passphrase", self.passphrase)
        card.addWidget(self.hint, card.rowCount(), 1)
        self.row(card, "Passphrase again", self.again)
        self.answer = self.result()
        self.set_button = self._words.button("Protect the data", self.protect, "main")
        self.wide(card, buttons(self.set_button))
        self.wide(card, self.answer)
        self._recovery()
        self.end()
        self.passphrase.textChanged.connect(lambda _: self._judge())
        self._words.follow(self.opened)

    def _line(self, message: str) -> QLineEdit:
        made = self._words.line(message)
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.returnPressed.connect(self.protect)
        return made

    def _recovery(self) -> None:
        card = self.card(
            "Recovery key",
            "Opens the data if the passphrase is forgotten. It is shown this once: print it and "
            "keep it away from this computer.",
        )
        self.key = label("recovery")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key.setWordWrap(True)
        self.printed = self.result()
        self.wide(card, self.key)
        self.wide(
            card,
            buttons(
                self._words.button("Print the recovery key", self.print_key, "main"),
                self._words.button("It is written down", self.forget),
            ),
        )
        self.wide(card, self.printed)
        frame = card.parentWidget()
        assert frame is not None
        self._recovery_card = frame
        frame.hide()

    # -- showing

    def opened(self) -> None:
        """Show how it stands."""
        guarded = self._office.protected
        say = self._words.say
        sentence = (
            "A passphrase guards the data. Setting a new one also makes a new recovery key."
            if guarded
            else "The data is not yet protected: whoever has this computer can read it."
        )
        tell(self.state, say(sentence), Tone.PASS if guarded else Tone.STOP)
        self._judge()

    def closed(self) -> None:
        """Nothing secret stays on a page that is not looked at."""
        self.forget()
        self.passphrase.clear()
        self.again.clear()
        tell(self.answer, "", Tone.IDLE)

    def _judge(self) -> None:
        text = self.passphrase.text()
        message, tone = HINTS[strength(text)]
        tell(self.hint, self._words.say(message) if text else "", tone)

    # -- doing

    def protect(self) -> None:
        """Set the passphrase; it takes as long as copying the data twice."""
        text = self.passphrase.text()
        say = self._words.say
        if strength(text) is Strength.TOO_SHORT:
            tell(self.answer, say("At least 8 characters"), Tone.STOP)
        elif text != self.again.text():
            tell(self.answer, say("The two passphrases are not the same"), Tone.STOP)
        elif self.set_button.isEnabled():
            self.set_button.setEnabled(False)
            tell(self.answer, say("The data is written anew; this can take minutes…"), Tone.IDLE)
            self._office.protect(text, self._guarded, self._failed)

    def _guarded(self, recovery: str) -> None:
        self.set_button.setEnabled(True)
        self.passphrase.clear()
        self.again.clear()
        tell(self.answer, self._words.say("Done: the data is protected."), Tone.PASS)
        self.key.setText(recovery)
        self._recovery_card.show()
        self.opened()
        self.protected.emit()

    def _failed(self, sentence: str) -> None:
        self.set_button.setEnabled(True)
        tell(self.answer, sentence, Tone.STOP)

    def forget(self) -> None:
        """The key is seen no more."""
        self.key.clear()
        tell(self.printed, "", Tone.IDLE)
        self._recovery_card.hide()

    def print_key(self) -> None:
        """A page with nothing but the key."""
        say = self._words.say
        pdf = key_page(say("Recovery key"), self._office.settings.site_name, self.key.text())
        job = PrintJob(pdf, say("Recovery key"), self._office.settings.printer or None)
        done: Callable[[object], None] = lambda _: tell(  # noqa: E731
            self.printed, say("Sent to the printer"), Tone.PASS
        )
        failed: Callable[[Exception], None] = lambda error: tell(  # noqa: E731
            self.printed, sentence_for(error, self._look.translate), Tone.STOP
        )
        self._behind.run(lambda: self._printer.print(job), done, failed)


def key_page(title: str, site: str, key: str) -> bytes:
    """An A4 page as PDF with a key in large letters."""
    body = QByteArray()
    buffer = QBuffer(body)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setResolution(_DOTS)
    painter = QPainter(writer)
    page = QRectF(0, 0, writer.width(), writer.height())
    middle = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    for text, pixels, top in ((title, 44, 0.12), (site, 26, 0.2), (key, 52, 0.32)):
        painter.setFont(font(pixels, bold=True))
        place = page.adjusted(40, page.height() * top, -40, 0)
        painter.drawText(place, int(middle), text)
    painter.end()
    buffer.close()
    return bytes(body.data())
