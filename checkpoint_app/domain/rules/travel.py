"""Rules about where someone comes from: itinerary, risk areas, and the test that settles them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.inspection import CodeStatus, Inspection, Outcome, Requirement
from checkpoint_app.domain.moments import elapsed, shown
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.region import PROVINCES, divisions
from checkpoint_app.domain.rules.facts import Facts, Finding, found, missing

# their bearers have no Chinese phone account; what they declare replaces the card
_DECLARING = frozenset({CodeStatus.NONE, CodeStatus.CERTIFICATE, CodeStatus.SITE_PASS})


def itinerary(facts: Facts) -> Iterator[Finding]:
    """The card must be shown; a declaration will do for those who cannot have one.

    A site pass asks for neither: journeys of people on the roster are reported beforehand. A child
    travelled with its guardian.
    """
    if not facts.requires(Requirement.ITINERARY) or facts.code_status is CodeStatus.SITE_PASS:
        return
    if facts.follows_guardian:
        return
    given = facts.inspection.itinerary
    if given is None or not (given.shown or facts.code_status in _DECLARING):
        yield missing(Code.ITINERARY_MISSING, Requirement.ITINERARY)


def risk_area(facts: Facts) -> Iterator[Finding]:
    """Through a risk area within 14 days: by test, residence and the community's acceptance."""
    counting = [each.name for each in _places(facts) if _counts(each, facts)]
    if not counting:
        return
    places, given = "、".join(dict.fromkeys(counting)), facts.inspection
    if has_valid_test(facts):
        yield facts.settled(Code.RISK_AREA_TESTED, places)
        if facts.is_freight:
            yield found(Outcome.REGISTER, Code.POINT_TO_POINT, given.journey.receiver or "")
    elif facts.local and given.community_acceptance:
        yield facts.settled(Code.RISK_AREA_ACCEPTED, places)
    elif facts.local:
        yield facts.settled(Code.RISK_AREA_LOCAL_NOT_ACCEPTED, places)
    elif facts.is_freight:  # never turned back: tested on the spot
        yield found(Outcome.INCOMPLETE, Code.FREIGHT_TEST_DUE, places)
    elif facts.local is None:
        yield found(Outcome.INCOMPLETE, Code.RESIDENCE_UNKNOWN, places)
    else:
        yield facts.settled(Code.RISK_AREA_NOT_LOCAL, places)


def star(facts: Facts) -> Iterator[Finding]:
    """A star alone asks for street and date; a place that counts already asks nothing more."""
    for each in _places(facts):
        if each.answer is not None or _counts(each, facts):
            continue
        if each.starred or _has_listed_part(each, facts):
            yield found(Outcome.INCOMPLETE, Code.STAR_UNANSWERED, each.name)


def plate_region(facts: Facts) -> Iterator[Finding]:
    """A plate of another province that has risk areas: a note, for a plate is no itinerary."""
    plate = facts.inspection.journey.plate or ""
    region = next((code for code, sign in PROVINCES.items() if plate.startswith(sign)), None)
    home = facts.policy.county_code[:2]
    if region is not None and region != home and _touches(f"{region}0000", facts):
        yield facts.settled(Code.PLATE_REGION, PROVINCES[region])


@dataclass(frozen=True, slots=True)
class _Place:
    """Somewhere that the traveller was, or comes from. `answer`: was it in the risk area?

    `is_home`: it is the site's own county, so that a listed street of it tells nothing of anyone.
    """

    name: str
    code: str | None
    starred: bool = False
    answer: bool | None = None
    is_home: bool = False


def _places(facts: Facts) -> tuple[_Place, ...]:
    given = facts.inspection
    cities = () if given.itinerary is None else given.itinerary.cities
    passed = [
        _Place(each.name, each.division_code, each.starred, each.in_risk_area) for each in cities
    ]
    answers = {each.code: each.answer for each in passed if each.code is not None}
    passed += [
        replace(each, name=each.name or each.code or "", answer=answers.get(each.code))
        for each in (_origin(given), _residence(facts))
        if each.code is not None
    ]
    return tuple(passed)


def _origin(given: Inspection) -> _Place:
    return _Place(given.journey.origin or "", given.journey.origin_code)


def _residence(facts: Facts) -> _Place:
    person, county = facts.inspection.person, facts.policy.county_code
    code = person.residence_code
    return _Place(person.residence or "", code, is_home=code is not None and code == county)


def _counts(place: _Place, facts: Facts) -> bool:
    """What lies in a listed division counts at once; otherwise the traveller's answer does.

    A place that holds a listed one counts too, until the traveller has said where in it they were
    (or, by policy, only when they have said so).
    """
    listed = place.code is not None and divisions(facts.hits.risk_areas).contain(place.code)
    if listed or place.answer is not None:
        return listed or place.answer is True
    return facts.policy.whole_place_counts and _has_listed_part(place, facts)


def _has_listed_part(place: _Place, facts: Facts) -> bool:
    code = place.code
    if code is None or place.is_home:
        return False
    return divisions(facts.hits.risk_areas).lie_in(code)


def _touches(code: str, facts: Facts) -> bool:
    return divisions(facts.hits.risk_areas).touch(code)


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
