"""A plain table of texts: rows are chosen, nothing is edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from checkpoint_app.ui.pages.words import Words

_ROW = 46


class TextTable(QTableWidget):
    """Headings are messages; rows are texts. Copied as it is shown."""

    def __init__(self, words: Words, headings: Sequence[str], shares: Sequence[int]) -> None:
        super().__init__(0, len(headings))
        self._words, self._headings = words, headings
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, share in enumerate(shares):
            if share:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, share)
        words.follow(self._head)

    def _head(self) -> None:
        self.setHorizontalHeaderLabels([self._words.say(each) for each in self._headings])

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows, keeping the chosen place."""
        kept = self.chosen
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(row, column, item)
        if not kept or max(kept) >= len(rows):
            self.clearSelection()
            self.setCurrentCell(-1, -1)

    @property
    def chosen(self) -> list[int]:
        """The rows chosen, from the top."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        columns = range(self.columnCount())
        lines = (
            "\t".join(item.text() if (item := self.item(row, column)) else "" for column in columns)
            for row in self.chosen
        )
        QGuiApplication.clipboard().setText("\n".join(lines))
