"""The open vehicle over the verdict: which, how many are through, and the keys that end it.

Hidden while no vehicle is open, so that the ordinary desk stays as it is.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from checkpoint_app.desk.gate.view import VehicleView
from checkpoint_app.domain.passage import VehicleUse
from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import fitting, panel, width_of, words
from checkpoint_app.ui.widgets.actions import ActionButton
from checkpoint_app.ui.widgets.painted import PaintedButton

_HEIGHT = {"compact": 64, "roomy": 80}
_BUTTON = {"compact": 122, "roomy": 158}  # a longer caption takes two lines
_INSET = 6


class VehicleFace(PaintedButton):
    """Plate, kind and count in two lines; a press opens the plate again."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view: VehicleView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_view(self, view: VehicleView) -> None:
        """Show this vehicle."""
        self._view = view
        parts = (view.plate, view.kind, view.count, view.detail)
        text = " ".join(part for part in parts if part)
        self.name(text)
        self.setToolTip(text)
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(150, 44)

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        if self._view is None:
            return
        theme, metrics, view = self.look.theme, self.look.metrics, self._view
        if self.hovered:
            panel(painter, box, theme.background, None, self.radius)
        walks = view.use is VehicleUse.FOOT
        mark = icon("people" if walks else "vehicle", 24, theme.accent, self.devicePixelRatioF())
        painter.drawPixmap(8, round(box.center().y()) - 12, mark)
        inner = box.adjusted(42, 4, -6, -4)
        upper = QRectF(inner.x(), inner.y(), inner.width(), inner.height() * 0.54)
        lower = QRectF(inner.x(), upper.bottom(), inner.width(), inner.height() * 0.46)
        plate = view.kind if walks else view.plate or self.look.translate("No plate yet")
        kind = "" if walks else view.kind
        room = upper.width() - width_of(kind, metrics.small) - 10
        size = fitting(plate, room, metrics.field, True, metrics.text)
        took = words(painter, upper, plate, theme.ink, size, True)
        words(painter, upper.adjusted(took + 8, 0, 0, 0), kind, theme.soft, metrics.small)
        took = words(painter, lower, view.count, theme.accent, metrics.text, True)
        tone = theme.attention.colour if view.waiting else theme.soft
        rest = lower.adjusted(took + 10, 0, 0, 0)
        words(painter, rest, view.detail, tone, metrics.small)


class VehicleBar(QFrame):
    """The open vehicle with its two keys."""

    edited = Signal()
    closed = Signal()
    turned_back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._look, self._walks = look, False
        self.face = VehicleFace(look)
        self.release = ActionButton(look, "F4")
        self.turn_back = ActionButton(look, "⇧F6")
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        row.setSpacing(8)
        row.addWidget(self.face, 1)
        for button in (self.release, self.turn_back):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
            row.addWidget(button)
        self.face.clicked.connect(lambda: self.edited.emit())
        self.release.clicked.connect(lambda: self.closed.emit())
        self.turn_back.clicked.connect(lambda: self.turned_back.emit())
        look.changed.connect(self._retext)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._retext()
        self.hide()

    def show_view(self, view: VehicleView | None) -> None:
        """Show the open vehicle; None hides the bar."""
        if view is not None:
            self.face.show_view(view)
            self._walks = view.use is VehicleUse.FOOT
            self._name_keys()
        self.setVisible(view is not None)

    def height_if_shown(self) -> int:
        """The height in pixels that the bar takes from the column, 0 while it is hidden."""
        return 0 if self.isHidden() else self.height() + self._look.metrics.gap

    def _retext(self) -> None:
        self.setFixedHeight(_HEIGHT[self._look.metrics.name])
        self._name_keys()
        for button in (self.release, self.turn_back):
            button.setFixedWidth(_BUTTON[self._look.metrics.name])

    def _name_keys(self) -> None:
        translate = self._look.translate
        self.release.name(translate("Party done" if self._walks else "Vehicle done"))
        all_back = "Turn the party back" if self._walks else "Turn all back"
        self.turn_back.name(translate(all_back))
