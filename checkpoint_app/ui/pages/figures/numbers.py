"""The numbers of a chart as a table: read by screen readers, copied with Ctrl+C."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkpoint_app.domain.tally import Chart
from checkpoint_app.ui.look import Look

Index = QModelIndex | QPersistentModelIndex
_ROW = 32


class NumbersModel(QAbstractTableModel):
    """A label and a figure of every series in each row."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._chart: Chart | None = None

    def show_chart(self, chart: Chart | None) -> None:
        """Show another chart's numbers."""
        self.beginResetModel()
        self._chart = chart
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        inside = parent is not None and parent.isValid()
        return 0 if inside or self._chart is None else len(self._chart.labels)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if self._chart is None else 1 + len(self._chart.series)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._chart is None or way is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_aligned(section))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        series = self._chart.series
        message = self._chart.labelled if section == 0 else series[section - 1].heading
        return self._look.translate(message)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._chart is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_aligned(index.column()))
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if index.column():
            return self._chart.series[index.column() - 1].text(index.row())
        text = self._chart.labels[index.row()]
        return self._look.translate(text) if self._chart.words else text


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class NumbersTable(QTableView):
    """The table beside a chart."""

    def __init__(self, model: NumbersModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(56)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen rows, or all, on the clipboard, with the headings."""
        model = self.model()
        rows = sorted({each.row() for each in self.selectionModel().selectedRows()})
        columns = range(model.columnCount())
        way = Qt.Orientation.Horizontal
        lines = ["\t".join(str(model.headerData(each, way)) for each in columns)]
        for row in rows or range(model.rowCount()):
            lines.append("\t".join(str(model.index(row, each).data()) for each in columns))
        QGuiApplication.clipboard().setText("\n".join(lines))
