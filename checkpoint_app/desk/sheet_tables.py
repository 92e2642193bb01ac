"""Each sheet's table from the store: lists of inspections with what other ledgers know of them,
the summary's figures, the blank forms."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from checkpoint_app.desk.people_tables import overdue_tests, visitors
from checkpoint_app.domain import figures
from checkpoint_app.domain.case import Case, Event, Measure, Result, Stage
from checkpoint_app.domain.cells import NOTHING, Value, Wording
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.masking import Mask, mask_name, mask_numbers_within
from checkpoint_app.domain.register import IN_VEHICLE, build
from checkpoint_app.domain.sheet import Extras, Order, Period, Sheet, Table
from checkpoint_app.domain.template import Template
from checkpoint_app.store.station import Station

_RESULTS = {Result.RELEASED: "Released from measures", Result.SETTLED: "Settled"}
_CASE_SHEETS = frozenset({Sheet.ABNORMAL, Sheet.TEMPERATURES, Sheet.RISK_CONTACTS})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sheet to be built, in whose words and with which looks."""

    sheet: Sheet
    template: Template
    site: str
    period: Period
    mask: Mask
    wording: Wording
    fever_from: float
    typed: bool = False
    now: datetime | None = None
    test_every: tuple[tuple[str, timedelta], ...] = ()  # roster role -> how often

    @property
    def order(self) -> Order:
        """The same for the domain, with nothing yet from other ledgers."""
        return Order(
            self.site,
            self.period,
            self.mask,
            self.wording,
            typed=self.typed,
            fever_from=self.fever_from,
        )


def table_for(station: Station, wanted: Wanted) -> Table:
    """The sheet's table. Raises StoreFault."""
    if wanted.sheet is Sheet.SUMMARY:
        now = figures_of(station, wanted)
        return figures.summary(wanted.template, now, _in_all(station, wanted, now), wanted.order)
    if wanted.sheet is Sheet.ZERO:
        return figures.zero_report(wanted.template, figures_of(station, wanted), wanted.order)
    if wanted.sheet is Sheet.BLANK:
        first = f"{wanted.period.start:%m%d}-"
        return figures.blank_form(wanted.template, first, wanted.order)
    order = wanted.order
    told = _from_other_ledgers(station, wanted, order)
    if told is not None:
        return told
    if wanted.sheet in _CASE_SHEETS:
        order = replace(order, extras=_Beside.of(station, wanted).known)
    if wanted.sheet is Sheet.TURNED_BACK:
        order = replace(order, extras=_came_how(station, wanted))
    return build(wanted.sheet, wanted.template, station.recorded(wanted.period), order)


def _from_other_ledgers(station: Station, wanted: Wanted, order: Order) -> Table | None:
    if wanted.sheet is Sheet.VISITORS:
        return visitors(station, wanted.template, order)
    if wanted.sheet is Sheet.OVERDUE_TESTS:
        until = min(wanted.now, wanted.period.end) if wanted.now else wanted.period.end
        return overdue_tests(station, wanted.template, order, dict(wanted.test_every), until)
    return None


def figures_of(station: Station, wanted: Wanted) -> Counter[str]:
    """The figures of a period. Raises StoreFault."""
    counts = figures.counted(station.recorded(wanted.period), wanted.order)
    _count_others(station, counts, wanted.period)
    for case in _cases_of(station, wanted.period):
        _count_case(counts, case)
    return counts


def _in_all(station: Station, wanted: Wanted, now: Counter[str]) -> Counter[str]:
    """The figures of everything up to the period's end.

    What was counted once is kept with how many records it was counted from, so that the summary of
    a long winter's last day reads that day alone. A record that came later for an earlier day, or a
    correction, makes it count anew.
    """
    start = wanted.period.start
    since, before = _kept(station, wanted, start)
    if since < start:
        before += _counted_between(station, wanted, since, start)
        kept = {
            "until": start.isoformat(),
            "records": station.sheets.records_before(start),
            "fever_from": wanted.fever_from,
            "figures": dict(before),
        }
        station.remember(_KEPT, json.dumps(kept))
    in_all = before + now
    for key in _CASE_FIGURES:
        in_all[key] = 0
    for case in _cases_of(station, figures.everything_until(wanted.period)):
        _count_case(in_all, case)
    return in_all


_KEPT = "figures_before"
_CASE_FIGURES = ("cases", "reported", "closed", *(each.value for each in Measure))


def _kept(station: Station, wanted: Wanted, start: datetime) -> tuple[datetime, Counter[str]]:
    """Until when was counted before, and what; from the beginning where that holds no more."""
    kept = json.loads(station.remembered(_KEPT) or "{}")
    if kept and kept["fever_from"] == wanted.fever_from:
        until = datetime.fromisoformat(kept["until"])
        if until <= start and station.sheets.records_before(until) == kept["records"]:
            return until, Counter(kept["figures"])
    return figures.everything_until(wanted.period).start, Counter()


def _counted_between(
    station: Station, wanted: Wanted, start: datetime, end: datetime
) -> Counter[str]:
    period = Period(start, end)
    counts = figures.counted(station.recorded(period), replace(wanted, period=period).order)
    _count_others(station, counts, period)
    return counts


def _count_others(station: Station, counts: Counter[str], period: Period) -> None:
    """Visitors and vehicles as their own ledgers have them, where these have more.

    A vehicle with a plate stands on its people's records too; one without is known here alone.
    """
    vehicles = station.passages.counts(period)
    bare, bare_back = vehicles.without_plate, vehicles.turned_back_without_plate
    plates, back = vehicles.vehicles - bare, vehicles.turned_back_vehicles - bare_back
    counts["visitors"] = max(counts["visitors"], len(station.visits.of(period)))
    counts["vehicles"] = max(counts["vehicles"], plates) + bare
    counts["vehicles_back"] = max(counts["vehicles_back"], back) + bare_back


def _came_how(station: Station, wanted: Wanted) -> Extras:
    """Where no plate tells how a party came: on foot, or in a vehicle that has none."""
    words: dict[UUID, Mapping[str, Value]] = {}
    for each in station.passages.recorded(wanted.period):
        passage = each.passage
        if passage.on_foot or not passage.plate:
            word = wanted.wording.text("On foot" if passage.on_foot else "No plate")
            cells: Mapping[str, Value] = {"plate": word, IN_VEHICLE: not passage.on_foot}
            words.update(dict.fromkeys((each.inspection_id for each in passage.occupants), cells))
    return lambda record: words.get(record.inspection.id, NOTHING)


def _cases_of(station: Station, period: Period) -> list[Case]:
    found = station.cases.cases(since=period.start)
    return [case for case in found if case.opened_at < period.end and not case.withdrawn]


def _count_case(counts: Counter[str], case: Case) -> None:
    counts["cases"] += 1
    counts["reported"] += case.stage is not Stage.FOUND
    counts["closed"] += case.stage is Stage.CLOSED
    for measure in (
        Measure.CENTRAL_ISOLATION,
        Measure.HOME_ISOLATION,
        Measure.HEALTH_MONITORING,
    ):
        counts[measure.value] += case.measure is measure


@dataclass(slots=True)
class _Beside:
    """What cases and vehicles know of the period's inspections."""

    station: Station
    wanted: Wanted
    cases: dict[UUID, Case]
    parties: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=lambda: defaultdict(str))

    @classmethod
    def of(cls, station: Station, wanted: Wanted) -> _Beside:
        cases = {
            case.inspection_id: case
            for case in station.cases.cases(since=wanted.period.start)
            if case.inspection_id is not None and not case.withdrawn
        }
        made = cls(station, wanted, cases)
        for passage in station.passages.recorded(wanted.period):
            party = tuple(each.inspection_id for each in passage.passage.occupants)
            made.parties.update(dict.fromkeys(party, party))
        return made

    def known(self, record: RecordedInspection) -> Mapping[str, Value]:
        """Cells of other ledgers for one record."""
        own = record.inspection.id
        companions = self._companions(own)
        case = self.cases.get(own)
        told = self._told(case) if case is not None and case.stage is not Stage.FOUND else NOTHING
        return {**told, **({"companions": companions} if companions else {})}

    def _companions(self, own: UUID) -> str:
        others = [each for each in self.parties.get(own, ()) if each != own]
        named = filter(None, map(self._name, others[:8]))
        return "、".join(named) + ("…" if len(others) > 8 else "")

    def _name(self, inspection_id: UUID) -> str:
        if inspection_id not in self.names:
            row = self.station.row(inspection_id)
            name = None if row is None else row.inspection.person.name
            self.names[inspection_id] = mask_name(name, self.wanted.mask)
        return self.names[inspection_id]

    def _told(self, case: Case) -> dict[str, Value]:
        story = self.station.cases.story(case.id)
        cells: dict[str, Value] = {"case_number": case.label}
        free = partial(mask_numbers_within, mask=self.wanted.mask)
        for told in story.standing if story is not None else ():
            who = free(" ".join(filter(None, (told.step.unit, told.step.person))))
            at = told.happened_at.astimezone(self.wanted.period.start.tzinfo).replace(tzinfo=None)
            if told.step.event is Event.REPORTED:
                cells |= {"reported_at": at, "reported_to": who, "pushed": "✓"}
            elif told.step.event is Event.HANDED_OVER:
                cells |= {"handed_at": at, "handed_to": who}
            elif told.step.event is Event.RECEIVED and who:
                cells["handed_to"] = who
        if case.result is not None:
            cells["result"] = self.wanted.wording.text(_RESULTS[case.result])
        return cells
