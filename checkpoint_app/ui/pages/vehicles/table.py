"""A table of the page: sorted by a press on a heading, opened by Enter or a press, copied."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkpoint_app.ui.pages.find_model import SORT
from checkpoint_app.ui.pages.vehicles.model import LinesModel

ROW = 46


class LinesTable(QTableView):
    """Filtered as one types, every column at once."""

    def __init__(self, model: LinesModel, shares: tuple[int, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._shares = shares
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(model)
        self.sorted.setSortRole(SORT)
        self.sorted.setFilterKeyColumn(-1)
        self.sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self.sorted)
        self.setSortingEnabled(True)
        self.sorted.sort(-1)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(56)

    def source_row(self, index: QModelIndex) -> int:
        """The row of the model at a place of the sorted table."""
        return self.sorted.mapToSource(index).row()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        room, whole = self.viewport().width(), sum(self._shares)
        for column, share in enumerate(self._shares[:-1]):
            self.setColumnWidth(column, room * share // whole)

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
        columns = range(self.sorted.columnCount())
        text = "\n".join(
            "\t".join(str(self.sorted.index(row, column).data() or "") for column in columns)
            for row in sorted(rows)
        )
        QGuiApplication.clipboard().setText(text)
