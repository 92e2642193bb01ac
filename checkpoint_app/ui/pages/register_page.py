"""登记表: the day's sheets as they will lie on the table; printed, or saved as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Strip, Tone
from checkpoint_app.desk.closing import Closed
from checkpoint_app.desk.exporting import ENDINGS, SheetFile, file_stem
from checkpoint_app.desk.files import sentence_for, write_whole
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.paper_office import PaperOffice
from checkpoint_app.desk.sheets import SheetOrder, period_of
from checkpoint_app.devices.ports import Printer, PrintJob
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.closing_panel import ClosingPanel
from checkpoint_app.ui.pages.page_roll import FIT, PageRoll
from checkpoint_app.ui.pages.pictures import PagePictures
from checkpoint_app.ui.pages.print_card import PrintCard, page_range
from checkpoint_app.ui.pages.sheet_choice import Chosen, SheetChoice
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.shell.strips import StripBar
from checkpoint_app.ui.widgets.labels import label

_SAID = 8000  # milliseconds that good news stays
_SIDE = {"compact": 350, "roomy": 400}


class RegisterPage(QWidget):
    """Choice left, sheet in the middle. `printer_chosen` is kept for the next time."""

    printer_chosen = Signal(str)
    folder_chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        office: Office,
        printer: Printer,
        behind: Background,
        now: Callable[[], datetime],
        operator: Callable[[], str],
    ) -> None:
        super().__init__()
        self._look, self._office, self._printer, self._behind = look, office, printer, behind
        self._now, self._operator = now, operator
        self._asked, self._busy, self._stale, self._pdf = 0, False, True, b""
        self._paper, self._whole = PaperOffice(office), b""  # all sheets of a closing, if in view
        self._words = words = Words(look, self)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.choice, self.card = SheetChoice(look, now), PrintCard(look)
        self.pictures = PagePictures(behind, self)
        self.roll = PageRoll(look, self.pictures, small=False)
        self.small = PageRoll(look, self.pictures, small=True)
        self.closing = ClosingPanel(look, self._paper, now)
        self.close_button = words.button(
            "Close the period…", lambda: self.open_closing(True), "quiet"
        )
        self.strip, self.place, self.state = StripBar(look), label("soft"), label("soft")
        self.fit = words.button("Fit width", lambda: self.roll.set_zoom(FIT))
        self.actual = words.button("100 %", lambda: self.roll.set_zoom(1.0))
        self.less = words.button("−", lambda: self.roll.step_zoom(-1))
        self.more = words.button("+", lambda: self.roll.step_zoom(1))
        words.name(self.less, "Smaller")
        words.name(self.more, "Larger")
        words.name(self.roll, "The sheet")
        words.name(self.small, "Pages of the sheet")
        self._good_news = QTimer(self)
        self._good_news.setSingleShot(True)
        self._good_news.setInterval(_SAID)
        self._good_news.timeout.connect(lambda: self.strip.show_strips(()))
        self._soon = QTimer(self)  # once the line has its place
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_recipient)
        self._lay_out()
        self._connect()
        words.follow(self._retext)

    def _lay_out(self) -> None:
        self._side = QFrame()
        self._side.setProperty("role", "card")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(self._words.label("Register", "page-title"))
        column.addWidget(self._choices(), 1)
        column.addWidget(self.card)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.place)
        tools.addWidget(self.state, 1)
        tools.addWidget(self.close_button)
        for part in (self.less, self.more, self.fit, self.actual):
            tools.addWidget(part)
        self.small.setFixedWidth(150)
        sheets = QHBoxLayout()
        sheets.setSpacing(8)
        sheets.addWidget(self.small)
        sheets.addWidget(self.roll, 1)
        seen = QWidget()
        view = QVBoxLayout(seen)
        view.setContentsMargins(0, 0, 0, 0)
        view.setSpacing(8)
        view.addLayout(tools)
        view.addLayout(sheets, 1)
        self._main = QStackedWidget()
        self._main.addWidget(seen)
        self._main.addWidget(self.closing)
        main = QVBoxLayout()
        main.setSpacing(8)
        main.addWidget(self.strip)
        main.addWidget(self._main, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(12)
        row.addWidget(self._side)
        row.addLayout(main, 1)

    def _choices(self) -> QScrollArea:
        """On a low screen a day of one's own and a recipient together need to scroll."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.choice)
        column.addStretch(1)
        made = QScrollArea()
        made.setWidgetResizable(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setWidget(inside)
        self._scroll = made
        return made

    def _connect(self) -> None:
        self.choice.changed.connect(self._chosen)
        self.card.printing.connect(self.print_sheet)
        self.card.saving.connect(self._ask_file)
        self.card.printer_chosen.connect(self.printer_chosen)
        self.roll.turned.connect(self._turned)
        self.small.pressed.connect(self._go_to)
        self.closing.left.connect(lambda: self.open_closing(False))
        self.closing.finished.connect(self._closed)
        self.closing.shown_whole.connect(self._show_whole)
        self.closing.folder_chosen.connect(self.folder_chosen)
        self.strip.acted.connect(lambda _: self.strip.show_strips(()))
        self.pictures.opened.connect(lambda: self._turned(self.roll.page))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.choice.start(self._now().date(), self._office.settings.sheet_mask)
        self._behind.run(
            lambda: (self._printer.names(), self._printer.default()), self._show_printers
        )
        self.draw()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._asked += 1
        self.pictures.open(b"")

    def _show_printers(self, found: tuple[list[str], str | None]) -> None:
        names, default = found
        self.card.show_printers(names, self._office.settings.printer or default)
        self._allow()

    # -- drawing

    def draw(self) -> None:
        """Draw the sheet that is chosen; an answer to an older wish is dropped."""
        self._asked += 1
        asked, self._pdf, self._whole = self._asked, b"", b""
        self._allow()
        if not self.choice.ready:
            self.pictures.open(b"")
            self.state.setText(self._words.say("Say for whom the whole numbers are"))
            return
        self.state.setText(self._words.say("Drawing the sheet…"))
        self._office.preview(
            self._order(self.choice.chosen), lambda pdf: self._drawn(asked, pdf), self._fault
        )

    def _drawn(self, asked: int, pdf: bytes) -> None:
        if asked == self._asked:
            self._pdf = pdf
            self.state.clear()
            self.pictures.open(pdf)
            self._allow()

    def _order(self, chosen: Chosen) -> SheetOrder:
        starts_at = time.fromisoformat(self._office.settings.period_starts_at)
        return SheetOrder(
            chosen.sheet,
            period_of(chosen.day, starts_at, self._now()),
            chosen.mask,
            self._operator(),
            chosen.recipient,
            self._office.folder,
        )

    # -- closing a period

    def open_closing(self, wanted: bool = True) -> None:
        """Show the closing of the chosen day, or the sheets again."""
        self._main.setCurrentIndex(1 if wanted else 0)
        self.close_button.setVisible(not wanted)
        self.card.setVisible(not wanted)
        if wanted:
            self.closing.open(self.choice.chosen.day, self.choice.chosen.mask, self._operator())
            self.closing.begin_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def closing_shown(self) -> bool:
        """Whether the closing is in view."""
        return self._main.currentIndex() == 1

    def _chosen(self) -> None:
        self.draw()
        self._soon.start()
        if self.closing_shown and not self.closing.busy:
            self.open_closing()

    def _show_recipient(self) -> None:
        """Whole numbers ask for whom: the line comes into view, also on a low screen."""
        line = self.choice.recipient
        if line.isVisible() and not line.text():
            self._scroll.ensureWidgetVisible(line)

    def _closed(self, closed: Closed, printing: bool) -> None:
        if printing:
            self._print_whole(closed.bound.pdf, closed.bound.whole.stem)

    def _show_whole(self, closed: Closed) -> None:
        self._asked += 1
        self.open_closing(False)
        self._pdf = self._whole = closed.bound.pdf
        self.state.setText(self._words.say("All sheets of the closed period"))
        self.pictures.open(self._pdf)
        self._allow()

    def _turned(self, page: int) -> None:
        count = self.pictures.count
        self.place.setText(f"{page} / {count}" if count else "")
        self.place.setAccessibleName(
            self._words.say("Page {page} of {pages}", page=page, pages=count)
        )
        self.small.go_to(page)

    def _go_to(self, page: int) -> None:
        self.roll.go_to(page)
        self._turned(page)

    def _allow(self) -> None:
        there = bool(self._pdf) and not self._busy
        self.card.allow(there, there)

    # -- on paper: sealed first, then printed or saved

    def print_sheet(self) -> None:
        """Print what is in view."""
        text = self.card.range_text
        if text and page_range(text) is None:
            self._fault(self._words.say("Pages are written like 2-5"))
            return
        if self._whole:
            self._print_whole(self._whole, self._words.say("All-sheets"))
        else:
            self._sealed(self._print, "print")

    def _print_whole(self, pdf: bytes, title: str) -> None:
        said = self._words.say("Sent to the printer: {title}", title=title)
        self._send(PrintJob(pdf, title, *self._options()), said)

    def _options(self) -> tuple[str | None, int, tuple[int, int] | None, bool]:
        card = self.card
        pages = page_range(card.range_text)
        return card.printer.currentData() or None, int(card.copies.value), pages, card.duplex

    def _print(self, sheet: SheetFile, title: str) -> None:
        said = self._words.say("Sent to the printer, check code {code}", code=sheet.seal.code)
        self._send(PrintJob(sheet.body, title, *self._options()), said)

    def _send(self, job: PrintJob, said: str) -> None:
        self._behind.run(lambda: self._printer.print(job), lambda _: self._done(said), self._failed)

    def _ask_file(self) -> None:
        form = self.card.form
        dialog = QFileDialog(self.window(), self._words.say("Save as…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{form.upper()} (*{ENDINGS[form]})")
        dialog.setDefaultSuffix(ENDINGS[form].lstrip("."))
        dialog.selectFile(self.file_name())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        dialog.open()

    def file_name(self) -> str:
        """2026-11-23-登记表.pdf"""
        chosen = self.choice.chosen
        stem = file_stem(chosen.sheet, chosen.day, self._look.translate)
        return stem + ENDINGS[self.card.form]

    def save(self, target: Path) -> None:
        """Write the sheet in the chosen form, whole or not at all."""
        said = self._words.say("Saved: {file}", file=target.name)
        if self._whole and self.card.form == "pdf":
            self._write(target, self._whole, said)
        else:
            self._sealed(lambda sheet, _: self._write(target, sheet.body, said), self.card.form)

    def _write(self, target: Path, body: bytes, said: str) -> None:
        self._behind.run(
            lambda: write_whole(target, body), lambda _: self._done(said), self._failed
        )

    def _sealed(self, then: Callable[[SheetFile, str], None], form: str) -> None:
        if self._busy or not self.choice.ready:
            return
        self._busy = True
        self._allow()
        self.state.setText(self._words.say("One moment…"))
        chosen, title = self.choice.chosen, Path(self.file_name()).stem
        self._paper.export(self._order(chosen), form, lambda sheet: then(sheet, title), self._fault)

    def _done(self, sentence: str) -> None:
        self._free()
        self._tell(sentence, Tone.PASS)
        self._good_news.start()

    def _failed(self, error: Exception) -> None:
        self._fault(sentence_for(error, self._look.translate))

    def _fault(self, sentence: str) -> None:
        self._free()
        self._good_news.stop()
        self._tell(sentence, Tone.STOP)

    def _free(self) -> None:
        self._busy = False
        self.state.clear()
        self._allow()

    def _tell(self, sentence: str, tone: Tone) -> None:
        self.strip.show_strips((Strip("sheet", sentence, self._words.say("Close"), tone),))

    # -- words and keys

    def _retext(self) -> None:
        self._side.setFixedWidth(_SIDE[self._look.metrics.name])
        self.closing.refresh_words()
        if self.isVisible():
            self.draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = 1 if event.key() == Qt.Key.Key_PageDown else -1
            self._go_to(min(max(1, self.roll.page + step), max(1, self.pictures.count)))
        elif event.text() in ("+", "-"):
            self.roll.step_zoom(1 if event.text() == "+" else -1)
        else:
            event.ignore()
