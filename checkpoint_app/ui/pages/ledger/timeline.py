"""A case's story as a line of steps, the newest at the end; pictures open in their place."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.cases.telling import Chapter
from checkpoint_app.domain.case import Event
from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.choices import choice
from checkpoint_app.ui.widgets.labels import label

_TONES = {Event.CLOSED: Tone.PASS, Event.FOUND: Tone.STOP, Event.NEWS: Tone.STOP}
_RAIL = 20


class Dot(QWidget):
    """The rail at the left of one step."""

    def __init__(self, look: Look, tone: Tone | None, last: bool) -> None:
        super().__init__()
        self._look, self._tone, self._last = look, tone, last
        self.setFixedWidth(_RAIL)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle = self._look.theme, 7.0
        painter.setPen(Qt.PenStyle.NoPen)
        if not self._last:
            painter.fillRect(QRectF(middle - 0.5, 14, 1, self.height() - 10), QColor(theme.line))
        tone = self._tone
        painter.setBrush(QColor(theme.sign(tone).colour if tone else theme.accent))
        painter.drawEllipse(QPointF(middle, 10), 4.5, 4.5)
        painter.end()


class Timeline(QWidget):
    """The steps of one case: `picture_asked` fetches a picture, `taking_back` undoes the last."""

    picture_asked = Signal(object)  # UUID
    taking_back = Signal()

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        self._look, self._words = look, words
        self._pictures: dict[UUID, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_chapters(self, chapters: tuple[Chapter, ...], undone: UUID | None = None) -> None:
        """Tell the story anew; the step that this record wrote can be taken back."""
        self._pictures.clear()
        clear(self._column)
        for place, chapter in enumerate(chapters):
            row = self._row(chapter, place == len(chapters) - 1, chapter.record_id == undone)
            self._column.addWidget(row)

    def show_picture(self, attachment: UUID, body: bytes | None) -> None:
        """Open a picture in its place."""
        place, picture = self._pictures.get(attachment), QPixmap()
        if place is None:
            return
        if body is None or not picture.loadFromData(body):
            place.setText(self._words.say("The picture is no longer there"))
        else:
            width = max(160, self.width() - _RAIL - 12)
            smooth = Qt.TransformationMode.SmoothTransformation
            place.setPixmap(picture.scaledToWidth(min(width, picture.width()), smooth))
        place.show()

    def _row(self, chapter: Chapter, last: bool, undone: bool) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Dot(self._look, self._tone(chapter), last))
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 12)
        inside.setSpacing(2)
        inside.addLayout(self._head(chapter))
        for text in chapter.lines:
            inside.addWidget(_struck(wrapped(text)) if chapter.taken_back else wrapped(text))
        if chapter.attachment is not None:
            self._add_picture(inside, chapter.attachment)
        if undone:
            back = choice(self._words.say("Take the step back"), self.taking_back.emit)
            mark = icon("undo", 20, self._look.theme.accent, self.devicePixelRatioF())
            back.setIcon(QIcon(mark))
            back.setToolTip("Ctrl Z")
            inside.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(inside, 1)
        said = ", ".join((f"{chapter.at:%m-%d %H:%M}", chapter.word, *chapter.lines))
        made.setAccessibleName(said)
        return made

    @staticmethod
    def _tone(chapter: Chapter) -> Tone | None:
        if chapter.taken_back or chapter.event is Event.TAKEN_BACK:
            return Tone.IDLE
        return _TONES.get(chapter.event)

    def _head(self, chapter: Chapter) -> QHBoxLayout:
        head = QHBoxLayout()
        word = label("strong", chapter.word)
        tone = self._tone(chapter)
        if tone is not None:
            restyle(word, tone=str(tone))
        head.addWidget(word)
        head.addStretch(1)
        who = f"{chapter.operator}  " if chapter.operator else ""
        head.addWidget(label("small", f"{who}{chapter.at:%m-%d %H:%M}"))
        return head

    def _add_picture(self, inside: QVBoxLayout, attachment: UUID) -> None:
        place = label()
        place.hide()
        said = self._words.say("Show the picture")
        look = choice(said, lambda: self.picture_asked.emit(attachment))
        self._pictures[attachment] = place
        inside.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(place)


def wrapped(text: str, role: str = "") -> QLabel:
    """A label that breaks its lines and never asks for more width than there is."""
    made = label(role, text)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def _struck(made: QLabel) -> QLabel:
    """Still there to be read, and plainly no longer so."""
    font = made.font()
    font.setStrikeOut(True)
    made.setFont(font)
    return made


def clear(layout: QVBoxLayout) -> None:
    """Take away what stands in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
