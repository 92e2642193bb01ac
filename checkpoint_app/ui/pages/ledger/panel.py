"""One case at the side: its story, the next step as the one main action, paper, whole on asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.cases.casework import Casework
from checkpoint_app.desk.cases.telling import CaseView
from checkpoint_app.devices.ports import Frame
from checkpoint_app.domain.case import Event, Step
from checkpoint_app.i18n.cases import RECALL, action_word
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.ledger.side_choice import PaperChoice, PhotoChoice, SideChoice
from checkpoint_app.ui.pages.ledger.step_form import Likely, StepForm
from checkpoint_app.ui.pages.ledger.timeline import Timeline, clear, wrapped
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.choices import choice, sign_icon
from checkpoint_app.ui.widgets.labels import ElidedLabel, label

WIDTH = {"compact": 400, "roomy": 520}
_PICTURES = "JPEG, PNG (*.jpg *.jpeg *.png *.webp *.bmp)"
_TOO_LARGE = 40_000_000


class CasePanel(QFrame):
    """Shows a `CaseView`. `changed` after every step; `printed` carries paper and its name."""

    changed = Signal()
    closed = Signal()
    paper_made = Signal(bytes, str, bool)  # PDF, name of the file, to the printer (else a file)

    def __init__(
        self,
        look: Look,
        casework: Casework,
        now: Callable[[], datetime],
        operator: Callable[[], str],
    ) -> None:
        super().__init__()
        self._look, self._casework, self._operator = look, casework, operator
        self.view: CaseView | None = None
        self._held: UUID | None = None
        self.setProperty("role", "card")
        self._words = words = Words(look, self)
        self.sign, self.name = QLabel(), ElidedLabel("page-title")
        self.stage, self.fault = ElidedLabel("soft"), label("strong")
        self.fault.setWordWrap(True)
        restyle(self.fault, tone=str(Tone.STOP))
        self.timeline = Timeline(look, words)
        self.form = StepForm(look, now, operator)
        self.main = words.button("Report", self._main, "main")
        self.whole = words.button("Hold to show whole", lambda: None)
        self.photo = words.button("Photo…", self._open_photos)
        self.paper = words.button("Paper…", self._open_paper)
        self.papers, self.photos = PaperChoice(words), PhotoChoice(words)
        self.newest_frame: Callable[[], Frame | None] = _no_camera
        self.close_button = words.button("Close", self.closed.emit, "quiet")
        self._others, self._above, self._facts = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self._connect()
        words.follow(self._redraw)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.sign)
        head.addWidget(self.name, 1)
        head.addWidget(self.close_button)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 10, 0)
        body.setSpacing(10)
        body.addLayout(self._above)
        body.addWidget(self.timeline)
        body.addLayout(self._facts)
        body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._actions = QWidget()
        actions = QVBoxLayout(self._actions)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.setSpacing(8)
        actions.addWidget(self.main)
        self._others.setSpacing(8)
        actions.addLayout(self._others)
        lower = QHBoxLayout()
        lower.setSpacing(8)
        for button in (self.photo, self.paper, self.whole):
            lower.addWidget(button)
        actions.addLayout(lower)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.stage)
        column.addWidget(self._scroll, 1)
        aside = (self.form, self.papers, self.photos)
        below: tuple[QWidget, ...] = (self.fault, *aside, self._actions)
        for part in below:
            column.addWidget(part)
            part.setVisible(part is self._actions)

    def _connect(self) -> None:
        self.whole.pressed.connect(self._hold)
        self.whole.released.connect(self.let_go)
        self.whole.installEventFilter(self)
        self.form.submitted.connect(self._submit)
        self.form.cancelled.connect(self.cancel_form)
        for side in (self.papers, self.photos):
            side.cancelled.connect(self.cancel_form)
        self.papers.chosen.connect(self._paper)
        self.photos.camera.connect(self.take_photo)
        self.photos.file.connect(self._ask_photo)
        self.timeline.picture_asked.connect(self._fetch_picture)
        self.timeline.taking_back.connect(self.take_back)

    # -- showing

    def show_case(self, case_id: UUID) -> None:
        """Fetch a case and show it, masked."""
        self._held = None
        self.cancel_form()
        self._casework.show(case_id, self.show_view, self.say)

    def show_view(self, view: CaseView | None) -> None:
        """Draw a case; a whole one only while it is still held."""
        if view is None or (view.whole and self._held != view.case.id):
            return
        self.view = view
        self.say("")
        self._redraw()

    def say(self, sentence: str) -> None:
        """A fault in words."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def _redraw(self) -> None:
        self.setFixedWidth(WIDTH[self._look.metrics.name])
        view = self.view
        if view is None:
            return
        line, say = view.line, self._words.say
        icon = sign_icon(self._look, line.tone, 28, self.devicePixelRatioF())
        self.sign.setPixmap(icon.pixmap(28, 28))
        self.name.setText(f"{line.title}  {line.plate}".strip() if line.plate else line.title)
        waits = line.awaits if line.awaits != line.stage_word else ""
        parts = (line.label, line.stage_word, waits, line.late_text)
        self.stage.setText(" · ".join(filter(None, parts)))
        restyle(self.stage, tone=str(Tone.STOP if line.tone is Tone.STOP else Tone.IDLE))
        self._fill(view)
        self._show_actions(view, say)

    def _fill(self, view: CaseView) -> None:
        for part in (self._above, self._facts):
            clear(part)
        if view.line.recall and view.line.awaits != self._words.say(RECALL):
            recall = wrapped(self._words.say(RECALL), "strong")
            restyle(recall, tone=str(Tone.STOP))
            self._above.addWidget(recall)
        grid_of = QWidget()
        grid = QGridLayout(grid_of)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        for row, (caption, value) in enumerate(view.fields):
            grid.addWidget(label("small", caption), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(wrapped(value), row, 1)
        grid.setColumnStretch(1, 1)
        self._facts.addWidget(grid_of)
        mine = self._casework.may_take_back(view, self._operator())
        self.timeline.show_chapters(view.chapters, view.last[0] if view.last and mine else None)

    def _show_actions(self, view: CaseView, say: Callable[..., str]) -> None:
        translate = self._look.translate
        first, *rest = view.choices or (Event.NOTED,)
        self.main.setText(action_word(first, translate))
        self.main.setAccessibleName(self.main.text())
        while (item := self._others.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        more = [*rest, *([Event.NOTED] if view.choices else [])]
        for event in more:
            button = choice(action_word(event, translate), partial(self.open_form, event))
            self._others.addWidget(button)

    # -- a step

    def _main(self) -> None:
        if self.view is not None:
            self.open_form((self.view.choices or (Event.NOTED,))[0])

    def open_form(self, event: Event) -> None:
        """Ask for a step; what is likely stands there already."""
        if self.view is None:
            return
        self.let_go()
        self._actions.hide()
        self.form.show()
        self.form.open_for(event, self._likely(event, self.view))

    def _likely(self, event: Event, view: CaseView) -> Likely:
        settings = self._casework.office.settings
        bound = view.case.unit or ""
        if event is Event.REPORTED and settings.receiver_name and view.case.recall is False:
            return Likely(settings.receiver_name, "", settings.receiver_phone)
        if event is Event.HANDED_OVER and settings.hospital_name:
            return Likely(settings.hospital_name, "", settings.hospital_phone)
        if event in (Event.REPORTED, Event.HANDED_OVER, Event.RECEIVED):
            return Likely(bound)
        return Likely()

    def cancel_form(self) -> None:
        """Close the form, change nothing."""
        if not self._actions.isVisibleTo(self):
            for part in (self.form, self.papers, self.photos):
                part.hide()
            self._actions.show()
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Undo the last step: at once while it is fresh and one's own, else with a reason."""
        view, operator = self.view, self._operator()
        if view is None or not self._casework.may_take_back(view, operator):
            return
        if self._casework.reason_to_take_back(view, operator):
            self.open_form(Event.TAKEN_BACK)
        else:
            self._casework.take_back(view, operator, None, self._taken, self.say)

    def _submit(self, step: Step) -> None:
        if self.view is not None and step.event is Event.TAKEN_BACK:
            note, operator = step.note, step.operator
            self._casework.take_back(self.view, operator, note, self._taken, self.form.say)
        elif self.view is not None:
            self._casework.take(self.view.case.id, step, self._taken, self.form.say)

    def _taken(self, view: CaseView) -> None:
        self.cancel_form()
        self.show_view(view)
        self.changed.emit()

    # -- pictures

    def _open_photos(self) -> None:
        self.photos.take.setEnabled(self.newest_frame() is not None)
        self._open_side(self.photos)

    def take_photo(self) -> None:
        """Attach what the camera sees now."""
        view, frame = self.view, self.newest_frame()
        self.cancel_form()
        if view is not None and frame is not None:
            self._casework.attach(view.case.id, frame, self._operator(), self._attached, self.say)

    def _ask_photo(self) -> None:
        self.cancel_form()
        dialog = QFileDialog(self.window(), self._words.say("Attach a photo…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_PICTURES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.attach(Path(chosen)))
        dialog.open()

    def attach(self, file: Path) -> None:
        """Attach a photo of a certificate from a file."""
        view = self.view
        try:
            body = file.read_bytes() if file.stat().st_size <= _TOO_LARGE else b""
        except OSError:
            self.say(self._words.say("The file cannot be read"))
            return
        if view is not None:
            self._casework.attach(view.case.id, body, self._operator(), self._attached, self.say)

    def _attached(self, view: CaseView | None) -> None:
        self.show_view(view)
        self.changed.emit()

    def _fetch_picture(self, attachment: UUID) -> None:
        show = self.timeline.show_picture
        self._casework.picture(attachment, lambda body: show(attachment, body), self.say)

    # -- paper

    def _open_paper(self) -> None:
        self._open_side(self.papers)

    def _open_side(self, side: SideChoice) -> None:
        self.let_go()
        self._actions.hide()
        side.show()
        side.begin()

    def _paper(self, slip: bool, printing: bool) -> None:
        view = self.view
        if view is None:
            return
        self.cancel_form()
        name = self._words.say("Transfer slip" if slip else "Case sheet").replace(" ", "-")
        file = f"{name}-{view.line.label}.pdf"

        def made(pdf: bytes) -> None:
            self.paper_made.emit(pdf, file, printing)
            self._casework.show(view.case.id, self.show_view, self.say)

        make = self._casework.slip if slip else self._casework.sheet
        make(view.case.id, self._operator(), made, self.say)

    # -- whole while held

    def _hold(self) -> None:
        if self.view is not None and self._held is None:
            self._held = self.view.case.id
            self._casework.look(self._held, self._operator(), self.show_view, self.say)

    def let_go(self) -> None:
        """Mask again, whatever ends the holding."""
        held, self._held = self._held, None
        if held is not None:
            self._casework.show(held, self.show_view, self.say)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Leave):
            self.let_go()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            event.ignore()


def _no_camera() -> Frame | None:
    return None
