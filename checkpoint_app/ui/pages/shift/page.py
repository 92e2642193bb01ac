"""班次: left who is on duty and what is to be done at the site, right handing the post over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Strip, Tone
from checkpoint_app.desk.duty.book import DutyBook
from checkpoint_app.desk.duty.handing import Signing, draft_problem
from checkpoint_app.desk.duty.roll import Roll
from checkpoint_app.desk.duty.words import SHIFTS, clock
from checkpoint_app.devices.ports import Printer
from checkpoint_app.domain.duty.handing import Draft, HandOver
from checkpoint_app.domain.register import Period
from checkpoint_app.store.station import Operator
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.paper_out import PaperOut
from checkpoint_app.ui.pages.shift.checks import ChecksCard
from checkpoint_app.ui.pages.shift.counting import CountStep
from checkpoint_app.ui.pages.shift.history import HistoryCard
from checkpoint_app.ui.pages.shift.paper import PaperStep
from checkpoint_app.ui.pages.shift.people import PeopleCard
from checkpoint_app.ui.pages.shift.signing import SignStep
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.shell.strips import StripBar
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.segment import Segment

_LEFT = {"compact": 532, "roomy": 680}
STEPS = ("Count", "Sign", "Print")
COUNT, SIGN, PAPER = range(3)
_LIST_FOR = timedelta(hours=24)  # what the checklist sheet covers


class ShiftPage(QWidget):
    """`handed` carries whoever is on duty now; `another` asks for somebody else's PIN at once;
    `changed` tells that the signs of the top bar may be others."""

    handed = Signal(object)  # Operator
    another = Signal()
    changed = Signal()

    def __init__(
        self,
        look: Look,
        book: DutyBook,
        printer: Printer,
        behind: Background,
        tray: Callable[[], int],
    ) -> None:
        super().__init__()
        self._look, self._book, self._tray = look, book, tray
        self._words = Words(look, self)
        self._operators: list[Operator] = []
        self._roll: Roll | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.strip = StripBar(look)
        self.out = PaperOut(look, printer, behind, self.tell)
        self.people, self.checks = PeopleCard(look, book), ChecksCard(look, book)
        self.history = HistoryCard(look)
        self.counting, self.signing, self.paper = CountStep(look), SignStep(look), PaperStep(look)
        self.title, self.since = label("page-title"), label("soft")
        self.switch = self._words.button("Another person  F11", self.another.emit)
        self.steps = Segment(look)
        self._stack, self._left = QStackedWidget(), QScrollArea()
        self._lay_out()
        self._connect()
        self._words.follow(self._retext)

    # -- parts

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self._at_the_post())
        body.addWidget(self._handing(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(self._head())
        column.addWidget(self.strip)
        column.addLayout(body, 1)

    def _at_the_post(self) -> QScrollArea:
        """The left column; with many people on duty it scrolls rather than squeezes."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.people, self.checks):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            column.addWidget(part)
        column.addWidget(self.history, 1)
        column.addStretch(0)
        scroll = self._left
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    def _head(self) -> QFrame:
        made = QFrame()
        made.setProperty("role", "card")
        row = QHBoxLayout(made)
        row.setContentsMargins(18, 8, 10, 8)
        row.setSpacing(14)
        row.addWidget(self.title)
        row.addWidget(self.since, 1)
        row.addWidget(self.switch)
        return made

    def _handing(self) -> QFrame:
        made = QFrame()
        made.setProperty("role", "card")
        head = QHBoxLayout()
        head.addWidget(self._words.label("Hand over the post", "title"), 1)
        head.addWidget(self.steps)
        for step in (self.counting, self.signing, self.paper):
            self._stack.addWidget(step)
        column = QVBoxLayout(made)
        column.setContentsMargins(18, 10, 18, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        return made

    def _connect(self) -> None:
        for card in (self.people, self.checks):
            card.changed.connect(self._altered)
            card.refused.connect(self._refuse)
        self.checks.paper_asked.connect(self._checklist)
        self.counting.kept.connect(self._keep)
        self.counting.forward.connect(self._to_signing)
        self.signing.back.connect(lambda: self._go(COUNT))
        self.signing.signed.connect(self._sign)
        self.paper.print_asked.connect(lambda: self._sheet(self._print))
        self.paper.save_asked.connect(lambda: self._sheet(self._save))
        self.paper.closed.connect(lambda: self._go(COUNT))
        self.history.chosen.connect(self._show_handed)
        self.steps.chosen.connect(self._step_chosen)
        self.strip.acted.connect(lambda _: self.strip.show_strips(()))

    # -- showing

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Fetch and draw how the post stands."""
        self._book.roll(self._show_roll, self._refuse)
        self._book.history(self.history.show_history, self._refuse)
        self._book.office.operators(self._set_operators, self._refuse)

    def _set_operators(self, operators: list[Operator]) -> None:
        self._operators = [each for each in operators if each.active]

    def _show_roll(self, roll: Roll) -> None:
        self._roll = roll
        for card in (self.people, self.checks):
            card.show_roll(roll)
        self.history.setVisible(self.people.own.isHidden())  # first things first
        self.counting.show_draft(roll, self._tray())
        self._retext()

    def _retext(self) -> None:
        self._left.setFixedWidth(_LEFT[self._look.metrics.name])
        say, roll = self._words.say, self._roll
        self._show_step()
        if roll is None:
            return
        shift = roll.people[0].turn.shift if roll.people else roll.shift
        self.title.setText(say(SHIFTS[shift]))
        count = sum(roll.outcomes.values())
        since = (
            say("since {time}: {count} inspected, {cases} cases open",
                time=clock(roll.began_at), count=count, cases=roll.open_cases)
            if roll.began_at is not None
            else say("{count} cases open", count=roll.open_cases)
        )  # fmt: skip
        self.since.setText(since)

    def focusInEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        if self.people.own.isVisible():
            self.people.own.start()

    def _altered(self) -> None:
        self.refresh()
        self.changed.emit()

    def tell(self, sentence: str, tone: Tone) -> None:
        """One sentence over the page."""
        self.strip.show_strips((Strip("shift", sentence, self._words.say("Close"), tone),))

    def _refuse(self, sentence: str) -> None:
        self.tell(sentence, Tone.STOP)

    # -- handing over

    def _show_step(self) -> None:
        texts = tuple(f"{n} {self._words.say(each)}" for n, each in enumerate(STEPS, 1))
        spoken = self._words.say("Hand-over step")
        self.steps.show_choice(texts, max(0, self._stack.currentIndex()), spoken)

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.strip.show_strips(())
        self._show_step()
        if step != SIGN:
            self.signing.clear()

    def _step_chosen(self, step: int) -> None:
        if step == COUNT:
            self._go(COUNT)
        elif step == SIGN:
            self.counting.submit()
        elif self.paper.handed is not None:
            self._go(PAPER)

    def _keep(self, draft: Draft) -> None:
        self._book.keep_draft(draft, self._refuse)

    def _to_signing(self) -> None:
        problem = draft_problem(self.counting.draft)
        if problem is not None:
            self._refuse(self._words.say(problem))
            return
        self._go(SIGN)
        me = self._book.operator
        others = [each for each in self._operators if each.name != me]
        team = [each.turn.operator for each in self._roll.people] if self._roll else []
        self.signing.begin(me, others, team)

    def _sign(
        self, coming: UUID, leaving_pin: str, coming_pin: str, stays: tuple[str, ...]
    ) -> None:
        leaving = self._book.office.acting.operator
        if leaving is None:
            return
        signing = Signing(
            leaving.id,
            leaving_pin,
            coming,
            coming_pin,
            self.counting.draft,
            self._tray(),
            stays,
        )
        self._book.hand_over(signing, self._done, self._refuse)

    def _done(self, handed: HandOver) -> None:
        self._show_handed(handed)
        now = next((each for each in self._operators if each.name == handed.coming), None)
        if now is not None:
            self.handed.emit(now)
        self._altered()
        self.paper.printing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_handed(self, handed: HandOver) -> None:
        self.paper.show_handed(handed)
        self._go(PAPER)

    # -- paper

    def _sheet(self, then: Callable[[bytes, HandOver], None]) -> None:
        handed = self.paper.handed
        if handed is not None:
            self._book.sheet(handed, lambda pdf: then(pdf, handed), self._refuse)

    def _print(self, pdf: bytes, handed: HandOver) -> None:
        self.out.print(pdf, self._name(handed.at), self._book.office.settings.printer)

    def _save(self, pdf: bytes, handed: HandOver) -> None:
        self.out.ask_file(self, pdf, f"{self._name(handed.at)}.pdf")

    def _name(self, at: datetime) -> str:
        return f"{at:%Y-%m-%d-%H%M}-{self._words.say('Shift hand-over').replace(' ', '-')}"

    def _checklist(self) -> None:
        now = self._book.now
        period = Period(now - _LIST_FOR, now + timedelta(seconds=1))
        name = f"{now:%Y-%m-%d}-{self._words.say('Disinfecting and airing').replace(' ', '-')}.pdf"
        self._book.checklist(period, lambda pdf: self.out.ask_file(self, pdf, name), self._refuse)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        typing = isinstance(self.focusWidget(), QLineEdit)
        if event.text() in ("1", "2", "3") and not typing:
            self.checks.tick(int(event.text()))
        else:
            event.ignore()
