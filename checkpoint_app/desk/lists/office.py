"""What is done with lists in the back room: looking, importing, working them, areas by hand.

Like the office: every call returns at once; answers come back on the desk's own thread, what went
wrong as one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from checkpoint_app.desk.lists.importing import (
    Cancelled,
    Import,
    Order,
    Step,
    Taken,
    dated_by_name,
    knows,
    remembered,
    with_mapping,
)
from checkpoint_app.desk.lists.lines import WorkLine, work_line
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.people.portraits import photos_text, take_photos
from checkpoint_app.divisions import code_of
from checkpoint_app.domain.list_entries import Entry, RiskEntry, RiskLevel
from checkpoint_app.domain.lists import ListKind, ListsInForce
from checkpoint_app.domain.region import is_province
from checkpoint_app.domain.roles import Right
from checkpoint_app.domain.worklist import Coverage, WorkRow, WorkState
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.imports import FileFault, Plan, Preview, examine, plan_of
from checkpoint_app.imports.photos import beside
from checkpoint_app.store.lists import Asked, ListInfo, Site, Slice
from checkpoint_app.store.station import Station, StoreFault

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[str], None]
MOST_ROWS = 500  # of a table; whoever needs others types a letter more


@dataclass(frozen=True, slots=True)
class Overview:
    """The lists in force, and how far the pushed ones are worked."""

    lists: list[ListInfo]
    in_force: ListsInForce
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class FoundWork:
    """Pushed persons that fit; `more`: there are others."""

    lines: list[WorkLine]
    more: bool


@dataclass(slots=True)
class ListOffice:
    """The lists, as the window uses them. Clock, words and settings are the office's."""

    office: Office
    _asked: int = 0
    _running: list[bool] = field(default_factory=list)  # [wanted still?] of the import that runs

    @property
    def due_after(self) -> timedelta:
        """How long checking a pushed person may take, where the list does not say."""
        return timedelta(hours=self.office.settings.check_within_hours)

    def overview(self, done: Done[Overview], failed: Failed) -> None:
        """What is in force, and the figures of the work."""
        now, due_after = self.office.now(), self.due_after

        def job(store: Station) -> Overview:
            lists = store.lists
            return Overview(lists.shown(), lists.versions(), lists.coverage(now, due_after))

        self._run(job, done, failed)

    # -- the work-list

    def work(
        self, text: str, states: frozenset[WorkState], done: Done[FoundWork], failed: Failed
    ) -> None:
        """Pushed persons by a piece of text and by state; an older question is dropped."""
        self._asked += 1
        asked = Asked(text.strip(), states, self.due_after)
        self._stretch(self._asked, asked, (0, 0), [], done, failed)

    def _stretch(
        self,
        number: int,
        asked: Asked,
        after: tuple[int, int],
        found: list[WorkRow],
        done: Done[FoundWork],
        failed: Failed,
    ) -> None:
        """A stretch of the lists at a time, so that whoever stands at the desk is looked up."""

        def came(part: Slice) -> None:
            rest = part.rest
            found.extend(part.rows)
            if number != self._asked:
                return
            if rest is None or len(found) > MOST_ROWS:
                now, say = self.office.now(), self.office.translate
                lines = [work_line(row, now, say) for row in found[:MOST_ROWS]]
                done(FoundWork(lines, len(found) > MOST_ROWS or rest is not None))
            else:
                self._stretch(number, asked, rest, found, done, failed)

        self._run(lambda store: store.lists.work_rows(asked, after), came, failed)

    def change(
        self, row: WorkRow, state: WorkState, note: str, done: Done[WorkLine], failed: Failed
    ) -> None:
        """A pushed person's new state, as a record of the ledger."""
        office, now = self.office, self.office.now()
        operator = office.acting.name

        def job(store: Station) -> WorkRow:
            return store.lists.change_state(row, state, note or None, operator, now)

        self._run(job, lambda after: done(work_line(after, now, office.translate)), failed)

    def look(self, row: WorkRow, done: Done[WorkRow], failed: Failed) -> None:
        """A pushed person whole; the look is put on record first."""
        now, operator = self.office.now(), self.office.acting.name

        def job(store: Station) -> WorkRow:
            store.lists.log_look(row, operator, now)
            return row

        self._run(job, done, failed)

    # -- other lists, by hand

    def entries(self, number: int, done: Done[list[Entry]], failed: Failed) -> None:
        """The first entries of a list."""
        self._run(lambda store: store.lists.entries(number, limit=MOST_ROWS), done, failed)

    def type_area(
        self, place: str, level: RiskLevel, done: Done[RiskEntry], failed: Failed
    ) -> None:
        """Put a risk area in force by its code or name; who was there is looked back for.

        Anybody on duty may: it only adds to what stops a traveller, and is needed at once.
        """
        text, office = place.strip(), self.office
        code, say = code_of(text, office.settings.county_code), office.translate
        if code is None or not is_province(code[:2]):
            failed(say("Place not known: type its name with the province, or its code"))
            return
        now, operator = office.now(), office.acting.name
        name = "" if text == code else text
        entry = RiskEntry(code=code, name=name, level=level, starts=now.date())

        def job(store: Station) -> RiskEntry:
            store.lists.type_area(entry, operator, now)
            return entry

        self._run(job, lambda _: self._look_back(lambda raised: done(entry)), failed)

    def strike_area(self, code: str, done: Done[None], failed: Failed) -> None:
        """Take a typed risk area out again."""
        now, operator = self.office.now(), self.office.acting.name
        if self.office.allows(Right.LISTS, failed):
            self._run(lambda store: store.lists.strike_area(code, operator, now), done, failed)

    def withdraw(self, number: int, done: Done[None], failed: Failed) -> None:
        """Let a list count no longer."""
        now, operator = self.office.now(), self.office.acting.name
        if self.office.allows(Right.LISTS, failed):
            self._run(lambda store: store.lists.withdraw(number, operator, now), done, failed)

    def put_back(self, number: int, done: Done[None], failed: Failed) -> None:
        """Let a list count again that was just withdrawn."""
        now, operator = self.office.now(), self.office.acting.name
        if self.office.allows(Right.LISTS, failed):
            self._run(lambda store: store.lists.put_back(number, operator, now), done, failed)

    def _look_back(self, done: Done[int]) -> None:
        """Raise whom a list affects; short steps, one after the other."""
        office, site = self.office, self._site()
        now = office.now()

        def job() -> int:
            steps = office.database.ask(lambda store: store.lists.look_back(site, now))
            raised = 0
            while (step := office.database.ask(lambda store: next(steps, None))) is not None:
                raised = step.raised
            return raised

        office.database.apart(job, done)

    def resume(self) -> None:
        """After a start: finish looking back where the power went in the middle of it."""
        self._run(lambda store: store.lists.owes_look_back(), self._resume, lambda _: None)

    def _resume(self, owed: bool) -> None:
        if owed:
            self._look_back(lambda raised: None)

    def _site(self) -> Site:
        return Site(self.office.settings.county_code, self.office.acting.name)

    # -- importing

    def examine(
        self,
        path: Path,
        kind: ListKind,
        said: Mapping[str, str] | None,
        done: Done[Preview],
        failed: Failed,
    ) -> None:
        """Look at a file: its columns, and what would become of its first rows.

        `said` None: as the layout was read the last time, else as guessed.
        """
        office, now = self.office, self.office.now()

        def job() -> Preview | str:
            try:
                plan = plan_of(path, kind)
                if said is None:
                    plan = office.database.ask(lambda store: remembered(plan, store))
                else:
                    blank = dict.fromkeys(plan.mapping.columns, "")
                    plan = with_mapping(plan, plan.mapping.with_said({**blank, **said}))
                return examine(plan, knows(now))
            except FileFault as fault:
                return file_text(fault, office.translate)
            except StoreFault as fault:
                return fault_text(fault.code, office.translate)

        office.database.apart(job, lambda found: _answer(found, done, failed))

    def take(
        self,
        preview: Preview,
        source: str,
        told: Callable[[Step], None],
        done: Done[Taken],
        failed: Failed,
    ) -> None:
        """Import what was previewed; `told` hears how far it is, on the desk's thread."""
        office, wanted = self.office, [True]
        if not office.allows(Right.LISTS, failed):
            return
        self._running = wanted
        plan, now = preview.plan, office.now()
        dated = dated_by_name(plan.path, now)
        site = self._site()
        order = Order(plan, source, dated, site.operator, site.county)

        def tell(step: Step) -> bool:
            office.database.tell(lambda: told(step))
            return wanted[0]

        running = Import(office.database.ask, order, office.now, tell)

        def job() -> Taken | str:
            try:
                taken = running.run()
                return replace(taken, photos=self._photos_beside(plan, now))
            except FileFault as fault:
                return file_text(fault, office.translate)
            except StoreFault as fault:
                return fault_text(fault.code, office.translate)
            except Cancelled:
                return office.translate("Cancelled; the lists are as they were")

        def came(found: Taken | str) -> None:
            _answer(found, done, failed)
            office.database.apart(lambda: _swept(running), lambda _: None)

        office.database.apart(job, came)

    def _photos_beside(self, plan: Plan, now: datetime) -> str:
        """Take the photos beside a roster; whatever is wrong with them, the list counts."""
        office = self.office
        source = beside(plan.path) if plan.kind is ListKind.ROSTER else None
        if source is None:
            return ""
        try:
            taken = take_photos(office.database.ask, source, now)
        except FileFault as fault:
            return file_text(fault, office.translate)
        return photos_text(taken, office.translate)

    def cancel(self) -> None:
        """No more of the import that runs."""
        self._running[:] = [False]

    def _run(self, job: Callable[[Station], T], done: Done[T], failed: Failed) -> None:
        office = self.office

        def fault(met: StoreFault) -> None:
            failed(fault_text(met.code, office.translate))

        office.database.run(job, done, fault)


def _answer(found: T | str, done: Done[T], failed: Failed) -> None:
    if isinstance(found, str):
        failed(found)
    else:
        done(found)


def _swept(running: Import) -> None:
    try:
        running.sweep()
    except StoreFault:
        return  # it is tried again after the next list


def file_text(fault: FileFault, translate: Translate) -> str:
    """Why a file was refused as a whole."""
    if fault.code == "list_columns_missing" and fault.detail:
        column = translate(fault.detail)
        return translate("No column for “{column}”: choose it below", column=column)
    return fault_text(fault.code, translate)


def source_of(path: Path, at: datetime) -> str:
    """What a list is called unless somebody calls it otherwise."""
    return path.stem or f"{at:%m%d}"
