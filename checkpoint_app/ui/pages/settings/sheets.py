"""Sheets: period, masking, the unit that they go to, and each sheet's template with its preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit

from checkpoint_app.desk import Tone, entries
from checkpoint_app.desk.exporting import NAMES
from checkpoint_app.desk.files import sentence_for
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.sheets import SheetOrder, period_of
from checkpoint_app.desk.templating import (
    columns_of,
    drop_template,
    keep_template,
    template_problem,
    template_text,
    tried,
)
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.roles import Right
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.domain.template import Template, TemplateFault
from checkpoint_app.registers.templates import template_name
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.page_roll import PageRoll
from checkpoint_app.ui.pages.pictures import PagePictures
from checkpoint_app.ui.pages.settings.rows import Change, Group, buttons, tell
from checkpoint_app.ui.pages.sheet_choice import MASKS
from checkpoint_app.ui.widgets.drop_down import DropDown
from checkpoint_app.ui.widgets.labels import label

REST = 500  # milliseconds without a key after which the preview is drawn anew
ENCODINGS = {"utf-8": "UTF-8", "gbk": "GBK"}
_TALL = 300


class SheetsGroup(Group):
    """What stands on paper, and how."""

    def __init__(
        self,
        look: Look,
        office: Office,
        change: Change,
        behind: Background,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(look, office, change)
        self._now, self._loaded, self._asked = now, "", 0
        self._add_period()
        self._add_files()
        self.sheet = DropDown(look)
        self.editor, self.problem = QPlainTextEdit(), label("strong")
        self.pictures = PagePictures(behind, self)
        self.preview = PageRoll(look, self.pictures, small=False)
        words = self._words
        self.keep_button = words.button("Use this form", self.keep, "main")
        self.drop_button = words.button("Back to the shipped form", self.drop)
        self.columns = label("small")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.draw)
        self._add_templates()
        self.end()

    def _add_period(self) -> None:
        card = self.card("Sheets")
        self.period = self.text(
            card,
            "Period starts at",
            "period_starts_at",
            entries.time_of_day,
            "With 17:00, a day's sheet runs from 17:00 of the day before.",
        )
        masks = {str(k): v for k, v in MASKS.items()}
        self.choice(card, "Names and numbers", "sheet_mask", masks)
        self.report_to = self.text(
            card,
            "Sent to",
            "report_to",
            hint="The regulator or township; it stands on the covering sheet of a closed period.",
        )

    def _add_files(self) -> None:
        card = self.card("Files")
        self.switch(card, "PDF for the archive", "archival_pdf", "PDF/A-2b: opens in decades too.")
        self.choice(card, "Text in CSV", "csv_encoding", ENCODINGS)

    def _add_templates(self) -> None:
        card = self.card(
            "Forms",
            "Columns, their order, widths and titles, paper: change the text to match the county's "
            "own form. The preview follows; nothing counts until it is used.",
        )
        words = self._words
        words.name(self.sheet, "Sheet")
        for sheet, message in NAMES.items():
            self.sheet.addItem("", sheet)
            words.put(partial(self.sheet.setItemText, self.sheet.count() - 1), message)
        self.sheet.activated.connect(lambda _: self.load())
        words.name(self.editor, "Text of the form")
        words.name(self.preview, "The sheet")
        self.editor.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.editor.setFixedHeight(_TALL)
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.editor.textChanged.connect(self._rest.start)
        self.preview.setFixedHeight(_TALL)
        for part in (self.problem, self.columns):
            part.setWordWrap(True)
        self.row(card, "Sheet", self.sheet)
        self.wide(card, self.editor)
        self.wide(card, self.problem)
        self.wide(card, buttons(self.keep_button, self.drop_button))
        self.wide(card, self.preview)
        self.wide(card, self.columns)

    # -- one sheet's form

    @property
    def chosen(self) -> Sheet:
        """The sheet whose form is shown."""
        return Sheet(self.sheet.currentData())

    def opened(self) -> None:
        """The group came into view."""
        self.load()

    def closed(self) -> None:
        """The group went out of view; its pictures are let go."""
        self._rest.stop()
        self._asked += 1
        self.pictures.open(b"")

    def load(self) -> None:
        """Show the form in force of the chosen sheet."""
        venue, folder = self._office.venue, self._office.folder
        translate = self._look.translate
        self._loaded, own = template_text(self.chosen, folder, translate, venue=venue)
        self._show_text(self._loaded, own=own)
        name = template_name(self.chosen, venue=venue)
        self._office.offices_form(name, partial(self._offices_came, self.chosen), self._fault)
        keys = "   ".join(columns_of(self.chosen, self._look.translate))
        self.columns.setText(self._words.say("Columns: {keys}. By hand: hand_…", keys=keys))
        self.draw()

    def _show_text(self, text: str, *, own: bool, offices: bool = False) -> None:
        self.editor.setPlainText(text)
        self.editor.setReadOnly(offices)
        self.drop_button.setEnabled(own and not offices)

    def _offices_came(self, sheet: Sheet, text: str | None) -> None:
        """The command office's form counts before the station's own; it alone changes it."""
        if text is not None and sheet is self.chosen:
            self._loaded = text
            self._show_text(text, own=False, offices=True)
            self.draw()

    def draw(self) -> None:
        """Draw the sheet as the text says, with today's people, masked."""
        self._rest.stop()
        self._asked += 1
        asked, found = self._asked, tried(self.editor.toPlainText(), self.chosen)
        good = isinstance(found, Template)
        self.keep_button.setEnabled(
            good and self._office.folder is not None and self.editor.toPlainText() != self._loaded
        )
        if isinstance(found, TemplateFault):
            tell(self.problem, template_problem(found, self._look.translate), Tone.STOP)
            return
        offices = self.editor.isReadOnly()
        said = self._words.say("The county's form is in force here") if offices else ""
        tell(self.problem, said, Tone.IDLE)
        self._office.preview(self._order(found), lambda pdf: self._drawn(asked, pdf), self._fault)

    def _order(self, template: Template) -> SheetOrder:
        starts_at = time.fromisoformat(self._office.settings.period_starts_at)
        period = period_of(self._now().date(), starts_at, self._now())
        return SheetOrder(self.chosen, period, Mask.PARTIAL, "", template=template)

    def _drawn(self, asked: int, pdf: bytes) -> None:
        if asked == self._asked:
            self.pictures.open(pdf)

    def _fault(self, sentence: str) -> None:
        tell(self.problem, sentence, Tone.STOP)

    def keep(self) -> None:
        """Make the text the station's own form."""
        folder, text = self._office.folder, self.editor.toPlainText()
        if folder is None or not isinstance(tried(text, self.chosen), Template):
            return
        if not self._office.allows(Right.SETTINGS, self._fault):
            return
        try:
            keep_template(text, self.chosen, folder, venue=self._office.venue)
        except OSError as error:
            self._fault(sentence_for(error, self._look.translate))
            return
        self.load()
        tell(self.problem, self._words.say("This form is used from now on"), Tone.PASS)

    def drop(self) -> None:
        """Go back to the shipped form."""
        folder = self._office.folder
        if folder is None or not self._office.allows(Right.SETTINGS, self._fault):
            return
        try:
            drop_template(self.chosen, folder, venue=self._office.venue)
        except OSError as error:
            self._fault(sentence_for(error, self._look.translate))
            return
        self.load()
