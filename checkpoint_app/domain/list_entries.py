"""Who and what stands on lists: a watched person, a risk area, someone on the roster, a returnee.

Plain values; how a row of a file becomes one is the business of `imports`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b


class RiskLevel(StrEnum):
    """Level of a risk area; a low one is kept and does not count."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    LISTED = "listed"  # the list does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEntry:
    """A watched or pushed person: at least one of the numbers is there."""

    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    plate: str | None = None
    residence: str | None = None
    source: str | None = None  # who pushed: as the list says it
    note: str | None = None
    due: datetime | None = None  # to be checked by


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """Someone who belongs here: staff, pupil, resident."""

    name: str
    roster_id: str | None = None  # 工号, 学号
    id_number: str | None = None
    phone: str | None = None
    plate: str | None = None
    unit: str | None = None  # department, class, building
    role: str | None = None
    residence: str | None = None
    household: str | None = None  # 同住人
    guardian: str | None = None
    window: str | None = None  # from-to by which they come: 07:10-07:40
    test_every_h: int | None = None  # a test at least every so many hours
    tested_at: datetime | None = None
    host: str | None = None
    photo: str | None = None  # name of a picture file
    note: str | None = None

    @property
    def pass_key(self) -> str:
        """What stands for them on a pass: the number of the roster; without one, something made
        from what is known, never the number of a document, for a pass is read by anybody."""
        if self.roster_id:
            return self.roster_id
        known = "|".join((self.id_number or "", self.phone or "", self.name))
        return "m" + blake2b(known.encode("utf-8", "replace"), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturneeEntry:
    """A returnee from abroad, announced beforehand (入境时间、入境地点及行程)."""

    name: str
    id_number: str | None = None  # passport mostly
    phone: str | None = None
    plate: str | None = None
    from_country: str | None = None
    arrives: datetime | None = None
    entry_place: str | None = None
    transport: str | None = None  # flight, train, vehicle
    receiver: str | None = None  # 接收单位
    residence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskEntry:
    """A risk area by division code, with its days; both ends count."""

    code: str
    name: str = ""
    level: RiskLevel = RiskLevel.LISTED
    starts: date | None = None
    ends: date | None = None


Entry = WatchEntry | RosterEntry | ReturneeEntry | RiskEntry
