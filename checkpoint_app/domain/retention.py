"""How long personal data are kept, and what is known of an erasure. Plain values, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Nothing of today's goes, and no date before the calendar's first, whatever a settings file says.
_SHORTEST, _LONGEST = timedelta(days=1), timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long what is kept: passages from the day, cases from their closing, copies from writing.

    The defaults are those of the rules: contact and itinerary of normal passages 21 days.
    """

    passages: timedelta = timedelta(days=21)
    cases: timedelta = timedelta(days=90)
    copies: timedelta = timedelta(days=14)

    @classmethod
    def of_days(cls, passages: float, cases: float, copies: float) -> Terms:
        """The terms for numbers of days; none is shorter than one day, or longer than ten years."""
        days = (timedelta(days=each) for each in (passages, cases, copies))
        return cls(*(min(max(_SHORTEST, each), _LONGEST) for each in days))


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What an erasure took, or would take. It names nobody.

    `records` counts by kind of record; `oldest` and `newest` are the days they were from.
    `waiting` are due but not yet received by the office; `unfinished` still stand in the tray.
    """

    records: tuple[tuple[str, int], ...] = ()
    oldest: datetime | None = None
    newest: datetime | None = None
    waiting: int = 0
    unfinished: int = 0

    @property
    def total(self) -> int:
        """Records in all."""
        return sum(count for _, count in self.records)


@dataclass(frozen=True, slots=True)
class Copies:
    """What became of backups and sheets whose term was over, and of what stood in no list."""

    deleted: int = 0
    renewed: int = 0  # written anew, so that the station is not left without one
    unreachable: int = 0  # on a disk that is not there now
    sheets: int = 0  # files of the data folder's own registers
    list_rows: int = 0  # of lists that newer ones took the place of

    @property
    def none(self) -> bool:
        """Whether nothing was to be done."""
        return not any((self.deleted, self.renewed, self.unreachable, self.sheets, self.list_rows))


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure as it is on record. `id` is its own, `by` who started it, `why` a stable word.

    `clean`: the file's free space has been written over as well.
    """

    id: str
    at: datetime
    by: str
    why: str  # schedule, by_hand, command
    terms: Terms
    took: Reckoning
    copies: Copies = Copies()
    clean: bool = True
