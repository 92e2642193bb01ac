"""The four signs: circle with tick, triangle, octagon, diamond. A verdict never speaks by colour
alone; each tone has a shape that can be told apart in grey and from two metres."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from checkpoint_app.desk import Tone

_TRIANGLE = ((0.5, 0.06), (0.97, 0.9), (0.03, 0.9))
_DIAMOND = ((0.5, 0.02), (0.98, 0.5), (0.5, 0.98), (0.02, 0.5))
_OCTAGON = (
    (0.3, 0.03),
    (0.7, 0.03),
    (0.97, 0.3),
    (0.97, 0.7),
    (0.7, 0.97),
    (0.3, 0.97),
    (0.03, 0.7),
    (0.03, 0.3),
)
_CORNERS = {Tone.ATTENTION: _TRIANGLE, Tone.STOP: _OCTAGON, Tone.ASK: _DIAMOND}


def sign_path(tone: Tone, box: QRectF) -> QPainterPath:
    """Outline of a tone's sign inside a square box."""
    path = QPainterPath()
    corners = _CORNERS.get(tone)
    if corners is None:
        path.addEllipse(
            box.adjusted(*(box.width() * share for share in (0.03, 0.03, -0.03, -0.03)))
        )
        return path
    path.addPolygon(QPolygonF([_at(box, x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def paint_sign(
    painter: QPainter, tone: Tone, box: QRectF, colour: QColor, mark: QColor | None = None
) -> None:
    """Paint a sign; `mark` is the colour of the tick or stroke inside, None leaves it out."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPen(colour, box.width() * 0.08)
    edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(edge)
    painter.setBrush(QColor(Qt.GlobalColor.transparent) if tone is Tone.IDLE else colour)
    inset = box.width() * 0.04
    painter.drawPath(sign_path(tone, box.adjusted(inset, inset, -inset, -inset)))
    if mark is not None and tone is not Tone.IDLE:
        _paint_mark(painter, tone, box, mark)
    painter.restore()


def _paint_mark(painter: QPainter, tone: Tone, box: QRectF, colour: QColor) -> None:
    pen = QPen(colour, box.width() * 0.1)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if tone is Tone.PASS:
        painter.drawPolyline(QPolygonF([_at(box, *at) for at in _TICK]))
    elif tone is Tone.STOP:
        painter.drawLine(_at(box, 0.29, 0.5), _at(box, 0.71, 0.5))
    else:
        _paint_exclamation(painter, box, colour, 0.06 if tone is Tone.ATTENTION else 0.0)


_TICK = ((0.3, 0.52), (0.44, 0.66), (0.71, 0.36))


def _paint_exclamation(painter: QPainter, box: QRectF, colour: QColor, down: float) -> None:
    painter.drawLine(_at(box, 0.5, 0.29 + down), _at(box, 0.5, 0.54 + down))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    dot = box.width() * 0.06
    painter.drawEllipse(_at(box, 0.5, 0.7 + down * 0.7), dot, dot)


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.x() + box.width() * x, box.y() + box.height() * y)
