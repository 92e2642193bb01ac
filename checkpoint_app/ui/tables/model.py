"""Lines under columns, without a window: texts, what is sorted by, signs and alarms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QIcon

from checkpoint_app.desk import Tone
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.choices import sign_icon

SORT = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Line = TypeVar("Line")


@dataclass(frozen=True)
class Column(Generic[Line]):
    """One column. `heading` is a message, `share` its part of the width."""

    heading: str
    share: float
    text: Callable[[Line], str]
    key: Callable[[Line], object] | None = None  # what is sorted by; without it the text
    tone: Callable[[Line], Tone] | None = None  # the sign before the text
    alarm: Callable[[Line], bool] | None = None  # whether the text must be seen at once
    spare: bool = False  # whether it is left out while the table is narrow (a panel beside it)


class LineModel(QAbstractTableModel, Generic[Line]):
    """The lines of a table in the order in which they were given."""

    def __init__(self, look: Look, columns: Sequence[Column[Line]], parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self.columns, self.lines = list(columns), list[Line]()
        self._icons: dict[Tone, QIcon] = {}
        look.changed.connect(self._restyle)

    def show_lines(
        self, lines: Sequence[Line], columns: Sequence[Column[Line]] | None = None
    ) -> None:
        """Show these instead, under other columns if there are any."""
        if columns is None and lines == self.lines:
            return
        self.beginResetModel()
        self.lines = list(lines)
        self.columns = self.columns if columns is None else list(columns)
        self.endResetModel()

    def put(self, row: int, line: Line) -> None:
        """Another line in a row's place."""
        self.lines[row] = line
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def line(self, row: int) -> Line:
        """The line in a row."""
        return self.lines[row]

    def row_where(self, fits: Callable[[Line], bool]) -> int | None:
        """Where the first line stands that fits."""
        return next((row for row, line in enumerate(self.lines) if fits(line)), None)

    def _restyle(self) -> None:
        self._icons.clear()
        last = len(self.columns) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, last))

    # -- what Qt asks

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.translate(self.columns[section].heading)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.text(line)
        if role == SORT:
            return column.key(line) if column.key is not None else column.text(line)
        if role == Qt.ItemDataRole.DecorationRole and column.tone is not None:
            return self._icon(column.tone(line))
        if column.alarm is not None and column.alarm(line):
            return self._alarm(role)
        return None

    def _alarm(self, role: int) -> object:
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._look.theme.stop.colour)
        if role == Qt.ItemDataRole.FontRole:
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def _icon(self, tone: Tone) -> QIcon:
        if tone not in self._icons:
            self._icons[tone] = sign_icon(self._look, tone, 18, 2.0)
        return self._icons[tone]
