"""Visitors, absences and passes behind the window. Every call returns at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from checkpoint_app.codes import Fault
from checkpoint_app.desk.day import period_at
from checkpoint_app.desk.office import Done, Failed, Office
from checkpoint_app.desk.people import absences, passes
from checkpoint_app.desk.people.absences import Return, Settled
from checkpoint_app.desk.people.papers import visitors_register
from checkpoint_app.desk.people.passes import Member, PassOrder
from checkpoint_app.desk.people.portraits import photos_text, take_photos
from checkpoint_app.desk.rights.sheets import Printing
from checkpoint_app.domain.badge import Badge
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.roles import Right
from checkpoint_app.domain.visiting import Absence, Visit, VisitRules, visit_fault
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.imports import FileFault
from checkpoint_app.store.station import Station, StoreFault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Registered:
    """A visitor is registered; `label` is the pass to print, None where none was wanted."""

    visit: Visit
    label: bytes | None


@dataclass(frozen=True, slots=True)
class Today:
    """The visitors of the period, newest first, and how many persons are still inside."""

    visits: tuple[Visit, ...]
    inside: int


@dataclass(slots=True)
class PeopleDesk:
    """One station's visitors, absences and passes."""

    office: Office
    _taking: list[bool] = field(default_factory=list)

    def _run(self, job: Callable[[Station], T], done: Done[T], failed: Failed) -> None:
        def fault(met: StoreFault) -> None:
            failed(fault_text(met.code, self.office.translate))

        self.office.database.run(job, done, fault)

    # -- visitors

    @property
    def rules(self) -> VisitRules:
        """What the site asks of visitors."""
        settings = self.office.settings
        return VisitRules(settings.visitors_admitted, settings.visitors_need_host)

    def today(self, done: Done[Today], failed: Failed) -> None:
        """The visitors of the statistics period, and whoever has not left since earlier."""
        settings, now = self.office.settings, self.office.now()
        period = period_at(now, time.fromisoformat(settings.period_starts_at))

        def job(store: Station) -> Today:
            visits = {each.id: each for each in store.visits.of(period)}
            inside = store.visits.inside()
            visits.update({each.id: each for each in inside})
            newest = sorted(visits.values(), key=lambda each: each.arrived_at, reverse=True)
            return Today(tuple(newest), sum(each.persons for each in inside))

        self._run(job, done, failed)

    def register(
        self, visit: Visit, done: Done[Registered], failed: Failed, *, label: bool = True
    ) -> None:
        """Register a visitor with a pass for today; what is lacking is told to `failed`."""
        fault = visit_fault(visit, self.rules)
        if fault is not None:
            failed(fault_text(fault.value, self.office.translate))
            return
        settings, say, now = self.office.settings, self.office.translate, self.office.now()

        def job(store: Station) -> tuple[Visit, Badge | None] | Fault:
            if not visit.admitted or not label:
                store.visits.register(visit)
                return visit, None
            made = passes.visitors_pass(
                store, visit, settings.visit_pass_hours, settings.site_name, say, now
            )
            if isinstance(made, Fault):
                return made
            kept = replace(visit, pass_id=made[0])
            store.visits.register(kept)
            return kept, made[1]

        def answered(found: tuple[Visit, Badge | None] | Fault) -> None:
            if isinstance(found, Fault):
                failed(fault_text(found.code, say))
            elif found[1] is None:
                done(Registered(found[0], None))
            else:
                self._label(found[0], found[1], done)

        self._run(job, answered, failed)

    def _label(self, visit: Visit, badge: Badge, done: Done[Registered]) -> None:
        self.office.database.beside(
            lambda _: Registered(visit, passes.sheet([badge], label=True)), done
        )

    def leave(self, visit_id: UUID, done: Done[Visit], failed: Failed) -> None:
        """A visitor has left; their pass counts no more."""
        now = self.office.now()

        def job(store: Station) -> Visit:
            visit = store.visits.leave(visit_id, now)
            if visit.pass_id:
                store.revoke_pass(visit.pass_id, now)
            return visit

        self._run(job, done, failed)

    def known(self, id_number: str, done: Done[Visit | None], failed: Failed) -> None:
        """The last visit of a document, so that nobody types it all again."""
        self._run(lambda store: store.visits.earlier(id_number), done, failed)

    def visitors_paper(self, visits: Sequence[Visit], done: Done[bytes]) -> None:
        """来访人员登记表 of these visits."""
        from checkpoint_app.desk.rights.door import drawn

        office = self.office
        printing = Printing(
            office.settings.site_name, office.acting.name, office.now(), office.translate
        )
        document = visitors_register(visits, Mask(office.settings.sheet_mask), printing)
        office.database.beside(lambda _: drawn(document, office.translate), done)

    # -- absences

    def away(self, done: Done[list[Absence]], failed: Failed) -> None:
        """Who is away, the one due first, then the settled ones."""

        def job(store: Station) -> list[Absence]:
            open_ones = store.absences.open_ones()
            known = {each.id for each in open_ones}
            return [*open_ones, *(e for e in store.absences.newest() if e.id not in known)]

        self._run(job, done, failed)

    def file(self, absence: Absence, done: Done[Absence], failed: Failed) -> None:
        """File a notice; what is lacking is told to `failed`."""
        lacks = absences.notice_fault(absence)
        if lacks is not None:
            failed(self.office.translate(lacks))
            return
        now = self.office.now()

        def job(store: Station) -> Absence:
            store.absences.file(absence, now)
            return absence

        self._run(job, done, failed)

    def come_back(
        self, absence: Absence, back: Return, done: Done[Settled], failed: Failed
    ) -> None:
        """Settle a return; today's risk list is asked about every place."""
        office = self.office
        county, now, operator = office.settings.county_code, office.now(), office.acting.name
        self._run(
            lambda store: absences.come_back(store, absence, back, county, operator, now),
            done,
            failed,
        )

    def withdraw(self, absence: Absence, done: Done[Absence], failed: Failed) -> None:
        """Take a notice back."""
        now, operator = self.office.now(), self.office.acting.name
        self._run(lambda store: absences.withdraw(store, absence, operator, now), done, failed)

    # -- passes

    def members(self, wanted: str, done: Done[list[Member]], failed: Failed) -> None:
        """The roster with its passes, by a piece of a name, unit or number."""
        now = self.office.now()
        self._run(lambda store: passes.members(store, now, wanted), done, failed)

    def make(
        self, chosen: Sequence[Member], order: PassOrder, done: Done[bytes], failed: Failed
    ) -> None:
        """New passes on paper; earlier ones of the same people are revoked."""
        if not self.office.allows(Right.LISTS, failed):
            return
        say, now = self.office.translate, self.office.now()

        def draw(found: list[Badge] | Fault) -> None:
            if isinstance(found, Fault):
                failed(fault_text(found.code, say))
            else:
                self.office.database.beside(lambda _: passes.sheet(found, label=order.label), done)

        self._run(lambda store: passes.make_passes(store, chosen, order, say, now), draw, failed)

    def take_photos(
        self, source: Path, told: Callable[[int, int], None], done: Done[str], failed: Failed
    ) -> None:
        """Keep photos of the roster from a folder or a ZIP; what became of them as a sentence.
        `told` hears how many of how many, on the desk's thread."""
        office, wanted = self.office, [True]
        if not office.allows(Right.LISTS, failed):
            return
        self._taking = wanted
        say, now = office.translate, office.now()

        def tell(number: int, total: int) -> bool:
            office.database.tell(lambda: told(number, total))
            return wanted[0]

        def job() -> tuple[bool, str]:
            try:
                taken = take_photos(office.database.ask, source, now, tell)
            except (FileFault, StoreFault) as fault:
                return False, fault_text(fault.code, say)
            return True, photos_text(taken, say)

        def answered(found: tuple[bool, str]) -> None:
            (done if found[0] else failed)(found[1])

        office.database.apart(job, answered)

    def stop_taking(self) -> None:
        """No more photos; those kept stay."""
        self._taking[:] = [False]

    def revoke(self, chosen: Sequence[Member], done: Done[int], failed: Failed) -> None:
        """Revoke the passes of these people."""
        if self.office.allows(Right.LISTS, failed):
            now: datetime = self.office.now()
            self._run(lambda store: passes.revoke(store, chosen, now), done, failed)
