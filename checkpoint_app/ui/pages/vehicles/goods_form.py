"""The open vehicle's goods and escort: three papers seen or missing, lot, consignee, closed loop.

Everything goes to the desk at once; it is recorded with the vehicle when that goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.desk.session import Desk
from checkpoint_app.domain.passage import ColdChain, ColdChainPaper, VehiclePassage, VehicleUse
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.segment import Segment

REST = 400  # milliseconds without a key after which typed text counts
_PAPERS = (
    (ColdChainPaper.QUARANTINE, "Quarantine certificate"),
    (ColdChainPaper.TEST, "Test report of the goods"),
    (ColdChainPaper.DISINFECTION, "Disinfection certificate"),
)
_TEXTS = (("goods", "Goods"), ("lot", "Lot"), ("consignee", "Consignee, phone"))
_ANSWERS = (("driver_tested", "Driver tested"), ("closed_loop", "Unloaded in a closed loop"))
_STATES = (None, True, False)


class GoodsForm(QWidget):
    """Follows the vehicle that is open; nothing is shown for a car but the escort."""

    def __init__(self, look: Look, words: Words, desk: Desk) -> None:
        super().__init__()
        self._look, self._words, self._desk = look, words, desk
        self._sheet = ColdChain()
        self._vehicle: VehiclePassage | None = None
        self.papers = {paper: Segment(look, self) for paper, _ in _PAPERS}
        self.answers = {name: Segment(look, self) for name, _ in _ANSWERS}
        self.texts = {name: words.line(message) for name, message in _TEXTS}
        self.escort = words.line("Escort: who takes whom where")
        self.freight = QWidget()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.commit)
        self._lay_out()
        words.follow(self._draw)

    def _lay_out(self) -> None:
        grid = QGridLayout(self.freight)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        captions = (*_PAPERS, *_ANSWERS)
        segments = (*self.papers.values(), *self.answers.values())
        for place, ((_, message), segment) in enumerate(zip(captions, segments, strict=True)):
            caption = self._words.label(message, "small", wrapped=True)
            grid.addWidget(caption, place, 0)
            grid.addWidget(segment, place, 1)
        grid.setColumnStretch(0, 1)
        for paper, segment in self.papers.items():
            segment.chosen.connect(partial(self._paper, paper))
        for name, segment in self.answers.items():
            segment.chosen.connect(partial(self._answer, name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for line in (*self.texts.values(), self.escort):
            line.textEdited.connect(lambda _: self._rest.start())
            line.editingFinished.connect(self.commit)
        for line in self.texts.values():
            column.addWidget(line)
        column.addWidget(self.freight)
        column.addWidget(self.escort)
        column.addStretch(1)

    # -- what the desk knows

    def show_vehicle(self, passage: VehiclePassage | None) -> None:
        """Follow this vehicle; whoever is typing is not disturbed."""
        if passage == self._vehicle or self._rest.isActive():
            return
        self._vehicle = passage
        self._sheet = (passage.goods if passage is not None else None) or ColdChain()
        for name, line in self.texts.items():
            _put(line, getattr(self._sheet, name))
        _put(self.escort, passage.escort if passage is not None else None)
        self._draw()

    def _draw(self) -> None:
        say = self._words.say
        freight = self._vehicle is not None and self._vehicle.use is VehicleUse.FREIGHT
        self.freight.setVisible(freight)
        for line in self.texts.values():
            line.setVisible(freight)
        for paper, message in _PAPERS:
            state = _state(self._sheet, paper)
            texts = (say("open"), say("seen"), say("missing"))
            self.papers[paper].show_choice(texts, _STATES.index(state), say(message))
        for name, message in _ANSWERS:
            texts = (say("open"), say("Yes"), say("No"))
            state = getattr(self._sheet, name)
            self.answers[name].show_choice(texts, _STATES.index(state), say(message))

    # -- what hands do

    def _paper(self, paper: ColdChainPaper, at: int) -> None:
        self._sheet = self._sheet.with_paper(paper, _STATES[at])
        self._send()

    def _answer(self, name: str, at: int) -> None:
        self._sheet = _with(self._sheet, {name: _STATES[at]})
        self._send()

    def commit(self) -> None:
        """Hand over what was typed."""
        self._rest.stop()
        typed = {name: line.text().strip() or None for name, line in self.texts.items()}
        self._sheet = _with(self._sheet, typed)
        self._send()

    def _send(self) -> None:
        if self._vehicle is None:
            return
        freight = self._vehicle.use is VehicleUse.FREIGHT
        goods = self._sheet if freight and self._sheet != ColdChain() else None
        escort = self.escort.text().strip() or None
        if (goods, escort) != (self._vehicle.goods, self._vehicle.escort):
            self._desk.set_vehicle(goods=goods, escort=escort)
            view = self._desk.state.vehicle
            self._vehicle = view.passage if view is not None else None
        self._draw()


def _state(sheet: ColdChain, paper: ColdChainPaper) -> bool | None:
    if paper in sheet.seen:
        return True
    return False if paper in sheet.missing else None


def _with(sheet: ColdChain, fields: Mapping[str, Any]) -> ColdChain:
    return replace(sheet, **fields)


def _put(line: QLineEdit, text: str | None) -> None:
    if line.text() != (text or ""):
        line.setText(text or "")
