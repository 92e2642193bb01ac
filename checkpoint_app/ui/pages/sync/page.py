"""同步: the link to the command office. Nothing here ever stands in the way of the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Strip, Tone
from checkpoint_app.desk.hub.link import HubLink
from checkpoint_app.desk.hub.telling import refused_lists
from checkpoint_app.desk.hub.view import HubView, trouble
from checkpoint_app.desk.office import Office
from checkpoint_app.domain.roles import Right
from checkpoint_app.sync.enrolling import Invitation
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import tell
from checkpoint_app.ui.pages.sync.tables import ListsTable, RefusedTable
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.shell.strips import StripBar
from checkpoint_app.ui.widgets.labels import label

_FORM = 560  # pixels wide
FILE_ENDING = "cdsync"


class SyncPage(QWidget):
    """Enrolling where there is no hub yet; else how the exchange stands."""

    def __init__(self, look: Look, office: Office, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._look, self._office, self._now = look, office, now
        self._words = Words(look, self)
        self.link: HubLink | None = None
        self._view = HubView()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.strip, self._stack = StripBar(look), QStackedWidget()
        self._stack.addWidget(self._enrolment())
        self._stack.addWidget(self._standing())
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)
        self.strip.acted.connect(lambda _: self.strip.show_strips(()))
        self._words.follow(lambda: self.show_view(self._view))

    # -- enrolling

    def _enrolment(self) -> QWidget:
        words = self._words
        self.address = words.line("https://… of the hub")
        self.code = words.line("One-time code")
        self.fingerprint = words.line("The hub's fingerprint")
        self.join = words.button("Join the command office", self.enrol, "main")
        card = _card()
        card.setMaximumWidth(_FORM)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(10)
        column.addWidget(words.label("Join a command office", "page-title"))
        column.addWidget(
            words.label(
                "The office makes a code for this station on its page Stations. Type it here, or "
                "hold the office's QR code before a hand scanner. Without an office everything "
                "else works, and records wait here.",
                "soft",
                wrapped=True,
            )
        )
        for caption, line in (
            ("Address", self.address),
            ("Enrolment code", self.code),
            ("Fingerprint", self.fingerprint),
        ):
            column.addWidget(words.label(caption, "small"))
            column.addWidget(line)
            line.returnPressed.connect(self.enrol)
        column.addSpacing(6)
        column.addWidget(self.join)
        return _on_top(card)

    def enrol(self) -> None:
        """Join the hub that was typed."""
        lines = (self.address, self.code, self.fingerprint)
        empty = next((each for each in lines if not each.text().strip()), None)
        if empty is not None:
            empty.setFocus()
        elif self.link is not None and self.join.isEnabled():
            if not self._office.allows(Right.SETTINGS, self._failed):
                return
            self.join.setEnabled(False)
            invited = Invitation(*(each.text().strip() for each in lines))
            say = self._look.translate
            self.link.enrol(invited, self._office.settings, self._joined, self._failed, say)

    def invite(self, invited: Invitation) -> None:
        """A scanned code fills the form; joining is still the officer's own act."""
        parts = (invited.url, invited.code, invited.fingerprint)
        for line, text in zip((self.address, self.code, self.fingerprint), parts, strict=True):
            line.setText(text)
        self.join.setFocus()

    def _joined(self, name: str) -> None:
        self.join.setEnabled(True)
        self._tell(self._words.say("Enrolled as {name}", name=name), Tone.PASS)

    # -- how it stands

    def _standing(self) -> QWidget:
        words = self._words
        self.name, self.state = label("page-title"), label("soft")
        self.state.setWordWrap(True)
        self.problem = label("strong")
        self.problem.setWordWrap(True)
        self.figures = {key: label("page-title") for key in ("pending", "sent", "refused")}
        self.send = words.button("Send now", self.send_now, "main")
        self.save = words.button("Write to USB…", self._ask_save)
        self.take = words.button("Take from USB…", self._ask_take)
        self.lists, self.refused = ListsTable(self._look, self), RefusedTable(self._look, self)
        words.name(self.lists, "Lists from the office")
        words.name(self.refused, "Records set aside")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._head())
        tables = QHBoxLayout()
        tables.setSpacing(12)
        for caption, table, share in (
            ("Lists from the office", self.lists, 5),
            ("Records set aside", self.refused, 3),
        ):
            card = _card()
            inside = QVBoxLayout(card)
            inside.setContentsMargins(14, 12, 14, 12)
            inside.addWidget(words.label(caption, "title"))
            inside.addWidget(table, 1)
            tables.addWidget(card, share)
        column.addLayout(tables, 1)
        return page

    def _head(self) -> QFrame:
        card = _card()
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(6)
        column.addWidget(self.name)
        column.addWidget(self.state)
        column.addWidget(self.problem)
        grid = QGridLayout()
        grid.setHorizontalSpacing(40)
        for place, (key, caption) in enumerate(
            (("pending", "Waiting"), ("sent", "Sent"), ("refused", "Set aside by the hub"))
        ):
            grid.addWidget(self.figures[key], 0, place)
            grid.addWidget(self._words.label(caption, "small"), 1, place)
        row = QHBoxLayout()
        row.addLayout(grid)
        row.addStretch(1)
        for button in (self.take, self.save, self.send):
            row.addWidget(button)
        column.addLayout(row)
        return card

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self.link is not None:
            self.show_view(self.link.view)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        if not self._view.enrolled:
            self.address.setFocus()

    def show_view(self, view: HubView) -> None:
        """Show how the exchange stands."""
        self._view = view
        self._stack.setCurrentIndex(1 if view.enrolled else 0)
        self.join.setEnabled(not view.busy)
        self.send.setEnabled(not view.busy)
        self.name.setText(f"{view.name}  ·  {view.url}")
        self.state.setText(self._sentence(view))
        self.figures["pending"].setText(f"{view.pending:,}")
        self.figures["sent"].setText(f"{view.sent:,}")
        self.figures["refused"].setText(f"{len(view.refused):,}")
        problem = "\n".join(refused_lists(view.lists, self._look.translate))
        tell(self.problem, problem, Tone.STOP)
        self.lists.show_lists(view.lists, self._now())
        self.refused.show_refused(view.refused)

    def _sentence(self, view: HubView) -> str:
        wrong = trouble(view, self._look.translate)
        if view.busy:
            return self._words.say("Exchanging with the hub…")
        if wrong:
            return wrong
        if view.last_contact is None:
            return self._words.say("Not in contact yet")
        at = view.last_contact.astimezone(self._now().tzinfo)
        return self._words.say("Last contact {time}", time=f"{at:%m-%d %H:%M:%S}")

    # -- hands

    def send_now(self) -> None:
        """Exchange at once."""
        if self.link is not None:
            self.link.hurry()

    def _ask_save(self) -> None:
        name = f"{self._now():%Y%m%d-%H%M}-{self._view.name}.{FILE_ENDING}"
        dialog = self._dialog("Write to USB…", QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(FILE_ENDING)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self.write_file(Path(chosen)))
        dialog.open()

    def _ask_take(self) -> None:
        dialog = self._dialog("Take from USB…", QFileDialog.AcceptMode.AcceptOpen)
        dialog.fileSelected.connect(lambda chosen: self.take_file(Path(chosen)))
        dialog.open()

    def _dialog(self, caption: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self.window(), self._words.say(caption))
        dialog.setAcceptMode(mode)
        dialog.setNameFilter(f"*.{FILE_ENDING}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def write_file(self, target: Path) -> None:
        """Write what waits to a file that only the hub can read."""

        def written(records: int) -> None:
            said = self._words.say(
                "{records} records written: {file}", records=records, file=target.name
            )
            self._tell(said, Tone.PASS)

        if self.link is not None:
            self.link.write_file(target, written, self._failed, self._look.translate)

    def take_file(self, source: Path) -> None:
        """Take a file of the hub."""

        def taken(lists: int) -> None:
            said = self._words.say("Taken: {lists} lists changed", lists=lists)
            self._tell(said, Tone.PASS)

        if self.link is not None:
            self.link.take_file(source, taken, self._failed, self._look.translate)

    def _failed(self, sentence: str) -> None:
        self.join.setEnabled(True)
        self._tell(sentence, Tone.STOP)

    def _tell(self, sentence: str, tone: Tone) -> None:
        self.strip.show_strips((Strip("sync", sentence, self._words.say("Close"), tone),))


def _card() -> QFrame:
    made = QFrame()
    made.setProperty("role", "card")
    return made


def _on_top(card: QWidget) -> QWidget:
    """A card in the upper left of its page."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return page
