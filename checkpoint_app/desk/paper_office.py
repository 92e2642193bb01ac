"""The office's paper: sheets as files, and a period closed while the desk goes on.

Like the office, every call returns at once. A closing is a chain of small jobs, one on the store's
thread, one beside it, so that nobody at the desk waits for more than one sheet's reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from checkpoint_app.desk.closing import (
    Bound,
    Closed,
    ClosingRun,
    Progress,
    Reading,
    Stopped,
)
from checkpoint_app.desk.exporting import SheetFile, as_file, is_typed, note_handout
from checkpoint_app.desk.files import sentence_for
from checkpoint_app.desk.office import Done, Failed, Office
from checkpoint_app.desk.open_points import OpenPoint, missing_steps
from checkpoint_app.desk.sheets import SealedReading, SheetOrder, sealed_steps
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.sheet import Period
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.store.sealed_sheets import Closing
from checkpoint_app.store.station import Seal, Station, StoreFault

T = TypeVar("T")


@dataclass(slots=True)
class PaperOffice:
    """Sheets and closings of one station, for a window."""

    office: Office

    def export(self, order: SheetOrder, form: str, done: Done[SheetFile], failed: Failed) -> None:
        """Seal a sheet, note that it leaves and make it in a form ("print" is a PDF)."""
        settings, translate, now = self.office.settings, self.office.translate, self.office.now
        kind = "pdf" if form == "print" else form

        def made(read: SealedReading) -> SheetFile:
            table = read.table(is_typed(kind))
            body = as_file(table, kind, settings, translate)
            return SheetFile(body, read.seal, len(table.rows), kind)

        def noted(file: SheetFile) -> None:
            def note(store: Station) -> SheetFile:
                note_handout(store, order, file.seal, form, file.rows, now())
                return file

            self._run(note, done, failed)

        self.office.stepwise(
            lambda store: sealed_steps(store, order, settings, translate, now()),
            lambda read: self.office.database.beside(lambda _: made(read), noted),
            failed,
        )

    def missing(self, period: Period, done: Done[tuple[OpenPoint, ...]], failed: Failed) -> None:
        """What should be seen to before a period is closed."""
        settings, now = self.office.settings, self.office.now
        self.office.stepwise(
            lambda store: missing_steps(store, period, settings, now()), done, failed
        )

    def closings(self, period: Period, done: Done[list[Closing]], failed: Failed) -> None:
        """How often and when a period was closed."""
        self._run(lambda store: store.sheets.closings(period), done, failed)

    def close_period(
        self,
        period: Period,
        operator: str,
        out: Path,
        mask: Mask,
        told: Callable[[Progress], None],
        done: Done[Closed],
        failed: Failed,
    ) -> RunningClosing:
        """Begin to close a period; what is given back can stop it."""
        running = RunningClosing(self.office, told, done, failed)
        running.begin(period, operator, out, mask)
        return running

    def _run(self, job: Callable[[Station], T], done: Done[T], failed: Failed) -> None:
        translate = self.office.translate
        self.office.database.run(job, done, lambda fault: failed(fault_text(fault.code, translate)))


@dataclass(slots=True)
class RunningClosing:
    """A closing under way. `failed` gets "" where it was stopped by hand."""

    office: Office
    told: Callable[[Progress], None]
    done: Done[Closed]
    failed: Failed
    _stopped: bool = False
    _run: ClosingRun | None = None
    _at: int = field(default=0)

    def stop(self) -> None:
        """Stop at the next page; nothing of it stays."""
        self._stopped = True

    def begin(self, period: Period, operator: str, out: Path, mask: Mask) -> None:
        """Make room, then one sheet after another."""
        self._run = ClosingRun(
            period,
            self.office.settings,
            self.office.translate,
            self._now,
            operator,
            out,
            self.office.folder,
            mask,
            lambda: self._stopped,
        )
        self._beside(self._run.begin, lambda _: self._next())

    def _now(self) -> datetime:
        return self.office.now()

    @property
    def run(self) -> ClosingRun:
        """What is being done."""
        assert self._run is not None
        return self._run

    def _next(self) -> None:
        run, at = self.run, self._at
        if at == len(run.sheets):
            self.told(Progress(at, run.steps))
            self._store(run.seal, self._bind)
            return
        sheet = run.sheets[at]
        self.told(Progress(at, run.steps, sheet))
        self._at += 1
        self.office.database.stepwise(
            lambda store: run.read(store, sheet),
            lambda found: self._go_on(found, self._keep),
            self._store_fault,
        )

    def _keep(self, read: Reading) -> None:
        self._beside(lambda: self.run.keep(read), lambda _: self._next())

    def _bind(self, seal: Seal) -> None:
        self._beside(lambda: self.run.bind(seal), lambda bound: self._finish(seal, bound))

    def _finish(self, seal: Seal, bound: Bound) -> None:
        run = self.run
        self.told(Progress(run.steps - 1, run.steps))
        self.office.database.stepwise(
            lambda store: run.finish(store, seal),
            lambda closing: self._end(closing, bound),
            self._store_fault,
        )

    def _end(self, closing: Closing, bound: Bound) -> None:
        self.told(Progress(self.run.steps, self.run.steps))
        self.done(Closed(closing, bound))

    # -- threads

    def _store(self, job: Callable[[Station], T], then: Callable[[T], None]) -> None:
        self.office.database.run(
            _guarded(job), lambda found: self._go_on(found, then), self._store_fault
        )

    def _beside(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        self.office.database.beside(
            _guarded(lambda _: job()), lambda found: self._go_on(found, then), self._store_fault
        )

    def _go_on(self, found: T | OSError | Stopped, then: Callable[[T], None]) -> None:
        if not isinstance(found, OSError | Stopped):
            then(found)
            return
        self.run.clear()
        stopped = isinstance(found, Stopped)
        self.failed("" if stopped else sentence_for(found, self.office.translate))

    def _store_fault(self, fault: StoreFault) -> None:
        self.run.clear()
        self.failed(fault_text(fault.code, self.office.translate))


def _guarded(
    job: Callable[[Station], T],
) -> Callable[[Station], T | OSError | Stopped]:
    """A job whose expected ends are values: a disk that refuses, a hand that stops it."""

    def guarded(store: Station) -> T | OSError | Stopped:
        try:
            return job(store)
        except (OSError, Stopped) as end:
            return end

    return guarded
