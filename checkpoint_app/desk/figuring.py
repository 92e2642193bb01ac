"""The figures of a period: counted beside the saving, a few hundred inspections at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from checkpoint_app.desk.office import Office
from checkpoint_app.desk.rules import policy_of
from checkpoint_app.desk.sheets import period_of
from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.sheet import Period
from checkpoint_app.domain.tally import Chart, Coverage, Front, Headline, Tally
from checkpoint_app.i18n.reasons import fault_text, outcome_word
from checkpoint_app.store.station import Station, StoreFault

AT_ONCE = 300  # inspections a job, so that a save waits for some 20 ms at most
LONGEST = 400  # days of a range


@dataclass(frozen=True, slots=True)
class Figures:
    """All charts of a period and the figures that stand large over them."""

    period: Period
    people: int
    headlines: tuple[Headline, ...]
    charts: tuple[Chart, ...]


def range_of(start: date, end: date, starts_at: time, zone: datetime) -> Period:
    """The statistics periods of the days from `start` to `end`, both counted, as one."""
    start, end = min(start, end), max(start, end)
    start = max(start, end - timedelta(days=LONGEST - 1))
    return Period(period_of(start, starts_at, zone).start, period_of(end, starts_at, zone).end)


class Counting:
    """One period being counted. `cancel` ends it; nobody is called after that."""

    def __init__(
        self,
        office: Office,
        period: Period,
        done: Callable[[Figures], None],
        failed: Callable[[str], None],
        progress: Callable[[float], None] = lambda share: None,
    ) -> None:
        self._office, self._period = office, period
        self._done, self._failed, self._progress = done, failed, progress
        self._rows: Iterator[RecordedInspection] | None = None
        self._cancelled = False
        self._tally = tally_of(office, period)
        self._step()

    def cancel(self) -> None:
        """Stop counting."""
        self._cancelled = True

    def _step(self) -> None:
        self._office.database.run(self._count, self._counted, self._fault)

    def _count(self, store: Station) -> tuple[datetime | None, tuple[Coverage, ...]]:
        """Count the next few; the time of the last one, or None and what only the store knows."""
        if self._rows is None:
            self._rows = store.recorded(self._period)
        last = None
        for recorded in islice(self._rows, AT_ONCE):
            self._tally.add(recorded)
            last = recorded.confirmed_at
        if last is not None:
            return last, ()
        office = self._office
        return None, coverage(store, office.now(), office.translate("Pushed lists in force"))

    def _counted(self, found: tuple[datetime | None, tuple[Coverage, ...]]) -> None:
        last, lists = found
        if self._cancelled:
            return
        if last is not None:
            whole = (self._period.end - self._period.start) / timedelta(seconds=1)
            at = (last - self._period.start) / timedelta(seconds=1)
            self._progress(min(max(at / whole, 0.0), 1.0))
            self._step()
        else:
            self._done(figures_of(self._tally, self._period, lists))

    def _fault(self, met: StoreFault) -> None:
        if not self._cancelled:
            self._failed(fault_text(met.code, self._office.translate))


def tally_of(office: Office, period: Period) -> Tally:
    """An empty tally in the words of this site."""
    translate, venue = office.translate, office.venue
    words = {each: outcome_word(each, translate, venue=venue) for each in Outcome}
    return Tally(
        period, policy_of(office.settings, office.saved_policy), words, translate("Other places")
    )


def figures_of(tally: Tally, period: Period, lists: tuple[Coverage, ...]) -> Figures:
    """What a tally came to."""
    return Figures(period, tally.people, tally.headlines(), tally.charts(lists))


def coverage(store: Station, now: datetime, name: str) -> tuple[Coverage, ...]:
    """The pushed lists in force with how many of their people were met here; none without one."""
    found = store.lists.coverage(now, timedelta(0))
    return (Coverage(name, found.pushed, found.found),) if found.pushed else ()


def front_of(office: Office, days: tuple[date, date], operator: str, now: datetime) -> Front:
    """What stands over these figures on paper and in files."""
    translate = office.translate
    start, end = (each.isoformat() for each in days)
    by = translate("By: {name}", name=f"{operator}  {now:%Y-%m-%d %H:%M}")
    to = office.settings.report_to
    return Front(
        translate("Inspection figures"),
        office.settings.site_name,
        start if start == end else translate("{start} to {end}", start=start, end=end),
        f"{translate('For: {name}', name=to)}   {by}" if to else by,
    )
