"""快速通行 in the top bar: quiet while it is off, and not to be overlooked while it is on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import CENTRE, panel, width_of, words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.painted import PaintedButton


class GateSwitch(PaintedButton):
    """A pill that says whether people pass by themselves."""

    radius = 17

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._on, self._shown = False, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._allowed = False
        look.changed.connect(lambda: self.show_mode(self._allowed, self._on))
        self.hide()

    def show_mode(self, allowed: bool, on: bool) -> None:
        """Whether the site may have it, and whether it is on."""
        self._allowed, self._on = allowed, on
        self.setVisible(allowed)
        translate = self.look.translate
        self._shown = translate("Gate mode ON (G)") if on else translate("Gate mode (G)")
        self.name(translate("Gate mode ON · G ends it") if on else self._shown)
        self.setToolTip(self.caption if on else "")
        self.update()

    @property
    def on(self) -> bool:
        """Whether it is on."""
        return self._on

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        size = self.look.metrics.text
        return QSize(int(width_of(self._shown, size, True)) + 32, TARGET)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        theme, metrics = self.look.theme, self.look.metrics
        plate = box.adjusted(0, 5, 0, -5)
        fill = theme.passed.colour if self._on else theme.background
        line = theme.faint if self.hovered else (None if self._on else theme.line)
        panel(painter, plate, fill, line, self.radius)
        ink = theme.card if self._on else theme.soft
        words(painter, plate, self._shown, ink, metrics.text, self._on, CENTRE)
