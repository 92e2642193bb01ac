"""A round button over a picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import panel
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.painted import PaintedButton

_GROUND = QColor(0, 0, 0, 150)


class CornerButton(PaintedButton):
    """As quiet as may be on a picture; as large as a glove needs."""

    radius = 16

    def __init__(self, look: Look, drawing: str, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._drawing = drawing
        self.setFixedSize(TARGET, TARGET)

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        plate = QRectF(0, 0, 32, 32)
        plate.moveCenter(box.center())
        panel(painter, plate, _GROUND, None, self.radius)
        mark = icon(self._drawing, 18, "#FFFFFF", self.devicePixelRatioF())
        painter.drawPixmap(QPointF(box.center().x() - 9, box.center().y() - 9), mark)
