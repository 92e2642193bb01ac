"""Each sheet's table from the store: lists of inspections with what other ledgers know of them,
the summary's figures, the blank forms.

Reading goes in short steps (`desk.steps`) and is as of the sheet's seal, so that a save in between
changes nothing. What the steps come to is a `Drawn`: pure, and called where nobody waits.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from uuid import UUID

from checkpoint_app.desk.people_tables import overdue_table, overdue_tests, visitors_table
from checkpoint_app.desk.steps import Steps, at_once
from checkpoint_app.domain import figures
from checkpoint_app.domain.case import Case, Event, Measure, Result, Stage
from checkpoint_app.domain.cells import NOTHING, Value, Wording
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.masking import Mask, mask_name, mask_numbers_within
from checkpoint_app.domain.passage import PassageEnd
from checkpoint_app.domain.register import IN_VEHICLE, build, newest_of
from checkpoint_app.domain.selection import stands_on
from checkpoint_app.domain.sheet import Order, Period, Sheet, Table
from checkpoint_app.domain.template import Template
from checkpoint_app.store.cases.reading import Story
from checkpoint_app.store.past import Place
from checkpoint_app.store.station import Station

_RESULTS = {Result.RELEASED: "Released from measures", Result.SETTLED: "Settled"}
_CASE_SHEETS = frozenset({Sheet.ABNORMAL, Sheet.TEMPERATURES, Sheet.RISK_CONTACTS})


_PAGE = 100  # records that are counted in one step
_A_STEP = 10  # people whose cases and companions are looked up in one step

Drawn = Callable[[bool], Table]  # the table, of text or (True) of values


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sheet to be built, in whose words and with which looks.

    `before` is the place of its seal in the ledger: what came afterwards is not on it.
    """

    sheet: Sheet
    template: Template
    site: str
    period: Period
    mask: Mask
    wording: Wording
    fever_from: float
    now: datetime | None = None
    test_every: tuple[tuple[str, timedelta], ...] = ()  # roster role -> how often
    before: Place | None = None

    @property
    def order(self) -> Order:
        """The same for the domain, with nothing yet from other ledgers."""
        return Order(self.site, self.period, self.mask, self.wording, fever_from=self.fever_from)


def table_for(station: Station, wanted: Wanted) -> Table:
    """The sheet's table, of text. Raises StoreFault."""
    return at_once(table_steps(station, wanted))(False)


def table_steps(station: Station, wanted: Wanted) -> Steps[Drawn]:
    """Read what stands on a sheet, step by step. Raises StoreFault."""
    if wanted.sheet in (Sheet.SUMMARY, Sheet.ZERO):
        return (yield from _figure_sheet(station, wanted))
    if wanted.sheet is Sheet.BLANK:
        first = f"{wanted.period.start:%m%d}-"
        return lambda typed: figures.blank_form(wanted.template, first, _typed(wanted, typed))
    told = yield from _from_other_ledgers(station, wanted)
    return told or (yield from _list(station, wanted))


def _typed(wanted: Wanted, typed: bool) -> Order:
    return replace(wanted.order, typed=typed)


def _figure_sheet(station: Station, wanted: Wanted) -> Steps[Drawn]:
    now = yield from figure_steps(station, wanted)
    if wanted.sheet is Sheet.ZERO:
        return lambda typed: figures.zero_report(wanted.template, now, _typed(wanted, typed))
    in_all = yield from _in_all(station, wanted, now)
    return lambda typed: figures.summary(wanted.template, now, in_all, _typed(wanted, typed))


def _list(station: Station, wanted: Wanted) -> Steps[Drawn]:
    """A list of inspections, with what cases and vehicles say of them."""
    records = yield from versions_of(station, wanted)
    known = yield from known_beside(station, wanted, records)
    order = replace(wanted.order, extras=lambda record: known.get(record.inspection.id, NOTHING))
    return lambda typed: build(wanted.sheet, wanted.template, records, replace(order, typed=typed))


def versions_of(station: Station, wanted: Wanted) -> Steps[list[RecordedInspection]]:
    """Every version of the period's inspections as of the seal, a page a step."""
    found: list[RecordedInspection] = []
    for page in station.past.inspections(wanted.period, wanted.before):
        found += page
        yield
    return found


def known_beside(
    station: Station, wanted: Wanted, records: Iterable[RecordedInspection]
) -> Steps[dict[UUID, Mapping[str, Value]]]:
    """Cells that other ledgers know, by inspection."""
    order, known = wanted.order, dict[UUID, Mapping[str, Value]]()
    if wanted.sheet is Sheet.TURNED_BACK:
        return _came_how(station, wanted)
    if wanted.sheet not in _CASE_SHEETS:
        return known
    newest = newest_of(records)
    yield
    standing = iter([each for each in newest if stands_on(wanted.sheet, each, order)])
    yield
    beside = _Beside.of(station, wanted)
    yield
    for some in _some(standing):
        known |= {each.inspection.id: beside.known(each) for each in some}
        yield
    return known


def _some(records: Iterator[RecordedInspection]) -> Iterator[list[RecordedInspection]]:
    while some := list(islice(records, _A_STEP)):
        yield some


def _from_other_ledgers(station: Station, wanted: Wanted) -> Steps[Drawn | None]:
    if wanted.sheet is Sheet.VISITORS:
        visits = station.past.visits(wanted.period, wanted.before)
        if visits:
            return lambda typed: visitors_table(visits, wanted.template, _typed(wanted, typed))
    if wanted.sheet is Sheet.OVERDUE_TESTS:
        until = min(wanted.now, wanted.period.end) if wanted.now else wanted.period.end
        late = yield from overdue_tests(station, dict(wanted.test_every), until)
        if late is not None:
            return lambda typed: overdue_table(late, wanted.template, _typed(wanted, typed), until)
    return None


def figures_of(station: Station, wanted: Wanted) -> Counter[str]:
    """The figures of a period. Raises StoreFault."""
    return at_once(figure_steps(station, wanted))


def figure_steps(station: Station, wanted: Wanted) -> Steps[Counter[str]]:
    """The figures of a period as of the seal, in short steps."""
    records = yield from versions_of(station, wanted)
    counting = figures.Counting(wanted.order)
    newest = newest_of(records)
    yield
    for number, record in enumerate(newest, 1):
        counting.add(record)
        if number % _PAGE == 0:
            yield
    counts = counting.figures
    _count_others(station, counts, wanted.period, wanted.before)
    yield
    cases = _cases_of(station, wanted.period)
    yield
    for number, case in enumerate(cases, 1):
        story = station.past.story(case.id, wanted.before)
        if story is not None and not story.case.withdrawn:
            _count_case(counts, story.case)
        if number % _A_STEP == 0:
            yield
    return counts


def _in_all(station: Station, wanted: Wanted, now: Counter[str]) -> Steps[Counter[str]]:
    """The figures of everything up to the period's end.

    What was counted once is kept with how many records it was counted from, so that the summary of
    a long winter's last day reads that day alone. A record that came later for an earlier day, or a
    correction, makes it count anew.
    """
    start = wanted.period.start
    since, before = _kept(station, wanted, start)
    if since < start:
        before += yield from _counted_between(station, wanted, since, start)
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
        if not case.withdrawn:
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
) -> Steps[Counter[str]]:
    """Earlier days as they are now; counted while they are read, so a long winter is no longer."""
    period = Period(start, end)
    counting = figures.Counting(replace(wanted, period=period).order)
    for number, record in enumerate(station.recorded(period), 1):
        counting.add(record)
        if number % _PAGE == 0:
            yield
    _count_others(station, counting.figures, period)
    return counting.figures


def _count_others(
    station: Station, counts: Counter[str], period: Period, before: Place | None = None
) -> None:
    """Visitors and vehicles as their own ledgers have them, where these have more.

    A vehicle with a plate stands on its people's records too; one without is known here alone.
    """
    passages = station.past.passages(period, before)
    vehicles = [each for each in passages if not each.passage.on_foot]
    back = [each for each in vehicles if each.end is PassageEnd.TURNED_BACK]
    for key, found in (("vehicles", vehicles), ("vehicles_back", back)):
        bare = sum(not each.passage.plate for each in found)
        counts[key] = max(counts[key], len(found) - bare) + bare
    counts["visitors"] = max(counts["visitors"], len(station.past.visits(period, before)))


def _came_how(station: Station, wanted: Wanted) -> dict[UUID, Mapping[str, Value]]:
    """Where no plate tells how a party came: on foot, or in a vehicle that has none."""
    words: dict[UUID, Mapping[str, Value]] = {}
    for each in station.past.passages(wanted.period, wanted.before):
        passage = each.passage
        if passage.on_foot or not passage.plate:
            word = wanted.wording.text("On foot" if passage.on_foot else "No plate")
            cells: Mapping[str, Value] = {"plate": word, IN_VEHICLE: not passage.on_foot}
            words.update(dict.fromkeys((each.inspection_id for each in passage.occupants), cells))
    return words


def _cases_of(station: Station, period: Period) -> list[Case]:
    found = station.cases.cases(since=period.start)
    return [case for case in found if case.opened_at < period.end]


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
    cases: dict[UUID, UUID]  # inspection -> case
    parties: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=lambda: defaultdict(str))

    @classmethod
    def of(cls, station: Station, wanted: Wanted) -> _Beside:
        cases = {
            case.inspection_id: case.id
            for case in station.cases.cases(since=wanted.period.start)
            if case.inspection_id is not None
        }
        made = cls(station, wanted, cases)
        for passage in station.past.passages(wanted.period, wanted.before):
            party = tuple(each.inspection_id for each in passage.passage.occupants)
            made.parties.update(dict.fromkeys(party, party))
        return made

    def known(self, record: RecordedInspection) -> Mapping[str, Value]:
        """Cells of other ledgers for one record."""
        own = record.inspection.id
        companions = self._companions(own)
        return {**self._case(own), **({"companions": companions} if companions else {})}

    def _case(self, own: UUID) -> Mapping[str, Value]:
        case = self.cases.get(own)
        story = case and self.station.past.story(case, self.wanted.before)
        if not story or story.case.withdrawn or story.case.stage is Stage.FOUND:
            return NOTHING
        return self._told(story)

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

    def _told(self, story: Story) -> dict[str, Value]:
        """What was done and stands; a step that was taken back is on no list."""
        case = story.case
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
