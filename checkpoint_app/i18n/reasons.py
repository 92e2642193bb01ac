"""Reasons, outcomes and states in words, for screen, paper and console.

Everything takes the `translate` function; nothing here knows a language.
"""

from __future__ import annotations

import errno
from string import Formatter

from checkpoint_app.domain.inspection import CodeStatus, Outcome, Requirement, Symptom, Unvaccinated
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.register import Wording
from checkpoint_app.domain.returnee import Certificate
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.sentences import FAULTS, SENTENCES, UNKNOWN_FAULT

OUTCOMES: dict[Outcome, str] = {
    Outcome.HAND_OVER: "Hand over",
    Outcome.HOLD: "Hold and report",
    Outcome.RETEST: "Measure again",
    Outcome.INCOMPLETE: "Still to check",
    Outcome.TURN_BACK: "Turn back",
    Outcome.REGISTER: "Register and pass",
    Outcome.PASS: "Pass",
}
AT_VENUES: dict[Outcome, str] = OUTCOMES | {Outcome.TURN_BACK: "Not admitted"}

ACTIONS: dict[Outcome, str] = {
    Outcome.HAND_OVER: "Keep apart, report at once, hand over",
    Outcome.HOLD: "To the waiting area; report at once",
    Outcome.RETEST: "Let them rest, then measure again",
    Outcome.INCOMPLETE: "Complete what is missing",
    Outcome.TURN_BACK: "Explain, turn back, write down the plate",
    Outcome.REGISTER: "Write down, then let through",
    Outcome.PASS: "Let through",
}
ACTIONS_AT_VENUES = ACTIONS | {Outcome.TURN_BACK: "Explain, do not admit, write down"}
# a hospital turns nobody away
ACTIONS_AT_HOSPITALS = ACTIONS_AT_VENUES | {
    Outcome.HAND_OVER: "By the separate way to the fever clinic; report at once",
    Outcome.HOLD: "To the fever clinic or the buffer ward; report at once",
}

SAYINGS: dict[Outcome, str] = {
    Outcome.HAND_OVER: "Please wait in the car, a colleague is coming.",
    Outcome.HOLD: "Please wait in the car for a moment, we have to check something.",
    Outcome.RETEST: "Please rest a little, we will measure once more.",
    Outcome.INCOMPLETE: "One moment please, something is still to be checked.",
    Outcome.TURN_BACK: "By the current rules you cannot pass, please turn round here.",
    Outcome.REGISTER: "We only have to write this down, then you can go.",
}
SAYINGS_AT_VENUES = SAYINGS | {
    Outcome.HAND_OVER: "Please wait here, a colleague is coming.",
    Outcome.HOLD: "Please wait here for a moment, we have to check something.",
    Outcome.TURN_BACK: "By the current rules we cannot let you in, thank you for understanding.",
}

STATUSES: dict[CodeStatus, str] = {
    CodeStatus.GREEN: "Green",
    CodeStatus.YELLOW: "Yellow",
    CodeStatus.RED: "Red",
    CodeStatus.GREY: "Grey",
    CodeStatus.EXPIRED: "Expired",
    CodeStatus.NOT_FOUND: "Not found",
    CodeStatus.FAILED: "Look-up failed",
    CodeStatus.TIMED_OUT: "Timed out",
    CodeStatus.NONE: "No phone",
    CodeStatus.CERTIFICATE: "Certificate",
    CodeStatus.SITE_PASS: "Site pass",
    CodeStatus.FORGED: "Forged?",
    CodeStatus.UNVERIFIED: "Unverified",
    CodeStatus.UNKNOWN: "Colour?",
}
REQUIREMENTS: dict[Requirement, str] = {
    Requirement.HEALTH_CODE: "Health code",
    Requirement.ITINERARY: "Itinerary",
    Requirement.TEST: "Test",
    Requirement.MASK: "Mask",
    Requirement.SYMPTOMS: "Symptoms, contact",
    Requirement.TEMPERATURE: "Temperature",
}
UNVACCINATED: dict[Unvaccinated, str] = {
    Unvaccinated.CONTRAINDICATED: "Contraindicated",
    Unvaccinated.TOO_YOUNG: "Too young",
    Unvaccinated.POSTPONED: "Postponed",
    Unvaccinated.REFUSED: "Refused",
    Unvaccinated.NOT_FOUND: "Not found in the records",
}
SYMPTOMS: dict[Symptom, str] = {
    Symptom.COUGH: "Dry cough",
    Symptom.FATIGUE: "Fatigue",
    Symptom.DIARRHOEA: "Diarrhoea",
    Symptom.SORE_THROAT: "Sore throat",
    Symptom.SHORT_BREATH: "Short of breath",
    Symptom.NO_TASTE_SMELL: "No taste or smell",
    Symptom.OTHER: "Other symptom",
}
LISTS: dict[str, str] = {
    ListKind.WATCH: "Watch list",
    ListKind.RISK: "Risk area list",
    ListKind.ROSTER: "Roster",
    ListKind.RETURNEE: "Returnee list",
}
CERTIFICATES: dict[Certificate, str] = {
    Certificate.RELEASE_OBSERVATION: "Release from central observation",
    Certificate.DOUBLE_SAMPLING: "Double sampling, double testing",
    Certificate.GOODS_NAT: "Test of the goods carried",
}


def reason_text(reason: Reason, translate: Translate) -> str:
    """The sentence for a reason, the richest that its detail has values for."""
    values = reason.detail.split("|") if reason.detail else []
    if reason.code is Code.SYMPTOMS:
        values = [_symptoms(each, translate) for each in values]
    if reason.code is Code.CERTIFICATE_MISSING:
        values = [certificate_word(each, translate) for each in values]
    if reason.code is Code.LIST_OLD:
        values = [translate(LISTS.get(each, each)) for each in values]
    sentence = SENTENCES[reason.code][0]
    for each in SENTENCES[reason.code]:
        sentence = each if len(placeholders(each)) <= len(values) else sentence
    return translate(sentence, **dict(zip(placeholders(sentence), values, strict=False)))


def _symptoms(listed: str, translate: Translate) -> str:
    known = {each.value: symptom_word(each, translate) for each in Symptom}
    return "、".join(known.get(each, each) for each in listed.split(","))


def certificate_word(certificate: str, translate: Translate) -> str:
    """One of the three papers of a returnee; another text as it is."""
    known = {each.value: message for each, message in CERTIFICATES.items()}
    return translate(known[certificate]) if certificate in known else certificate


def placeholders(sentence: str) -> list[str]:
    """Names of the values that a sentence takes, in their order."""
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


def outcome_word(outcome: Outcome, translate: Translate, *, venue: bool = False) -> str:
    """移交, 临时留观, 复测, 待核验, 劝返 (venues: 不予进入), 登记放行, 放行."""
    return translate((AT_VENUES if venue else OUTCOMES)[outcome])


def action_for(
    outcome: Outcome, translate: Translate, *, venue: bool = False, hospital: bool = False
) -> str:
    """What the officer does now, in one line."""
    at_venue = ACTIONS_AT_HOSPITALS if hospital else ACTIONS_AT_VENUES
    return translate((at_venue if venue or hospital else ACTIONS)[outcome])


def say_for(outcome: Outcome, translate: Translate, *, venue: bool = False) -> str | None:
    """One polite sentence to say to the traveller; nothing need be said to who just passes."""
    sentence = (SAYINGS_AT_VENUES if venue else SAYINGS).get(outcome)
    return None if sentence is None else translate(sentence)


def status_word(status: CodeStatus, translate: Translate) -> str:
    """The state of a health code, short enough for a lamp."""
    return translate(STATUSES[status])


def requirement_word(requirement: Requirement, translate: Translate) -> str:
    """The caption of a lamp."""
    return translate(REQUIREMENTS[requirement])


def symptom_word(symptom: Symptom, translate: Translate) -> str:
    """One symptom."""
    return translate(SYMPTOMS[symptom])


_OF_SYSTEM = {
    errno.ENOENT: "file_missing",
    errno.ENOTDIR: "file_missing",
    errno.EISDIR: "file_is_folder",
    errno.EACCES: "file_no_leave",
    errno.EPERM: "file_no_leave",
    errno.EROFS: "file_no_leave",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
}


def system_fault_text(fault: OSError, translate: Translate) -> str:
    """What the computer's own fault with a file means, and which file; else as it says itself."""
    code = _OF_SYSTEM.get(fault.errno or 0)
    said = fault_text(code, translate) if code else fault.strerror or str(fault)
    return f"{said}: {fault.filename}" if fault.filename else said


def fault_text(code: str, translate: Translate) -> str:
    """One sentence for a fault code of store, devices, files or numbers, or for a reason code."""
    if code in FAULTS:
        return translate(FAULTS[code])
    if code in Code.__members__.values():
        return translate(SENTENCES[Code(code)][0])
    return translate(UNKNOWN_FAULT, code=code)


def sheet_wording(translate: Translate, *, venue: bool = False) -> Wording:
    """The words that `register.build` fills its cells with."""
    return Wording(
        text=translate,
        outcomes=AT_VENUES if venue else OUTCOMES,
        statuses=STATUSES,
        symptoms=SYMPTOMS,
        unvaccinated=UNVACCINATED,
        reason=lambda reason: reason_text(reason, translate),
    )
