"""What is too high for a low window scrolls upright; its width is never cut."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_LEAST, _GAP = 96, 8


class Upright(QScrollArea):
    """Holds one widget; on a screen with room for it nothing is seen of the scrolling."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = inside
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def _make_room(self, least: int, most: int) -> None:
        """The bar does not touch the words beside it."""
        self.setViewportMargins(0, 0, _GAP if most > least else 0, 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        inside = self._inside.minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(inside.width() + bar + _GAP, min(inside.height(), _LEAST))
