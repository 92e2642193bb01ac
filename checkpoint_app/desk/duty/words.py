"""The words of duty, as messages: shifts, checks, supplies, signals."""

from __future__ import annotations

from datetime import datetime, timedelta

from checkpoint_app.domain.duty.checks import Check
from checkpoint_app.domain.duty.handing import Supply
from checkpoint_app.domain.duty.turns import Fitness, ShiftName, Skip
from checkpoint_app.domain.fever import celsius_text
from checkpoint_app.domain.supervision import Finding, Signal
from checkpoint_app.domain.supervision.problems import State
from checkpoint_app.i18n import Translate

SHIFTS = {ShiftName.DAY: "Day shift", ShiftName.NIGHT: "Night shift"}
CHECKS = {
    Check.DISINFECT: "Disinfected",
    Check.VENTILATE: "Aired",
    Check.DISTANCE: "One metre apart",
}
SUPPLIES = {
    Supply.MASK: "Masks",
    Supply.DISINFECTANT: "Disinfectant (bottles)",
    Supply.TEST_KIT: "Test kits",
    Supply.GLOVES: "Gloves (pairs)",
    Supply.GOWN: "Protective gowns",
}
SKIPS = {
    Skip.NO_THERMOMETER: "No thermometer at hand",
    Skip.QUEUE: "People are waiting",
    Skip.OTHER: "Other reason",
}
PEOPLE = {"tray": "Waiting in the tray", "held": "Under observation"}
SIGNALS = {
    Signal.SAME_RUN: "Same temperature in a row",
    Signal.SAME_SHARE: "Hardly any spread",
    Signal.AS_BEFORE: "Like the person before",
    Signal.PACE: "Impossible pace",
    Signal.CODE_MISSING: "Code not seen",
    Signal.NO_RETEST: "Fever not measured again",
    Signal.SILENCE: "Long silence",
    Signal.BATCH: "Written down afterwards",
}
STATES = {State.OPEN: "To be mended", State.DONE: "To be looked at", State.CLOSED: "Closed off"}


def finding_sentence(finding: Finding, translate: Translate) -> str:
    """What a signal saw, in one sentence; it says nothing about why."""
    values = [f"{value / 10:.1f}" for value in finding.values]
    figures: dict[str, object] = {
        "name": finding.operator,
        "count": finding.count,
        "from_": clock(finding.start),
        "until": clock(finding.end),
        "first": values[0] if values else "",
        "second": values[-1] if values else "",
        "share": round(100 * finding.share),
        "expected": round(finding.expected),
        "apart": round(100 * finding.expected),
        "span": span_text(finding.end - finding.start, translate),
    }
    template = translate(_SENTENCES[finding.signal])
    return template.format(**figures)


_SENTENCES = {
    Signal.SAME_RUN: "{name}: {count} people in a row at {first} ℃, {from_} to {until}",
    Signal.SAME_SHARE: "{name}: {share} % of the readings are {first} or {second} ℃ "
    "({count} people)",
    Signal.AS_BEFORE: "{name}: {share} % of the readings are the same as the one before, but only "
    "{apart} % of those some places apart ({count} people)",
    Signal.PACE: "{name}: {count} people inspected by hand from {from_} to {until}, more than a "
    "hand can do",
    Signal.CODE_MISSING: "{name}: {count} people let through with a code not seen, {from_} to "
    "{until}",
    Signal.NO_RETEST: "{name}: {first} ℃ at {from_} and let go with no second reading",
    Signal.SILENCE: "{name}: nobody inspected for {span} from {from_} to {until}; about {expected} "
    "people usually come in that time",
    Signal.BATCH: "{name}: nobody for a long time from {from_}, then {count} people one upon the "
    "other until {until}; about {expected} usually come in that time",
}


def fitness_text(said: Fitness, translate: Translate) -> str:
    """36.4 ℃, test 11-22; or why there is no temperature."""
    tested = said.tested_on
    test = translate(", test {month}-{day}", month=tested.month, day=tested.day) if tested else ""
    if said.celsius is None:
        why = translate(SKIPS[said.skipped or Skip.OTHER])
        return translate("not measured ({why})", why=why) + test
    return f"{celsius_text(said.celsius)} ℃{test}"


def clock(moment: datetime) -> str:
    """14:03."""
    return f"{moment:%H:%M}"


def span_text(span: timedelta, translate: Translate) -> str:
    """2 h 30 min."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 60:
        return translate("{minutes} min", minutes=minutes)
    return translate("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
