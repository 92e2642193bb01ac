"""The live picture: the newest frame, and the codes found in it outlined in their verdict's colour.

The worker delivers images that already have the size of this widget; painting one is a copy. The
outlines are drawn over it here, so that they move smoothly while the reader works at its own pace.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.desk import Outline, Tone
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import panel, width_of, words
from checkpoint_app.ui.shapes import paint_sign
from checkpoint_app.ui.theme import DARK, RADIUS

KEPT = 0.7  # seconds that an outline stays after its code was last seen
FOLLOW = 0.45  # share of the way that an outline moves at every picture
SCRIM = QColor(0, 0, 0, 178)
WHITE = QColor("#FFFFFF")  # words on the picture itself, whatever the theme
_TOP, _BOTTOM = QColor("#31424B"), QColor("#1D2A30")  # where there is no picture


@dataclass(frozen=True, slots=True)
class Moving:
    """An outline on its way to where the code was last seen."""

    outline: Outline
    shown: tuple[tuple[float, float], ...]
    seen_at: float

    def step(self) -> Moving:
        """A part of the way on."""
        return replace(
            self,
            shown=tuple(
                (x + (to_x - x) * FOLLOW, y + (to_y - y) * FOLLOW)
                for (x, y), (to_x, to_y) in zip(self.shown, self.outline.corners, strict=True)
            ),
        )


def _distance(moving: Moving, outline: Outline) -> float:
    (x, y), (to_x, to_y) = moving.shown[0], outline.corners[0]
    return abs(x - to_x) + abs(y - to_y)


def follow(shown: tuple[Moving, ...], found: tuple[Outline, ...], now: float) -> tuple[Moving, ...]:
    """Outlines of what was just found, each starting from the nearest one shown before."""
    rest, result = list(shown), []
    for outline in found:
        near = min(
            (each for each in rest if len(each.shown) == len(outline.corners)),
            key=lambda each: _distance(each, outline),
            default=None,
        )
        if near is not None:
            rest.remove(near)
        result.append(Moving(outline, near.shown if near else outline.corners, now))
    return tuple(result)


class LivePicture(QWidget):
    """Shows images and outlines; `resized` tells the worker which size to make."""

    resized = Signal(QSize)  # in device pixels

    def __init__(self, look: Look, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._look, self._now = look, now
        self._image = QImage()
        self._frame = QSize(1, 1)
        self._outlines: tuple[Moving, ...] = ()
        self._label, self._trouble = "", False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_image(self, image: QImage, frame: QSize) -> None:
        """Show an image of a frame of this size (the outlines' corners are in frame pixels)."""
        self._image, self._frame = image, frame
        self._outlines = tuple(
            each.step() for each in self._outlines if self._now() - each.seen_at < KEPT
        )
        self.update()

    def show_outlines(self, found: tuple[Outline, ...]) -> None:
        """Show what was found just now; an empty finding lets the old outlines fade."""
        if found:
            self._outlines = follow(self._outlines, found, self._now())
            self.update()

    def show_label(self, text: str, trouble: bool = False) -> None:
        """What stands in the corner: the camera and its pace, or what is wrong."""
        if (text, trouble) != (self._label, self._trouble):
            self._label, self._trouble = text, trouble
            self.setAccessibleName(text)
            self.update()

    def clear(self) -> None:
        """No picture any more."""
        self._image, self._outlines = QImage(), ()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(470, 264)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, 168)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self.resized.emit(self.room())

    def room(self) -> QSize:
        """Size in device pixels that an image should have."""
        ratio = self.devicePixelRatioF()
        return QSize(round(self.width() * ratio), round(self.height() * ratio))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        box = QRectF(self.rect())
        place = self._paint_picture(painter, box)
        for each in self._outlines:
            self._paint_outline(painter, each, place)
        self._paint_label(painter, box)
        self._round_corners(painter, box)
        painter.end()

    def _paint_picture(self, painter: QPainter, box: QRectF) -> QRectF:
        place = self._place(box)
        if self._image.isNull() or place != box:
            # Qt clears nothing behind an opaque widget: one column left out shows as noise.
            ground = QLinearGradient(box.topLeft(), box.bottomRight())
            ground.setColorAt(0, _TOP)
            ground.setColorAt(1, _BOTTOM)
            painter.fillRect(box, ground)
        if self._image.isNull():
            return place
        painter.drawImage(place, self._image)
        if self._trouble:
            painter.fillRect(place, SCRIM)  # a frozen picture must not look like a live one
        return place

    def _place(self, box: QRectF) -> QRectF:
        """Where the image lies, in the middle and whole; without one, all of the box."""
        if self._image.isNull():
            return box
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (box.width() - size.width()) // 2, (box.height() - size.height()) // 2
        return QRectF(left, top, size.width(), size.height())

    def _paint_outline(self, painter: QPainter, moving: Moving, place: QRectF) -> None:
        colour = self._outline_colour(moving.outline.tone)
        scale_x = place.width() / max(1, self._frame.width())
        scale_y = place.height() / max(1, self._frame.height())
        polygon = QPolygonF(
            [QPointF(place.x() + x * scale_x, place.y() + y * scale_y) for x, y in moving.shown]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, shade in ((7.0, QColor(0, 0, 0, 120)), (4.0, colour)):
            pen = QPen(shade, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolygon(polygon)
        self._paint_outline_sign(painter, moving.outline, polygon.boundingRect(), colour)

    def _outline_colour(self, tone: Tone) -> QColor:
        # On a picture the dark theme's lighter signs are the ones that stand out.
        return QColor(DARK.ink if tone is Tone.IDLE else DARK.sign(tone).colour)

    def _paint_outline_sign(
        self, painter: QPainter, outline: Outline, around: QRectF, colour: QColor
    ) -> None:
        if outline.tone is Tone.IDLE:
            return
        width = 26 + (width_of(outline.label, 13, True) + 6 if outline.label else 0)
        top = around.y() - 30 if around.y() > 34 else around.bottom() + 6
        plate = QRectF(around.center().x() - width / 2, min(top, self.height() - 28), width, 26)
        panel(painter, plate, SCRIM, None, 8)
        paint_sign(painter, outline.tone, QRectF(plate.x() + 6, plate.y() + 6, 14, 14), colour)
        words(painter, plate.adjusted(26, 0, 0, 0), outline.label, WHITE, 13, True)

    def _paint_label(self, painter: QPainter, box: QRectF) -> None:
        if not self._label:
            return
        small = self._look.metrics.small
        lead = 20 if self._trouble else 0
        width = min(width_of(self._label, small) + 18 + lead, box.width() - 24)
        plate = QRectF(12, box.height() - 10 - small * 1.9, width, small * 1.9)
        panel(painter, plate, SCRIM, None, 8)
        if self._trouble:
            sign = QRectF(plate.x() + 8, plate.center().y() - 7, 14, 14)
            paint_sign(painter, Tone.ATTENTION, sign, self._outline_colour(Tone.ATTENTION))
        words(painter, plate.adjusted(9 + lead, 0, -6, 0), self._label, WHITE, small)

    def _round_corners(self, painter: QPainter, box: QRectF) -> None:
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(box)
        inside.addRoundedRect(box, RADIUS, RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside.subtracted(inside), QColor(self._look.theme.background))
