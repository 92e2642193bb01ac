"""Looking the person at the desk up in the lists, without ever waiting for the answer.

Nothing is recorded about anyone before the lists have answered for what is known of them now: an
action pressed too early is kept back for those milliseconds. It is done when the answer leaves the
verdict as it stood; where the answer changes the verdict, the officer decides anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from checkpoint_app.desk.database import Database
from checkpoint_app.domain.inspection import Inspection, Outcome
from checkpoint_app.domain.lists import ListHits, ListsInForce, Wanted, wanted_of
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station, StoreFault


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the lists answered, and about whom they were asked."""

    whose: UUID  # of the inspection
    wanted: Wanted
    hits: ListHits
    lists: ListsInForce
    portrait: bytes | None = None  # of the roster, JPEG, to be compared with the face

    def is_for(self, inspection: Inspection) -> bool:
        """Whether this is the answer for all that is known of the person now."""
        return self.whose == inspection.id and self.wanted == wanted_of(inspection)


def look_up(
    station: Station, inspection: Inspection, settings: Settings, now: datetime
) -> LookedUp:
    """Ask all lists at once; for the store's thread."""
    limits = (_hours(settings.risk_list_hours), _hours(settings.watch_list_hours))
    wanted = wanted_of(inspection)
    hits, lists = station.lists.answer(wanted, now, *limits)
    away = station.absences.of_person(wanted.id_number, wanted.name)
    member = hits.member
    portrait = station.portraits.of(member.pass_key) if member is not None else None
    known = replace(hits, absence=away)
    return LookedUp(inspection.id, wanted, known, lists, portrait)


def _hours(setting: float) -> timedelta | None:
    """How old a list may be; 0 is as old as it likes."""
    return timedelta(hours=setting) if setting > 0 else None


@dataclass(frozen=True, slots=True)
class _Kept:
    """An action that waits for the lists, and the outcome that stood there when it was pressed."""

    action: Callable[[], object]
    outcome: Outcome | None


class LookUps:
    """Questions on their way to the lists; `answered` and `failed` are called on the desk's thread.

    An answer about somebody who has gone, or who is known better by now, goes nowhere.
    """

    def __init__(
        self, answered: Callable[[LookedUp], None], failed: Callable[[StoreFault], None]
    ) -> None:
        self._answered, self._failed = answered, failed
        self._asking: tuple[UUID, Wanted] | None = None
        self._kept: _Kept | None = None

    def ask(
        self, inspection: Inspection, database: Database, settings: Settings, now: datetime
    ) -> None:
        """Ask about a person as known now, unless that is being asked already."""
        asked = (inspection.id, wanted_of(inspection))
        if asked == self._asking:
            return
        self._asking = asked
        database.run(
            lambda store: look_up(store, inspection, settings, now),
            self._take,
            lambda fault: self._fault(asked, fault),
        )

    def forget(self) -> None:
        """The person has gone."""
        self._asking = self._kept = None

    def keep_back(self, action: Callable[[], object], outcome: Outcome | None) -> None:
        """Do this when the lists have answered, if the verdict is then still `outcome`; None: do
        it whatever they say."""
        self._kept = _Kept(action, outcome)

    def released(self, outcome: Outcome | None) -> Callable[[], object] | None:
        """The action that waited, where the verdict is as it was; it waits no longer."""
        kept, self._kept = self._kept, None
        if kept is None or kept.outcome not in (None, outcome):
            return None
        return kept.action

    def _take(self, answer: LookedUp) -> None:
        if (answer.whose, answer.wanted) == self._asking:
            self._asking = None
            self._answered(answer)

    def _fault(self, asked: tuple[UUID, Wanted], fault: StoreFault) -> None:
        if asked == self._asking:
            self._asking = None
        self._failed(fault)
