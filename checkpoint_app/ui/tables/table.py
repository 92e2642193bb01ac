"""The table of a page: sorted by a press on a heading, opened by Enter, copied as it is shown."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkpoint_app.ui.tables.model import SORT, LineModel

ROW = 46
_NARROWEST = 56  # of a column, in pixels
_NARROW = 1000  # pixels of a table under which its spare columns are left out
_LEAST = 0.05  # of the width, for the last column
Line = TypeVar("Line")


class LineTable(QTableView, Generic[Line]):
    """In the order of the model until a heading is pressed. Escape is the page's."""

    def __init__(self, model: LineModel[Line], parent: QWidget, row: int = ROW) -> None:
        super().__init__(parent)
        self._lines, self._sorted = model, QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self._sorted.setSortRole(SORT)
        self._sorted.setFilterKeyColumn(-1)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._sorted)
        self._headings: list[str] = []
        self._shares: list[float] = []
        self._sharing = False
        self._look_plain(row)
        self._head()
        self._take_columns()
        model.modelReset.connect(self._take_columns)

    def _look_plain(self, row: int) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row)

    def _head(self) -> None:
        self.setSortingEnabled(True)
        self._sorted.sort(-1)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(_NARROWEST)
        header.sectionResized.connect(self._dragged)

    # -- the width

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._share()

    def _take_columns(self) -> None:
        headings = [each.heading for each in self._lines.columns]
        if headings != self._headings:
            whole = sum(each.share for each in self._lines.columns)
            self._headings = headings
            self._shares = [each.share / whole for each in self._lines.columns]
        self._share()

    def _share(self) -> None:
        """Every column its share of the width; the last one takes what is left."""
        room, columns = self.viewport().width(), self._lines.columns
        shown = [place for place, each in enumerate(columns) if room >= _NARROW or not each.spare]
        whole = sum(self._shares[place] for place in shown)
        self._sharing = True
        for place in range(len(columns)):
            self.setColumnHidden(place, place not in shown)
        for place in shown[:-1]:
            self.setColumnWidth(place, int(room * self._shares[place] / whole))
        self._fill()
        self._sharing = False

    def _fill(self) -> None:
        """The last column in view reaches to the edge."""
        shown = [place for place in range(len(self._shares)) if not self.isColumnHidden(place)]
        others = sum(self.columnWidth(place) for place in shown[:-1])
        for last in shown[-1:]:
            self.setColumnWidth(last, max(_NARROWEST, self.viewport().width() - others))

    def _dragged(self, column: int, before: int, after: int) -> None:
        """A column that was dragged keeps its share of the width."""
        if self._sharing or column >= len(self._shares):
            return
        others = sum(self._shares) - self._shares[column] - self._shares[-1]
        self._shares[column] = after / max(1, self.viewport().width())
        self._shares[-1] = max(_LEAST, 1.0 - others - self._shares[column])
        self._sharing = True
        self._fill()
        self._sharing = False

    # -- its lines

    def line(self, index: QModelIndex) -> Line:
        """The line at a place of the sorted table."""
        return self._lines.line(self._sorted.mapToSource(index).row())

    @property
    def current_line(self) -> Line | None:
        """The line that the keyboard is on."""
        index = self.currentIndex()
        return self.line(index) if index.isValid() else None

    def filter(self, text: str) -> None:
        """Keep the rows in which the text stands, in whichever column."""
        self._sorted.setFilterFixedString(text.strip())

    def begin(self, row: int | None = None) -> None:
        """Put the keyboard on this row of the model, else where it stood, else on the first."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if row is not None:
            self.selectRow(self._sorted.mapFromSource(self._lines.index(row, 0)).row())
        elif not self.currentIndex().isValid() and self._sorted.rowCount():
            self.selectRow(0)

    # -- keys

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
