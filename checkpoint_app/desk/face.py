"""From how the desk stands to what the page draws. Pure but for the clock passed in."""

from __future__ import annotations

from datetime import datetime, timedelta

from checkpoint_app.desk.awaiting import awaits_answer
from checkpoint_app.desk.card import (
    Surroundings,
    asking_card,
    awaiting_card,
    earlier_card,
    idle_card,
    lane_card,
    verdict_card,
    went_card,
)
from checkpoint_app.desk.cases.alarms import late_chips
from checkpoint_app.desk.gate.view import crowd_view, vehicle_view
from checkpoint_app.desk.lamps import lamps
from checkpoint_app.desk.lists.chips import list_chips
from checkpoint_app.desk.standing import Standing, Surface, verdict_of
from checkpoint_app.desk.tags import tags
from checkpoint_app.desk.tray import title_of
from checkpoint_app.desk.view import Card, DeskState
from checkpoint_app.domain.inspection import (
    Inspection,
    Outcome,
    RecordedInspection,
    Requirement,
    Verdict,
)
from checkpoint_app.i18n import Translate

UNDO_FOR = timedelta(seconds=10)
WENT_FOR = timedelta(seconds=3)  # a green sign that stays would be taken for the next one's
CONFIRMABLE = frozenset(
    {Outcome.PASS, Outcome.REGISTER, Outcome.TURN_BACK, Outcome.HOLD, Outcome.HAND_OVER}
)

_LETS_THROUGH = frozenset({Outcome.PASS, Outcome.REGISTER})


def state_of(standing: Standing, on: Surface) -> DeskState:
    """All that the page draws, as of now."""
    now, verdict = on.now(), verdict_of(standing, on)
    missing = verdict.missing if verdict else ()
    return DeskState(
        inspection=standing.current,
        credential=standing.credential,
        verdict=verdict,
        card=card_of(standing, on, verdict),
        lamps=lamps(standing.current, missing, on.policy, on.translate, now),
        temperature_entry=standing.entry,
        can_confirm=can_confirm(standing, on, verdict),
        confirm_caption=_caption(standing, on, verdict),
        tray=standing.tray.items(on.policy, on.translate),
        lines=standing.day.lines(on.translate, on.venue),
        counts=tuple((each, standing.day.counts.get(each, 0)) for each in Outcome),
        strips=tuple(standing.strips.values()),
        undo_until=undo_until(standing, now),
        tags=tags(standing.current, on.translate),
        reasons=verdict.reasons if verdict else (),
        asking=standing.asking,
        chips=(
            *late_chips(standing.alarms, on.translate),
            *list_chips(standing.lists, on.settings, now, on.translate),
            *on.chips,
        ),
        direction=standing.direction,
        late_cases=standing.alarms.late,
        vehicle=vehicle_view(standing.vehicles, standing.current, on.translate),
        crowd=crowd_view(standing.crowd, on.settings.capacity),
        portrait=_portrait(standing, now),
        gate_mode=standing.gate_mode,
        gate_allowed=on.policy.gate_mode,
    )


def card_of(standing: Standing, on: Surface, verdict: Verdict | None) -> Card:
    """The verdict card: an earlier decision, the current person, or nobody."""
    settings = on.settings
    around = Surroundings(
        on.translate,
        on.venue,
        not on.policy.turns_back,
        settings.receiver_name,
        settings.receiver_phone,
    )
    if standing.earlier is not None:
        earlier = standing.earlier
        return earlier_card(earlier.outcome, earlier.at, earlier.title, around)
    if verdict is None:
        return _idle(standing, around, on.now())
    if not standing.lists_known and verdict.outcome in _LETS_THROUGH:
        return asking_card(around, standing.notice)
    if verdict.outcome in _LETS_THROUGH and awaits_answer(standing, on):
        return awaiting_card(around, standing.notice)
    return verdict_card(verdict, around, standing.notice)


def _idle(standing: Standing, around: Surroundings, now: datetime) -> Card:
    """Nobody at the desk; a lane shows for a moment who went on by themselves."""
    went = standing.lane_last
    if went is not None and _just_went(went, now):
        return went_card(_numbered(went.inspection, around.translate), around)
    if standing.gate_mode and standing.vehicles.open is None:
        return lane_card(around, standing.notice)
    return idle_card(around, standing.notice)


def _numbered(inspection: Inspection, translate: Translate) -> str:
    """Whoever has just gone on; on a bus by their number, for they all have one plate."""
    seat = translate("No. {seat}", seat=inspection.seat) if inspection.seat else ""
    return "  ".join(filter(None, (seat, title_of(inspection, translate))))


def _just_went(went: RecordedInspection, now: datetime) -> bool:
    return timedelta(0) <= now - went.confirmed_at < WENT_FOR


def _portrait(standing: Standing, now: datetime) -> bytes | None:
    """The photo of whoever is before the desk, or has just gone on by themselves."""
    if standing.current is not None:
        known = standing.looked_up
        return known.portrait if known is not None and standing.lists_known else None
    went = standing.lane_last
    return standing.lane_portrait if went is not None and _just_went(went, now) else None


def can_confirm(standing: Standing, on: Surface, verdict: Verdict | None) -> bool:
    """Whether Enter does something: nothing required may be missing."""
    if standing.earlier is not None:
        return True
    if verdict is not None and verdict.outcome in _LETS_THROUGH and awaits_answer(standing, on):
        return False
    return verdict is not None and verdict.outcome in CONFIRMABLE


def _caption(standing: Standing, on: Surface, verdict: Verdict | None) -> str:
    translate = on.translate
    if standing.earlier is not None:
        return translate("Inspect again")
    if verdict is None:
        return translate("Waiting for a code")
    if verdict.outcome in _LETS_THROUGH and awaits_answer(standing, on):
        return translate("Waiting for the answer")
    if verdict.outcome in CONFIRMABLE:
        return translate("Confirm")
    if verdict.outcome is Outcome.RETEST:
        return translate("Waiting for the retest")
    if verdict.missing == (Requirement.TEMPERATURE,):
        return translate("Waiting for temperature")
    return translate("Not complete")


def undo_until(standing: Standing, now: datetime) -> datetime | None:
    """Until when the last confirmation can be taken back; None where there is none."""
    last, closed = standing.last, standing.vehicles.closed
    moments = [last.confirmed_at] if last is not None else []
    moments += [closed.closed_at] if closed is not None else []
    if not moments or not timedelta(0) <= now - max(moments) < UNDO_FOR:
        return None
    return max(moments) + UNDO_FOR
