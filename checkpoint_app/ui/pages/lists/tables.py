"""Lists as tables: pushed persons with their state, and the entries of the other lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.lists.lines import WorkLine
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.choices import sign_icon

WORK = (
    "State of the check",
    "Name",
    "Document or plate",
    "Phone",
    "Source",
    "Time to check",
    "Met here",
    "Remark",
)
COLUMNS: dict[ListKind, tuple[str, ...]] = {
    ListKind.WATCH: WORK,
    ListKind.RISK: ("Division code", "Area", "Level", "Counts from", "Counts until"),
    ListKind.ROSTER: (
        "Name",
        "Staff or pupil number",
        "Department or class",
        "Post held",
        "Document number",
        "Phone",
        "Test at least every",
    ),
    ListKind.RETURNEE: (
        "Name",
        "Document number",
        "Comes from",
        "Arrives",
        "Place of entry",
        "Transport",
        "Receiving unit",
    ),
}
_SHARES: dict[ListKind, tuple[float, ...]] = {
    ListKind.WATCH: (150, 92, 176, 124, 150, 124, 120, 150),
    ListKind.RISK: (150, 300, 150, 130, 130),
    ListKind.ROSTER: (100, 130, 140, 120, 180, 130, 120),
    ListKind.RETURNEE: (90, 150, 110, 130, 120, 120, 180),
}
SORT = Qt.ItemDataRole.UserRole
ROW = 46
Index = QModelIndex | QPersistentModelIndex


class ListModel(QAbstractTableModel):
    """Rows of cells under the headings of one kind of list; pushed persons carry their line."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self.kind = ListKind.WATCH
        self._rows: list[tuple[str, ...]] = []
        self.lines: list[WorkLine] = []
        self._icons: dict[Tone, QIcon] = {}
        look.changed.connect(self._icons.clear)

    def show_work(self, lines: Sequence[WorkLine]) -> None:
        """Pushed persons."""
        self.beginResetModel()
        self.kind, self.lines = ListKind.WATCH, list(lines)
        self._rows = [_cells(each) for each in lines]
        self.endResetModel()

    def show_cells(self, kind: ListKind, rows: Sequence[tuple[str, ...]]) -> None:
        """Entries of another kind of list."""
        self.beginResetModel()
        self.kind, self.lines, self._rows = kind, [], list(rows)
        self.endResetModel()

    def put(self, line: WorkLine) -> None:
        """One person's line as it is now."""
        for place, each in enumerate(self.lines):
            same = (each.row.list, each.row.number) == (line.row.list, line.row.number)
            if same:
                self.lines[place], self._rows[place] = line, _cells(line)
                last = self.columnCount() - 1
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def cells(self, row: int) -> tuple[str, ...]:
        """The texts of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return len(COLUMNS[self.kind])

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.translate(COLUMNS[self.kind][section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._rows[row][column]
        line = self.lines[row] if self.lines else None
        if role == SORT:
            return self._key(row, column, line)
        if line is not None and role == Qt.ItemDataRole.DecorationRole and column == 0:
            return self._icon(line.tone)
        late = line is not None and line.late and column == WORK.index("Time to check")
        if late and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._look.theme.stop.colour)
        return None

    def _key(self, row: int, column: int, line: WorkLine | None) -> object:
        if line is None:
            return self._rows[row][column]
        if column == 0:
            return list(type(line.row.state)).index(line.row.state)
        if column == WORK.index("Time to check"):
            return line.row.due.timestamp()
        return self._rows[row][column]

    def _icon(self, tone: Tone) -> QIcon:
        if tone not in self._icons:
            self._icons[tone] = sign_icon(self._look, tone, 18, 2.0)
        return self._icons[tone]


def _cells(line: WorkLine) -> tuple[str, ...]:
    return (
        line.state,
        line.name,
        line.number,
        line.phone,
        line.source,
        line.due,
        line.found,
        line.note,
    )


class ListTable(QTableView):
    """Sorted by a press on a heading; a letter or digit goes to `typed`, for the state of a row."""

    def __init__(self, model: ListModel, typed: Callable[[str], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._list, self._typed = model, typed
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self._sorted.setSortRole(SORT)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)
        model.modelReset.connect(self._unsort)
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

    def _unsort(self) -> None:
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        shares, room = _SHARES[self._list.kind], self.viewport().width()
        for column, share in enumerate(shares[:-1]):
            self.setColumnWidth(column, int(room * share / sum(shares)))

    def current_row(self) -> int | None:
        """The row that the keyboard is on, in the order of the model."""
        index = self.currentIndex()
        return self._sorted.mapToSource(index).row() if index.isValid() else None

    def begin(self) -> None:
        """Put the keyboard on the first row, unless it stands on one."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid() and self._sorted.rowCount():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Undo):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
        elif not (event.text() and self._typed(event.text())):
            super().keyPressEvent(event)

    def _copy(self) -> None:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        columns = range(self._sorted.columnCount())
        text = "\n".join(
            "\t".join(str(self._sorted.index(row, column).data() or "") for column in columns)
            for row in rows
        )
        QGuiApplication.clipboard().setText(text)
