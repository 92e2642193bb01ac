"""Retention and rights behind the window. Every call returns at once, like the office's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from checkpoint_app.desk.office import Done, Failed, Office
from checkpoint_app.desk.rights import notices, words
from checkpoint_app.desk.rights.erasing import (
    BY_HAND,
    SCHEDULE,
    Erasing,
    is_due,
    last_run,
    terms_of,
)
from checkpoint_app.desk.rights.sheets import (
    Printing,
    Whose,
    Witnesses,
    ending_sheet,
    erasure_sheet,
    look_reason,
    own_records_sheet,
)
from checkpoint_app.domain.document import Document
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.person import read_phone, tidy_name, tidy_number
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.retention import Erasure
from checkpoint_app.domain.roles import Right
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.store.station import Operator, Station, StoreFault

T = TypeVar("T")
LOOKS_SHOWN = timedelta(days=30)
NOBODY = "Type a document number or a phone"


class Paper(StrEnum):
    """Papers that need nothing but the settings."""

    NOTICE = "notice"
    GUARDIANS = "guardians"
    ASSESSMENT = "assessment"


_MAKE = {
    Paper.NOTICE: notices.notice,
    Paper.GUARDIANS: notices.guardians_notice,
    Paper.ASSESSMENT: notices.assessment,
}


@dataclass(frozen=True, slots=True)
class LookLine:
    """Somebody looked at full data: as a row, the person masked."""

    at: datetime
    operator: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for their own records, and how they were identified."""

    name: str
    id_number: str
    phone: str
    checked: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What it takes to destroy everything: who, before whom, why, and the word typed."""

    officer: UUID
    pin: str
    witness: UUID
    witness_pin: str
    reason: str
    word: str


@dataclass(frozen=True, slots=True)
class Ended:
    """It is done: the paper that remains, and the copies that were out of reach."""

    pdf: bytes
    left: tuple[Path, ...]


@dataclass(slots=True)
class RightsDesk:
    """One station's keeping and erasing."""

    office: Office
    running: bool = False

    def _run(self, job: Callable[[Station], T], done: Done[T], failed: Failed) -> None:
        def fault(met: StoreFault) -> None:
            failed(fault_text(met.code, self.office.translate))

        self.office.database.run(job, done, fault)

    # -- erasing

    def reckon(self, done: Done[tuple[str, ...]], failed: Failed) -> None:
        """What an erasure would take now, in sentences; nothing happens."""
        office = self.office
        terms, now, say = terms_of(office.settings), office.now(), office.translate

        def job(store: Station) -> tuple[str, ...]:
            took = store.retention.reckon(terms, now)
            return words.reckoned(took, say), *words.kept_back(took, say)

        self._run(job, done, failed)

    def erase(self, done: Done[Erasure], failed: Failed) -> None:
        """Erase now, if whoever is signed in may."""
        if self.office.allows(Right.RETENTION, failed):
            self._erase(self.office.acting.name, BY_HAND, done, failed)

    def erase_if_due(self, done: Done[Erasure], failed: Failed) -> None:
        """The daily erasure, where its hour has struck; for a moment in which nobody waits."""
        office = self.office

        def told(found: tuple[datetime | None, bool]) -> None:
            last, restored = found
            if is_due(office.settings, last, office.now(), restored):
                self._erase("", SCHEDULE, done, failed)

        self._run(lambda store: (last_run(store), store.retention.restored), told, failed)

    def _erase(self, by: str, why: str, done: Done[Erasure], failed: Failed) -> None:
        if self.running:
            failed(self.office.translate("An erasure is under way"))
            return
        self.running = True
        work = Erasing(terms_of(self.office.settings), by, why, self.office.now())

        def stopped(sentence: str) -> None:
            self.running = False
            failed(sentence)

        def next_one(more: bool) -> None:
            if more:
                self._run(work.step, next_one, stopped)
            else:
                self.running = False
                done(work.result)

        next_one(True)

    def past(self, done: Done[list[Erasure]], failed: Failed) -> None:
        """The erasures on record, newest first."""
        self._run(lambda store: store.retention.past(), done, failed)

    def erasure_paper(self, erasure: Erasure, done: Done[bytes]) -> None:
        """The printed record of an erasure."""
        self._draw(erasure_sheet(erasure, self._printing()), done)

    # -- notices

    def paper(self, which: Paper, done: Done[bytes]) -> None:
        """A notice or template, filled in from the settings."""
        office = self.office
        self._draw(_MAKE[which](office.settings, office.translate, office.now()), done)

    # -- looks and one's own records

    def looks(self, done: Done[list[LookLine]], failed: Failed) -> None:
        """Who looked at full data in the last 30 days."""
        now, say = self.office.now(), self.office.translate
        period = Period(now - LOOKS_SHOWN, now + timedelta(minutes=1))

        def job(store: Station) -> list[LookLine]:
            return [
                LookLine(
                    each.at,
                    each.operator,
                    mask_name(each.name) or each.source,
                    look_reason(each, say),
                )
                for each in store.rights.looks(period)
            ]

        self._run(job, done, failed)

    def own_records(self, asked: Asked, done: Done[tuple[bytes, int]], failed: Failed) -> None:
        """All of one person's records on paper; that they were given out is put on record."""
        number, phone = tidy_number(asked.id_number) or None, read_phone(asked.phone)
        say, now, operator = self.office.translate, self.office.now(), self.office.acting.name
        lacks = NOBODY if not (number or phone) else None
        if not asked.checked.strip():
            lacks = "Look at the identity document first, and say which it was"
        if lacks is not None:
            failed(say(lacks))
            return
        name = tidy_name(asked.name) or ""
        text = " ".join(filter(None, (name, number, phone)))
        whose = Whose(name, text, asked.checked.strip())

        def job(store: Station) -> tuple[Document, int]:
            found = store.rights.records_of(number, phone, whose.name)
            store.rights.note_request(operator, whose.checked, whose.text, now)
            document = own_records_sheet(found, whose, self._printing())
            return document, found.total

        def draw(made: tuple[Document, int]) -> None:
            self._draw(made[0], lambda pdf: done((pdf, made[1])))

        self._run(job, draw, failed)

    # -- the end

    @property
    def word(self) -> str:
        """What must be typed to destroy everything."""
        return self.office.translate("DESTROY")

    def end(self, wish: Ending, done: Done[Ended], failed: Failed) -> None:
        """Destroy everything. The store is closed after it: the program must end."""
        if not self.office.allows(Right.RETENTION, failed):
            return
        lacks = self._lacking(wish)
        if lacks is not None:
            failed(self.office.translate(lacks))
            return
        printing = self._printing()

        def job(store: Station) -> Ended | str:
            return _end(store, wish, printing)

        def answered(found: Ended | str) -> None:
            if isinstance(found, str):
                failed(self.office.translate(found))
            else:
                done(found)

        self._run(job, answered, failed)

    def _lacking(self, wish: Ending) -> str | None:
        if wish.word.strip() != self.word:
            return "Type the word exactly as it stands there"
        if not wish.reason.strip():
            return "Say on whose order and why"
        if wish.officer == wish.witness:
            return "The witness must be somebody else"
        return None

    # -- inside

    def _printing(self) -> Printing:
        office = self.office
        return Printing(
            office.settings.site_name,
            office.acting.name,
            office.now(),
            office.translate,
            office.venue,
        )

    def _draw(self, document: Document, done: Done[bytes]) -> None:
        translate = self.office.translate
        self.office.database.beside(lambda _: drawn(document, translate), done)


def drawn(document: Document, translate: Callable[..., str]) -> bytes:
    """A document as PDF."""
    from checkpoint_app.registers import render_document  # slow to load; first needed on paper

    return render_document(document, translate)


def _end(store: Station, wish: Ending, printing: Printing) -> Ended | str:
    """Check both PINs, then destroy; the message of what stands in the way. Raises StoreFault."""
    officer = _checked(store, wish.officer, wish.pin, printing.now)
    if officer is None:
        return "Wrong PIN"
    witness = _checked(store, wish.witness, wish.witness_pin, printing.now)
    if witness is None:
        return "The witness's PIN is wrong"
    held = store.retention.held()
    who = Witnesses(officer.name, witness.name, wish.reason.strip())

    def paper(left: tuple[Path, ...]) -> bytes:
        return drawn(ending_sheet(held, left, who, printing), printing.translate)

    pdf = paper(())  # before anything is gone: the record must not fail afterwards
    left = store.retention.end()
    return Ended(paper(left) if left else pdf, left)


def _checked(store: Station, operator_id: UUID, pin: str, now: datetime) -> Operator | None:
    found = next((each for each in store.operators() if each.id == operator_id), None)
    right = found is not None and store.check_pin(operator_id, pin, now, "destroy")
    return found if right else None
