"""A printed sheet held against what is stored: found by its check code, told row by row.

What is told is masked: whoever holds the paper has the names, whoever asks may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from checkpoint_app.desk.sheets import SheetOrder, template_in_force
from checkpoint_app.desk.standing import policy_of
from checkpoint_app.domain.cells import Value
from checkpoint_app.domain.figures import ITEMS, counted
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.register import newest_of, rows_by_record
from checkpoint_app.domain.sheet import Order, Period, Sheet
from checkpoint_app.domain.template import Template
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import sheet_wording
from checkpoint_app.settings import Settings
from checkpoint_app.store.sealed_sheets import SealedSheet
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


def _differences(
    station: Station,
    sealed: SealedSheet,
    settings: Settings,
    translate: Translate,
    folder: Path | None,
) -> Iterator[Difference]:
    kind = Sheet(sealed.sheet) if sealed.sheet in Sheet.__members__.values() else Sheet.DAILY
    order = SheetOrder(kind, sealed.period, Mask.PARTIAL, "", folder=folder)
    template, _ = template_in_force(station, order, settings)
    policy = policy_of(settings)
    wording = sheet_wording(translate, venue=policy.is_venue)
    how = Order(settings.site_name, sealed.period, Mask.PARTIAL, wording)
    then = _rows(station, kind, template, how, sealed.place)
    now = _rows(station, kind, template, how, None)
    headings = [translate(each.heading) for each in template.columns]
    if kind in (Sheet.SUMMARY, Sheet.ZERO):
        headings = [translate("Item"), translate("This period")]
    yield from _compared(then, now, headings)


def _rows(
    station: Station,
    kind: Sheet,
    template: Template,
    order: Order,
    before: tuple[int, int] | None,
) -> Rows:
    versions = station.sheets.versions(order.period, before)
    if kind in (Sheet.SUMMARY, Sheet.ZERO):
        figures = counted(newest_of(versions), order)
        return {key: (order.wording.text(word), figures[key]) for key, word in ITEMS.items()}
    if kind is Sheet.BLANK:
        return {}
    return rows_by_record(kind, template, versions, order)


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
