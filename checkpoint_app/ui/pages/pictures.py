"""Pages of a PDF as pictures, made behind the window as they come into sight.

Only what is in sight is drawn: a wish that is out of sight before its turn is forgotten, and what
belongs to an earlier sheet or size is dropped when it comes.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QSizeF, Signal
from PySide6.QtGui import QImage

from checkpoint_app.registers.preview import page_count, raster
from checkpoint_app.ui.pages.background import Background

KEPT = 120_000_000  # bytes of pictures
_FIRST_LOOK = 36.0  # dots per inch at which the size of the pages is found out
Wanted = tuple[int, int]  # page, width in pixels


class PagePictures(QObject):
    """The pictures of one PDF. `came` after each new picture, `opened` after another PDF."""

    came = Signal()
    opened = Signal()

    def __init__(self, behind: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._behind = behind
        self._pdf, self._number = b"", 0
        self.count, self.size = 0, QSizeF(842, 595)  # points
        self._kept: OrderedDict[Wanted, QImage] = OrderedDict()
        self._wanted: list[Wanted] = []
        self._working: Wanted | None = None

    def open(self, pdf: bytes) -> None:
        """Show another PDF; b"" shows none."""
        self._number += 1
        self._kept.clear()
        self._wanted.clear()
        self._pdf, number = pdf, self._number
        if pdf:
            self._behind.run(
                lambda: (page_count(pdf), raster(pdf, 1, _FIRST_LOOK)),
                lambda found: self._opened(number, found[0], found[1][0], found[1][1]),
            )
        else:
            self._opened(number, 0, 1, 1)

    def _opened(self, number: int, count: int, width: int, height: int) -> None:
        if number == self._number:
            self.count = count
            if count:
                self.size = QSizeF(width, height) * (72 / _FIRST_LOOK)
            self.opened.emit()

    def height_for(self, width: int) -> int:
        """Height in pixels of a page of this width."""
        return round(width * self.size.height() / self.size.width())

    def picture(self, page: int, width: int) -> QImage | None:
        """The page (from 1) at this width in pixels, or None: it is being made, `came` tells."""
        key = (page, width)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._wanted and key != self._working:
            self._wanted.append(key)
            self._next()
        return None

    def nearest(self, page: int) -> QImage | None:
        """Any picture of a page, to be shown stretched while the right one is made."""
        return next((made for (of, _), made in reversed(self._kept.items()) if of == page), None)

    def only(self, width: int, pages: range) -> None:
        """Forget the wishes of this width for pages out of sight."""
        self._wanted = [key for key in self._wanted if key[1] != width or key[0] in pages]

    def _next(self) -> None:
        if self._working is not None or not self._wanted:
            return
        key, number, pdf = max(self._wanted, key=_urgency), self._number, self._pdf
        self._wanted.remove(key)
        self._working = key
        dpi = key[1] * 72 / self.size.width()
        self._behind.run(
            lambda: _image(*raster(pdf, key[0], dpi)),
            lambda image: self._made(number, key, image),
            lambda error: self._made(number, key, None),
        )

    def _made(self, number: int, key: Wanted, image: QImage | None) -> None:
        self._working = None
        if number == self._number and image is not None:
            self._kept[key] = image
            self._forget()
            self.came.emit()
        self._next()

    def _forget(self) -> None:
        while len(self._kept) > 2 and sum(i.sizeInBytes() for i in self._kept.values()) > KEPT:
            self._kept.popitem(last=False)


def _urgency(wanted: Wanted) -> tuple[int, int]:
    """The large one is looked at; then from the first page on."""
    page, width = wanted
    return width, -page


def _image(width: int, height: int, pixels: bytes) -> QImage:
    image = QImage(pixels, width, height, width * 3, QImage.Format.Format_RGB888)
    return image.copy()  # its own memory: the bytes above end with this call
