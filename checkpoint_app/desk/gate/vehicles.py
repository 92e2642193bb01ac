"""The vehicles at one desk: the open one, those put aside, and who of them was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from checkpoint_app.domain.inspection import (
    Direction,
    Inspection,
    Journey,
    Outcome,
    RecordedInspection,
)
from checkpoint_app.domain.party import guardian_of
from checkpoint_app.domain.passage import (
    STOPPING,
    RecordedPassage,
    VehiclePassage,
    VehicleUse,
    held_with,
)
from checkpoint_app.domain.purpose import Purpose
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.store.station import Station


@dataclass(slots=True)
class Vehicles:
    """What stands at the gate. `decided` holds the newest record of each of their people, and
    `before` what was recorded of those who are held for a companion's sake alone."""

    open: VehiclePassage | None = None
    aside: list[VehiclePassage] = field(default_factory=list)
    decided: dict[UUID, RecordedInspection] = field(default_factory=dict)
    before: dict[UUID, RecordedInspection] = field(default_factory=dict)
    closed: RecordedPassage | None = None  # the last one, while it can be taken back
    changed: dict[UUID, RecordedInspection] = field(default_factory=dict)  # before it turned back
    fresh: list[RecordedInspection] = field(default_factory=list)  # recorded because it turned back
    turning: bool = False

    def load(self, passages: list[VehiclePassage], decided: dict[UUID, RecordedInspection]) -> None:
        """What stood at the gate before a power cut; what has come since stays."""
        known = {each.id for each in self.all()}
        self.aside = [each for each in passages if each.id not in known] + self.aside
        self.decided = {**decided, **self.decided}
        if self.open is None and self.aside and not self.aside[-1].waiting:
            self.open = self.aside.pop()

    def all(self) -> tuple[VehiclePassage, ...]:
        """Every vehicle at the gate, the open one last."""
        return (*self.aside, *((self.open,) if self.open is not None else ()))

    def of(self, party: str | None) -> VehiclePassage | None:
        """The vehicle of this party, None where nobody's vehicle is called so."""
        return next((each for each in self.all() if each.party == party), None)

    def put(self, passage: VehiclePassage) -> None:
        """The vehicle as it is now."""
        if self.open is not None and self.open.id == passage.id:
            self.open = passage
        else:
            self.aside = [passage if each.id == passage.id else each for each in self.aside]

    def bring(self, party: str | None) -> None:
        """Open the vehicle of this party again; the open one is put aside instead."""
        wanted = self.of(party)
        if wanted is None or wanted is self.open:
            return
        self.aside = [each for each in self.aside if each.id != wanted.id]
        self.put_aside()
        self.open = wanted

    def put_aside(self) -> None:
        """The open vehicle waits for its people in the tray, or is forgotten if it has none."""
        if self.open is not None and (self.open.occupants or self.open.head_count):
            self.aside.append(self.open)
        self.open = None

    def remove(self, passage: VehiclePassage) -> None:
        """The vehicle has left the gate."""
        self.aside = [each for each in self.aside if each.id != passage.id]
        if self.open is not None and self.open.id == passage.id:
            self.open = None

    def records(self, passage: VehiclePassage) -> Iterator[RecordedInspection]:
        """The newest records of a vehicle's people, in their order."""
        for each in passage.occupants:
            if each.inspection_id in self.decided:
                yield self.decided[each.inspection_id]

    def let_go(self) -> None:
        """The last vehicle is gone for good: its people's records are no longer needed."""
        gone = self.closed.passage.occupants if self.closed is not None else ()
        for each in gone:
            self.decided.pop(each.inspection_id, None)
            self.before.pop(each.inspection_id, None)
        self.closed, self.changed, self.fresh = None, {}, []

    def stopped_companion(self, inspection: Inspection) -> RecordedInspection | None:
        """Who of the same vehicle was stopped on their own account, not for somebody's sake."""
        passage = self.of(inspection.party)
        if passage is None or inspection.direction is Direction.OUT:
            return None
        for recorded in self.records(passage):
            other = recorded.inspection.id != inspection.id
            if other and recorded.outcome in STOPPING and not _only_for_others(recorded):
                return recorded
        return None

    def guardian(
        self, inspection: Inspection, child: Callable[[Inspection], bool]
    ) -> Outcome | None:
        """What became of the grown-up whom a child of the vehicle follows, once one is decided."""
        passage = self.of(inspection.party)
        if passage is None:
            return None
        outcomes = {
            each.seat: self.decided[each.inspection_id].outcome
            for each in passage.occupants
            if each.inspection_id != inspection.id
            and each.inspection_id in self.decided
            and not child(self.decided[each.inspection_id].inspection)
        }
        place = guardian_of(inspection.seat or passage.next_seat, outcomes)
        return None if place is None else outcomes[place]


def _only_for_others(recorded: RecordedInspection) -> bool:
    """Whether somebody is held for a companion's sake and for nothing else."""
    reasons = recorded.verdict.reasons
    first = reasons[0].code if reasons else None
    return first is Code.COMPANION_STOPPED and recorded.change is None


AtGate = tuple[list[VehiclePassage], dict[UUID, RecordedInspection]]


def vehicles_at_gate(store: Station) -> AtGate:
    """The vehicles that still stand at the gate, and the records of their people."""
    passages = store.passages.open_ones()
    people = [each.inspection_id for passage in passages for each in passage.occupants]
    records = {person: store.row(person) for person in people}
    return passages, {key: row for key, row in records.items() if row is not None}


def boarded(inspection: Inspection, passage: VehiclePassage | None) -> Inspection:
    """A new person as one of the vehicle's: its plate and journey are theirs."""
    if passage is None:
        return inspection
    journey = inspection.journey
    freight = Purpose.FREIGHT.value if passage.use is VehicleUse.FREIGHT else None
    return replace(
        inspection,
        party=passage.party,
        seat=inspection.seat or passage.next_seat,
        journey=Journey(
            plate=passage.plate or journey.plate,
            origin=journey.origin or passage.origin,
            destination=journey.destination or passage.destination,
            receiver=journey.receiver or passage.receiver,
            purpose=journey.purpose or freight,
        ),
    )


def held_too(
    recorded: RecordedInspection, companion: str, operator: str, now: datetime
) -> RecordedInspection | None:
    """The correction that holds somebody whose companion was stopped; None if held already."""
    if not held_with(recorded.outcome):
        return None
    why = Reason(Code.COMPANION_STOPPED, companion or None)
    verdict = replace(
        recorded.verdict, outcome=Outcome.HOLD, reasons=(why, *recorded.verdict.reasons)
    )
    return replace(
        recorded,
        verdict=verdict,
        outcome=Outcome.HOLD,
        change=None,
        operator=operator,
        confirmed_at=now,
        supersedes=recorded.inspection.id,
    )


def put_right(recorded: RecordedInspection, operator: str, now: datetime) -> RecordedInspection:
    """The correction that gives somebody back what was recorded of them first."""
    return replace(recorded, operator=operator, confirmed_at=now, supersedes=recorded.inspection.id)
