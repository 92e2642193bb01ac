"""Today at the side: counts, the newest inspections, and ten seconds to take the last one back."""

from __future__ import annotations

from datetime import datetime

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
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import DayLine, Tone
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import RIGHT, fitting, panel, width_of, words
from checkpoint_app.ui.shapes import paint_sign
from checkpoint_app.ui.theme import SCROLL_BAR
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.undo import UndoChip

LINE_ROLE = Qt.ItemDataRole.UserRole
_SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)
Index = QModelIndex | QPersistentModelIndex
GROUPS = (
    ("Checked", Tone.IDLE, frozenset(Outcome)),
    ("Passed", Tone.PASS, frozenset({Outcome.PASS})),
    ("Registered", Tone.ATTENTION, frozenset({Outcome.REGISTER})),
    ("Abnormal", Tone.STOP, frozenset(Outcome) - {Outcome.PASS, Outcome.REGISTER}),
)


class DayModel(QAbstractListModel):
    """The day's lines, newest first; one new line on top is told to the view as just that."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[DayLine, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in _SPOKEN:
            return f"{line.at:%H:%M} {line.title} {line.detail} {line.word}"
        return None

    def show_lines(self, lines: tuple[DayLine, ...]) -> None:
        """Show these lines, newest first."""
        if lines == self._lines:
            return
        if lines[1:] == self._lines and lines:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self._lines = lines
            self.endInsertRows()
        elif len(lines) == len(self._lines):
            self._lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
        else:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()


class DayDelegate(QStyledItemDelegate):
    """Paints one line: sign, time, who, outcome."""

    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look, self._view = look, parent

    @property
    def _free(self) -> int:
        """The scroll bar's place, kept free while there is none."""
        return 0 if self._view.verticalScrollBar().isVisible() else SCROLL_BAR

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        return QSize(100, self._look.metrics.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: DayLine = index.data(LINE_ROLE)
        box = QRectF(option.rect).adjusted(0, 0, -self._free, 0)
        painter.save()
        painter.setPen(QPen(QColor(self._look.theme.line), 1))
        painter.drawLine(box.topLeft(), box.topRight())
        self._paint_sign(painter, box, line)
        self._paint_words(painter, box.adjusted(22, 0, 0, 0), line)
        painter.restore()

    def _paint_sign(self, painter: QPainter, box: QRectF, line: DayLine) -> None:
        sign = QRectF(box.x() + 1, box.center().y() - 6.5, 13, 13)
        paint_sign(painter, line.tone, sign, self._look.colour(line.tone))

    def _paint_words(self, painter: QPainter, box: QRectF, line: DayLine) -> None:
        theme, metrics = self._look.theme, self._look.metrics
        stamp = width_of("00:00", metrics.small) + 9
        words(painter, box, f"{line.at:%H:%M}", theme.soft, metrics.small)
        word = f"{line.word} …" if line.saving else line.word
        if line.corrected:
            word = self._look.translate("{word} (changed)", word=word)
        colour = theme.stop.colour if line.tone is Tone.STOP else theme.soft
        most = box.width() * 0.46
        taken = min(width_of(word, metrics.small), most)
        end = QRectF(box.right() - taken, box.y(), taken, box.height())
        words(painter, end, word, colour, metrics.small, align=RIGHT)
        middle = box.adjusted(stamp, 0, -taken - 8, 0)
        used = words(painter, middle, line.title, theme.ink, metrics.text)
        rest = middle.adjusted(used + 6, 0, 0, 0)
        if rest.width() > 20:
            size = fitting(line.detail, rest.width(), metrics.small, least=10)
            words(painter, rest, line.detail, theme.soft, size)


class Total(QWidget):
    """A figure of the day with its word."""

    def __init__(self, look: Look, message: str, tone: Tone) -> None:
        super().__init__()
        self._look, self._message, self._tone = look, message, tone
        self._value = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_value(self, value: int) -> None:
        """Show a count."""
        self._value = value
        self.setAccessibleName(f"{self._look.translate(self._message)} {value}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(56, int(self._look.metrics.figure * 2.9))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        theme, metrics = self._look.theme, self._look.metrics
        box = QRectF(self.rect())
        panel(painter, box, theme.background, None, 9)
        inner = box.adjusted(8, 5, -4, -5)
        colour = theme.ink if self._tone is Tone.IDLE else theme.sign(self._tone).colour
        half = inner.height() * 0.56
        top = QRectF(inner.x(), inner.y(), inner.width(), half)
        text = f"{self._value}"
        words(painter, top, text, colour, fitting(text, inner.width(), metrics.figure, True), True)
        below = QRectF(inner.x(), inner.y() + half, inner.width(), inner.height() - half)
        caption = self._look.translate(self._message)
        words(
            painter,
            below,
            caption,
            theme.soft,
            fitting(caption, inner.width(), metrics.small, least=9),
        )
        painter.end()


class DayCard(QFrame):
    """The day's card."""

    undone = Signal()
    opened = Signal(object)  # UUID of a line that was pressed

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._look = look
        self._title = label("title")
        self._totals = [Total(look, message, tone) for message, tone, _ in GROUPS]
        self.undo = UndoChip(look)
        self.undo.clicked.connect(self.undone)
        self.model = DayModel(self)
        self.view = self._make_view()
        self._empty = label("small")
        self._empty.setWordWrap(True)
        self._lay_out()
        look.changed.connect(self.view.reset)

    def _make_view(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(DayDelegate(self._look, view))
        view.setUniformItemSizes(True)
        view.setSelectionMode(QListView.SelectionMode.NoSelection)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        view.clicked.connect(lambda index: self.opened.emit(index.data(LINE_ROLE).id))
        return view

    def _lay_out(self) -> None:
        totals = QHBoxLayout()
        totals.setSpacing(6)
        totals.setContentsMargins(0, 0, SCROLL_BAR, 0)
        for total in self._totals:
            totals.addWidget(total, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16 - SCROLL_BAR, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(totals)
        undo = QHBoxLayout()
        undo.setContentsMargins(0, 0, SCROLL_BAR, 0)
        undo.addWidget(self.undo)
        column.addLayout(undo)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)

    def show_day(
        self, lines: tuple[DayLine, ...], counts: tuple[tuple[Outcome, int], ...], now: datetime
    ) -> None:
        """Show the day's lines and counts."""
        translate = self._look.translate
        self._title.setText(translate("Today, {month}/{day}", month=now.month, day=now.day))
        by_outcome = dict(counts)
        for total, (_, _, outcomes) in zip(self._totals, GROUPS, strict=True):
            total.show_value(sum(by_outcome.get(each, 0) for each in outcomes))
        self.model.show_lines(lines)
        self._empty.setText(translate("Nobody yet. Whoever is confirmed is listed here."))
        self._empty.setVisible(not lines)
        self.view.setAccessibleName(translate("Today's inspections"))
