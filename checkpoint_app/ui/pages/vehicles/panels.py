"""What stands beside the tables: the vehicles at the gate, one of the day, one gate-runner."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from checkpoint_app.desk import DeskState, Tone
from checkpoint_app.desk.gate.book import VehicleStory, end_word, runner_word
from checkpoint_app.desk.gate.view import count_text, use_word
from checkpoint_app.desk.session import Desk
from checkpoint_app.domain.passage import RecordedPassage, VehiclePassage, VehicleUse
from checkpoint_app.domain.plate import plate_text
from checkpoint_app.domain.runner import Runner, RunnerKind, Shot
from checkpoint_app.i18n import Translate
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.vehicles.goods_form import GoodsForm
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.theme import SCROLL_BAR
from checkpoint_app.ui.widgets.choices import choice, sign_icon
from checkpoint_app.ui.widgets.labels import ElidedLabel, label
from checkpoint_app.ui.widgets.segment import Segment

_KINDS = (RunnerKind.RAN, RunnerKind.REFUSED)
SHOT_WIDTH = 300


class GatePanel(QWidget):
    """The open vehicle with its sheet, and those that wait aside."""

    desk_asked = Signal()

    def __init__(self, look: Look, words: Words, desk: Desk) -> None:
        super().__init__()
        self._look, self._words, self._desk = look, words, desk
        self._shown: object = None
        self.plate, self.count = ElidedLabel("page-title"), label("soft")
        self.empty = words.label("No vehicle is open. F4 begins one.", "soft", wrapped=True)
        self.form = GoodsForm(look, words, desk)
        self._aside = QVBoxLayout()
        self._aside.setSpacing(6)
        self._waiting = words.label("Waiting aside", "strong")
        self.to_desk = words.button("To the desk", self.desk_asked.emit)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, SCROLL_BAR + 4, 0)
        rows.setSpacing(8)
        for part in (self.plate, self.count, self.empty, self.form, self._waiting):
            rows.addWidget(part)
        rows.addLayout(self._aside)
        rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words.label("At the gate now", "strong"))
        column.addWidget(_rolling(inside), 1)
        column.addWidget(self.to_desk)

    def show_state(self, state: DeskState, aside: tuple[VehiclePassage, ...]) -> None:
        """Draw what stands at the gate."""
        view, translate = state.vehicle, self._look.translate
        self.plate.setVisible(view is not None)
        self.count.setVisible(view is not None)
        self.form.setVisible(view is not None)
        self.empty.setVisible(view is None)
        if view is not None:
            self.plate.setText(_named(view.plate, view.use, translate, "  "))
            self.count.setText(" · ".join(part for part in (view.count, view.detail) if part))
        self.form.show_vehicle(view.passage if view is not None else None)
        key = (aside, translate)
        if key != self._shown:
            self._shown = key
            self._show_aside(aside)

    def _show_aside(self, aside: tuple[VehiclePassage, ...]) -> None:
        while (item := self._aside.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._waiting.setVisible(bool(aside))
        for passage in aside:
            translate = self._look.translate
            text = " · ".join(
                (
                    _named(plate_text(passage.plate), passage.use, translate, " · "),
                    count_text(passage, translate),
                )
            )
            self._aside.addWidget(choice(text, partial(self._bring, passage)))

    def _bring(self, passage: VehiclePassage) -> None:
        self._desk.bring_vehicle(passage.id)


class StoryPanel(QWidget):
    """One vehicle of the day: what became of it and of everyone in it."""

    closed = Signal()
    changed = Signal()

    def __init__(self, look: Look, words: Words, desk: Desk) -> None:
        super().__init__()
        self._look, self._words, self._desk = look, words, desk
        self._recorded: RecordedPassage | None = None
        self.why, self.refusal = words.line("Why it is taken back"), label("strong")
        self.refusal.setWordWrap(True)
        restyle(self.refusal, tone=str(Tone.STOP))
        self.mistake = words.button("Recorded by mistake", self._mistake)
        self.plate, self.word = ElidedLabel("page-title"), label("strong")
        self.facts, self._people = label("soft"), QVBoxLayout()
        self.facts.setWordWrap(True)
        self._people.setSpacing(6)
        inside = QWidget()
        inside.setLayout(self._people)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.plate, self.word, self.facts):
            column.addWidget(part)
        column.addWidget(_rolling(inside), 1)
        column.addWidget(self.why)
        column.addWidget(self.refusal)
        end = QHBoxLayout()
        end.addWidget(self.mistake)
        end.addWidget(words.button("Close", self.closed.emit))
        column.addLayout(end)
        self.why.returnPressed.connect(self._mistake)

    def _mistake(self) -> None:
        """First asks why, then takes the vehicle back."""
        if self._recorded is None:
            return
        if self.why.isHidden():
            self.why.show()
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        refused: list[str] = []
        self._desk.take_vehicle_back(self._recorded, self.why.text(), refused.append)
        self.refusal.setText(refused[0] if refused else "")
        self.refusal.setVisible(bool(refused))
        if refused:
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.changed.emit()
            self.closed.emit()

    def show_story(self, story: VehicleStory) -> None:
        """Show this vehicle."""
        recorded = self._recorded = story.recorded
        self.why.clear()
        self.why.hide()
        self.refusal.hide()
        self.mistake.setEnabled(not recorded.void)
        self.plate.setText(story.plate)
        at, on_foot = recorded.closed_at, recorded.passage.on_foot
        word = end_word(recorded.end, self._look.translate, on_foot=on_foot)
        self.word.setText(f"{word} · {at:%H:%M} · {recorded.operator}")
        self.facts.setText("\n".join(f"{caption}  {text}" for caption, text in story.facts))
        self.facts.setVisible(bool(story.facts))
        while (item := self._people.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for person in story.people:
            self._people.addWidget(
                self._person(f"{person.seat}  {person.title}", person.tone, person.word)
            )
        self._people.addStretch(1)

    def _person(self, title: str, tone: Tone, word: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        sign = QLabel()
        sign.setPixmap(sign_icon(self._look, tone, 16, self.devicePixelRatioF()).pixmap(16, 16))
        row.addWidget(sign)
        row.addWidget(label("", title), 1)
        spoken = label("strong", word)
        restyle(spoken, tone=str(tone))
        row.addWidget(spoken)
        return line


class RunnerPanel(QWidget):
    """One gate-runner: the pictures, and what is known by now."""

    closed = Signal()
    changed = Signal()
    pictures_asked = Signal(object)  # Runner

    def __init__(self, look: Look, words: Words, desk: Desk) -> None:
        super().__init__()
        self._look, self._words, self._desk = look, words, desk
        self._runner: Runner | None = None
        self.title, self.refusal = label("page-title"), label("strong")
        self.kind = Segment(look, self)
        self.plate, self.note = words.line("Plate"), words.line("Which way, colour, people")
        self.save = words.button("Save what is known", self._save, "main")
        self.mistake = words.button("Pressed by mistake", self._mistake)
        self.look_at = words.button("Look at the pictures (noted)", self._ask)
        self._shots = QVBoxLayout()
        inside = QWidget()
        inside.setLayout(self._shots)
        self.roll = _rolling(inside)
        self.kind.chosen.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.title, self.kind, self.plate, self.note, self.refusal, self.save):
            column.addWidget(part)
        column.addWidget(self.look_at)
        column.addWidget(self.roll, 100)
        column.addStretch(1)
        end = QHBoxLayout()
        end.addWidget(self.mistake)
        end.addWidget(words.button("Close", self.closed.emit))
        column.addLayout(end)
        restyle(self.refusal, tone=str(Tone.STOP))
        words.follow(self._draw)

    def show_runner(self, runner: Runner) -> None:
        """Show this event; its pictures only when they are asked for."""
        self._runner = runner
        self.plate.setText(plate_text(runner.plate))
        self.note.setText(runner.note or "")
        self.refusal.hide()
        self.show_pictures([])
        self._draw()

    def _draw(self) -> None:
        runner = self._runner
        if runner is None:
            return
        word = runner_word(runner.kind, self._look.translate)
        self.title.setText(f"{word} {runner.at:%H:%M:%S}")
        texts = tuple(runner_word(each, self._look.translate) for each in _KINDS)
        self.kind.show_choice(texts, _KINDS.index(runner.kind), self._words.say("What happened"))
        self.look_at.setEnabled(runner.pictures > 0)
        for part in (self.save, self.mistake):
            part.setEnabled(not runner.void)

    def _choose(self, at: int) -> None:
        if self._runner is not None:
            self._save(_KINDS[at])

    def _save(self, kind: RunnerKind | None = None) -> None:
        if self._runner is not None:
            self._runner = self._desk.complete_runner(
                self._runner,
                kind=kind or self._runner.kind,
                plate=self.plate.text(),
                note=self.note.text(),
            )
            self._draw()
            self.changed.emit()

    def _mistake(self) -> None:
        if self._runner is None:
            return
        refused: list[str] = []
        self._desk.take_runner_back(self._runner, self.note.text(), refused.append)
        self.refusal.setText(refused[0] if refused else "")
        self.refusal.setVisible(bool(refused))
        if not refused:
            self.changed.emit()
            self.closed.emit()

    def _ask(self) -> None:
        if self._runner is not None:
            self.pictures_asked.emit(self._runner)

    def show_pictures(self, shots: list[Shot]) -> None:
        """Show these pictures, the newest first."""
        while (item := self._shots.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.roll.setVisible(bool(shots))
        for shot in reversed(shots):
            picture = QLabel()
            image = QImage.fromData(shot.jpeg)
            if not image.isNull():
                how = Qt.TransformationMode.SmoothTransformation
                picture.setPixmap(QPixmap.fromImage(image.scaledToWidth(SHOT_WIDTH, how)))
            self._shots.addWidget(label("small", f"{shot.taken_at.astimezone():%H:%M:%S}"))
            self._shots.addWidget(picture)


def _named(plate: str, use: VehicleUse, translate: Translate, between: str) -> str:
    """A vehicle by plate and kind, a party on foot by that alone."""
    word = use_word(use, translate)
    return (
        word if use is VehicleUse.FOOT else f"{plate or translate('No plate yet')}{between}{word}"
    )


def _rolling(inside: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll
