"""Stable reason codes. They are stored, sent and printed as codes and are never translated;
the sentences for them live in `checkpoint_app.i18n.reasons`.

A reason is what is special about this traveller; what is true of everyone (a colour only seen)
is a tag on the value and no reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Every reason that the program can give. Values are for ever: never rename, only add."""

    # hand_over
    RED_CODE = "red_code"
    POSITIVE_TEST = "positive_test"
    FEVER_CONFIRMED = "fever_confirmed"
    RETURNEE_FROM_ABROAD = "returnee_from_abroad"
    CERTIFICATE_MISSING = "certificate_missing"
    # hold
    ON_WATCH_LIST = "on_watch_list"
    MAY_BE_LISTED = "may_be_listed"
    NOTICED_ELSEWHERE = "noticed_elsewhere"
    YELLOW_CODE = "yellow_code"
    SYMPTOMS = "symptoms"
    CONTACT_DECLARED = "contact_declared"
    FORGED_CODE = "forged_code"
    CODE_OF_ANOTHER = "code_of_another"
    COMPANION_STOPPED = "companion_stopped"
    RISK_AREA_LOCAL_NOT_ACCEPTED = "risk_area_local_not_accepted"
    # retest
    FEVER_UNCONFIRMED = "fever_unconfirmed"
    TEMPERATURE_OUT_OF_RANGE = "temperature_out_of_range"
    # incomplete
    HEALTH_CODE_MISSING = "health_code_missing"
    ITINERARY_MISSING = "itinerary_missing"
    TEST_MISSING = "test_missing"
    MASK_MISSING = "mask_missing"
    SYMPTOMS_MISSING = "symptoms_missing"
    TEMPERATURE_MISSING = "temperature_missing"
    NO_MASK = "no_mask"
    GREY_CODE = "grey_code"
    CODE_COLOUR_UNKNOWN = "code_colour_unknown"
    CODE_EXPIRED = "code_expired"
    CODE_NOT_FOUND = "code_not_found"
    CODE_FAILED = "code_failed"
    CODE_TIMED_OUT = "code_timed_out"
    CODE_UNVERIFIED = "code_unverified"
    CLOCK_FROZEN = "clock_frozen"
    CLOCK_OFF = "clock_off"
    HOLDER_MISMATCH = "holder_mismatch"
    COLOUR_WORD_DIFFERS = "colour_word_differs"
    PHONES_DIFFER = "phones_differ"
    NAME_DIFFERS = "name_differs"
    RESIDENCE_UNKNOWN = "residence_unknown"
    STAR_UNANSWERED = "star_unanswered"
    IDENTITY_MISSING = "identity_missing"
    ABSENCE_OPEN = "absence_open"
    CLEARANCE_MISSING = "clearance_missing"
    FREIGHT_TEST_DUE = "freight_test_due"
    # turn_back
    RISK_AREA_NOT_LOCAL = "risk_area_not_local"
    NOT_ON_ROSTER = "not_on_roster"
    # register
    RISK_AREA_TESTED = "risk_area_tested"
    RISK_AREA_ACCEPTED = "risk_area_accepted"
    NO_PHONE = "no_phone"
    FEVER_RULED_OUT = "fever_ruled_out"
    TEST_OVERDUE = "test_overdue"
    UNVACCINATED = "unvaccinated"
    EMERGENCY = "emergency"
    OFFLINE_MODE = "offline_mode"
    POINT_TO_POINT = "point_to_point"
    # whatever the guardian's outcome is
    FOLLOWS_GUARDIAN = "follows_guardian"
    # news after the fact: what a list that came later says of somebody who was here before
    NEW_RISK_AREA = "new_risk_area"
    NEWLY_LISTED = "newly_listed"
    # as the policy settles it: held, registered or a note
    HOUSEHOLD_STOPPED = "household_stopped"
    # notes on a record; they decide nothing
    LIST_OLD = "list_old"
    OUTSIDE_WINDOW = "outside_window"
    # what opened a case without an inspection
    RAN_GATE = "ran_gate"
    REFUSED_CHECK = "refused_check"
    PLATE_REGION = "plate_region"
    ALREADY_SHOWN = "already_shown"
    OUTCOME_CHANGED = "outcome_changed"
    # findings about a code
    LIST_TOO_OLD = "list_too_old"
    NO_TRUST_LIST = "no_trust_list"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_ISSUER = "unknown_issuer"
    UNKNOWN_KEY = "unknown_key"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    KEY_USAGE_WRONG = "key_usage_wrong"
    SIGNER_EXPIRED = "signer_expired"
    ISSUED_IN_FUTURE = "issued_in_future"
    REVOKED = "revoked"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    INFLATES_TOO_FAR = "inflates_too_far"
    CONTENT_NOT_SUPPORTED = "content_not_supported"
    CHUNK_MISSING = "chunk_missing"
    SEEN_ONLY = "seen_only"
    ISSUER_BY_PATTERN = "issuer_by_pattern"
    NOT_A_HEALTH_CODE = "not_a_health_code"
    SERVICE_ANSWER_WRONG = "service_answer_wrong"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with what its sentence needs (a place, a time, a figure), already as plain text."""

    code: Code
    detail: str | None = None
