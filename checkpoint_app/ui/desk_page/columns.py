"""The three columns of the desk: in front of the camera, the verdict, the day."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.ui.look import Look

EDGE = 14
LEAST_MIDDLE = 460  # pixels; in a narrow window the side columns give way
MOST_GIVEN = 200  # by both of them


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
        self.left, self._middle = QWidget(), QWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        row.setSpacing(EDGE)
        row.addWidget(self.left)
        row.addWidget(self._middle, 1)
        row.addWidget(right)
        self._boxes = [self._column(self.left, left), self._column(self._middle, middle)]
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
        short = max(
            0, LEAST_MIDDLE - (self.width() - 4 * EDGE - metrics.left_column - metrics.right_column)
        )
        short = min(short, MOST_GIVEN)
        self.left.setFixedWidth(metrics.left_column - round(short * 0.7))
        self._right.setFixedWidth(metrics.right_column - round(short * 0.3))
        for box in self._boxes:
            box.setSpacing(metrics.gap)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._measure()

    @property
    def middle(self) -> QWidget:
        """The column of the verdict."""
        return self._middle

    def middle_height(self) -> int:
        """Height of the columns in pixels, known before they are laid out."""
        return self.height() - 2 * EDGE

    def right_of_left(self) -> QRect:
        """The middle and the right column together, in the parent's coordinates."""
        start = self._middle.pos()
        return QRect(
            start, QPoint(self._right.geometry().right(), start.y() + self.middle_height())
        )
