"""更改结果: what an officer must give to change an outcome, the same at the desk and afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from checkpoint_app.domain.inspection import Outcome, OutcomeChange, RecordedInspection
from checkpoint_app.store.station import Station, StoreFault

NEEDS_SECOND = frozenset({Outcome.HOLD, Outcome.HAND_OVER})
NOT_SECOND = "That PIN is not a second officer's"


@dataclass(frozen=True, slots=True)
class Wish:
    """A change as an officer asks for it; `second` is an operator's id and PIN.

    `before` None: it is read from the record that is changed.
    """

    before: Outcome | None
    outcome: Outcome
    reason: str
    officer: str
    second: tuple[UUID, str] | None = None
    call_back: str = ""

    @property
    def leaves_stop(self) -> bool:
        """Whether a hold or a hand-over is left."""
        return self.before in NEEDS_SECOND and self.outcome not in NEEDS_SECOND

    @property
    def asks_second(self) -> bool:
        """Whether a second officer's PIN decides."""
        return self.leaves_stop and self.second is not None


def lacking(wish: Wish) -> str | None:
    """The message of what is missing, None where nothing is."""
    if not wish.reason.strip():
        return "Say why the outcome is changed"
    if wish.leaves_stop and wish.second is None and not wish.call_back.strip():
        return "A second officer's PIN or a call-back is needed"
    return None


def second_officer(store: Station, wish: Wish, now: datetime) -> str | None:
    """The second officer's name, None where the PIN is nobody's or the first officer's own."""
    if wish.second is None:
        return None
    officer, pin = wish.second
    found = next((each for each in store.operators() if each.id == officer), None)
    if found is None or found.name == wish.officer or not store.check_pin(officer, pin, now):
        return None
    return found.name


def change_of(wish: Wish, second: str | None) -> OutcomeChange:
    """The change as it is recorded; a call-back counts only where no second officer answered."""
    call_back = "" if second else wish.call_back.strip()
    return OutcomeChange(wish.outcome, wish.reason.strip(), wish.officer, second, call_back or None)


def amend(
    store: Station, inspection_id: UUID, wanted: Wish, now: datetime
) -> RecordedInspection | str:
    """Correct an earlier record; the correction, or the message of what is lacking.

    Raises StoreFault, not_found among others: no such record, or it was taken back.
    """
    row = store.row(inspection_id)
    if row is None or row.void:
        raise StoreFault("not_found")
    wish = replace(wanted, before=row.outcome)
    lacks = lacking(wish)
    if lacks is not None:
        return lacks
    second = second_officer(store, wish, now) if wish.asks_second else None
    if wish.asks_second and second is None:
        return NOT_SECOND
    corrected = replace(
        row,
        outcome=wish.outcome,
        change=change_of(wish, second),
        operator=wish.officer,
        confirmed_at=now,
        supersedes=row.inspection.id,
    )
    code = row.inspection.health_code
    store.record(corrected, code.fingerprint if code is not None else None)
    return corrected
