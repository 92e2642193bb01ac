"""Erasing by the rules, in short steps so that saving goes on in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from checkpoint_app.desk.people.portraits import forget_strangers
from checkpoint_app.domain.retention import Copies, Erasure, Reckoning, Terms
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station

LAST_RUN = "last_erasure"
SCHEDULE, BY_HAND, COMMAND = "schedule", "by_hand", "command"


def terms_of(settings: Settings) -> Terms:
    """How long what is kept here."""
    return Terms.of_days(
        settings.keep_passages_days, settings.keep_cases_days, settings.keep_copies_days
    )


@dataclass(slots=True)
class Erasing:
    """One erasure from beginning to end: erase, write over, see to the copies.

    Give `step` to the store again and again until it says that nothing is left to do; killed in
    between, the next one goes on from there.
    """

    terms: Terms
    by: str
    why: str
    now: datetime
    done: list[Erasure] = field(default_factory=list)
    copies: Copies = field(default_factory=Copies)
    clean: bool = True
    _more: bool = True
    _rows: int = 0
    _lists: Iterator[int] | None = None  # takes away what newer lists took the place of

    def step(self, station: Station) -> bool:
        """Do the next piece; whether there is another. Raises StoreFault."""
        if self._more:
            made, self._more = station.retention.erase(self.terms, self.by, self.why, self.now)
            self.done.append(made)
            return True
        if self._lists is None:
            self._lists = station.lists.sweep(self.now)
        gone = next(self._lists, None)
        if gone is not None:
            self._rows += gone
            return True
        self._finish(station)
        return False

    def _finish(self, station: Station) -> None:
        """What is only deleted goes before the file and its log are written over."""
        retention, before = station.retention, self.now - self.terms.passages
        station.duty.drop_draft(before)
        station.passes.drop_expired(before)
        forget_strangers(station)
        self.clean = retention.scrub() if retention.unclean else retention.fold()
        retention.settle_restored()
        self.copies = retention.sweep(self.terms, self.by, self.why, self.now, self._rows)
        station.remember(LAST_RUN, self.now.isoformat())

    @property
    def result(self) -> Erasure:
        """All its pieces as one."""
        took = [each.took for each in self.done]
        kinds: Counter[str] = Counter()
        for each in took:
            kinds.update(dict(each.records))
        days = [day for each in took for day in (each.oldest, each.newest) if day is not None]
        last = took[-1] if took else Reckoning()
        whole = replace(
            last,
            records=tuple(sorted(kinds.items())),
            oldest=min(days, default=None),
            newest=max(days, default=None),
        )
        name = self.done[0].id if self.done else ""
        return Erasure(
            name, self.now, self.by, self.why, self.terms, whole, self.copies, self.clean
        )


def erase_now(station: Station, settings: Settings, by: str, why: str, now: datetime) -> Erasure:
    """All steps at once, where nobody waits. Raises StoreFault."""
    erasing = Erasing(terms_of(settings), by, why, now)
    while erasing.step(station):
        pass
    return erasing.result


def is_due(
    settings: Settings, last: datetime | None, now: datetime, restored: bool = False
) -> bool:
    """Whether the daily erasure has not yet been since its hour last struck.

    After a restore it is due at once, whatever is set: what was erased is there again.
    """
    if restored:
        return True
    if not settings.erase_by_itself:
        return False
    struck = datetime.combine(now.date(), time.fromisoformat(settings.erase_at), now.tzinfo)
    if struck > now:
        struck -= timedelta(days=1)
    return last is None or last < struck


def last_run(station: Station) -> datetime | None:
    """When it was done last."""
    kept = station.remembered(LAST_RUN)
    return datetime.fromisoformat(kept) if kept else None
