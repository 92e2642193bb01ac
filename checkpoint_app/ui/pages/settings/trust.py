"""Trust lists: what is imported, how old it is, and taking new files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from checkpoint_app.desk import Tone
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.trusting import Imported
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.store.station import TrustListInfo
from checkpoint_app.store.trust import OFFICE
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import Change, Group, buttons, tell
from checkpoint_app.ui.tables import Column, LineModel, LineTable

KINDS = {
    "dcc_gateway": "EU certificates (gateway)",
    "dcc_kid_map": "EU certificates (keys)",
    "jwks": "SMART Health Cards (keys)",
    "shc_directory": "SMART Health Cards (directory)",
    "csca": "Travel documents (CSCA)",
    "crl": "Revocations (CRL)",
    "site_keys": "Site passes",
}
ROW = 44


class TrustGroup(Group):
    """`imported` after lists were taken: what is judged by them changes."""

    imported = Signal()

    def __init__(
        self, look: Look, office: Office, change: Change, now: Callable[[], datetime]
    ) -> None:
        super().__init__(look, office, change)
        card = self.card(
            "Trust lists", "Signed codes are proved by these lists; too old ones prove nothing."
        )
        self._look, self._now = look, now
        self.model = LineModel(look, self._columns(), self)
        self.table = LineTable(self.model, self, ROW)
        self._words.name(self.table, "Trust lists")
        self.answer = self.result()
        self.take = self._words.button("Import files…", self._browse, "main")
        self.wide(card, self.table)
        self.wide(card, buttons(self.take))
        self.wide(card, self.answer)
        self.end()
        look.changed.connect(self.opened)

    def _columns(self) -> tuple[Column[TrustListInfo], ...]:
        say = self._words.say
        return (
            Column("Kind", 24, lambda held: say(KINDS.get(held.kind, held.kind))),
            Column("Source", 34, self._source),
            Column("Entries", 12, lambda held: str(held.entries), lambda held: held.entries),
            Column("Dated", 14, self._dated),
            Column("Age", 18, self._age, lambda held: -held.dated.timestamp(), self._tone),
        )

    def _source(self, held: TrustListInfo) -> str:
        name = held.source.removeprefix(OFFICE)
        offices = name != held.source
        return self._words.say("Handed down: {name}", name=name) if offices else name

    def _dated(self, held: TrustListInfo) -> str:
        return f"{held.dated.astimezone(self._now().tzinfo):%Y-%m-%d}"

    def _age(self, held: TrustListInfo) -> str:
        days = max(0, (self._now() - held.dated).days)
        return self._words.say(
            "{days} days, too old" if self._old(held) else "{days} days", days=days
        )

    def _tone(self, held: TrustListInfo) -> Tone:
        """Too old ones carry the sign of attention."""
        return Tone.ATTENTION if self._old(held) else Tone.PASS

    def _old(self, held: TrustListInfo) -> bool:
        return self._now() - held.dated > timedelta(days=self._office.settings.trust_valid_days)

    def opened(self) -> None:
        """Fetch what is imported."""
        self._office.trust_lists(self._show, lambda said: tell(self.answer, said, Tone.STOP))

    def _show(self, lists: list[TrustListInfo]) -> None:
        self.model.show_lines(lists)
        self.table.setFixedHeight(min(8, max(2, len(lists))) * ROW + 50)
        if not lists and self.answer.isHidden():
            say = self._words.say("Nothing imported yet. Import the files of your health office.")
            tell(self.answer, say, Tone.ATTENTION)

    def _browse(self) -> None:
        dialog = QFileDialog(self.window(), self._words.say("Import files…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda chosen: self.import_files([Path(f) for f in chosen]))
        dialog.open()

    def import_files(self, files: list[Path]) -> None:
        """Take files; each that is refused is named with the reason."""
        if not files:
            return
        self.take.setEnabled(False)
        tell(self.answer, self._words.say("Reading {count} files…", count=len(files)), Tone.IDLE)
        self._office.import_trust(files, self._answered, self._failed)

    def _answered(self, answers: list[Imported]) -> None:
        self.take.setEnabled(True)
        taken = [each for each in answers if each.info is not None]
        refused = [each for each in answers if each.info is None]
        entries = sum(each.info.entries for each in taken if each.info is not None)
        lines = []
        if taken:
            lines.append(
                self._words.say(
                    "{count} files taken, {entries} entries", count=len(taken), entries=entries
                )
            )
        for each in refused:
            why = fault_text(each.refused or "malformed", self._look.translate)
            lines.append(
                self._words.say("Refused: {file}. {why}", file=Path(each.file).name, why=why)
            )
        bad = Tone.ATTENTION if taken else Tone.STOP
        tell(self.answer, "\n".join(lines), bad if refused else Tone.PASS)
        if taken:
            self.imported.emit()
        self.opened()

    def _failed(self, sentence: str) -> None:
        self.take.setEnabled(True)
        tell(self.answer, sentence, Tone.STOP)
