"""Rules about the health code: its state, what reading it brought up, and having none."""

from __future__ import annotations

from collections.abc import Iterator

from checkpoint_app.domain.inspection import CodeStatus, Outcome, Replacement, Requirement
from checkpoint_app.domain.person import identified, tidy_name
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.rules.facts import Facts, Finding, found, missing

_OF_STATUS: dict[CodeStatus, tuple[Outcome, Code]] = {
    CodeStatus.RED: (Outcome.HAND_OVER, Code.RED_CODE),
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
    Code.COLOUR_WORD_DIFFERS: Outcome.INCOMPLETE,
    Code.PHONES_DIFFER: Outcome.INCOMPLETE,
    Code.NAME_DIFFERS: Outcome.INCOMPLETE,
    Code.OFFLINE_MODE: Outcome.REGISTER,
    Code.LIST_OLD: Outcome.PASS,  # a note, never a stop
}
# true of everyone, or only the reader's business: a tag on the value and no reason
_UNSAID = frozenset({Code.SEEN_ONLY, Code.ISSUER_BY_PATTERN, Code.ALREADY_SHOWN})
_NO_ANSWER = frozenset({CodeStatus.FAILED, CodeStatus.TIMED_OUT})
# they speak for somebody who has no document at hand
_SPEAKING = frozenset({Replacement.PROXY_CODE, Replacement.PAPER_PROOF})


def red_or_yellow_code(facts: Facts) -> Iterator[Finding]:
    """A red code hands over, a yellow one holds, on the way in and on the way out."""
    if facts.code_status is CodeStatus.RED:
        yield found(Outcome.HAND_OVER, Code.RED_CODE)
    elif facts.code_status is CodeStatus.YELLOW:
        yield facts.settled(Code.YELLOW_CODE)


def health_code(facts: Facts) -> Iterator[Finding]:
    """A code in a state of its own, never green and never red; or no code where one is asked for.

    A kind of code that this site does not accept is as good as none. A child follows its guardian.
    """
    status = facts.code_status
    if status in (CodeStatus.RED, CodeStatus.YELLOW) or facts.follows_guardian:
        return
    if status in _NO_ANSWER and _declared_offline(facts):
        return
    if status in _OF_STATUS:
        yield found(*_OF_STATUS[status])
    elif status not in facts.policy.accepted_codes and facts.requires(Requirement.HEALTH_CODE):
        yield missing(Code.HEALTH_CODE_MISSING, Requirement.HEALTH_CODE)


def code_findings(facts: Facts) -> Iterator[Finding]:
    """What reading the code brought up; what merely explains its state stands beside the state."""
    code = facts.inspection.health_code
    if code is None:
        return
    beside = _outcome_of_state(facts, code.status)
    for reason in code.findings:
        if reason.code in _OF_FINDING:
            yield Finding(_OF_FINDING[reason.code], reason)
        elif beside is not None and reason.code not in _UNSAID:
            yield Finding(beside, reason)


def _outcome_of_state(facts: Facts, status: CodeStatus) -> Outcome | None:
    """What the state of a code comes to by itself; None for one that is good."""
    if status is CodeStatus.YELLOW:
        return facts.policy.outcome_of(Code.YELLOW_CODE)
    return _OF_STATUS[status][0] if status in _OF_STATUS else None


def no_phone(facts: Facts) -> Iterator[Finding]:
    """Without a phone, name and document replace the code: let through, written down.

    A companion's proxy code, a paper proof or somebody who vouches by name replace the document;
    for a child its guardian does.
    """
    if facts.code_status is CodeStatus.NONE and CodeStatus.NONE in facts.policy.accepted_codes:
        yield found(Outcome.REGISTER, Code.NO_PHONE)
        if not (facts.follows_guardian or _spoken_for(facts)):
            yield from _identity(facts)


def _spoken_for(facts: Facts) -> bool:
    given = facts.inspection
    if given.replacement is Replacement.VOUCHER:
        return tidy_name(given.vouched_by) is not None
    return given.replacement in _SPEAKING


def offline_mode(facts: Facts) -> Iterator[Finding]:
    """A code that could not be looked up while the line was declared down, by name and document.

    The officer in charge declares it (断网模式); a green that was seen counts as far as `register`.
    """
    code = facts.inspection.health_code
    if code is not None and any(each.code is Code.OFFLINE_MODE for each in code.findings):
        yield from _identity(facts)


def _declared_offline(facts: Facts) -> bool:
    code = facts.inspection.health_code
    if code is None or code.seen is not CodeStatus.GREEN:
        return False
    return any(each.code is Code.OFFLINE_MODE for each in code.findings)


def _identity(facts: Facts) -> Iterator[Finding]:
    if not identified(facts.inspection.person, facts.now.date()):
        yield found(Outcome.INCOMPLETE, Code.IDENTITY_MISSING)
