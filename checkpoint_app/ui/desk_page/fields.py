"""Who it is: the person's fields, typed or filled from the code, editable in place.

Name and number stand whole and large until the record is saved: they are compared with the
document. What is typed goes to the desk when the fingers rest, and at once before any key that
decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.ui.desk_page.portrait import Portrait
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.paint import fitting
from checkpoint_app.ui.theme import SCROLL_BAR
from checkpoint_app.ui.widgets.labels import ElidedLabel, label

REST = 400  # milliseconds without a key after which typed text counts
LONGEST = 200


@dataclass(frozen=True, slots=True)
class FieldView:
    """What one field shows: its value and at most one tag."""

    text: str = ""
    tag: str = ""
    tone: Tone = Tone.IDLE


class FieldEdit(QLineEdit):
    """A line that is left with Enter or Esc, and tells when it is."""

    left = Signal(bool)  # True: forward to the next field, False: back to the desk

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit(False)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.selectAll()


class Field(QWidget):
    """Caption, value and tag. Where the tag has no room behind the value, it goes above it."""

    typed = Signal(str, str)  # field name, text

    def __init__(self, look: Look, name: str, caption: str, big: bool) -> None:
        super().__init__()
        self._look, self.name, self._message, self._big = look, name, caption, big
        self.caption = ElidedLabel("small", self)
        self.edit = FieldEdit(self)
        self.edit.setMaxLength(LONGEST)
        self.edit.setTextMargins(-2, 0, 0, 0)  # in line with the caption
        self.edit.setProperty("role", "field")
        self.edit.setProperty("big", big)
        self._tag = label("tag", parent=self)
        self._tag.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view = FieldView()
        self._pixels = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.commit)
        self.edit.textEdited.connect(lambda _: self._edited())
        self.edit.editingFinished.connect(self.commit)
        self.retext()

    def retext(self) -> None:
        """Write the caption anew."""
        text = self._look.translate(self._message)
        self.caption.setText(text)
        self.edit.setAccessibleName(text)
        self.updateGeometry()
        self._place()

    def _edited(self) -> None:
        self._rest.start()
        self._place()

    def commit(self) -> None:
        """Hand over what was typed, if anything was."""
        self._rest.stop()
        if self.edit.text() != self._view.text:
            self._view = FieldView(self.edit.text(), self._view.tag, self._view.tone)
            self.typed.emit(self.name, self.edit.text())

    def show_view(self, view: FieldView, fresh: bool) -> None:
        """Show a value. Whoever is typing is not disturbed, unless the person is a fresh one."""
        busy = self._rest.isActive() or (self.edit.hasFocus() and self.edit.isModified())
        if busy and not fresh:
            view = FieldView(self._view.text, view.tag, view.tone)
        elif self.edit.text() != view.text:
            self._rest.stop()
            self.edit.setText(view.text)
            self.edit.setCursorPosition(0)
            if self.edit.hasFocus():  # about to type: the fresh value is replaced, not added to
                self.edit.selectAll()
        self._view = view
        self._tag.setText(view.tag)
        restyle(self._tag, tone=str(view.tone))
        self._place()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        size = self._look.metrics
        return QSize(140, round(size.small * 1.5) + 1 + max(32, round(size.field * 1.7)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def _fit(self) -> None:
        """Name and number are compared with the document: never cut while smaller words help."""
        metrics = self._look.metrics
        if self._big:
            size = fitting(self.edit.text(), self.width() - 6, metrics.field, True, metrics.small)
            if size != self._pixels:
                self._pixels = size
                self.edit.setStyleSheet(f"font-size: {size}px;")

    def _place(self) -> None:
        self._fit()
        top = round(self._look.metrics.small * 1.5)
        self.edit.setGeometry(0, top, self.width(), self.height() - top)
        tag = self._tag.sizeHint()
        text_width = self.edit.fontMetrics().horizontalAdvance(self.edit.text()) + 10
        beside = text_width + tag.width() <= self.width()
        caption_width = self.width() if beside else self.width() - tag.width() - 6
        self.caption.setGeometry(0, 0, max(20, caption_width), top)
        if beside:
            y = top + (self.height() - top - tag.height()) // 2
            self._tag.setGeometry(text_width, y, tag.width(), tag.height())
        else:
            left = max(24, self.width() - tag.width())
            self._tag.setGeometry(left, 0, self.width() - left, min(tag.height(), top + 2))
        self._tag.setVisible(bool(self._tag.text()))


FIELDS = (  # name, caption, large
    ("name", "Name", True),
    ("id_number", "ID number", True),
    ("phone", "Phone", False),
    ("plate", "Plate", False),
    ("origin", "From", False),
    ("destination", "To", False),
    ("residence", "Residence", False),
    ("receiver", "Received by, phone", False),
    ("unit", "Unit", False),
    ("guardian", "Guardian, phone", False),
    ("transport", "Train, flight, means", False),
    ("left_area_at", "Left the risk area at", False),
)
COLUMNS = 2
_GAP = 6
_PORTRAIT_ROWS, _BETWEEN = 2, 2  # grid: photo, field, nothing, field
_EDGE = 12  # above and below the rows


class FieldForm(QFrame):
    """The fields in two columns; as many whole rows in sight as there is room for."""

    typed = Signal(str, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._person: object = None
        self.portrait = Portrait(look)
        self.fields = {name: Field(look, name, caption, big) for name, caption, big in FIELDS}
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._make_rows())
        column = QVBoxLayout(self)
        column.setContentsMargins(18, _EDGE, 18 - SCROLL_BAR, _EDGE)
        column.addWidget(self._scroll)
        column.addStretch(1)
        for field in self.fields.values():
            field.typed.connect(self.typed)
            field.edit.left.connect(partial(self._leave, field))
        look.changed.connect(self._retext)

    def _make_rows(self) -> QWidget:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, SCROLL_BAR, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(_GAP)
        grid.setColumnMinimumWidth(_BETWEEN, 16)
        # the photo stands beside two rows; below it the first column is as wide as ever
        grid.addWidget(self.portrait, 0, 0, _PORTRAIT_ROWS, 1, Qt.AlignmentFlag.AlignTop)
        for place, field in enumerate(self.fields.values()):
            row, right = divmod(place, COLUMNS)
            if right:
                grid.addWidget(field, row, _BETWEEN + 1)
            elif row < _PORTRAIT_ROWS:
                grid.addWidget(field, row, 1)
            else:
                grid.addWidget(field, row, 0, 1, 2)
        for at in (1, _BETWEEN + 1):
            grid.setColumnStretch(at, 1)
        return rows

    def height_of(self, rows: int) -> int:
        """The height in pixels that the form takes with this many rows in sight."""
        field = next(iter(self.fields.values()))
        return 2 * _EDGE + rows * (field.sizeHint().height() + _GAP) - _GAP

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(280, self.height_of(1))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._snap()

    def _snap(self) -> None:
        most = len(self.fields) // COLUMNS
        rows = next((n for n in range(most, 1, -1) if self.height_of(n) <= self.height()), 1)
        self._scroll.setFixedHeight(self.height_of(rows) - 2 * _EDGE)

    def _retext(self) -> None:
        for field in self.fields.values():
            field.retext()
        self._snap()

    def _leave(self, field: Field, forward: bool) -> None:
        field.commit()
        if forward and field.name == "name":
            self.start("id_number")
        else:
            self.left.emit()

    def start(self, name: str = "name") -> None:
        """Put the keyboard into a field."""
        self.fields[name].edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> None:
        """Hand over whatever was typed and not yet handed over."""
        for field in self.fields.values():
            field.commit()

    def show_portrait(self, photo: bytes | None) -> None:
        """The photo that the roster has of them, to be compared with the face."""
        field = next(iter(self.fields.values()))
        self.portrait.show_photo(photo, 2 * field.sizeHint().height() + _GAP - 4)

    def show_views(self, person: object, views: dict[str, FieldView]) -> None:
        """Show the values of a person (any key, None for nobody); what is not named is empty."""
        fresh = self._person is not None and person != self._person
        self._person = person
        for name, field in self.fields.items():
            field.show_view(views.get(name, FieldView()), fresh)
