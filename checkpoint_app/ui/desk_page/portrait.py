"""The photo that the roster has of somebody, small, beside the name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from checkpoint_app.ui.look import Look

_RADIUS, _BESIDE = 8, 14  # pixels; the room before the name


class Portrait(QWidget):
    """Hidden where there is none. A picture that cannot be drawn is none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._photo: bytes | None = None
        self._picture = QPixmap()
        look.changed.connect(self._name)
        self._name()
        self.hide()

    def _name(self) -> None:
        said = self._look.translate("Photo of the roster: compare it with the face")
        self.setAccessibleName(said)
        self.setToolTip(said)

    def show_photo(self, photo: bytes | None, height: int) -> None:
        """Show this photo (JPEG) at a height in pixels, three by four; None shows nothing."""
        self.setFixedSize(QSize(round(height * 3 / 4) + _BESIDE, height))
        if photo is not self._photo:
            self._photo, self._picture = photo, QPixmap()
            if photo is not None:
                self._picture.loadFromData(photo)
            self.update()
        self.setVisible(not self._picture.isNull())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter, box = QPainter(self), QRectF(self.rect()).adjusted(0, 0, -_BESIDE, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(box, _RADIUS, _RADIUS)
        painter.setClipPath(shape)
        shown = QSize(self._picture.size()).scaled(
            box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding
        )
        place = QRectF(0, 0, shown.width(), shown.height())
        # a face stands in the upper half: what is cut, is cut at the sides and below
        place.moveLeft((box.width() - shown.width()) / 2)
        painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        painter.end()
