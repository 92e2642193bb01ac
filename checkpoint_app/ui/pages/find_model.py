"""Found inspections as a table, without a window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from checkpoint_app.desk import Tone
from checkpoint_app.desk.finding import FoundLine, readings
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.choices import sign_icon

HEADINGS = (
    "Outcome",
    "Time",
    "Name",
    "Document number",
    "Plate",
    "Temperature",
    "Registered by",
)
SORT = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


def time_text(at: datetime, now: datetime, look: Look) -> str:
    """14:03 of today, else 11月22日 14:03; with the year where it is another one."""
    there = at.astimezone(now.tzinfo)
    if there.date() == now.date():
        return f"{there:%H:%M}"
    day = look.translate("{month}/{day}", month=there.month, day=there.day)
    year = f"{there.year} " if there.year != now.year else ""
    return f"{year}{day} {there:%H:%M}"


class FoundModel(QAbstractTableModel):
    """Rows of `FoundLine`, as `HEADINGS` say."""

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._now = look, now
        self._lines: list[FoundLine] = []
        self._icons: dict[Tone, QIcon] = {}
        look.changed.connect(self._restyle)

    def show_lines(self, lines: list[FoundLine]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> FoundLine:
        """The inspection in a row."""
        return self._lines[row]

    def _restyle(self) -> None:
        self._icons.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADINGS) - 1)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._lines)

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
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._texts(line)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return self._icon(line.tone)
        if role == SORT:
            return self._keys(line)[index.column()]
        return None

    def _texts(self, line: FoundLine) -> tuple[str, ...]:
        word = line.word
        if line.corrected and not line.void:
            word = self._look.translate("{word} (changed)", word=word)
        return (
            word,
            time_text(line.at, self._now(), self._look),
            line.name,
            line.number,
            line.plate,
            readings(line.temperatures),
            line.operator,
        )

    def _keys(self, line: FoundLine) -> tuple[object, ...]:
        hottest = max(line.temperatures, default=0.0)
        return (
            line.word,
            line.at.timestamp(),
            line.name,
            line.number,
            line.plate,
            hottest,
            line.operator,
        )

    def _icon(self, tone: Tone) -> QIcon:
        if tone not in self._icons:
            self._icons[tone] = sign_icon(self._look, tone, 18, 2.0)
        return self._icons[tone]
