"""The site's own checks through a shift: 消毒, 通风, 一米线; what is due and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Check(StrEnum):
    """What is looked after at a site."""

    DISINFECT = "disinfect"  # 消毒
    VENTILATE = "ventilate"  # 通风
    DISTANCE = "distance"  # 一米线


@dataclass(frozen=True, slots=True)
class Tick:
    """A check that was done, by whom."""

    id: UUID
    check: Check
    at: datetime
    operator: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a check stands: when it was last done, and when it is due; None = nobody asks for it."""

    check: Check
    last: Tick | None
    due_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Whether it should be done now."""
        return self.due_at is not None and now >= self.due_at


def standings(
    ticks: Iterable[Tick],
    every: Mapping[Check, timedelta],
    since: datetime | None,
) -> tuple[Standing, ...]:
    """Every check, in order. `since`: nobody was on duty before; None: nobody is.

    One never done is due as soon as the shift begins, not before: with nobody on duty nobody is
    reminded.
    """
    newest: dict[Check, Tick] = {}
    for tick in ticks:
        before = newest.get(tick.check)
        if before is None or tick.at >= before.at:
            newest[tick.check] = tick
    return tuple(
        Standing(check, newest.get(check), _due(newest.get(check), every.get(check), since))
        for check in Check
    )


def _due(last: Tick | None, every: timedelta | None, since: datetime | None) -> datetime | None:
    if since is None or not every:
        return None
    return since if last is None else max(last.at + every, since)
