"""A list from a file into the store: read, staged, indexed, in force at once, looked back for.

It runs on a thread of its own, or on the caller's; only short steps touch the store, through `ask`.
Whatever goes wrong, and when somebody cancels, the old list is still the one that counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from checkpoint_app.divisions import code_of
from checkpoint_app.imports import FileFault, Mapping, Plan, Refusals, read
from checkpoint_app.imports.reading import digest_of
from checkpoint_app.imports.rows import Knows
from checkpoint_app.store.lists import NewList, Site, Staging
from checkpoint_app.store.station import Station

T = TypeVar("T")
Ask = Callable[[Callable[[Station], T]], T]


@dataclass(frozen=True, slots=True)
class Step:
    """How far an import has come: reading, indexing, looking back; `part` of the whole, 0 to 1."""

    name: str
    part: float
    taken: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported, and as what."""

    plan: Plan
    source: str
    dated: datetime
    operator: str = ""
    county: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A list that is in force now. `raised`: people of the last 14 days whom it affects."""

    number: int
    entries: int
    refused: int
    refusals: Refusals
    raised: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    photos: str = ""  # what became of the photos that lay beside a roster, in one sentence


class Cancelled(Exception):
    """Somebody wanted no more of it; nothing has changed."""


_SHARES = {"reading": (0.0, 0.7), "indexing": (0.7, 0.95), "looking back": (0.95, 1.0)}


class Import:
    """One import. `ask` runs a job on the store and waits; `told` answers False to cancel."""

    def __init__(
        self,
        ask: Callable[[Callable[[Station], object]], object],
        order: Order,
        now: Callable[[], datetime],
        told: Callable[[Step], bool] = lambda step: True,
    ) -> None:
        self._ask_store, self._order, self._now, self._told = ask, order, now, told
        self._refusals = Refusals()
        self._taken = 0

    @property
    def refusals(self) -> Refusals:
        """Rows refused so far: what there is to mend where none could be taken."""
        return self._refusals

    def run(self) -> Taken:
        """Import. Raises `FileFault`, `StoreFault`, `Cancelled`: the old list is then in force."""
        order, now = self._order, self._now()
        digest = digest_of(order.plan.path)
        new = NewList(order.plan.kind, order.source, order.dated, order.operator, digest)
        staging = self._ask(lambda store: store.lists.begin(new, now))
        try:
            self._fill(staging, now)
            self._index(staging)
            refused = self._refusals.count
            self._ask(lambda store: staging.put_in_force(refused, self._now()))
        except BaseException:
            self._ask(lambda store: staging.give_up())
            raise
        self._remember_layout()
        raised = self._look_back()
        reasons = Counter(each.fault.value for each in self._refusals.rows)
        return Taken(staging.number, self._taken, refused, self._refusals, raised, dict(reasons))

    def _ask(self, job: Callable[[Station], T]) -> T:
        return self._ask_store(job)  # type: ignore[return-value]

    def _tell(self, name: str, part: float) -> None:
        start, end = _SHARES[name]
        step = Step(name, start + (end - start) * part, self._taken, self._refusals.count)
        if not self._told(step) and name != "looking back":
            raise Cancelled

    def _fill(self, staging: Staging, now: datetime) -> None:
        self._tell("reading", 0.0)
        for batch in read(self._order.plan, knows(now)):
            entries = batch.entries
            self._ask(lambda store, entries=entries: staging.add(entries))  # type: ignore[misc]
            self._taken += len(entries)
            self._refusals.add(batch.refusals)
            self._tell("reading", batch.part)
        if not self._taken:
            raise FileFault("list_nothing_taken")

    def _index(self, staging: Staging) -> None:
        steps = staging.index()
        while (part := self._ask(lambda store: next(steps, None))) is not None:
            self._tell("indexing", part)

    def _remember_layout(self) -> None:
        mapping, kind = self._order.plan.mapping, self._order.plan.kind
        self._ask(
            lambda store: store.lists.remember_layout(kind, mapping.layout, mapping.by_heading)
        )

    def _look_back(self) -> int:
        now, site = self._now(), Site(self._order.county, self._order.operator)
        steps = self._ask(lambda store: store.lists.look_back(site, now))
        raised = 0
        while (step := self._ask(lambda store: next(steps, None))) is not None:
            raised = step.raised
            self._tell("looking back", step.done / max(step.total, 1))
        return raised

    def sweep(self) -> None:
        """Afterwards, when nobody waits: take away the rows of the list that was replaced."""
        now = self._now()
        steps = self._ask(lambda store: store.lists.sweep(now))
        while self._ask(lambda store: next(steps, None)) is not None:
            pass


def knows(now: datetime) -> Knows:
    """What reading rows takes, today."""
    return Knows(now.date(), now.tzinfo, code_of)


def remembered(plan: Plan, station: Station) -> Plan:
    """The plan with its columns as they were said the last time for this layout."""
    said = station.lists.layout(plan.kind, plan.mapping.layout)
    fits = {name: heading for name, heading in said.items() if heading in plan.mapping.headings}
    return with_mapping(plan, plan.mapping.with_said(fits)) if fits else plan


def with_mapping(plan: Plan, mapping: Mapping) -> Plan:
    """The plan with other columns."""
    return replace(plan, mapping=mapping)


_DAY = re.compile(r"(20\d\d)[-._年]?(\d{1,2})[-._月]?(\d{1,2})日?")


def dated_by_name(path: Path, now: datetime) -> datetime:
    """The day that a file's name tells, where it is a day of the last months; else now."""
    found = _DAY.search(path.stem)
    if found is None:
        return now
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return now
    if day == now.date() or not -400 < (day - now.date()).days < 0:
        return now
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)
