"""Someone who ran the gate (闯卡), or who will not be checked (拒不配合)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class RunnerKind(StrEnum):
    """What happened."""

    RAN = "ran"  # 闯卡
    REFUSED = "refused"  # 拒不配合


@dataclass(frozen=True, slots=True)
class Runner:
    """One such event: recorded with the key, completed afterwards where somebody knows more."""

    id: UUID
    at: datetime
    kind: RunnerKind
    operator: str
    plate: str | None = None
    note: str | None = None
    inspection_id: UUID | None = None  # whoever stood at the desk
    pictures: int = 0
    case_id: UUID | None = None
    supersedes: UUID | None = None
    void: bool = False  # pressed by mistake


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of the last seconds, as JPEG."""

    taken_at: datetime
    jpeg: bytes
