"""统计: period and chart at the left, the picture in the middle, its numbers beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Strip, Tone
from checkpoint_app.desk.figuring import Counting, Figures, front_of, range_of
from checkpoint_app.desk.office import Office
from checkpoint_app.devices.ports import Printer, PrintJob
from checkpoint_app.domain.tally import Chart, Front
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.figures.headline import HeadlineRow
from checkpoint_app.ui.pages.figures.numbers import NumbersModel, NumbersTable
from checkpoint_app.ui.pages.figures.picture import ChartPicture
from checkpoint_app.ui.pages.files import sentence_for, write_whole
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.shell.strips import StripBar
from checkpoint_app.ui.widgets.drop_down import DropDown
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.upright import Upright

SPANS = {"0": "Today", "1": "Yesterday", "6": "7 days", "29": "30 days", "": "Range"}
PICTURE = (1600, 1000)  # pixels of a picture that is saved
_SIDE = {"compact": 256, "roomy": 320}
_NUMBERS = {"compact": 330, "roomy": 430}
_REST = 500  # milliseconds without a key after which a typed date counts


class FiguresPage(QWidget):
    """The page. Counting goes on beside the desk; another choice ends it."""

    counted = Signal()

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
        self._words = words = Words(look, self)
        self._counting: Counting | None = None
        self.figures: Figures | None = None
        self._chosen = "flow"
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.span = DropDown(look)
        words.name(self.span, "Period")
        words.follow(self._name_spans)
        self.span.activated.connect(lambda _: self._span_chosen())
        self.start, self.end = self._date("From"), self._date("To")
        self.charts: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.headlines, self.picture = HeadlineRow(look), ChartPicture(look, behind)
        self.model = NumbersModel(look, self)
        self.numbers = NumbersTable(self.model, self)
        words.name(self.numbers, "The numbers of the chart")
        words.name(self.picture, "The chart")
        self.strip, self.title = StripBar(look), label("title")
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.cancel = words.button("Cancel", self._cancel)
        self.save_picture = words.button("Save picture…", self._ask_picture)
        self.save_table = words.button("Save all as XLSX…", self._ask_table)
        self.print_all = words.button("Print", self.print_figures, "main")
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_REST)
        self._typed.timeout.connect(self.count)
        self._lay_out()
        self.strip.acted.connect(lambda _: self.strip.show_strips(()))
        words.follow(self._retext)

    def _date(self, message: str) -> QDateEdit:
        made = QDateEdit()
        made.setCalendarPopup(True)
        made.setDisplayFormat("yyyy-MM-dd")
        made.dateChanged.connect(lambda _: self._typed.start())
        self._words.name(made, message)
        return made

    def _lay_out(self) -> None:
        self._side = QFrame()
        self._side.setProperty("role", "card")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(6)
        column.addWidget(self._words.label("Figures", "page-title"))
        column.addWidget(self.span)
        dates = QHBoxLayout()
        dates.setSpacing(4)
        for part in (self.start, self.end):
            part.setProperty("role", "narrow")
            dates.addWidget(part, 1)
        column.addLayout(dates)
        column.addSpacing(4)
        choices = QWidget()
        self._list = QVBoxLayout(choices)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self._list.addStretch(1)
        self._scroll = Upright(choices)
        column.addWidget(self._scroll, 1)
        for button in (self.save_picture, self.save_table, self.print_all):
            column.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(12)
        row.addWidget(self._side)
        row.addLayout(self._middle(), 1)

    def _middle(self) -> QVBoxLayout:
        waiting = QHBoxLayout()
        waiting.addWidget(self.bar, 1)
        waiting.addWidget(self.cancel)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self.title)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.picture, 1)
        both.addWidget(self.numbers)
        inside.addLayout(both, 1)
        main = QVBoxLayout()
        main.setSpacing(10)
        main.addWidget(self.strip)
        main.addWidget(self.headlines)
        main.addLayout(waiting)
        main.addWidget(card, 1)
        return main

    # -- counting

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._show_span()
        self.count()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._cancel()

    def _name_spans(self) -> None:
        on = max(self.span.currentIndex(), 0)
        self.span.clear()
        for value, message in SPANS.items():
            self.span.addItem(self._words.say(message), value)
        self.span.setCurrentIndex(on)

    def _span_chosen(self) -> None:
        self._show_span()
        self.count()

    def _show_span(self) -> None:
        """Dates of one's own only where they are asked for; else the ones that the span means."""
        value, today = str(self.span.currentData()), self._now().date()
        for part in (self.start, self.end):
            part.setVisible(value == "")
        if value:
            first = today - timedelta(days=int(value))
            last = first if value == "1" else today
            for part, day in ((self.start, first), (self.end, last)):
                part.blockSignals(True)
                part.setMaximumDate(QDate(today.year, today.month, today.day))
                part.setDate(QDate(day.year, day.month, day.day))
                part.blockSignals(False)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that are chosen."""
        start: date = self.start.date().toPython()  # type: ignore[assignment]
        end: date = self.end.date().toPython()  # type: ignore[assignment]
        return start, end

    def count(self) -> None:
        """Count the chosen period anew."""
        self._cancel()
        starts_at = time.fromisoformat(self._office.settings.period_starts_at)
        period = range_of(*self.days, starts_at, self._now())
        self._busy(True)
        self._counting = Counting(self._office, period, self._show, self._fault, self._progress)

    def _cancel(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None
        self._busy(False)

    def _busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.bar.setValue(0)
        there = not busy and self.figures is not None and self.figures.people > 0
        for button in (self.save_picture, self.save_table, self.print_all):
            button.setEnabled(there)

    def _progress(self, share: float) -> None:
        self.bar.setValue(round(100 * share))

    def _show(self, figures: Figures) -> None:
        self.figures, self._counting = figures, None
        self._busy(False)
        self.headlines.show_headlines(figures.headlines)
        self._show_list()
        self.choose(self._chosen)
        self.counted.emit()

    def _show_list(self) -> None:
        charts = self.figures.charts if self.figures is not None else ()
        for chart in charts:
            if chart.key not in self.charts:
                button = QPushButton()
                button.setProperty("role", "nav")
                button.setCheckable(True)
                button.clicked.connect(lambda _=False, key=chart.key: self.choose(key))
                self._group.addButton(button)
                self._list.insertWidget(self._list.count() - 1, button)
                self.charts[chart.key] = button
            words = self._words.say(chart.title)
            self.charts[chart.key].setText(words)
            self.charts[chart.key].setAccessibleName(words)

    def choose(self, key: str) -> None:
        """Show one of the charts."""
        self._chosen = key
        chart = self.chart
        if chart is not None:
            self.charts[key].setChecked(True)
            self._scroll.ensureWidgetVisible(self.charts[key], 0, 8)
            self.title.setText(self._words.say(chart.title))
            self.model.show_chart(chart)
            self.picture.show_chart(chart)

    @property
    def chart(self) -> Chart | None:
        """The chart in view."""
        charts = self.figures.charts if self.figures is not None else ()
        return next((each for each in charts if each.key == self._chosen), None)

    # -- files and paper

    def _ask(self, caption: str, filters: str, name: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self.window(), self._words.say(caption))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(filters.split(";;"))
        dialog.setDefaultSuffix(name.rpartition(".")[2])
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def file_name(self, ending: str) -> str:
        """2026-11-23-查验统计.xlsx"""
        words = self._words.say("Inspection figures").replace(" ", "-")
        return f"{self.days[1]:%Y-%m-%d}-{words}.{ending}"

    def _ask_picture(self) -> None:
        name = self.file_name("png")
        self._ask("Save picture…", "PNG (*.png);;SVG (*.svg)", name, self.save_chart)

    def _ask_table(self) -> None:
        name = self.file_name("xlsx")
        self._ask("Save all as XLSX…", "XLSX (*.xlsx)", name, self.save_workbook)

    def save_chart(self, target: Path) -> None:
        """Write the chart in view as PNG or SVG, by the name's ending."""
        chart, translate, front = self.chart, self._look.translate, self._front()
        if chart is None:
            return
        below = "    ".join((front.site, front.period, front.mark))

        def job() -> None:
            from checkpoint_app.registers.chart import PAPER, picture

            form = "svg" if target.suffix.lower() == ".svg" else "png"
            body = picture(chart, translate, PAPER, PICTURE, text_pixels=22, form=form, below=below)
            write_whole(target, body)

        self._write(job, target)

    def save_workbook(self, target: Path) -> None:
        """Write all charts' numbers as XLSX."""
        figures, translate, front = self.figures, self._look.translate, self._front()
        if figures is None:
            return

        def job() -> None:
            from checkpoint_app.registers.chart_files import workbook

            write_whole(target, workbook(figures.charts, figures.headlines, front, translate))

        self._write(job, target)

    def _write(self, job: Callable[[], None], target: Path) -> None:
        said = self._words.say("Saved: {file}", file=target.name)
        self._behind.run(job, lambda _: self._tell(said, Tone.PASS), self._failed)

    def print_figures(self) -> None:
        """Print all charts with their numbers on the printer of the settings."""
        figures, translate, front = self.figures, self._look.translate, self._front()
        if figures is None:
            return
        printer = self._office.settings.printer or None
        title, now = self._words.say("Inspection figures"), self._now()

        def job() -> None:
            from checkpoint_app.registers.chart_files import pages

            pdf = pages(figures.charts, figures.headlines, front, translate, now)
            self._printer.print(PrintJob(pdf, title, printer))

        said = self._words.say("Sent to the printer")
        self._behind.run(job, lambda _: self._tell(said, Tone.PASS), self._failed)

    def _front(self) -> Front:
        return front_of(self._office, self.days, self._operator(), self._now())

    def _failed(self, error: Exception) -> None:
        self._tell(sentence_for(error, self._look.translate), Tone.STOP)

    def _fault(self, sentence: str) -> None:
        self._cancel()
        self._tell(sentence, Tone.STOP)

    def _tell(self, sentence: str, tone: Tone) -> None:
        self.strip.show_strips((Strip("figures", sentence, self._words.say("Close"), tone),))

    # -- words and keys

    def _retext(self) -> None:
        self._side.setFixedWidth(_SIDE[self._look.metrics.name])
        self.numbers.setFixedWidth(_NUMBERS[self._look.metrics.name])
        if self.isVisible():
            self.count()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        keys = list(self.charts)
        if step is not None and self._chosen in keys:
            self.choose(keys[(keys.index(self._chosen) + step) % len(keys)])
        else:
            event.ignore()
