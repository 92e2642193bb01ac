"""Trust lists: what is imported, how old it is, and taking new files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QTableView

from checkpoint_app.desk import Tone
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.trusting import Imported
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.store.station import TrustListInfo
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import Change, Group, buttons, tell
from checkpoint_app.ui.widgets.choices import sign_icon

KINDS = {
    "dcc_gateway": "EU certificates (gateway)",
    "dcc_kid_map": "EU certificates (keys)",
    "jwks": "SMART Health Cards (keys)",
    "shc_directory": "SMART Health Cards (directory)",
    "csca": "Travel documents (CSCA)",
    "crl": "Revocations (CRL)",
    "site_keys": "Site passes",
}
HEADINGS = ("Kind", "Source", "Entries", "Dated", "Age")
_SOURCE, _AGE = 1, 4  # columns
ROW = 44
Index = QModelIndex | QPersistentModelIndex


class TrustModel(QAbstractTableModel):
    """Imported lists as rows; too old ones carry the sign of attention."""

    def __init__(
        self, look: Look, office: Office, now: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._look, self._office, self._now = look, office, now
        self._lists: list[TrustListInfo] = []

    def show_lists(self, lists: list[TrustListInfo]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._lists = lists
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._lists)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return len(HEADINGS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.translate(HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        info = self._lists[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._texts(info)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _AGE:
            tone = Tone.ATTENTION if self._old(info) else Tone.PASS
            return sign_icon(self._look, tone, 16, 2.0)
        return None

    def _old(self, info: TrustListInfo) -> bool:
        return self._now() - info.dated > timedelta(days=self._office.settings.trust_valid_days)

    def _texts(self, info: TrustListInfo) -> tuple[str, ...]:
        say = self._look.translate
        days = max(0, (self._now() - info.dated).days)
        age = say("{days} days, too old" if self._old(info) else "{days} days", days=days)
        dated = info.dated.astimezone(self._now().tzinfo)
        kind = say(KINDS.get(info.kind, info.kind))
        return (kind, info.source, str(info.entries), f"{dated:%Y-%m-%d}", age)


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
        self.model = TrustModel(look, office, now, self)
        self.table = _table(self.model)
        self._words.name(self.table, "Trust lists")
        self.answer = self.result()
        self.take = self._words.button("Import files…", self._browse, "main")
        self.wide(card, self.table)
        self.wide(card, buttons(self.take))
        self.wide(card, self.answer)
        self.end()
        look.changed.connect(self.opened)

    def opened(self) -> None:
        """Fetch what is imported."""
        self._office.trust_lists(self._show, lambda said: tell(self.answer, said, Tone.STOP))

    def _show(self, lists: list[TrustListInfo]) -> None:
        self.model.show_lists(lists)
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


def _table(model: TrustModel) -> QTableView:
    made = QTableView()
    made.setModel(model)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setShowGrid(False)
    made.setTabKeyNavigation(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(ROW)
    made.horizontalHeader().setHighlightSections(False)
    made.setWordWrap(False)
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    made.horizontalHeader().setSectionResizeMode(_SOURCE, QHeaderView.ResizeMode.Stretch)
    return made
