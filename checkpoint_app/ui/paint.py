"""Brush strokes that the painted widgets share: panels, words, key caps, the ring of the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from checkpoint_app.ui.fonts import font, font_metrics

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CAP_HEIGHT = 18.0


def panel(
    painter: QPainter,
    box: QRectF,
    fill: str | QColor | None,
    line: str | QColor | None,
    radius: float,
    dashed: bool = False,
) -> None:
    """A rounded panel whose 1-pixel line stays inside the box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(line), 1.0) if line is not None else QPen(Qt.PenStyle.NoPen)
    if dashed:
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(QColor(fill) if fill is not None else QBrush(Qt.BrushStyle.NoBrush))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def focus_ring(painter: QPainter, box: QRectF, colour: str, radius: float) -> None:
    """Two pixels around whatever the keyboard is on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)


def words(
    painter: QPainter,
    box: QRectF,
    text: str,
    colour: str | QColor,
    pixels: int,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """One line of plain text, shortened with … where it is too long; the width that it took."""
    painter.setFont(font(pixels, bold))
    painter.setPen(QColor(colour))
    measure = font_metrics(pixels, bold)
    shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 0.5)
    # A box lower than the typeface's line must not cut the tails of letters.
    one_line = Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
    painter.drawText(box, int(align | one_line), shown)
    return measure.horizontalAdvance(shown)


def width_of(text: str, pixels: int, bold: bool = False) -> float:
    """Width of a line of text in pixels."""
    return font_metrics(pixels, bold).horizontalAdvance(text)


def fitting(text: str, width: float, pixels: int, bold: bool = False, least: int = 11) -> int:
    """The largest size, from `pixels` down to `least`, at which the text fits the width."""
    size = pixels
    while size > least and width_of(text, size, bold) > width:
        size -= 1
    return size


def cap_width(label: str, pixels: int) -> float:
    """Width of a key cap with this label."""
    return max(CAP_HEIGHT - 1, width_of(label, pixels) + 10)


def key_cap(painter: QPainter, box: QRectF, label: str, colour: QColor, pixels: int) -> None:
    """A key as it looks on the keyboard, in the middle of the box."""
    width = cap_width(label, pixels)
    cap = QRectF(box.center().x() - width / 2, box.center().y() - CAP_HEIGHT / 2, width, CAP_HEIGHT)
    panel(painter, cap, None, colour, 4)
    words(painter, cap, label, colour, pixels, align=CENTRE)
