"""The screening rules, one small function each: what is special about this traveller.

A rule looks at the facts and gives findings: a reason, and the outcome that it calls for. No rule
knows of another; weighing them is the business of `policy.decide`.

A reason's detail may hold several values with a bar between them (`37.8|47`), in the order that
its sentence names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.domain import fever
from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    Inspection,
    Outcome,
    Requirement,
    TemperatureReading,
)
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.person import identified, plain_text
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.region import contains
from checkpoint_app.domain.site import SitePolicy


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules may look at."""

    inspection: Inspection
    policy: SitePolicy
    hits: ListHits
    now: datetime

    def requires(self, requirement: Requirement) -> bool:
        """Whether the site asks for it."""
        return requirement in self.policy.required

    @property
    def code_status(self) -> CodeStatus | None:
        """State of the health code, or None where none was shown."""
        code = self.inspection.health_code
        return None if code is None else code.status


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason and what it calls for. `missing` names what has not been given at all."""

    outcome: Outcome
    reason: Reason
    missing: Requirement | None = None


Rule = Callable[[Facts], Iterable[Finding]]


def _found(outcome: Outcome, code: Code, *values: object) -> Finding:
    return Finding(outcome, Reason(code, detail(*values)))


def _missing(code: Code, requirement: Requirement, *values: object) -> Finding:
    return Finding(Outcome.INCOMPLETE, Reason(code, detail(*values)), requirement)


def detail(*values: object) -> str | None:
    """Values for a sentence in one plain line; None where there are none."""
    texts = [plain_text(str(each)).replace("|", "/") for each in values]
    return "|".join(texts) if any(texts) else None


# ---- lists --------------------------------------------------------------------------------------


def listed_person(facts: Facts) -> Iterator[Finding]:
    """On a watch list or pushed list: held whatever the colour, whatever the test."""
    for hit in (facts.hits.watch, facts.hits.pushed):
        if hit is not None:
            yield _found(Outcome.HOLD, Code.ON_WATCH_LIST, hit)


def returnee(facts: Facts) -> Iterator[Finding]:
    """Returnees from abroad are always handed over, with what their papers lack."""
    if facts.hits.returnee is None:
        return
    yield _found(Outcome.HAND_OVER, Code.RETURNEE_FROM_ABROAD, facts.hits.returnee)
    for each in facts.hits.certificates_missing:
        yield _found(Outcome.HAND_OVER, Code.CERTIFICATE_MISSING, each)


def companion(facts: Facts) -> Iterator[Finding]:
    """Someone of the same party was handed over or held."""
    if facts.hits.companion is not None:
        yield _found(Outcome.HOLD, Code.COMPANION_STOPPED, facts.hits.companion)


def roster(facts: Facts) -> Iterator[Finding]:
    """Not on the roster, where only the roster is admitted; a valid pass proves that one is."""
    has_pass = facts.code_status is CodeStatus.SITE_PASS
    if facts.policy.roster_only and facts.hits.on_roster is False and not has_pass:
        yield _found(Outcome.TURN_BACK, Code.NOT_ON_ROSTER)
    if facts.hits.test_overdue is not None:
        yield _found(Outcome.REGISTER, Code.TEST_OVERDUE, facts.hits.test_overdue)


# ---- the health code ----------------------------------------------------------------------------

_OF_STATUS: dict[CodeStatus, tuple[Outcome, Code]] = {
    CodeStatus.RED: (Outcome.HAND_OVER, Code.RED_CODE),
    CodeStatus.YELLOW: (Outcome.HOLD, Code.YELLOW_CODE),
    CodeStatus.FORGED: (Outcome.HOLD, Code.FORGED_CODE),
    CodeStatus.GREY: (Outcome.INCOMPLETE, Code.GREY_CODE),
    CodeStatus.EXPIRED: (Outcome.INCOMPLETE, Code.CODE_EXPIRED),
    CodeStatus.NOT_FOUND: (Outcome.INCOMPLETE, Code.CODE_NOT_FOUND),
    CodeStatus.FAILED: (Outcome.INCOMPLETE, Code.CODE_FAILED),
    CodeStatus.TIMED_OUT: (Outcome.INCOMPLETE, Code.CODE_TIMED_OUT),
    CodeStatus.UNVERIFIED: (Outcome.INCOMPLETE, Code.CODE_UNVERIFIED),
    CodeStatus.UNKNOWN: (Outcome.INCOMPLETE, Code.CODE_COLOUR_UNKNOWN),
}
_OF_FINDING: dict[Code, Outcome] = {
    Code.CODE_OF_ANOTHER: Outcome.HOLD,
    Code.HOLDER_MISMATCH: Outcome.INCOMPLETE,
    Code.CLOCK_FROZEN: Outcome.INCOMPLETE,
    Code.CLOCK_OFF: Outcome.INCOMPLETE,
    Code.OFFLINE_MODE: Outcome.REGISTER,
    Code.LIST_OLD: Outcome.PASS,  # a note, never a stop
}
# true of everyone, or only the reader's business: a tag on the value and no reason
_UNSAID = frozenset({Code.SEEN_ONLY, Code.ISSUER_BY_PATTERN, Code.ALREADY_SHOWN})


def red_or_yellow_code(facts: Facts) -> Iterator[Finding]:
    """A red code hands over, a yellow one holds, on the way in and on the way out."""
    if facts.code_status in (CodeStatus.RED, CodeStatus.YELLOW):
        yield _found(*_OF_STATUS[facts.code_status])


def health_code(facts: Facts) -> Iterator[Finding]:
    """A code in a state of its own, never green and never red; or no code where one is asked for.

    A kind of code that this site does not accept is as good as none.
    """
    status = facts.code_status
    if status in (CodeStatus.RED, CodeStatus.YELLOW):
        return
    if status in _OF_STATUS:
        yield _found(*_OF_STATUS[status])
    elif status not in facts.policy.accepted_codes and facts.requires(Requirement.HEALTH_CODE):
        yield _missing(Code.HEALTH_CODE_MISSING, Requirement.HEALTH_CODE)


def code_findings(facts: Facts) -> Iterator[Finding]:
    """What reading the code brought up; what merely explains its state stands beside the state."""
    code = facts.inspection.health_code
    if code is None:
        return
    beside = _OF_STATUS.get(code.status)
    for reason in code.findings:
        if reason.code in _OF_FINDING:
            yield Finding(_OF_FINDING[reason.code], reason)
        elif beside is not None and reason.code not in _UNSAID:
            yield Finding(beside[0], reason)


def no_phone(facts: Facts) -> Iterator[Finding]:
    """Without a phone, name and document replace the code: let through, written down."""
    if facts.code_status is not CodeStatus.NONE:
        return
    if CodeStatus.NONE in facts.policy.accepted_codes:
        yield _found(Outcome.REGISTER, Code.NO_PHONE)
        if not identified(facts.inspection.person, facts.now.date()):
            yield _found(Outcome.INCOMPLETE, Code.IDENTITY_MISSING)


# ---- itinerary and risk areas -------------------------------------------------------------------

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
        yield _missing(Code.ITINERARY_MISSING, Requirement.ITINERARY)


def risk_area(facts: Facts) -> Iterator[Finding]:
    """Through a risk area within 14 days: by test, residence and the community's acceptance."""
    places = "、".join(city.name for city in _cities(facts) if _counts(city, facts))
    if not places:
        return
    given = facts.inspection
    if has_valid_test(facts):
        yield _found(Outcome.REGISTER, Code.RISK_AREA_TESTED, places)
    elif given.local is None:
        yield _found(Outcome.INCOMPLETE, Code.RESIDENCE_UNKNOWN, places)
    elif not given.local:
        yield _found(Outcome.TURN_BACK, Code.RISK_AREA_NOT_LOCAL, places)
    elif given.community_acceptance:
        yield _found(Outcome.REGISTER, Code.RISK_AREA_ACCEPTED, places)
    else:
        yield _found(Outcome.HOLD, Code.RISK_AREA_LOCAL_NOT_ACCEPTED, places)


def star(facts: Facts) -> Iterator[Finding]:
    """A star alone asks for street and date; not where another place settles it anyway."""
    if any(_counts(city, facts) for city in _cities(facts)):
        return
    for city in _cities(facts):
        if city.in_risk_area is None and (city.starred or _has_listed_part(city, facts)):
            yield _found(Outcome.INCOMPLETE, Code.STAR_UNANSWERED, city.name)


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


# ---- test and vaccination -----------------------------------------------------------------------


def has_valid_test(facts: Facts) -> bool:
    """A negative test within the window: exactly 48 h 00 min still counts, the future never.

    A page that states a window and no time of sampling counts if its window is no longer.
    """
    test, window = facts.inspection.test, facts.policy.test_valid_for
    if test is None or test.result is not NatResult.NEGATIVE:
        return False
    if test.sampled_at is not None:
        return timedelta(0) <= fever.elapsed(test.sampled_at, facts.now) <= window
    return test.within_hours is not None and 0 < test.within_hours <= window / timedelta(hours=1)


def positive_test(facts: Facts) -> Iterator[Finding]:
    """A positive test, however old: the newest one known is what stands here."""
    test = facts.inspection.test
    if test is not None and test.result is NatResult.POSITIVE:
        yield _found(Outcome.HAND_OVER, Code.POSITIVE_TEST, _date_text(test.sampled_at))


def test_needed(facts: Facts) -> Iterator[Finding]:
    """Where the site asks for a test, only a valid negative one will do."""
    test = facts.inspection.test
    if not facts.requires(Requirement.TEST) or has_valid_test(facts):
        return
    if test is None or test.result is not NatResult.POSITIVE:
        sampled = "" if test is None else _date_text(test.sampled_at)
        yield _missing(Code.TEST_MISSING, Requirement.TEST, sampled)


def unvaccinated(facts: Facts) -> Iterator[Finding]:
    """Listed where the site keeps the list; never a reason to refuse entry."""
    given = facts.inspection.vaccination
    if facts.policy.list_unvaccinated and given is not None and given.doses == 0:
        yield _found(Outcome.REGISTER, Code.UNVACCINATED)


def _date_text(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%m-%d %H:%M}"


# ---- what the officer sees ----------------------------------------------------------------------


def mask(facts: Facts) -> Iterator[Finding]:
    """Nobody goes on without a mask, or before someone has looked."""
    if not facts.requires(Requirement.MASK):
        return
    if facts.inspection.mask is None:
        yield _missing(Code.MASK_MISSING, Requirement.MASK)
    elif not facts.inspection.mask:
        yield _found(Outcome.INCOMPLETE, Code.NO_MASK)


def symptoms(facts: Facts) -> Iterator[Finding]:
    """Symptoms or contact with a case hold; not asked holds the verdict where asking is due."""
    given = facts.inspection
    if given.symptoms:
        named = ",".join(dict.fromkeys(given.symptoms))
        yield _found(Outcome.HOLD, Code.SYMPTOMS, named)
    if given.contact:
        yield _found(Outcome.HOLD, Code.CONTACT_DECLARED)
    if given.symptoms is None and facts.requires(Requirement.SYMPTOMS):
        yield _missing(Code.SYMPTOMS_MISSING, Requirement.SYMPTOMS)


def temperature(facts: Facts) -> Iterator[Finding]:
    """Fever and readings that cannot be true; see `fever` for how readings are counted."""
    readings = facts.inspection.temperatures
    if not readings:
        if facts.requires(Requirement.TEMPERATURE):
            yield _missing(Code.TEMPERATURE_MISSING, Requirement.TEMPERATURE)
        return
    found = fever.read(readings, facts.policy)
    if found.fever is fever.Fever.CONFIRMED:
        high = (each for each in readings if fever.is_fever(each, facts.policy))
        values = " → ".join(fever.celsius_text(each.celsius) for each in high)
        yield _found(Outcome.HAND_OVER, Code.FEVER_CONFIRMED, values)
        return
    due = fever.retest_due(facts.inspection, facts.policy)
    if found.first is not None and due is not None:
        yield _open_fever(found.first, due, facts.now)
    elif found.fever is fever.Fever.RULED_OUT:
        values = " → ".join(fever.celsius_text(each.celsius) for each in readings)
        yield _found(Outcome.REGISTER, Code.FEVER_RULED_OUT, values)
    if found.last_out_of_range:
        last = fever.celsius_text(readings[-1].celsius)
        # a second one asks for ear or armpit: the skin may be cold
        often = () if found.out_of_range < 2 else (found.out_of_range,)
        yield _found(Outcome.RETEST, Code.TEMPERATURE_OUT_OF_RANGE, last, *often)


def _open_fever(first: TemperatureReading, due: datetime, now: datetime) -> Finding:
    """Says from when a retest counts, or how long one has been due."""
    celsius = fever.celsius_text(first.celsius)
    if fever.elapsed(due, now) < timedelta(0):
        clocks = (f"{first.taken_at:%H:%M}", f"{due:%H:%M}")
        return _found(Outcome.RETEST, Code.FEVER_UNCONFIRMED, celsius, *clocks)
    minutes = fever.elapsed(first.taken_at, now) // timedelta(minutes=1)
    return _found(Outcome.RETEST, Code.FEVER_UNCONFIRMED, celsius, minutes)


# Within one outcome, reasons are told in this order.
ON_THE_WAY_IN: tuple[Rule, ...] = (
    returnee,
    positive_test,
    red_or_yellow_code,
    temperature,
    listed_person,
    companion,
    health_code,
    code_findings,
    symptoms,
    risk_area,
    star,
    itinerary,
    test_needed,
    mask,
    roster,
    no_phone,
    unvaccinated,
)

# Leaving is counted only; a red, yellow or listed person still stops.
ON_THE_WAY_OUT: tuple[Rule, ...] = (returnee, red_or_yellow_code, listed_person)
