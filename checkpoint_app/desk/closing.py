"""Closing a period: what is missing, all its sheets in one folder and one PDF, and the seal.

A `ClosingRun` is a row of small jobs, so that saving never waits long: what reads the store is
called on its thread, what draws and writes on another. It can be stopped between any two of them
and after every page; nothing of a stopped run stays. Closing again gives the next version where
something was changed, else the same one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from checkpoint_app.desk.covering import Sent, covering_sheet
from checkpoint_app.desk.exporting import as_file, file_stem, note_handout
from checkpoint_app.desk.files import write_whole
from checkpoint_app.desk.open_points import missing_steps
from checkpoint_app.desk.sheets import SealedReading, SheetOrder, sealed_steps
from checkpoint_app.desk.steps import Steps, at_once
from checkpoint_app.domain.figures import LISTS
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.sheet import Period, Sheet, Table
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings
from checkpoint_app.store.sealed_sheets import Closing
from checkpoint_app.store.sealing import CLOSING
from checkpoint_app.store.station import Seal, Station, StoreFault

CLOSED = (
    Sheet.SUMMARY,
    Sheet.DAILY,
    *LISTS,
    Sheet.ZERO,
)  # in the order in which they are handed in
_TABLES_TOO = (Sheet.SUMMARY, Sheet.DAILY)  # also as workbooks


class Stopped(Exception):
    """Somebody stopped the closing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a closing is: what is being done, of how many steps."""

    done: int
    of: int
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One sheet of a closing as it was read."""

    order: SheetOrder
    made: SealedReading


@dataclass(frozen=True, slots=True)
class Built:
    """One sheet of a closing as it lies in the folder."""

    order: SheetOrder
    table: Table
    seal: Seal


@dataclass(frozen=True, slots=True)
class Bound:
    """What was laid down: the folder, and the one PDF in it."""

    folder: Path
    whole: Path
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period: its record and what was laid down."""

    closing: Closing
    bound: Bound


@dataclass(slots=True)
class ClosingRun:
    """One closing, job by job. `stopped` is asked between jobs and after every page."""

    period: Period
    settings: Settings
    translate: Translate
    now: Callable[[], datetime]
    operator: str
    out: Path
    data_folder: Path | None = None
    mask: Mask | None = None
    stopped: Callable[[], bool] = lambda: False
    built: list[Built] = field(default_factory=list)
    fonts: dict[str, Any] = field(default_factory=dict)  # read once for all sheets

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """What is to be built."""
        return CLOSED

    @property
    def steps(self) -> int:
        """Jobs in all: each sheet, then the one PDF, then the record."""
        return len(self.sheets) + 2

    @property
    def day(self) -> datetime:
        """The day that a period is named by: its end's, a moment before."""
        return self.period.end - timedelta(microseconds=1)

    # -- on the store's thread

    def read(self, station: Station, sheet: Sheet) -> Steps[Reading | Stopped]:
        """One sheet, sealed and read in short steps. Raises StoreFault."""
        settings = self.settings
        order = SheetOrder(
            sheet,
            self.period,
            self.mask or Mask(settings.sheet_mask),
            self.operator,
            settings.report_to,
            self.data_folder,
        )
        steps = sealed_steps(station, order, settings, self.translate, self.now())
        while not self.stopped():
            try:
                next(steps)
            except StopIteration as end:
                return Reading(order, end.value)
            yield
        return Stopped()

    def seal(self, station: Station) -> Seal:
        """The seal of the period as a whole. Raises StoreFault, Stopped."""
        self._go_on()
        return station.seal(self.period, CLOSING, self.now())

    def finish(self, station: Station, seal: Seal) -> Steps[Closing]:
        """Put closing and handouts on record, a sheet a step. Raises StoreFault."""
        at = self.now()
        points = yield from missing_steps(station, self.period, self.settings, at)
        for built in self.built:
            note_handout(station, built.order, built.seal, "pdf", len(built.table.rows), at)
            yield
        return station.sheets.close(
            Closing(
                self.period,
                seal.code,
                seal.version,
                seal.records,
                self.operator,
                at,
                tuple(each.code for each in points),
                tuple((str(each.order.sheet), len(each.table.rows)) for each in self.built),
            )
        )

    # -- on any other thread

    def begin(self) -> None:
        """Make room for the files. Raises OSError where nothing can be written."""
        self.clear()
        self._part.mkdir(parents=True)

    def keep(self, read: Reading) -> None:
        """Draw a sheet and lay it down. Raises OSError, Stopped."""
        self._go_on()
        sheet, made = read.order.sheet, read.made
        if sheet is Sheet.ZERO and self._has_entries():
            return
        built = Built(read.order, made.table(False), made.seal)
        self.built.append(built)
        stem = file_stem(sheet, self.day, self.translate)
        self._lay_down(f"{stem}.pdf", built.table, "pdf")
        if sheet in _TABLES_TOO:
            self._lay_down(f"{stem}.xlsx", made.table(True), "xlsx")

    def bind(self, seal: Seal) -> Bound:
        """All sheets and the covering sheet in one PDF; the folder gets its name.

        Raises OSError, Stopped.
        """
        from checkpoint_app.registers.bundle import render_bundle

        self._go_on()
        tables = tuple(each.table for each in self.built)
        sent = Sent(self.period, tables, seal.code, seal.version, self.operator, self.now())
        pdf = render_bundle(
            covering_sheet(sent, self.settings, self.translate),
            tables,
            self.translate,
            archival=self.settings.archival_pdf,
            progress=lambda _: self._go_on(),
            fonts=self.fonts,
        )
        name = f"{self.day:%Y-%m-%d}-{self.translate('All-sheets')}.pdf"
        write_whole(self._part / name, pdf)
        folder = self._put_in_place(seal.version)
        return Bound(folder, folder / name, pdf)

    def clear(self) -> None:
        """Take away what a stopped or failed run has laid down."""
        shutil.rmtree(self._part, ignore_errors=True)

    # -- inside

    @property
    def _part(self) -> Path:
        return self.out / f".{self.day:%Y-%m-%d}.part"

    def _has_entries(self) -> bool:
        return any(each.table.rows for each in self.built if each.order.sheet in LISTS)

    def _go_on(self) -> None:
        if self.stopped():
            raise Stopped

    def _lay_down(self, name: str, table: Table, form: str) -> None:
        write_whole(
            self._part / name, as_file(table, form, self.settings, self.translate, self.fonts)
        )

    def _put_in_place(self, version: int) -> Path:
        """The folder of this version; the same version closed before is replaced."""
        name = self.translate(
            "{date}-version-{version}", date=f"{self.day:%Y-%m-%d}", version=version
        )
        folder = self.out / name
        if not folder.exists():
            os.replace(self._part, folder)
            return folder
        aside = folder.with_name(f".{name}.old")
        shutil.rmtree(aside, ignore_errors=True)
        try:
            os.replace(folder, aside)
        except PermissionError:  # Windows: a spreadsheet has one of its files open
            folder = self._beside(folder)
            os.replace(self._part, folder)
            return folder
        os.replace(self._part, folder)
        shutil.rmtree(aside, ignore_errors=True)
        return folder

    def _beside(self, folder: Path) -> Path:
        """A name that is free, where the usual one cannot be had now."""
        at = self.now()
        return folder.with_name(f"{folder.name}-{at:%H%M%S}")


def close_period(
    station: Station, run: ClosingRun, told: Callable[[Progress], None] = lambda _: None
) -> Closed:
    """The whole closing on one thread, for the command line and its tests.

    Raises StoreFault, OSError, Stopped.
    """
    try:
        run.begin()
        for number, sheet in enumerate(run.sheets):
            told(Progress(number, run.steps, sheet))
            read = at_once(run.read(station, sheet))
            if isinstance(read, Stopped):
                raise read
            run.keep(read)
        told(Progress(run.steps - 2, run.steps))
        seal = run.seal(station)
        bound = run.bind(seal)
    except (OSError, StoreFault, Stopped):
        run.clear()
        raise
    closing = at_once(run.finish(station, seal))
    told(Progress(run.steps, run.steps))
    return Closed(closing, bound)
