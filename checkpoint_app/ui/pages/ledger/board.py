"""The board: a column a stage, a card a case; walked with the arrow keys, opened with Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.cases.lines import CaseLine
from checkpoint_app.domain.case import Stage
from checkpoint_app.i18n.cases import stage_word
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.when import time_text
from checkpoint_app.ui.paint import RIGHT, focus_ring, panel, width_of, words
from checkpoint_app.ui.shapes import paint_sign
from checkpoint_app.ui.widgets.labels import label

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole


class CardModel(QAbstractListModel):
    """The cards of one column."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[CaseLine] = []

    def show_lines(self, lines: list[CaseLine]) -> None:
        """Show these instead."""
        if lines == self.lines:
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "; ".join(filter(None, (line.title, line.why, line.awaits, line.late_text)))
        return None


class CardDelegate(QStyledItemDelegate):
    """Paints one card: who, why, with whom it lies, what it waits for and how late it is."""

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._now = look, now

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        metrics = self._look.metrics
        return QSize(120, int(metrics.text * 1.6 + metrics.small * 1.6 * 3 + 28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_LINE)
        painter.save()
        state = option.state
        rect = option.rect
        box = QRectF(rect).adjusted(3, 3, -3, -5)
        theme = self._look.theme
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        urgent = line.tone is Tone.STOP
        edge = theme.stop.colour if urgent else theme.line
        panel(painter, box, theme.accent_soft if chosen else theme.card, edge, 10)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, box, theme.accent, 10)
        self._paint_words(painter, box.adjusted(11, 8, -11, -8), line)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF, line: CaseLine) -> None:
        theme, metrics = self._look.theme, self._look.metrics
        high, low = metrics.text * 1.6, metrics.small * 1.6
        mark = QRectF(box.x(), box.y() + (high - 14) / 2, 14, 14)
        colour, ground = self._look.colour(line.tone), self._look.ground(line.tone)
        paint_sign(painter, line.tone, mark, colour, ground)
        when = time_text(line.opened_at, self._now(), self._look)
        room = width_of(when, metrics.small) + 6
        top = QRectF(box.x() + 20, box.y(), box.width() - 20, high)
        if room < top.width() * 0.55:
            words(painter, top, when, theme.soft, metrics.small, align=RIGHT)
            top.adjust(0, 0, -room, 0)
        words(painter, top, line.title, theme.ink, metrics.text, True)
        ink = theme.stop.colour if line.tone is Tone.STOP else theme.ink
        waits = " · ".join(filter(None, (line.awaits, line.late_text)))
        if width_of(waits, metrics.small, True) > box.width():
            waits = line.late_text or line.awaits
        lower = ((line.why, theme.soft, False), (line.unit, theme.soft, False), (waits, ink, True))
        y = box.y() + high + 2
        for text, tint, bold in lower:
            words(painter, QRectF(box.x(), y, box.width(), low), text, tint, metrics.small, bold)
            y += low


class Column(QListView):
    """One stage."""

    stepped = Signal(int)  # to the column at the left (-1) or right (1)
    chosen = Signal(object)  # CaseLine

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(look, now, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.clicked.connect(self._choose)
        restyle(self, role="board")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def begin(self) -> None:
        """Put the keyboard on this column."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.cards.lines[index.row()])


class Board(QWidget):
    """All stages beside each other. `chosen` opens a case."""

    chosen = Signal(object)  # CaseLine

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.columns: dict[Stage, Column] = {}
        self._names = {stage: label("strong") for stage in Stage}
        self._counts = {stage: label("soft") for stage in Stage}
        self._places: dict[Stage, QWidget] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 10, 8, 8)
        row.setSpacing(8)
        for stage in Stage:
            self.columns[stage] = column = Column(look, now, self)
            self._places[stage] = place = self._place(stage, column)
            row.addWidget(place, 1)
            column.chosen.connect(self.chosen)
            column.stepped.connect(lambda by, of=stage: self._step(of, by))
        look.changed.connect(self.retext)
        self.retext()

    def _place(self, stage: Stage, column: Column) -> QWidget:
        place = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 6, 0)
        head.addWidget(self._names[stage])
        head.addWidget(self._counts[stage])
        head.addStretch(1)
        inside = QVBoxLayout(place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(head)
        inside.addWidget(column, 1)
        return place

    def show_lines(self, lines: Sequence[CaseLine]) -> None:
        """Put every case into its column; withdrawn ones stand in the table only."""
        for stage, column in self.columns.items():
            own = [each for each in lines if each.stage is stage and not each.withdrawn]
            column.cards.show_lines(own)
            self._counts[stage].setText(str(len(own)))
            restyle(self._counts[stage], tone=str(_worst(own)))

    def show_closed(self, shown: bool) -> None:
        """Whether what is done with has its column."""
        self._places[Stage.CLOSED].setVisible(shown)

    def begin(self, case_id: UUID | None = None) -> None:
        """Put the keyboard on a case, else on the first one."""
        for column in self.columns.values():
            for row, line in enumerate(column.cards.lines):
                if case_id in (None, line.id):
                    column.setCurrentIndex(column.cards.index(row, 0))
                    column.begin()
                    return

    def _step(self, stage: Stage, by: int) -> None:
        stages = list(Stage)
        at = stages.index(stage) + by
        while 0 <= at < len(stages):
            column = self.columns[stages[at]]
            if column.cards.rowCount() and self._places[stages[at]].isVisible():
                self.columns[stage].clearSelection()
                column.begin()
                return
            at += by

    def retext(self) -> None:
        """The names of the stages, in the language of the moment."""
        for stage in Stage:
            name = stage_word(stage, self._look.translate)
            self._names[stage].setText(name)
            self.columns[stage].setAccessibleName(name)


def _worst(lines: Sequence[CaseLine]) -> Tone:
    return Tone.STOP if any(each.tone is Tone.STOP for each in lines) else Tone.IDLE
