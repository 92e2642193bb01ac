"""A printed sheet held against what is stored: found by its check code, told row by row.

What is told is masked: whoever holds the paper has the names, whoever asks may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from checkpoint_app.desk.people_tables import visitors_table
from checkpoint_app.desk.sheet_tables import (
    Wanted,
    figures_of,
    known_beside,
    versions_of,
)
from checkpoint_app.desk.sheets import SheetOrder, wanted_of
from checkpoint_app.desk.steps import at_once
from checkpoint_app.domain.cells import NOTHING, Value
from checkpoint_app.domain.figures import ITEMS
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.register import rows_by_record
from checkpoint_app.domain.sheet import Period, Sheet
from checkpoint_app.domain.visiting import Visit
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings
from checkpoint_app.store.sealed_sheets import SealedSheet
from checkpoint_app.store.sealing import CLOSING
from checkpoint_app.store.station import Station

Rows = Mapping[Any, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that is another now; both masked."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One row: `kind` is added, removed or changed; `row` its number as printed (added: as now)."""

    kind: str
    row: int
    changes: tuple[Change, ...] = ()
    sheet: Sheet = Sheet.DAILY


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a sheet. `same` where nothing of the period was changed since."""

    sheet: str
    period: Period
    version: int
    newest: int
    records: int
    sealed_at: datetime
    same: bool
    differences: tuple[Difference, ...] = ()


def compare(
    station: Station, code: str, settings: Settings, translate: Translate, folder: Path | None
) -> Comparison | None:
    """The sheet with this check code, then and now; None where no such sheet was made here.

    Raises StoreFault.
    """
    sealed = station.sheets.by_code(code)
    if sealed is None:
        return None
    newest = station.sheets.newest(sealed.sheet, sealed.period)
    same = station.sheets.is_current(sealed)
    version = max(sealed.version, newest.version if newest else 0)
    if not same and newest is not None and not station.sheets.is_current(newest):
        version += 1  # what a sheet printed now would carry
    found = () if same else tuple(_differences(station, sealed, settings, translate, folder))
    return Comparison(
        sealed.sheet,
        sealed.period,
        sealed.version,
        version,
        sealed.records,
        sealed.sealed_at,
        same,
        found,
    )


# What a closing's own code is held against: each of these lists, then the figures.
_OF_A_CLOSING = (Sheet.DAILY, Sheet.ABNORMAL, Sheet.VISITORS, Sheet.SUMMARY)


def _differences(
    station: Station,
    sealed: SealedSheet,
    settings: Settings,
    translate: Translate,
    folder: Path | None,
) -> Iterator[Difference]:
    kinds = _OF_A_CLOSING if sealed.sheet == CLOSING else (Sheet(sealed.sheet),)
    for kind in kinds:
        order = SheetOrder(kind, sealed.period, Mask.PARTIAL, "", folder=folder)
        now = wanted_of(station, order, settings, translate, sealed.sealed_at, None)
        then = replace(now, before=sealed.place)
        headings = [translate(each.heading) for each in now.template.columns]
        if kind in (Sheet.SUMMARY, Sheet.ZERO):
            headings = [translate("Item"), translate("This period")]
        for each in _compared(_rows(station, then), _rows(station, now), headings):
            yield replace(each, sheet=kind)


def _rows(station: Station, wanted: Wanted) -> Rows:
    """The rows of a sheet by what each is about, as of a place of the ledger or now."""
    if wanted.sheet is Sheet.BLANK:
        return {}
    if wanted.sheet in (Sheet.SUMMARY, Sheet.ZERO):
        figures = figures_of(station, wanted)
        say = wanted.wording.text
        return {key: (say(word), figures[key]) for key, word in ITEMS.items()}
    if wanted.sheet is Sheet.VISITORS:
        visits = station.past.visits(wanted.period, wanted.before)
        if visits:
            return _visits(visits, wanted)
    records = at_once(versions_of(station, wanted))
    known = at_once(known_beside(station, wanted, records))
    order = replace(wanted.order, extras=lambda record: known.get(record.inspection.id, NOTHING))
    return rows_by_record(wanted.sheet, wanted.template, records, order)


def _visits(visits: list[Visit], wanted: Wanted) -> Rows:
    ordered = sorted(visits, key=lambda each: each.arrived_at)
    table = visitors_table(ordered, wanted.template, wanted.order)
    return dict(zip((each.id for each in ordered), table.rows, strict=True))


def _compared(then: Rows, now: Rows, headings: list[str]) -> Iterator[Difference]:
    for number, (key, before) in enumerate(then.items(), 1):
        after = now.get(key)
        if after is None:
            yield Difference("removed", number)
            continue
        changes = tuple(
            Change(heading, str(old), str(new))
            for heading, old, new in zip(headings, before, after, strict=True)
            if old != new and heading != headings[0]
        )
        if changes:
            yield Difference("changed", number, changes)
    for number, key in enumerate(now, 1):
        if key not in then:
            yield Difference("added", number)
