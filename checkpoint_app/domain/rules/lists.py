"""Rules about people on lists: watched, pushed, returning, travelling along, on the roster."""

from __future__ import annotations

from collections.abc import Iterator

from checkpoint_app.domain.inspection import CodeStatus, Outcome
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.rules.facts import Facts, Finding, found


def listed_person(facts: Facts) -> Iterator[Finding]:
    """On a watch list or pushed list: held whatever the colour, whatever the test."""
    for hit in (facts.hits.watch, facts.hits.pushed):
        if hit is not None:
            yield found(Outcome.HOLD, Code.ON_WATCH_LIST, hit)


def returnee(facts: Facts) -> Iterator[Finding]:
    """Returnees from abroad are always handed over, with what their papers lack."""
    if facts.hits.returnee is None:
        return
    yield found(Outcome.HAND_OVER, Code.RETURNEE_FROM_ABROAD, facts.hits.returnee)
    for each in facts.hits.certificates_missing:
        yield found(Outcome.HAND_OVER, Code.CERTIFICATE_MISSING, each)


def companion(facts: Facts) -> Iterator[Finding]:
    """Someone of the same party was handed over or held."""
    if facts.hits.companion is not None:
        yield found(Outcome.HOLD, Code.COMPANION_STOPPED, facts.hits.companion)


def roster(facts: Facts) -> Iterator[Finding]:
    """Not on the roster, where only the roster is admitted; a valid pass proves that one is."""
    has_pass = facts.code_status is CodeStatus.SITE_PASS
    if facts.policy.roster_only and facts.hits.on_roster is False and not has_pass:
        yield found(Outcome.TURN_BACK, Code.NOT_ON_ROSTER)
    if facts.hits.test_overdue is not None:
        yield found(Outcome.REGISTER, Code.TEST_OVERDUE, facts.hits.test_overdue)
