"""Pages under one another: the sheet itself, and small beside it to choose from."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.pictures import PagePictures
from checkpoint_app.ui.paint import CENTRE, focus_ring, panel, words

FIT = 0.0  # zoom: as wide as there is room
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_SCREEN_DPI = 96.0
_PAPER = "#FFFFFF"


class PageRoll(QAbstractScrollArea):
    """Paints what is in sight. `turned` gives the page in view, `pressed` the page pressed."""

    turned = Signal(int)
    pressed = Signal(int)
    zoomed = Signal()

    def __init__(self, look: Look, pictures: PagePictures, small: bool) -> None:
        super().__init__()
        self._look, self._pictures, self._small = look, pictures, small
        self.zoom, self.page = FIT, 1
        self._gap = 28 if small else 16
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        pictures.came.connect(self.viewport().update)
        pictures.opened.connect(self._opened)
        look.changed.connect(self.viewport().update)

    # -- sizes

    def page_width(self) -> int:
        """Width of a page in pixels at the zoom of the moment."""
        if self.zoom == FIT:
            return max(40, self.viewport().width() - 2 * self._margin())
        return round(self._pictures.size.width() / 72 * _SCREEN_DPI * self.zoom)

    def _margin(self) -> int:
        return 10 if self._small else 16

    def _step(self) -> int:
        return self._pictures.height_for(self.page_width()) + self._gap

    def _place_bars(self) -> None:
        view, width = self.viewport().size(), self.page_width()
        tall = self._pictures.count * self._step() + self._gap - view.height()
        wide = width + 2 * self._margin() - view.width()
        self.verticalScrollBar().setRange(0, max(0, tall))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setRange(0, max(0, wide))
        self.horizontalScrollBar().setPageStep(view.width())
        self.viewport().update()

    def _opened(self) -> None:
        self._place_bars()
        self.go_to(min(self.page, max(1, self._pictures.count)))
        self.turned.emit(self.page)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place_bars()

    # -- zoom and place

    def set_zoom(self, zoom: float) -> None:
        """Another size; the page in view stays in view."""
        page, self.zoom = self.page, zoom
        self._place_bars()
        self.go_to(page)
        self.zoomed.emit()

    def step_zoom(self, by: int) -> None:
        """The next larger (1) or smaller (-1) size."""
        now = self.shown_zoom()
        larger = [each for each in ZOOMS if each > now + 0.01]
        smaller = [each for each in ZOOMS if each < now - 0.01]
        to = larger[:1] if by > 0 else smaller[-1:]
        if to:
            self.set_zoom(to[0])

    def shown_zoom(self) -> float:
        """The size of the moment, 1.0 is 100 %."""
        return self.page_width() / (self._pictures.size.width() / 72 * _SCREEN_DPI)

    def go_to(self, page: int) -> None:
        """Bring a page into view."""
        self.page = page
        bar, top = self.verticalScrollBar(), (page - 1) * self._step()
        if self._small:
            in_sight = bar.value() <= top and top + self._step() <= bar.value() + bar.pageStep()
            top = bar.value() if in_sight else top - bar.pageStep() // 2 + self._step() // 2
        bar.setValue(top)
        self.viewport().update()

    def _scrolled(self) -> None:
        if self._small or not self._pictures.count:
            return
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = min(self._pictures.count, max(1, middle // self._step() + 1))
        if page != self.page:
            self.page = page
            self.turned.emit(page)

    # -- painting

    def _sight(self) -> range:
        top, step = self.verticalScrollBar().value(), self._step()
        last = (top + self.viewport().height()) // step + 1
        return range(max(1, top // step + 1), min(self._pictures.count, last) + 1)

    def _box(self, page: int) -> QRect:
        width = self.page_width()
        left = max(self._margin(), (self.viewport().width() - width) // 2)
        left -= self.horizontalScrollBar().value()
        top = self._gap // 2 + (page - 1) * self._step() - self.verticalScrollBar().value()
        return QRect(left, top, width, self._pictures.height_for(width))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), QColor(self._look.theme.background))
        sight = self._sight()
        self._pictures.only(round(self.page_width() * self.devicePixelRatioF()), sight)
        for page in sight:
            self._paint_page(painter, page, self._box(page))
        if self.hasFocus():
            focus_ring(painter, QRectF(self.viewport().rect()), self._look.theme.accent, 8)
        painter.end()

    def _paint_page(self, painter: QPainter, page: int, box: QRect) -> None:
        ratio = self.devicePixelRatioF()
        image = self._pictures.picture(page, round(box.width() * ratio))
        image = image or self._pictures.nearest(page)
        painter.fillRect(box, QColor(_PAPER))
        if image is not None:
            painter.drawImage(box, image)
        theme, on = self._look.theme, self._small and page == self.page
        edge = QRectF(box).adjusted(-1, -1, 1, 1)
        panel(painter, edge, None, theme.accent if on else theme.line, 2)
        if self._small:
            if on:
                focus_ring(painter, edge.adjusted(-2, -2, 2, 2), theme.accent, 4)
            below = QRectF(box.left(), box.bottom() + 4, box.width(), 18)
            words(painter, below, str(page), theme.soft, self._look.metrics.small, on, CENTRE)

    # -- hands

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        at: QPoint = event.position().toPoint()
        for page in self._sight():
            if self._box(page).adjusted(0, 0, 0, self._gap - 4).contains(at):
                self.pressed.emit(page)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and not self._small:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.text() in ("+", "-") and not self._small:
            self.step_zoom(1 if event.text() == "+" else -1)
        elif self._small and step is not None:
            page = min(max(1, self.page + step), self._pictures.count)
            self.pressed.emit(page)
        else:
            super().keyPressEvent(event)
