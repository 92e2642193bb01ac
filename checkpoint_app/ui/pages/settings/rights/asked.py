"""Somebody asks for their own records: identify them, then hand over a paper."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.rights.door import Asked, RightsDesk
from checkpoint_app.ui.pages.settings.rights.paper import Use
from checkpoint_app.ui.pages.settings.rights.parts import CardHost
from checkpoint_app.ui.pages.settings.rows import buttons, left, tell
from checkpoint_app.ui.pages.switches import Choice

DOCUMENTS = {
    "": "Not looked at yet",
    "id_card": "ID card",
    "household": "Household register",
    "passport": "Passport or permit",
}


class OwnRecordsCard:
    """The card of one's own records."""

    def __init__(self, host: CardHost, desk: RightsDesk) -> None:
        self._host, self._desk = host, desk
        words = host.words
        card = host.card(
            "A person's own records",
            "On paper, for that person alone, after looking at the identity document. That it was "
            "given out is put on record.",
        )
        self.name = words.line("Name", 60)
        self.number = words.line("Document number", 40)
        self.phone = words.line("Phone", 30)
        self.checked = Choice(host.look, words, "Identified by", DOCUMENTS, lambda value: None)
        self.answer = host.result()
        rows: tuple[tuple[str, QLineEdit], ...] = (
            ("Name", self.name),
            ("Document number", self.number),
            ("Phone", self.phone),
        )
        for caption, line in rows:
            host.row(card, caption, line)
        host.row(card, "Identified by", left(self.checked))
        owner: QWidget = host.widget
        self.print_button, self.save_button = host.paper_out.buttons(
            words, lambda: words.say("A person's own records"), self.make, owner, self.answer
        )
        host.wide(card, buttons(self.print_button, self.save_button))
        host.wide(card, self.answer)

    def make(self, use: Use) -> None:
        """Gather the records and hand the paper on."""
        chosen = self.checked.value
        checked = self._host.words.say(DOCUMENTS[chosen]) if chosen else ""
        asked = Asked(self.name.text(), self.number.text(), self.phone.text(), checked)

        def made(found: tuple[bytes, int]) -> None:
            pdf, count = found
            said = self._host.words.say("{count} records found", count=count)
            tell(self.answer, said, Tone.PASS if count else Tone.ATTENTION)
            use(pdf)

        self._desk.own_records(asked, made, lambda said: tell(self.answer, said, Tone.STOP))

    def closed(self) -> None:
        """Nobody's name stays here."""
        for line in (self.name, self.number, self.phone):
            line.clear()
        self.checked.show_value("")
        tell(self.answer, "", Tone.IDLE)
