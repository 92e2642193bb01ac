"""待处理: people parked with a running clock, so that one person never blocks the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from checkpoint_app.desk.view import Tone, TrayItem
from checkpoint_app.domain.inspection import Inspection, Outcome
from checkpoint_app.domain.masking import mask_name, mask_plate
from checkpoint_app.domain.policy import SitePolicy, retest_due
from checkpoint_app.i18n import Translate
from checkpoint_app.store.station import Parked

KINDS = {
    Outcome.RETEST.value: ("Retest", Tone.ATTENTION),
    Outcome.HOLD.value: ("On hold", Tone.STOP),
    Outcome.INCOMPLETE.value: ("To check", Tone.ASK),
}


@dataclass(slots=True)
class Tray:
    """The parked people, oldest first."""

    people: list[Parked] = field(default_factory=list)

    def park(self, inspection: Inspection, kind: Outcome, now: datetime) -> None:
        """Put a person in the tray."""
        self.people.append(Parked(inspection, now, kind.value))

    def take(self, inspection_id: UUID) -> Parked | None:
        """Take a person out, by inspection."""
        for place, parked in enumerate(self.people):
            if parked.inspection.id == inspection_id:
                return self.people.pop(place)
        return None

    def edit(self, inspection_id: UUID, change: Callable[[Inspection], Inspection]) -> None:
        """Change a parked person where they are."""
        for place, parked in enumerate(self.people):
            if parked.inspection.id == inspection_id:
                self.people[place] = replace(parked, inspection=change(parked.inspection))

    def holding(self, fingerprint: str) -> Parked | None:
        """The parked person whose code this is."""
        for parked in self.people:
            code = parked.inspection.health_code
            if code is not None and code.fingerprint == fingerprint:
                return parked
        return None

    def items(self, policy: SitePolicy, translate: Translate) -> tuple[TrayItem, ...]:
        """What the tray shows."""
        return tuple(_item(parked, policy, translate) for parked in self.people)


def kind_of(outcome: Outcome) -> Outcome:
    """The tray's kind for a person with this verdict."""
    if outcome in (Outcome.HOLD, Outcome.HAND_OVER):
        return Outcome.HOLD
    return Outcome.RETEST if outcome is Outcome.RETEST else Outcome.INCOMPLETE


def _item(parked: Parked, policy: SitePolicy, translate: Translate) -> TrayItem:
    inspection = parked.inspection
    word, tone = KINDS.get(parked.kind or "", KINDS[Outcome.INCOMPLETE.value])
    readings = inspection.temperatures
    return TrayItem(
        id=inspection.id,
        tone=tone,
        kind=translate(word),
        title=_numbered(inspection, translate),
        detail=f"{readings[-1].celsius:.1f} ℃" if readings else "",
        parked_at=parked.parked_at or inspection.opened_at,
        due_at=retest_due(inspection, policy) if parked.kind == Outcome.RETEST else None,
    )


def _numbered(inspection: Inspection, translate: Translate) -> str:
    """With their number in the vehicle, so that they are found among forty others."""
    title = title_of(inspection, translate)
    if inspection.seat is None:
        return title
    number = translate("No. {seat}", seat=inspection.seat)
    return f"{number} {title}" if inspection.person.name else number


def title_of(inspection: Inspection, translate: Translate) -> str:
    """Whom the tray and the day's list name: masked, or the plate, or that nothing is known."""
    if inspection.person.name:
        return mask_name(inspection.person.name)
    if inspection.journey.plate:
        return mask_plate(inspection.journey.plate)
    return translate("No name")
