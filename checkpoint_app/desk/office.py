"""What is done at a station besides inspecting: signing in, searching, sheets, lists, keeping.

Every call returns at once; the answer comes back through `done`, a fault through `failed` as one
sentence for the user, both on the desk's own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from checkpoint_app.codes import Fault, Trust
from checkpoint_app.desk.acting import Acting, right_for
from checkpoint_app.desk.back_entry import PaperForm, enter, lacking
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.finding import FoundLine, RecordView, found_line, record_view
from checkpoint_app.desk.hub.handing import FORMS
from checkpoint_app.desk.leaving import Wish, amend
from checkpoint_app.desk.passes import IssuedPass, NewPass, issue
from checkpoint_app.desk.sheets import (
    PrintedSheet,
    SheetOrder,
    drawn,
    looked_at,
    sealed_steps,
    table_steps_of,
)
from checkpoint_app.desk.staffing import Change, add_staff, change_staff, renew_pin
from checkpoint_app.desk.steps import Steps
from checkpoint_app.desk.trusting import Imported, current_trust, import_trust
from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.owed import Owed
from checkpoint_app.domain.roles import Right
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import (
    Declared,
    Operator,
    SavedPolicy,
    Station,
    StoreFault,
    TrustListInfo,
    Verification,
)

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[str], None]
SHORTEST_PIN = 4
FOUND = 200  # rows of a search; whoever needs more types one letter more
LAST_BACKUP = "last_backup"
OWED_DAYS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Versions:
    """The saved rules of a kind of site, newest first; `in_force` None: the shipped ones count."""

    in_force: SavedPolicy | None
    saved: list[SavedPolicy]


@dataclass(slots=True)
class Office:
    """The station's back room. `settings` and `translate` are put in anew when they change."""

    database: Database
    now: Callable[[], datetime]
    translate: Translate
    settings: Settings
    venue: bool = False
    acting: Acting = field(default_factory=Acting)
    saved_policy: SitePolicy | None = None  # of this kind of site, as last fetched
    folder: Path | None = None  # the station's data folder: its own templates, its closings

    def _run(self, job: Callable[[Station], T], done: Done[T], failed: Failed) -> None:
        def fault(met: StoreFault) -> None:
            failed(fault_text(met.code, self.translate))

        self.database.run(job, done, fault)

    def ask(self, job: Callable[[Station], T], done: Done[T], failed: Failed) -> None:
        """Any job on the store; a fault that it meets comes back as a sentence."""
        self._run(job, done, failed)

    # -- what the person signed in is trusted with

    def allows(self, right: Right, failed: Failed) -> bool:
        """Whether they may do something; a refusal is told to `failed`."""
        refusal = self.acting.refusal(right, self.translate)
        if refusal is not None:
            failed(refusal)
        return refusal is None

    def take_settings(self, settings: Settings, failed: Failed) -> bool:
        """Put other settings in force, if whoever is signed in may."""
        right = right_for(self.settings, settings)
        if right is not None and not self.allows(right, failed):
            return False
        self.settings = settings
        return True

    # -- operators

    def operators(self, done: Done[list[Operator]], failed: Failed) -> None:
        """Who may sign in here; empty on a fresh station."""

        def found(people: list[Operator]) -> None:
            self.acting.among(people)
            done(people)

        self._run(lambda store: store.operators(), found, failed)

    def add_operator(
        self, name: str, pin: str, role: str, done: Done[Operator], failed: Failed
    ) -> None:
        """Add someone by name and PIN (digits, at least four)."""
        if not self.allows(Right.OPERATORS, failed):
            return
        lacks = "A name is needed" if not name.strip() else pin_problem(pin)
        if lacks is not None:
            failed(self.translate(lacks))
        else:
            made = self._change
            self._run(lambda store: add_staff(store, name.strip(), pin, role, made), done, failed)

    def change_pin(self, operator: Operator, pin: str, done: Done[None], failed: Failed) -> None:
        """Give someone a new PIN; one's own is everybody's to change."""
        own = self.acting.operator is not None and operator.id == self.acting.operator.id
        if not own and not self.allows(Right.OPERATORS, failed):
            return
        lacks = pin_problem(pin)
        if lacks is not None:
            failed(self.translate(lacks))
        else:
            made = self._change
            self._run(lambda store: renew_pin(store, operator, pin, made), done, failed)

    def change_role(self, operator: Operator, role: str, done: Done[None], failed: Failed) -> None:
        """Give someone another role; somebody in charge stays."""
        made = self._change
        self._staff(lambda store: change_staff(store, operator, made, role=role), done, failed)

    def retire(self, operator: Operator, active: bool, done: Done[None], failed: Failed) -> None:
        """Let someone sign in no longer (or again); the last one stays, or nobody could."""
        made = self._change
        self._staff(lambda store: change_staff(store, operator, made, active=active), done, failed)

    @property
    def _change(self) -> Change:
        return Change(self.acting.name, self.now())

    def _staff(
        self, job: Callable[[Station], str | None], done: Done[None], failed: Failed
    ) -> None:
        def changed(problem: str | None) -> None:
            if problem is None:
                done(None)
            else:
                failed(self.translate(problem))

        if self.allows(Right.OPERATORS, failed):
            self._run(job, changed, failed)

    def sign_in(self, operator: Operator, pin: str, done: Done[Operator], failed: Failed) -> None:
        """Check a PIN; a wrong one is told to `failed`, with the time to wait if there is one."""

        def job(store: Station) -> tuple[bool, timedelta]:
            now = self.now()
            waits = store.pin_wait(operator.id, now)
            right = not waits and store.check_pin(operator.id, pin, now)
            return right, waits or store.pin_wait(operator.id, now)

        def checked(answer: tuple[bool, timedelta]) -> None:
            right, waits = answer
            if right:
                done(operator)
            elif waits:
                failed(self.waiting(waits))
            else:
                failed(self.translate("Wrong PIN"))

        self._run(job, checked, failed)

    def pin_wait(self, operator: Operator, done: Done[timedelta], failed: Failed) -> None:
        """How long until this operator's PIN may be tried again; zero mostly."""
        self._run(lambda store: store.pin_wait(operator.id, self.now()), done, failed)

    def waiting(self, left: timedelta) -> str:
        """The sentence for a wait after wrong PINs."""
        seconds = ceil(left.total_seconds())
        return self.translate("Too many wrong PINs: wait {seconds} s", seconds=seconds)

    # -- earlier inspections

    def search(self, text: str, done: Done[list[FoundLine]], failed: Failed) -> None:
        """Inspections by name, number, phone or plate, newest first, masked."""
        translate, venue = self.translate, self.venue
        self._run(
            lambda store: [found_line(row, translate, venue) for row in store.search(text, FOUND)],
            done,
            failed,
        )

    def chosen(self, ids: Sequence[UUID], done: Done[list[FoundLine]], failed: Failed) -> None:
        """These inspections as lines, by time, masked."""
        translate, venue = self.translate, self.venue
        self._run(
            lambda store: [found_line(row, translate, venue) for row in store.rows(ids)],
            done,
            failed,
        )

    def show(self, inspection_id: UUID, done: Done[RecordView | None], failed: Failed) -> None:
        """One inspection in words, masked."""
        self._run(lambda store: self._view(store.row(inspection_id), Mask.PARTIAL), done, failed)

    def look(
        self, inspection_id: UUID, operator: str, done: Done[RecordView | None], failed: Failed
    ) -> None:
        """One inspection, whole and unmasked; the look itself is put on record first."""

        def job(store: Station) -> RecordView | None:
            store.log_look(inspection_id, operator, "shown", self.now())
            return self._view(store.row(inspection_id), Mask.NONE)

        self._run(job, done, failed)

    def _view(self, recorded: RecordedInspection | None, mask: Mask) -> RecordView | None:
        if recorded is None:
            return None
        return record_view(recorded, self.translate, self.venue, mask)

    def amend(
        self,
        inspection_id: UUID,
        outcome: Outcome,
        reason: str,
        second: tuple[UUID, str] | None,
        call_back: str,
        operator: str,
        done: Done[RecordedInspection],
        failed: Failed,
    ) -> None:
        """更改结果 of an earlier record, as a correction; the desk's own rules hold."""

        def answered(found: RecordedInspection | str) -> None:
            if isinstance(found, str):
                failed(self.translate(found))
            else:
                done(found)

        wanted = Wish(None, outcome, reason, operator, second, call_back)
        self._run(lambda store: amend(store, inspection_id, wanted, self.now()), answered, failed)

    def enter_form(
        self, form: PaperForm, operator: str, done: Done[RecordedInspection], failed: Failed
    ) -> None:
        """补录: record a paper form that was written while there was no power."""
        lacks = lacking(form, self.now())
        if lacks is not None:
            failed(self.translate(lacks))
            return
        settings, translate = self.settings, self.translate
        self._run(
            lambda store: enter(store, form, operator, settings, translate, self.now()),
            done,
            failed,
        )

    # -- paper

    def preview(self, order: SheetOrder, done: Done[bytes], failed: Failed) -> None:
        """Draw a sheet to look at, as PDF; nothing is sealed."""
        settings, translate = self.settings, self.translate
        self.stepwise(
            lambda store: table_steps_of(store, order, settings, translate, self.now()),
            lambda table: self.database.beside(lambda _: looked_at(table(False), translate), done),
            failed,
        )

    def sheet(self, order: SheetOrder, done: Done[PrintedSheet], failed: Failed) -> None:
        """Seal a period and draw its sheet; drawing a long one keeps nobody from saving."""
        settings, translate = self.settings, self.translate
        self.stepwise(
            lambda store: sealed_steps(store, order, settings, translate, self.now()),
            lambda made: self.database.beside(
                lambda _: drawn(made.table(False), made.seal, translate), done
            ),
            failed,
        )

    def stepwise(self, begin: Callable[[Station], Steps[T]], done: Done[T], failed: Failed) -> None:
        """Long reading in short steps, between which saving goes on."""
        translate = self.translate
        self.database.stepwise(begin, done, lambda fault: failed(fault_text(fault.code, translate)))

    # -- trust lists and passes

    def trust_lists(self, done: Done[list[TrustListInfo]], failed: Failed) -> None:
        """What is imported, newest first."""
        self._run(lambda store: store.trust_lists(), done, failed)

    def import_trust(
        self, paths: Iterable[Path], done: Done[list[Imported]], failed: Failed
    ) -> None:
        """Take trust files; each is answered."""
        if not self.allows(Right.LISTS, failed):
            return
        files = list(paths)
        self._run(lambda store: import_trust(store, files, self.now()), done, failed)

    def trust(self, done: Done[Trust], failed: Failed) -> None:
        """The snapshot to judge codes by."""
        settings = self.settings
        self._run(lambda store: current_trust(store, settings, self.now()), done, failed)

    def issue_pass(self, new: NewPass, done: Done[IssuedPass], failed: Failed) -> None:
        """Sign a site pass."""

        def issued(found: IssuedPass | Fault) -> None:
            if isinstance(found, Fault):
                failed(fault_text(found.code, self.translate))
            else:
                done(found)

        self._run(lambda store: issue(store, new, self.now()), issued, failed)

    # -- rules

    def policy(self, done: Done[SitePolicy | None], failed: Failed) -> None:
        """The saved policy of this kind of site; None where it is the shipped one."""
        kind = self.settings.site_kind
        self._run(lambda store: store.policies.current(kind), done, failed)

    def offline(self, done: Done[Declared | None], failed: Failed) -> None:
        """Whether the line is declared down (断网模式), by whom and since when."""
        self._run(lambda store: store.offline.declared(), done, failed)

    def declare_offline(self, on: bool, done: Done[Declared | None], failed: Failed) -> None:
        """Declare the line down, or up again; the officer in charge alone does."""
        officer = self.acting.name
        if self.allows(Right.OFFLINE, failed):
            self._run(lambda store: store.offline.declare(on, officer, self.now()), done, failed)

    def owed(self, done: Done[list[Owed]], failed: Failed) -> None:
        """Who was let through first in the last days and is still to be completed or looked up."""
        since = self.now() - OWED_DAYS
        self._run(lambda store: store.offline.owed(since), done, failed)

    def policies(self, kind: str, done: Done[Versions], failed: Failed) -> None:
        """The saved versions of a kind of site, and which of them counts."""

        def job(store: Station) -> Versions:
            return Versions(store.policies.in_force(kind), store.policies.history(kind))

        self._run(job, done, failed)

    def offices_form(self, name: str, done: Done[str | None], failed: Failed) -> None:
        """The form of a sheet that the command office handed down, by its file's name."""

        def job(store: Station) -> str | None:
            body = store.handed_down.rows(FORMS).get(name)
            return body.decode("utf-8-sig", "replace") if body is not None else None

        self._run(job, done, failed)

    def save_policy(self, policy: SitePolicy, done: Done[SitePolicy], failed: Failed) -> None:
        """Put a policy in force for its kind of site, as a new version."""
        officer = self.acting.name
        if self.allows(Right.POLICY, failed):
            self._run(lambda store: store.policies.save(policy, officer, self.now()), done, failed)

    # -- keeping

    def protect(self, passphrase: str, done: Done[str], failed: Failed) -> None:
        """Set the passphrase; `done` gets the recovery key, to be printed once."""
        if not self.allows(Right.RETENTION, failed):
            return
        self._run(lambda store: store.set_passphrase(passphrase), done, failed)

    def backup(self, target: Path, done: Done[Path], failed: Failed) -> None:
        """Write an encrypted, checked copy, beside the saving."""

        def fault(met: StoreFault) -> None:
            failed(fault_text(met.code, self.translate))

        def written(copy: Path) -> None:
            now = self.now()

            def noted(store: Station) -> None:
                store.remember(LAST_BACKUP, f"{now.isoformat()} {copy}")
                store.retention.note_copy(copy, now)

            self._run(noted, lambda _: done(copy), failed)

        self.database.beside(lambda store: store.backup(target, self.now()), written, fault)

    def last_backup(self, done: Done[tuple[datetime, Path] | None], failed: Failed) -> None:
        """When and where the last backup was written from here, None where none was."""

        def told(note: str | None) -> None:
            when, _, where = (note or "").partition(" ")
            done((datetime.fromisoformat(when), Path(where)) if when else None)

        self._run(lambda store: store.remembered(LAST_BACKUP), told, failed)

    def verify(self, done: Done[Verification], failed: Failed) -> None:
        """Walk the whole chain."""
        self._run(lambda store: store.verify(), done, failed)

    @property
    def protected(self) -> bool:
        """Whether a passphrase has been set."""
        return self.database.station.protected


def pin_problem(pin: str) -> str | None:
    """The message of what is wrong with a PIN, None where nothing is."""
    if pin.isascii() and pin.isdigit() and len(pin) >= SHORTEST_PIN:
        return None
    return "A PIN has at least 4 digits"
