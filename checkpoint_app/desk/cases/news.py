"""What came to be known about somebody after Enter, and whether it would have stopped them. Pure
but for the lists, which are asked through the store."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from checkpoint_app.desk.lists.looking import look_up
from checkpoint_app.desk.online import answered
from checkpoint_app.desk.paging import OF_PAGES, Pages, absorb_page
from checkpoint_app.devices.ports import OnlineAnswer
from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.inspection import (
    STRENGTH,
    CodeStatus,
    Inspection,
    Outcome,
    RecordedInspection,
    Verdict,
)
from checkpoint_app.domain.page import Page, PageKind
from checkpoint_app.domain.policy import SitePolicy, decide
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station

KEPT_FOR = timedelta(hours=1)  # a slow line answers within minutes
_MOST = 1000
_NO_ANSWER = frozenset({CodeStatus.FAILED, CodeStatus.TIMED_OUT})
_STOPS = frozenset({Outcome.HAND_OVER, Outcome.HOLD})
_ASKS = _STOPS | {Outcome.TURN_BACK, Outcome.INCOMPLETE}


@dataclass(slots=True)
class Recent:
    """Who was recorded at this desk within the last hour, in memory only."""

    people: list[RecordedInspection] = field(default_factory=list)

    def add(self, recorded: RecordedInspection) -> None:
        """Somebody was recorded."""
        self.forget(recorded.inspection.id)
        oldest = recorded.confirmed_at - KEPT_FOR
        self.people = [each for each in self.people if each.confirmed_at >= oldest][-_MOST:]
        self.people.append(recorded)

    def forget(self, inspection_id: UUID) -> None:
        """It was taken back."""
        self.people = [each for each in self.people if each.inspection.id != inspection_id]

    def showing(self, fingerprints: Collection[str]) -> RecordedInspection | None:
        """The newest person with one of these codes."""
        for each in reversed(self.people):
            code = each.inspection.health_code
            if code is not None and code.fingerprint in fingerprints:
                return each
        return None

    def at(self, moment: datetime) -> RecordedInspection | None:
        """Who stood at the desk at a moment."""
        for each in reversed(self.people):
            if each.inspection.opened_at <= moment <= each.confirmed_at:
                return each
        return None


Change = Callable[[Inspection], Inspection]


def told_online(answer: OnlineAnswer) -> Change:
    """The person with a late answer of the province's service; no answer changes nothing."""

    def change(inspection: Inspection) -> Inspection:
        code = inspection.health_code
        if code is None:
            return inspection
        told = answered(code, answer)
        return inspection if told.status in _NO_ANSWER else replace(inspection, health_code=told)

    return change


def told_by_page(page: Page, seen_at: datetime) -> Change:
    """The person with what a page that was read late says: a positive test, the cities of a card
    that the officer had only ticked. What one reading seems to contradict is no news."""

    def change(inspection: Inspection) -> Inspection:
        itinerary, code = inspection.itinerary, inspection.health_code
        bare = itinerary is not None and itinerary.shown and not itinerary.cities
        if page.kind is PageKind.ITINERARY_CARD and bare:
            inspection = replace(inspection, itinerary=None)
        shown = page.test
        if shown is not None and shown.result is NatResult.POSITIVE and "nat" not in page.uncertain:
            inspection = replace(inspection, test=None)
        filled = absorb_page(inspection, Pages().with_page(page, seen_at), page, seen_at)
        if code is not None:
            filled = replace(filled, health_code=code)
        return replace(filled, itinerary=filled.itinerary or itinerary)

    return change


def news_about(
    store: Station,
    recorded: RecordedInspection,
    change: Change,
    policy: SitePolicy,
    settings: Settings,
    now: datetime,
) -> Reason | None:
    """The reason that would have stopped a person who went on; None where nothing would have."""
    known = change(recorded.inspection)
    if known == recorded.inspection:
        return None
    looked = look_up(store, known, settings, now)
    versions = recorded.verdict.versions
    verdict = decide(known, policy, now=recorded.confirmed_at, versions=versions, hits=looked.hits)
    return fresh_reason(recorded, verdict)


def fresh_reason(recorded: RecordedInspection, verdict: Verdict) -> Reason | None:
    """The gravest reason that was not known at Enter, if the outcome is graver for it."""
    grave = _STOPS if recorded.outcome is Outcome.TURN_BACK else _ASKS
    before = {reason.code for reason in recorded.verdict.reasons} | OF_PAGES | {Code.LIST_OLD}
    fresh = [reason for reason in verdict.reasons if reason.code not in before]
    graver = STRENGTH.index(verdict.outcome) < STRENGTH.index(recorded.outcome)
    return fresh[0] if fresh and graver and verdict.outcome in grave else None
