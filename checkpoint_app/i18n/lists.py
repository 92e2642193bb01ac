"""Lists in words: kinds, states of the work, levels, and why a row was refused."""

from __future__ import annotations

from checkpoint_app.domain.list_entries import RiskLevel
from checkpoint_app.domain.worklist import WorkState
from checkpoint_app.i18n import Translate

STATES: dict[WorkState, str] = {
    WorkState.UNCHECKED: "Not checked",
    WorkState.CHECKING: "Being checked",
    WorkState.CHECKED: "Check finished",
    WorkState.ELSEWHERE: "Pushed on",
    WorkState.POLICE: "Lost: to the police",
    WorkState.HANDED_OVER: "Handed over",
    WorkState.NOBODY: "No such person",
}
LEVELS: dict[RiskLevel, str] = {
    RiskLevel.HIGH: "High",
    RiskLevel.MEDIUM: "Medium",
    RiskLevel.LOW: "Low: does not count",
    RiskLevel.LISTED: "Listed",
}
# by code of `imports.faults.RowFault`
REFUSALS: dict[str, str] = {
    "number_lost_digits": "a long number kept as a number: its last digits are lost",
    "number_wrong": "no identity number and no other document's",
    "number_check_digit": "the check digit does not fit",
    "phone_wrong": "no phone number",
    "plate_wrong": "no number plate",
    "name_missing": "there is no name",
    "nothing_to_match": "no number, phone or plate to find the person by",
    "date_wrong": "no date",
    "division_code_wrong": "no division code, and no place that is known",
    "interval_wrong": "no interval",
    "cell_too_long": "far too long",
    "duplicate": "stands in the file already",
    "cell_error": "the sheet says that there is an error",
}
FIELD_LABELS: dict[str, str] = {
    "name": "Name",
    "id_number": "ID or passport number",
    "phone": "Phone",
    "plate": "Number plate",
    "code": "Division code",
    "source": "Source",
    "residence": "Residence",
    "note": "Remark",
    "due": "To be checked by",
    "roster_id": "Staff or pupil number",
    "unit": "Department or class",
    "role": "Post held",
    "household": "Household",
    "guardian": "Guardian",
    "window": "Comes between",
    "test_every_h": "Test at least every",
    "tested_at": "Newest test",
    "host": "Host",
    "photo": "Photo",
    "from_country": "Comes from",
    "arrives": "Arrives",
    "entry_place": "Place of entry",
    "transport": "Transport",
    "receiver": "Receiving unit",
    "level": "Level",
    "starts": "Counts from",
    "ends": "Counts until",
}


def refusal_text(code: str, field: str, translate: Translate) -> str:
    """Why a row was refused, with the field where there is one."""
    reason = translate(REFUSALS[code])
    label = FIELD_LABELS.get(field, field)
    if not field:
        return reason
    return translate("{field}: {reason}", field=translate(label), reason=reason)
