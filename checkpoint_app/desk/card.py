"""The verdict as words: card, tone and sound for what the rules concluded. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.desk.view import Card, Tone
from checkpoint_app.devices.ports import Sound
from checkpoint_app.domain.inspection import Outcome, Requirement, Verdict
from checkpoint_app.domain.reasons import Code
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import action_for, outcome_word, reason_text, say_for

TONES = {
    Outcome.HAND_OVER: Tone.STOP,
    Outcome.HOLD: Tone.STOP,
    Outcome.RETEST: Tone.ATTENTION,
    Outcome.INCOMPLETE: Tone.ASK,
    Outcome.TURN_BACK: Tone.STOP,
    Outcome.REGISTER: Tone.ATTENTION,
    Outcome.PASS: Tone.PASS,
}
SOUNDS = {
    Tone.PASS: Sound.PASS,
    Tone.ATTENTION: Sound.ATTENTION,
    Tone.STOP: Sound.STOP,
    Tone.ASK: Sound.ASK,
}
_STOPS = frozenset({Outcome.HAND_OVER, Outcome.HOLD})
# What is missing stands in the lamps and the headline; the list is for what is special.
_MISSING = frozenset(
    {
        Code.HEALTH_CODE_MISSING,
        Code.ITINERARY_MISSING,
        Code.TEST_MISSING,
        Code.MASK_MISSING,
        Code.SYMPTOMS_MISSING,
        Code.TEMPERATURE_MISSING,
    }
)
_NEXT = {
    Requirement.HEALTH_CODE: "Show health code",
    Requirement.ITINERARY: "Check itinerary",
    Requirement.TEST: "Check test",
    Requirement.MASK: "Check mask",
    Requirement.SYMPTOMS: "Ask symptoms",
    Requirement.TEMPERATURE: "Take temperature",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the words depend on besides the verdict."""

    translate: Translate
    venue: bool = False  # a venue says 不予进入 where a road says 劝返
    hospital: bool = False  # turns nobody away
    receiver: str = ""
    receiver_phone: str = ""


def idle_card(around: Surroundings, notice: str | None = None) -> Card:
    """The card with nobody at the desk."""
    return Card(
        tone=Tone.IDLE,
        headline=around.translate("Ready"),
        subline=around.translate("Scan a health code, or press F3 to type"),
        reasons=(),
        notice=notice,
    )


def lane_card(around: Surroundings, notice: str | None = None) -> Card:
    """Nobody before the lane of gate mode."""
    return Card(
        tone=Tone.IDLE,
        headline=around.translate("Gate mode is on"),
        subline=around.translate("A pass or a green code and the thermometer: passes by itself"),
        reasons=(),
        notice=notice,
    )


def asking_card(around: Surroundings, notice: str | None = None) -> Card:
    """The card where the lists have not answered yet: nobody is let through before they have."""
    return Card(
        tone=Tone.IDLE,
        headline=around.translate("Searching the lists"),
        subline=around.translate("Enter waits for the answer"),
        reasons=(),
        notice=notice,
    )


def awaiting_card(around: Surroundings, notice: str | None = None) -> Card:
    """The card where only the province's answer is missing: a colour alone lets nobody through."""
    return Card(
        tone=Tone.IDLE,
        headline=around.translate("Looking up online"),
        subline=around.translate("Goes on with the answer, or stops after a few seconds without"),
        reasons=(),
        notice=notice,
    )


def went_card(title: str, around: Surroundings) -> Card:
    """Somebody has just passed a lane by themselves."""
    return Card(
        tone=Tone.PASS,
        headline=outcome_word(Outcome.PASS, around.translate),
        subline=title,
        reasons=(),
    )


def verdict_card(verdict: Verdict, around: Surroundings, notice: str | None = None) -> Card:
    """The card for an unfinished person."""
    outcome = verdict.outcome
    return Card(
        tone=TONES[outcome],
        headline=_headline(verdict, around),
        subline=_subline(verdict, around),
        reasons=tuple(
            reason_text(reason, around.translate)
            for reason in verdict.reasons
            if reason.code not in _MISSING
        ),
        say=say_for(outcome, around.translate, venue=around.venue),
        phone=_phone(around) if outcome in _STOPS else None,
        notice=notice,
    )


def earlier_card(outcome: Outcome, at: datetime, title: str, around: Surroundings) -> Card:
    """The card for a code that was already shown: the earlier outcome, large."""
    word = outcome_word(outcome, around.translate, venue=around.venue)
    return Card(
        tone=TONES[outcome],
        headline=around.translate("Already: {outcome}", outcome=word),
        subline=around.translate("Seen at {time}", time=f"{at:%H:%M}"),
        reasons=(title,) if title else (),
        notice=around.translate("Enter inspects this person again, Esc clears"),
    )


def _headline(verdict: Verdict, around: Surroundings) -> str:
    if verdict.outcome is Outcome.INCOMPLETE and verdict.missing:
        return around.translate(_NEXT[_first(verdict)])
    return outcome_word(verdict.outcome, around.translate, venue=around.venue)


def _first(verdict: Verdict) -> Requirement:
    """What to do next, in the order of the lamps; the mask is affirmed by Enter and comes last."""
    others = [each for each in verdict.missing if each is not Requirement.MASK]
    return min(others or verdict.missing, key=list(Requirement).index)


def _subline(verdict: Verdict, around: Surroundings) -> str:
    translate = around.translate
    settled = verdict.outcome is not Outcome.INCOMPLETE or not verdict.missing
    if settled or verdict.would_be is Outcome.INCOMPLETE:
        # What is missing is not all: the reasons say what else is wrong.
        return action_for(verdict.outcome, translate, venue=around.venue, hospital=around.hospital)
    word = outcome_word(verdict.would_be, translate, venue=around.venue)
    if verdict.missing == (Requirement.TEMPERATURE,):
        return translate("With a normal temperature: {outcome}", outcome=word)
    return translate("If the rest is normal: {outcome}", outcome=word)


def _phone(around: Surroundings) -> str | None:
    parts = [part for part in (around.receiver, around.receiver_phone) if part]
    return " ".join(parts) or None
