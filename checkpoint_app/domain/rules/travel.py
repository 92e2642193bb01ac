"""Rules about where someone comes from: itinerary, risk areas, and the test that settles them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.inspection import City, CodeStatus, Outcome, Requirement
from checkpoint_app.domain.moments import elapsed, shown
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.region import contains
from checkpoint_app.domain.rules.facts import Facts, Finding, found, missing

# their bearers have no Chinese phone account; what they declare replaces the card
_DECLARING = frozenset({CodeStatus.NONE, CodeStatus.CERTIFICATE, CodeStatus.SITE_PASS})


def itinerary(facts: Facts) -> Iterator[Finding]:
    """The card must be shown; a declaration will do for those who cannot have one.

    A site pass asks for neither: journeys of people on the roster are reported beforehand.
    """
    if not facts.requires(Requirement.ITINERARY) or facts.code_status is CodeStatus.SITE_PASS:
        return
    given = facts.inspection.itinerary
    if given is None or not (given.shown or facts.code_status in _DECLARING):
        yield missing(Code.ITINERARY_MISSING, Requirement.ITINERARY)


def risk_area(facts: Facts) -> Iterator[Finding]:
    """Through a risk area within 14 days: by test, residence and the community's acceptance."""
    counting = [city.name for city in _cities(facts) if _counts(city, facts)]
    if not counting:
        return
    places, given = "、".join(counting), facts.inspection
    if has_valid_test(facts):
        yield found(Outcome.REGISTER, Code.RISK_AREA_TESTED, places)
    elif given.local is None:
        yield found(Outcome.INCOMPLETE, Code.RESIDENCE_UNKNOWN, places)
    elif not given.local:
        yield found(Outcome.TURN_BACK, Code.RISK_AREA_NOT_LOCAL, places)
    elif given.community_acceptance:
        yield found(Outcome.REGISTER, Code.RISK_AREA_ACCEPTED, places)
    else:
        yield found(Outcome.HOLD, Code.RISK_AREA_LOCAL_NOT_ACCEPTED, places)


def star(facts: Facts) -> Iterator[Finding]:
    """A star alone asks for street and date; not where another place settles it anyway."""
    if any(_counts(city, facts) for city in _cities(facts)):
        return
    for city in _cities(facts):
        if city.in_risk_area is None and (city.starred or _has_listed_part(city, facts)):
            yield found(Outcome.INCOMPLETE, Code.STAR_UNANSWERED, city.name)


def _cities(facts: Facts) -> tuple[City, ...]:
    given = facts.inspection.itinerary
    return () if given is None else given.cities


def _counts(city: City, facts: Facts) -> bool:
    """A listed division counts at once; otherwise the traveller's answer does."""
    code = city.division_code
    listed = code is not None and any(contains(area, code) for area in facts.hits.risk_areas)
    return listed or city.in_risk_area is True


def _has_listed_part(city: City, facts: Facts) -> bool:
    code = city.division_code
    return code is not None and any(contains(code, area) for area in facts.hits.risk_areas)


def has_valid_test(facts: Facts) -> bool:
    """A negative test within the window: exactly 48 h 00 min still counts, the future never.

    A page that states a window and no time of sampling counts if its window is no longer.
    """
    test, window = facts.inspection.test, facts.policy.test_valid_for
    if test is None or test.result is not NatResult.NEGATIVE:
        return False
    if test.sampled_at is not None:
        return timedelta(0) <= elapsed(test.sampled_at, facts.now) <= window
    return test.within_hours is not None and 0 < test.within_hours <= window / timedelta(hours=1)


def positive_test(facts: Facts) -> Iterator[Finding]:
    """A positive test, however old: the newest one known is what stands here."""
    test = facts.inspection.test
    if test is not None and test.result is NatResult.POSITIVE:
        yield found(Outcome.HAND_OVER, Code.POSITIVE_TEST, shown(test.sampled_at, facts.now))


def test_needed(facts: Facts) -> Iterator[Finding]:
    """Where the site asks for a test, only a valid negative one will do."""
    test = facts.inspection.test
    if not facts.requires(Requirement.TEST) or has_valid_test(facts):
        return
    if test is None or test.result is not NatResult.POSITIVE:
        sampled = "" if test is None else shown(test.sampled_at, facts.now)
        yield missing(Code.TEST_MISSING, Requirement.TEST, sampled)
