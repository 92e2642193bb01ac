"""A pushed list as it is worked: every person on it is checked by a deadline, none is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checkpoint_app.domain.list_entries import WatchEntry


class WorkState(StrEnum):
    """What became of a pushed person. Values are for ever: they stand in the ledger."""

    UNCHECKED = "unchecked"  # 未核查
    CHECKING = "checking"  # 核查中
    CHECKED = "checked"  # 已核查
    ELSEWHERE = "elsewhere"  # 外推: pushed on to where the person is
    POLICE = "police"  # 失联转公安
    HANDED_OVER = "handed_over"  # 已移交
    NOBODY = "nobody"  # 查无此人


DONE = frozenset({WorkState.CHECKED, WorkState.ELSEWHERE, WorkState.HANDED_OVER, WorkState.NOBODY})


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One person of a pushed list and how far the check has come."""

    list: int
    number: int
    source: str  # of the list
    mark: int
    entry: WatchEntry
    state: WorkState
    due: datetime
    at: datetime | None = None  # of the last change
    operator: str = ""
    note: str | None = None
    found_at: datetime | None = None  # met at this gate

    def is_late(self, now: datetime) -> bool:
        """Whether the check should have been finished by now."""
        return self.state not in DONE and now > self.due


@dataclass(frozen=True, slots=True)
class Coverage:
    """推送XX人，我们已排查出XX人: how much of what was pushed is done, and found by ourselves."""

    pushed: int
    found: int  # met at this gate
    states: dict[WorkState, int]
    late: int

    @property
    def done(self) -> int:
        """Persons whose check has come to an end."""
        return sum(self.states.get(state, 0) for state in DONE)
