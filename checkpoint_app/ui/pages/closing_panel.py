"""结报: closing a period in one clear flow. What is missing, then the work with its progress, then
what was laid down; the desk goes on all the while."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.closing import Closed, Progress
from checkpoint_app.desk.exporting import NAMES
from checkpoint_app.desk.open_points import OPEN_POINTS, OpenPoint
from checkpoint_app.desk.paper_office import PaperOffice, RunningClosing
from checkpoint_app.desk.sheets import period_of
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.sheet import Period
from checkpoint_app.store.sealed_sheets import Closing
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.switches import Switch
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.chip import ChipView
from checkpoint_app.ui.widgets.labels import label

_WIDEST = 860


class ClosingPanel(QWidget):
    """`finished` carries what was laid down and whether it is to be printed; `left` leads back."""

    finished = Signal(object, bool)  # Closed
    shown_whole = Signal(object)  # Closed
    left = Signal()
    folder_chosen = Signal(str)

    def __init__(self, look: Look, paper: PaperOffice, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._look, self._paper, self._now = look, paper, now
        self._words = words = Words(look, self)
        self._day, self._mask, self._operator = now().date(), Mask.PARTIAL, ""
        self._running: RunningClosing | None = None
        self._closed: Closed | None = None
        self._points: list[ChipView] = []
        self.title, self.what = label("page-title"), label("soft")
        self.what.setWordWrap(True)
        self.before = label("soft")
        self.before.setWordWrap(True)
        self.said = label("strong")
        self.said.setWordWrap(True)
        self.bar, self.doing = QProgressBar(), label("soft")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.both = Switch(look)
        words.put(self.both.name, "Print everything afterwards")
        self.where = words.button("Another folder…", self._ask_folder)
        self.place = label("small")
        self.place.setWordWrap(True)
        self.begin_button = words.button("Close the period", self.begin, "main")
        self.stop_button = words.button("Stop", self.stop)
        self.back_button = words.button("Back to the sheets", self.left.emit, "quiet")
        self.open_button = words.button("Open the folder", self._open_folder)
        self.view_button = words.button("Look at all sheets", self._show_whole)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for part in (self.title, self.what, self.before):
            column.addWidget(part)
        column.addWidget(self._words.label("To be seen to first", "title"))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        column.addLayout(self._list)
        column.addWidget(self._words.label("What is made", "title"))
        column.addWidget(
            self._words.label(
                "Every sheet of the period as PDF, the register and the summary as Excel too, and "
                "all of it in one PDF with a covering sheet. The desk goes on meanwhile.",
                "soft",
                True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(self.where)
        column.addLayout(row)
        row = QHBoxLayout()
        row.addWidget(self._words.label("Print everything afterwards"), 1)
        row.addWidget(self.both)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.doing)
        column.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.begin_button, self.stop_button, self.open_button, self.view_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.back_button)
        column.addLayout(row)
        column.addStretch(1)
        self._frame(inside)

    def _frame(self, inside: QWidget) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        around = QVBoxLayout(card)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(inside)
        card.setMaximumWidth(_WIDEST)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    # -- before

    @property
    def busy(self) -> bool:
        """Whether a closing is under way."""
        return self._running is not None

    @property
    def period(self) -> Period:
        """The period that is to be closed."""
        starts_at = time.fromisoformat(self._paper.office.settings.period_starts_at)
        return period_of(self._day, starts_at, self._now())

    def open(self, day: date, mask: Mask, operator: str) -> None:
        """Show what there is to do for a day; one under way is shown as it stands."""
        if self.busy:
            return
        self._day, self._mask, self._operator = day, mask, operator
        self._closed = None
        self._say("", Tone.IDLE)
        self._show_state()
        period = self.period
        self._paper.missing(period, self._show_points, self._fault)
        self._paper.closings(period, self._show_before, self._fault)

    def refresh_words(self) -> None:
        """The texts that no widget keeps, once more."""
        say, period = self._words.say, self.period
        self.title.setText(say("Close the period of {day}", day=f"{self._day:%Y-%m-%d}"))
        self.what.setText(f"{period.start:%Y-%m-%d %H:%M} — {period.end:%Y-%m-%d %H:%M}")
        chosen = self._paper.office.settings.closing_folder
        into = say("Into: {folder}", folder=chosen) if chosen else say("Into the station's data")
        self.place.setText(into)

    def _out(self) -> Path:
        office = self._paper.office
        if office.settings.closing_folder:
            return Path(office.settings.closing_folder)
        return (office.folder or Path.home()) / "closings"

    def _show_points(self, points: tuple[OpenPoint, ...]) -> None:
        for chip in self._points:
            chip.setParent(None)
            chip.deleteLater()
        self._points = []
        for point in points:
            self._point(self._words.say(OPEN_POINTS[point.code], count=point.count), Tone.ATTENTION)
        if not points:
            self._point(self._words.say("Nothing is missing"), Tone.PASS)

    def _point(self, sentence: str, tone: Tone) -> None:
        chip = ChipView(self._look, False, self)
        chip.show_text(sentence, tone)
        self._points.append(chip)
        self._list.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def points(self) -> list[str]:
        """What is missing, as it is told."""
        return [each.accessibleName() for each in self._points]

    def _show_before(self, closings: list[Closing]) -> None:
        if not closings:
            self.before.setText(self._words.say("Not closed yet"))
            return
        last = closings[-1]
        self.before.setText(
            self._words.say(
                "Closed at {time}, version {version}. Closing again gives the next version "
                "where something was changed.",
                time=f"{last.closed_at:%m-%d %H:%M}",
                version=last.version,
            )
        )

    # -- the work

    def begin(self) -> None:
        """Close the period."""
        if self.busy:
            return
        self._say("", Tone.IDLE)
        self._running = self._paper.close_period(
            self.period, self._operator, self._out(), self._mask, self._tell, self._end, self._stop
        )
        if self._closed is not None or self.said.text():
            self._running = None  # all of it ran at once, as it does without threads
        self._show_state()

    def stop(self) -> None:
        """Stop at the next page."""
        if self._running is not None:
            self._running.stop()
            self.doing.setText(self._words.say("Stopping…"))

    def _tell(self, step: Progress) -> None:
        self.bar.setRange(0, step.of)
        self.bar.setValue(step.done)
        word = NAMES[step.sheet] if step.sheet is not None else "All sheets in one file"
        self.doing.setText(f"{self._words.say(word)}    {min(step.done + 1, step.of)} / {step.of}")

    def _end(self, closed: Closed) -> None:
        self._running, self._closed = None, closed
        self._say(
            self._words.say(
                "Closed: version {version}, check code {code}. {folder}",
                version=closed.closing.version,
                code=closed.closing.code,
                folder=closed.bound.folder,
            ),
            Tone.PASS,
        )
        self._show_before([closed.closing])
        self._show_state()
        self.finished.emit(closed, self.both.isChecked())

    def _stop(self, sentence: str) -> None:
        self._running = None
        self._say(sentence or self._words.say("Stopped; nothing was closed"), Tone.ATTENTION)
        self._show_state()

    def _fault(self, sentence: str) -> None:
        self._say(sentence, Tone.STOP)

    def _say(self, sentence: str, tone: Tone) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        restyle(self.said, tone=str(tone))

    def _show_state(self) -> None:
        running, done = self.busy, self._closed is not None
        self.bar.setVisible(running)
        self.doing.setVisible(running)
        self.stop_button.setVisible(running)
        self.begin_button.setVisible(not running)
        self.begin_button.setText(self._words.say("Close again" if done else "Close the period"))
        self.where.setEnabled(not running)
        self.open_button.setVisible(done and not running)
        self.view_button.setVisible(done and not running)
        self.refresh_words()

    # -- afterwards

    def _show_whole(self) -> None:
        if self._closed is not None:
            self.shown_whole.emit(self._closed)

    def _open_folder(self) -> None:
        if self._closed is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._closed.bound.folder)))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self.window(), self._words.say("Another folder…"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder_chosen)
        dialog.fileSelected.connect(lambda _: self.refresh_words())
        dialog.open()
