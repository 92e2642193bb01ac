"""The ledger of abnormal persons (台账), as everyone outside the store sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from checkpoint_app.domain import taking_back
from checkpoint_app.domain.case import Case, Deadlines, Refusal, Stage, Step, Subject, late_by
from checkpoint_app.domain.case import refusal as refusal_of
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.taking_back import TakingBack
from checkpoint_app.store.cases import pictures
from checkpoint_app.store.cases import reading as read
from checkpoint_app.store.cases.pictures import LARGEST
from checkpoint_app.store.cases.reading import Attachment, Story, Told
from checkpoint_app.store.cases.writing import Raised, of_inspection, raise_case, take, take_back
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault

__all__ = ["LARGEST", "OPEN", "Attachment", "Cases", "Raised", "Story", "Told"]

OPEN = tuple(stage for stage in Stage if stage is not Stage.CLOSED)


class Cases:
    """Cases of one open store. Nothing here is ever taken away; every call is durable."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    def raise_case(
        self,
        inspection_id: UUID | None,
        why: Code,
        detail: str | None,
        operator: str,
        now: datetime,
        subject: Subject | None = None,
    ) -> UUID:
        """Open a case that no verdict opened: late news, a new list, a car that did not stop.

        An inspection that has a case gets the news added to it (a closed one is open again); the
        same news (`why` and `detail`) twice is written once. Whoever had gone on carries `recall`.
        Raises `StoreFault`: not_found, not_storable.
        """
        (found,) = self.raise_cases([Raised(why, detail, inspection_id, subject)], operator, now)
        return found

    def raise_cases(self, raised: Iterable[Raised], operator: str, now: datetime) -> list[UUID]:
        """Several at once, all or none: what a new list brings to light."""
        with writing(self._engine) as connection:
            return [raise_case(connection, self._device, each, operator, now) for each in raised]

    def step(self, case_id: UUID, step: Step, now: datetime) -> Case | Refusal:
        """Take a step; the case as it stands then, or why the step cannot be taken.

        Raises `StoreFault`: not_found, not_storable.
        """
        with writing(self._engine) as connection:
            case = read.one(connection, case_id)
            if case is None:
                raise StoreFault("not_found")
            refused = refusal_of(case, step, now)
            if refused is not None:
                return refused
            take(connection, self._device, case_id, step, now)
            after = read.one(connection, case_id)
            assert after is not None
            return after

    def take_back(
        self, case_id: UUID, step: UUID, taking: TakingBack, now: datetime
    ) -> Case | Refusal:
        """Take back the last step, named by its record; the case as it stands then, or why not.

        Raises `StoreFault`: not_found, not_storable.
        """
        with writing(self._engine) as connection:
            story = read.story(connection, case_id)
            told = [each for each in story.standing if each.record_id == step] if story else []
            if story is None or not told:
                raise StoreFault("not_found")
            refused = taking_back.refusal(story.done(told[0]), taking, now)
            if refused is not None:
                return refused
            take_back(connection, self._device, case_id, step, taking, now)
            after = read.one(connection, case_id)
            assert after is not None
            return after

    def attach(
        self, case_id: UUID, picture: bytes, note: str, operator: str, now: datetime
    ) -> UUID:
        """Keep a picture (JPEG, at most 1.5 MB) with a case. Raises: not_found, not_storable."""
        with writing(self._engine) as connection:
            if read.one(connection, case_id) is None:
                raise StoreFault("not_found")
            return pictures.attach(connection, self._device, case_id, picture, note, operator, now)

    def picture(self, attachment_id: UUID) -> bytes | None:
        """A picture's bytes, None where it was erased or never there."""
        with reading(self._engine) as connection:
            return pictures.picture(connection, attachment_id)

    def cases(
        self, stages: Collection[Stage] | None = None, since: datetime | None = None
    ) -> list[Case]:
        """Cases, newest first: all of them, or those not withdrawn at these stages."""
        with reading(self._engine) as connection:
            return read.some(connection, stages=stages, since=since)

    def case(self, case_id: UUID) -> Case | None:
        """One case."""
        with reading(self._engine) as connection:
            return read.one(connection, case_id)

    def of_inspection(self, inspection_id: UUID) -> Case | None:
        """The case of an inspection."""
        with reading(self._engine) as connection:
            row = of_inspection(connection, inspection_id)
            return read.one(connection, row.id) if row is not None else None

    def named(self, label: str) -> Case | None:
        """A case by what people type: its number, its label (K7Q2-00017), or its id."""
        wanted = label.strip().upper()
        fits = [
            case
            for case in self.cases()
            if wanted in (case.label.upper(), str(case.id).upper())
            or (wanted.isdecimal() and case.number == int(wanted))
        ]
        return fits[0] if len(fits) == 1 else None

    def story(self, case_id: UUID) -> Story | None:
        """A case with all its steps and the inspection that it began with."""
        with reading(self._engine) as connection:
            return read.story(connection, case_id)

    def counts(self) -> dict[Stage, int]:
        """Cases at each stage; every stage is a key."""
        with reading(self._engine) as connection:
            return read.counts(connection)

    def overdue(self, deadlines: Deadlines, now: datetime) -> list[Case]:
        """Open cases whose next step is late, the latest first."""
        late = [(late_by(case, deadlines, now), case) for case in self.cases(OPEN)]
        known = [(by, case) for by, case in late if by is not None]
        return [case for _, case in sorted(known, key=lambda each: each[0], reverse=True)]

    def late(self, deadlines: Deadlines, now: datetime) -> int:
        """How many cases `overdue` would give; quick, for it is asked every few seconds."""
        with reading(self._engine) as connection:
            return read.late(connection, deadlines, now)

    def recalls(self, most: int = 200) -> list[Case]:
        """People who went through and have not been reported yet, newest first."""
        with reading(self._engine) as connection:
            return read.recalls(connection, most)
