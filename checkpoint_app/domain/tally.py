"""The day in figures: what a period's inspections add up to, as charts before any picture.

A `Tally` takes recorded inspections one by one, so a month needs no more memory than a day; its
charts are plain numbers with message ids for words. Whoever draws translates them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.fever import tenths
from checkpoint_app.domain.inspection import (
    STRENGTH,
    Direction,
    Inspection,
    Outcome,
    RecordedInspection,
)
from checkpoint_app.domain.moments import elapsed
from checkpoint_app.domain.sheet import Period
from checkpoint_app.domain.site import SitePolicy

ORIGINS = 10  # places that are shown; the rest is one line
BREAK = timedelta(minutes=5)  # a longer gap between two people is no work but a pause
LOWEST, HIGHEST = 350, 395  # tenths of a degree that have a bar of their own


class Form(StrEnum):
    """How a chart is drawn."""

    COLUMNS = "columns"  # side by side, in order of their labels
    STACKED = "stacked"
    LYING = "lying"  # one under the other, for long labels


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures of a chart; None where there is nothing to measure."""

    heading: str  # message id
    values: tuple[float | None, ...]
    digits: int = 0
    drawn: bool = True  # whether it is in the picture, or only in the table beside it

    def text(self, row: int) -> str:
        """One figure as people write it; a dash where there is none."""
        value = self.values[row]
        return "–" if value is None else f"{value:,.{self.digits}f}"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and the table beside it: a label and a figure of each series in every row."""

    key: str
    title: str  # message id
    form: Form
    labelled: str  # message id: what the labels are
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    words: bool = False  # labels are message ids too
    threshold: float | None = None  # place on the axis of labels where a line stands
    threshold_words: str = ""  # message id

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for each in self.series for value in each.values)


@dataclass(frozen=True, slots=True)
class Headline:
    """One large figure; `words` is a message id."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Front:
    """What stands over the figures on paper: title, site, period, who drew them and when."""

    title: str
    site: str
    period: str
    mark: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """One pushed list: how many it names, and how many of them were found here."""

    list_name: str
    pushed: int
    found: int


_STOPPED = frozenset({Outcome.HAND_OVER, Outcome.HOLD, Outcome.TURN_BACK})
_TESTS = ("Negative, in date", "Negative, out of date", "Positive", "None shown")
_DOSES = ("None", "Partial", "Complete", "Booster", "Not known")


@dataclass(slots=True)
class _Desk:
    """One registrar's pace."""

    people: int = 0
    last: datetime | None = None
    gaps: list[float] = field(default_factory=list)  # seconds
    waits: list[float] = field(default_factory=list)  # seconds in the tray

    def served(self, at: datetime, waited: float | None) -> None:
        """One more person, at a time not before the last."""
        self.people += 1
        gap = elapsed(self.last, at) if self.last is not None else None
        if gap is not None and timedelta(0) <= gap <= BREAK:
            self.gaps.append(gap.total_seconds())
        self.last = at
        if waited is not None:
            self.waits.append(waited)


class Tally:
    """Counts inspections of a period, oldest first as the store gives them.

    `outcome_words` are what the outcomes are called at this site, `others` what stands for places
    beyond the first, both in the reader's language.
    """

    def __init__(
        self,
        period: Period,
        policy: SitePolicy,
        outcome_words: Mapping[Outcome, str],
        others: str = "…",
    ) -> None:
        self._period, self._policy = period, policy
        self._outcome_words, self._others = outcome_words, others
        self._by_day = period.end - period.start > timedelta(days=1, hours=1)
        self._times: dict[Direction, Counter[str]] = defaultdict(Counter)
        self._outcomes: Counter[Outcome] = Counter()
        self._readings: Counter[int] = Counter()
        self._origins: Counter[str] = Counter()
        self._tests: Counter[str] = Counter()
        self._doses: Counter[str] = Counter()
        self._desks: dict[str, _Desk] = defaultdict(_Desk)
        self.people = 0

    def add(self, recorded: RecordedInspection) -> None:
        """Count one; what was taken back does not count."""
        if recorded.void:
            return
        inspection = recorded.inspection
        at = recorded.confirmed_at.astimezone(self._period.start.tzinfo)
        self.people += 1
        self._times[inspection.direction][self._label(at)] += 1
        self._outcomes[recorded.outcome] += 1
        self._desks[recorded.operator].served(at, recorded.parked_for)
        self._origins.update(_origins(inspection))
        self._tests[self._test(inspection, at)] += 1
        self._doses[_doses(inspection)] += 1
        for reading in inspection.temperatures[:1]:
            found = tenths(reading.celsius)
            if found is not None:
                self._readings[min(max(found, LOWEST - 1), HIGHEST + 1)] += 1

    # -- what they come to

    def headlines(self) -> tuple[Headline, ...]:
        """The figures that stand large over the page."""
        busiest = max(self._both().items(), key=lambda each: each[1], default=None)
        stopped = sum(self._outcomes[each] for each in _STOPPED)
        through = self._outcomes[Outcome.PASS] + self._outcomes[Outcome.REGISTER]
        middle = self._median_reading()
        return (
            Headline("People checked", str(self.people)),
            Headline("Passed", str(through)),
            Headline("Stopped", str(stopped)),
            Headline("Median temperature", "–" if middle is None else f"{middle / 10:.1f} ℃"),
            Headline(
                "Busiest day" if self._by_day else "Busiest hour",
                "–" if busiest is None else busiest[0] + ("" if self._by_day else ":00"),
            ),
        )

    def charts(self, coverage: Iterable[Coverage] = ()) -> tuple[Chart, ...]:
        """All charts; those with nothing in them say so by `empty`."""
        return (
            self._flow(),
            self._outcome_chart(),
            self._temperatures(),
            self._origin_chart(),
            self._pace(),
            _counted("tests", "Tests", "Test", _TESTS, self._tests),
            _counted("vaccination", "Vaccination", "Doses", _DOSES, self._doses),
            _coverage(tuple(coverage)),
        )

    def _flow(self) -> Chart:
        labels = self._labels()
        ways = ((Direction.IN, "In"), (Direction.OUT, "Out"))
        series = tuple(
            Series(heading, tuple(float(self._times[way][label]) for label in labels))
            for way, heading in ways
            if way is Direction.IN or self._times[way]
        )
        title = "People per day" if self._by_day else "People per hour"
        return Chart(
            "flow", title, Form.STACKED, "Date" if self._by_day else "Hour", labels, series
        )

    def _outcome_chart(self) -> Chart:
        order = tuple(reversed(STRENGTH))
        counts = tuple(float(self._outcomes[each]) for each in order)
        words = tuple(self._outcome_words[each] for each in order)
        series = (Series("People checked", counts), Series("Share, %", _shares(counts), 1, False))
        return Chart("outcomes", "Outcomes", Form.LYING, "Outcome", words, series)

    def _temperatures(self) -> Chart:
        shown = range(
            min([each for each in self._readings if each >= LOWEST] or [360]),
            max([each for each in self._readings if each <= HIGHEST] or [374]) + 1,
        )
        below, above = self._readings[LOWEST - 1], self._readings[HIGHEST + 1]
        labels = [f"{each / 10:.1f}" for each in shown]
        counts = [float(self._readings[each]) for each in shown]
        if below:
            labels, counts = [f"< {LOWEST / 10:.1f}", *labels], [float(below), *counts]
        if above:
            labels, counts = [*labels, f"> {HIGHEST / 10:.1f}"], [*counts, float(above)]
        threshold = tenths(self._policy.fever_threshold_c) or 373
        place = threshold - shown.start - 0.5 + bool(below)
        return Chart(
            "temperatures",
            "Temperatures, first reading",
            Form.COLUMNS,
            "℃",
            tuple(labels),
            (Series("People checked", tuple(counts)),),
            threshold=place,
            threshold_words="Fever",
        )

    def _origin_chart(self) -> Chart:
        first = self._origins.most_common(ORIGINS)
        rest = self._origins.total() - sum(count for _, count in first)
        labels = tuple(name for name, _ in first) + ((self._others,) if rest else ())
        counts = tuple(float(count) for _, count in first) + ((float(rest),) if rest else ())
        return Chart(
            "origins",
            "Where people come from",
            Form.LYING,
            "Place",
            labels,
            (Series("People checked", counts),),
        )

    def _pace(self) -> Chart:
        desks = sorted(self._desks.items(), key=lambda each: -each[1].people)
        pace = tuple(median(desk.gaps) if desk.gaps else None for _, desk in desks)
        waits = tuple(median(desk.waits) / 60 if desk.waits else None for _, desk in desks)
        return Chart(
            "pace",
            "Seconds a person, by registrar",
            Form.LYING,
            "Registrar",
            tuple(name for name, _ in desks),
            (
                Series("Seconds a person", pace, 0),
                Series("People checked", tuple(float(desk.people) for _, desk in desks), 0, False),
                Series("Minutes in the tray", waits, 1, False),
            ),
        )

    # -- small things

    def _label(self, at: datetime) -> str:
        return f"{at:%m-%d}" if self._by_day else f"{at:%H}"

    def _labels(self) -> tuple[str, ...]:
        step = timedelta(days=1) if self._by_day else timedelta(hours=1)
        at = self._period.start
        labels: list[str] = []
        while at < self._period.end and len(labels) < 400:
            labels.append(self._label(at))
            at += step
        return tuple(dict.fromkeys(labels))

    def _both(self) -> Counter[str]:
        return sum(self._times.values(), Counter[str]())

    def _median_reading(self) -> float | None:
        every = sorted(self._readings.elements())
        return median(every) if every else None

    def _test(self, inspection: Inspection, at: datetime) -> str:
        test = inspection.test
        if test is None or test.result is NatResult.UNKNOWN:
            return _TESTS[3]
        if test.result is NatResult.POSITIVE:
            return _TESTS[2]
        if test.sampled_at is None:
            return _TESTS[0]
        fresh = elapsed(test.sampled_at, at) <= self._policy.test_valid_for
        return _TESTS[0] if fresh else _TESTS[1]


def _origins(inspection: Inspection) -> tuple[str, ...]:
    if inspection.journey.origin:
        return (inspection.journey.origin,)
    cities = inspection.itinerary.cities if inspection.itinerary else ()
    return tuple(dict.fromkeys(each.name for each in cities))


def _doses(inspection: Inspection) -> str:
    given = inspection.vaccination
    if given is None or (given.doses is None and given.complete is None):
        return _DOSES[4]
    if given.doses == 0:
        return _DOSES[0]
    if given.doses is not None and given.doses >= 3:
        return _DOSES[3]
    return _DOSES[2] if given.complete or (given.doses or 0) >= 2 else _DOSES[1]


def _shares(counts: tuple[float, ...]) -> tuple[float | None, ...]:
    whole = sum(counts)
    return tuple(100 * each / whole if whole else None for each in counts)


def _counted(
    key: str, title: str, labelled: str, words: tuple[str, ...], counts: Counter[str]
) -> Chart:
    values = tuple(float(counts[each]) for each in words)
    series = (Series("People checked", values), Series("Share, %", _shares(values), 1, False))
    return Chart(key, title, Form.LYING, labelled, words, series, words=True)


def _coverage(lists: tuple[Coverage, ...]) -> Chart:
    rates = tuple(100 * each.found / each.pushed if each.pushed else None for each in lists)
    return Chart(
        "coverage",
        "Pushed lists: found here",
        Form.LYING,
        "List",
        tuple(each.list_name for each in lists),
        (
            Series("Share, %", rates, 1),
            Series("Pushed", tuple(float(each.pushed) for each in lists), 0, False),
            Series("Found here", tuple(float(each.found) for each in lists), 0, False),
        ),
    )
