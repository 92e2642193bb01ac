"""The table of found inspections: sorted, its columns dragged, its rows copied."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkpoint_app.desk.finding import FoundLine
from checkpoint_app.ui.pages.find_model import SORT, FoundModel

_SHARES = (160.0, 108.0, 112.0, 172.0, 108.0, 122.0, 92.0)  # of the width, a column each
ROW = 46


class FoundTable(QTableView):
    """Sorted by a press on a heading; copied as text, masked as it is shown."""

    def __init__(self, model: FoundModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines, self._sorted = model, QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self._sorted.setSortRole(SORT)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(60)
        header.sectionResized.connect(self._resized)
        self._shares, self._sharing = list(_SHARES), False
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._sharing, room = True, self.viewport().width()
        whole = sum(self._shares)
        for column, share in enumerate(self._shares[:-1]):
            self.setColumnWidth(column, int(room * share / whole))
        self._sharing = False

    def _resized(self, column: int, before: int, after: int) -> None:
        """A column that was dragged keeps its share of the width."""
        if not self._sharing and column < len(self._shares):
            self._shares[column] = after * sum(self._shares) / max(1, self.viewport().width())

    def line(self, index: QModelIndex) -> FoundLine:
        """The inspection at a place of the sorted table."""
        return self._lines.line(self._sorted.mapToSource(index).row())

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
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        columns = range(self._sorted.columnCount())
        text = "\n".join(
            "\t".join(str(self._sorted.index(row, column).data() or "") for column in columns)
            for row in sorted(rows)
        )
        QGuiApplication.clipboard().setText(text)
