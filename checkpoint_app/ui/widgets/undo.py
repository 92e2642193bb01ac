"""撤销: for ten seconds after saving, with the seconds running down."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import cap_width, key_cap, panel, words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.painted import PaintedButton


class UndoChip(PaintedButton):
    """What was saved, and the way back while it is open. Hidden otherwise."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_left(self, seconds: float) -> None:
        """Show the seconds left; none or less hides the chip."""
        self.setVisible(seconds > 0)
        if seconds > 0:
            self.name(self.look.translate("Undo ({seconds} s)", seconds=ceil(seconds)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, TARGET)

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        theme, metrics = self.look.theme, self.look.metrics
        fill = theme.accent_soft if not self.isDown() else theme.background
        panel(painter, box, fill, theme.accent if self.hovered else None, self.radius)
        mark = icon("undo", 20, theme.accent, self.devicePixelRatioF())
        painter.drawPixmap(12, round(box.center().y()) - 10, mark)
        rest = box.adjusted(40, 0, -70, 0)
        words(painter, rest, self.caption, theme.accent, metrics.text, True)
        cap = cap_width("Ctrl Z", metrics.small - 1)
        place = QRectF(box.right() - cap - 12, box.y(), cap, box.height())
        key_cap(painter, place, "Ctrl Z", QColor(theme.accent), metrics.small - 1)
