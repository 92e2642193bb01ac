"""Passes for the roster: chosen by name, class or unit, printed on A4 or labels, revoked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.people.door import PeopleDesk
from checkpoint_app.desk.people.passes import Member, PassOrder
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.people.table import TextTable
from checkpoint_app.ui.pages.settings.rights.paper import PaperOut, Use
from checkpoint_app.ui.pages.settings.rows import tell
from checkpoint_app.ui.pages.stepper import Stepper
from checkpoint_app.ui.pages.switches import Choice
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.labels import label

_HEADINGS = ("Name", "Unit, class", "Position", "Number", "Pass card")
_SHARES = (150, 0, 120, 130, 220)
_ON = {"a4": "A4, ten a page", "label": "Labels 62 × 40 mm"}
_SHOWN = 2000
_PHOTOS = "ZIP, JPEG, PNG (*.zip *.jpg *.jpeg *.png *.bmp *.webp)"
_REST = 200


class PassesTab(QWidget):
    """The roster as a table; what is chosen gets passes."""

    def __init__(
        self, look: Look, desk: PeopleDesk, paper_out: PaperOut, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._desk, self._now = desk, now
        self._words = words = Words(look, self)
        self._members: list[Member] = []
        self._taking = False
        self.search = words.line("Name, class, unit, number")
        self.table = TextTable(words, _HEADINGS, _SHARES)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        words.name(self.table, "Passes")
        self.hint, self.count, self.answer = label("soft"), label("strong"), label("strong")
        for line in (self.hint, self.answer):
            line.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.answer.hide()
        self.days = Stepper(words, "Valid for", (30, 720, 30), self._days_text, 80)
        self.days.show_value(360)
        self.on = Choice(look, words, "Paper", _ON, lambda value: None)
        self.all_button = words.button("Choose all", self.table.selectAll)
        self.photo_button = words.button("Photos…", self._photos_pressed)
        self.revoke_button = words.button("Revoke", self.revoke)
        self.print_button, self.save_button = paper_out.buttons(
            words, lambda: words.say("Passes"), self.make, self, self.answer
        )
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.opened)
        self.search.textEdited.connect(lambda _: self._rest.start())
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._judge)
        words.follow(self._draw)

    def _days_text(self, value: float) -> str:
        return self._words.say("{days} days", days=f"{value:g}")

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.count)
        for part in (self.all_button, self.revoke_button):
            head.addWidget(part)
        foot.addWidget(self.on)
        foot.addWidget(self.days)
        foot.addStretch(1)
        for part in (self.photo_button, self.save_button, self.print_button):
            foot.addWidget(part)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addWidget(self.answer)
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    # -- showing

    def opened(self) -> None:
        """Fetch the roster as far as it fits what was typed."""
        self._desk.members(self.search.text(), self._show, self._refused)

    def closed(self) -> None:
        """Nothing is left to tell."""
        tell(self.answer, "", Tone.IDLE)

    def _show(self, members: list[Member]) -> None:
        self._members = members[:_SHOWN]
        self.table.clearSelection()
        self._draw()

    def _draw(self) -> None:
        self.table.show_rows([self._row(each) for each in self._members])
        self.table.setVisible(bool(self._members))
        self.hint.setVisible(not self._members)
        nobody = (
            "Nobody on the roster fits that."
            if self.search.text().strip()
            else "No roster yet. Import the list of staff, pupils or residents first."
        )
        self.hint.setText(self._words.say(nobody))
        self._judge()

    def _row(self, member: Member) -> tuple[str, ...]:
        entry, handed = member.entry, member.handed_out
        until = ""
        if handed is not None:
            until = self._words.say("until {time}", time=f"{handed.until:%Y-%m-%d}")
        return entry.name, entry.unit or "", entry.role or "", entry.roster_id or "", until

    def _judge(self) -> None:
        chosen = self.chosen()
        self.count.setText(self._words.say("Chosen: {count}", count=len(chosen)))
        for button in (self.print_button, self.save_button):
            button.setEnabled(bool(chosen))
        self.revoke_button.setEnabled(any(each.handed_out for each in chosen))
        self.all_button.setEnabled(bool(self._members))

    def chosen(self) -> Sequence[Member]:
        """Who is chosen."""
        return [self._members[row] for row in self.table.chosen if row < len(self._members)]

    # -- doing

    def _photos_pressed(self) -> None:
        """Choose a ZIP, or any picture of a folder; while they are taken, it cancels."""
        if self._taking:
            self._desk.stop_taking()
            return
        say = self._words.say
        dialog = QFileDialog(self.window(), say("A ZIP of photos, or any photo in their folder"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_PHOTOS)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.use_photos)
        dialog.open()

    def use_photos(self, chosen: str) -> None:
        """Keep the photos of a ZIP or a folder; of a picture, those of its folder."""
        source = Path(chosen)
        if source.is_file() and source.suffix.casefold() != ".zip":
            source = source.parent
        self._take_turn(True)
        self._desk.take_photos(source, self._photos_told, self._photos_taken, self._photos_refused)

    def _photos_told(self, number: int, total: int) -> None:
        if self._taking:
            said = self._words.say("Photos: {number} of {total}", number=number, total=total)
            tell(self.answer, said, Tone.IDLE)

    def _photos_taken(self, sentence: str) -> None:
        self._take_turn(False)
        tell(self.answer, sentence, Tone.PASS)

    def _photos_refused(self, sentence: str) -> None:
        self._take_turn(False)
        self._refused(sentence)

    def _take_turn(self, taking: bool) -> None:
        self._taking = taking
        said = self._words.say("Cancel" if taking else "Photos…")
        self.photo_button.setText(said)
        self.photo_button.setAccessibleName(said)

    def make(self, use: Use) -> None:
        """New passes for those chosen; their earlier ones count no more."""
        office = self._desk.office
        order = PassOrder(
            self.days.value,
            office.acting.name,
            office.settings.site_name,
            self.on.value == "label",
        )

        def made(pdf: bytes) -> None:
            use(pdf)
            self.opened()

        self._desk.make(self.chosen(), order, made, self._refused)

    def revoke(self) -> None:
        """Revoke the passes of those chosen."""
        self._desk.revoke(self.chosen(), self._revoked, self._refused)

    def _revoked(self, count: int) -> None:
        tell(self.answer, self._words.say("{count} passes revoked", count=count), Tone.PASS)
        self.opened()

    def _refused(self, sentence: str) -> None:
        tell(self.answer, sentence, Tone.STOP)
