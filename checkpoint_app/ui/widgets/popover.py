"""A small panel in place: opens beside what was pressed, closes by Esc or a press elsewhere.

It is a child of the page, not a window: it grabs nothing and stops nothing. It keeps to the
column that it belongs to as far as it fits.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from checkpoint_app.ui.widgets.choices import KeyPanel

MARGIN = 8


class Popover(QFrame):
    """Holds one content widget at a time."""

    closed = Signal()

    def __init__(self, parent: QWidget, column: QWidget) -> None:
        super().__init__(parent)
        self._page, self._column = parent, column
        self.setProperty("role", "popover")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(12, 12, 12, 12)
        self._content: QWidget | None = None
        self._anchor: QWidget | None = None
        self.hide()

    def open_at(self, anchor: QWidget, content: KeyPanel) -> None:
        """Show the content beside the anchor, over what stands there."""
        self._drop_content()
        self._content, self._anchor = content, anchor
        self._box.addWidget(content)
        self.show()
        self.place()
        self.raise_()
        content.start()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def place(self) -> None:
        """Beside the anchor and wholly inside the page."""
        if self._anchor is None or not self.isVisible():
            return
        parent = self._page
        self.setMaximumSize(parent.width() - 2 * MARGIN, parent.height() - 2 * MARGIN)
        self.adjustSize()
        start = self._anchor.mapTo(parent, QPoint(0, 0))
        anchor = QRect(start, self._anchor.size())
        below = anchor.bottom() + MARGIN
        fits = below + self.height() <= parent.height() - MARGIN
        top = below if fits else anchor.top() - MARGIN - self.height()
        right = self._column.mapTo(parent, QPoint(self._column.width(), 0)).x()
        left = min(anchor.left(), right - self.width())
        self.move(max(MARGIN, left), max(MARGIN, top))

    def close_now(self) -> None:
        """Close, and tell."""
        if self.isVisible():
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            self.hide()
            self._drop_content()
            self.closed.emit()

    @property
    def anchor(self) -> QWidget | None:
        """What it is open at, or None."""
        return self._anchor if self.isVisible() else None

    def _drop_content(self) -> None:
        if self._content is not None:
            self._box.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        pressed = event.type() == QEvent.Type.MouseButtonPress
        if pressed and isinstance(watched, QWidget) and not self._inside(watched):
            self.close_now()
        return False

    def _inside(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget) or widget is self._anchor

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
        else:
            event.ignore()
