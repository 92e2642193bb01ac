"""Rules about people on lists: watched, pushed, returning, travelling along, on the roster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.inspection import CodeStatus, Outcome
from checkpoint_app.domain.moments import elapsed
from checkpoint_app.domain.person import narrow
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.rules.facts import Facts, Finding, found

_WINDOW = re.compile(r"(\d{1,2}):(\d{2})[-–—~至](\d{1,2}):(\d{2})")


def listed_person(facts: Facts) -> Iterator[Finding]:
    """On a watch list or pushed list: held whatever the colour, whatever the test."""
    if facts.hits.watch is not None:
        yield facts.settled(Code.ON_WATCH_LIST, facts.hits.watch)
    elif facts.hits.county:
        yield found(Outcome.HOLD, Code.MAY_BE_LISTED)


def noticed(facts: Facts) -> Iterator[Finding]:
    """Another checkpoint tells of this person or this car: it ran a gate, or is called back."""
    for each in facts.hits.noticed[:1]:
        yield found(Outcome.HOLD, Code.NOTICED_ELSEWHERE, each.station, f"{each.at:%m-%d %H:%M}")


def returnee(facts: Facts) -> Iterator[Finding]:
    """Returnees from abroad are always handed over, with what their papers lack.

    Announced on a list or declared at the gate; what was seen at the gate is worth more.
    """
    declared = facts.inspection.abroad
    if facts.hits.returnee is None and declared is None:
        return
    entry = facts.hits.returnee or (declared.arrived if declared is not None else None) or ""
    yield found(Outcome.HAND_OVER, Code.RETURNEE_FROM_ABROAD, entry)
    lacking = facts.hits.certificates_missing if declared is None else declared.missing
    for each in lacking:
        yield found(Outcome.HAND_OVER, Code.CERTIFICATE_MISSING, each)


def listed_returnee(facts: Facts) -> Iterator[Finding]:
    """On the way out only who stands on a list is stopped."""
    if facts.hits.returnee is not None:
        yield from returnee(facts)


def companion(facts: Facts) -> Iterator[Finding]:
    """Someone of the same party was handed over or held."""
    if facts.hits.companion is not None:
        yield found(Outcome.HOLD, Code.COMPANION_STOPPED, facts.hits.companion)


def household(facts: Facts) -> Iterator[Finding]:
    """Somebody of the same household (同住人) is on a watch list or under a measure."""
    if facts.hits.household is not None:
        yield facts.settled(Code.HOUSEHOLD_STOPPED, facts.hits.household)


# A guardian who waits keeps the child waiting; one who is taken away leaves it to be looked after.
_WITH_GUARDIAN = {
    Outcome.HAND_OVER: Outcome.HOLD,
    Outcome.HOLD: Outcome.HOLD,
    Outcome.RETEST: Outcome.INCOMPLETE,
}


def guardian(facts: Facts) -> Iterator[Finding]:
    """A child follows its guardian: it is nowhere without them."""
    outcome = facts.hits.guardian
    if outcome is not None and outcome is not Outcome.PASS and facts.is_child:
        yield found(_WITH_GUARDIAN.get(outcome, outcome), Code.FOLLOWS_GUARDIAN)


def roster(facts: Facts) -> Iterator[Finding]:
    """Not on the roster, where only the roster is admitted; a valid pass proves that one is.

    Goods are not turned back: the consignee is named and comes for them.
    """
    has_pass = facts.code_status is CodeStatus.SITE_PASS
    stranger = facts.hits.on_roster is False and not has_pass
    if not (facts.policy.roster_only and stranger):
        return
    if facts.is_freight:
        named = bool(facts.inspection.journey.receiver)
        yield _consignee(facts, Outcome.REGISTER if named else Outcome.INCOMPLETE)
    else:
        yield found(Outcome.TURN_BACK, Code.NOT_ON_ROSTER)


def absence(facts: Facts) -> Iterator[Finding]:
    """Back from elsewhere (外出返回): where they were is asked, and after an illness the document
    is seen, before they are among the others again."""
    notice = facts.hits.absence
    if notice is None:
        return
    if notice.clearance_missing:
        yield found(Outcome.INCOMPLETE, Code.CLEARANCE_MISSING)
    if not notice.returned:
        places = "、".join(notice.places)
        yield found(Outcome.INCOMPLETE, Code.ABSENCE_OPEN, f"{notice.since:%m-%d}", places)


def time_window(facts: Facts) -> Iterator[Finding]:
    """Early or late for their own time (分批错峰): a note, by policy registered; never a stop."""
    member = facts.hits.member
    window = read_window(member.window) if member is not None else None
    if member is None or window is None:
        return
    if not window[0] <= facts.now.time() <= window[1]:
        yield facts.settled(Code.OUTSIDE_WINDOW, member.window)


def read_window(text: str | None) -> tuple[time, time] | None:
    """07:10-07:40 as two times; None for anything that is no such window within one day."""
    read = _WINDOW.fullmatch(narrow(text or "").replace(" ", ""))
    if read is None:
        return None
    try:
        first, last = time(int(read[1]), int(read[2])), time(int(read[3]), int(read[4]), 59)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _consignee(facts: Facts, outcome: Outcome) -> Finding:
    return found(outcome, Code.POINT_TO_POINT, facts.inspection.journey.receiver or "")


def cadence(facts: Facts) -> Iterator[Finding]:
    """The test that the roster role asks for at intervals is overdue (三天一测, 一周一测).

    The interval is the roster's own for this person, else the policy's for the role. A test shown
    at the gate is as good as one that the roster knows of.
    """
    member, overdue = facts.hits.member, facts.hits.test_overdue
    hours = None if member is None else member.test_every_h
    by_role = None if member is None else dict(facts.policy.test_every).get(member.role or "")
    every = timedelta(hours=hours) if hours is not None else by_role
    if every is None and overdue is not None:
        yield facts.settled(Code.TEST_OVERDUE, overdue)
    elif every is not None and not any(_recent(each, every, facts) for each in _tests(facts)):
        yield facts.settled(Code.TEST_OVERDUE, f"{every / timedelta(hours=1):g} h")


def _tests(facts: Facts) -> Iterator[datetime]:
    test, member = facts.inspection.test, facts.hits.member
    if test is not None and test.result is NatResult.NEGATIVE and test.sampled_at is not None:
        yield test.sampled_at
    if member is not None and member.tested_at is not None:
        yield member.tested_at


def _recent(sampled_at: datetime, every: timedelta, facts: Facts) -> bool:
    return timedelta(0) <= elapsed(sampled_at, facts.now) <= every


def old_lists(facts: Facts) -> Iterator[Finding]:
    """Lists older than they may be are a note on the record, never a stop."""
    for each in facts.hits.old:
        yield found(Outcome.PASS, Code.LIST_OLD, *each.split(" ", 1))
