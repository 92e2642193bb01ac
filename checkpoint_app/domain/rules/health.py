"""Rules about what an officer measures, sees and asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from checkpoint_app.domain import fever
from checkpoint_app.domain.inspection import Outcome, Requirement, TemperatureReading
from checkpoint_app.domain.moments import elapsed, local
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.rules.facts import Facts, Finding, found, missing


def mask(facts: Facts) -> Iterator[Finding]:
    """Nobody goes on without a mask, or before someone has looked."""
    if not facts.requires(Requirement.MASK):
        return
    if facts.inspection.mask is None:
        yield missing(Code.MASK_MISSING, Requirement.MASK)
    elif not facts.inspection.mask:
        yield found(Outcome.INCOMPLETE, Code.NO_MASK)


def symptoms(facts: Facts) -> Iterator[Finding]:
    """Symptoms or contact with a case hold; not asked holds the verdict where asking is due."""
    given = facts.inspection
    if given.symptoms:
        named = ",".join(dict.fromkeys(given.symptoms))
        yield facts.settled(Code.SYMPTOMS, named)
    if given.contact:
        yield facts.settled(Code.CONTACT_DECLARED)
    if given.symptoms is None and facts.requires(Requirement.SYMPTOMS):
        yield missing(Code.SYMPTOMS_MISSING, Requirement.SYMPTOMS)


def temperature(facts: Facts) -> Iterator[Finding]:
    """Fever and readings that cannot be true; see `fever` for how readings are counted."""
    readings = facts.inspection.temperatures
    if not readings:
        if facts.requires(Requirement.TEMPERATURE):
            yield missing(Code.TEMPERATURE_MISSING, Requirement.TEMPERATURE)
        return
    judged = fever.read(readings, facts.policy)
    if judged.fever is fever.Fever.CONFIRMED:
        high = (each for each in readings if fever.is_fever(each, facts.policy))
        values = " → ".join(fever.celsius_text(each.celsius) for each in high)
        yield found(Outcome.HAND_OVER, Code.FEVER_CONFIRMED, values)
        return
    due = fever.retest_due(facts.inspection, facts.policy)
    if judged.first is not None and due is not None:
        yield _open_fever(judged.first, due, facts.now)
    elif judged.fever is fever.Fever.RULED_OUT:
        values = " → ".join(fever.celsius_text(each.celsius) for each in readings)
        yield found(Outcome.REGISTER, Code.FEVER_RULED_OUT, values)
    if judged.last_out_of_range:
        last = fever.celsius_text(readings[-1].celsius)
        # a second one asks for ear or armpit: the skin may be cold
        often = () if judged.out_of_range < 2 else (judged.out_of_range,)
        yield found(Outcome.RETEST, Code.TEMPERATURE_OUT_OF_RANGE, last, *often)


def _open_fever(first: TemperatureReading, due: datetime, now: datetime) -> Finding:
    """Says from when a retest counts, or how long one has been due."""
    celsius = fever.celsius_text(first.celsius)
    if elapsed(due, now) < timedelta(0):
        clocks = (f"{local(each, now):%H:%M}" for each in (first.taken_at, due))
        return found(Outcome.RETEST, Code.FEVER_UNCONFIRMED, celsius, *clocks)
    minutes = elapsed(first.taken_at, now) // timedelta(minutes=1)
    return found(Outcome.RETEST, Code.FEVER_UNCONFIRMED, celsius, minutes)


def unvaccinated(facts: Facts) -> Iterator[Finding]:
    """Listed where the site keeps the list; never a reason to refuse entry."""
    given, why = facts.inspection.vaccination, facts.inspection.unvaccinated
    none = why is not None if given is None else given.doses == 0
    if facts.policy.list_unvaccinated and none:
        yield found(Outcome.REGISTER, Code.UNVACCINATED)
