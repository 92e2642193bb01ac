"""Handing the post over: what was counted, what the station says, and where the two differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from checkpoint_app.domain.duty.turns import Fitness, ShiftName
from checkpoint_app.domain.inspection import Outcome

MOST = 1_000_000  # of one thing at a post; more is a slip of the key


class Supply(StrEnum):
    """What a post keeps and counts."""

    MASK = "mask"  # 口罩
    DISINFECTANT = "disinfectant"  # 消毒液
    TEST_KIT = "test_kit"  # 采样管/检测试剂
    GLOVES = "gloves"  # 手套
    GOWN = "gown"  # 防护服


@dataclass(frozen=True, slots=True)
class Stock:
    """One supply through a shift. `before` is what the last hand-over left; None: never counted."""

    before: int | None = None
    received: int = 0
    used: int = 0
    left: int | None = None  # counted; None = not counted

    @property
    def expected(self) -> int | None:
        """What should be left by the books."""
        return None if self.before is None else self.before + self.received - self.used

    @property
    def difference(self) -> int | None:
        """Counted less expected; None where either is not known."""
        if self.left is None or self.expected is None:
            return None
        return self.left - self.expected


@dataclass(frozen=True, slots=True)
class Counted:
    """A number counted by eye beside the one that the station has."""

    seen: int | None
    known: int

    @property
    def difference(self) -> int | None:
        """Seen less known; None where nobody counted."""
        return None if self.seen is None else self.seen - self.known


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been counted so far: it may be typed bit by bit through the shift."""

    tray_seen: int | None = None
    held_seen: int | None = None
    stock: Mapping[Supply, Stock] = field(default_factory=dict)
    notes: str = ""

    def of(self, supply: Supply) -> Stock:
        """One supply's figures."""
        return self.stock.get(supply, Stock())


@dataclass(frozen=True, slots=True)
class HandOver:
    """A post handed over: the sheet 交接班记录 says this and no more."""

    id: UUID
    at: datetime
    shift: ShiftName
    shift_to: ShiftName
    began_at: datetime
    leaving: str
    coming: str
    outcomes: Mapping[Outcome, int]
    open_cases: int
    tray: Counted
    held: Counted
    stock: Mapping[Supply, Stock]
    team: tuple[str, ...] = ()
    fitness: tuple[Fitness, ...] = ()  # what the team said of their own health
    checks: int = 0  # how many of the site's checks were done
    notes: str = ""

    @property
    def differences(self) -> tuple[Supply | str, ...]:
        """What does not agree: "tray", "held", supplies."""
        people = (("tray", self.tray.difference), ("held", self.held.difference))
        found: list[Supply | str] = [name for name, difference in people if difference]
        return (*found, *(each for each, stock in self.stock.items() if stock.difference))


def uncounted(draft: Draft) -> tuple[str, ...]:
    """What must be counted by eye before anybody signs: people, never supplies."""
    people = (("tray", draft.tray_seen), ("held", draft.held_seen))
    return tuple(name for name, seen in people if seen is None)


def carried_over(last: HandOver | None) -> dict[Supply, Stock]:
    """The supplies as a new shift finds them."""
    if last is None:
        return {each: Stock() for each in Supply}
    kept = {each: last.stock.get(each, Stock()) for each in Supply}
    return {
        each: Stock(before=stock.left if stock.left is not None else stock.expected)
        for each, stock in kept.items()
    }
