"""What is done at a station besides inspecting: signing in, searching, sheets, lists, keeping.

Every call returns at once; the answer comes back through `done`, a fault through `failed` as one
sentence for the user, both on the desk's own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from checkpoint_app.codes import Fault, Trust
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.day import day_line
from checkpoint_app.desk.passes import IssuedPass, NewPass, issue
from checkpoint_app.desk.sheets import PrintedSheet, SheetOrder, sheet
from checkpoint_app.desk.trusting import Imported, current_trust, import_trust
from checkpoint_app.desk.view import DayLine
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import (
    Operator,
    Station,
    StoreFault,
    TrustListInfo,
    Verification,
)

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[str], None]
SHORTEST_PIN = 4


@dataclass(slots=True)
class Office:
    """The station's back room. `settings` and `translate` are put in anew when they change."""

    database: Database
    now: Callable[[], datetime]
    translate: Translate
    settings: Settings
    venue: bool = False

    def _run(self, job: Callable[[Station], T], done: Done[T], failed: Failed) -> None:
        def fault(met: StoreFault) -> None:
            failed(fault_text(met.code, self.translate))

        self.database.run(job, done, fault)

    # -- operators

    def operators(self, done: Done[list[Operator]], failed: Failed) -> None:
        """Who may sign in here; empty on a fresh station."""
        self._run(lambda store: store.operators(), done, failed)

    def add_operator(
        self, name: str, pin: str, role: str, done: Done[Operator], failed: Failed
    ) -> None:
        """Add someone by name and PIN (digits, at least four)."""
        if not name.strip():
            failed(self.translate("A name is needed"))
        elif not (pin.isascii() and pin.isdigit() and len(pin) >= SHORTEST_PIN):
            failed(self.translate("A PIN has at least 4 digits"))
        else:
            self._run(lambda store: store.add_operator(name.strip(), pin, role), done, failed)

    def sign_in(self, operator: Operator, pin: str, done: Done[Operator], failed: Failed) -> None:
        """Check a PIN; a wrong one is told to `failed`."""

        def checked(right: bool) -> None:
            if right:
                done(operator)
            else:
                failed(self.translate("Wrong PIN"))

        self._run(lambda store: store.check_pin(operator.id, pin, self.now()), checked, failed)

    # -- earlier inspections

    def search(self, text: str, done: Done[list[DayLine]], failed: Failed) -> None:
        """Inspections by name, number, phone or plate, newest first, masked."""
        translate, venue = self.translate, self.venue
        self._run(
            lambda store: [day_line(row, translate, venue) for row in store.search(text)],
            done,
            failed,
        )

    def look(
        self,
        inspection_id: UUID,
        operator: str,
        done: Done[RecordedInspection | None],
        failed: Failed,
    ) -> None:
        """One inspection, whole and unmasked; the look itself is put on record first."""

        def job(store: Station) -> RecordedInspection | None:
            store.log_look(inspection_id, operator, "shown", self.now())
            return store.row(inspection_id)

        self._run(job, done, failed)

    # -- paper

    def sheet(self, order: SheetOrder, done: Done[PrintedSheet], failed: Failed) -> None:
        """Seal a period and draw its sheet."""
        settings, translate = self.settings, self.translate
        self._run(lambda store: sheet(store, order, settings, translate, self.now()), done, failed)

    # -- trust lists and passes

    def trust_lists(self, done: Done[list[TrustListInfo]], failed: Failed) -> None:
        """What is imported, newest first."""
        self._run(lambda store: store.trust_lists(), done, failed)

    def import_trust(
        self, paths: Iterable[Path], done: Done[list[Imported]], failed: Failed
    ) -> None:
        """Take trust files; each is answered."""
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

    # -- keeping

    def protect(self, passphrase: str, done: Done[str], failed: Failed) -> None:
        """Set the passphrase; `done` gets the recovery key, to be printed once."""
        self._run(lambda store: store.set_passphrase(passphrase), done, failed)

    def backup(self, target: Path, done: Done[Path], failed: Failed) -> None:
        """Write an encrypted, checked copy."""
        self._run(lambda store: store.backup(target, self.now()), done, failed)

    def verify(self, done: Done[Verification], failed: Failed) -> None:
        """Walk the whole chain."""
        self._run(lambda store: store.verify(), done, failed)
