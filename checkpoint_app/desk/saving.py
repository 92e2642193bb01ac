"""Into the store and never lost: records in their order, the unfinished people, faults told.

What could not be saved stays here and is tried again; a correction never overtakes the record
that it corrects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from checkpoint_app.desk.database import Database
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.passage import VehiclePassage
from checkpoint_app.store.station import Parked, Station, StoreFault

Write = Callable[[Station], object]
Done = Callable[[], None]


def _nothing() -> None:
    return None


class Saver:
    """Saves what the desk gives it; `saved` and `failed` are called on the desk's own thread."""

    def __init__(
        self,
        database: Database,
        saved: Callable[[UUID], None],
        failed: Callable[[StoreFault], None],
    ) -> None:
        self._database = database
        self._saved, self._failed = saved, failed
        self._unsaved: list[tuple[Write, Done]] = []
        self._people: list[Parked] = []
        self._vehicles: tuple[VehiclePassage, ...] = ()
        self._keeping = False

    def save(self, recorded: RecordedInspection) -> None:
        """Save a record, after those that still wait."""
        code = recorded.inspection.health_code
        fingerprint = code.fingerprint if code is not None else None
        self.write(
            lambda store: store.record(recorded, fingerprint),
            lambda: self._saved(recorded.inspection.id),
        )

    def write(self, job: Write, done: Done = _nothing) -> None:
        """Write anything else that must not be lost, after what still waits."""
        if self._unsaved:
            self._unsaved.append((job, done))
            return
        self._database.run(
            job, lambda saved: done(), lambda fault: self._put_back((job, done), fault)
        )

    def _put_back(self, waiting: tuple[Write, Done], fault: StoreFault) -> None:
        self._unsaved.append(waiting)
        self._failed(fault)

    def again(self) -> None:
        """Try what could not be saved once more."""
        waiting, self._unsaved = self._unsaved, []
        for job, done in waiting:
            self.write(job, done)

    def keep(self, people: list[Parked], vehicles: Sequence[VehiclePassage] = ()) -> None:
        """Keep the unfinished people and vehicles safe. Of several wishes in a row only the newest
        is written, so that fast typing never makes a record wait for the disk."""
        self._people, self._vehicles = people, tuple(vehicles)
        if not self._keeping:
            self._keeping = True
            self._database.run(self._keep_newest, failed=self._failed)

    def _keep_newest(self, store: Station) -> None:
        self._keeping = False  # first: what is wished from here on is written by another job
        store.keep_unfinished(self._people)
        store.passages.keep_open(self._vehicles)
