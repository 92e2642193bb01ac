"""The top bar: where, which way, who; and quiet signs of the links, the lists and the clock."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from checkpoint_app.desk import Chip, Tone
from checkpoint_app.domain.inspection import Direction
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.shell.gate_switch import GateSwitch
from checkpoint_app.ui.shell.signs import SignRow
from checkpoint_app.ui.widgets.chip import ChipView
from checkpoint_app.ui.widgets.labels import ElidedLabel
from checkpoint_app.ui.widgets.segment import Segment

_DIRECTIONS = (Direction.IN, Direction.OUT)
HEIGHT = {"compact": 52, "roomy": 64}


class TopBar(QFrame):
    """Shows; the direction and the chips that lead to a page can be pressed."""

    direction_chosen = Signal(Direction)
    page_asked = Signal(str)
    gate_pressed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "top-bar")
        self._look = look
        self._direction, self._now = Direction.IN, ""
        self._site = ElidedLabel("title")
        self._ways = Segment(look)
        self.gate = GateSwitch(look)
        self._duty = ChipView(look)
        self._clock = ChipView(look, strong=True)
        self.signs = SignRow(look)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(10)
        for part in (self._site, self._ways, self.gate, self._duty):
            row.addWidget(part)
        row.addWidget(self.signs, 1)
        row.addWidget(self._clock)
        self._duty.hide()
        # Whatever else is shortened where many signs stand: not the time.
        self._clock.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.gate.clicked.connect(lambda: self.gate_pressed.emit())
        self.signs.asked.connect(self.page_asked)
        self._ways.chosen.connect(lambda at: self.direction_chosen.emit(_DIRECTIONS[at]))
        look.changed.connect(self._retext)
        self._retext()

    def show_station(self, site: str, duty: str) -> None:
        """The site's name, and shift and operator as one text ("夜班 · 王芳")."""
        self._site.setText(site)
        self._duty.show_text(duty, Tone.IDLE)
        self._duty.setVisible(bool(duty))

    def show_direction(self, direction: Direction) -> None:
        """Which way people go; leaving recolours the bar."""
        self._direction = direction
        restyle(self, leaving=direction is Direction.OUT)
        restyle(self._site, leaving=direction is Direction.OUT)
        translate = self._look.translate
        texts = (translate("Entering"), translate("Leaving"))
        self._ways.show_choice(texts, _DIRECTIONS.index(direction), translate("Direction"))

    def show_gate_mode(self, allowed: bool, on: bool) -> None:
        """Gate mode colours the bar as well, so that nobody forgets it."""
        self.gate.show_mode(allowed, on)
        restyle(self, lane=on)

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """Show these signs, left of the clock."""
        self.signs.show_chips(chips)

    def show_time(self, now: datetime) -> None:
        """The desk's own clock."""
        text = f"{now:%H:%M}"
        if text != self._now:
            self._now = text
            self._clock.show_text(text, Tone.IDLE)

    def _retext(self) -> None:
        self.setFixedHeight(HEIGHT[self._look.metrics.name])
        self.show_direction(self._direction)
