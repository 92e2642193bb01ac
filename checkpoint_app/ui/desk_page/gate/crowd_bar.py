"""How full the place is, over the day's list; hidden where the site has no limit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.gate.view import CrowdView
from checkpoint_app.domain.crowd import CrowdLevel
from checkpoint_app.ui.desk_page.port import DeskPort
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import RIGHT, panel, words
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.choices import KeyPanel, choice, grid_of
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.painted import PaintedButton

_HEIGHT = {"compact": 64, "roomy": 80}
_TONES = {
    CrowdLevel.FREE: Tone.PASS,
    CrowdLevel.NEAR: Tone.ATTENTION,
    CrowdLevel.FULL: Tone.STOP,
}
REASONS = ("Counted by eye", "Somebody was not counted", "Another entrance")


class CrowdBar(PaintedButton):
    """A gauge with its figures; a press corrects the count."""

    radius = 12

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view: CrowdView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._measure)
        self._measure()
        self.hide()

    def _measure(self) -> None:
        self.setFixedHeight(_HEIGHT[self.look.metrics.name])

    def show_view(self, view: CrowdView | None) -> None:
        """Show how full it is; None hides the gauge."""
        self._view = view
        if view is not None:
            self.name(
                self.look.translate("{count} of {all} inside", count=view.inside, all=view.capacity)
            )
            self.update()
        self.setVisible(view is not None)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(TARGET, _HEIGHT[self.look.metrics.name])

    def paint_face(self, painter: QPainter, box: QRectF) -> None:
        if self._view is None:
            return
        theme, metrics, view = self.look.theme, self.look.metrics, self._view
        sign = theme.sign(_TONES[view.level])
        calm = view.level is CrowdLevel.FREE
        panel(painter, box, theme.card if calm else sign.ground, theme.line, self.radius)
        inner = box.adjusted(16, 8, -16, -10)
        line = QRectF(inner.x(), inner.y(), inner.width(), inner.height() - 12)
        ink = theme.ink if calm else sign.colour
        words(painter, line, self.look.translate("Inside"), theme.soft, metrics.small)
        text = f"{view.inside} / {view.capacity}   {view.percent}%"
        words(painter, line, text, ink, metrics.large, True, RIGHT)
        track = QRectF(inner.x(), inner.bottom() - 8, inner.width(), 8)
        panel(painter, track, theme.line, None, 4)
        share = min(1.0, view.inside / view.capacity)
        if share > 0:
            filled = QRectF(track.x(), track.y(), max(8.0, track.width() * share), 8)
            panel(painter, filled, sign.colour, None, 4)


class CrowdPanel(KeyPanel):
    """One more or one fewer by a press; a correction with its reason."""

    def __init__(
        self, look: Look, desk: DeskPort, view: CrowdView, done: Callable[[], None]
    ) -> None:
        super().__init__()
        self._look, self._desk, self._done = look, desk, done
        self.inside = QLineEdit(str(view.inside))
        self.inside.setMaxLength(6)
        self.inside.setAccessibleName(look.translate("Inside now"))
        self._refusal = label("strong")
        self._refusal.hide()
        count = QHBoxLayout()
        count.setSpacing(8)
        for message, by in (("One out", -1), ("One in", 1)):
            count.addWidget(choice(look.translate(message), partial(self._count, by)), 1)
        reasons = [
            choice(look.translate(each), partial(self._correct, look.translate(each)))
            for each in REASONS
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(count)
        column.addWidget(label("small", look.translate("Inside now")))
        column.addWidget(self.inside)
        column.addWidget(label("small", look.translate("Correct it, because:")))
        column.addLayout(grid_of(reasons, 1))
        column.addWidget(self._refusal)

    def _count(self, by: int) -> None:
        self._desk.count_one(by)
        view = self._desk.state.crowd
        if view is not None:
            self.inside.setText(str(view.inside))

    def _correct(self, reason: str) -> None:
        refused: list[str] = []
        text = self.inside.text().strip()
        self._desk.correct_crowd(int(text) if text.isdecimal() else -1, reason, refused.append)
        if not refused:
            self._done()
            return
        self._refusal.setText(refused[0])
        self._refusal.show()
        self.resized.emit()
