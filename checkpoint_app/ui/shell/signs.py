"""The quiet signs of the top bar: the strongest two or three, the rest behind one with a count.

What stops, and what must never be forgotten (practice, unprotected data), is not folded away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.desk import Chip, Tone
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.chip import ChipView
from checkpoint_app.ui.widgets.choices import KeyPanel, choice, sign_icon
from checkpoint_app.ui.widgets.popover import Popover

MOST = 3  # more than these are folded: a bar full of signs is read by nobody
MOST_BRIEF = 6  # in few words each
_GAP = 10
_WIDEST = 600  # of what is never folded; beyond that their words are shortened
_RANK = {Tone.STOP: 0, Tone.ATTENTION: 2, Tone.ASK: 3, Tone.PASS: 4, Tone.IDLE: 5}
_KEPT = 1


def rank(chip: Chip) -> int:
    """How strong a sign is; 0 is the strongest."""
    return min(_RANK[chip.tone], _KEPT) if chip.kept else _RANK[chip.tone]


def strongest(chips: tuple[Chip, ...], most: int) -> tuple[Chip, ...]:
    """At most so many signs, in their order; those that are never folded stand in any case."""
    by_rank = sorted(chips, key=rank)
    chosen = [chip for at, chip in enumerate(by_rank) if at < most or rank(chip) <= _KEPT]
    return tuple(chip for chip in chips if chip in chosen)


class FoldedList(KeyPanel):
    """The signs that were folded, one below the other; each leads where it is seen to."""

    def __init__(self, look: Look, chips: tuple[Chip, ...], act: Callable[[str], None]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for chip in sorted(chips, key=rank):
            button = choice(chip.text, partial(act, chip.page or ""))
            button.setProperty("role", "nav")
            button.setIcon(self._mark(look, chip.tone))
            column.addWidget(button)

    def _mark(self, look: Look, tone: Tone) -> QIcon:
        """The sign of a tone; the idle one has an empty place, so that all words stand in line."""
        if tone is not Tone.IDLE:
            return sign_icon(look, tone, 16, self.devicePixelRatioF())
        empty = QPixmap(16, 16)
        empty.fill(Qt.GlobalColor.transparent)
        return QIcon(empty)


class SignRow(QWidget):
    """Right-aligned; `asked` names the page of a pressed sign."""

    asked = Signal(str)
    closed = Signal()  # the list of folded signs was closed

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chips: tuple[Chip, ...] = ()
        self._views: list[ChipView] = []
        self._least = 0
        self._listed: list[str] = []  # codes in the open list
        self.shown: tuple[Chip, ...] = ()
        self.folded: tuple[Chip, ...] = ()
        self.more = ChipView(look, parent=self)
        self.more.set_live(True)
        self.more.clicked.connect(self._toggle)
        self.more.hide()
        self._list: Popover | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._arrange)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._least, TARGET)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for what is never folded: a long name of the site is shortened before a sign is."""
        return self.sizeHint()

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """Show these signs, as many as there is room and calm for."""
        if chips != self._chips:
            self._chips = chips
            self._arrange()

    def close_list(self) -> None:
        """Close the list of the folded signs."""
        if self._list is not None:
            self._list.close_now()

    # -- choosing

    def _arrange(self) -> None:
        self._ask_room()
        for most, brief in self._ways():
            self._choose(most, brief)
            if self._needed() <= self.width():
                break
        if [chip.code for chip in self.folded] != self._listed:
            self.close_list()
        self._place()

    def _ways(self) -> Iterator[tuple[int, bool]]:
        """How many signs, and whether in few words: the best way first."""
        many, long = len(self._chips), sum(not chip.brief for chip in self._chips)
        if many <= MOST:
            yield MOST, False
        calm = MOST_BRIEF if long <= 1 else MOST
        yield from ((most, True) for most in range(calm if many <= calm else calm - 1, -1, -1))

    def _ask_room(self) -> None:
        self._choose(1, brief=True)
        least = min(self._needed(), _WIDEST)
        if least != self._least:
            self._least = least
            self.updateGeometry()

    def _choose(self, most: int, brief: bool) -> None:
        self.shown = strongest(self._chips, most)
        self.folded = tuple(chip for chip in self._chips if chip not in self.shown)
        while len(self._views) < len(self.shown):
            self._views.append(self._view(len(self._views)))
        for chip, view in zip(self.shown, self._views, strict=False):
            view.set_live(chip.page is not None)
            if brief and chip.brief:
                view.show_brief(chip.brief, chip.text, chip.tone, chip.icon)
            else:
                view.show_text(chip.text, chip.tone)
        self._name_more()

    def _view(self, place: int) -> ChipView:
        made = ChipView(self._look, parent=self)
        made.clicked.connect(lambda: self.asked.emit(self.shown[place].page or ""))
        return made

    def _name_more(self) -> None:
        grave = any(chip.tone is Tone.ATTENTION for chip in self.folded)
        text = self._look.translate("{count} more", count=len(self.folded))
        self.more.show_text(text, Tone.ATTENTION if grave else Tone.IDLE)
        self.more.setToolTip("\n".join(chip.text for chip in self.folded))

    # -- places

    def _line(self) -> list[ChipView]:
        line = self._views[: len(self.shown)]
        return [*line, self.more] if self.folded else line

    def _needed(self) -> int:
        line = self._line()
        return sum(view.sizeHint().width() for view in line) + _GAP * max(0, len(line) - 1)

    def _place(self) -> None:
        line, short = self._line(), max(0, self._needed() - self.width())
        for view in (*self._views, self.more):
            view.setVisible(view in line)
        signs = self._views[: len(self.shown)]
        left = max(0, self.width() - self._needed())
        for view in line:
            width = view.sizeHint().width()
            if short and view in signs:
                width = max(TARGET, width - -(-short // len(signs)))
            view.setGeometry(QRect(left, 0, width, self.height()))
            left += width + _GAP

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    # -- the list

    def _toggle(self) -> None:
        if self._list is None:
            self._list = Popover(self.window(), self)
            self._list.closed.connect(self.closed)
        if self._list.isVisible():
            self._list.close_now()
        else:
            self._listed = [chip.code for chip in self.folded]
            self._list.open_at(self.more, FoldedList(self._look, self.folded, self._take))

    def _take(self, page: str) -> None:
        self.close_list()
        self.asked.emit(page)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self.close_list()
