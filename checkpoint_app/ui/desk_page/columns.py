"""The three columns of the desk: in front of the camera, the verdict, the day."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.ui.look import Look

EDGE = 14


class Columns(QWidget):
    """Lays the parts out; the widths follow the metrics."""

    def __init__(
        self,
        look: Look,
        left: tuple[QWidget, ...],
        middle: tuple[QWidget, ...],
        right: QWidget,
    ) -> None:
        super().__init__()
        self._look, self._right = look, right
        self._left, self._middle = QWidget(), QWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        row.setSpacing(EDGE)
        row.addWidget(self._left)
        row.addWidget(self._middle, 1)
        row.addWidget(right)
        self._boxes = [self._column(self._left, left), self._column(self._middle, middle)]
        self._boxes[0].setStretch(0, 10)
        self._boxes[0].setStretch(2, 11)
        self._boxes[1].setStretch(1, 1)
        look.changed.connect(self._measure)
        self._measure()

    @staticmethod
    def _column(place: QWidget, parts: tuple[QWidget, ...]) -> QVBoxLayout:
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            column.addWidget(part)
        return column

    def _measure(self) -> None:
        metrics = self._look.metrics
        self._left.setFixedWidth(metrics.left_column)
        self._right.setFixedWidth(metrics.right_column)
        for box in self._boxes:
            box.setSpacing(metrics.gap)

    def under(self, part: QWidget) -> QRect:
        """The rest of the middle column below one of its parts, in the parent's coordinates."""
        top = part.mapTo(self, QPoint(0, part.height())).y() + self._look.metrics.gap
        start = self._middle.mapTo(self, QPoint(0, 0))
        bottom = start.y() + self._middle.height()
        return QRect(start.x(), top, self._middle.width(), bottom - top)
