"""What another checkpoint tells of: somebody ran its gate, would not be checked, or went through
and must be called back. Told to all stations of the county for a day, then forgotten. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from checkpoint_app.domain.reasons import Code

LASTS = timedelta(hours=24)


class NoticeKind(StrEnum):
    """What happened there. Values travel and are for ever."""

    RAN = "ran"  # 闯卡
    REFUSED = "refused"  # 拒不配合
    RECALL = "recall"  # 已放行须追回


KIND_OF = {Code.RAN_GATE: NoticeKind.RAN, Code.REFUSED_CHECK: NoticeKind.REFUSED}


@dataclass(frozen=True, slots=True)
class Notice:
    """One of them. Whom it is about is known here by the plate, and by tokens of the numbers."""

    id: str  # of the case there
    kind: NoticeKind
    at: datetime
    station: str
    plate: str | None = None
    name: str | None = None  # masked
    why: Code | None = None
