"""The day's vehicles and gate-runners as tables, without a window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from checkpoint_app.desk import Tone
from checkpoint_app.desk.gate.book import VehicleLine, runner_word
from checkpoint_app.domain.masking import mask_plate
from checkpoint_app.domain.runner import Runner
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.find_model import SORT, time_text
from checkpoint_app.ui.widgets.choices import sign_icon

Index = QModelIndex | QPersistentModelIndex
VEHICLES = (
    "Outcome",
    "Time",
    "Plate",
    "Kind of vehicle",
    "Passengers",
    "People turned back",
    "Registered by",
)
RUNNERS = ("What happened", "Time", "Plate", "Pictures", "What is known", "Registered by")
Row = tuple[Tone, tuple[str, ...], tuple[object, ...]]  # sign, texts, what is sorted by


class LinesModel(QAbstractTableModel):
    """Rows of text under headings; the first column carries the sign."""

    def __init__(self, look: Look, headings: tuple[str, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._headings = look, headings
        self._rows: list[Row] = []
        self._icons: dict[Tone, QIcon] = {}
        look.changed.connect(self._restyle)

    def show_rows(self, rows: list[Row]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _restyle(self) -> None:
        self._icons.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._headings) - 1)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return len(self._headings)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.translate(self._headings[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        tone, texts, keys = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return texts[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return texts[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            if tone not in self._icons:
                self._icons[tone] = sign_icon(self._look, tone, 16, 1.0)
            return self._icons[tone]
        return keys[index.column()] if role == SORT else None


def vehicle_row(line: VehicleLine, now: datetime, look: Look) -> Row:
    """One vehicle as a row."""
    back = str(line.turned_back) if line.turned_back else ""
    texts = (
        line.word,
        time_text(line.at, now, look),
        line.plate,
        line.kind,
        str(line.people),
        back,
        line.operator,
    )
    keys = (
        line.word,
        line.at.timestamp(),
        line.plate,
        line.kind,
        line.people,
        line.turned_back,
        line.operator,
    )
    return (Tone.IDLE if line.void else line.tone), texts, keys


def runner_row(runner: Runner, now: datetime, look: Look) -> Row:
    """One gate-runner as a row."""
    word = runner_word(runner.kind, look.translate)
    if runner.void:
        word = look.translate("Taken back")
    texts = (
        word,
        time_text(runner.at, now, look),
        mask_plate(runner.plate) if runner.plate else "",
        str(runner.pictures),
        runner.note or "",
        runner.operator,
    )
    keys = (word, runner.at.timestamp(), runner.plate or "", runner.pictures, *texts[4:])
    return (Tone.IDLE if runner.void else Tone.STOP), texts, keys
