"""One vehicle with everyone in it, through the gate together; and how the passage ended.

A `VehiclePassage` grows while the vehicle stands there, person by person, and is immutable once
recorded. The people are inspections of their own: here stand only their places and outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from checkpoint_app.domain.inspection import STRENGTH, Direction, Outcome

MOST_PEOPLE = 120  # a double-decker holds no more; a larger number is a slip of the finger


class VehicleUse(StrEnum):
    """What the vehicle carries; `FOOT` is no vehicle but people who walk together."""

    CAR = "car"
    BUS = "bus"
    FREIGHT = "freight"
    FOOT = "foot"


class PassageEnd(StrEnum):
    """What became of the vehicle as a whole."""

    RELEASED = "released"
    TURNED_BACK = "turned_back"
    HELD = "held"


class ColdChainPaper(StrEnum):
    """The papers of imported cold-chain food, each seen or missing."""

    QUARANTINE = "quarantine"  # 检疫合格证明
    TEST = "test"  # 核酸检测报告
    DISINFECTION = "disinfection"  # 消毒证明


@dataclass(frozen=True, slots=True)
class ColdChain:
    """The cold-chain sheet of a freight vehicle. None: not looked at yet, never presumed."""

    goods: str | None = None
    lot: str | None = None
    consignee: str | None = None  # 收货单位及电话
    seen: frozenset[ColdChainPaper] = frozenset()
    missing: frozenset[ColdChainPaper] = frozenset()
    driver_tested: bool | None = None
    closed_loop: bool | None = None  # unloaded in a closed loop

    def with_paper(self, paper: ColdChainPaper, seen: bool | None) -> ColdChain:
        """The sheet with one paper seen, missing, or not looked at again."""
        return replace(
            self,
            seen=self.seen | {paper} if seen else self.seen - {paper},
            missing=self.missing | {paper} if seen is False else self.missing - {paper},
        )

    @property
    def open_points(self) -> tuple[str, ...]:
        """What was not looked at or not written down, by name, in the order of the sheet."""
        papers = [each.value for each in ColdChainPaper if each not in self.seen | self.missing]
        answers = {
            "driver_tested": self.driver_tested,
            "closed_loop": self.closed_loop,
            "lot": self.lot,
            "consignee": self.consignee,
        }
        return (*papers, *(name for name, value in answers.items() if value is None))


@dataclass(frozen=True, slots=True)
class Occupant:
    """One person of the vehicle; `outcome` None while nothing has been recorded."""

    inspection_id: UUID
    seat: int  # the order in which they were scanned, from 1
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class VehiclePassage:
    """One vehicle at the gate. Unknown is None everywhere, never presumed."""

    id: UUID
    opened_at: datetime
    use: VehicleUse = VehicleUse.CAR
    direction: Direction = Direction.IN
    plate: str | None = None
    origin: str | None = None
    destination: str | None = None
    receiver: str | None = None  # 目的地接收人及电话
    head_count: int | None = None  # as counted by eye or told by the driver
    occupants: tuple[Occupant, ...] = ()
    goods: ColdChain | None = None
    escort: str | None = None  # 重点人员点对点接送: who takes whom where
    note: str | None = None

    @property
    def party(self) -> str:
        """The name under which the people of this vehicle belong together."""
        return str(self.id)

    @property
    def on_foot(self) -> bool:
        """Whether it is a party that walks: joined like a vehicle's, never counted as one."""
        return self.use is VehicleUse.FOOT

    @property
    def next_seat(self) -> int:
        """The number of whoever is scanned next."""
        return max((each.seat for each in self.occupants), default=0) + 1

    @property
    def decided(self) -> int:
        """How many people have been recorded."""
        return sum(each.outcome is not None for each in self.occupants)

    @property
    def waiting(self) -> int:
        """How many people are at the desk or in the tray."""
        return len(self.occupants) - self.decided

    @property
    def people(self) -> int:
        """How many people there are: as counted, or as many as came."""
        return max(self.head_count or 0, len(self.occupants))

    @property
    def complete(self) -> bool:
        """Whether as many people were recorded as were counted."""
        return self.head_count is not None and self.decided >= self.head_count

    @property
    def end(self) -> PassageEnd:
        """What the people's outcomes make of the vehicle."""
        outcomes = {each.outcome for each in self.occupants}
        if outcomes & STOPPING:
            return PassageEnd.HELD
        turned = Outcome.TURN_BACK in outcomes
        return PassageEnd.TURNED_BACK if turned else PassageEnd.RELEASED

    def with_person(self, inspection_id: UUID, seat: int | None = None) -> VehiclePassage:
        """The vehicle with one more person; whoever is in it already stays where they are.

        `seat` is the number that the person has been told; where it is taken, the next one.
        """
        if any(each.inspection_id == inspection_id for each in self.occupants):
            return self
        taken = {each.seat for each in self.occupants}
        number = seat if seat is not None and seat not in taken else self.next_seat
        return replace(self, occupants=(*self.occupants, Occupant(inspection_id, number)))

    def with_outcome(self, inspection_id: UUID, outcome: Outcome | None) -> VehiclePassage:
        """The vehicle with one person's outcome, or without one again."""
        return replace(
            self,
            occupants=tuple(
                replace(each, outcome=outcome) if each.inspection_id == inspection_id else each
                for each in self.occupants
            ),
        )

    def without(self, inspection_id: UUID) -> VehiclePassage:
        """The vehicle without someone who was never one of its people."""
        left = tuple(each for each in self.occupants if each.inspection_id != inspection_id)
        return replace(self, occupants=left)


# An outcome of one of the party that holds the others: rows 1 and 2 of the rules.
STOPPING = frozenset({Outcome.HAND_OVER, Outcome.HOLD})


def held_with(outcome: Outcome) -> bool:
    """Whether someone with this outcome is held as well once a companion is stopped."""
    return STRENGTH.index(outcome) > STRENGTH.index(Outcome.HOLD)


@dataclass(frozen=True, slots=True)
class RecordedPassage:
    """What is stored when the vehicle leaves the gate.

    `supersedes` is the id of the passage that is corrected; `void` takes it back altogether.
    """

    passage: VehiclePassage
    end: PassageEnd
    operator: str
    closed_at: datetime
    reason: str | None = None  # why the whole vehicle was turned back
    supersedes: UUID | None = None
    void: bool = False
    by_itself: bool = field(default=False)  # released because all its people had passed

    @property
    def turned_back(self) -> int:
        """How many people turned back with it."""
        outcomes = [each.outcome for each in self.passage.occupants]
        if self.end is PassageEnd.TURNED_BACK and not self.passage.occupants:
            return self.passage.people
        return outcomes.count(Outcome.TURN_BACK)
