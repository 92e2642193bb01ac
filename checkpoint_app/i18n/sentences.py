"""The sentences for reason codes and fault codes, as English message ids.

A reason has one sentence for each number of values that its detail may hold, the poorest first;
placeholders stand in the order of the values. The Chinese ones are in `reasons.po`.
"""

from __future__ import annotations

from checkpoint_app.domain.reasons import Code

SENTENCES: dict[Code, tuple[str, ...]] = {
    Code.RED_CODE: ("Red code",),
    Code.POSITIVE_TEST: ("Test positive", "Test positive, sampled {time}"),
    Code.FEVER_CONFIRMED: ("Fever confirmed by a second reading", "Fever confirmed: {readings} ℃"),
    Code.RETURNEE_FROM_ABROAD: ("Returnee from abroad", "Returnee from abroad: {entry}"),
    Code.CERTIFICATE_MISSING: (
        "A certificate of the closed loop is missing",
        "Certificate missing: {certificate}",
    ),
    Code.ON_WATCH_LIST: ("On a watch list", "On a list: {entry}"),
    Code.YELLOW_CODE: ("Yellow code",),
    Code.SYMPTOMS: ("Has symptoms", "Symptoms: {symptoms}"),
    Code.CONTACT_DECLARED: ("Says to have met an infected person",),
    Code.FORGED_CODE: ("The code seems forged",),
    Code.CODE_OF_ANOTHER: ("The code is someone else's", "The code is someone else's: {name}"),
    Code.COMPANION_STOPPED: (
        "Someone travelling along was stopped",
        "Travelling along and stopped: {companion}",
    ),
    Code.RISK_AREA_LOCAL_NOT_ACCEPTED: (
        "Local, from a risk area, no test in time, no written acceptance",
        "Local, was in {places} (risk area), no test in time, no written acceptance",
    ),
    Code.FEVER_UNCONFIRMED: (
        "Temperature high, not measured again",
        "Temperature {celsius} ℃, not measured again",
        "Temperature {celsius} ℃ {minutes} minutes ago, not measured again",
        "Temperature {celsius} ℃ at {taken}; measure again from {due}",
    ),
    Code.TEMPERATURE_OUT_OF_RANGE: (
        "This temperature cannot be right, measure again",
        "{celsius} ℃ cannot be right, measure again",
        "{celsius} ℃, out of range {times} times: measure in the ear or armpit",
    ),
    Code.HEALTH_CODE_MISSING: ("Health code not shown yet",),
    Code.ITINERARY_MISSING: ("Itinerary card not shown yet",),
    Code.TEST_MISSING: ("No test in time", "No test in time, last sampled {time}"),
    Code.MASK_MISSING: ("Mask not looked at yet",),
    Code.SYMPTOMS_MISSING: ("Symptoms and contact not asked yet",),
    Code.TEMPERATURE_MISSING: ("Temperature not taken yet",),
    Code.NO_MASK: ("Wears no mask",),
    Code.GREY_CODE: ("Grey code: no status",),
    Code.CODE_COLOUR_UNKNOWN: ("The colour of the code cannot be told",),
    Code.CODE_EXPIRED: ("The code has expired", "The code expired at {time}"),
    Code.CODE_NOT_FOUND: ("The service does not know this code",),
    Code.CODE_FAILED: ("Looking up the code failed",),
    Code.CODE_TIMED_OUT: ("Looking up the code took too long",),
    Code.CODE_UNVERIFIED: ("The code could not be verified",),
    Code.CLOCK_FROZEN: ("The clock on the page stands still: may be a screenshot",),
    Code.CLOCK_OFF: (
        "The clock on the page is wrong",
        "The clock on the page is off by {minutes} minutes",
    ),
    Code.HOLDER_MISMATCH: (
        "The code and the document name different people",
        "The code names {name}, the document someone else",
    ),
    Code.COLOUR_WORD_DIFFERS: ("The colour of the code is not the one its page says",),
    Code.PHONES_DIFFER: ("Itinerary card and health code show different phone numbers",),
    Code.NAME_DIFFERS: ("The same code was shown with another name before",),
    Code.RESIDENCE_UNKNOWN: (
        "Ask: do they live, work or study in this county?",
        "Was in {places} (risk area); ask: do they live, work or study in this county?",
    ),
    Code.STAR_UNANSWERED: (
        "Starred city: ask for street and date",
        "{city}: ask for street and date",
    ),
    Code.IDENTITY_MISSING: ("Name and document number still needed",),
    Code.FREIGHT_TEST_DUE: (
        "Freight from a risk area: test here, then point to point",
        "Freight, was in {places} (risk area): test here, then point to point",
    ),
    Code.RISK_AREA_NOT_LOCAL: (
        "From a risk area, not local, no test in time",
        "Was in {places} (risk area), not local, no test in time",
    ),
    Code.NOT_ON_ROSTER: ("Not on the roster",),
    Code.RISK_AREA_TESTED: (
        "From a risk area, negative test in time",
        "Was in {places} (risk area), negative test in time",
    ),
    Code.RISK_AREA_ACCEPTED: (
        "From a risk area, accepted in writing by the community",
        "Was in {places} (risk area), accepted in writing by the community",
    ),
    Code.NO_PHONE: ("No phone: document and declaration instead",),
    Code.FEVER_RULED_OUT: ("Fever ruled out by the retest", "Fever ruled out: {readings} ℃"),
    Code.TEST_OVERDUE: ("Regular test overdue", "Regular test overdue (every {interval})"),
    Code.UNVACCINATED: ("Not vaccinated",),
    Code.EMERGENCY: ("Emergency: through first, complete within 24 hours",),
    Code.OFFLINE_MODE: ("Seen offline, to be looked up again",),
    Code.POINT_TO_POINT: (
        "Freight, point to point: name the consignee",
        "Freight, point to point to {consignee}",
    ),
    Code.FOLLOWS_GUARDIAN: ("A child: goes with its guardian",),
    Code.LIST_OLD: ("The lists here are old", "{list} is old, dated {date}"),
    Code.PLATE_REGION: (
        "Plate of a province with risk areas: ask where they were",
        "Plate of {province}, a province with risk areas: ask where they were",
    ),
    Code.RAN_GATE: ("Ran the gate",),
    Code.REFUSED_CHECK: ("Would not be checked",),
    Code.ALREADY_SHOWN: ("Shown before", "Shown before at {time}"),
    Code.OUTCOME_CHANGED: ("Outcome changed by an officer", "Outcome changed: {reason}"),
    Code.LIST_TOO_OLD: (
        "The trust list is too old to verify with",
        "The trust list of {date} is too old to verify with",
    ),
    Code.NO_TRUST_LIST: ("No trust list imported yet",),
    Code.BAD_SIGNATURE: ("The signature does not fit the content",),
    Code.UNKNOWN_ISSUER: ("Issuer not on the trust list", "Issuer not on the trust list: {issuer}"),
    Code.UNKNOWN_KEY: ("The issuer's key is not on the trust list",),
    Code.CERTIFICATE_EXPIRED: ("The certificate has expired", "The certificate expired {time}"),
    Code.CERTIFICATE_NOT_YET_VALID: (
        "The certificate is not valid yet",
        "The certificate is valid from {time}",
    ),
    Code.KEY_USAGE_WRONG: ("The issuer may not sign certificates of this kind",),
    Code.SIGNER_EXPIRED: ("The issuer's own certificate has expired",),
    Code.ISSUED_IN_FUTURE: ("Issued in the future: check this computer's clock",),
    Code.REVOKED: ("Revoked by the issuer",),
    Code.MALFORMED: ("The code is damaged or not to the standard",),
    Code.TOO_LARGE: ("Too much content, not read",),
    Code.INFLATES_TOO_FAR: ("The content grows too large when unpacked, not read",),
    Code.CONTENT_NOT_SUPPORTED: ("Signed, but of a kind that this program does not know",),
    Code.CHUNK_MISSING: (
        "One part of a code in several parts; show the others",
        "Part {part} of a code in several parts; show the others",
    ),
    Code.SEEN_ONLY: ("Seen on the screen only, not verified",),
    Code.ISSUER_BY_PATTERN: ("Issuer by its pattern", "Issuer by its pattern: {issuer}"),
    Code.NOT_A_HEALTH_CODE: ("Not a health code",),
    Code.SERVICE_ANSWER_WRONG: ("The service gave an answer that makes no sense",),
}

FAULTS: dict[str, str] = {
    # a document's number
    "number_length": "An ID number has 18 characters",
    "number_characters": "An ID number has digits and at most an X at its end",
    "number_region": "No ID number begins like this",
    "number_birth_date": "The birth date in the ID number cannot be right",
    "number_check_digit": "A digit of the ID number is wrong, please compare",
    # the store
    "disk_full": "The disk is full; nothing saved is lost. Free some space, then try again",
    "disk_fault": "The disk does not answer properly; save a backup elsewhere",
    "locked": "The data is busy for a moment, try again",
    "in_use": "Another window of this program is using the data",
    "corrupt": "The data file is damaged; restore the newest backup",
    "keys_missing": "The key file of the data is missing; restore it from a backup",
    "passphrase_needed": "The data is protected: passphrase needed",
    "wrong_key": "Wrong passphrase or recovery key",
    "newer_schema": "The data was written by a newer version of this program",
    "not_found": "Nothing found under this number",
    "no_station": "No station has been set up in this folder",
    "already_recorded": "This person is already recorded",
    "name_taken": "This name is already taken",
    "not_storable": "Something in this record cannot be stored; check the fields",
    "read_only": "The data folder cannot be written to",
    "refused": "The data was not accepted",
    # a step of a case
    "case_not_next": "Another step comes before this one",
    "case_closed": "The case is closed; open it again first",
    "case_withdrawn": "The inspection was taken back, and the case with it",
    "case_unit_needed": "Say to which unit",
    "case_measure_needed": "Choose the measure",
    "case_supervisor_needed": "Name who supervises the measure",
    "case_result_needed": "A case closes only with a result",
    "case_note_needed": "Write a sentence about it",
    "case_time_wrong": "The time lies before the case began, or has not come yet",
    # settings and files
    "malformed": "Damaged, or of no known form",
    "too_large": "Too large, not read",
    "settings_broken": "The settings file is damaged; the defaults are used",
    "unreadable": "The file cannot be read",
    "not_an_image": "The file is no picture",
    # devices
    "no_camera": "No camera found",
    "camera_gone": "Camera lost, looking for it again",
    "source_gone": "The picture source cannot be opened",
    "port_missing": "The device's port is not there; check the plug",
    "port_denied": "This user may not open the device's port",
    "port_busy": "Another program is using the device's port",
    "port_unknown": "The address of the device's port is not known",
    "port_lost": "The device was unplugged, looking for it again",
    "printer_gone": "The printer does not answer; the sheet can be saved as a file",
    "printer_refused": "The printer did not take the sheet",
    "thermometer_pattern": "The thermometer's line pattern in the settings is not valid",
    "no_printer": "No printer is set up; the sheet can be saved as a file",
    # the program itself
    "unforeseen": "Something unforeseen happened; what is saved is safe, please go on",
}
UNKNOWN_FAULT = "Something went wrong ({code})"
