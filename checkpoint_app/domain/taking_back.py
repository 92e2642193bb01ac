"""Taking back the last step of a case (撤回): which steps, by whom, until when, with what reason.

Nothing is deleted: taking back is a record of its own, and the story shows both. Only the last
step, for what came after it was done on the strength of it. Only by whoever entered it or by an
officer. For ten minutes without a word, because a slip of gloved fingers is seen at once and a
reason asked for there is always "误操作"; later with a reason, because others may have acted on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.domain.case import Event, Refusal

WITHOUT_REASON = timedelta(minutes=10)

# A verdict is changed at the desk, news stays known, and a printed slip is out of the house.
TAKEN_BACK = frozenset(
    {
        Event.REPORTED,
        Event.HANDED_OVER,
        Event.RECEIVED,
        Event.MEASURED,
        Event.NOTED,
        Event.ATTACHED,
        Event.CLOSED,
        Event.REOPENED,
    }
)


@dataclass(frozen=True, slots=True)
class Done:
    """The step in question: who wrote it down and when, and whether it is the last that stands."""

    event: Event
    operator: str
    at: datetime
    is_last: bool


@dataclass(frozen=True, slots=True)
class TakingBack:
    """Who takes a step back; `officer` where it may be anybody's step."""

    operator: str
    officer: bool = False
    reason: str | None = None


def needs_reason(done: Done, operator: str, now: datetime) -> bool:
    """Whether a reason must be given: a step of somebody else, or one of some time ago."""
    return done.operator != operator or now - done.at > WITHOUT_REASON


def refusal(done: Done, taking: TakingBack, now: datetime) -> Refusal | None:
    """Why the step cannot be taken back; None where it can."""
    if not done.is_last or done.event not in TAKEN_BACK:
        return Refusal.NOT_LAST
    if done.operator != taking.operator and not taking.officer:
        return Refusal.NOT_YOURS
    said = taking.reason and taking.reason.strip()
    if needs_reason(done, taking.operator, now) and not said:
        return Refusal.REASON_NEEDED
    return None
