"""The screening rules weighed: facts in, verdict out. Pure.

`decide` is the only place where an outcome is concluded. Every rule that applies adds its reason;
the outcome is the strongest of them in the order of `Outcome`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from checkpoint_app.domain.credential import NatResult, NucleicAcidTest
from checkpoint_app.domain.fever import retest_due
from checkpoint_app.domain.inspection import (
    STRENGTH,
    CodeStatus,
    Direction,
    HealthCode,
    Inspection,
    Itinerary,
    ListVersions,
    Outcome,
    Requirement,
    TemperatureReading,
    Verdict,
)
from checkpoint_app.domain.lists import NO_HITS, ListHits
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.rules import ON_THE_WAY_IN, ON_THE_WAY_OUT, Facts, Finding
from checkpoint_app.domain.site import SiteKind, SitePolicy

__all__ = ["ListHits", "SiteKind", "SitePolicy", "decide", "retest_due"]

_NORMAL_C = 36.5


def decide(
    inspection: Inspection,
    policy: SitePolicy,
    *,
    now: datetime,
    versions: ListVersions | None = None,
    hits: ListHits = NO_HITS,
) -> Verdict:
    """Judge one inspection by the policy; `now` is aware. Never raises on odd facts.

    `missing` names what has not been given at all; what was given and is not good enough (a grey
    code, an unanswered star) is a reason alone, for more of the same would not help.
    """
    versions = versions or ListVersions(policy.version)
    facts = Facts(inspection, policy, hits, now)
    findings = _findings(facts)
    if inspection.emergency:
        return _emergency(findings, versions)
    outcome = _strongest(findings)
    absent = {each.missing for each in findings}
    missing = tuple(each for each in Requirement if each in absent)
    given = replace(facts, inspection=_given_normal(facts, missing))
    would_be = _strongest(_findings(given)) if missing else outcome
    return Verdict(outcome, _reasons(findings), missing, would_be, versions)


def _findings(facts: Facts) -> list[Finding]:
    """Every rule's findings, strongest first; within one outcome in the order of the rules."""
    leaving = facts.inspection.direction is Direction.OUT
    rules = ON_THE_WAY_OUT if leaving else ON_THE_WAY_IN
    found = [_settled(each, facts.policy) for rule in rules for each in rule(facts)]
    return sorted(found, key=lambda each: STRENGTH.index(each.outcome))


def _settled(finding: Finding, policy: SitePolicy) -> Finding:
    """Where nobody is turned back (a hospital), whoever would be goes to the buffer instead."""
    if finding.outcome is Outcome.TURN_BACK and not policy.turns_back:
        return replace(finding, outcome=Outcome.HOLD)
    return finding


def _strongest(findings: list[Finding]) -> Outcome:
    return findings[0].outcome if findings else Outcome.PASS


def _reasons(findings: Iterable[Finding]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(each.reason for each in findings))


def _emergency(findings: list[Finding], versions: ListVersions) -> Verdict:
    """Ambulances, births, fires: through at once, completed later (先行后补).

    Nothing is missing and nothing stops, not even a red code in the ambulance; but what would hand
    over or hold stays on the record, for whoever receives them.
    """
    grave = [each for each in findings if each.outcome in (Outcome.HAND_OVER, Outcome.HOLD)]
    reasons = (Reason(Code.EMERGENCY), *_reasons(grave))
    return Verdict(Outcome.REGISTER, reasons, (), Outcome.REGISTER, versions)


def _given_normal(facts: Facts, missing: tuple[Requirement, ...]) -> Inspection:
    """The same person, had everything missing been given and been normal."""
    given = facts.inspection
    if Requirement.HEALTH_CODE in missing:
        given = replace(given, health_code=HealthCode(_normal_status(facts.policy)))
    if Requirement.ITINERARY in missing:
        seen = given.itinerary or Itinerary(shown=True)
        given = replace(given, itinerary=replace(seen, shown=True))
    if Requirement.TEST in missing:
        given = replace(given, test=NucleicAcidTest(NatResult.NEGATIVE, facts.now))
    if Requirement.MASK in missing:
        given = replace(given, mask=True)
    if Requirement.SYMPTOMS in missing:
        given = replace(given, symptoms=())
    if Requirement.TEMPERATURE in missing:
        given = replace(given, temperatures=(TemperatureReading(_NORMAL_C, facts.now),))
    return given


def _normal_status(policy: SitePolicy) -> CodeStatus:
    """What a normal code is here: green, or what the site accepts instead."""
    order = (CodeStatus.GREEN, CodeStatus.SITE_PASS, CodeStatus.CERTIFICATE)
    return next((each for each in order if each in policy.accepted_codes), CodeStatus.GREEN)
