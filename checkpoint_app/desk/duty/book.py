"""What is done with the duty book: coming on duty, one's own health, checks, handing over.

Like `Office`: every call returns at once, the answer comes through `done`, a refusal or a fault as
one sentence through `failed`, both on the desk's own thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checkpoint_app.desk.duty.handing import Signing, hand_over
from checkpoint_app.desk.duty.paper import (
    Letterhead,
    checks_document,
    drawn,
    hand_over_document,
)
from checkpoint_app.desk.duty.roll import Roll, fever_from, roll, shift_now, unsigned_shifts
from checkpoint_app.desk.office import Done, Failed, Office
from checkpoint_app.domain.document import Document
from checkpoint_app.domain.duty.checks import Check, Tick
from checkpoint_app.domain.duty.handing import Draft, HandOver
from checkpoint_app.domain.duty.shifts import Shift
from checkpoint_app.domain.duty.turns import Ending, Fitness, Skip, Turn
from checkpoint_app.domain.fever import celsius_text
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.roles import Right
from checkpoint_app.store.station import Operator, Station

HISTORY = timedelta(days=31)
LOWEST_C, HIGHEST_C = 34.0, 43.0
OLDEST_TEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class History:
    """What came before: hand-overs, and turns that ended with none (未办交接)."""

    handed: tuple[HandOver, ...]
    left: tuple[Turn, ...]
    unsigned: tuple[Shift, ...] = ()  # shifts that ended without both signatures


@dataclass(slots=True)
class DutyBook:
    """The duty book of one station, as used by whoever is signed in."""

    office: Office

    @property
    def now(self) -> datetime:
        """The desk's clock."""
        return self.office.now()

    @property
    def operator(self) -> str:
        """Whoever is signed in."""
        return self.office.acting.name

    # -- how the post stands

    def roll(self, done: Done[Roll], failed: Failed) -> None:
        """The post as it stands."""
        settings, now = self.office.settings, self.now
        self.office.ask(lambda store: roll(store, settings, now), done, failed)

    def arrive(self, operator: Operator, done: Done[Turn], failed: Failed) -> None:
        """Somebody signed in: their turn begins, or goes on."""
        now = self.now
        shift = shift_now(self.office.settings, now)
        self.office.ask(lambda store: store.duty.sign_on(operator.name, shift, now), done, failed)

    def leave(self, turn: Turn, done: Done[None], failed: Failed) -> None:
        """Go off duty with no hand-over; somebody else's turn is the officer in charge's to end."""
        own = turn.operator == self.operator
        if own or self.office.allows(Right.OFF_DUTY, failed):
            now = self.now
            self.office.ask(
                lambda store: store.duty.sign_off(turn, Ending.OFF_DUTY, now), done, failed
            )

    # -- one's own health

    def say_fit(
        self, celsius: str, tested_on: str, skip: Skip | None, done: Done[str], failed: Failed
    ) -> None:
        """One's own temperature and the day of the last test; `done` gets a warning, or "".

        Never a bar: without a thermometer a reason is enough, and a fever is recorded and told.
        """
        made = self._fitness(celsius.strip(), tested_on.strip(), skip)
        if isinstance(made, str):
            failed(made)
            return
        settings = self.office.settings

        def keep(store: Station) -> float:
            store.duty.say_fit(made)
            return fever_from(store, settings)

        self.office.ask(keep, lambda limit: done(self._warning(made, limit)), failed)

    def _fitness(self, celsius: str, tested_on: str, skip: Skip | None) -> Fitness | str:
        say, now = self.office.translate, self.now
        tested = day_of(tested_on, now.date()) if tested_on else None
        if tested_on and tested is None:
            return say("A day is written like 11-22")
        if not celsius:
            if skip is None:
                return say("Type your temperature, or choose why it is missing")
            return Fitness(self.operator, now, None, tested, skip)
        measured = celsius_of(celsius)
        if measured is None:
            return say("A temperature is written like 36.5")
        return Fitness(self.operator, now, measured, tested)

    def _warning(self, said: Fitness, limit: float) -> str:
        if not said.has_fever(limit):
            return ""
        return self.office.translate(
            "{celsius} ℃: measure again, keep your distance, tell the officer in charge and be "
            "relieved",
            celsius=celsius_text(said.celsius or 0.0),
        )

    # -- checks

    def tick(self, check: Check, done: Done[Tick], failed: Failed) -> None:
        """A check was done just now."""
        operator, now = self.operator, self.now
        self.office.ask(lambda store: store.duty.tick(check, operator, now), done, failed)

    def untick(self, tick: Tick, done: Done[None], failed: Failed) -> None:
        """A check was ticked by mistake."""
        operator, now = self.operator, self.now
        self.office.ask(lambda store: store.duty.take_back(tick, operator, now), done, failed)

    # -- handing over

    def keep_draft(self, draft: Draft, failed: Failed) -> None:
        """Keep what has been counted so far, for a power cut and for whoever goes on counting."""
        now = self.now
        self.office.ask(lambda store: store.duty.keep_draft(draft, now), lambda _: None, failed)

    def hand_over(self, signing: Signing, done: Done[HandOver], failed: Failed) -> None:
        """Both sign: the post changes hands, whoever takes over is on duty."""
        settings, say, now = self.office.settings, self.office.translate, self.now

        def answered(found: HandOver | str) -> None:
            if isinstance(found, str):
                failed(found)
            else:
                done(found)

        self.office.ask(
            lambda store: hand_over(store, signing, settings, say, now), answered, failed
        )

    def history(self, done: Done[History], failed: Failed) -> None:
        """The hand-overs of the last month, and who went off duty with none; newest first."""
        settings, now = self.office.settings, self.now
        period = Period(now - HISTORY, now + timedelta(seconds=1))

        def job(store: Station) -> History:
            turns = store.duty.turns(period)
            left = [turn for turn in turns if turn.ending is Ending.OFF_DUTY]
            lacking = unsigned_shifts(store, settings, period, now)
            handed = store.duty.hand_overs(period)
            return History(tuple(handed[::-1]), tuple(left[::-1]), tuple(lacking[::-1]))

        self.office.ask(job, done, failed)

    # -- paper

    def sheet(self, handed: HandOver, done: Done[bytes], failed: Failed) -> None:
        """The hand-over sheet 交接班记录 as PDF."""
        head = self._letterhead()
        self._drawn(
            lambda store: hand_over_document(handed, head, store.duty.sheet_code(handed)),
            done,
            failed,
        )

    def checklist(self, period: Period, done: Done[bytes], failed: Failed) -> None:
        """The checklist sheet 消毒通风记录 of a period as PDF."""
        head = self._letterhead()
        self._drawn(lambda s: checks_document(s.duty.ticks(period), period, head), done, failed)

    def _letterhead(self) -> Letterhead:
        office = self.office
        site, venue = office.settings.site_name, office.venue
        return Letterhead(site, self.operator, self.now, office.translate, venue)

    def _drawn(self, job: Callable[[Station], Document], done: Done[bytes], failed: Failed) -> None:
        """The job on the store, then the drawing beside it."""
        translate = self.office.translate

        def draw(document: Document) -> None:
            self.office.database.beside(lambda _: drawn(document, translate), done)

        self.office.ask(job, draw, failed)


def celsius_of(text: str) -> float | None:
    """A temperature as typed: 36.5, 36,5 or 365."""
    digits = text.replace(",", ".").replace("。", ".")
    try:
        value = float(digits)
    except ValueError:
        return None
    value = value / 10 if "." not in digits and value >= 100 else value
    return round(value, 1) if LOWEST_C <= value <= HIGHEST_C else None


def day_of(text: str, today: date) -> date | None:
    """A day as typed, 11-22 or 1122 or 2026-11-22: the last such day, not in the future."""
    parts = text.replace("/", "-").replace(".", "-").replace("月", "-").rstrip("日-").split("-")
    if len(parts) == 1 and len(text) == 4:
        parts = [text[:2], text[2:]]
    try:
        numbers = [int(each) for each in parts]
        if len(numbers) == 3:
            found = date(*numbers)
        else:
            month, day = numbers
            found = date(today.year, month, day)
            if found > today:
                found = date(today.year - 1, month, day)
    except (ValueError, TypeError):
        return None
    return found if today - OLDEST_TEST <= found <= today else None
