"""The icons: one family of 1.8-pixel strokes, drawn for this program, in `resources/icons`."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from checkpoint_app.resources import resource


@lru_cache(maxsize=256)
def icon(name: str, pixels: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """An icon by file name, square, in one colour; `ratio` is the screen's device pixel ratio.

    Raises FileNotFoundError for a name that is not there: a typing error, not a state.
    """
    drawing = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    picture = QPixmap(round(pixels * ratio), round(pixels * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
