"""Cases as a table: sorted by a press on a heading, copied as it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.cases.lines import CaseLine
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.find_model import time_text
from checkpoint_app.ui.widgets.choices import sign_icon

HEADINGS = (
    "Case number",
    "Stage",
    "Found at",
    "Name",
    "Plate",
    "Why",
    "Lies with",
    "Waits for",
    "Late",
)
_SHARES = (112.0, 92.0, 104.0, 84.0, 104.0, 170.0, 150.0, 120.0, 130.0)
SORT = Qt.ItemDataRole.UserRole
ROW = 46
Index = QModelIndex | QPersistentModelIndex


class CaseModel(QAbstractTableModel):
    """Rows of `CaseLine`, as `HEADINGS` say."""

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._now = look, now
        self._lines: list[CaseLine] = []
        self._icons: dict[Tone, QIcon] = {}
        look.changed.connect(self._restyle)

    def show_lines(self, lines: list[CaseLine]) -> None:
        """Show these instead."""
        if lines == self._lines:
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> CaseLine:
        """The case in a row."""
        return self._lines[row]

    def row_of(self, case_id: UUID) -> int | None:
        """Where a case stands."""
        return next((at for at, each in enumerate(self._lines) if each.id == case_id), None)

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
        line, column = self._lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._texts(line)[column]
        if role == SORT:
            return self._keys(line)[column]
        if role == Qt.ItemDataRole.DecorationRole and column == 1:
            return self._icon(line.tone)
        if line.late and column == len(HEADINGS) - 1:
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

    def _texts(self, line: CaseLine) -> tuple[str, ...]:
        found = time_text(line.opened_at, self._now(), self._look)
        return (
            line.label,
            line.stage_word,
            found,
            line.title,
            line.plate,
            line.why,
            line.unit,
            line.awaits,
            line.late_text,
        )

    def _keys(self, line: CaseLine) -> tuple[object, ...]:
        late = line.late.total_seconds() if line.late else 0.0
        stage = list(type(line.stage)).index(line.stage)
        return (
            line.label,
            stage,
            line.opened_at.timestamp(),
            line.title,
            line.plate,
            line.why,
            line.unit,
            line.awaits,
            late,
        )

    def _icon(self, tone: Tone) -> QIcon:
        if tone not in self._icons:
            self._icons[tone] = sign_icon(self._look, tone, 18, 2.0)
        return self._icons[tone]


class CaseTable(QTableView):
    """The order of urgency until a heading is pressed."""

    def __init__(self, model: CaseModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._cases, self._sorted = model, QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self._sorted.setSortRole(SORT)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        room, whole = self.viewport().width(), sum(_SHARES)
        for column, share in enumerate(_SHARES[:-1]):
            self.setColumnWidth(column, int(room * share / whole))

    def line(self, index: QModelIndex) -> CaseLine:
        """The case at a place of the sorted table."""
        return self._cases.line(self._sorted.mapToSource(index).row())

    def begin(self, case_id: UUID | None = None) -> None:
        """Put the keyboard on a case, else on the first one."""
        row = self._cases.row_of(case_id) if case_id else None
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        place = self._sorted.mapFromSource(self._cases.index(row or 0, 0))
        self.selectRow(max(0, place.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        columns = range(self._sorted.columnCount())
        text = "\n".join(
            "\t".join(str(self._sorted.index(row, column).data() or "") for column in columns)
            for row in rows
        )
        QGuiApplication.clipboard().setText(text)
